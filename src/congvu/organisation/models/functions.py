"""What units are for: the functions each holds, those the law assigns, and what people said of likenesses.

A function is an identity that passes from unit to unit; a version says who holds it over a span of days, in which
words. See docs/decisions/0081.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from congvu.organisation.models.dated import BELIEVED, FORWARD, VALID, Dated
from congvu.organisation.models.units import Unit, UnitEvent
from congvu.organisation.rules.functions import JUDGEMENTS, VERDICTS
from congvu.organisation.rules.kinds import TIERS


class UnitFunction(models.Model):
    """A function (chức năng, nhiệm vụ) as an identity, kept when another unit takes it over."""

    recorded_at = models.DateTimeField()


class UnitFunctionVersion(Dated):
    """The unit that holds a function over a span of days, the words of the decision and their legal basis."""

    function = models.ForeignKey(UnitFunction, on_delete=models.PROTECT, related_name="versions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=120)
    field_folded = models.CharField(max_length=120)
    text = models.CharField(max_length=1000)
    text_folded = models.CharField(max_length=1000)
    legal_basis = models.CharField(max_length=300)
    opened_by = models.ForeignKey(UnitEvent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("unit", "valid_from"), condition=BELIEVED, name="function_by_unit"),
            models.Index(fields=("field_folded", "function"), condition=BELIEVED, name="function_by_field"),
        )
        constraints = (
            ExclusionConstraint(
                name="function_in_one_unit_at_a_time",
                expressions=[("function", RangeOperators.EQUAL), (VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=FORWARD, name="functionversion_forward"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(field=""), name="functionversion_has_text"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="functionversion_cites"),
        )

    def __str__(self) -> str:
        return self.text


class AssignedFunction(Dated):
    """A function some unit of a tier must hold, as a law assigns it; an official keeps this catalogue."""

    tier = models.CharField(max_length=12, choices=tuple(TIERS.items()))
    field = models.CharField(max_length=120)
    field_folded = models.CharField(max_length=120)
    text = models.CharField(max_length=1000)
    text_folded = models.CharField(max_length=1000)
    legal_basis = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tier", "field_folded", "text_folded"), condition=BELIEVED, name="assigned_once"
            ),
            models.CheckConstraint(condition=FORWARD, name="assigned_forward"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(field=""), name="assigned_has_text"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="assigned_cites"),
        )

    def __str__(self) -> str:
        return self.text


class Judgement(models.Model):
    """What a person said of two functions that look alike, or of a function and one the law assigns.

    The text proposes, this decides. A changed mind supersedes; what was said before stays readable.
    """

    about = models.CharField(max_length=8, choices=tuple(JUDGEMENTS.items()))
    function = models.ForeignKey(UnitFunction, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(UnitFunction, null=True, on_delete=models.PROTECT, related_name="+")
    assigned = models.ForeignKey(AssignedFunction, null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=tuple(VERDICTS.items()))
    reason = models.CharField(max_length=500)
    score = models.IntegerField()  # per cent, as the text looked on that day
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("function", "other"),
                condition=BELIEVED & Q(other__isnull=False),
                name="pair_judged_once",
            ),
            models.UniqueConstraint(
                fields=("function", "assigned"),
                condition=BELIEVED & Q(assigned__isnull=False),
                name="cover_judged_once",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=False, assigned__isnull=True)
                | Q(other__isnull=True, assigned__isnull=False),
                name="judgement_of_two_things",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="judgement_has_reason"),
        )
