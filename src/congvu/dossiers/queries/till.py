"""The till of a one-stop: what is owed, a day's takings by collector, its closings, what was waived on which ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.models import DayClosing
from congvu.dossiers.queries.compose import BULK, filled
from congvu.dossiers.queries.reconcile import FeeRow, fee_row, in_scope
from congvu.dossiers.rules.day_sheet import CollectorDay, Taken, by_collector
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.rules.status import Status
from congvu.foundation.sql import statement


@dataclass(frozen=True, slots=True)
class Owing:
    """A dossier that owes. `charged` 0: the amount has not been said yet."""

    id: int
    code: str
    owner: str
    phone: str
    procedure: str
    received_on: date
    status: Status
    unit_id: int
    charged: int
    owed: int
    why: str

    @property
    def collectable(self) -> bool:
        """Whether the till may take it now: one that waits for its payment is resumed instead."""
        return self.status != Status.PAYMENT


@dataclass(frozen=True, slots=True)
class WaivedOn:
    """What was waived on one ground at one share (None: an amount, or all)."""

    ground: str
    percent: int | None
    entries: int
    dossiers: int
    amount: int


def owing(sight: Visible, *, after: int, limit: int) -> list[Owing]:
    """The dossiers that owe at the one-stops the reader sees, by number. 1 statement."""
    units = "TRUE" if sight.everything else "d.receiving_unit_id = ANY(%(units)s::bigint[])"
    found = filled("owed", units=units, visible=sight.sql("d", few=True))
    params = {"after": after, "limit": limit, "units": list(sight.units), **sight.params}
    return [_owing(row) for row in found.rows(params)]


def _owing(row: Sequence[Any]) -> Owing:
    values = [*row[:6], Status(row[6]), row[7], int(row[8]), int(row[9]), row[10] or ""]
    return Owing(*values)


def day_takings(unit_id: int, day: date) -> list[CollectorDay]:
    """What each collector took at a one-stop on a day. 1 statement."""
    rows = statement(BULK, "day_sums").rows({"unit": unit_id, "day": day})
    return by_collector(
        Taken(row[0], row[1], PayWay(row[2]), row[3], int(row[4]), row[5], int(row[6]), int(row[7]))
        for row in rows
    )


def day_rows(unit_id: int, day: date, most: int) -> list[FeeRow]:
    """The payments, voidings and refunds of a one-stop on a day, in order. 1 statement."""
    which = "f.unit_id = %(unit)s::bigint AND f.kind IN ('paid', 'voided', 'refunded')"
    params = {"first": day, "last": day, "unit": unit_id, "most": most}
    return [fee_row(row) for row in filled("reconcile_rows", scope="TRUE", which=which).rows(params)]


def closings_of(unit_id: int, day: date) -> list[DayClosing]:
    """The closings of a one-stop's day, first to last. 1 statement."""
    return list(DayClosing.objects.filter(unit_id=unit_id, day=day).order_by("id"))


def waived_on(sight: Visible, first: date, last: date) -> list[WaivedOn]:
    """What was waived between two days, by ground and share. 1 statement."""
    rows = filled("waivers", scope=in_scope(sight)).rows(
        {"first": first, "last": last, "units": list(sight.units)}
    )
    return [WaivedOn(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]
