"""The steps a dossier came to. Those still before it stand in its published process."""

from django.db import models
from django.db.models import Q


class StepState(models.IntegerChoices):
    PLANNED = 0, "Chưa đến lượt"  # of the process; no row has it
    OPEN = 1, "Đang làm"
    DONE = 2, "Đã xong"
    CANCELLED = 3, "Không thực hiện"
    SET_ASIDE = 4, "Làm lại"  # a later round does it anew
    PASSED = 5, "Không phải làm"  # of a newer version the dossier was moved to, already behind it then


# steps that count for nothing on the dossier's way: never done, or done again in a later round
NOT_COUNTED = (StepState.CANCELLED, StepState.SET_ASIDE, StepState.PASSED)


class DossierStep(models.Model):
    """One piece of work of one agency, with its own clock.

    The row is made when its turn comes, with what the process said of it then. What it leads to and its term are asked
    of the process, which is frozen (`rules.steps.Road`).
    """

    # No constraint in the database: the id is that of the row the same statement has just written. docs/decisions/0042.
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    position = models.SmallIntegerField()  # 0: done under an earlier version, which alone had it
    round = models.SmallIntegerField(default=1)  # rework does a step again
    branch = models.SmallIntegerField(null=True)  # which branch of the process was taken when it was done
    facts = models.JSONField(null=True)  # what it established: {fact: value}, by which the process branches
    name = models.CharField(max_length=300)
    # No constraint in the database: the unit is copied, in the statement that makes the row, from one already checked
    # (of the frozen process or of the dossier), and a check locks the unit's row for every step of every dossier.
    # docs/decisions/0041.
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    role = models.CharField(max_length=12)  # RECEIVE, LEAD, COOPERATE, SIGN, RETURN
    state = models.SmallIntegerField(choices=StepState.choices, default=StepState.OPEN)
    opened_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)
    officer = models.ForeignKey(
        "identity.Account", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    held_for = models.BigIntegerField(
        null=True
    )  # the absent colleague whose step the officer holds meanwhile
    note = models.TextField(blank=True, default="")

    class Meta:
        db_table = "dossiers_step"
        constraints = (
            models.UniqueConstraint(fields=("dossier", "position", "round"), name="step_once_per_round"),
        )
        indexes = (
            # the work list: open steps of a unit, most urgent first
            models.Index(fields=("unit", "due_on", "id"), condition=Q(state=1), name="step_open_by_unit"),
            # few steps are in a named person's hands, so these cost the others nothing
            models.Index(
                fields=("officer",), condition=Q(state=1, officer__isnull=False), name="step_by_officer"
            ),
            models.Index(
                fields=("held_for",), condition=Q(state=1, held_for__isnull=False), name="step_held_for"
            ),
        )
