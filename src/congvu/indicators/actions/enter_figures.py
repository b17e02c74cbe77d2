"""Nhập số liệu: numbers from papers, of a unit or of the province, for a period. A correction is a new row that names the old."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.foundation.text import composed
from congvu.indicators.access import refuse_unless_may_enter
from congvu.indicators.models import DefinedFigure, HandFigure
from congvu.indicators.queries.compose import BULK
from congvu.indicators.queries.own_figures import as_figure
from congvu.indicators.rules.entering import Typed, checked


@transaction.atomic
def enter_figures(typed: Sequence[Typed], *, by: Actor, at: datetime) -> list[HandFigure]:
    """Enter numbers. The same number entered again is the row that is there. Refuses who may not, a figure that is none or is
    not entered by hand, what `checked` refuses, a number that is there already with another value (it is corrected, not
    entered again), and a correction of a row that is another's or was corrected before. 6 statements whatever their number."""
    refuse_unless_may_enter(by, {one.unit_id for one in typed}, legal(at).date())
    statement(BULK, "lock_entering").rows()
    rows = {
        row.code: row
        for row in DefinedFigure.objects.filter(
            code__in={one.figure for one in typed}, population="", withdrawn_at=None
        )
    }
    there = _there(typed, rows)
    found: list[HandFigure] = []
    fresh: list[HandFigure] = []
    for one in typed:
        row = rows.get(one.figure)
        if row is None:
            raise Refused(
                f"Không có số liệu nhập tay «{one.figure[:60]}».", where="figure", do="Chọn trong danh mục."
            )
        made = _made(checked(as_figure(row), one), row, by=by, at=at)
        kept = there.get(_key(made))
        if kept is not None and one.replaces is None and _same(kept, made):
            found.append(kept)
            continue
        _refuse_wrong_place(kept, one)
        fresh.append(made)
        found.append(made)
    try:
        with transaction.atomic():
            HandFigure.objects.bulk_create(fresh)
    except IntegrityError as wrong:
        raise Refused(
            "Số này vừa được người khác nhập hoặc đính chính.", where="first", do="Mở lại số liệu rồi xem."
        ) from wrong
    record_many(
        "indicators.enter", "hand_figure", [(one.pk, None, _facts(one)) for one in fresh], by=by, at=at
    )
    return found


def _there(typed: Sequence[Typed], rows: dict[str, DefinedFigure]) -> dict[tuple[object, ...], HandFigure]:
    """The numbers that hold now for what is entered. 1 statement."""
    replaced = HandFigure.objects.exclude(replaces=None).values("replaces")
    asked = Q(pk=None)
    for period in {(one.first, one.last) for one in typed}:
        asked |= Q(first=period[0], last=period[1])
    found = HandFigure.objects.filter(asked, figure__in=[row.pk for row in rows.values()]).exclude(
        pk__in=replaced
    )
    return {_key(one): one for one in found}


def _key(one: HandFigure) -> tuple[object, ...]:
    return one.figure_id, one.unit_id, one.first, one.last


def _made(one: Typed, row: DefinedFigure, *, by: Actor, at: datetime) -> HandFigure:
    return HandFigure(
        figure=row, unit_id=one.unit_id, first=one.first, last=one.last, numerator=one.numerator, denominator=one.denominator,
        rate=one.rate, flag=one.flag.value, words=composed(one.words)[:200], paper=composed(one.paper)[:300],
        reason=composed(one.reason)[:500], replaces_id=one.replaces, recorded_at=at, recorded_by=by.name,
        recorder_id=by.account_id,
    )  # fmt: skip


def _same(one: HandFigure, other: HandFigure) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("numerator", "denominator", "rate", "flag", "words")
    )


def _refuse_wrong_place(kept: HandFigure | None, one: Typed) -> None:
    if one.replaces is None and kept is not None:
        raise Refused(
            f"Kỳ này đã có số liệu «{one.figure}» từ {kept.paper}.",
            where="first",
            do="Mở số đã nhập và chọn Đính chính.",
        )
    if one.replaces is not None and (kept is None or kept.pk != one.replaces):
        raise Refused(
            "Số cần đính chính không còn là số đang dùng của kỳ và đơn vị này.",
            where="first",
            do="Mở lại số liệu rồi chọn lại.",
        )


def _facts(one: HandFigure) -> dict[str, object]:
    numbers = {"numerator": one.numerator, "denominator": one.denominator, "rate": one.rate}
    return {
        "figure": one.figure.code, "unit": one.unit_id, "from": one.first.isoformat(), "to": one.last.isoformat(),
        "flag": one.flag, "words": one.words, "paper": one.paper, "reason": one.reason, "replaces": one.replaces_id,
        **{name: None if number is None else str(number) for name, number in numbers.items()},
    }  # fmt: skip
