"""The dossier: one row, its state in plain columns, its past in append-only rows beside it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q

from congvu.dossiers.rules.status import Channel, Delivery, Money, Status, Sync


class Dossier(models.Model):
    """A request of a citizen or an organisation, handled under one published version of a procedure.

    Four machines stay apart: `status` (handling), `money`, `delivery`, `sync`. Lateness is not stored: it is a
    question asked of `due_on`, `ended_on` and a day. `version` counts the writes, so a stale form is noticed.
    """

    intake_key = models.UUIDField(unique=True)  # made with the form: the same form sent twice is one dossier
    # null until received; compared byte by byte, so that its one index also finds beginnings
    code = models.CharField(max_length=60, null=True, db_collation="C")
    # --- what is asked, of whom. Procedure, process, case and field are copied from the published version, which is frozen and
    # never deleted, so the database does not check and lock them again for every dossier. docs/decisions/0080.
    procedure = models.ForeignKey(
        "procedures.Procedure",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # the steps it goes through; None: the plain way (received, handled by the competent unit, returned)
    process = models.ForeignKey(
        "procedures.ProcessVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    case = models.ForeignKey(
        "procedures.ProcedureCase",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    field = models.ForeignKey(
        "procedures.Field", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    tier = models.CharField(max_length=12)  # of the competent unit when received: TINH, HUYEN (history), XA
    receiving_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    competent_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    help_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.SmallIntegerField(choices=[(c.value, c.label) for c in Channel])
    summary = models.CharField(max_length=1000)
    copies = models.SmallIntegerField(default=1, db_default=1)
    return_method = models.SmallIntegerField(default=0, db_default=0)  # 0 at the counter, 1 by post, 2 online
    told_by = models.SmallIntegerField(default=3, db_default=3)  # rules.notices.TOLD_BY
    # --- for whom
    subject_kind = models.SmallIntegerField(
        default=1, db_default=1
    )  # 1 citizen, 2 enterprise, 3 state body, 4 other
    owner_name = models.CharField(max_length=300)
    owner_number = models.CharField(max_length=30, blank=True, default="", db_default="")
    owner_phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    owner_email = models.CharField(max_length=200, blank=True, default="", db_default="")
    owner_address = models.CharField(max_length=500, blank=True, default="", db_default="")
    submitter_name = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )  # who hands in for the owner
    submitter_number = models.CharField(max_length=30, blank=True, default="", db_default="")
    owner_account = models.ForeignKey(
        "identity.Account", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    search_text = models.TextField(
        blank=True, default="", db_default=""
    )  # folded: names, numbers, phone, summary
    # --- the clock
    opened_at = models.DateTimeField()  # registered online, or received
    received_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)  # received_at in the legal zone; statistics compare days
    term_n = models.IntegerField(null=True)  # null: the procedure promises no day
    term_unit = models.CharField(max_length=16, blank=True, default="", db_default="")
    start_policy = models.CharField(max_length=24, default="reception_day", db_default="reception_day")
    pause_policy = models.CharField(max_length=24, default="restart", db_default="restart")
    due_first = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)  # only for terms in hours
    calendar_version = models.IntegerField(default=0, db_default=0)
    ended_at = models.DateTimeField(null=True)  # handling ended: finished, withdrawn, or stopped for good
    ended_on = models.DateField(null=True)
    returned_at = models.DateTimeField(null=True)
    supplements = models.SmallIntegerField(default=0, db_default=0)
    extensions = models.SmallIntegerField(default=0, db_default=0)
    # --- the four machines
    status = models.SmallIntegerField(choices=[(s.value, s.label) for s in Status])
    money = models.SmallIntegerField(choices=[(s.value, s.label) for s in Money], default=0, db_default=0)
    delivery = models.SmallIntegerField(
        choices=[(s.value, s.label) for s in Delivery], default=0, db_default=0
    )
    sync = models.SmallIntegerField(choices=[(s.value, s.label) for s in Sync], default=0, db_default=0)
    # --- bookkeeping
    version = models.IntegerField(default=1, db_default=1)
    last_event_at = models.DateTimeField()
    flagged = models.BooleanField(
        default=False, db_default=False
    )  # a second supplement, or a doubt of an import
    ties = models.SmallIntegerField(default=0, db_default=0)  # bits of models.Tie
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    imported = models.ForeignKey(
        "dossiers.CaseImport", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    external_ref = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code",), name="dossier_code_once"),
            # a known status; received if handled; a moment of reception or of ending has its day. Said in a function of the
            # database (migration 0027): PostgreSQL reads the text of a check anew at every write. docs/decisions/0080.
            models.CheckConstraint(
                condition=Func(
                    "status",
                    "received_at",
                    "received_on",
                    "ended_at",
                    "ended_on",
                    function="dossier_holds",
                    output_field=models.BooleanField(),
                ),
                name="dossier_holds",
            ),
            models.UniqueConstraint(
                fields=("imported", "external_ref"),
                condition=~Q(external_ref=""),
                name="dossier_imported_once",
            ),
        )
        # No index on `status`, nor on foreign keys that no question starts from: a step that only moves the state then
        # rewrites the row in place (HOT), which halves the cost of every verb. The migration leaves room for it.
        indexes = (
            models.Index(fields=("opened_at", "id"), name="dossier_by_opened"),
            models.Index(fields=("received_on",), name="dossier_by_received"),
            models.Index(fields=("ended_on",), name="dossier_by_ended"),
            models.Index(
                fields=("due_on", "id"), condition=Q(ended_on__isnull=True), name="dossier_open_by_due"
            ),
            models.Index(
                fields=("owner_account", "opened_at"),
                condition=Q(owner_account__isnull=False),
                name="dossier_by_account",
            ),
            models.Index(
                fields=("receiving_unit", "opened_at"),
                condition=Q(received_at__isnull=True),
                name="dossier_at_the_door",
            ),
            models.Index(fields=("receiving_unit", "id"), condition=Q(money=1), name="dossier_owing"),
            models.Index(
                fields=("corrects",), condition=Q(corrects__isnull=False), name="dossier_by_corrected"
            ),
            GinIndex(SearchVector(F("search_text"), config="simple"), name="dossier_search"),
        )

    def __str__(self) -> str:
        return self.code or f"#{self.pk}"


class DossierReach(models.Model):
    """Which units a dossier concerns: the access predicate and the lists of a unit read this, in date order.

    Derived from the dossier and its steps by the statement that makes them, so the database does not check it again.
    """

    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    opened_at = models.DateTimeField()
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "dossiers_reach"
        constraints = (
            models.UniqueConstraint(fields=("unit", "opened_at", "dossier"), name="reach_by_unit"),
        )
