"""Builders with plain defaults, for this room's tests and those above."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.staffing.actions.draft import Heading, draft
from congvu.staffing.actions.issue import issue
from congvu.staffing.models import QuotaDecision
from congvu.staffing.rules.kinds import CONG_CHUC, GIAO
from congvu.staffing.rules.lines import Line

AT = datetime(2026, 11, 20, 8, tzinfo=LEGAL_ZONE)


def a_line(unit: Any, posts: int, kind: str = GIAO, pool: str = CONG_CHUC) -> Line:
    return Line(getattr(unit, "pk", unit), pool, kind, posts)


def a_draft(
    *lines: Line,
    number: str = "1/QĐ-UBND",
    effective: date = date(2022, 1, 1),
    by: Actor = SYSTEM,
    at: datetime = AT,
    corrects: int | None = None,
) -> QuotaDecision:
    heading = Heading(number, effective, "UBND tỉnh", effective, "Giao biên chế")
    return draft(heading, lines, by=by, at=at, corrects=corrects)


def a_decision(*lines: Line, at: datetime = AT, by: Actor = SYSTEM, **more: Any) -> QuotaDecision:
    """A decision drafted and issued; 1/QĐ-UBND, in force on 1/1/2022 unless told otherwise."""
    return issue([a_draft(*lines, by=by, at=at, **more).id], by=by, at=at)[0]


def decisions(*pairs: tuple[str, date, Iterable[Line]]) -> list[QuotaDecision]:
    """Several decisions, (number, effective, lines) each."""
    return [a_decision(*lines, number=number, effective=effective) for number, effective, lines in pairs]
