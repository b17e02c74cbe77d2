"""A sheet of numbers to enter: one line a figure, a unit and a period. Pure: every line is read or refused, none is lost."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet, text_of
from congvu.indicators.rules.definitions import ENTERED_FLAGS, Figure, Flag
from congvu.indicators.rules.entering import Typed, cell_number, checked, number_typed

HEADINGS = (
    "Mã số liệu", "Mã đơn vị", "Từ ngày", "Đến ngày", "Tử số", "Mẫu số", "Tỷ lệ", "Loại", "Nguyên văn", "Lấy từ", "Lý do",
)  # fmt: skip
_NEEDED = ("Mã số liệu", "Từ ngày", "Đến ngày", "Lấy từ", "Lý do")
_FLAGS = {one.words.lower(): one for one in ENTERED_FLAGS} | {one.value: one for one in ENTERED_FLAGS}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: what it says, or why it is refused. `typed` None: refused."""

    line: int
    figure: str
    unit: str
    typed: Typed | None
    refused: str = ""


def lines_of(sheet: Sheet, figures: Mapping[str, Figure], units: Mapping[str, int]) -> list[Line]:
    """Every line that has anything in it. Refuses a sheet that lacks a heading; a heading nobody asked for is left alone."""
    lacks = sheet.lacks(_NEEDED)
    if lacks:
        raise Refused(
            f"Trang tính thiếu cột: {', '.join(lacks)}.",
            where=sheet.name,
            do="Dùng bảng mẫu tải ở trang này.",
        )
    heads = [text_of(cell) for cell in sheet.rows[0]]
    places = {name: heads.index(name) for name in HEADINGS if name in heads}
    merged = sheet.merged_rows()
    found: list[Line] = []
    seen: dict[tuple[object, ...], int] = {}
    for at, row in enumerate(sheet.rows[1:], start=1):
        cells = {name: row[place] if place < len(row) else None for name, place in places.items()}
        if not any(text_of(cell) for cell in cells.values()):
            continue
        one = _line(sheet.line(at), cells, figures, units, merged)
        if one.typed is not None:
            key = (one.typed.figure, one.typed.unit_id, one.typed.first, one.typed.last)
            if key in seen:
                one = Line(one.line, one.figure, one.unit, None, f"Trùng với dòng {seen[key]}.")
            else:
                seen[key] = one.line
        found.append(one)
    return found


def carried_of(lines: Sequence[Line]) -> str:
    """The lines that were read, as CSV text for a form that carries them along: read again they say the same numbers. A line
    that was refused is not among them, so that it is never entered."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for line in lines:
        one = line.typed
        if one is not None:
            numbers = (number_typed(n) for n in (one.numerator, one.denominator, one.rate))
            days = (f"{day:%d/%m/%Y}" for day in (one.first, one.last))
            writer.writerow(
                [line.figure, line.unit, *days, *numbers, one.flag.words, one.words, one.paper, one.reason]
            )
    return out.getvalue()


def _line(
    line: int,
    cells: Mapping[str, object],
    figures: Mapping[str, Figure],
    units: Mapping[str, int],
    merged: Mapping[int, list[str]],
) -> Line:
    code, unit = text_of(cells.get("Mã số liệu")), text_of(cells.get("Mã đơn vị"))
    try:
        if line in merged:
            raise Refused(f"Dòng có ô gộp {', '.join(merged[line])}.", do="Bỏ gộp ô rồi nhập lại.")
        figure = figures.get(code)
        if figure is None or not figure.by_hand:
            raise Refused(f"Không có số liệu nhập tay «{code[:40]}».", where="Mã số liệu", do="Xem danh mục.")
        if unit and unit not in units:
            raise Refused(
                f"Không có đơn vị mã «{unit[:30]}».", where="Mã đơn vị", do="Để trống nếu là số toàn tỉnh."
            )
        numerator, denominator, rate = (
            cell_number(cells.get(name), name) for name in ("Tử số", "Mẫu số", "Tỷ lệ")
        )
        typed = Typed(
            code, units.get(unit), _day(cells.get("Từ ngày"), "Từ ngày"), _day(cells.get("Đến ngày"), "Đến ngày"),
            _flag(text_of(cells.get("Loại"))), text_of(cells.get("Lấy từ")), text_of(cells.get("Lý do")), numerator, denominator,
            rate, text_of(cells.get("Nguyên văn")),
        )  # fmt: skip
        return Line(line, code, unit, checked(figure, typed))
    except Refused as no:
        return Line(line, code, unit, None, no.sentence())


def _flag(text: str) -> Flag:
    found = _FLAGS.get(text.lower()) if text else Flag.HAND
    if found is None:
        words = ", ".join(one.words for one in ENTERED_FLAGS)
        raise Refused(f"Không có loại «{text[:30]}».", where="Loại", do=f"Chọn một trong: {words}.")
    return found


def _day(cell: object, where: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    raise Refused(f"Không đọc được ngày «{text[:30]}».", where=where, do="Viết dạng 31/10/2026.")
