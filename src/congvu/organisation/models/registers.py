"""What units were given and how they are equipped: powers, one-stop facilities, quality systems, autonomy."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from congvu.organisation.models.dated import BELIEVED, FORWARD, VALID, Dated
from congvu.organisation.models.units import Unit
from congvu.organisation.rules.autonomy import GROUPS
from congvu.organisation.rules.delegation import FORMS
from congvu.organisation.rules.facilities import LEVELS
from congvu.organisation.rules.kinds import TIERS
from congvu.organisation.rules.quality import AUDIT_KINDS


class Delegation(Dated):
    """A power that passed from one unit to another, or to every unit of a tier (`to_tier`), by a text.

    The decision of the row is the text. `valid_to` null: no end was said, which a mandate (ủy quyền) may not have.
    """

    form = models.CharField(max_length=12, choices=tuple(FORMS.items()))
    field = models.CharField(max_length=120)
    field_folded = models.CharField(max_length=120)
    what = models.CharField(max_length=1000)
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    to_tier = models.CharField(max_length=12, choices=tuple(TIERS.items()), blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("field_folded", "id"), condition=BELIEVED, name="delegation_by_field"),
        )
        constraints = (
            models.CheckConstraint(condition=FORWARD, name="delegation_forward"),
            models.CheckConstraint(condition=~Q(what=""), name="delegation_says_what"),
            models.CheckConstraint(
                condition=Q(to_unit__isnull=True) & ~Q(to_tier="") | Q(to_unit__isnull=False, to_tier=""),
                name="delegation_to_one_or_all",
            ),
        )

    def __str__(self) -> str:
        return self.what


class OneStopFacility(Dated):
    """How a one-stop unit is equipped over a span of days, and which model it works by."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=tuple(LEVELS.items()))
    area = models.IntegerField()  # m²
    counters = models.IntegerField()
    computers = models.IntegerField()
    scanners = models.IntegerField()
    look_up_screens = models.IntegerField()
    cameras = models.IntegerField()
    queue_machine = models.BooleanField()
    rating_device = models.BooleanField()
    guides = models.BooleanField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="facility_one_state_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=FORWARD, name="facility_forward"),
            models.CheckConstraint(
                condition=Q(
                    area__gte=0,
                    counters__gte=0,
                    computers__gte=0,
                    scanners__gte=0,
                    look_up_screens__gte=0,
                    cameras__gte=0,
                ),
                name="facility_counts_things",
            ),
        )


class QualitySystem(Dated):
    """A quality system (ISO 9001) a unit announced or was certified for: the standard's version and the scope.

    The decision of the row is the announcement or certificate; `valid_to` is its end, when it has one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    scope = models.CharField(max_length=1000)
    procedures = models.IntegerField()  # how many administrative procedures the scope covers

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="quality_one_system_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=FORWARD, name="quality_forward"),
            models.CheckConstraint(condition=~Q(standard="") & ~Q(scope=""), name="quality_has_scope"),
            models.CheckConstraint(condition=Q(procedures__gte=0), name="quality_counts_procedures"),
        )

    def __str__(self) -> str:
        return self.standard


class QualityAudit(models.Model):
    """An audit or management review of a unit's quality system, with what it found."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    kind = models.CharField(max_length=12, choices=tuple(AUDIT_KINDS.items()))
    auditor = models.CharField(max_length=200)
    nonconformities = models.IntegerField()
    findings = models.CharField(max_length=2000, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("unit", "-held_on"), condition=BELIEVED, name="audit_by_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "held_on", "kind"), condition=BELIEVED, name="audit_once_a_day"
            ),
            models.CheckConstraint(condition=Q(nonconformities__gte=0), name="audit_counts_findings"),
        )


class Autonomy(Dated):
    """The autonomy group of a public-service unit for a period, by decision, with the money it was counted from."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=4, choices=tuple(GROUPS.items()))
    counted_group = models.CharField(max_length=4, choices=tuple(GROUPS.items()))
    revenue = models.BigIntegerField()  # A, đồng a year
    spending = models.BigIntegerField()  # B, đồng a year
    covers_investment = models.BooleanField()
    rule_citation = models.CharField(max_length=300)
    rule_evidence = models.CharField(max_length=16)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="autonomy_one_group_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=FORWARD, name="autonomy_forward"),
            models.CheckConstraint(condition=Q(revenue__gte=0, spending__gt=0), name="autonomy_has_spending"),
        )
