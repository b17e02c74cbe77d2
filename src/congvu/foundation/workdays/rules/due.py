"""The due day or moment of a term, replayed from the ledger: start, term, pauses, extension; pure.

`due(...)` is the one door. Its answer explains itself: `Due.trace` lists every day with why it counted or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from functools import cache, cached_property

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import day_start
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.dayclock import DayClock
from congvu.foundation.workdays.rules.holidays import holidays_of
from congvu.foundation.workdays.rules.hours import AnyHours
from congvu.foundation.workdays.rules.kinds import Day, vn_date
from congvu.foundation.workdays.rules.minuteclock import MinuteClock
from congvu.foundation.workdays.rules.moves import Move, TraceDay
from congvu.foundation.workdays.rules.policies import Extension, Pause, PausePolicy, StartPolicy, in_order
from congvu.foundation.workdays.rules.term import Term
from congvu.foundation.workdays.rules.trace import tell

_Date = date  # inside Due the name `date` is a field


@dataclass(frozen=True)
class Due:
    """What is owed when. `date` is the due day; `moment` its hour, only for terms in hours.

    first_date     the due day before any pause or extension ("hạn ban đầu")
    moves          what pauses and the extension did to it, in order ("các lần điều chỉnh")
    notes          what a person should know ("tạm dừng sau khi đã quá hạn …")
    suspended      the clock stands now: a pause is open, and `date` is what was due before it began
    """

    start: datetime
    term: Term
    policy: StartPolicy
    date: _Date
    moment: datetime | None
    first_date: _Date
    first_moment: datetime | None
    moves: tuple[Move, ...] = ()
    notes: tuple[str, ...] = ()
    suspended: bool = False
    clock: DayClock | MinuteClock = field(kw_only=True, repr=False, compare=False)

    @cached_property
    def trace(self) -> tuple[TraceDay, ...]:
        """Every day from the start to the due day (downwards for a backward term), and why it counted or not.

        The counted days add up to the term: n days, 7n for weeks; for hours the `minutes` add up.
        """
        return tuple(tell(self.clock))

    @property
    def tentative(self) -> list[Day]:
        """Days on the way whose decision of the year is not known yet: the due day may still move."""
        first, last = sorted((self.start.date(), self.date))
        return self.clock.calendar.tentative_days(first, last)

    @property
    def safe_date(self) -> _Date:
        """For a backward term: the last working day not after `date`, since nobody can act on a day off."""
        return self.clock.calendar.roll_back(self.date)


def due(
    start: date | datetime,
    term: Term,
    calendar: Calendar,
    *,
    policy: StartPolicy = StartPolicy.RECEPTION_DAY,
    pauses: Sequence[Pause] = (),
    extension: Extension | None = None,
    hours: AnyHours | None = None,
) -> Due:
    """When `term` from `start` ends under `calendar`, its pauses and its one extension.

    Moments may be naive (legal time) or aware (`moment` is then aware, in the legal zone); seconds are dropped, since
    the slip prints minutes. A bare date is a day whose hour does not matter. `hours` replaces the calendar's own.
    A pause that begins after the due day moves nothing unless its policy is to restart. Refuses (Refused): pauses that
    overlap, an extension that does not extend, pauses of a backward term, a result outside 2000-2199.
    """
    zone = start.tzinfo if isinstance(start, datetime) else None
    begun = legal_minute(start)
    holidays_of(begun.year)  # refuses, in words, a year no calendar reaches
    ledger = in_order([_legal_pause(pause) for pause in pauses])
    if term.backward and (ledger or extension):
        raise Refused(
            "Thời hạn tính lùi không có tạm dừng hay gia hạn.",
            where="thời hạn",
            do="Bỏ tạm dừng, hoặc tính tiến.",
        )
    clock: DayClock | MinuteClock
    if term.unit.in_minutes:
        clock = MinuteClock(begun, term, calendar, policy, hours)
    else:
        clock = DayClock(begun, term, calendar, policy, hours)
    first = clock.end
    suspended = _replay(clock, ledger, _legal_extension(extension))
    holidays_of(clock.end.year)
    return _answer(clock, first, suspended, zone)


def legal_minute(moment: date | datetime) -> datetime:
    """`moment` as naive legal time to the minute; a bare date becomes its midnight."""
    if not isinstance(moment, datetime):
        return day_start(moment)
    if moment.tzinfo is not None:
        moment = moment.astimezone(_legal_zone()).replace(tzinfo=None)
    return moment.replace(second=0, microsecond=0)


def _replay(clock: DayClock | MinuteClock, ledger: list[Pause], extension: Extension | None) -> bool:
    """Play pauses and the extension in the order they happened; True when the last pause is still open."""
    suspended = False
    for pause in ledger:
        if extension is not None and extension.at is not None and extension.at <= pause.since:
            clock.extend(extension)
            extension = None
        if pause.until is None:
            suspended = True
            clock.notes.append(f"Đang tạm dừng từ {vn_date(pause.since)}: {pause.reason}.")
        elif pause.until > clock.start:
            clock.apply(pause)
    if extension is not None:
        clock.extend(extension)
    return suspended


def _answer(clock: DayClock | MinuteClock, first: date, suspended: bool, zone: tzinfo | None) -> Due:
    end = clock.end
    by_hour = isinstance(end, datetime)
    return Due(
        start=clock.start,
        term=clock.term,
        policy=clock.policy,
        date=end.date() if isinstance(end, datetime) else end,
        moment=_in_zone(end, zone) if isinstance(end, datetime) else None,
        first_date=first.date() if isinstance(first, datetime) else first,
        first_moment=_in_zone(first, zone) if by_hour and isinstance(first, datetime) else None,
        moves=tuple(clock.moves),
        notes=tuple(clock.notes),
        suspended=suspended,
        clock=clock,
    )


def _legal_pause(pause: Pause) -> Pause:
    since = legal_minute(pause.since)
    return replace(pause, since=since, until=None if pause.until is None else legal_minute(pause.until))


def _legal_extension(extension: Extension | None) -> Extension | None:
    if extension is None:
        return None
    until = legal_minute(extension.until) if isinstance(extension.until, datetime) else extension.until
    return replace(extension, until=until, at=None if extension.at is None else legal_minute(extension.at))


def _in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment if zone is None else moment.replace(tzinfo=_legal_zone())


@cache
def _legal_zone() -> tzinfo:
    from zoneinfo import ZoneInfo  # only for aware moments: the command line starts without it

    return ZoneInfo("Asia/Ho_Chi_Minh")


__all__ = ["Due", "PausePolicy", "due", "legal_minute"]
