"""Units through time, the events that changed them, and the localities of the country.

Two times are kept. Validity (`valid_from`, `valid_to`; the upper day not included) is what the decisions say.
Recording (`recorded_at`, `superseded_at`) is what we knew: a version row is never edited, only superseded, so a tree
"as known at" a moment stays the same for ever. A trigger holds that, and gives `State` a new token on every change.

Localities (địa bàn) have tables of their own: 13,000 rows of the country's map would drown the few hundred offices
of a province, and nobody acts in a locality. See docs/decisions on organisation.
"""

import uuid
from fractions import Fraction

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q

from congvu.organisation.rules.kinds import EVENT_KINDS, LOCALITY_LEVELS, SIDES, TIERS, UNIT_KINDS


class ValidRange(Func):
    """daterange(valid_from, valid_to), upper bound not included."""

    function = "daterange"
    output_field = DateRangeField()


_VALID = ValidRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=False))
_FORWARD = Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from"))


class State(models.Model):
    """One row. `token` changes with every change of the organisation, in the same transaction: caches compare it.

    `recorded_at` is the last recording time given out; it never runs backwards. The row is also the writers' lock.
    """

    id = models.SmallIntegerField(primary_key=True)
    token = models.UUIDField(default=uuid.uuid4)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="state_is_one_row"),)

    def __str__(self) -> str:
        return str(self.token)


class Unit(models.Model):
    """An office as an identity: its code is given once and never used again (QĐ 20/2020/QĐ-TTg)."""

    code = models.CharField(max_length=35, unique=True)
    kind = models.CharField(max_length=20, choices=tuple(UNIT_KINDS.items()))  # as established
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class UnitEvent(models.Model):
    """A decision that changed the organisation. A corrected event is superseded by another that `corrects` it."""

    kind = models.CharField(max_length=24, choices=tuple(EVENT_KINDS.items()))
    decision_number = models.CharField(max_length=100)
    decision_date = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    effective = models.DateField()
    note = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("-effective", "-id"), name="unitevent_newest_first"),)
        constraints = (
            models.CheckConstraint(condition=~Q(decision_number=""), name="unitevent_cites_decision"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.decision_number}"


class UnitEventPart(models.Model):
    """A unit on a side of an event, with the share that moved: whole numbers, so that thirds stay thirds.

    On the FROM side the share is how much of that unit went over; on the TO side of a split, how much of the source
    it received. Null: not known, and never guessed. An event has one source or one target, so shares say it all.
    """

    event = models.ForeignKey(UnitEvent, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=4, choices=tuple(SIDES.items()))
    share_numerator = models.IntegerField(null=True)
    share_denominator = models.IntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "unit", "side"), name="part_once_per_side"),
            models.CheckConstraint(
                condition=Q(share_numerator__isnull=True, share_denominator__isnull=True)
                | Q(share_numerator__gt=0, share_denominator__gte=F("share_numerator")),
                name="part_share_up_to_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.side} {self.unit_id}"

    @property
    def share(self) -> Fraction | None:
        if self.share_numerator is None or self.share_denominator is None:
            return None
        return Fraction(self.share_numerator, self.share_denominator)


class UnitVersion(models.Model):
    """What a unit was called, what it was and under whom it stood, over a span of days, as recorded at a moment."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300)
    short_name = models.CharField(max_length=60, blank=True, default="")
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=12, choices=tuple(TIERS.items()))
    kind = models.CharField(max_length=20, choices=tuple(UNIT_KINDS.items()))
    sort_key = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # not included
    opened_by = models.ForeignKey(UnitEvent, null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(UnitEvent, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("name_folded",), condition=Q(superseded_at__isnull=True), name="unit_by_name"
            ),
        )
        constraints = (
            ExclusionConstraint(
                name="unit_one_version_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (_VALID, RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(condition=_FORWARD, name="unitversion_forward"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="unitversion_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(name=""), name="unitversion_has_name"),
            models.CheckConstraint(condition=Q(tier__in=list(TIERS)), name="unitversion_known_tier"),
            models.CheckConstraint(condition=Q(kind__in=list(UNIT_KINDS)), name="unitversion_known_kind"),
        )

    def __str__(self) -> str:
        return self.name


class Handover(models.Model):
    """Biên bản bàn giao: what a unit that ends held goes to the unit that takes over, on the event's day.

    Planned with the event, moved in sets on its day, accepted by a leader of the receiving unit. `progress` says how far
    the moving came, so that a process that died goes on where the last share was kept. `undoes`: what went over came back,
    by an event that corrects. `chosen`: the giver goes on, only these go (codes an area gave). See docs/decisions/0083.
    """

    event = models.ForeignKey(UnitEvent, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    effective = models.DateField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    chosen = ArrayField(models.CharField(max_length=40), null=True)  # null: all it holds
    progress = models.JSONField(default=dict)
    problem = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    moved_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)  # its event was taken back before anything went over
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.BigIntegerField(null=True)
    accepted_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("-effective", "-id"), name="handover_newest_first"),
            models.Index(fields=("to_unit",), name="handover_by_receiver"),
            models.Index(
                fields=("effective", "id"),
                condition=Q(moved_at__isnull=True, cancelled_at__isnull=True),
                name="handover_waiting",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("event", "from_unit", "to_unit"), name="handover_once"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="handover_to_another"),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True) | Q(chosen__len__gt=0), name="handover_chooses_something"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(moved_at__isnull=False),
                name="handover_accepted_once_moved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"


class HandoverLine(models.Model):
    """One kind of thing in a record: how many were found, how many went over, what the receiver says against it."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="lines")
    place = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    found = models.IntegerField()
    moved = models.IntegerField(default=0)
    disagreed = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("handover", "kind"), name="handover_line_once"),
            models.CheckConstraint(condition=Q(found__gte=0, moved__gte=0), name="handover_line_counts"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.moved}/{self.found}"


class Locality(models.Model):
    """A province, district or commune of one official list. Codes were given anew in 2025 (QĐ 19/2025/QĐ-TTg: 05986
    was Xã Hoàng Đồng and is Phường Tam Thanh), so a row is a code in a period, not a code.

    `valid_from` null: since before the list we have. `path` is the full name, "Phường Tam Thanh, Tỉnh Lạng Sơn".
    """

    code = models.CharField(max_length=8)
    level = models.CharField(max_length=12, choices=tuple(LOCALITY_LEVELS.items()))
    name = models.CharField(max_length=120)  # with its word: "Phường Tam Thanh"
    path = models.CharField(max_length=400)
    path_folded = models.CharField(max_length=400)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # not included
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            GinIndex(SearchVector("path_folded", config="simple"), name="locality_by_words"),
            models.Index(fields=("parent", "code"), name="locality_by_parent"),
        )
        constraints = (
            ExclusionConstraint(
                name="locality_code_once_at_a_time",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (_VALID, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=_FORWARD, name="locality_forward"),
        )

    def __str__(self) -> str:
        return self.path


class LocalitySuccession(models.Model):
    """A locality of the old map went, whole or in part (`divided`), to one of the new. `share` of area, when known.

    `inferred`: read out of a note by name, not given by code. Where a row given by code exists, inferred ones are not
    asked.
    """

    old = models.ForeignKey(Locality, on_delete=models.CASCADE, related_name="+")
    new = models.ForeignKey(Locality, on_delete=models.CASCADE, related_name="+")
    divided = models.BooleanField()
    inferred = models.BooleanField(default=False)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("old", "new"), name="succession_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share_up_to_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
