"""Plans as people list them in a sheet: unit, which plan, state, number, day, signer. Every row is answered. Pure.

Đơn vị | Kế hoạch               | Số        | Ngày ban hành | Người ký | Trạng thái
H99.08 | năm 2026               | 12/KH-SNV | 15/01/2026    | Trần A   | ban hành
Sở Y tế| giai đoạn 2026-2030    |           |               |          | dự thảo
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from congvu.foundation.sheets.reading import Sheet
from congvu.foundation.text import composed, fold
from congvu.foundation.text.days import read_day
from congvu.foundation.workdays.rules import holidays
from congvu.tasks.rules.kinds import DRAFT, ISSUED, NONE, PERIOD, REFORM, WORK, YEAR
from congvu.tasks.rules.spans import FIRST_YEAR, LAST_YEAR

UNIT, PLAN, NUMBER, ISSUED_ON, SIGNER, STATE, MOTTO = (
    "Đơn vị", "Kế hoạch", "Số", "Ngày ban hành", "Người ký", "Trạng thái", "Phương châm",
)  # fmt: skip
NEEDED = (UNIT, PLAN)
COLUMNS = (UNIT, PLAN, NUMBER, ISSUED_ON, SIGNER, STATE, MOTTO)
_SAME = {
    "ma don vi": UNIT, "ten don vi": UNIT, "co quan": UNIT, "loai ke hoach": PLAN, "ky ke hoach": PLAN, "so ky hieu": NUMBER,
    "so hieu": NUMBER, "so ke hoach": NUMBER, "ngay": ISSUED_ON, "ngay ky": ISSUED_ON, "tinh trang": STATE,
}  # fmt: skip
_STATES = {
    "": "", "da ban hanh": ISSUED, "ban hanh": ISSUED, "du thao": DRAFT, "chua co": NONE, "chua ban hanh": NONE, "chua": NONE,
}  # fmt: skip
LONGEST_NUMBER = 100
_YEARS = re.compile(r"(\d{4})\s*(?:[-–—]|đến|den)\s*(\d{4})")
_ONE_YEAR = re.compile(r"\b(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A row read: `problems` empty when it can be taken. `state` NONE asks for nothing to be written."""

    line: int
    unit_words: str
    unit_id: int | None = None
    subject: str = REFORM
    term: str = ""
    first_year: int = 0
    last_year: int = 0
    state: str = ""
    number: str = ""
    issued_on: date | None = None
    signer: str = ""
    motto: str = ""
    problems: list[str] = field(default_factory=list)


def read_rows(sheet: Sheet, units: Mapping[str, int | None], *, today: date) -> list[Row]:
    """Every row with anything in it. `units`: codes and folded names (None: several have that name)."""
    heads = [
        _SAME.get(fold(str(cell or "")), composed(str(cell or "")))
        for cell in (sheet.rows[0] if sheet.rows else ())
    ]
    merged = sheet.merged_rows()
    found = []
    for place, cells in enumerate(sheet.rows[1:], start=1):
        texts = dict(zip(heads, cells, strict=False))
        if not any(cells):
            continue
        row = _row(sheet.line(place), texts, units, today)
        if sheet.line(place) in merged:
            row.problems.append(f"Ô gộp {', '.join(merged[sheet.line(place)])}: tách ô rồi nạp lại.")
        found.append(row)
    _twice(found)
    return found


def lacking(sheet: Sheet) -> list[str]:
    """The headings a sheet must have and has not."""
    have = {
        _SAME.get(fold(str(cell or "")), composed(str(cell or "")))
        for cell in (sheet.rows[0] if sheet.rows else ())
    }
    return [one for one in NEEDED if one not in have]


def years_of(words: str) -> tuple[str, int, int] | None:
    """(term, first, last) of "giai đoạn 2021-2025", "năm 2026"; None when no year is said."""
    span = _YEARS.search(words)
    if span is not None:
        first, last = int(span[1]), int(span[2])
        return (PERIOD if last > first else YEAR, first, last)
    year = _ONE_YEAR.search(words)
    return (YEAR, int(year[1]), int(year[1])) if year else None


def _row(line: int, texts: Mapping[str, object], units: Mapping[str, int | None], today: date) -> Row:
    problems: list[str] = []
    words = composed(str(texts.get(UNIT) or ""))
    unit = units.get(words.upper(), units.get(fold(words)))
    if not words:
        problems.append("Thiếu đơn vị.")
    elif unit is None:
        several = fold(words) in units
        problems.append(f"{'Nhiều' if several else 'Không có'} đơn vị tên «{words}»; ghi mã đơn vị.")
    plan = composed(str(texts.get(PLAN) or ""))
    years = years_of(plan)
    if years is None or years[1] > years[2]:
        problems.append(
            f"Không đọc được kỳ kế hoạch «{plan}»; ghi như «năm 2026» hoặc «giai đoạn 2021-2025»."
        )
    elif years[1] < FIRST_YEAR or years[2] > LAST_YEAR:
        problems.append(f"Kỳ kế hoạch «{plan}» ngoài các năm {FIRST_YEAR}-{LAST_YEAR}.")
    number = composed(str(texts.get(NUMBER) or ""))
    if len(number) > LONGEST_NUMBER:
        problems.append(f"Số kế hoạch dài quá {LONGEST_NUMBER} chữ.")
    day, wrong = _day(texts.get(ISSUED_ON))
    state = _STATES.get(fold(str(texts.get(STATE) or "")), "?")
    if state == "":
        state = ISSUED if number or day else NONE
    problems += _complaints(state, number, day, wrong, today)
    term, first, last = years or ("", 0, 0)
    subject = WORK if "cong tac" in fold(plan) else REFORM
    return Row(
        line, words, unit, subject, term, first, last, state, number, day,
        composed(str(texts.get(SIGNER) or "")), composed(str(texts.get(MOTTO) or "")), problems,
    )  # fmt: skip


def _complaints(state: str, number: str, day: date | None, wrong: str, today: date) -> Iterable[str]:
    if wrong:
        yield f"Không đọc được ngày «{wrong}»; ghi dạng 15/01/2026."
    if state == "?":
        yield "Trạng thái phải là: ban hành, dự thảo hoặc chưa có."
    if state == ISSUED and not number:
        yield "Đã ban hành mà thiếu số kế hoạch."
    if state == ISSUED and day is None and not wrong:
        yield "Đã ban hành mà thiếu ngày ban hành."
    if day is not None and day > today:
        yield f"Ngày ban hành {day:%d/%m/%Y} chưa tới."
    if day is not None and day.year < holidays.FIRST_YEAR:
        yield f"Ngày ban hành {day:%d/%m/%Y} trước năm {holidays.FIRST_YEAR}."


def _day(cell: object) -> tuple[date | None, str]:
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    text = composed(str(cell or ""))
    day = read_day(text)
    return day, "" if day is not None else text


def _twice(rows: Sequence[Row]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (row.unit_id, row.subject, row.term, row.first_year, row.last_year)
        if row.unit_id is not None and row.term and key in seen:
            row.problems.append(f"Trùng dòng {seen[key]}.")
        seen.setdefault(key, row.line)
