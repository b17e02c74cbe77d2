"""The only reader of the time. Everything else is given `at`.

Tests and the demo may stand the clock still with `frozen(...)`; nothing else replaces it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # Bộ luật Dân sự 2015, art. 145: terms follow the local calendar

_standing: ContextVar[datetime | None] = ContextVar("standing_clock", default=None)


def now() -> datetime:
    """This moment, aware, in the legal zone."""
    standing = _standing.get()
    return standing if standing is not None else datetime.now(LEGAL_ZONE)


def today() -> date:
    """The calendar day in the legal zone."""
    return now().date()


def legal(moment: datetime) -> datetime:
    """`moment` in the legal zone; a naive moment is read as legal time."""
    return moment.replace(tzinfo=LEGAL_ZONE) if moment.tzinfo is None else moment.astimezone(LEGAL_ZONE)


def day_end(day: date) -> datetime:
    """The last moment of `day` in the legal zone: what was known by the end of a day."""
    return datetime.combine(day, time.max, tzinfo=LEGAL_ZONE)


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Stand the clock still at `moment` for the block."""
    token = _standing.set(legal(moment))
    try:
        yield legal(moment)
    finally:
        _standing.reset(token)
