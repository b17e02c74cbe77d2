"""Balances. One statement adds up the lines of every unit for any number of days; the fold carries them along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.sql import statement
from congvu.organisation.queries import picture, picture_as_known
from congvu.organisation.rules.picture import Picture
from congvu.staffing.rules.fold import Folded, Summed, flow_days, fold, whole_ways

BULK = "congvu.staffing.bulk"


def balances(
    days: Sequence[date],
    known: Picture,
    known_at: datetime | None = None,
    *,
    map_on: date | None = None,
    carries: bool = False,
) -> list[Folded]:
    """The posts of every unit and pool at the end of each of `days`. 1 statement, whatever the days and units.

    `known`: the organisation, as believed at the same moment as the lines. `map_on`: the balances of an earlier day laid
    on the map of this later one, the posts of units that merged or split since carried along: the base year of today's
    units. `carries`: tell also which posts each event moved, merger by merger; without it only balances are right.
    """
    if not days:
        return []
    asked = sorted(set(days))
    last = max(asked[-1], map_on or asked[-1])
    one_map = len({max(day, map_on or day) for day in asked}) == 1
    ways = whole_ways(known.flows, last) if one_map and not carries else []
    rows = statement(BULK, "sums").rows({
        "flow_days": flow_days(known.flows, last), "asked": asked, "until": asked[-1], "known_at": known_at,
        "gone": [way.unit_id for way in ways], "until_epoch": [way.until_epoch for way in ways],
        "heirs": [way.heir for way in ways],
    })  # fmt: skip
    told = {
        day: fold(
            (
                Summed(epoch, unit, pool, posts)
                for epoch, before, unit, pool, posts in rows
                if before <= place
            ),
            known.flows,
            max(day, map_on or day),
        )
        for place, day in enumerate(asked)
    }
    return [told[day] for day in days]


def organisation_known(known_at: datetime | None) -> Picture:
    """The organisation as now believed, or as it was at a moment. 1 statement, 2 for the past."""
    return picture() if known_at is None else picture_as_known(known_at)


def by_day(pools: Iterable[str], without: Iterable[int] = ()) -> dict[date, list[Summed]]:
    """The lines in force by day, leaving out some decisions. 1 statement."""
    rows = statement(BULK, "by_day").rows({"pools": list(pools), "without": list(without)})
    found: dict[date, list[Summed]] = {}
    for day, unit, pool, posts in rows:
        found.setdefault(day, []).append(Summed(0, unit, pool, posts))
    return found


@dataclass(frozen=True, slots=True)
class SetBy:
    """The decision that last set a number."""

    id: int
    number: str
    signed_on: date

    @property
    def words(self) -> str:
        return f"Quyết định {self.number} ngày {self.signed_on:%d/%m/%Y}"


def set_by(units: Iterable[int], pool: str, on: date, without: Iterable[int] = ()) -> SetBy | None:
    """The decision that last gave or took posts of a pool in these units, up to a day. 1 statement."""
    rows = statement(BULK, "set_by").rows(
        {"units": list(units), "pool": pool, "on": on, "without": list(without)}
    )
    return SetBy(*rows[0]) if rows else None
