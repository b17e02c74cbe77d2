"""The blocks of SQL that together give every dossier's state at the end of a period, each dossier once."""

from congvu.dossiers.rules.status import ENDED, OPEN
from congvu.indicators.queries.compose import fragment, sql_of
from congvu.indicators.rules.conditions import Fact, OneOf, some
from congvu.indicators.rules.form06 import PENDING, SOLVED

# Where its row alone tells the column a dossier stood in, although it has moved on since: it has not ended by the end of
# the period and was never reopened (only an obligation to pay reopens, and leaves its mark in `money`); its due day is
# still the first one and was not past. Paused or not, it was open and in time. A due day moved and moved back (a
# calendar decision revoked) counts as one never moved.
_STEADY = (
    "(d.money = 0 AND d.due_on IS NOT DISTINCT FROM d.due_first"
    " AND (d.due_on IS NULL OR d.due_on >= %(last)s::date))"
)

# What a block's own WHERE has settled is not asked again: each needless condition makes the planner expect fewer rows,
# and sort where it should hash.
_STILL_TO_ASK = {
    "settled": OneOf(Fact.STATUS, tuple(sorted(ENDED | OPEN))),
    "unsettled": some(SOLVED, PENDING),
    "known": some(SOLVED, PENDING),
}


# The blocks, each a file and what {end} is in it.
_BLOCKS = (
    ("settled", ""),
    ("unsettled", "d.ended_on IS NULL"),
    ("unsettled", "d.ended_on > %(last)s::date"),
)

# Whom a dossier was with is told by what became of it after the moment told, or was recorded after what was then known.
_SINCE = "w.until >= %(until)s::timestamptz"
_SINCE_OR_LATER_KNOWN = f"({_SINCE} OR w.recorded_at >= %(known_until)s::timestamptz)"


def states(visible: str, *, as_known: bool, counting: bool) -> tuple[tuple[str, str], ...]:
    """(block, the condition that leaves those of its rows that form 06 counts), with the predicate on alias d put in.

    `counting`: the column is enough, the exact status need not be shown.
    """
    steady = _STEADY if counting else "FALSE"
    blocks = (("known", ""),) if as_known else _BLOCKS
    former = _put(fragment("former"), {"{since}": _SINCE_OR_LATER_KNOWN if as_known else _SINCE})
    return tuple(
        (
            _put(
                fragment(name), {"{visible}": visible, "{former}": former, "{steady}": steady, "{end}": end}
            ),
            sql_of(_STILL_TO_ASK[name]),
        )
        for name, end in blocks
    )


def _put(text: str, places: dict[str, str]) -> str:
    for place, words in places.items():
        text = text.replace(place, words)
    return text
