"""The people who hold the posts, in two times.

Validity (`valid_from`, `valid_to`; the upper day not included) is what the decisions say; recording (`recorded_at`,
`superseded_at`) is what was known. A row is superseded, never edited: a trigger holds that. See docs/decisions/0073.

Sensitive facts (religion, party, health) stand in a table of their own that only a reading granted for them opens.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from congvu.organisation.models import Unit, UnitEvent, ValidRange
from congvu.people.rules.codes import (
    ENDINGS,
    FULL,
    LEAVING,
    POLITICS,
    POOLS,
    POST_KINDS,
    QUALIFICATIONS,
    SEXES,
)

_VALID = ValidRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=False))
_FORWARD = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
BELIEVED = Q(superseded_at__isnull=True)


class Person(models.Model):
    """A person as an identity: the number of the personnel file is given once and never used again."""

    number = models.CharField(max_length=20, unique=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class Dated(models.Model):
    """A fact over a span of days, by a decision, as recorded at a moment."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # not included
    decision_number = models.CharField(max_length=100, blank=True, default="")
    decision_date = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PersonVersion(Dated):
    """Who a person is: the lines of form 2C-BNV/2008 that are not sensitive."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=120)  # given name first, as lists of people are read here
    birth = models.DateField()
    sex = models.CharField(max_length=3, choices=tuple(SEXES.items()))
    ethnicity = models.CharField(max_length=40)
    citizen_number = models.CharField(max_length=12, blank=True, default="")
    hired_on = models.DateField(null=True)
    qualification = models.CharField(
        max_length=4, choices=tuple(QUALIFICATIONS.items()), blank=True, default=""
    )
    politics = models.CharField(max_length=4, choices=tuple(POLITICS.items()), blank=True, default="")
    details = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=("sort_key", "person"), condition=BELIEVED, name="person_by_name"),
            GinIndex(SearchVector("name_folded", config="simple"), name="person_by_words"),
        )
        constraints = (
            ExclusionConstraint(
                name="person_one_version_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            ExclusionConstraint(
                name="person_own_citizen_number",
                expressions=[("citizen_number", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED & ~Q(citizen_number=""),
            ),
            models.CheckConstraint(condition=_FORWARD, name="personversion_forward"),
            models.CheckConstraint(condition=~Q(name=""), name="personversion_has_name"),
        )


class SensitiveVersion(Dated):
    """Religion, party, health and the rest of form 2C that the law calls sensitive. Never joined into a list."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sensitive")
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="person_one_sensitive_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=_FORWARD, name="sensitive_forward"),
        )


class Appointment(Dated):
    """A person in a post of a unit. `ending` says why the post ended; a leaving one closes the file."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=tuple(POST_KINDS.items()))
    pool = models.CharField(max_length=24, choices=tuple(POOLS.items()))
    position = models.CharField(max_length=120)
    ending = models.CharField(max_length=16, choices=tuple(ENDINGS.items()), blank=True, default="")
    ending_decision = models.CharField(max_length=100, blank=True, default="")
    followed = models.ForeignKey(UnitEvent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("unit", "valid_from"), condition=BELIEVED, name="appointment_by_unit"),
            models.Index(fields=("person", "valid_from"), name="appointment_by_person"),
            models.Index(
                fields=("valid_to", "person"),
                condition=BELIEVED & Q(ending__in=LEAVING),
                name="appointment_left",
            ),
        )
        constraints = (
            ExclusionConstraint(
                name="appointment_one_full_post",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED & Q(kind=FULL),
            ),
            models.CheckConstraint(condition=_FORWARD, name="appointment_forward"),
            models.CheckConstraint(condition=Q(kind__in=list(POST_KINDS)), name="appointment_known_kind"),
            models.CheckConstraint(condition=Q(pool__in=list(POOLS)), name="appointment_known_pool"),
        )


class SalaryStep(Dated):
    """A step of a grade (ngạch, bậc). `counted_from`: the day from which the wait for the next step runs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="salary")
    grade = models.CharField(max_length=12)
    step = models.SmallIntegerField()
    coefficient = models.DecimalField(max_digits=5, decimal_places=2)
    over_frame = models.SmallIntegerField(default=0)  # per cent of the last step
    counted_from = models.DateField()
    next_due = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("next_due", "person"), condition=BELIEVED, name="salary_by_due"),)
        constraints = (
            ExclusionConstraint(
                name="salary_one_step_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=BELIEVED,
            ),
            models.CheckConstraint(condition=_FORWARD, name="salary_forward"),
            models.CheckConstraint(condition=Q(step__gte=1, coefficient__gt=0), name="salary_step_positive"),
        )
