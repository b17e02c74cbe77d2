"""A fact over a span of days by a decision, as recorded at a moment: the furniture of every register of this area."""

from django.contrib.postgres.fields import RangeBoundary
from django.db import models
from django.db.models import F, Q

from congvu.organisation.models.units import ValidRange

BELIEVED = Q(superseded_at__isnull=True)
FORWARD = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
VALID = ValidRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=False))


class Dated(models.Model):
    """`valid_to` is not included. A row is superseded, never edited or deleted: a trigger holds that."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decision_number = models.CharField(max_length=100)
    decision_date = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    ending = models.CharField(max_length=300, blank=True, default="")  # by what it ended, and why
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
