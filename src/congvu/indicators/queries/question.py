"""What exactly is asked: a period, the day whose state is told, and by when it had to be known."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.clock import legal
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import day_start, next_day
from congvu.indicators.rules.periods import Period, period_of


@dataclass(frozen=True, slots=True)
class Question:
    """A period as of a day. `known_on`: only what had been recorded by the end of that day counts; None for all we know
    now. `known_at`: the same to the moment, for a table that was published."""

    period: Period
    as_of: date
    known_on: date | None = None
    known_at: datetime | None = None

    @property
    def first(self) -> date:
        return self.period.first

    @property
    def last(self) -> date:
        """The day whose end is told: the last of the period, or `as_of` when that is earlier."""
        return min(self.period.last, self.as_of)

    @property
    def known_until(self) -> datetime | None:
        """What was recorded before this moment counts; None: all."""
        if self.known_at is not None:
            return self.known_at
        return legal(day_start(next_day(self.known_on))) if self.known_on else None

    @property
    def params(self) -> dict[str, Any]:
        """The named parameters of the statements in `bulk/`."""
        return {
            "first": self.first,
            "last": self.last,
            "until": legal(day_start(next_day(self.last))),
            "known_until": self.known_until,
        }


def ask(
    first: date, last: date, *, today: date, as_of: date | None = None, known_on: date | None = None
) -> Question:
    """The question of the period `first`..`last`, as of the end of `as_of`.

    Without `as_of` the state told is that at the end of the period, or of today while the period still runs: nobody is
    late tomorrow. A later `as_of` changes nothing, so a report made again gives the same numbers. `known_on` leaves
    out what was recorded after it, even when it happened before (late entries, imported past cases).

    Refuses a period that runs backwards, lies outside 1900-2199, or has not begun by `as_of`.
    """
    period = period_of(first, last)
    day = as_of if as_of is not None else min(last, today)
    if day < first:
        raise Refused(
            f"Kỳ báo cáo bắt đầu ngày {first:%d/%m/%Y}, sau ngày chốt số liệu {day:%d/%m/%Y}.",
            where="as_of",
            do="Chọn ngày chốt trong hoặc sau kỳ báo cáo.",
        )
    return Question(period, day, known_on)
