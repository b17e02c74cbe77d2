"""What went wrong with a result or a paper of a dossier, and how it was made good (sự cố)."""

from django.db import models
from django.db.models import Q

from congvu.dossiers.rules.incidents import IncidentKind


class Incident(models.Model):
    """A wrong or lost result, a lost paper (NĐ 61/2018, Điều 21): who is at fault, what it cost, the apology.

    Open until settled; the cost is the agency's, never the citizen's.
    """

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=[(one.value, one.label) for one in IncidentKind])
    content = models.TextField()
    unit = models.ForeignKey(  # whose fault it is, who pays and apologises
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    found_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    remedy = models.TextField(blank=True, default="", db_default="")
    cost = models.BigIntegerField(null=True)  # đồng
    apology = models.CharField(max_length=100, blank=True, default="", db_default="")
    apology_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_incident"
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | (Q(cost__gte=0) & ~Q(remedy="")),
                name="incident_settled_whole",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True)
                | ~Q(kind=IncidentKind.LOST_PAPER.value)
                | ~Q(apology=""),
                name="incident_lost_paper_apology",
            ),
        )
        indexes = (models.Index(fields=("-id",), condition=Q(settled_at__isnull=True), name="incident_open"),)
