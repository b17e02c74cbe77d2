"""CSV logs: one row per event, the case's own attributes repeated on each of its rows."""

import csv
import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from congvu.dossiers.rules.eventlog.build import Builder, label
from congvu.dossiers.rules.eventlog.cases import PastCase
from congvu.dossiers.rules.eventlog.mapping import NOTHING, LogMap
from congvu.dossiers.rules.eventlog.seen import Seen
from congvu.dossiers.rules.eventlog.sources import BadLog, CutOff, Kind, Lines, Source

MOST_EVENTS = 20_000  # of one case; more means that the wrong column was taken for the case
SPILL_ROWS = 100_000
_DELIMITERS = ",;\t|"
Row = list[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a CSV log are written."""

    delimiter: str
    header: tuple[str, ...]


def shape_of(path: Path, kind: Kind) -> Shape:
    """The delimiter and the column names. Refuses a text without columns, and a column named twice."""
    with Source(path) as source:
        lines = Lines(source, kind.encoding, path.name)
        first = _next_line(lines, path)
        delimiter = max(_DELIMITERS, key=first.count)
        if delimiter not in first:
            raise BadLog(
                "Không thấy cột nào: dòng đầu không có dấu phẩy, chấm phẩy, tab hay gạch đứng.",
                where=path.name,
                do="Dòng đầu phải là tên cột, cách nhau bằng dấu phẩy.",
            )
        header = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter)))
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise BadLog(
            f"Tên cột lặp lại: {', '.join(twice)}.", where=path.name, do="Đặt lại tên cột cho khác nhau."
        )
    return Shape(delimiter, header)


def _next_line(lines: Iterable[str], path: Path) -> str:
    try:
        return next((line for line in lines if line.strip()), "").rstrip("\r\n")
    except CutOff as cut:
        raise BadLog(f"Không đọc được gì: {cut}.", where=path.name, do="Tải lại tệp.", whole=0) from None


def rows(source: Source, kind: Kind, shape: Shape, name: str) -> Iterator[Row]:
    """The data rows, each as long as the header. Refuses a broken row with its line number."""
    lines = Lines(source, kind.encoding, name)
    reader = csv.reader(iter(lines), delimiter=shape.delimiter)
    width, seen_header = len(shape.header), False
    try:
        for row in reader:
            if len(row) != width:
                if not row:
                    continue
                raise BadLog(
                    f"Dòng {reader.line_num} có {len(row)} cột, tiêu đề có {width}.",
                    where=name,
                    do="Kiểm tra dấu nháy và dấu phân cách ở dòng đó; có thể tệp bị cắt cụt.",
                )
            if seen_header:
                yield row
            seen_header = True
    except csv.Error:
        raise BadLog(
            f"Ô ở dòng {reader.line_num} dài quá {csv.field_size_limit():,} ký tự.".replace(",", "."),
            where=name,
            do="Có thể thiếu một dấu nháy đóng ở đó.",
        ) from None


def count(grouped: Iterable[tuple[str, int]]) -> tuple[int, int, bool]:
    """Cases, rows, and whether every case's rows stand together. Cases are exact only when they do."""
    seen, cases, total, together = Seen(), 0, 0, True
    for ref, size in grouped:
        cases, total = cases + 1, total + size
        together = not seen.met(ref) and together
    return cases, total, together


def _reference(column: int) -> Callable[[Row], str]:
    """References are compared as they will be kept: composed, single-spaced."""
    return lambda row: label(row[column])


def runs(all_rows: Iterable[Row], column: int) -> Iterator[tuple[str, int]]:
    """(reference, number of rows) of each run of rows with one reference."""
    for ref, group in groupby(all_rows, key=_reference(column)):
        yield ref, sum(1 for _ in group)


def ordered(all_rows: Iterable[Row], column: int) -> Iterator[Row]:
    """The rows brought together by reference, in file order within each: an external merge sort on the disk."""
    with tempfile.TemporaryDirectory(prefix="congvu-cases-") as folder:
        parts: list[Path] = []
        batch: list[Row] = []
        for row in all_rows:
            batch.append(row)
            if len(batch) == SPILL_ROWS:
                parts.append(_spill(batch, column, Path(folder), len(parts)))
                batch = []
        batch.sort(key=_reference(column))
        yield from heapq.merge(*(_spilled(part) for part in parts), batch, key=_reference(column))


def _spill(batch: list[Row], column: int, folder: Path, number: int) -> Path:
    batch.sort(key=_reference(column))
    part = folder / f"{number:06d}.csv"
    with part.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(batch)
    return part


def _spilled(part: Path) -> Iterator[Row]:
    with part.open(encoding="utf-8", newline="") as kept:
        yield from csv.reader(kept)


def cases(
    all_rows: Iterable[Row], shape: Shape, chosen: LogMap, builder: Builder, name: str
) -> Iterator[PastCase]:
    """One PastCase per reference; the rows of each must stand together. Rows without a reference are refused."""
    header, column = shape.header, shape.header.index(chosen.case)
    event_columns = [
        (one, header.index(one))
        for one in (
            chosen.activity,
            chosen.time,
            chosen.person,
            chosen.office,
            chosen.lifecycle,
            chosen.event_due,
        )
        if one
    ]
    taken = {one for one, _ in event_columns}
    case_columns = [(one, place) for place, one in enumerate(header) if _of_case(one, taken, chosen)]
    dates = [header.index(one) for one in (chosen.opened, chosen.due, chosen.ended) if one in header]
    for ref, group in groupby(all_rows, key=_reference(column)):
        if ref.strip() in NOTHING:
            raise BadLog(
                f"Có dòng không ghi mã vụ việc (cột «{chosen.case}»).",
                where=name,
                do="Bổ sung mã rồi chọn lại tệp.",
            )
        block = list(group)
        if len(block) > MOST_EVENTS:
            raise BadLog(
                f"Vụ việc «{ref}» có {len(block)} sự kiện.",
                where=name,
                do=f"Cột «{chosen.case}» có thể không phải mã vụ việc; dùng --map case=….",
            )
        first = block[0]
        contradicting = any(row[place] != first[place] for place in dates for row in block)
        case = {one: first[place] for one, place in case_columns}
        yield builder.case(
            case,
            ({one: row[place] for one, place in event_columns} for row in block),
            contradicting=contradicting,
        )


def _of_case(name: str, taken: set[str], chosen: LogMap) -> bool:
    """A column belongs to the case when it is chosen for it, or named so (`case:…`); the rest belongs to events."""
    if name in (
        chosen.case,
        chosen.opened,
        chosen.due,
        chosen.ended,
        chosen.channel,
        chosen.unit,
        chosen.field,
        chosen.status,
    ):
        return True
    return name not in taken and name.lower().startswith("case:")
