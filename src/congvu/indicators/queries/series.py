"""On time by month and by agency. A month counts the dossiers whose handling ended in it, as known now.

Differs from a Form 06 of that month made at its time only by dossiers reopened since (for a payment): those count in
the month they ended for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import Page
from congvu.foundation.workdays.days import each_month
from congvu.indicators.queries.by_unit import UnitRow, unit_rows
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.current import current_records
from congvu.indicators.queries.facts import facts_state
from congvu.indicators.queries.records import PAGE, Record
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.on_time import ENDED_IN_PERIOD, ENDED_ON_TIME, SERIES
from congvu.indicators.rules.periods import period_of
from congvu.organisation import queries as organisation
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class MonthShare:
    """Solved in a month, and of these on time. `first`..`last` is the month, cut to the period asked."""

    first: date
    last: date
    solved: int
    on_time: int


@dataclass(frozen=True, slots=True)
class UnitShare:
    """Solved by a competent unit over the period, and of these on time."""

    code: str
    name: str
    solved: Number
    on_time: Number
    row: UnitRow | None = None


def on_time(
    actor: Actor, first: date, last: date, *, today: date
) -> tuple[tuple[MonthShare, ...], tuple[UnitShare, ...]]:
    """Both series in one reading, 2-5 statements. Months in order, without gaps; units with most late first."""
    return counted_on_time(visible_to(actor, today), organisation.picture(), first, last)


def counted_on_time(
    seen: Visible, known: Picture, first: date, last: date, map_on: date | None = None
) -> tuple[tuple[MonthShare, ...], tuple[UnitShare, ...]]:
    """The same through a predicate already made, units named from `known` as of the last day, or laid on the map of a day.
    1 statement; of the whole province 2, from the facts as far as they go and from the rows for the rest."""
    period_of(first, last)
    asked = {"on_time": sql_of(ENDED_ON_TIME), "solved": sql_of(ENDED_IN_PERIOD)}
    state = facts_state() if seen.everything else None
    if state is not None and state.near:
        text, params = filled("on_time_facts", **asked), {"done": state.done}
    else:
        text, params = filled("on_time", **asked, visible=seen.sql("s")), seen.params
    found = text.rows({"first": first, "last": last, **params})
    days = {day: (solved, good) for day, unit, solved, good in found if unit is None}
    units = {unit: (solved, good) for _, unit, solved, good in found if unit is not None}
    return _months(days, first, last), _units(units, known, last, map_on)


def solved_records(
    seen: Visible,
    first: date,
    last: date,
    *,
    series: str = "xong",
    unit: str = "",
    units: Sequence[int] | None = None,
    cursor: str = "",
    today: date,
    limit: int = PAGE,
) -> Page[Record]:
    """The dossiers behind a number of `on_time`: ended in `first`..`last`, by one unit, several or any. 1 statement.

    `series` is a key of SERIES: all solved, those on time, those late. Refuses any other.
    """
    period_of(first, last)
    row = (
        "s.competent_unit_id = (SELECT u.id FROM organisation_unit u WHERE u.code = %(row_unit)s)"
        if unit
        else "TRUE"
    )
    if units is not None:
        row = "s.competent_unit_id = ANY(%(row_units)s::bigint[])"
    params = {"first": first, "last": last, "row_unit": unit, "row_units": list(units or ())}
    return current_records(seen, series_of(series)[1], row, params, cursor=cursor, on=today, limit=limit)


def series_of(code: str) -> tuple[str, Condition]:
    """(words, condition) of a series. Refuses an unknown one."""
    if code not in SERIES:
        raise Refused(f"Không có số liệu «{code}».", where="mo", do="Mở lại trang và chọn một số.")
    return SERIES[code]


def _months(days: dict[date, tuple[int, int]], first: date, last: date) -> tuple[MonthShare, ...]:
    shares = []
    for opening, closing in each_month(first, last):
        start, end = max(opening, first), min(closing, last)
        within = [counts for day, counts in days.items() if start <= day <= end]
        shares.append(MonthShare(start, end, sum(s for s, _ in within), sum(g for _, g in within)))
    return tuple(shares)


def _units(
    found: Mapping[int, tuple[int, int]], known: Picture, on: date, map_on: date | None
) -> tuple[UnitShare, ...]:
    rows = unit_rows(found, known, on, map_on)
    shares = [UnitShare(row.key, row.name, row.numbers[0], row.numbers[1], row) for row in rows]
    return tuple(sorted(shares, key=lambda one: (one.on_time - one.solved, -one.solved, one.code)))
