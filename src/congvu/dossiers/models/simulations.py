"""Trials of a process on the arrivals of a past year: what was asked, with its seed, and what came out."""

from django.db import models
from django.db.models import Q


class Simulation(models.Model):
    """One trial, worked off in the background. `inputs` hold the processes whole, so that it can be repeated exactly even
    when a draft has changed since."""

    class State(models.IntegerChoices):
        WAITING = 0, "Đang chờ"
        RUNNING = 1, "Đang chạy"
        DONE = 2, "Đã xong"
        FAILED = 3, "Không chạy được"

    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    inputs = models.JSONField()  # rules.trials.Inputs
    seed = models.IntegerField()
    state = models.SmallIntegerField(choices=State.choices, default=State.WAITING)
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True, default="")
    ordered_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=300)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_simulation"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=2) | Q(result__isnull=False), name="simulation_done_has_result"
            ),
        )
        indexes = (models.Index(fields=("id",), condition=Q(state__in=(0, 1)), name="simulation_to_do"),)
