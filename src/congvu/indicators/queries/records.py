"""The dossiers behind a number of Form 06: the same SQL and the same conditions that counted it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.rules.status import PAUSED, Channel, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import Statement, stream
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.foundation.workdays.days import days_between
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.states import states
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.form06 import BY_CODE, Column

PAGE = 50
_BY_UNIT = "s.competent_unit_id = (SELECT u.id FROM organisation_unit u WHERE u.code = %(row_unit)s)"
_OF_UNITS = "s.competent_unit_id = ANY(%(row_units)s::bigint[])"
_BY_FIELD = "s.field_id = (SELECT f.id FROM procedures_field f WHERE f.code = %(row_field)s)"
_BY_CHANNEL = "s.channel = %(row_channel)s"
_BY_PROCEDURE = (
    "EXISTS (SELECT 1 FROM dossiers_dossier y JOIN procedures_procedure p ON p.id = y.procedure_id"
    " WHERE y.id = s.id AND p.code = %(row_procedure)s)"
)
_BY_TIER = "s.tier = %(row_tier)s"


@dataclass(frozen=True, slots=True)
class Record:
    """A counted dossier in the state that was counted. `last` is the day of that state."""

    id: int
    code: str | None
    owner: str
    procedure: str
    unit_id: int
    channel: Channel
    received_on: date
    due_on: date | None
    ended_on: date | None
    status: Status
    summary: str
    last: date

    @property
    def days_late(self) -> int:
        """Calendar days past the due day, at the end or on `last`; 0 when not late (paused and withdrawn are not)."""
        if self.due_on is None or self.status in PAUSED or self.status is Status.WITHDRAWN:
            return 0
        return max(0, days_between(self.due_on, self.ended_on or self.last))


def column_of(code: str) -> Column:
    """The column of a code, c3 to c13. Refuses any other."""
    found = BY_CODE.get(code)
    if found is None:
        raise Refused(f"Biểu 06 không có cột «{code}».", where="cot", do="Chọn một số trên biểu.")
    return found


def form06_records(
    actor: Actor,
    question: Question,
    *,
    by: By,
    key: str,
    column: str,
    cursor: str = "",
    today: date,
    limit: int = PAGE,
) -> Page[Record]:
    """The dossiers behind the number in row `key` ("" for the total) and `column` ("c3" … "c13") of `form06`.

    In the order they were received. 1-2 statements (scope, page). Refuses an unknown column or cursor.
    """
    return records(
        visible_to(actor, today),
        question,
        column_of(column).condition,
        by=by,
        key=key,
        cursor=cursor,
        limit=limit,
    )


def records(
    seen: Visible,
    question: Question,
    condition: Condition,
    *,
    by: By,
    key: str,
    cursor: str = "",
    limit: int = PAGE,
    units: Sequence[int] | None = None,
) -> Page[Record]:
    """A page of the dossiers of a row for which `condition` holds; of these `units` (all that a row of another map is made
    of) when they are given. 1 statement."""
    after = decode(cursor, 2)
    found = _statement(seen.sql("d"), question, condition, row_of(by, key, units)).rows(
        {
            **_params(seen, question, by, key, units), "limit": limit + 1,
            "after_day": after[0] if after else None, "after_id": after[1] if after else None,
        }
    )  # fmt: skip
    rows = [record_of(row, question.last) for row in found]
    return page_of(rows, limit, lambda row: (row.received_on.isoformat(), row.id), first=after is None)


def export_form06_records(
    actor: Actor,
    question: Question,
    *,
    by: By,
    key: str,
    column: str,
    today: date,
    units: Sequence[int] | None = None,
) -> Iterator[Record]:
    """All the dossiers behind a number of the form, streamed. Needs an open transaction. 2 statements."""
    seen, condition = visible_to(actor, today), column_of(column).condition
    yield from export_records(seen, question, condition, by=by, key=key, units=units)


def export_records(
    seen: Visible,
    question: Question,
    condition: Condition,
    *,
    by: By,
    key: str,
    units: Sequence[int] | None = None,
) -> Iterator[Record]:
    """All the dossiers `records` would page through, streamed. Needs an open transaction. 1 statement."""
    text = _statement(seen.sql("d"), question, condition, row_of(by, key, units))
    everything = {"limit": None, "after_day": None, "after_id": None}
    for row in stream(str(text), {**_params(seen, question, by, key, units), **everything}):
        yield record_of(row, question.last)


def row_of(by: By, key: str, units: Sequence[int] | None = None) -> str:
    """The condition that picks a row of the form; its parameters are those of `_params`. `units`: the units as they were
    that a row of another map is made of."""
    if units is not None:
        return _OF_UNITS
    if key == "":
        return "TRUE"
    match by:
        case By.TIER:
            return _BY_TIER
        case By.FIELD:
            return _BY_FIELD
        case By.UNIT:
            return _BY_UNIT
        case By.CHANNEL:
            return _BY_CHANNEL
        case By.PROCEDURE:
            return _BY_PROCEDURE
    return f"{_BY_TIER} AND {_BY_FIELD}" if ":" in key else _BY_TIER


def _params(
    seen: Visible, question: Question, by: By, key: str, units: Sequence[int] | None
) -> dict[str, Any]:
    tier, _, field = key.partition(":") if by is By.FORM else (key, "", key)
    rows = {
        "row_tier": tier, "row_field": field, "row_unit": key, "row_units": list(units or ()), "row_procedure": key,
        "row_channel": int(key) if by is By.CHANNEL and key.isdecimal() else 0,
    }  # fmt: skip
    return {**question.params, **seen.params, **rows}


def _statement(visible: str, question: Question, condition: Condition, row: str) -> Statement:
    blocks = (
        str(filled("records_block", state=block, counted=counted))
        for block, counted in states(visible, as_known=question.known_until is not None, counting=False)
    )
    return filled("records", state="\nUNION ALL\n".join(blocks), asked=sql_of(condition), row=row)


def record_of(row: tuple[Any, ...], last: date) -> Record:
    pk, code, owner, procedure, unit, channel, received, due, ended, status, summary = row
    return Record(
        pk,
        code,
        owner,
        procedure,
        unit,
        Channel(channel),
        received,
        due,
        ended,
        Status(status),
        summary,
        last,
    )
