"""The staffing ledger (sổ biên chế): decisions and their lines. A balance is never stored, it is a fold over lines.

Two times are kept. `effective` is when a decision changes the balance; `issued_at` is when the ledger learnt of it. An
issued decision is never edited (a trigger holds that): another that `corrects` it takes its place from the moment that
one is issued, so a balance "as known at" a moment stays the same for ever.
"""

from django.db import models
from django.db.models import Q

from congvu.organisation.models import Unit
from congvu.staffing.rules.kinds import GIVING, ISSUED, LINE_KINDS, POOLS, STATES, TAKING


class QuotaDecision(models.Model):
    """A decision that gives, takes or moves posts (quyết định giao biên chế). A draft counts for nothing."""

    number = models.CharField(max_length=100)
    signed_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True, default="")
    effective = models.DateField()
    title = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=8, choices=tuple(STATES.items()))
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("-effective", "-id"), name="quota_newest_first"),)
        constraints = (
            models.CheckConstraint(condition=~Q(number=""), name="quota_has_number"),
            models.CheckConstraint(
                condition=Q(state=ISSUED, issued_at__isnull=False, signed_on__isnull=False)
                | ~Q(state=ISSUED) & Q(issued_at__isnull=True),
                name="quota_issued_is_dated",
            ),
            models.UniqueConstraint(
                fields=("number", "signed_on"), condition=Q(state=ISSUED), name="quota_number_once"
            ),
            models.UniqueConstraint(
                fields=("corrects",), condition=Q(state=ISSUED), name="quota_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class QuotaLine(models.Model):
    """One line: `delta` posts of a pool, above zero when given to the unit, below when taken from it."""

    decision = models.ForeignKey(QuotaDecision, on_delete=models.CASCADE, related_name="lines")
    place = models.IntegerField()
    kind = models.CharField(max_length=12, choices=tuple(LINE_KINDS.items()))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    pool = models.CharField(max_length=24)
    delta = models.IntegerField()
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("unit", "pool"), name="quotaline_by_unit"),)
        constraints = (
            models.UniqueConstraint(fields=("decision", "place"), name="quotaline_place_once"),
            models.CheckConstraint(condition=Q(pool__in=POOLS), name="quotaline_known_pool"),
            models.CheckConstraint(
                condition=Q(kind__in=GIVING, delta__gt=0) | Q(kind__in=TAKING, delta__lt=0),
                name="quotaline_sign_of_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.delta}"
