"""What officials decided about the calendar, the office hours and the closures; append-only but for `revoked_at`.

Nothing is stored that can be computed: a row here is a difference from the law's own calendar (`rules.holidays`).
Every change is a row of CalendarVersion, numbered in the order of time; a row holds from the version it was recorded
in until the one it was revoked in. So "as known on day X" is a number, and a due day that keeps its number can be
computed again to the same day.
`unit_id` is organisation.Unit, which lies above this room, hence a plain number; null is the whole province.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congvu.foundation.workdays.rules.kinds import DayKind, Evidence

_KINDS = [(kind.value, kind.label) for kind in DayKind if kind is not DayKind.DONG_CUA]


class CalendarVersion(models.Model):
    """One change of the calendar, however many rows it touched. The highest number is the calendar of today."""

    number = models.AutoField(primary_key=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)  # identity.Account
    note = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("at",), name="calversion_by_time"),)

    def __str__(self) -> str:
        return f"lịch số {self.number}"


class _Recorded(models.Model):
    """In force from version `recorded_in` on, until version `revoked_in`."""

    recorded_in = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True)
    revoked_in = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by_id = models.BigIntegerField(null=True)
    revoked_why = models.TextField(blank=True, default="")

    class Meta:
        abstract = True


class CalendarEdit(_Recorded):
    """A day that is not what the computed calendar says, by a decision. The two days of a swap name each other."""

    date = models.DateField()
    kind = models.CharField(max_length=16, choices=_KINDS)
    reason = models.CharField(max_length=300)
    decision_number = models.CharField(max_length=100)
    decision_date = models.DateField(null=True)
    citation = models.CharField(max_length=300, blank=True, default="")
    evidence = models.CharField(
        max_length=16, choices=[(e.value, e.value) for e in Evidence], default=Evidence.CHECKED.value
    )
    swap_with = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("date",), condition=Q(revoked_at__isnull=True), name="caledit_one_in_force_per_day"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(decision_number=""), name="caledit_says_why"),
            models.CheckConstraint(
                condition=Q(revoked_in__isnull=True, revoked_at__isnull=True)
                | Q(revoked_in__gt=F("recorded_in"), revoked_at__isnull=False),
                name="caledit_revoked_later",
            ),
            models.CheckConstraint(
                condition=Q(swap_with__isnull=True) | Q(kind__in=("HOAN_DOI_NGHI", "HOAN_DOI_LAM")),
                name="caledit_swap_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.date}: {self.reason}"


class OfficeHoursRow(_Recorded):
    """Office hours of a unit for a period. Minutes in pairs: {420, 690, 810, 1020} is 07:00-11:30, 13:30-17:00."""

    unit_id = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    sessions = ArrayField(models.SmallIntegerField())
    saturday = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    saturday_counts = models.BooleanField(default=False)
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="officehours_period_forward",
            ),
            models.CheckConstraint(
                condition=Q(revoked_in__isnull=True, revoked_at__isnull=True)
                | Q(revoked_in__gt=F("recorded_in"), revoked_at__isnull=False),
                name="officehours_revoked_later",
            ),
        )
        indexes = (models.Index(fields=("unit_id", "valid_from"), name="officehours_by_unit"),)

    def __str__(self) -> str:
        return f"{self.citation} (từ {self.valid_from})"


class ClosureRow(_Recorded):
    """A unit (or the province) closed from a day to a day, whole days or some minutes of each (storm, flood)."""

    unit_id = models.BigIntegerField(null=True)
    first = models.DateField()
    last = models.DateField()
    from_minute = models.SmallIntegerField(null=True)
    to_minute = models.SmallIntegerField(null=True)
    reason = models.CharField(max_length=300)
    citation = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="closure_period_forward"),
            models.CheckConstraint(
                condition=Q(from_minute__isnull=True, to_minute__isnull=True)
                | Q(from_minute__gte=0, to_minute__gt=F("from_minute"), to_minute__lte=1440),
                name="closure_minutes_forward",
            ),
            models.CheckConstraint(
                condition=Q(revoked_in__isnull=True, revoked_at__isnull=True)
                | Q(revoked_in__gt=F("recorded_in"), revoked_at__isnull=False),
                name="closure_revoked_later",
            ),
        )
        indexes = (models.Index(fields=("unit_id", "first"), name="closure_by_unit"),)

    def __str__(self) -> str:
        return f"{self.first} - {self.last}: {self.reason}"
