"""What was brought in, what could not be read, and every doubt about what was read."""

from django.db import models
from django.db.models import Q

from congvu.procedures.models.catalogue import Procedure, ProcedureVersion
from congvu.procedures.models.process import ProcessVersion
from congvu.procedures.rules.words import DoubtState


class ImportBatch(models.Model):
    """One import that changed something: its files with digests, its counts."""

    kind = models.CharField(max_length=16, choices=[("procedures", "Thủ tục"), ("workflows", "Quy trình")])
    at = models.DateTimeField()
    by_account = models.BigIntegerField(null=True)
    files = models.JSONField(default=list)  # [{"name", "sha256", "rows"}]
    counts = models.JSONField(default=dict)  # {"read", "new", "changed", "unchanged", "rejected"}

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class RejectedRow(models.Model):
    """A row that could not be read at all, kept as text so that nothing is dropped."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejected")
    row_ref = models.CharField(max_length=300)
    text = models.TextField()
    why = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)  # of reference and text: the same row is kept once

    def __str__(self) -> str:
        return self.row_ref


class Doubt(models.Model):
    """Something read that a person should look at: the original words beside what the machine proposes.

    `proposal` and `resolution` are changes in the shape of `rules.changes`; null means "nothing to change".
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, null=True, related_name="doubts")
    kind = models.CharField(max_length=40)
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, null=True, related_name="doubts")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, null=True, related_name="+")
    process = models.ForeignKey(ProcessVersion, on_delete=models.CASCADE, null=True, related_name="doubts")
    row_ref = models.CharField(max_length=300)
    field = models.CharField(max_length=60)
    original = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")  # what exactly is doubtful in this row
    proposal = models.JSONField(null=True)
    state = models.CharField(max_length=12, choices=DoubtState.choices(), default=DoubtState.OPEN.value)
    resolution = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    resolved_by = models.BigIntegerField(null=True)
    resolved_name = models.CharField(max_length=200, blank=True, default="")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("kind", "id"), condition=Q(state=DoubtState.OPEN.value), name="doubt_open_by_kind"
            ),
            models.Index(fields=("procedure", "id"), name="doubt_by_procedure"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.row_ref}"
