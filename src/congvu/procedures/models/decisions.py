"""Decisions that publish, amend, replace and abolish procedures (NĐ 63/2010, Điều 13-16)."""

from django.db import models

from congvu.procedures.models.catalogue import Procedure, ProcedureVersion
from congvu.procedures.rules.words import Action


class PublicationDecision(models.Model):
    """A decision. Days are null only when it was met in an imported row, which names the number alone."""

    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200, blank=True, default="")
    issued_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("number", "issued_on"), nulls_distinct=False, name="decision_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class DecisionItem(models.Model):
    """What one decision does to one procedure, and which version came of it (none when it abolishes)."""

    decision = models.ForeignKey(PublicationDecision, on_delete=models.PROTECT, related_name="items")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="decision_items")
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, null=True, related_name="decision_items"
    )
    replaced_by = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=16, choices=Action.choices())
    changed_part = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "procedure", "action", "version"),
                nulls_distinct=False,
                name="decision_item_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision_id} {self.action} {self.procedure_id}"
