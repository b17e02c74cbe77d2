"""Reading the moments an event log writes. The wall clock of the log is kept; nothing is converted."""

import re
from datetime import datetime

_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def moment(text: str) -> datetime | None:
    """The moment `text` writes (ISO 8601, or dd/mm/yyyy with an optional time), with its own offset.

    None when unreadable. Days come before months, as Vietnam writes them: "13/12/2026" is read, "12/13/2026" is
    not guessed at. A text without an offset stays naive.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _VIETNAMESE.fullmatch(text.strip())
    try:
        if found is None:
            return datetime.fromisoformat(text.strip())
        day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def wall(at: datetime) -> datetime:
    """`at` as its own clock on the wall showed it, for ordering moments of one log."""
    return at.replace(tzinfo=None)
