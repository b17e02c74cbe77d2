"""Dossiers received in a period and those that used a paper again: through the access predicate, each number with the
dossiers behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.access import Visible
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import stream
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.current import current_records
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import PAGE, Record, record_of, row_of
from congvu.indicators.rules.conditions import All
from congvu.indicators.rules.reuse import Asked, Reuse, added
from congvu.organisation.queries import picture
from congvu.procedures.models import Field

_USED = (
    "EXISTS (SELECT 1 FROM dossiers_paper p WHERE p.dossier_id = s.id AND p.digitised IN ({kinds})"
    " AND p.added_at < %(until)s::timestamptz)"
)
_CONDITIONS = {
    Asked.RECEIVED: "TRUE",
    Asked.REUSED: _USED.format(kinds="2, 3"),
    Asked.RESULT: _USED.format(kinds="3"),
    Asked.PAPER: _USED.format(kinds="2"),
    Asked.APART: f"NOT {_USED.format(kinds='2, 3')}",
}
_WITHIN = "s.received_on BETWEEN %(first)s::date AND %(last)s::date"


@dataclass(frozen=True, slots=True)
class ReuseRow:
    """A row: a field or a unit, by its code."""

    key: str
    name: str
    counts: Reuse


@dataclass(frozen=True, slots=True)
class ReuseTable:
    """The figure of a period, by field or by unit."""

    question: Question
    by: By
    rows: tuple[ReuseRow, ...]
    total: Reuse

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


def reuse_of(question: Question, seen: Visible, by: By) -> ReuseTable:
    """The figure. `by` UNIT, else by field. 2-3 statements: the count, names of fields or units."""
    key = "s.competent_unit_id" if by is By.UNIT else "s.field_id"
    found = filled("reuse", key=key, visible=seen.sql("s")).rows({**question.params, **seen.params})
    groups = {int(row[0]): Reuse(*(int(n) for n in row[1:])) for row in found}
    rows = _units(groups, question.last) if by is By.UNIT else _fields(groups)
    return ReuseTable(question, by, rows, added(groups.values()))


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
) -> Page[Record]:
    """A page of the dossiers behind a number, in the order they were received. 1 statement."""
    params = {**question.params, "row_unit": key, "row_field": key}
    return current_records(
        seen, All(()), _row(by, key, asked), params, cursor=cursor, on=min(question.last, today), limit=limit
    )


def export_reuse_records(
    seen: Visible, question: Question, by: By, key: str, asked: Asked, *, today: date
) -> Iterator[Record]:
    """All of them, streamed. Needs an open transaction. 1 statement."""
    text = filled("current_records", asked=sql_of(All(())), row=_row(by, key, asked), visible=seen.sql("s"))
    params = {
        **question.params, **seen.params, "row_unit": key, "row_field": key, "limit": None, "after_day": None,
        "after_id": None,
    }  # fmt: skip
    for row in stream(str(text), params):
        yield record_of(row, min(question.last, today))


def _row(by: By, key: str, asked: Asked) -> str:
    place = row_of(By.UNIT if by is By.UNIT else By.FIELD, key)
    return f"{_WITHIN} AND {_CONDITIONS[asked]} AND {place}"


def _fields(groups: dict[int, Reuse]) -> tuple[ReuseRow, ...]:
    named = Field.objects.filter(id__in=list(groups)).order_by("name_folded", "id")
    return tuple(
        ReuseRow(code, name, groups[pk]) for pk, code, name in named.values_list("id", "code", "name")
    )


def _units(groups: dict[int, Reuse], on: date) -> tuple[ReuseRow, ...]:
    """Units by the names they had at the end of the period, in tree order."""
    known = picture()
    order = {node.unit_id: place for place, node in enumerate(known.tree(on))}
    spans = {unit: known.nearest(unit, on) for unit in groups}
    return tuple(
        ReuseRow(span.code if span else str(unit), span.name if span else "", groups[unit])
        for unit, span in sorted(spans.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
    )
