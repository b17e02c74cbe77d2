"""The clock of a term in working days, days, weeks, months or years (Bộ luật Dân sự 2015, Điều 144-148); pure."""

from datetime import date, datetime

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_days, add_months, days_between
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.hours import AnyHours
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


class DayClock:
    """Replays one term. `end` is the due day so far.

    anchor     the first day, which is not counted (art. 147); after a restart, the day of the complete dossier
    base_end   the last day of the term itself, before it rolls over days off
    base_due   the same after rolling (art. 148)
    skipped    pauses whose working days are left out of the counting, for the trace
    """

    def __init__(
        self, start: datetime, term: Term, calendar: Calendar, policy: StartPolicy, hours: AnyHours | None
    ) -> None:
        self.start, self.term, self.calendar, self.policy, self.hours = start, term, calendar, policy, hours
        self.moves: list[Move] = []
        self.notes: list[str] = []
        self.pauses: list[Pause] = []
        self._begin(start)

    def _begin(self, moment: datetime) -> None:
        """Start, or start again, from `moment`."""
        self.begun = moment
        self.skipped: list[Pause] = []
        self.tail: list[Move] = []
        self.anchor = moment.date() if self.term.backward else first_day(moment, self.calendar, self.policy)
        self.base_end = self._base_end(0)
        self.base_due = self.base_end if self.term.backward else self.calendar.roll(self.base_end)
        self.end: date = self.base_due

    def _base_end(self, skipped: int) -> date:
        """The day on which the term itself ends, when `skipped` working days are left out."""
        term = self.term
        n = -term.n if term.backward else term.n
        if term.unit is Unit.WORKING_DAY:
            return self.calendar.nth_working_day(self.anchor, n + skipped)
        if term.unit is Unit.SAME_DAY:
            return self._same_day()
        return calendar_end(self.anchor, n, term.unit)

    def _same_day(self) -> date:
        """ "Trong ngày": received by 15:00 of a working day, that day; else the next working day. Not 24 hours."""
        moment = self.begun
        in_time = moment.hour * 60 + moment.minute <= LATE_RECEPTION
        if in_time and self.calendar.works(moment.date()):
            return moment.date()
        return self.calendar.nth_working_day(moment.date(), 1)

    def apply(self, pause: Pause) -> None:
        """A pause that has ended."""
        if pause.until is None:
            raise ValueError("an open pause moves nothing yet")
        before, amount = self.end, 0
        since, until = max(pause.since.date(), self.anchor), pause.until.date()
        applied = pause.policy is PausePolicy.RESTART or pause.since.date() <= self.end
        if not applied:
            self.notes.append(
                f"Tạm dừng từ {vn_date(pause.since)} là sau ngày hẹn {vn_date(before)}: không kéo dài hạn."
            )
        elif pause.policy is PausePolicy.RESTART:
            if self.tail and any(move.kind == "extension" for move in self.tail):
                self.notes.append("Thời hạn tính lại từ đầu: lần gia hạn trước đó không còn.")
            self._begin(pause.until)
        elif pause.policy is PausePolicy.EXTEND_WORKING_TIME:
            amount = self._skip_working_days(pause, since, until)
        else:
            amount = max(0, days_between(since, until))
            self.end = self.calendar.roll(add_days(self.end, amount))
        self.pauses.append(pause)
        why = f"{pause.reason}: {pause.policy.label}"
        move = Move(
            pause.policy, pause.since, pause.until, before, self.end, amount, why, pause.cited, applied
        )
        self.moves.append(move)
        if applied and pause.policy is not PausePolicy.RESTART and pause not in self.skipped:
            self.tail.append(move)

    def _skip_working_days(self, pause: Pause, since: date, until: date) -> int:
        """Working days waited do not count; once the term itself is over they are added behind it."""
        waited = max(0, self.calendar.working_days_between(since, until)) if until > since else 0
        if self.term.unit is Unit.WORKING_DAY and not self.tail and since < self.end:
            self.skipped.append(pause)
            total = sum(self._waited(one) for one in self.skipped)
            self.base_end = self.base_due = self.end = self._base_end(total)
        elif waited:
            back = self.calendar.roll(until)  # asked on the due day itself: due when the clock runs again
            self.end = max(self.calendar.nth_working_day(self.end, waited), back)
        elif until > self.end:
            self.end = self.calendar.roll(until)
        return waited

    def _waited(self, pause: Pause) -> int:
        """Working days in (beginning, end] of a pause, after the first day."""
        until = pause.until.date() if pause.until is not None else self.anchor
        since = max(pause.since.date(), self.anchor)
        return self.calendar.working_days_between(since, until) if until > since else 0

    def extend(self, extension: Extension) -> None:
        """The one extension: a later day, or so much longer. A day off rolls to the next working day."""
        before = self.end
        if extension.by is not None:
            if extension.by.unit.in_minutes or extension.by.unit is Unit.SAME_DAY:
                raise Refused(
                    f"Thời hạn {self.term.words()} không gia hạn theo giờ được.",
                    where="extension",
                    do="Gia hạn theo ngày.",
                )
            longer = DayClock(
                _noon(before), extension.by, self.calendar, StartPolicy.RECEPTION_DAY, self.hours
            )
            self.end = longer.end
            amount, how = extension.by.n, f"thêm {extension.by.words()}"
        else:
            until = extension.until.date() if isinstance(extension.until, datetime) else extension.until
            if until is None or until <= before:
                raise Refused(
                    f"Ngày hẹn mới {vn_date(until or before)} không sau hạn đang có {vn_date(before)}.",
                    where="extension",
                    do="Chọn một ngày sau hạn.",
                    article=extension.citation,
                )
            self.end = self.calendar.roll(until)
            amount, how = days_between(before, self.end), f"đến {vn_date(self.end)}"
        why = f"{extension.reason}: {how}"
        move = Move("extension", extension.at, None, before, self.end, amount, why, extension.citation)
        self.moves.append(move)
        self.tail.append(move)

    def is_paused(self, day: date) -> Pause | None:
        """The pause in which the clock stood on `day`: after the day it was asked, up to the day it ended."""
        for pause in self.pauses:
            if pause.until is not None and pause.since.date() < day <= pause.until.date():
                return pause
        return None


def first_day(moment: datetime, calendar: Calendar, policy: StartPolicy) -> date:
    """The day that is not counted: reception, or under TRANSFER_DAY the working day on which it is handed over."""
    day = moment.date()
    if policy is StartPolicy.RECEPTION_DAY:
        return day
    if moment.hour * 60 + moment.minute > LATE_RECEPTION:
        return calendar.nth_working_day(day, 1)
    return calendar.roll(day)


def calendar_end(anchor: date, n: int, unit: Unit) -> date:
    """The day on which `n` days, weeks, months or years after (before, when negative) `anchor` end, unrolled."""
    if unit is Unit.DAY:
        return add_days(anchor, n)
    if unit is Unit.WEEK:
        return add_days(anchor, 7 * n)
    return add_months(anchor, n if unit is Unit.MONTH else 12 * n)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
