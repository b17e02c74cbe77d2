"""The staffing ledger (sổ biên chế): decisions and their lines. A balance is never stored, it is a fold over lines.

Two times are kept. `effective` is when a decision changes the balance; `issued_at` is when the ledger learnt of it. An
issued decision is never edited (a trigger holds that): another that `corrects` it takes its place from the moment that
one is issued, so a balance "as known at" a moment stays the same for ever.
"""

from django.db import models
from django.db.models import Q

from congvu.foundation.identity.models import Account
from congvu.organisation.models import Unit
from congvu.people.models import Person
from congvu.staffing.rules.kinds import GIVING, ISSUED, LINE_KINDS, POOLS, STATES, TAKING
from congvu.staffing.rules.schemes import APPROVED, GROUPS, SCHEME_STATES
from congvu.staffing.rules.streamlining import CATEGORIES, PACKS, REGIMES, STREAMLINED


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


class Release(models.Model):
    """A person released by streamlining (tinh giản biên chế), in a batch. A ledger of people and money: posts cut are
    lines of decisions, and the two are never added. The money is what the cited rule gave when it was recorded.

    `person`: who it is in the register, whose posts end when the batch is approved; null for who was never in it. What
    the ministry's list says of a person is kept as it was then."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.IntegerField()
    half = models.SmallIntegerField()
    name = models.CharField(max_length=120)
    born = models.DateField()
    title = models.CharField(max_length=120, blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    pool = models.CharField(max_length=24)
    category = models.CharField(max_length=24, choices=tuple(CATEGORIES.items()))
    article = models.CharField(max_length=200, blank=True, default="")
    pack = models.CharField(max_length=12, choices=tuple(PACKS.items()), default=STREAMLINED)
    regime = models.CharField(max_length=24, choices=tuple(REGIMES.items()))
    leaves_on = models.DateField()
    salary = models.BigIntegerField()
    insured_months = models.IntegerField()
    months_early = models.IntegerField(default=0)
    months_since = models.IntegerField(default=0)  # since the decision of the reorganisation took effect
    sex = models.CharField(max_length=3, blank=True, default="")
    qualification = models.CharField(max_length=4, blank=True, default="")
    coefficient = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    extra_pay = models.BigIntegerField(default=0)  # allowances of a month, told beside the salary
    ratings = models.CharField(max_length=200, blank=True, default="")
    money = models.BigIntegerField()
    parts = models.JSONField()
    rule_citation = models.CharField(max_length=300)
    rule_evidence = models.CharField(max_length=16)
    decision_number = models.CharField(max_length=100, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("year", "half", "unit"), name="release_by_batch"),)
        constraints = (
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="release_two_batches_a_year"),
            models.CheckConstraint(
                condition=Q(salary__gt=0, money__gte=0), name="release_money_not_negative"
            ),
            models.UniqueConstraint(fields=("year", "half", "name", "born"), name="release_once_a_batch"),
            models.UniqueConstraint(fields=("person",), name="release_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.half}/{self.year}"


class Scheme(models.Model):
    """A version of a unit's job-position scheme (đề án vị trí việc làm). Approved, it is frozen (a trigger holds that)
    and in force from `valid_from` until the next approved one; a change is a new version."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    state = models.CharField(max_length=9, choices=tuple(SCHEME_STATES.items()))
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    appraised_at = models.DateTimeField(null=True)
    appraised_by = models.CharField(max_length=200, blank=True, default="")
    remarks = models.TextField(blank=True, default="")  # of the last appraisal or of whoever sent it back
    decision_number = models.CharField(max_length=100, blank=True, default="")
    signed_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("state", "-id"), name="scheme_by_state"),)
        constraints = (
            models.UniqueConstraint(fields=("unit", "version"), name="scheme_version_once"),
            models.UniqueConstraint(
                fields=("unit",), condition=~Q(state=APPROVED), name="scheme_one_open_a_unit"
            ),
            models.UniqueConstraint(
                fields=("unit", "valid_from"), condition=Q(state=APPROVED), name="scheme_one_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=APPROVED)
                | Q(valid_from__isnull=False, approved_at__isnull=False) & ~Q(decision_number=""),
                name="scheme_approved_by_decision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.version}"


class JobPosition(models.Model):
    """A position as an identity: the same through every version of the scheme, whatever it is called there."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class PositionLine(models.Model):
    """A position as one version of the scheme describes it."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="lines")
    position = models.ForeignKey(JobPosition, on_delete=models.PROTECT, related_name="lines")
    place = models.IntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    group = models.CharField(max_length=12, choices=tuple(GROUPS.items()))
    pool = models.CharField(max_length=24)
    grade = models.CharField(max_length=12, blank=True, default="")
    holders = models.IntegerField()
    tasks = models.TextField(blank=True, default="")
    product = models.TextField(blank=True, default="")
    frame = models.JSONField(default=list)  # [competence, level] each

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("scheme", "position"), name="positionline_once_a_scheme"),
            models.UniqueConstraint(fields=("scheme", "code"), name="positionline_code_once"),
            models.CheckConstraint(condition=Q(holders__gt=0), name="positionline_has_holders"),
            models.CheckConstraint(condition=Q(pool__in=POOLS), name="positionline_known_pool"),
        )

    def __str__(self) -> str:
        return self.code
