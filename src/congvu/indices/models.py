"""Sets of criteria, rounds of scoring, sheets. A set once approved and a round once published are frozen by triggers; what is
written in a sheet only grows: the last line of a column stands, the earlier ones say who changed what."""

from django.db import models
from django.db.models import Q

from congvu.foundation.files.models import StoredFile
from congvu.foundation.lawtable.models import Evidence
from congvu.indices.rules.rounds import PUBLISHED, STEP_WORDS
from congvu.indices.rules.sets import APPROVED, AUDIENCES, MEASURES, SET_STATES
from congvu.indices.rules.tree import POLICIES
from congvu.organisation.models import Unit


class IndexSet(models.Model):
    """A dated set of areas, criteria and sub-criteria. `whole`: what its areas must add up to. `evidence`: how well its weights
    are known."""

    code = models.SlugField(max_length=40)
    edition = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    audience = models.CharField(max_length=8, choices=tuple(AUDIENCES.items()))
    measure = models.CharField(max_length=8, choices=tuple(MEASURES.items()))
    whole = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    step = models.DecimalField(max_digits=5, decimal_places=3, default=0)
    policy = models.CharField(max_length=8, choices=tuple(POLICIES.items()))
    bands = models.CharField(max_length=1000, blank=True, default="")
    citation = models.CharField(max_length=500)
    evidence = models.CharField(max_length=16, choices=Evidence.choices)
    state = models.CharField(max_length=8, choices=tuple(SET_STATES.items()))
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=100, blank=True, default="")
    signed_on = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "edition"), name="indexset_edition_once"),
            models.CheckConstraint(
                condition=~Q(state=APPROVED) | Q(approved_at__isnull=False) & ~Q(decision_number=""),
                name="indexset_approved_by_decision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.edition}"


class Criterion(models.Model):
    """A node of a set. `rule`: how it is scored, in its written form (rules/scoring.py); only leaves have one."""

    set = models.ForeignKey(IndexSet, on_delete=models.CASCADE, related_name="criteria")
    place = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=500)
    maximum = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    rule = models.CharField(max_length=300, blank=True, default="")
    figure = models.CharField(max_length=80, blank=True, default="")
    proof = models.CharField(max_length=500, blank=True, default="")
    same_as = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("set", "code"), name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gte=0), name="criterion_maximum"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Round(models.Model):
    """A scoring of a period by a set. `deadlines`: step -> day. `content`: the results as published, `sha256` its digest;
    reckoned again it is the same."""

    set = models.ForeignKey(IndexSet, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=200)
    first = models.DateField()
    last = models.DateField()
    deadlines = models.JSONField(default=dict)
    pilot = models.CharField(
        max_length=300, blank=True, default=""
    )  # the decision of a pilot, whose units are named
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=100, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True, default="")
    content = models.TextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("-last", "-id"), name="round_newest_first"),)
        constraints = (
            models.UniqueConstraint(fields=("set", "first", "last"), name="round_period_once"),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="round_period_forward"),
        )

    def __str__(self) -> str:
        return self.name


class Sheet(models.Model):
    """The sheet of a participant of a round: one of our units, or one outside that is only named."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=tuple(STEP_WORDS.items()))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "code"), name="sheet_participant_once"),)

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """What somebody wrote in a column of a sheet; "" takes back what stood there. Never changed."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="entries")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    column = models.CharField(max_length=12, choices=tuple(STEP_WORDS.items()))
    text = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True, default="")
    figure = models.CharField(max_length=80, blank=True, default="")  # the figure that gave it; "" by hand
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    account_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("sheet", "criterion", "column", "-id"), name="entry_last_first"),)
        constraints = (models.CheckConstraint(condition=~Q(column=PUBLISHED), name="entry_of_a_step"),)

    def __str__(self) -> str:
        return self.text


class Proof(models.Model):
    """A file that proves a criterion of a sheet. Taken away, its line stays."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="proofs")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("sheet", "criterion"), name="proof_of_criterion"),)

    def __str__(self) -> str:
        return self.name
