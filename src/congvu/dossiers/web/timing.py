"""Working days as the lists say them: how many are left, and where "ba ngày làm việc tới" ends."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu.dossiers.queries.work import Days
from congvu.foundation import clock
from congvu.foundation.clock import legal
from congvu.foundation.ui import formats
from congvu.foundation.workdays.queries import calendar_now
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.kinds import DayKind

NEAR_DAYS = 3
LONG_WAIT = 5  # working days a result lies at the counter before the page points at it


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Today, and the province's calendar to count with."""

    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def days(self) -> Days:
        """Where the groups of urgency part."""
        return Days(self.today, self.calendar.nth_working_day(self.today, NEAR_DAYS))

    def left(self, due: date | None) -> int | None:
        """Working days from today to `due`: 0 today, negative when past, None without a due day."""
        return None if due is None else self.calendar.working_days_between(self.today, due)

    def waits(self, since: datetime | None) -> tuple[str, str]:
        """The chip of a result that waits for its owner: never late, amber past a week of work."""
        days = self.calendar.working_days_between(legal(since).date(), self.today) if since else 0
        state = "soon" if days > LONG_WAIT else "ok"
        return state, f"Chờ {formats.number(days)} ngày" if days > 0 else "Mới có"

    def skipped_words(self) -> str:
        """ "Bỏ qua 24/11 (Ngày Văn hóa Việt Nam)": holidays inside the next three working days."""
        days = [
            f"{one.date:%d/%m} ({one.reason})"
            for one in self.calendar.days_off(self.today, self.days.near)
            if one.kind is not DayKind.NGHI_TUAN and not one.works
        ]
        return f"Bỏ qua {', '.join(days)}." if days else ""


def reckoning() -> Reckoning:
    """Now, by the calendar in force. 1 statement (the calendar is kept per version)."""
    return Reckoning(clock.now(), calendar_now())
