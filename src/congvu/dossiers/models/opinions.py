"""What agencies do for one another on a dossier, and what was told to the citizen: rows beside the dossier."""

from django.db import models
from django.db.models import Q

_OPEN = Q(answered_at__isnull=True, withdrawn_at__isnull=True)


class OpinionRequest(models.Model):
    """One agency asks another for its opinion, with content and a day (NĐ 61/2018, art. 19.5).

    Open until it is answered or withdrawn; overdue is a question asked of `due_on` and a day, never stored.
    """

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    step = models.SmallIntegerField()  # position of the open step it was asked from
    receiving_unit = models.ForeignKey(  # the one-stop, whose head hears of an overdue answer
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asking_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    content = models.TextField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)  # in the legal zone, to be compared with `due_on`
    answered_by = models.BigIntegerField(null=True)
    answer = models.TextField(blank=True, default="", db_default="")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawn_why = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "dossiers_opinion"
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "asked_unit"), condition=_OPEN, name="opinion_one_open_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True), name="opinion_one_end"
            ),
            models.CheckConstraint(
                condition=~Q(asking_unit=models.F("asked_unit")), name="opinion_of_another"
            ),
        )
        indexes = tuple(
            models.Index(fields=(unit, "due_on", "id"), condition=_OPEN, name=f"opinion_open_by_{short}")
            for unit, short in (
                ("asked_unit", "asked"),
                ("asking_unit", "asking"),
                ("receiving_unit", "desk"),
            )
        )


class FieldVisit(models.Model):
    """A verification on the spot: when, where, who took part, what was found (NĐ 61/2018, art. 19.3.b)."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    visited_on = models.DateField()
    place = models.CharField(max_length=500)
    people = models.TextField()
    findings = models.TextField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_visit"


class Guidance(models.Model):
    """What was explained to the applicant, to whom, by which way (NĐ 61/2018, art. 15.2)."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    told_to = models.CharField(max_length=300)
    way = models.CharField(max_length=12)  # rules.handling.GuidanceWay
    content = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_guidance"
