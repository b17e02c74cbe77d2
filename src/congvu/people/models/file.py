"""What stands in a person's file and what happens to it: papers, corrections, hand-overs, letters, requests to read."""

from django.db import models
from django.db.models import Q

from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.models import Account
from congvu.people.models.person import BELIEVED, Person
from congvu.people.rules.codes import HANDOVERS


class Destruction(models.Model):
    """A decision by which papers whose time is over are destroyed. The papers' rows stay, without their files and notes."""

    decision_number = models.CharField(max_length=100)
    decision_date = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    citation = models.CharField(max_length=300)  # of the rule that set the years
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(decision_number=""), name="destruction_has_decision"),
        )


class FilePart(models.Model):
    """A line of the file: a training, a relative, a paper. Taken out by being superseded, never deleted."""

    KINDS = (("training", "Đào tạo, bồi dưỡng"), ("family", "Gia đình"), ("paper", "Tài liệu"))

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=8, choices=KINDS)
    code = models.CharField(max_length=12)  # of TRAININGS, RELATIONS or PAPERS, by the kind
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True, default="")
    first = models.DateField(null=True)  # of a paper: the day it bears
    last = models.DateField(null=True)
    number = models.CharField(max_length=100, blank=True, default="")  # these of papers only
    issuer = models.CharField(max_length=200, blank=True, default="")
    sheets = models.SmallIntegerField(null=True)
    sensitive = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="")
    destruction = models.ForeignKey(Destruction, null=True, on_delete=models.PROTECT, related_name="papers")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "kind", "first"), name="part_by_person"),
            models.Index(
                fields=("code", "id"),
                condition=BELIEVED & Q(kind="paper", destruction__isnull=True),
                name="paper_by_code",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("training", "family", "paper")), name="part_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(destruction__isnull=True) | Q(file__isnull=True),
                name="part_destroyed_has_no_file",
            ),
        )


class Correction(models.Model):
    """A line put right by a later decision that names the one corrected. Both are shown; `new_id` null: struck out."""

    POST, STEP, PART, WHO = "post", "step", "part", "who"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")
    line = models.CharField(max_length=4)  # the table of old_id and new_id
    old_id = models.BigIntegerField()
    new_id = models.BigIntegerField(null=True)
    was = models.CharField(max_length=1000)
    became = models.CharField(max_length=1000, blank=True, default="")
    sensitive = models.BooleanField(default=False)
    corrected = models.CharField(max_length=100)  # the decision, or the paper, that was wrong
    reason = models.CharField(max_length=500)
    decision_number = models.CharField(max_length=100)
    decision_date = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=("person", "recorded_at"), name="correction_by_person"),)
        constraints = (
            models.UniqueConstraint(fields=("line", "old_id"), name="correction_once_a_line"),
            models.CheckConstraint(
                condition=~Q(decision_number="") & ~Q(corrected="") & ~Q(reason=""),
                name="correction_by_decision",
            ),
        )


class FileHandover(models.Model):
    """The file went from hand to hand (phiếu giao nhận): taken in, handed to another body, given to the archive.

    A row is never edited: one that was written wrongly is put right by another that `corrects` it, which says why;
    `struck_out`: it never happened, and the row only says so.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers")
    way = models.CharField(max_length=8, choices=tuple(HANDOVERS.items()))
    on = models.DateField()
    party = models.CharField(max_length=200)  # the body on the other side
    giver = models.CharField(max_length=120)
    taker = models.CharField(max_length=120)
    number = models.CharField(max_length=100, blank=True, default="")
    papers = models.SmallIntegerField()  # as counted that moment
    sheets = models.IntegerField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField(max_length=500, blank=True, default="")
    struck_out = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=("person", "on"), name="handover_by_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="", struck_out=False)
                | Q(corrects__isnull=False) & ~Q(reason=""),
                name="handover_corrected_with_reason",
            ),
        )


class RetirementNotice(models.Model):
    """The letter that tells someone the day of retirement, issued. A second letter supersedes the first."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    last_day = models.DateField()
    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    signer = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person",), condition=BELIEVED, name="notice_one_a_person"),
            models.CheckConstraint(condition=~Q(number=""), name="notice_has_number"),
        )


class FileRequest(models.Model):
    """Someone asks to read a file, for a purpose and a time; somebody else grants or refuses (mẫu HS06-VC/BNV)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=500)
    sensitive = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField()  # included: the last day of reading
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)  # null: nobody has decided yet
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("asked_by", "person"), name="request_by_asker"),
            models.Index(
                fields=("asked_at", "id"), condition=Q(granted__isnull=True), name="request_waiting"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(purpose=""), name="request_has_purpose"),
            models.CheckConstraint(
                condition=Q(valid_to__gte=models.F("valid_from")), name="request_period_forward"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="request_granted_by_another",
            ),
        )
