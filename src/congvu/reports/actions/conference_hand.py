"""Numbers a conference's file enters by hand, put where all numbers of papers are: the figure, its number with its flag and
paper, the named records behind it."""

from datetime import datetime
from decimal import Decimal

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.define_figures import Definition, define_figures
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.actions.list_entries import Named, list_entries
from congvu.indicators.models import HandFigure
from congvu.indicators.rules.entering import Typed
from congvu.reports.actions.conference_areas import at_line
from congvu.reports.rules.conference import Conference, FigureIs, Hand


def load_hand(conference: Conference, *, by: Actor, at: datetime) -> int:
    """Every figure entered by hand that is not on record yet. Returns how many. A number that was corrected since stays
    corrected. Refuses a code that has another number: a correction is made where numbers are entered."""
    mine = [(one, one.hand) for one in conference.figures if one.hand is not None]
    first = HandFigure.objects.filter(
        figure__code__in=[one.code for one, _ in mine], unit=None, replaces=None
    )
    there = {row.figure.code: row for row in first.select_related("figure")}
    fresh = 0
    for figure, hand in mine:
        with at_line(figure.line):
            row = there.get(figure.code)
            if row is None:
                _enter(figure, hand, by, at)
                fresh += 1
            elif not _same(row, figure, hand):
                raise Refused(
                    f"Số liệu «{figure.code}» đã ghi khác với tệp.",
                    do="Đặt mã khác, hoặc đính chính số tại trang số liệu nhập tay.",
                )
    return fresh


def _same(row: HandFigure, figure: FigureIs, hand: Hand) -> bool:
    told = (hand.flag.value, figure.printed, figure.first, figure.last)
    numbers = (_number(hand.numerator), _number(hand.denominator), hand.rate)
    kept = (row.numerator, row.denominator, row.rate)
    return (row.flag, row.words, row.first, row.last) == told and kept == numbers


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _enter(figure: FigureIs, hand: Hand, by: Actor, at: datetime) -> None:
    share = hand.denominator is not None or hand.rate is not None
    definition = Definition(
        figure.code, figure.name, figure.measure, hand.paper, share=share, name_en=figure.name_en,
        overlaps=", ".join(figure.overlaps), evidence="SEC",
    )  # fmt: skip
    define_figures([definition], by=by, at=at)
    number = Typed(
        figure.code, None, figure.first, figure.last, hand.flag, hand.paper, hand.reason, _number(hand.numerator),
        _number(hand.denominator), hand.rate, figure.printed,
    )  # fmt: skip
    enter_figures([number], by=by, at=at)
    note = "tên giả định" if hand.assumed else ""
    named = [Named(figure.code, title, figure.last, hand.paper, note=note) for title in hand.entries]
    if named:
        list_entries(named, by=by, at=at)
