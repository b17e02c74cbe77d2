"""A verb ordered for a large set: the set is kept, worked off share by share, and each dossier has its answer."""

from django.db import models
from django.db.models import Q


class BatchState(models.IntegerChoices):
    WAITING = 1, "Đang làm"
    STOPPED = 2, "Tạm dừng"
    ENDED = 3, "Đã xong"


class LineState(models.IntegerChoices):
    WAITING = 0, "Đang chờ"
    DONE = 1, "Đã xong"
    REFUSED = 2, "Chưa được"


class Batch(models.Model):
    """One press over a large set. `words`: what the form said, as typed; a secret is never among them.

    `unlocks` opens the secret that lies sealed in the home while the batch waits: neither is worth anything alone.
    """

    account = models.ForeignKey("identity.Account", on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=24)
    words = models.JSONField()
    total = models.IntegerField()
    state = models.SmallIntegerField(choices=BatchState.choices, default=BatchState.WAITING)
    why = models.TextField(blank=True, default="")  # why it stopped
    unlocks = models.CharField(max_length=64, blank=True, default="")
    ordered_at = models.DateTimeField()
    worked_at = models.DateTimeField()  # when the last share was done: a batch that stands still shows it
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_batch"
        indexes = (
            models.Index(fields=("worked_at",), condition=Q(state=1), name="batch_waiting"),
            models.Index(fields=("account", "-id"), name="batch_by_account"),
        )


class BatchLine(models.Model):
    """One dossier of a batch, in the version its user saw, and what came of it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines", db_index=False)
    order = models.IntegerField()
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    version = models.IntegerField()
    state = models.SmallIntegerField(choices=LineState.choices, default=LineState.WAITING)
    words = models.TextField(blank=True, default="")

    class Meta:
        db_table = "dossiers_batch_line"
        constraints = (models.UniqueConstraint(fields=("batch", "order"), name="batch_line_in_order"),)
