"""Reading the registers of units: what held on a day, as known now or at a moment. Each function is 1 statement."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import CharField, Count, Model, Q, QuerySet, Value
from django.db.models.functions import Cast

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.text import fold
from congvu.organisation.models import (
    AssignedFunction,
    Autonomy,
    Dated,
    Delegation,
    Judgement,
    OneStopFacility,
    QualityAudit,
    QualitySystem,
    UnitFunctionVersion,
)
from congvu.organisation.rules.autonomy import RULE as GROUPS_RULE
from congvu.organisation.rules.delegation import END_RULE, UY_QUYEN
from congvu.organisation.rules.functions import Asked, Held
from congvu.organisation.rules.quality import AUDIT_RULE

Row = TypeVar("Row", bound=Dated)
Recorded = TypeVar("Recorded", bound=Model)


def known(rows: QuerySet[Recorded], known_at: datetime | None = None) -> QuerySet[Recorded]:
    """Rows believed now, or at a moment."""
    if known_at is None:
        return rows.filter(superseded_at=None)
    return rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at), recorded_at__lte=known_at)


def in_force(model: type[Row], on: date, known_at: datetime | None = None) -> QuerySet[Row]:
    """Rows of a register that hold on a day, not read yet."""
    rows = model._default_manager.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    return known(rows, known_at)


def as_held(row: UnitFunctionVersion) -> Held:
    return Held(row.function_id, row.unit_id, row.field, row.text_folded)


def as_asked(row: AssignedFunction) -> Asked:
    return Asked(row.pk, row.tier, row.text_folded)


def judgements(known_at: datetime | None = None) -> list[Judgement]:
    """What people said of likenesses, the latest first."""
    return list(known(Judgement.objects.all(), known_at).order_by("-recorded_at", "-id"))


def fields_in_use() -> list[str]:
    """The fields functions, assigned functions and powers are recorded under."""
    functions = UnitFunctionVersion.objects.filter(superseded_at=None).values_list("field")
    assigned = AssignedFunction.objects.filter(superseded_at=None).values_list("field")
    return sorted({field for (field,) in functions.union(assigned)}, key=fold)


def audits(
    unit_ids: Iterable[int] | None, until: date, known_at: datetime | None = None
) -> list[QualityAudit]:
    """Audits of quality systems up to a day, the latest first; of all units when None."""
    rows = known(QualityAudit.objects.filter(held_on__lte=until), known_at)
    if unit_ids is not None:
        rows = rows.filter(unit__in=list(unit_ids))
    return list(rows.order_by("-held_on", "-id"))


def law_of(on: date) -> dict[str, LawRule]:
    """The rules of the registers in force on a day, by code; one that is not there stands for no rule."""
    codes = (GROUPS_RULE, END_RULE, AUDIT_RULE)
    rows = LawRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), code__in=codes, valid_from__lte=on
    )
    return {row.code: row for row in rows}


def function_page(
    on: date,
    known_at: datetime | None = None,
    *,
    field: str = "",
    unit_ids: Iterable[int] | None = None,
    limit: int,
    after: list[Any] | None = None,
) -> list[UnitFunctionVersion]:
    """Functions held on a day by field, below `after` (folded field, id); one more than `limit` when more follow."""
    rows = in_force(UnitFunctionVersion, on, known_at)
    if field:
        rows = rows.filter(field_folded=field)
    if unit_ids is not None:
        rows = rows.filter(unit__in=list(unit_ids))
    if after is not None:
        rows = rows.filter(Q(field_folded__gt=after[0]) | Q(field_folded=after[0], pk__gt=after[1]))
    return list(rows.order_by("field_folded", "pk")[: limit + 1])


def function_history(function_id: int) -> list[UnitFunctionVersion]:
    """Every believed version of a function, the oldest first."""
    return list(
        UnitFunctionVersion.objects.filter(function=function_id, superseded_at=None).order_by("valid_from")
    )


def _to_look_at(standing: Iterable[int]) -> Q:
    """Mandates without an end, and powers between units one of which is gone."""
    there = list(standing)
    gone = ~Q(from_unit__in=there) | Q(to_unit__isnull=False) & ~Q(to_unit__in=there)
    return Q(form=UY_QUYEN, valid_to=None) | gone


def delegation_page(
    on: date,
    known_at: datetime | None = None,
    *,
    form: str = "",
    standing: Iterable[int] | None = None,
    limit: int,
    after: list[Any] | None = None,
) -> list[Delegation]:
    """Powers passed on, in force on a day, by field; with `standing` (units of the day) only those to be looked at."""
    rows = in_force(Delegation, on, known_at)
    if form:
        rows = rows.filter(form=form)
    if standing is not None:
        rows = rows.filter(_to_look_at(standing))
    if after is not None:
        rows = rows.filter(Q(field_folded__gt=after[0]) | Q(field_folded=after[0], pk__gt=after[1]))
    return list(rows.order_by("field_folded", "pk")[: limit + 1])


def delegation_counts(
    on: date, standing: Iterable[int], known_at: datetime | None = None
) -> tuple[dict[str, int], int]:
    """How many of each form are in force on a day, and how many must be looked at."""
    rows = in_force(Delegation, on, known_at).values("form").order_by("form")
    counted = rows.annotate(all=Count("pk"), look=Count("pk", filter=_to_look_at(standing)))
    found = list(counted.values_list("form", "all", "look"))
    return {form: every for form, every, _ in found}, sum(look for _, _, look in found)


def powers_of(unit_id: int, to_all: str, on: date, known_at: datetime | None = None) -> list[Delegation]:
    """Powers a unit passed on or received; `to_all`: those given to every unit of that tier among them."""
    mine = Q(from_unit=unit_id) | Q(to_unit=unit_id)
    if to_all:
        mine |= Q(to_tier=to_all)
    return list(in_force(Delegation, on, known_at).filter(mine).order_by("field_folded", "pk"))


def functions_of(unit_id: int, on: date) -> list[UnitFunctionVersion]:
    """The functions a unit holds on a day, by field."""
    return list(in_force(UnitFunctionVersion, on).filter(unit=unit_id).order_by("field_folded", "pk"))


def equipment_of(unit_id: int, on: date) -> dict[str, str]:
    """What a unit has on a day, by register: the standard of its quality system, the model of its one-stop, its group."""
    kinds: tuple[tuple[str, str, type[Any]], ...] = (
        ("iso", "standard", QualitySystem),
        ("mot-cua", "level", OneStopFacility),
        ("tu-chu", "group", Autonomy),
    )
    found = [
        in_force(model, on).filter(unit=unit_id).values_list(Value(register), Cast(what, CharField()))
        for register, what, model in kinds
    ]
    return dict(found[0].union(*found[1:], all=True))


def functions_by_unit(unit_ids: Iterable[int], on: date) -> list[int]:
    """The unit of each function the units hold on a day."""
    return list(
        in_force(UnitFunctionVersion, on).filter(unit__in=list(unit_ids)).values_list("unit_id", flat=True)
    )
