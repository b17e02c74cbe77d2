"""The outlines of communes' areas."""

from django.db import models

from congvu.organisation.models.units import Unit


class Boundary(models.Model):
    """The outline of a commune's area, as long as the area is that: a merger or split that touches it ends the outline
    without anyone drawing it anew. `since` is when the area came about; `rings` are [[longitude, latitude], …] closed."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    rings = models.JSONField()
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "since"), name="boundary_once_an_area"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.since}"
