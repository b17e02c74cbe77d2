"""Form 06 for an actor: rows, total, identities, shares. Each number's records are in `records.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import UnitRow, organisation_of, unit_rows
from congvu.indicators.queries.counts import BY_TIER_AND_FIELD, BY_UNIT, count_dossiers
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.rules.form06 import (
    CONDITIONS,
    IDENTITIES,
    Counts,
    Identity,
    Ratio,
    ratios,
    summed,
)
from congvu.organisation.rules.mapping import Laid
from congvu.procedures.models import Field
from congvu.procedures.rules.words import Tier

Group = tuple[str | int, int]


class By(StrEnum):
    """How the rows are grouped. FORM: as printed, the tiers with the fields of each under them. By channel, procedure and
    month only a figure is grouped, not the form."""

    TIER = "tier"
    FIELD = "field"
    UNIT = "unit"
    FORM = "form"
    CHANNEL = "channel"
    PROCEDURE = "procedure"
    MONTH = "month"


OF_THE_FORM = (By.FORM, By.TIER, By.FIELD, By.UNIT)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form. `key` names it for ever: a tier, a field's code, `tier:code`, or a unit's code.

    `mark` is what stands in column 1; `subtotal` rows are the sum of the rows below them, not of the total. `laid`: on
    the map of a day, which units the numbers came from.
    """

    key: str
    name: str
    mark: str
    counts: Counts
    subtotal: bool = False
    laid: Laid | None = None


@dataclass(frozen=True)
class Form06:
    """The form: its rows in order, the total of those that are not subtotals of others, what must hold. `units` are the
    rows by unit, `map_on` the day on whose map they were laid (None: as they were)."""

    question: Question
    by: By
    rows: tuple[Row, ...]
    total: Counts
    units: tuple[UnitRow, ...] = ()
    map_on: date | None = None

    @cached_property
    def identities(self) -> tuple[tuple[Identity, bool], ...]:
        """Each identity, and whether it holds on every row and on the total."""
        everywhere = [*(row.counts for row in self.rows), self.total]
        return tuple((one, all(one.holds(counts) for counts in everywhere)) for one in IDENTITIES)

    @property
    def ratios(self) -> tuple[Ratio, Ratio]:
        return ratios(self.total)

    def row(self, key: str) -> Row:
        """The row of a key; "" is the total. Refuses a key the form has not."""
        if key == "":
            return Row("", "Tổng cộng", "", self.total)
        for row in self.rows:
            if row.key == key:
                return row
        raise Refused(
            f"Biểu không có dòng «{key}» trong kỳ này.", where="dong", do="Mở lại biểu và chọn một số."
        )


def form06(
    actor: Actor,
    first: date,
    last: date,
    *,
    today: date,
    as_of: date | None = None,
    known_on: date | None = None,
    by: By = By.FORM,
    map_on: date | None = None,
) -> Form06:
    """Form 06 over what `actor` may see (Biểu số 06/VPCP/KSTT). See `ask` for the days. 3-4 statements.

    The scope (at most 1), the count (1), the names of fields (1) or units (at most 2).
    """
    question = ask(first, last, today=today, as_of=as_of, known_on=known_on)
    return answer(question, visible_to(actor, today), by, map_on)


def answer(question: Question, seen: Visible, by: By, map_on: date | None = None) -> Form06:
    """Form 06 through an access predicate already made; by unit as the units were, or on the map of a day. 2-3 statements.
    Refuses a grouping the form has not."""
    if by not in OF_THE_FORM:
        raise Refused(
            f"Biểu 06 không chia theo «{by}».", where="theo", do=f"Chọn một trong: {', '.join(OF_THE_FORM)}."
        )
    found = count_dossiers(question, seen, CONDITIONS, BY_UNIT if by is By.UNIT else BY_TIER_AND_FIELD)
    groups = {key: Counts(*numbers) for key, numbers in found.items()}
    total = summed(groups.values())
    if by is not By.UNIT:
        return Form06(question, by, _rows(groups, by), total)
    numbers = {int(unit): counts.numbers for (unit, _), counts in groups.items()}
    units = unit_rows(numbers, organisation_of(question), question.last, map_on) if numbers else ()
    rows = tuple(
        Row(one.key, one.name, str(place), Counts(*one.numbers), laid=one.laid)
        for place, one in enumerate(units, 1)
    )
    return Form06(question, by, rows, total, units, map_on)


def _rows(groups: Mapping[Group, Counts], by: By) -> tuple[Row, ...]:
    if by is By.TIER:
        return tuple(_tier_row(tier, counts, i) for i, (tier, counts) in enumerate(_by_tier(groups)))
    fields = field_names(group[1] for group in groups)
    if by is By.FIELD:
        return _field_rows(fields, {k: _sum_of(groups, field=k) for k in fields})
    rows: list[Row] = []
    for i, (tier, counts) in enumerate(_by_tier(groups)):
        rows.append(_tier_row(tier, counts, i, subtotal=True))
        own = {field: found for (of, field), found in groups.items() if of == tier and isinstance(field, int)}
        rows.extend(_field_rows(fields, own, f"{tier}:"))
    return tuple(rows)


def _tier_row(tier: str, counts: Counts, place: int, *, subtotal: bool = False) -> Row:
    name = Tier(tier).label if tier in Tier._value2member_map_ else tier
    return Row(tier, name, chr(ord("A") + place), counts, subtotal)


def _by_tier(groups: Mapping[Group, Counts]) -> list[tuple[str, Counts]]:
    """Tiers from the top down, each with its sum."""
    order = {tier.value: place for place, tier in enumerate(Tier)}
    tiers = sorted({str(tier) for tier, _ in groups}, key=lambda tier: (order.get(tier, len(order)), tier))
    return [(tier, summed(c for (of, _), c in groups.items() if of == tier)) for tier in tiers]


def _sum_of(groups: Mapping[Group, Counts], *, field: int) -> Counts:
    return summed(counts for (_, of), counts in groups.items() if of == field)


def field_names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(code, name) of the fields, in the order of their names without diacritics. 1 statement."""
    found = (
        Field.objects.filter(id__in=set(ids)).order_by("name_folded", "id").values_list("id", "code", "name")
    )
    return {pk: (code, name) for pk, code, name in found}


def _field_rows(
    fields: Mapping[int, tuple[str, str]], counts: Mapping[int, Counts], prefix: str = ""
) -> tuple[Row, ...]:
    shown = [(pk, code, name) for pk, (code, name) in fields.items() if pk in counts]
    return tuple(
        Row(prefix + code, name, str(place), counts[pk]) for place, (pk, code, name) in enumerate(shown, 1)
    )
