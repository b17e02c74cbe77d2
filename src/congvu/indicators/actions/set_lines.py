"""Đặt ngưỡng cảnh báo: a line for a figure; the nightly look at every line, which notes what was crossed and what is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.access import refuse_unless_may_enter
from congvu.indicators.models import Crossing, FigureLine
from congvu.indicators.queries.answer import answers
from congvu.indicators.queries.figures import figures_of, may_ask
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import the_province
from congvu.indicators.rules.definitions import Value
from congvu.indicators.rules.entering import MOST as HIGHEST
from congvu.indicators.rules.lines import SPANS, Direction, crossed, span_of
from congvu.organisation.queries import picture

MOST = 200  # lines one account may have


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, of a unit (None: the province), a side, a number (per cent of a share) and a running period."""

    figure: str
    unit_id: int | None
    direction: Direction
    line: Decimal
    period: str


@transaction.atomic
def set_lines(wanted: Sequence[Line], *, by: Actor, at: datetime) -> list[FigureLine]:
    """Set lines for oneself; one set before is moved (the old is dropped), the same again is left. Refuses who does not lead or
    audit the unit, a figure that is gone or not his to ask, a period there is not. 5 statements."""
    refuse_unless_may_enter(by, {one.unit_id for one in wanted}, legal(at).date())
    figures = figures_of([one.figure for one in wanted])
    mine = list(FigureLine.objects.select_for_update().filter(account_id=by.account_id, dropped_at=None))
    there = {_key(row): row for row in mine}
    found, fresh, moved = [], [], []
    for one in wanted:
        if one.figure not in figures or not may_ask(by, figures[one.figure]):
            raise Refused(f"Không có số liệu «{one.figure[:60]}».", where="figure", do="Chọn trong danh mục.")
        if figures[one.figure].by_hand:
            raise Refused(
                "Số nhập tay không có ngưỡng cảnh báo.", where="figure", do="Chọn số liệu do máy đếm."
            )
        if one.period not in SPANS or not 0 <= one.line < HIGHEST:
            raise Refused(
                "Kỳ hoặc ngưỡng chưa đúng.",
                where="line",
                do="Chọn kỳ, ghi ngưỡng từ 0 đến dưới một triệu tỷ.",
            )
        made = FigureLine(
            figure=one.figure, unit_id=one.unit_id, direction=one.direction.value, line=one.line, period=one.period, asked_at=at,
            asked_by=by.name, account_id=by.account_id,
        )  # fmt: skip
        kept = there.get(_key(made))
        if kept is not None and kept.line == one.line:
            found.append(kept)
            continue
        if kept is not None:
            moved.append(kept)
        fresh.append(made)
        found.append(made)
    if len(mine) - len(moved) + len(fresh) > MOST:
        raise Refused(f"Mỗi người đặt tối đa {MOST} ngưỡng.", where="figure", do="Bỏ bớt ngưỡng cũ.")
    _drop(moved, at)
    try:
        with transaction.atomic():
            FigureLine.objects.bulk_create(fresh)
    except IntegrityError as wrong:
        raise Refused(
            "Ngưỡng này vừa được đặt ở nơi khác.", where="figure", do="Mở lại trang rồi xem."
        ) from wrong
    record_many(
        "indicators.set_line", "figure_line", [(one.pk, None, _facts(one)) for one in fresh], by=by, at=at
    )
    return found


@transaction.atomic
def drop_lines(ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Drop one's own lines. Returns how many; those dropped before and those of others are left. 4 statements."""
    rows = list(
        FigureLine.objects.select_for_update().filter(pk__in=ids, account_id=by.account_id, dropped_at=None)
    )
    _drop(rows, at)
    record_many(
        "indicators.drop_line", "figure_line", [(one.pk, _facts(one), None) for one in rows], by=by, at=at
    )
    return len(rows)


@transaction.atomic
def look_at_lines(*, at: datetime) -> tuple[int, int]:
    """Look at every line: how many are newly crossed, how many are over. A number that is not known changes nothing. Looked at
    twice it is one crossing. Statements: 3, and those of `answers` for each period and unit that is watched."""
    today = legal(at).date()
    known = picture()
    lines = list(FigureLine.objects.select_for_update().filter(dropped_at=None).order_by("pk"))
    open_now = {row.line_id: row for row in Crossing.objects.filter(over_at=None)}
    groups: dict[tuple[str, int | None], list[FigureLine]] = {}
    for line in lines:
        groups.setdefault((line.period, line.unit_id), []).append(line)
    fresh, over = [], []
    for (period, unit), members in groups.items():
        question = Question(span_of(period, today), today)
        told = answers(
            [one.figure for one in members], question, the_province(question, known), known, unit=unit
        )
        for line in members:
            if line.figure not in told:
                continue  # the figure was withdrawn
            value = told[line.figure].value
            beyond = crossed(value, Direction(line.direction), line.line)
            kept = open_now.get(line.pk)
            if beyond and kept is None:
                fresh.append(_crossing(line, question, value, at))
            elif beyond is False and kept is not None:
                kept.over_at = at
                over.append(kept)
    Crossing.objects.bulk_create(fresh)
    Crossing.objects.bulk_update(over, ["over_at"])
    return len(fresh), len(over)


def _crossing(line: FigureLine, question: Question, value: Value, at: datetime) -> Crossing:
    numerator = value.words or str(value.rate) if value.numerator is None else str(value.numerator)
    denominator = "" if value.denominator is None else str(value.denominator)
    return Crossing(
        line=line,
        first=question.first,
        last=question.last,
        numerator=numerator[:60],
        denominator=denominator[:60],
        seen_at=at,
    )


def _drop(rows: Sequence[FigureLine], at: datetime) -> None:
    for row in rows:
        row.dropped_at = at
    FigureLine.objects.bulk_update(rows, ["dropped_at"])
    Crossing.objects.filter(line__in=[row.pk for row in rows], over_at=None).update(over_at=at)


def _key(one: FigureLine) -> tuple[object, ...]:
    return one.figure, one.unit_id, one.direction, one.period


def _facts(one: FigureLine) -> dict[str, object]:
    return {
        "figure": one.figure, "unit": one.unit_id, "direction": one.direction, "line": str(one.line), "period": one.period,
    }  # fmt: skip
