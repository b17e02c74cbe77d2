"""The steps of a dossier, copied from the published step table when it is received."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class StepState(models.IntegerChoices):
    WAITING = 0, "Chưa đến lượt"
    OPEN = 1, "Đang làm"
    DONE = 2, "Đã xong"
    CANCELLED = 3, "Không thực hiện"


class DossierStep(models.Model):
    """One piece of work of one agency, with its own clock.

    A graph: `leads_to` holds the positions that follow; `waits_for` counts the predecessors not yet done, and a
    step opens when it reaches 0. A sequence is the graph in which each step leads to the next.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # No constraint in the database where the value is copied, in the statement that makes the row, from one already
    # checked: a step of a frozen process, a unit of that process or of the dossier. Measured: these two checks were a
    # fifth of a reception, and each locks the row of the unit for every dossier received.
    process_step = models.ForeignKey(
        "procedures.ProcessStep",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    position = models.SmallIntegerField()
    name = models.CharField(max_length=300)
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    role = models.CharField(max_length=12)  # RECEIVE, LEAD, COOPERATE, SIGN, RETURN
    leads_to = ArrayField(models.SmallIntegerField(), default=list)
    waits_for = models.SmallIntegerField(default=0)
    state = models.SmallIntegerField(choices=StepState.choices, default=StepState.WAITING)
    term_n = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    term_unit = models.CharField(max_length=16, blank=True, default="")
    opened_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    officer = models.ForeignKey(
        "identity.Account", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "dossiers_step"
        constraints = (
            models.UniqueConstraint(fields=("dossier", "position"), name="step_once_per_position"),
        )
        indexes = (
            # the work list: open steps of a unit, most urgent first
            models.Index(fields=("unit", "due_on", "id"), condition=Q(state=1), name="step_open_by_unit"),
        )
