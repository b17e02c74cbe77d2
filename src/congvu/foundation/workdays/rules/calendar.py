"""The legal calendar: what each day is, and why; an immutable value.

Base: computed holidays, days off in exchange, week-ends. On top, in this order: known swaps, swaps asked for, edits
of officials, closures of the unit. Two calendars made of the same decisions are equal.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TypeVar

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import days_between, each_day
from congvu.foundation.workdays.rules.holidays import FIRST_YEAR, LAST_YEAR, holidays_of
from congvu.foundation.workdays.rules.hours import DEFAULT_HOURS, AnyHours, Closure, Sessions, without
from congvu.foundation.workdays.rules.kinds import (
    WEEKDAY_NAMES,
    WEEKLY_REST,
    WORKING,
    Day,
    DayKind,
    Evidence,
    vn_date,
)
from congvu.foundation.workdays.rules.minutes import MinuteTable
from congvu.foundation.workdays.rules.swaps import Swap, applied_swaps
from congvu.foundation.workdays.rules.table import BeyondTable, WorkTable

_Answer = TypeVar("_Answer")
_NONE_YET: tuple[list[int], list[date], int] = ([], [], date.max.toordinal() + 1)


@dataclass(frozen=True)
class Calendar:
    """Use `calendar_for` to make one. `overrides` are days that differ from the base, in date order."""

    overrides: tuple[Day, ...] = ()
    closures: tuple[Closure, ...] = ()
    hours: AnyHours = DEFAULT_HOURS
    years: tuple[int, int] = field(default=(2024, 2030), compare=False, repr=False)
    # Derived tables, made wider when a question goes beyond them; never part of the value.
    _work: dict[str, WorkTable] = field(default_factory=dict, compare=False, repr=False, init=False)
    _minutes: dict[AnyHours, MinuteTable] = field(default_factory=dict, compare=False, repr=False, init=False)
    _by_day: dict[int, Day] = field(default_factory=dict, compare=False, repr=False, init=False)

    _closed: dict[int, Closure] = field(default_factory=dict, compare=False, repr=False, init=False)
    # What the hot path of nth_working_day reads: rank, working days, base of the table; none yet at first.
    _hot: tuple[list[int], list[date], int] = field(default=_NONE_YET, compare=False, repr=False, init=False)

    def __post_init__(self) -> None:
        self._by_day.update((one.date.toordinal(), one) for one in self.overrides)
        for closure in reversed(self.closures):  # of two that overlap, the first one's reason is told
            if closure.whole_day:
                days = range(closure.first.toordinal(), closure.last.toordinal() + 1)
                self._closed.update(dict.fromkeys(days, closure))

    # -- one day ---------------------------------------------------------------------------------------------
    def day(self, day: date) -> Day:
        """What `day` is. Refuses a day outside 2000-2199."""
        found = self._by_day.get(day.toordinal())
        if found is None:
            found = holidays_of(day.year).get(day.toordinal()) or _ordinary(day)
        closure = self._closed.get(day.toordinal())
        if closure is not None and found.works:
            return Day(day, DayKind.DONG_CUA, closure.reason, closure.citation, Evidence.CHECKED)
        return found

    def kind(self, day: date) -> DayKind:
        """The kind of `day`, without its reason: what tables are built of."""
        ordinal = day.toordinal()
        found = self._by_day.get(ordinal) or holidays_of(day.year).get(ordinal)
        if found is not None:
            kind = found.kind
        else:
            kind = DayKind.NGHI_TUAN if day.weekday() >= 5 else DayKind.LAM_VIEC
        return DayKind.DONG_CUA if ordinal in self._closed and kind in WORKING else kind

    def works(self, day: date) -> bool:
        """Whether `day` is a working day of this calendar."""
        return self.kind(day) in WORKING

    def sessions(self, day: date, hours: AnyHours | None = None) -> Sessions:
        """The minutes worked on `day`: none on a day off, Saturday's own when they count, less partial closures."""
        in_force = (hours or self.hours).on(day)
        kind = self.kind(day)
        if kind in WORKING:
            sessions = in_force.sessions
        elif kind is DayKind.NGHI_TUAN and day.weekday() == 5 and in_force.saturday_counts:
            sessions = in_force.saturday
        else:
            return ()
        for closure in self.closures:
            if closure.covers(day):
                sessions = without(sessions, closure.from_minute or 0, closure.to_minute or 24 * 60)
        return sessions

    def days_off(self, first: date, last: date) -> Iterator[Day]:
        """Days `first`..`last` that are not plain: every day off but week-ends, and worked week-ends."""
        for day in each_day(first, last):
            found = self.day(day)
            if found.kind not in (DayKind.LAM_VIEC, DayKind.NGHI_TUAN):
                yield found

    def tentative_days(self, first: date, last: date) -> list[Day]:
        """Days `first`..`last` whose decision of the year is not known yet ("dự kiến")."""
        return [
            what
            for year in range(first.year, last.year + 1)
            for what in holidays_of(year).values()
            if what.tentative and first <= what.date <= last and self.day(what.date) == what
        ]

    # -- stepping over days off ------------------------------------------------------------------------------
    def nth_working_day(self, day: date, n: int) -> date:
        """The `n`-th working day after `day`, or before it when `n` is negative; `day` itself is not counted."""
        if n > 0:  # the hot path: one term a call, two look-ups
            rank, working, base = self._hot
            index = day.toordinal() - base
            if index >= 0:
                try:
                    return working[rank[index] + n]
                except IndexError:
                    pass
        return self._nth_beyond(day, n)

    def _nth_beyond(self, day: date, n: int) -> date:
        """The same when the table may have to grow first."""
        if n == 0:
            raise ValueError("the 0th working day is nobody's; use roll() or roll_back()")
        table = self.work_table()
        while True:
            try:
                return table.after(day, n) if n > 0 else table.before(day, -n)
            except BeyondTable as beyond:
                table = self.work_table(beyond.year)

    def roll(self, day: date) -> date:
        """`day` when it is a working day, else the next one."""
        table = self.work_table()
        while True:
            try:
                return table.roll(day)
            except BeyondTable as beyond:
                table = self.work_table(beyond.year)

    def roll_back(self, day: date) -> date:
        """`day` when it is a working day, else the one before."""
        return day if self.works(day) else self.nth_working_day(day, -1)

    def working_days_between(self, first: date, last: date) -> int:
        """Working days in (`first`, `last`]: the first is not counted, the last is. Negative when `last` is earlier."""
        if first > last:
            return -self.working_days_between(last, first)
        table = self.work_table()
        while True:
            try:
                return table.count(first, last)
            except BeyondTable as beyond:
                table = self.work_table(beyond.year)

    # -- tables: shared, immutable, made wider when a question goes beyond them ---------------------------------
    def work_table(self, *years: int) -> WorkTable:
        """The prefix table of working days, covering `years`. Refuses a year outside 2000-2199."""
        table = self._work.get("table")
        if table is None or not _covers(table, years):
            table = self._work["table"] = WorkTable(self, *self._window(table, years))
            object.__setattr__(self, "_hot", (table.rank, table.working, table.base))
        return table

    def minute_table(self, hours: AnyHours | None = None, *years: int) -> MinuteTable:
        """The prefix table of working minutes under `hours` (the calendar's own when None), covering `years`."""
        chosen = hours or self.hours
        table = self._minutes.get(chosen)
        if table is None or not _covers(table, years):
            table = self._minutes[chosen] = MinuteTable(self, chosen, *self._window(table, years))
        return table

    def on_minutes(self, hours: AnyHours | None, ask: Callable[[MinuteTable], _Answer]) -> _Answer:
        """`ask` of the table of working minutes, again with a wider table while the question goes beyond it."""
        table = self.minute_table(hours)
        while True:
            try:
                return ask(table)
            except BeyondTable as beyond:
                table = self.minute_table(hours, beyond.year)

    def _window(self, table: WorkTable | MinuteTable | None, years: tuple[int, ...]) -> tuple[int, int]:
        """A span that holds `years`; one that must grow at least doubles, so growth is rare."""
        for year in years:
            holidays_of(year)  # refuses a year no calendar reaches, in words
        if table is None:
            return min((self.years[0], *years)), max((self.years[1], *years))
        first, last = table.first.year, table.last.year
        wide = last - first + 1
        if min(years) < first:
            first = max(FIRST_YEAR, min(min(years), first - wide))
        if max(years) > last:
            last = min(LAST_YEAR, max(max(years), last + wide))
        return first, last

    def with_days(self, edits: Iterable[Day]) -> "Calendar":
        """The same calendar with some days otherwise: for a preview of an edit."""
        merged = {one.date: one for one in (*self.overrides, *edits)}
        return replace(self, overrides=tuple(merged[day] for day in sorted(merged)))


def calendar_for(
    years: Iterable[int] | None = None,
    *,
    edits: Iterable[Day] = (),
    swaps: Iterable[Swap] = (),
    closures: Iterable[Closure] = (),
    hours: AnyHours = DEFAULT_HOURS,
    known_swaps: bool = True,
) -> Calendar:
    """The legal calendar with known swaps, `swaps`, then officials' `edits`, for a unit with `hours` and `closures`.

    `years` are computed at once; other years of 2000-2199 follow when a term reaches them. Refuses a swap whose day
    off is no working day or whose working day is no weekly day off.
    """
    span = tuple(years) if years is not None else (2024, 2030)
    window = (max(min(span), FIRST_YEAR), min(max(span), LAST_YEAR))
    calendar = Calendar(_known_days() if known_swaps else (), years=window)
    for swap in swaps:
        calendar = calendar.with_days(swap_days(calendar, swap))
    calendar = calendar.with_days(edits)
    return replace(calendar, closures=tuple(closures), hours=hours)


@cache
def _known_days() -> tuple[Day, ...]:
    """The days of the swaps that hold without anyone's edit, in date order."""
    calendar = Calendar()
    for swap in applied_swaps():
        calendar = calendar.with_days(swap_days(calendar, swap))
    return calendar.overrides


def swap_days(calendar: Calendar, swap: Swap) -> tuple[Day, ...]:
    """The two days a swap makes; none when `calendar` already holds it. Refuses a swap that cannot be.

    Closures of a unit do not matter here: a swap is the whole country's.
    """
    days = replace(calendar, closures=()) if calendar.closures else calendar
    off, work = days.day(swap.off), days.day(swap.work)
    if off.kind is DayKind.HOAN_DOI_NGHI and work.kind is DayKind.HOAN_DOI_LAM:
        return ()
    if off.kind is not DayKind.LAM_VIEC:
        raise Refused(
            f"Không hoán đổi được ngày {vn_date(swap.off)}: hôm đó vốn không phải ngày làm việc ({off.reason}).",
            where="swap",
            do="Chọn một ngày làm việc để nghỉ.",
        )
    if work.kind is not DayKind.NGHI_TUAN:
        raise Refused(
            f"Không làm bù được vào ngày {vn_date(swap.work)}: hôm đó không phải ngày nghỉ hằng tuần ({work.reason}).",
            where="swap",
            do="Chọn một ngày Thứ Bảy hoặc Chủ nhật để làm bù.",
        )
    if abs(days_between(swap.off, swap.work)) > 60:
        raise Refused(
            f"Hai ngày hoán đổi {vn_date(swap.off)} và {vn_date(swap.work)} cách nhau quá xa.",
            where="swap",
            do="Kiểm tra lại năm và tháng của hai ngày.",
        )
    return (
        Day(
            swap.off,
            DayKind.HOAN_DOI_NGHI,
            f"Nghỉ hoán đổi, làm bù ngày {vn_date(swap.work)}",
            swap.citation,
            swap.evidence,
        ),
        Day(
            swap.work,
            DayKind.HOAN_DOI_LAM,
            f"Làm bù cho ngày {vn_date(swap.off)}",
            swap.citation,
            swap.evidence,
        ),
    )


def _covers(table: WorkTable | MinuteTable, years: tuple[int, ...]) -> bool:
    return all(table.first.year <= year <= table.last.year for year in years)


def _ordinary(day: date) -> Day:
    name = WEEKDAY_NAMES[day.weekday()]
    if day.weekday() >= 5:
        return Day(day, DayKind.NGHI_TUAN, f"{name}, nghỉ hằng tuần", WEEKLY_REST, Evidence.MEM)
    return Day(day, DayKind.LAM_VIEC, f"{name}, ngày làm việc")
