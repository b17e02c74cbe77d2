"""The clock of a term in working hours, or in hours of the clock (Bộ luật Dân sự 2015, Điều 147); pure."""

from datetime import date, datetime, time

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_minutes, day_start, minutes_between
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.dayclock import DayClock
from congvu.foundation.workdays.rules.hours import DAY_MINUTES, AnyHours, Sessions
from congvu.foundation.workdays.rules.kinds import vn_date
from congvu.foundation.workdays.rules.moves import Move
from congvu.foundation.workdays.rules.policies import (
    LATE_RECEPTION,
    Extension,
    Pause,
    PausePolicy,
    StartPolicy,
)
from congvu.foundation.workdays.rules.term import Term, Unit

_ALL_DAY: Sessions = ((0, DAY_MINUTES),)


class MinuteClock:
    """Replays one term in hours. `end` is the due moment so far, naive legal time.

    anchor     the moment it runs from: the reception, moved to when work next goes on
    base_end   the moment at which the term itself is used up
    skipped    pauses whose minutes are left out of the counting, for the trace
    """

    def __init__(
        self, start: datetime, term: Term, calendar: Calendar, policy: StartPolicy, hours: AnyHours | None
    ) -> None:
        self.start, self.term, self.calendar, self.policy, self.hours = start, term, calendar, policy, hours
        self.working = term.unit is Unit.WORKING_HOUR
        self.moves: list[Move] = []
        self.notes: list[str] = []
        self.pauses: list[Pause] = []
        self._begin(start)

    def _begin(self, moment: datetime) -> None:
        """Start, or start again, from `moment`."""
        self.skipped: list[Pause] = []
        self.tail: list[Move] = []
        if self.term.backward:
            self.anchor = moment
            self.base_end = self._back(moment, self.term.total_minutes)
        else:
            self.anchor = self._snap(self._handed_over(moment))
            self.base_end = self._add(self.anchor, self.term.total_minutes)
        self.end: datetime = self.base_end

    def _handed_over(self, moment: datetime) -> datetime:
        late = moment.hour * 60 + moment.minute > LATE_RECEPTION
        if self.policy is StartPolicy.TRANSFER_DAY and late:
            following = self.calendar.nth_working_day(moment.date(), 1)
            return self.calendar.on_minutes(self.hours, lambda table: table.snap(day_start(following)))
        return moment

    def apply(self, pause: Pause) -> None:
        """A pause that has ended."""
        if pause.until is None:
            raise ValueError("an open pause moves nothing yet")
        before, amount = self.end, 0
        since, until = max(pause.since, self.anchor), pause.until
        applied = pause.policy is PausePolicy.RESTART or pause.since <= self.end
        if not applied:
            self.notes.append(f"Tạm dừng từ {vn_date(pause.since)} là sau giờ hẹn: không kéo dài hạn.")
        elif pause.policy is PausePolicy.RESTART:
            if any(move.kind == "extension" for move in self.tail):
                self.notes.append("Thời hạn tính lại từ đầu: lần gia hạn trước đó không còn.")
            self._begin(until)
        elif pause.policy is PausePolicy.EXTEND_WORKING_TIME:
            amount = self._skip(pause, since, until)
        else:
            amount = max(0, minutes_between(since, until))
            self.end = self._settle(add_minutes(self.end, amount))
        self.pauses.append(pause)
        why = f"{pause.reason}: {pause.policy.label}"
        move = Move(
            pause.policy, pause.since, pause.until, before, self.end, amount, why, pause.cited, applied
        )
        self.moves.append(move)
        if applied and pause.policy is not PausePolicy.RESTART and pause not in self.skipped:
            self.tail.append(move)

    def _skip(self, pause: Pause, since: datetime, until: datetime) -> int:
        """Minutes waited do not count; once the term itself is over they are added behind it."""
        waited = self._worked(since, until)
        if not self.tail and since < self.end:
            self.skipped.append(pause)
            total = sum(
                self._worked(max(p.since, self.anchor), p.until) for p in self.skipped if p.until is not None
            )
            self.base_end = self.end = self._add(self.anchor, self.term.total_minutes + total)
        else:
            later = self._add(self.end, waited) if waited else self.end
            self.end = max(later, self._settle(until)) if until > self.end else later
        return waited

    def extend(self, extension: Extension) -> None:
        """The one extension: so many hours more, or a later moment; a later day ends when its office closes."""
        before = self.end
        if extension.by is not None and extension.by.unit.in_minutes:
            if extension.by.unit is not self.term.unit:
                raise Refused(
                    f"Thời hạn {self.term.words()} không gia hạn bằng {extension.by.unit.label} được.",
                    where="extension",
                    do=f"Gia hạn bằng {self.term.unit.label} hoặc bằng ngày.",
                )
            self.end = self._add(before, extension.by.total_minutes)
        elif extension.by is not None:
            longer = DayClock(before, extension.by, self.calendar, StartPolicy.RECEPTION_DAY, self.hours)
            self.end = self._closing(longer.end)
        elif isinstance(extension.until, datetime):
            self.end = self._settle(extension.until)
        elif extension.until is not None:
            self.end = self._closing(self.calendar.roll(extension.until))
        if self.end <= before:
            raise Refused(
                f"Giờ hẹn mới không sau hạn đang có ({before:%H:%M} ngày {vn_date(before)}).",
                where="extension",
                do="Chọn một giờ sau hạn.",
                article=extension.citation,
            )
        why = f"{extension.reason}: đến {self.end:%H:%M} ngày {vn_date(self.end)}"
        amount = minutes_between(before, self.end)
        move = Move("extension", extension.at, None, before, self.end, amount, why, extension.citation)
        self.moves.append(move)
        self.tail.append(move)

    def sessions(self, day: date) -> Sessions:
        """The minutes of `day` in which this clock runs."""
        return self.calendar.sessions(day, self.hours) if self.working else _ALL_DAY

    # -- the line of minutes: of work, or of the clock ---------------------------------------------------------
    def _add(self, moment: datetime, minutes: int) -> datetime:
        if not self.working:
            return add_minutes(moment, minutes)
        return self.calendar.on_minutes(self.hours, lambda table: table.add(moment, minutes))

    def _back(self, moment: datetime, minutes: int) -> datetime:
        if not self.working:
            return add_minutes(moment, -minutes)
        return self.calendar.on_minutes(self.hours, lambda table: table.subtract(moment, minutes))

    def _worked(self, first: datetime, last: datetime) -> int:
        if last <= first:
            return 0
        if not self.working:
            return minutes_between(first, last)
        return self.calendar.on_minutes(self.hours, lambda table: table.worked(first, last))

    def _snap(self, moment: datetime) -> datetime:
        return (
            self.calendar.on_minutes(self.hours, lambda table: table.snap(moment)) if self.working else moment
        )

    def _settle(self, moment: datetime) -> datetime:
        """`moment` when the office is open or just closing, else when it next opens."""
        minute = moment.hour * 60 + moment.minute
        if any(a <= minute <= b for a, b in self.sessions(moment.date())):
            return moment
        return self._snap(moment)

    def _closing(self, day: date) -> datetime:
        if not self.working:
            return datetime.combine(day, time(23, 59))
        return self.calendar.on_minutes(self.hours, lambda table: table.closing(day))
