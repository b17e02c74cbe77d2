"""A past case as an event log tells it, what may be doubtful about it, and whether it was on time.

Dates are those of the log's own wall clock: an event at 23:30+02:00 happened on that day, wherever it is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """Where a case is counted. Every case has exactly one, so the four counts sum to the cases."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    UNCLEAR = "flagged"


class Doubt(StrEnum):
    """What a person should look at. A case may have several; they do not move it to another count,
    except the two of `_UNCLEAR`, which make "on time or late" unanswerable."""

    ENDED_WITHOUT_DUE = "ended_without_due"
    OPEN_WITHOUT_DUE = "open_without_due"
    END_BEFORE_START = "end_before_start"
    DUE_BEFORE_START = "due_before_start"
    CLOSED_WITHOUT_END = "closed_without_end"
    EVENT_BEFORE_START = "event_before_start"
    EVENT_AFTER_END = "event_after_end"
    START_FROM_EVENTS = "start_from_events"
    UNREADABLE_START = "unreadable_start"
    UNREADABLE_DUE = "unreadable_due"
    UNREADABLE_END = "unreadable_end"
    UNREADABLE_EVENT = "unreadable_event"
    NO_EVENTS = "no_events"
    CONTRADICTING_ROWS = "contradicting_rows"
    REPEATED_REF = "repeated_ref"
    MISSING_REF = "missing_ref"


WORDS: Mapping[str, str] = {
    Doubt.ENDED_WITHOUT_DUE: "đã kết thúc nhưng không ghi hạn",
    Doubt.OPEN_WITHOUT_DUE: "đang giải quyết, không ghi hạn",
    Doubt.END_BEFORE_START: "ngày kết thúc trước ngày bắt đầu",
    Doubt.DUE_BEFORE_START: "hạn trước ngày bắt đầu",
    Doubt.CLOSED_WITHOUT_END: "trạng thái ghi đã đóng nhưng không có ngày kết thúc",
    Doubt.EVENT_BEFORE_START: "có sự kiện trước ngày bắt đầu",
    Doubt.EVENT_AFTER_END: "có sự kiện sau ngày kết thúc",
    Doubt.START_FROM_EVENTS: "không ghi ngày bắt đầu, lấy sự kiện đầu tiên",
    Doubt.UNREADABLE_START: "ngày bắt đầu không đọc được",
    Doubt.UNREADABLE_DUE: "hạn không đọc được",
    Doubt.UNREADABLE_END: "ngày kết thúc không đọc được",
    Doubt.UNREADABLE_EVENT: "có sự kiện không đọc được thời điểm",
    Doubt.NO_EVENTS: "không có sự kiện nào",
    Doubt.CONTRADICTING_ROWS: "các dòng của một vụ việc ghi ngày khác nhau",
    Doubt.REPEATED_REF: "mã vụ việc lặp lại trong nhật ký",
    Doubt.MISSING_REF: "không ghi mã vụ việc, lấy số thứ tự",
}
_UNCLEAR = frozenset({Doubt.ENDED_WITHOUT_DUE, Doubt.END_BEFORE_START})


class PastEvent(NamedTuple):
    """One thing done in a past case. `person_ref` is a pseudonym; `at` is None when the log's text cannot be read."""

    at: datetime | None
    activity: str
    person_ref: str
    unit_label: str
    lifecycle: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PastCase:
    """A past case with its events in order of time. `opened_at` is None only when nothing in the log dates it."""

    ref: str
    opened_at: datetime | None
    due_on: date | None
    ended_at: datetime | None
    channel: str
    unit_label: str
    field_label: str
    attributes: Mapping[str, str]
    events: tuple[PastEvent, ...]
    doubts: tuple[Doubt, ...]

    @property
    def outcome(self) -> Outcome:
        """On time when the date it ended is not after the date it was due; open when no end is written, or none that
        can be read. Statistics of imported cases (indicators) tell them apart in the same way."""
        if not _UNCLEAR.isdisjoint(self.doubts):
            return Outcome.UNCLEAR
        if self.ended_at is None:
            return Outcome.OPEN
        if self.due_on is None:
            return Outcome.UNCLEAR
        return Outcome.ON_TIME if self.ended_at.date() <= self.due_on else Outcome.LATE

    @property
    def in_form_06(self) -> Outcome:
        """Where form 06 counts the case: as `outcome`, but ended without a due date is on time there (practice
        behind the form), and contradicting dates are compared as they stand."""
        if self.ended_at is None:
            return Outcome.OPEN
        late = self.due_on is not None and self.ended_at.date() > self.due_on
        return Outcome.LATE if late else Outcome.ON_TIME


@dataclass(slots=True)
class Tally:
    """Counts kept while cases stream by."""

    cases: int = 0
    events: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    form_06: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    doubts: dict[Doubt, int] = field(default_factory=dict)

    def add(self, case: PastCase) -> None:
        self.cases += 1
        self.events += len(case.events)
        self.outcomes[case.outcome] += 1
        self.form_06[case.in_form_06] += 1
        for doubt in case.doubts:
            self.doubts[doubt] = self.doubts.get(doubt, 0) + 1
