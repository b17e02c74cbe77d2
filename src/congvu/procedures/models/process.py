"""How a procedure is handled inside (quy trình nội bộ, TT 01/2018, Điều 8): a graph of steps.

A published process is frozen like a version; only its `valid_to` may still be closed. Working hours are the
common measure of steps (8 hours = 1 working day); they are only compared, never turned into a due date here.
"""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from congvu.procedures.models.catalogue import Procedure
from congvu.procedures.rules.process.graph import HOURS_PER_DAY
from congvu.procedures.rules.words import (
    AgencyKind,
    Archetype,
    Join,
    StepKind,
    StepRole,
    TermUnit,
    VersionState,
)


class ProcessVersion(models.Model):
    """A step table. `procedure` is null for an imported process that no procedure of the catalogue claims."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="processes")
    code = models.CharField(max_length=60)
    name = models.TextField()
    number = models.IntegerField(default=1)
    state = models.CharField(max_length=12, choices=VersionState.choices(), default=VersionState.DRAFT.value)
    archetype = models.CharField(
        max_length=12, choices=Archetype.choices(), default=Archetype.APPROVAL.value
    )  # whose clock runs
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # exclusive, as of versions
    published_at = models.DateTimeField(null=True)
    total_hours = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    fee_text = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=300, blank=True, default="")
    original = models.TextField(blank=True, default="")  # the imported document as it came
    source_sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "number"), name="process_number_once"),
            models.UniqueConstraint(
                fields=("procedure",),
                condition=Q(
                    state=VersionState.PUBLISHED.value, valid_to__isnull=True, procedure__isnull=False
                ),
                name="process_one_open",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="process_period_forward",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def total_days(self) -> Decimal | None:
        """The whole term in working days, when it is known."""
        return None if self.total_hours is None else self.total_hours / HOURS_PER_DAY


class ProcessStep(models.Model):
    """One step at one agency, with its own clock. Read in order of `position`; `StepLink` holds the graph."""

    process_version = models.ForeignKey(
        ProcessVersion, on_delete=models.CASCADE, related_name="steps", db_index=False
    )
    stable_key = models.CharField(max_length=80)
    position = models.IntegerField()
    name = models.CharField(max_length=300)
    duty = models.TextField(blank=True, default="")
    agency_kind = models.CharField(max_length=12, choices=AgencyKind.choices())
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    agency_text = models.CharField(max_length=300, blank=True, default="")
    role = models.CharField(max_length=12, choices=StepRole.choices())
    term_n = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    term_unit = models.CharField(max_length=16, choices=TermUnit.choices(), null=True)
    officer_role = models.CharField(max_length=60, blank=True, default="")
    starts = models.BooleanField(default=False)  # opens at reception; the first step does when none is marked
    join = models.CharField(max_length=3, choices=Join.choices(), default=Join.ALL.value)
    kind = models.CharField(max_length=12, choices=StepKind.choices(), default=StepKind.TASK.value)
    sub_procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    fact_labels = models.JSONField(default=dict, db_default={})  # {fact: its name on forms}
    tasks = models.JSONField(default=list)  # the source's smaller tasks: [{"code", "name", "time", "next"}]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("process_version", "stable_key"), name="step_key_once"),
            models.UniqueConstraint(fields=("process_version", "position"), name="step_position_once"),
            models.CheckConstraint(
                condition=Q(term_n__isnull=True) | Q(term_n__gte=0), name="step_term_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    @property
    def term_hours(self) -> Decimal | None:
        """The step's term in working hours; None for a unit that cannot be measured so."""
        if self.term_n is None:
            return None
        per = {TermUnit.GIO_LAM_VIEC.value: 1, TermUnit.NGAY_LAM_VIEC.value: HOURS_PER_DAY}
        return self.term_n * per[self.term_unit] if self.term_unit in per else None


class StepLink(models.Model):
    """One target of one branch out of a step. A sequence is one branch with one target.

    Exactly one branch is taken when a step is done: the first, by `branch`, whose `conditions` all hold; the branch
    without conditions is "otherwise". Null `to_step`: the way ends there. `back`: rework, at most `max_rounds` times.
    """

    from_step = models.ForeignKey(
        ProcessStep, on_delete=models.CASCADE, related_name="links_out", db_index=False
    )
    branch = models.SmallIntegerField(default=0)
    to_step = models.ForeignKey(ProcessStep, on_delete=models.CASCADE, null=True, related_name="links_in")
    conditions = models.JSONField(
        default=list
    )  # [{"fact", "operator", "value"}], the same for the whole branch
    back = models.BooleanField(default=False)
    max_rounds = models.SmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("from_step", "branch", "to_step"), nulls_distinct=False, name="step_link_once"
            ),
            models.CheckConstraint(condition=~Q(from_step=F("to_step")), name="step_link_forward"),
            models.CheckConstraint(
                condition=Q(back=True) | Q(max_rounds__isnull=True), name="step_link_rounds_of_back"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_step_id} -> {self.to_step_id}"
