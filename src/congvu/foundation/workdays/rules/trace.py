"""The explanation of a due day: one line a day, why it counted or not, by which text; pure.

Lines run from the start to the due day without a gap (downwards for a backward term), one a day.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from congvu.foundation.workdays.days import each_day, next_day, previous_day
from congvu.foundation.workdays.rules.dayclock import DayClock
from congvu.foundation.workdays.rules.hours import DAY_MINUTES, Sessions, without
from congvu.foundation.workdays.rules.kinds import (
    FIRST_DAY,
    LAST_DAY,
    TRANSFER,
    WEEKDAY_NAMES,
    Day,
    DayKind,
    vn_date,
    vn_time,
)
from congvu.foundation.workdays.rules.minuteclock import MinuteClock
from congvu.foundation.workdays.rules.moves import Move, Role, TraceDay
from congvu.foundation.workdays.rules.policies import Pause
from congvu.foundation.workdays.rules.term import Unit

_RULES_OF_COUNTING = "Bộ luật Dân sự 2015, Điều 147, 148"


def tell(clock: DayClock | MinuteClock) -> Iterator[TraceDay]:
    """The lines of a replayed term; see Due.trace."""
    return minute_trace(clock) if isinstance(clock, MinuteClock) else day_trace(clock)


def day_trace(clock: DayClock) -> Iterator[TraceDay]:
    """The lines of a term in days."""
    if clock.term.backward:
        yield from _backward(clock)
        return
    started = clock.start.date()
    yield from _before_anchor(clock, started)
    if clock.term.unit is not Unit.SAME_DAY or clock.base_end != clock.anchor:
        yield _first_line(clock, clock.anchor)
        counted_from = next_day(clock.anchor)
    else:
        counted_from = clock.anchor
    number = 0
    for day in each_day(counted_from, clock.base_end):
        line = _term_line(clock, clock.calendar.day(day), number + 1)
        number += line.counts
        yield line
    for day in each_day(next_day(clock.base_end), clock.base_due):
        yield _rolled_line(clock, clock.calendar.day(day))
    yield from _tail(clock.calendar.day, clock.base_due, clock.tail)


def _before_anchor(clock: DayClock, started: date) -> Iterator[TraceDay]:
    """Days before the first day: of a count that was thrown away, or between reception and hand-over."""
    restart = next((p for p in reversed(clock.pauses) if p.policy == "restart"), None)
    for day in each_day(started, previous_day(clock.anchor)):
        what = clock.calendar.day(day)
        if restart is not None and restart.until is not None and day < restart.until.date():
            yield _void_line(what, restart, clock.is_paused(day))
        elif day == started or (restart is not None and day == clock.begun.date()):
            late = clock.begun.hour * 60 + clock.begun.minute > 15 * 60
            said = "Tiếp nhận sau 15 giờ" if late else "Tiếp nhận vào ngày nghỉ"
            why = f"{said}: chuyển hồ sơ đầu giờ ngày làm việc tiếp theo"
            yield TraceDay(day, False, None, what.kind, Role.WAITING, why, TRANSFER)
        else:
            yield TraceDay(day, False, None, what.kind, Role.WAITING, what.reason, what.citation)


def _void_line(what: Day, restart: Pause, paused: Pause | None) -> TraceDay:
    why = (
        f"Tạm dừng: {paused.reason}"
        if paused
        else "Không tính: thời hạn tính lại từ đầu sau khi nhận đủ hồ sơ"
    )
    return TraceDay(
        what.date, False, None, what.kind, Role.PAUSED if paused else Role.VOID, why, restart.cited
    )


def _first_line(clock: DayClock, day: date) -> TraceDay:
    kind = clock.calendar.day(day).kind
    if day != clock.start.date():
        if clock.begun == clock.start:
            return TraceDay(
                day, False, None, kind, Role.FIRST, "Ngày chuyển hồ sơ, ngày đầu không tính", FIRST_DAY
            )
        return TraceDay(
            day, False, None, kind, Role.FIRST, "Ngày nhận đủ hồ sơ, ngày đầu không tính", FIRST_DAY
        )
    return TraceDay(day, False, None, kind, Role.FIRST, "Ngày bắt đầu, không tính vào thời hạn", FIRST_DAY)


def _term_line(clock: DayClock, what: Day, number: int) -> TraceDay:
    unit = clock.term.unit
    if unit not in (Unit.WORKING_DAY, Unit.SAME_DAY):
        why = f"Ngày thứ {number}"
        if what.date == clock.base_end:
            why = f"Ngày cuối của thời hạn {clock.term.words()}"
            if not what.works:
                why += f", là ngày nghỉ ({what.reason})"
        return TraceDay(what.date, True, number, what.kind, Role.TERM, why, _RULES_OF_COUNTING)
    paused = clock.is_paused(what.date)
    if paused is not None and paused in clock.skipped and what.works:
        return TraceDay(
            what.date, False, None, what.kind, Role.PAUSED, f"Tạm dừng: {paused.reason}", paused.cited
        )
    if not what.works:
        return TraceDay(what.date, False, None, what.kind, Role.OFF, what.reason, what.citation)
    swapped = what.kind is DayKind.HOAN_DOI_LAM
    why = f"Ngày làm việc thứ {number}" + (f" ({what.reason})" if swapped else "")
    return TraceDay(
        what.date, True, number, what.kind, Role.TERM, why, what.citation if swapped else FIRST_DAY
    )


def _rolled_line(clock: DayClock, what: Day) -> TraceDay:
    if not what.works:
        return TraceDay(what.date, False, None, what.kind, Role.OFF, what.reason, what.citation)
    last = clock.base_end
    why = (
        f"Ngày cuối {vn_date(last)} là ngày nghỉ ({WEEKDAY_NAMES[last.weekday()]}): "
        "thời hạn kết thúc vào ngày làm việc tiếp theo"
    )
    return TraceDay(what.date, False, None, what.kind, Role.ROLLED, why, LAST_DAY)


def _backward(clock: DayClock) -> Iterator[TraceDay]:
    kind = clock.calendar.day(clock.anchor).kind
    yield TraceDay(
        clock.anchor, False, None, kind, Role.FIRST, "Ngày mốc, không tính vào thời hạn", FIRST_DAY
    )
    number = 0
    for day in reversed(list(each_day(clock.end, previous_day(clock.anchor)))):
        line = _term_line(clock, clock.calendar.day(day), number + 1)
        number += line.counts
        yield line


def _tail(day_of: Callable[[date], Day], end: date, tail: list[Move]) -> Iterator[TraceDay]:
    """Days added behind the term by pauses and the extension."""
    told = end
    for move in tail:
        after = move.after.date() if isinstance(move.after, datetime) else move.after
        for day in each_day(next_day(told), after):
            what = day_of(day)
            why = move.why if what.works or day == after else f"{what.reason} ({move.why})"
            yield TraceDay(day, False, None, what.kind, Role.ADDED, why, move.citation or what.citation)
        told = max(told, after)


def minute_trace(clock: MinuteClock) -> Iterator[TraceDay]:
    """The lines of a term in hours."""
    first, last = clock.start, clock.base_end
    if clock.term.backward:
        days = reversed(list(each_day(clock.end.date(), clock.start.date())))
        first, last = clock.end, clock.start
    else:
        days = iter(list(each_day(first.date(), last.date())))
        first = clock.anchor
    number = 0
    for day in days:
        line = _minute_line(clock, day, first, last)
        number += line.counts
        yield replace(line, number=number if line.counts else None)
    yield from _tail(clock.calendar.day, clock.base_end.date(), clock.tail)


def _minute_line(clock: MinuteClock, day: date, first: datetime, last: datetime) -> TraceDay:
    what = clock.calendar.day(day)
    restart = next((p for p in reversed(clock.pauses) if p.policy == "restart"), None)
    if restart is not None and restart.until is not None and day < restart.until.date():
        return replace(_void_line(what, restart, None), minutes=0)
    running = _clip(clock.sessions(day), day, first, last)
    counted = running
    for pause in clock.skipped:
        if pause.until is not None:
            counted = _cut(counted, day, pause.since, pause.until)
    minutes = sum(b - a for a, b in counted)
    if minutes:
        spans = ", ".join(f"{vn_time(a)}-{vn_time(b)}" for a, b in counted)
        why = f"{spans}: {_hours_words(minutes)}"
        return TraceDay(day, True, None, what.kind, Role.TERM, why, _RULES_OF_COUNTING, minutes)
    if running:
        pause = clock.skipped[-1]
        return TraceDay(day, False, None, what.kind, Role.PAUSED, f"Tạm dừng: {pause.reason}", pause.cited, 0)
    if not what.works and clock.working:
        return TraceDay(day, False, None, what.kind, Role.OFF, what.reason, what.citation, 0)
    return TraceDay(day, False, None, what.kind, Role.WAITING, "Ngoài giờ làm việc", FIRST_DAY, 0)


def _clip(sessions: Sessions, day: date, first: datetime, last: datetime) -> Sessions:
    """The part of `sessions` between two moments."""
    low = (
        0 if day > first.date() else (first.hour * 60 + first.minute if day == first.date() else DAY_MINUTES)
    )
    high = DAY_MINUTES if day < last.date() else (last.hour * 60 + last.minute if day == last.date() else 0)
    return tuple((max(a, low), min(b, high)) for a, b in sessions if max(a, low) < min(b, high))


def _cut(sessions: Sessions, day: date, first: datetime, last: datetime) -> Sessions:
    """`sessions` without the part between two moments."""
    if not first.date() <= day <= last.date():
        return sessions
    low = first.hour * 60 + first.minute if day == first.date() else 0
    high = last.hour * 60 + last.minute if day == last.date() else DAY_MINUTES
    return without(sessions, low, high)


def _hours_words(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    words = [f"{hours} giờ"] if hours else []
    return " ".join([*words, f"{left} phút"] if left else words)
