"""Nhập kế hoạch, độ phủ từ bảng tính: read, answered row by row, written only when asked; the same sheet again writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.foundation.text import fold
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.tasks.access import refuse_unless_keeps
from congvu.tasks.actions.draft_plan import NewPlan, draft_plan
from congvu.tasks.actions.issue_plan import Issue, issue_plan
from congvu.tasks.models import Plan
from congvu.tasks.rules.kinds import DRAFT, ISSUED, NONE
from congvu.tasks.rules.sheet import COLUMNS, Row, lacking, read_rows

NEW, KNOWN, NOTHING, REFUSED = "new", "known", "nothing", "refused"
OUTCOMES = {NEW: "ghi mới", KNOWN: "đã có", NOTHING: "chưa có kế hoạch, không ghi", REFUSED: "không nhận"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A row and what becomes of it."""

    row: Row
    outcome: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The sheet answered. `written`: plans put on record by this call (0 in a dry run)."""

    answers: list[Answer]
    written: int

    def count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.answers)


@transaction.atomic
def import_plans(sheet: Sheet, *, dry_run: bool, by: Actor, at: datetime) -> Answered:
    """Plans of a sheet. 2 statements to rehearse, 14 to write, however many rows. Rows that can be taken are; the others are
    answered with their reasons. Refuses a sheet without its headings."""
    refuse_unless_keeps(by)
    lacks = lacking(sheet)
    if lacks:
        raise Refused(
            f"Bảng thiếu cột {', '.join(lacks)}.", where=sheet.name, do=f"Các cột: {', '.join(COLUMNS)}."
        )
    known = picture()
    rows = read_rows(sheet, _units(known), today=at.date())
    held: dict[tuple[object, ...], list[Plan]] = {}
    for plan in Plan.objects.filter(unit__in={row.unit_id for row in rows if row.unit_id is not None}):
        key = (plan.unit_id, plan.subject, plan.term, plan.first_year, plan.last_year)
        held.setdefault(key, []).append(plan)
    answers = [Answer(row, _outcome(row, held.get(_key(row), []), known, at.date())) for row in rows]
    new = [one.row for one in answers if one.outcome == NEW]
    if not dry_run and new:
        _write(new, by, at)
    return Answered(answers, 0 if dry_run else len(new))


def _write(rows: Sequence[Row], by: Actor, at: datetime) -> None:
    plans = draft_plan(
        [
            NewPlan(
                row.unit_id or 0, row.subject, row.term, row.first_year, row.last_year, motto=row.motto,
                drafted_on=row.issued_on,
            )
            for row in rows
        ],
        by=by,
        at=at,
        reuse=True,
    )  # fmt: skip
    out = [
        Issue(plan.pk, row.number, row.issued_on, row.signer)
        for plan, row in zip(plans, rows, strict=True)
        if row.state == ISSUED and row.issued_on is not None
    ]
    issue_plan(out, by=by, at=at)


def _outcome(row: Row, held: Sequence[Plan], known: Picture, today: date) -> str:
    day = row.issued_on or today
    if row.state in (DRAFT, ISSUED) and row.unit_id is not None and known.at(row.unit_id, day) is None:
        row.problems.append(f"Ngày {day:%d/%m/%Y} đơn vị không hoạt động.")
    same = [one for one in held if one.number == row.number and one.issued_on == row.issued_on]
    later = [one for one in held if one.issued_on and row.issued_on and one.issued_on >= row.issued_on]
    if not row.problems and row.state == ISSUED and later and not same:
        row.problems.append(f"Đã có kế hoạch {later[0].number} ban hành cùng ngày hoặc sau ngày này.")
    if row.problems:
        return REFUSED
    if row.state == NONE:
        return NOTHING
    if row.state == DRAFT:
        return KNOWN if held else NEW
    return KNOWN if same else NEW


def _key(row: Row) -> tuple[object, ...]:
    return (row.unit_id, row.subject, row.term, row.first_year, row.last_year)


def _units(known: Picture) -> dict[str, int | None]:
    """Codes, and folded names and short names of all times; None for a name several units have or had."""
    found: dict[str, int | None] = {}
    for span in known.spans():
        found[span.code] = span.unit_id
        for name in {fold(span.name), fold(span.short_name)} - {""}:
            found[name] = span.unit_id if found.get(name, span.unit_id) == span.unit_id else None
    return found


def as_document(told: Answered, name: str, *, dry_run: bool) -> dict[str, Any]:
    """The answer as one document, row by row."""
    return {
        "file": name,
        "dry_run": dry_run,
        "read": len(told.answers),
        **{outcome: told.count(outcome) for outcome in OUTCOMES},
        "written": told.written,
        "rows": [
            {
                "line": one.row.line, "unit": one.row.unit_words, "outcome": one.outcome, "problems": one.row.problems,
                "number": one.row.number, "issued_on": one.row.issued_on,
            }
            for one in told.answers
        ],
    }  # fmt: skip
