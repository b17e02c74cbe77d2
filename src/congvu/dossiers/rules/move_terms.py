"""What moving to another version does to the promised day. Pure.

A dossier received before a change is handled under what was in force at its reception unless the decision says otherwise;
the day on its receipt binds the agency. So the day never moves later by itself: a later day is an apology with a new
appointment (NĐ 61/2018, art. 19.9), given once and in time. Nor does a shortened term make a dossier late at a stroke.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from congvu.dossiers.rules import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.rules.calendar import Calendar


class DueChoice(StrEnum):
    """What the decision says of the promised day."""

    NOT_LATER = "khong-muon-hon"
    STAY = "giu-nguyen"
    FOLLOW = "theo-ban-moi"

    @property
    def label(self) -> str:
        return {
            "khong-muon-hon": "Theo bản mới, nhưng không muộn hơn ngày đã hẹn",
            "giu-nguyen": "Giữ ngày đã hẹn",
            "theo-ban-moi": "Theo bản mới, cả khi muộn hơn (xin lỗi và hẹn lại)",
        }[self.value]


class PaperChoice(StrEnum):
    """What the decision says of papers that only the new version asks for."""

    NONE = "khong-doi"
    ASK = "ghi-con-thieu"

    @property
    def label(self) -> str:
        return {
            "khong-doi": "Không đòi thêm giấy tờ của hồ sơ đã nhận",
            "ghi-con-thieu": "Ghi giấy tờ mới vào hồ sơ là còn thiếu",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Standing:
    """The clock of a dossier when it is moved: its day, and whether it may still be apologised for."""

    ledger: clock.Ledger
    day: clock.Day
    handled: bool  # received or being handled: the clock runs


@dataclass(frozen=True, slots=True)
class DueMoved:
    """The clock afterwards. `extended`: the later day is an apology. `note`: why the new term was not taken."""

    term_n: int | None
    term_unit: str
    day: clock.Day
    extended: bool = False
    note: str = ""


def due_moved(
    standing: Standing, term: tuple[int | None, str], calendar: Calendar, choice: DueChoice, today: date
) -> DueMoved:
    """The promised day under the new version's term. Ledger and day always agree, so that a change of the calendar
    recomputes the same day."""
    ledger, was = standing.ledger, standing.day
    stays = DueMoved(ledger.term_n, ledger.term_unit, was)
    if choice is DueChoice.STAY or term == (ledger.term_n, ledger.term_unit):
        return stays
    if term[0] is None:
        return replace(stays, note="Bản mới không hẹn ngày; giữ ngày đã hẹn.")
    if ledger.extended_to is not None:
        return replace(stays, note="Đã hẹn lại một lần; giữ ngày hẹn lại.")
    becomes = clock.due_of(replace(ledger, term_n=term[0], term_unit=term[1]), calendar)
    if becomes[0] is None:
        return stays
    if becomes[0] < today:
        return replace(stays, note="Tính theo bản mới thì đã quá hạn; giữ ngày đã hẹn.")
    if was[0] is None or _moment(becomes) <= _moment(was):
        return DueMoved(*term, becomes)
    if choice is DueChoice.NOT_LATER:
        return replace(stays, note="Bản mới hẹn muộn hơn; giữ ngày đã hẹn.")
    return _apologised(standing, becomes[0], calendar, today)


def _apologised(standing: Standing, later: date, calendar: Calendar, today: date) -> DueMoved:
    ledger, was = standing.ledger, standing.day
    stays = DueMoved(ledger.term_n, ledger.term_unit, was)
    if not standing.handled:
        return replace(stays, note="Đang tạm dừng, chưa hẹn lại được; giữ ngày đã hẹn.")
    if was[0] is None or today > clock.latest_apology(was[0], calendar):
        return replace(stays, note="Không còn kịp xin lỗi và hẹn lại; giữ ngày đã hẹn.")
    if later <= was[0] or not clock.is_working(later, calendar):
        return replace(stays, note="Ngày theo bản mới không hẹn được; giữ ngày đã hẹn.")
    return replace(stays, day=(later, None), extended=True)


def refuse_without_reason(choice: DueChoice, reason: str) -> None:
    """A later day than promised needs a reason: it is printed in the letter of apology."""
    if choice is DueChoice.FOLLOW and not reason.strip():
        raise Refused(
            "Chưa ghi lý do hẹn muộn hơn ngày đã hẹn.",
            where="due_reason",
            do="Ghi lý do: nó được in trong thư xin lỗi và hẹn lại.",
            article="NĐ 61/2018, Điều 19.9",
        )


def _moment(day: clock.Day) -> tuple[date, float]:
    """Days compare as days; on the same day an hour is earlier than the day's end."""
    assert day[0] is not None
    return day[0], day[1].timestamp() if day[1] is not None else float("inf")
