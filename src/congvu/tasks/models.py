"""Plans to measure against: programmes, who owes which plan, plans with their items, who steers, who inspects.

A plan keeps the unit that issued it (`unit`) and the one that has it now (`keeper`): when a unit ends its plans and open items
go to the successor, while who had issued what on a day gone by stays as it was. A finished item is never finished anew: its
dates are facts of papers, changed only by a correction that stands in the log.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congvu.foundation.files.models import StoredFile
from congvu.organisation.models import Unit
from congvu.people.models import Person
from congvu.tasks.rules.kinds import (
    DRAFT,
    ISSUED,
    LEVELS,
    PLAN_STATES,
    REPLACED,
    ROLES,
    SUBJECTS,
    TERMS,
)


class Recorded(models.Model):
    """When and by whom it was recorded."""

    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Programme(Recorded):
    """A reform programme (chương trình tổng thể), of the state or of the province. `contents_on`: the day whose list of content
    areas is the programme's own (rules.contents)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    level = models.CharField(max_length=10, choices=tuple(LEVELS.items()))
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=100)
    signed_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True, default="")
    first_year = models.IntegerField()
    last_year = models.IntegerField()
    contents_on = models.DateField()
    evidence = models.CharField(max_length=16, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="programme_years"),
        )

    def __str__(self) -> str:
        return self.code


class PlanDuty(Recorded):
    """That units of some classes must have a plan for some years, by a day. Who they are is asked of the organisation."""

    name = models.CharField(max_length=300)
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=10, choices=tuple(SUBJECTS.items()))
    term = models.CharField(max_length=6, choices=tuple(TERMS.items()))
    first_year = models.IntegerField()
    last_year = models.IntegerField()
    classes = ArrayField(models.CharField(max_length=8))
    due_on = models.DateField(null=True)
    number = models.CharField(max_length=100, blank=True, default="")  # the document that asks for it

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "term", "first_year", "last_year"), name="duty_once"),
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="duty_years"),
        )

    def __str__(self) -> str:
        return self.name


class DutyExempt(Recorded):
    """A unit of the class that does not owe this one, and why."""

    duty = models.ForeignKey(PlanDuty, on_delete=models.CASCADE, related_name="exempt")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("duty", "unit"), name="exempt_once"),)

    def __str__(self) -> str:
        return f"{self.duty_id}/{self.unit_id}"


class Plan(models.Model):
    """A plan of a unit for a year or a period. `unit` issued it, `keeper` has it now."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=10, choices=tuple(SUBJECTS.items()))
    term = models.CharField(max_length=6, choices=tuple(TERMS.items()))
    first_year = models.IntegerField()
    last_year = models.IntegerField()
    name = models.CharField(max_length=300)
    motto = models.CharField(max_length=300, blank=True, default="")
    note = models.TextField(blank=True, default="")
    state = models.CharField(max_length=8, choices=tuple(PLAN_STATES.items()), default=DRAFT)
    number = models.CharField(max_length=100, blank=True, default="")
    issued_on = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True, default="")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    replaced_on = models.DateField(null=True)
    drafted_on = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)
    issued_at = models.DateTimeField(null=True)  # when the issue was recorded
    issued_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("keeper", "-first_year", "-id"), name="plan_by_keeper"),
            models.Index(fields=("subject", "first_year", "last_year"), name="plan_by_years"),
            models.Index(fields=("-first_year", "-id"), name="plan_newest"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="plan_years"),
            models.CheckConstraint(
                condition=Q(state=DRAFT, issued_on__isnull=True)
                | ~Q(state=DRAFT) & Q(issued_on__isnull=False, issued_at__isnull=False) & ~Q(number=""),
                name="plan_issued_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state=REPLACED, replaced_on__isnull=False)
                | ~Q(state=REPLACED) & Q(replaced_on__isnull=True),
                name="plan_replaced_is_dated",
            ),
            models.UniqueConstraint(
                fields=("unit", "subject", "term", "first_year", "last_year"),
                condition=Q(state=ISSUED),
                name="plan_in_force_once",
            ),
            models.UniqueConstraint(
                fields=("unit", "subject", "term", "first_year", "last_year"),
                condition=Q(state=DRAFT),
                name="plan_one_draft",
            ),
        )

    def __str__(self) -> str:
        return self.name


class PlanItem(Recorded):
    """A piece of work of a plan: what comes out of it, who leads (exactly one), by when, and the paper that proves it done.

    `lead` was given it, `keeper` has it now. `carried_from`: the unfinished item of an earlier plan that goes on here.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    place = models.IntegerField()
    content = models.CharField(max_length=40, blank=True, default="")
    text = models.CharField(max_length=1000)
    product = models.CharField(max_length=500, blank=True, default="")
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    officer = models.CharField(max_length=200, blank=True, default="")
    priority = models.BooleanField(default=False)
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True, default="")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=200, blank=True, default="")
    carried_from = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("keeper", "due", "id"),
                condition=Q(done_on=None, dropped_on=None),
                name="item_open_by_keeper",
            ),
            models.Index(fields=("keeper", "id"), name="item_by_keeper"),
        )
        constraints = (
            models.UniqueConstraint(fields=("plan", "place"), name="item_place_once"),
            models.CheckConstraint(
                condition=~Q(done_on__isnull=False, dropped_on__isnull=False), name="item_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, dropped_on__isnull=True) | ~Q(evidence=""),
                name="item_ends_by_paper",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}.{self.place}"


class ItemHelper(models.Model):
    """A unit that works along on an item."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="helpers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "unit"), name="helper_once"),)

    def __str__(self) -> str:
        return f"{self.item_id}/{self.unit_id}"


class FocalOfficer(Recorded):
    """Who in a unit follows its plans, from a day on until the next one named; where reminders are sent."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "valid_from"), name="focal_once_a_day"),)

    def __str__(self) -> str:
        return self.name


class PlanReminder(models.Model):
    """That a unit was reminded of a plan it owes: at most once a day; its leaders see it, the focal officer gets a letter."""

    duty = models.ForeignKey(PlanDuty, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    sent_to = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=("unit", "-on"), name="reminder_by_unit"),)
        constraints = (models.UniqueConstraint(fields=("duty", "unit", "on"), name="reminder_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.duty_id}/{self.unit_id} {self.on}"


class Committee(Recorded):
    """A steering committee (Ban Chỉ đạo), set up by a decision."""

    name = models.CharField(max_length=300)
    number = models.CharField(max_length=100)
    signed_on = models.DateField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # not included

    def __str__(self) -> str:
        return self.name


class CommitteeMember(Recorded):
    """A seat: who, as what elsewhere (`post`, as of then), in which role, from when to when. `person`: of the register."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    role = models.CharField(max_length=16, choices=tuple(ROLES.items()))
    number = models.CharField(
        max_length=100, blank=True, default=""
    )  # the decision, where it is not the committee's own
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # not included

    def __str__(self) -> str:
        return self.name


class CommitteeDecision(Recorded):
    """What a committee concluded, by a paper; `item`: the piece of a plan it became."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="decisions")
    number = models.CharField(max_length=100)
    decided_on = models.DateField()
    text = models.CharField(max_length=1000)
    item = models.ForeignKey(PlanItem, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("committee", "-decided_on"), name="decided_newest"),)

    def __str__(self) -> str:
        return self.number


class Inspection(Recorded):
    """An inspection of reform (kiểm tra cải cách hành chính): by which paper, who leads, which units, when."""

    name = models.CharField(max_length=300)
    number = models.CharField(max_length=100)
    signed_on = models.DateField()
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    head = models.CharField(max_length=200, blank=True, default="")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        indexes = (models.Index(fields=("-first_day", "-id"), name="inspection_newest"),)
        constraints = (
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="inspection_days"),
        )

    def __str__(self) -> str:
        return self.name


class InspectedUnit(models.Model):
    """A unit to be inspected; inspected when the day and the minutes are there."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True)
    minutes = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("inspection", "unit"), name="inspected_once"),)

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.unit_id}"


class Finding(Recorded):
    """What an inspection found in a unit (`unit`; `keeper` has it now), what must be done, by when, by which paper it was."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    content = models.CharField(max_length=40, blank=True, default="")
    text = models.CharField(max_length=1000)
    remedy = models.CharField(max_length=1000)
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True, default="")
    reported_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("keeper", "due", "id"), name="finding_by_keeper"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(evidence=""), name="finding_ends_by_paper"
            ),
        )

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.unit_id}"


class Followed(models.Model):
    """What went to a successor with a handing over, so that it comes back when that one is undone."""

    handover_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("handover_id", "kind", "object_id"), name="plans_followed_once"),
        )

    def __str__(self) -> str:
        return f"{self.handover_id} {self.kind} {self.object_id}"
