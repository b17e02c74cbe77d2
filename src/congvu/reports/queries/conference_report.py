"""A conference as it is shown: its heading, its numbers in words, the appendix of what was entered by hand. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from congvu.foundation.ui import formats
from congvu.indicators.rules.definitions import Flag
from congvu.reports.queries.conference_warnings import Counted, percent_words
from congvu.reports.rules.conference import FORMS, Conference, FigureIs

NOT_KNOWN = "không rõ số"


@dataclass(frozen=True, slots=True)
class ByHand:
    """A line of the appendix: what was entered, from which paper, and which area will count it one day."""

    code: str
    name: str
    printed: str
    flag: Flag
    paper: str
    reason: str
    awaits: str


def header(conference: Conference) -> str:
    held = conference.held.day
    year = f"; năm {conference.year}" + (
        f", triển khai năm {conference.next_year}" if conference.next_year else ""
    )
    where = f"{FORMS[conference.form]}, {conference.place}"
    return f"{conference.name}. {formats.weekday(held)}, {formats.day(held)}; {where}{year}."


def figure_words(figure: FigureIs, counted: Counted) -> str:
    """ "22/23 đơn vị = 95,65%"; "220 biên chế"; a rate alone «88,3%»; what is not known says so."""
    if counted.rate is not None:
        return f"{'khoảng ' if counted.flag is Flag.APPROXIMATE else ''}{formats.number(Fraction(counted.rate))}%"
    if counted.numerator is None:
        return NOT_KNOWN
    number = formats.number(counted.numerator)
    if counted.denominator is None:
        return f"{number} {figure.measure}"
    share = "không phát sinh" if counted.percent is None else percent_words(counted.percent)
    return f"{number}/{formats.number(counted.denominator)} {figure.measure} = {share}"


def appendix(conference: Conference) -> list[ByHand]:
    """Every number entered by hand, those first that an area is still to count."""
    found = [
        ByHand(
            one.code, one.name, one.printed, one.hand.flag, one.hand.paper, one.hand.reason,
            f"Chờ khu vực {one.awaits}." if one.awaits else "",
        )
        for one in conference.figures
        if one.hand is not None
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.awaits)
