"""The words of the calendar: kinds of day, how well a fact is known, and the articles cited again and again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayKind(StrEnum):
    """What a day is for the working calendar. `works` says whether it is a working day."""

    LAM_VIEC = "LAM_VIEC"  # an ordinary working day
    NGHI_TUAN = "NGHI_TUAN"  # weekly day off
    LE = "LE"  # public holiday
    NGHI_BU = "NGHI_BU"  # off in exchange for a holiday that fell on a weekly day off
    HOAN_DOI_NGHI = "HOAN_DOI_NGHI"  # working day turned off by a swap
    HOAN_DOI_LAM = "HOAN_DOI_LAM"  # weekly day off worked in exchange
    DONG_CUA = "DONG_CUA"  # the unit is closed (storm, flood): of this unit only

    @property
    def works(self) -> bool:
        return self in WORKING

    @property
    def label(self) -> str:
        """The Vietnamese name for a screen."""
        return _LABELS[self]


WORKING = frozenset((DayKind.LAM_VIEC, DayKind.HOAN_DOI_LAM))
_LABELS = {
    DayKind.LAM_VIEC: "Ngày làm việc",
    DayKind.NGHI_TUAN: "Nghỉ hằng tuần",
    DayKind.LE: "Nghỉ lễ, tết",
    DayKind.NGHI_BU: "Nghỉ bù",
    DayKind.HOAN_DOI_NGHI: "Nghỉ hoán đổi",
    DayKind.HOAN_DOI_LAM: "Làm việc hoán đổi",
    DayKind.DONG_CUA: "Tạm đóng cửa",
}


class Evidence(StrEnum):
    """How well a fact is known; the same tags as `foundation.lawtable`."""

    TXT = "TXT"  # the text itself was read
    IMPL = "IMPL"  # seen in a running system
    SEC = "SEC"  # quoted by someone else
    MEM = "MEM"  # from memory, not checked
    CHECKED = "DA_DOI_CHIEU"  # an official compared it with the decision


@dataclass(frozen=True, slots=True)
class Day:
    """A day, what it is, and by which text. `tentative`: decided each year, and this year's decision is not in yet."""

    date: date
    kind: DayKind
    reason: str
    citation: str = ""
    evidence: str = Evidence.TXT
    tentative: bool = False

    @property
    def works(self) -> bool:
        return self.kind.works


WEEKDAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

FIRST_DAY = "Bộ luật Dân sự 2015, Điều 147"
LAST_DAY = "Bộ luật Dân sự 2015, Điều 148"
WEEKLY_REST = "Quyết định 188/1999/QĐ-TTg"
TRANSFER = "Nghị định 61/2018/NĐ-CP, Điều 18.2"
RESTARTED = "Nghị định 61/2018/NĐ-CP, Điều 19.4"
APOLOGY = "Nghị định 61/2018/NĐ-CP, Điều 19.9"
SEEN_IN_PRACTICE = "thông lệ hệ thống một cửa đang dùng (chưa đối chiếu)"
EIGHT_HOURS = "thông lệ hệ thống một cửa: 08 giờ làm việc là 01 ngày"


def vn_date(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def vn_time(minute: int) -> str:
    """hh:mm of a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
