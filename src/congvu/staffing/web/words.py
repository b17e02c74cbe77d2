"""How the ledger writes its numbers."""

from congvu.foundation.ui.formats import NOTHING, number, rounded
from congvu.organisation.rules.mapping import Number
from congvu.staffing.rules.change import Change


def signed(value: Number) -> str:
    """+5, −3, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


def percent(change: Change) -> str:
    """−10,01%, rounded once from exact numbers; – without a base."""
    exact = change.percent
    if exact is None:
        return NOTHING
    value = rounded(exact)
    return f"{'+' if value > 0 else ''}{number(value, 2)}%"
