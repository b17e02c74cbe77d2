"""The audit log: one row per act and object, written by the action in its own transaction, sealed by a job.

Rows are append-only: a trigger (see the migration) refuses UPDATE and DELETE, whoever asks.
"""

from django.db import models
from django.db.models.functions import Now


class AuditEntry(models.Model):
    """Who, in which office, when, did what, to what, why, before and after."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor_id = models.BigIntegerField(null=True)  # identity.Account; null for a stranger and for the system
    actor_name = models.CharField(max_length=200)  # as it was then; accounts are renamed, history is not
    office_id = models.BigIntegerField(null=True)  # organisation.Unit
    verb = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    why = models.TextField(blank=True, default="", db_default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("object_kind", "object_id", "id"), name="audit_by_object"),
            models.Index(fields=("actor_id", "id"), name="audit_by_actor"),
        )


class AuditSeal(models.Model):
    """A link of the hash chain over a range of entries: head = sha256(previous head, digest of the rows)."""

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    rows = models.IntegerField()
    previous_head = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()
