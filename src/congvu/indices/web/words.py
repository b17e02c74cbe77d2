"""How scores are written on the screens."""

from fractions import Fraction

from congvu.foundation.ui.formats import NOTHING, number, rounded
from congvu.indices.rules.cells import NOTHING_WORDS, Got
from congvu.indices.rules.rounds import APPRAISAL, COUNCIL, EXPLAIN, PUBLISHED, SECOND, SELF
from congvu.indices.rules.sets import APPROVED, DRAFT, PERCENT, PLACES

CHIPS = {SELF: "idle", APPRAISAL: "soon", EXPLAIN: "pause", SECOND: "soon", COUNCIL: "now", PUBLISHED: "ok"}
SET_CHIPS = {DRAFT: "idle", APPROVED: "ok"}


def points(value: Fraction | None) -> str:
    """ "1,84"; two decimals at most. A number of others to four."""
    return NOTHING if value is None else number(rounded(value))


def got_words(got: Got | None) -> str:
    if got is None:
        return ""
    return NOTHING_WORDS if got.nothing else points(got.points)


def value_words(value: Fraction | None, measure: str) -> str:
    """What a sheet is ranked by: "87,52%" or "14,6"."""
    if value is None:
        return NOTHING
    shown = number(rounded(value, PLACES[measure]), PLACES[measure])
    return f"{shown}%" if measure == PERCENT else shown


def percent_words(value: Fraction | None) -> str:
    return NOTHING if value is None else f"{number(rounded(value), 2)}%"


def fine(value: Fraction | None) -> str:
    """A number of others, to four decimals."""
    return NOTHING if value is None else number(rounded(value, 4), 4)


def signed(value: Fraction | None, places: int = 2) -> str:
    """A difference in points, with its sign."""
    if value is None:
        return NOTHING
    shown = number(rounded(value, places), places)
    return f"+{shown}" if value > 0 else shown
