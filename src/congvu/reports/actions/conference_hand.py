"""Numbers a conference's file enters by hand: the figure, its number with its flag and paper, the named records behind it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.models import DefinedFigure, HandFigure, ListEntry
from congvu.indicators.rules.figures import BY_FIGURE
from congvu.reports.rules.conference import Conference, FigureIs, Hand

_WORDS = "Số ghi theo văn bản được nêu"


def load_hand(conference: Conference, *, by: Actor, at: datetime) -> int:
    """Every figure entered by hand that is not on record yet. Returns how many. 9 statements, however many. Refuses a code that
    has another number already: a correction is made where numbers are entered."""
    mine = [(one, one.hand) for one in conference.figures if one.hand is not None]
    defined = {row.code: row for row in DefinedFigure.objects.filter(code__in=[one.code for one, _ in mine])}
    numbers = {
        row.figure_id: row
        for row in HandFigure.objects.filter(figure__in=defined.values(), unit=None, replaces=None)
    }
    fresh = []
    for figure, hand in mine:
        row = defined.get(figure.code)
        if row is None:
            _refuse_catalogue(figure)
            fresh.append((figure, hand))
        elif row.pk not in numbers or not _same(numbers[row.pk], figure, hand):
            raise Refused(
                f"Dòng {figure.line}: số liệu «{figure.code}» đã ghi khác với tệp.",
                where=f"dòng {figure.line}",
                do="Đặt mã khác, hoặc sửa số tại trang số liệu nhập tay.",
            )
    _write(conference, fresh, by, at)
    return len(fresh)


def _refuse_catalogue(figure: FigureIs) -> None:
    if figure.code in BY_FIGURE:
        raise Refused(
            f"Dòng {figure.line}: «{figure.code}» là số liệu của danh mục, không nhập tay.",
            where=f"dòng {figure.line}",
            do="Đặt mã khác.",
        )


def _same(row: HandFigure, figure: FigureIs, hand: Hand) -> bool:
    told = (hand.flag.value, figure.printed, figure.first, figure.last)
    numbers = (_number(hand.numerator), _number(hand.denominator), hand.rate)
    return (row.flag, row.words, row.first, row.last) == told and (
        row.numerator, row.denominator, row.rate,
    ) == numbers  # fmt: skip


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _write(conference: Conference, fresh: Sequence[tuple[FigureIs, Hand]], by: Actor, at: datetime) -> None:
    rows = DefinedFigure.objects.bulk_create(
        DefinedFigure(
            code=figure.code, name=figure.name[:200], name_en=figure.name_en[:200], measure=figure.measure,
            share=hand.denominator is not None or hand.rate is not None, words=f"{_WORDS}: {figure.name}"[:500],
            source=hand.paper, evidence="SEC", overlaps=", ".join(figure.overlaps)[:300], defined_at=at,
            defined_by=by.name[:200],
        )
        for figure, hand in fresh
    )  # fmt: skip
    numbers = HandFigure.objects.bulk_create(
        HandFigure(
            figure=row, first=figure.first, last=figure.last, numerator=hand.numerator, denominator=hand.denominator,
            rate=hand.rate, flag=hand.flag.value, words=figure.printed[:200], paper=hand.paper, reason=hand.reason,
            recorded_at=at, recorded_by=by.name[:200], recorder_id=by.account_id,
        )
        for row, (figure, hand) in zip(rows, fresh, strict=True)
    )  # fmt: skip
    entries = ListEntry.objects.bulk_create(
        ListEntry(
            list=figure.code, day=figure.last, title=title, note="tên giả định" if hand.assumed else "",
            paper=hand.paper, recorded_at=at, recorded_by=by.name[:200],
        )
        for figure, hand in fresh
        for title in hand.entries
    )  # fmt: skip
    _note(
        "indicators.define_figure", "defined_figure", [(row.pk, {"code": row.code}) for row in rows], by, at
    )
    told = [
        (one.pk, {"figure": row.code, "flag": one.flag, "words": one.words})
        for one, row in zip(numbers, rows, strict=True)
    ]
    _note("reports.enter_conference_number", "hand_figure", told, by, at)
    _note(
        "reports.list_conference_entry",
        "list_entry",
        [(one.pk, {"list": one.list}) for one in entries],
        by,
        at,
    )


def _note(verb: str, kind: str, rows: Sequence[tuple[int, dict[str, str]]], by: Actor, at: datetime) -> None:
    if rows:
        record_many(verb, kind, [(pk, None, after) for pk, after in rows], by=by, at=at)
