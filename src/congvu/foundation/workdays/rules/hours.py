"""Office hours: sessions of a working day, Saturday mornings, and their validity; pure.

Minutes of the day are counted from midnight: 420 is 07:00. Default sessions are those seen in a running one-stop
system [IMPL]; a unit's own are rows of the `OfficeHours` table.
"""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.rules.kinds import vn_time

Sessions = tuple[tuple[int, int], ...]
DAY_MINUTES = 24 * 60
LONGEST_CLOSURE = 366


def check_sessions(sessions: Sessions, *, where: str) -> None:
    """Refuses sessions that are empty, out of the day, or not one after the other."""
    clock = 0
    for start, end in sessions:
        if not (clock <= start < end <= DAY_MINUTES):
            raise Refused(
                "Giờ làm việc không hợp lệ: mỗi buổi phải kết thúc sau khi bắt đầu và không chồng lên buổi khác.",
                where=where,
                do="Ghi lại, ví dụ 07:00-11:30, 13:30-17:00.",
            )
        clock = end


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sessions of an ordinary working day, and of Saturday.

    `saturday` is when the counter receives on a Saturday. It makes Saturday a working day for no term in days;
    its minutes count for terms in working hours only with `saturday_counts`.
    """

    sessions: Sessions = ((420, 690), (810, 1020))
    saturday: Sessions = ()
    saturday_counts: bool = False
    citation: str = ""

    def __post_init__(self) -> None:
        check_sessions(self.sessions, where="sessions")
        if not self.sessions:
            raise Refused(
                "Ngày làm việc phải có ít nhất một buổi.",
                where="sessions",
                do="Ghi giờ của buổi sáng hoặc chiều.",
            )
        check_sessions(self.saturday, where="saturday")

    def on(self, _day: date) -> "OfficeHours":
        """These hours, whatever the day (so that a schedule and plain hours are used alike)."""
        return self

    def words(self) -> str:
        """ "07:00-11:30, 13:30-17:00"."""
        return ", ".join(f"{vn_time(a)}-{vn_time(b)}" for a, b in self.sessions)


DEFAULT_HOURS = OfficeHours()


@dataclass(frozen=True, slots=True)
class HoursSchedule:
    """Office hours that change with time: (first day, last day or None, hours); a gap falls back to `otherwise`."""

    periods: tuple[tuple[date, date | None, OfficeHours], ...]
    otherwise: OfficeHours = DEFAULT_HOURS

    def on(self, day: date) -> OfficeHours:
        """The hours in force on `day`; of two periods that overlap, the one listed first."""
        for first, last, hours in self.periods:
            if first <= day and (last is None or day <= last):
                return hours
        return self.otherwise


AnyHours = OfficeHours | HoursSchedule


@dataclass(frozen=True, slots=True)
class Closure:
    """A unit is closed from `first` to `last`, whole days, or from minute to minute of each of those days.

    A whole day closed counts for no term of this unit; a part of a day only takes its minutes from working hours.
    """

    first: date
    last: date
    reason: str
    citation: str = ""
    from_minute: int | None = None
    to_minute: int | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused("Ngày mở cửa lại trước ngày đóng cửa.", where="last", do="Sửa lại khoảng ngày.")
        if (self.last - self.first).days > LONGEST_CLOSURE:
            raise Refused(
                f"Một lần đóng cửa không dài quá {LONGEST_CLOSURE} ngày.",
                where="last",
                do="Kiểm tra lại năm của hai ngày.",
            )
        if (self.from_minute is None) != (self.to_minute is None):
            raise Refused(
                "Đóng cửa một phần ngày phải ghi cả giờ đóng và giờ mở.",
                where="from_minute",
                do="Ghi đủ hai giờ.",
            )
        if self.from_minute is not None and self.to_minute is not None:
            check_sessions(((self.from_minute, self.to_minute),), where="from_minute")

    @property
    def whole_day(self) -> bool:
        return self.from_minute is None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def without(sessions: Sessions, start: int, end: int) -> Sessions:
    """`sessions` with the minutes `start`..`end` taken out."""
    kept = []
    for a, b in sessions:
        kept += [(x, y) for x, y in ((a, min(b, start)), (max(a, end), b)) if x < y]
    return tuple(kept)
