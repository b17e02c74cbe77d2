"""A sheet as it stood. Pure: bytes in, rows out, or a refusal in words.

A merged cell keeps its content in its first cell only; which row the others belong to cannot be known. Who reads a sheet
answers those rows one by one (`merged_rows`).
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from congvu.foundation.refusal import Refused

MOST_ROWS, MOST_BYTES = 50_000, 100_000_000
PACKED = b"PK\x03\x04"  # how an XLSX file begins


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells from the first, the line each stands on, and the cells that were merged ("B7:B9")."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    merged: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()  # only where they are not 1, 2, 3 …: a CSV cell may hold a line break

    def line(self, place: int) -> int:
        """The line of the row at a place, as the reader of the file counts it."""
        return self.lines[place] if self.lines else place + 1

    def merged_rows(self) -> dict[int, list[str]]:
        """Line -> the merged cells that reach over several lines there."""
        found: dict[int, list[str]] = {}
        for cells in self.merged:
            numbers = [int(one) for one in re.findall(r"\d+", cells)]
            if len(numbers) == 2 and numbers[0] != numbers[1]:
                for line in range(numbers[0], numbers[1] + 1):
                    found.setdefault(line, []).append(cells)
        return found

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row with anything in it under the first, as heading -> text, with its line."""
        heads = [text_of(cell) for cell in self.rows[0]] if self.rows else []
        for place, row in enumerate(self.rows[1:], start=1):
            cells = [text_of(cell) for cell in row]
            if any(cells):
                yield self.line(place), dict(zip(heads, [*cells, *[""] * len(heads)], strict=False))

    def lacks(self, headings: Sequence[str]) -> list[str]:
        """The headings that the first row has not."""
        have = {text_of(cell) for cell in self.rows[0]} if self.rows else set()
        return [one for one in headings if one not in have]

    def as_csv(self) -> str:
        """The rows as CSV text, for a form that carries the sheet along. What was merged is not in it."""
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([text_of(cell) for cell in row] for row in self.rows)
        return out.getvalue()


def read_sheet(name: str, content: bytes) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file in UTF-8. Refuses what is neither, or is out of all size."""
    return read_xlsx(name, content) if content.startswith(PACKED) else read_csv(name, content)


def read_xlsx(name: str, content: bytes) -> Sheet:
    """The first sheet of an XLSX file, with its merged cells; formulas as their last values."""
    from openpyxl import load_workbook  # half a second, which only who reads a sheet should wait for

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                raise Refused("Tệp quá lớn.", where=name, do="Chia thành nhiều tệp nhỏ hơn.")
        book = load_workbook(io.BytesIO(content), data_only=True)
    except Refused:
        raise
    except Exception as wrong:  # the reader has many ways to say that a file is not a sheet
        raise Refused(
            "Không đọc được tệp Excel (.xlsx).", where=name, do="Mở bằng Excel rồi lưu lại dạng .xlsx."
        ) from wrong
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None or (sheet.max_row or 0) > MOST_ROWS:
        raise Refused(f"Bảng trống, hoặc quá {MOST_ROWS} dòng.", where=name, do="Chia thành nhiều tệp.")
    rows = tuple(tuple(row) for row in sheet.iter_rows(values_only=True))
    return Sheet(sheet.title, rows, tuple(str(one) for one in sheet.merged_cells.ranges))


def read_csv(name: str, content: bytes) -> Sheet:
    """A CSV file in UTF-8, commas between cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(
            f"Tệp không phải UTF-8 (byte thứ {wrong.start + 1}).",
            where=name,
            do="Lưu lại tệp với mã UTF-8 rồi nạp lại.",
        ) from None
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(reader.line_num)
    except csv.Error as wrong:
        raise Refused(f"CSV hỏng: {wrong}.", where=name, do="Xuất lại tệp, dấu phẩy phân cách.") from None
    return Sheet(name, tuple(rows), lines=tuple(lines))


def text_of(value: Any) -> str:
    """A cell as a person would read it: no "None", no ".0" behind a whole number."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
