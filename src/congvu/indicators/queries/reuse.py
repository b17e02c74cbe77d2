"""Dossiers received in a period and those that used a paper again: through the access predicate, each number with the
dossiers behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.dossiers.access import Visible
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import stream
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.by_unit import UnitRow, organisation_of, unit_rows
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.current import current_records
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import PAGE, Record, record_of, row_of
from congvu.indicators.rules.conditions import All
from congvu.indicators.rules.reuse import Asked, Reuse, added
from congvu.procedures.models import Field

_MOMENT = "least(%(until)s::timestamptz, %(known_until)s::timestamptz)"  # least leaves out what is null
_USED = (
    "EXISTS (SELECT 1 FROM dossiers_paper p WHERE p.dossier_id = s.id AND p.digitised IN ({kinds})"
    " AND p.added_at < {moment})"
)
# The agency at the end of the period, as far as then known: the row knows only the last one.
_UNIT = (
    "coalesce((SELECT w.unit_id FROM dossiers_former_unit w WHERE w.dossier_id = s.id"
    " AND (w.until >= %(until)s::timestamptz OR w.recorded_at >= %(known_until)s::timestamptz)"
    " ORDER BY w.until, w.id LIMIT 1), s.competent_unit_id)"
)
_KNOWN = (
    "EXISTS (SELECT 1 FROM dossiers_event v WHERE v.dossier_id = s.id AND v.status_to NOT IN (1, 3)"
    " AND v.at < %(until)s::timestamptz AND v.recorded_at < %(known_until)s::timestamptz)"
)
_CONDITIONS = {
    Asked.RECEIVED: "TRUE",
    Asked.REUSED: _USED.format(kinds="2, 3", moment=_MOMENT),
    Asked.RESULT: _USED.format(kinds="3", moment=_MOMENT),
    Asked.PAPER: _USED.format(kinds="2", moment=_MOMENT),
    Asked.APART: f"NOT {_USED.format(kinds='2, 3', moment=_MOMENT)}",
}
_WITHIN = "s.received_on BETWEEN %(first)s::date AND %(last)s::date"


@dataclass(frozen=True, slots=True)
class ReuseRow:
    """A row: a field or a unit, by its code. `unit`: by unit, which units it is made of."""

    key: str
    name: str
    counts: Reuse
    unit: UnitRow | None = None


@dataclass(frozen=True, slots=True)
class ReuseTable:
    """The figure of a period, by field or by unit."""

    question: Question
    by: By
    rows: tuple[ReuseRow, ...]
    total: Reuse
    map_on: date | None = None

    @property
    def units(self) -> tuple[UnitRow, ...]:
        return tuple(row.unit for row in self.rows if row.unit is not None)

    def row(self, key: str) -> ReuseRow:
        """The row of a key; "" is the total. Refuses a key the table has not."""
        if key == "":
            return ReuseRow("", "Tổng cộng", self.total)
        for row in self.rows:
            if row.key == key:
                return row
        raise Refused(
            f"Bảng không có dòng «{key}» trong kỳ này.", where="dong", do="Mở lại bảng và chọn một số."
        )


def asked_of(text: str) -> Asked:
    """The number asked for. Refuses what the table has not."""
    try:
        return Asked(text)
    except ValueError:
        raise Refused(f"Bảng không có cột «{text}».", where="mo", do="Chọn một số trên bảng.") from None


def reuse_of(question: Question, seen: Visible, by: By, map_on: date | None = None) -> ReuseTable:
    """The figure. `by` UNIT (as the units were, or on the map of a day), else by field. 2-3 statements: the count, names of
    fields or units."""
    groups = _counted(question, seen, by)
    total = added(groups.values())
    if by is not By.UNIT:
        return ReuseTable(question, by, _fields(groups), total)
    numbers = {unit: counts.numbers for unit, counts in groups.items()}
    units = unit_rows(numbers, organisation_of(question), question.last, map_on) if numbers else ()
    rows = tuple(ReuseRow(one.key, one.name, Reuse(*one.numbers), one) for one in units)
    return ReuseTable(question, by, rows, total, map_on)


def reuse_by_unit(question: Question, seen: Visible) -> dict[int, Reuse]:
    """The figure by unit as the units were. 1 statement."""
    return _counted(question, seen, By.UNIT)


def _counted(question: Question, seen: Visible, by: By) -> dict[int, Reuse]:
    text = filled(
        "reuse",
        key=_UNIT if by is By.UNIT else "s.field_id",
        moment=_MOMENT,
        known=_known(question),
        visible=seen.sql("s"),
    )
    found = text.rows({**question.params, **seen.params})
    return {int(row[0]): Reuse(*(int(n) for n in row[1:])) for row in found}


def _known(question: Question) -> str:
    return "TRUE" if question.known_until is None else _KNOWN


def reuse_records(
    seen: Visible,
    question: Question,
    by: By,
    key: str,
    asked: Asked,
    *,
    cursor: str = "",
    today: date,
    limit: int = PAGE,
    units: Sequence[int] | None = None,
) -> Page[Record]:
    """A page of the dossiers behind a number, in the order they were received; `units` as in `records`. 1 statement."""
    params = _params(question, key, units)
    return current_records(
        seen,
        All(()),
        _row(question, by, key, asked, units),
        params,
        cursor=cursor,
        on=min(question.last, today),
        limit=limit,
    )


def export_reuse_records(
    seen: Visible,
    question: Question,
    by: By,
    key: str,
    asked: Asked,
    *,
    today: date,
    units: Sequence[int] | None = None,
) -> Iterator[Record]:
    """All of them, streamed. Needs an open transaction. 1 statement."""
    text = filled(
        "current_records",
        asked=sql_of(All(())),
        row=_row(question, by, key, asked, units),
        visible=seen.sql("s"),
    )
    params = {
        **_params(question, key, units), **seen.params, "limit": None, "after_day": None, "after_id": None,
    }  # fmt: skip
    for row in stream(str(text), params):
        yield record_of(row, min(question.last, today))


def _params(question: Question, key: str, units: Sequence[int] | None) -> dict[str, Any]:
    return {**question.params, "row_unit": key, "row_field": key, "row_units": list(units or ())}


def _row(question: Question, by: By, key: str, asked: Asked, units: Sequence[int] | None) -> str:
    place = row_of(By.UNIT if by is By.UNIT else By.FIELD, key, units)
    place = place.replace("s.competent_unit_id", _UNIT)
    return f"{_WITHIN} AND {_known(question)} AND {_CONDITIONS[asked]} AND {place}"


def _fields(groups: dict[int, Reuse]) -> tuple[ReuseRow, ...]:
    named = Field.objects.filter(id__in=list(groups)).order_by("name_folded", "id")
    return tuple(
        ReuseRow(code, name, groups[pk]) for pk, code, name in named.values_list("id", "code", "name")
    )
