"""The people who hold the posts, in two times.

Validity (`valid_from`, `valid_to`; the upper day not included) is what the decisions say; recording (`recorded_at`,
`superseded_at`) is what was known. A row is superseded, never edited: a trigger holds that. See docs/decisions/0073.

Sensitive facts (religion, party, health) stand in a table of their own that only a reading granted for them opens.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.models import Account
from congvu.organisation.models import Unit, UnitEvent, ValidRange
from congvu.people.rules.codes import (
    ENDINGS,
    FULL,
    HANDOVERS,
    LEAVING,
    POLITICS,
    POOLS,
    POST_KINDS,
    QUALIFICATIONS,
    SEXES,
)

_VALID = ValidRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=False))
_FORWARD = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
BELIEVED = Q(superseded_at__isnull=True)


class Person(models.Model):
    """A person as an identity: the number of the personnel file is given once and never used again."""

    number = models.CharField(max_length=20, unique=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class Dated(models.Model):
    """A fact over a span of days, by a decision, as recorded at a moment."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # not included
    decision_number = models.CharField(max_length=100, blank=True, default="")
    decision_date = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PersonVersion(Dated):
    """Who a person is: the lines of form 2C-BNV/2008 that are not sensitive."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=120)  # given name first, as lists of people are read here
    birth = models.DateField()
    sex = models.CharField(max_length=3, choices=tuple(SEXES.items()))
    ethnicity = models.CharField(max_length=40)
    citizen_number = models.CharField(max_length=12, blank=True, default="")
    hired_on = models.DateField(null=True)
    qualification = models.CharField(
        max_length=4, choices=tuple(QUALIFICATIONS.items()), blank=True, default=""
    )
    politics = models.CharField(max_length=4, choices=tuple(POLITICS.items()), blank=True, default="")
    details = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=("sort_key", "person"), condition=BELIEVED, name="person_by_name"),
            GinIndex(SearchVector("name_folded", config="simple"), name="person_by_words"),
        )
        constraints = (
            ExclusionConstraint(
                name="person_one_version_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            ExclusionConstraint(
                name="person_own_citizen_number",
                expressions=[("citizen_number", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED & ~Q(citizen_number=""),
            ),
            models.CheckConstraint(condition=_FORWARD, name="personversion_forward"),
            models.CheckConstraint(condition=~Q(name=""), name="personversion_has_name"),
        )


class SensitiveVersion(Dated):
    """Religion, party, health and the rest of form 2C that the law calls sensitive. Never joined into a list."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sensitive")
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="person_one_sensitive_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=_FORWARD, name="sensitive_forward"),
        )


class Appointment(Dated):
    """A person in a post of a unit. `ending` says why the post ended; a leaving one closes the file."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=tuple(POST_KINDS.items()))
    pool = models.CharField(max_length=24, choices=tuple(POOLS.items()))
    position = models.CharField(max_length=120)
    ending = models.CharField(max_length=16, choices=tuple(ENDINGS.items()), blank=True, default="")
    ending_decision = models.CharField(max_length=100, blank=True, default="")
    followed = models.ForeignKey(UnitEvent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("unit", "valid_from"), condition=BELIEVED, name="appointment_by_unit"),
            models.Index(fields=("person", "valid_from"), name="appointment_by_person"),
            models.Index(
                fields=("valid_to", "person"),
                condition=BELIEVED & Q(ending__in=LEAVING),
                name="appointment_left",
            ),
        )
        constraints = (
            ExclusionConstraint(
                name="appointment_one_full_post",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED & Q(kind=FULL),
            ),
            models.CheckConstraint(condition=_FORWARD, name="appointment_forward"),
            models.CheckConstraint(condition=Q(kind__in=list(POST_KINDS)), name="appointment_known_kind"),
            models.CheckConstraint(condition=Q(pool__in=list(POOLS)), name="appointment_known_pool"),
        )


class SalaryStep(Dated):
    """A step of a grade (ngạch, bậc). `counted_from`: the day from which the wait for the next step runs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="salary")
    grade = models.CharField(max_length=12)
    step = models.SmallIntegerField()
    coefficient = models.DecimalField(max_digits=5, decimal_places=2)
    over_frame = models.SmallIntegerField(default=0)  # per cent of the last step
    counted_from = models.DateField()
    next_due = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("next_due", "person"), condition=BELIEVED, name="salary_by_due"),)
        constraints = (
            ExclusionConstraint(
                name="salary_one_step_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=_FORWARD, name="salary_forward"),
            models.CheckConstraint(condition=Q(step__gte=1, coefficient__gt=0), name="salary_step_positive"),
        )


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
    """The file went from hand to hand (phiếu giao nhận): taken in, handed to another body, given to the archive."""

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
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=("person", "on"), name="handover_by_person"),)


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
