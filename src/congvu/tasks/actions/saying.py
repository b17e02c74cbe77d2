"""What every verb of plans asks of typed words and days."""

from datetime import date, datetime

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.workdays.rules.holidays import FIRST_YEAR, LAST_YEAR


def said(text: str, where: str, label: str, longest: int) -> str:
    """The words, composed. Refuses none, and too many."""
    clean = composed(text)
    if not clean:
        raise Refused(f"Chưa ghi {label.lower()}.", where=where, do="Ghi rồi gửi lại.")
    if len(clean) > longest:
        raise Refused(f"{label} dài quá {longest} chữ.", where=where, do="Viết gọn lại.")
    return clean


def reckoned(day: date, where: str, label: str) -> date:
    """A day the calendar of working days reaches. Refuses another: it is a slip of the keys, and no list could count with it."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(
            f"{label} có năm {day.year}, ngoài lịch làm việc {FIRST_YEAR}-{LAST_YEAR}.",
            where=where,
            do="Kiểm tra lại năm.",
        )
    return day


def past(day: date, at: datetime, where: str, label: str) -> date:
    """A day of a paper that is there already. Refuses one to come, and one before the calendar begins."""
    reckoned(day, where, label)
    if day > at.date():
        raise Refused(f"{label} {day:%d/%m/%Y} chưa tới.", where=where, do="Ghi khi văn bản đã ban hành.")
    return day
