"""What a province may choose: when the clock starts, what a pause does, and the one extension; pure.

The law and running systems differ here (NĐ 61/2018, art. 19.4 against [IMPL]), so each is kept apart and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.rules.kinds import APOLOGY, RESTARTED, SEEN_IN_PRACTICE, vn_date
from congvu.foundation.workdays.rules.term import Term

LATE_RECEPTION = (
    15 * 60
)  # received after 15:00 is handed over at the start of the next working day (NĐ 61, art. 18.2)


class StartPolicy(StrEnum):
    """Which day is the first (uncounted) day of a dossier received after 15:00."""

    RECEPTION_DAY = "reception_day"  # the day of reception: the law moves only the hand-over
    TRANSFER_DAY = "transfer_day"  # the day of hand-over: an option of the province


class PausePolicy(StrEnum):
    """What the time between a request for supplement and the complete dossier does to the due day."""

    RESTART = "restart"  # counted again from zero (NĐ 61/2018, art. 19.4)
    EXTEND_WORKING_TIME = "extend_working_time"  # as many working days (minutes) later as were waited
    EXTEND_ELAPSED = "extend_elapsed"  # as many calendar days (minutes) later as were waited [IMPL]

    @property
    def label(self) -> str:
        return _PAUSE_WORDS[self]


_PAUSE_WORDS = {
    PausePolicy.RESTART: "tính lại từ đầu",
    PausePolicy.EXTEND_WORKING_TIME: "cộng thời gian làm việc đã chờ",
    PausePolicy.EXTEND_ELAPSED: "cộng thời gian đã chờ",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from `since` to `until`; None while it still does."""

    since: datetime
    until: datetime | None
    policy: PausePolicy = PausePolicy.RESTART
    reason: str = "Chờ bổ sung hồ sơ"
    citation: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise Refused(
                f"Tạm dừng từ {vn_date(self.since)} lại kết thúc trước đó, ngày {vn_date(self.until)}.",
                where="pause",
                do="Sửa lại ngày tạm dừng hoặc ngày tiếp tục.",
            )

    @property
    def cited(self) -> str:
        return self.citation or (RESTARTED if self.policy is PausePolicy.RESTART else SEEN_IN_PRACTICE)


@dataclass(frozen=True, slots=True)
class Extension:
    """The new appointment, allowed once: a day (`until`) or a length (`by`). `at` places it among the pauses."""

    until: date | datetime | None = None
    by: Term | None = None
    at: datetime | None = None
    reason: str = "Gia hạn, hẹn lại ngày trả"
    citation: str = APOLOGY

    def __post_init__(self) -> None:
        if (self.until is None) == (self.by is None):
            raise Refused(
                "Gia hạn phải ghi hoặc ngày hẹn mới, hoặc số ngày thêm.",
                where="extension",
                do="Chọn một trong hai.",
            )
        if self.by is not None and self.by.backward:
            raise Refused("Gia hạn không tính lùi.", where="extension", do="Ghi số ngày thêm.")


def in_order(pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses by beginning. Refuses two that overlap and one left open before another."""
    ordered = sorted(pauses, key=lambda one: one.since)
    for one, following in pairwise(ordered):
        if one.until is None or following.since < one.until:
            raise Refused(
                f"Hai lần tạm dừng chồng lên nhau: từ {vn_date(one.since)} và từ {vn_date(following.since)}.",
                where="pause",
                do="Kết thúc lần tạm dừng trước rồi mới ghi lần sau.",
            )
    return ordered


def check_extension(times_extended: int, notified: date, due: date, latest: date) -> None:
    """Refuses a second extension, and one notified later than `latest` (see counting.latest_apology_day)."""
    if times_extended >= 1:
        raise Refused(
            "Hồ sơ đã được hẹn lại ngày trả một lần.",
            where="extension",
            do="Không gia hạn thêm; xử lý và trả kết quả sớm nhất.",
            article=APOLOGY,
        )
    if notified > latest:
        raise Refused(
            f"Quá muộn để xin lỗi và hẹn lại: hạn trả là {vn_date(due)}, chậm nhất phải báo ngày {vn_date(latest)}.",
            where="extension",
            do="Xử lý và trả kết quả; hồ sơ được tính là quá hạn nếu trả sau ngày hẹn.",
            article=APOLOGY,
        )
