"""What happened to a dossier. Append-only: statistics of a past day are computed from here."""

from django.db import models


class DossierEvent(models.Model):
    """One verb on one dossier, and the state it left: status, due day and end day as they stood after it."""

    # No constraint in the database: the id is that of the row written by the same statement. docs/decisions/0042.
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    verb = models.CharField(max_length=24)
    status_from = models.SmallIntegerField(null=True)
    status_to = models.SmallIntegerField()
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    step = models.SmallIntegerField(null=True)  # position of the step acted on
    actor_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "dossiers_event"
        indexes = (models.Index(fields=("dossier", "at", "id"), name="event_by_dossier"),)


class FormerUnit(models.Model):
    """The agency that was competent for a dossier until it was given to another. The row of the dossier knows only the
    last one; a statistic of an earlier day, or as known then, counts it where it was (indicators/bulk)."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    tier = models.CharField(max_length=12)
    until = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        db_table = "dossiers_former_unit"
        indexes = (
            models.Index(fields=("dossier", "until", "id"), name="former_unit_by_dossier"),
            models.Index(fields=("until",), name="former_unit_by_moment"),
        )


class DossierPause(models.Model):
    """A time in which the clock of the law stood still. The due day is derived from the ledger of these."""

    class Kind(models.TextChoices):
        SUPPLEMENT = "supplement", "Chờ bổ sung giấy tờ"
        PAYMENT = "payment", "Chờ nghĩa vụ tài chính"
        STOPPED = "stopped", "Dừng xử lý"

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    policy = models.CharField(max_length=24)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField()
    citation = models.CharField(max_length=300, blank=True, default="")
    asked_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_pause"
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",), condition=models.Q(ended_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="pause_forward",
            ),
        )


class DossierExtension(models.Model):
    """The apology and the new day (NĐ 61/2018, art. 19.9): at most once per dossier."""

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    due_before = models.DateField()
    due_after = models.DateField()
    reason = models.TextField()
    approved_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_extension"
