"""Reading lists of localities: the two official lists and the map from old to new, known by their content.

* two tiers, JSON: `[{"Code", "FullName", "Wards": [{"Code", "FullName", "ProvinceCode"}]}]`: in force from 1/7/2025;
* three tiers, JSON: `[[code, name, word, plain, [[code, name, word, plain, [[…]]]]]]`: in force until then;
* old to new, CSV or XLSX: one row per old commune and new commune it went to, with `isDividedWard`;
* notes, JSON: `[{"ma", "ten", "magoc", "truocsapnhap"}]`: what each new locality was made of, in a sentence.

The two-tier list is taken to hold since 1/7/2025. A list printed later already has later renamings (Đồng Nai became a
city on 30/4/2026), which it cannot date.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_sheet
from congvu.foundation.text import composed
from congvu.organisation.rules.kinds import HUYEN, TINH, XA
from congvu.organisation.rules.merge_notes import Note

TWO_TIERS_SINCE = date(
    2025, 7, 1
)  # Luật Tổ chức chính quyền địa phương 72/2025/QH15; QĐ 19/2025/QĐ-TTg for codes
LARGEST = 20 * 1024 * 1024
_CODE_LENGTHS = {TINH: 2, HUYEN: 3, XA: 5}
_NEEDED = ("wardCode", "ward", "newWardCode", "newWard", "isDividedWard")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a list of localities. `parent` is the code one level up, "" for a province."""

    level: str
    code: str
    name: str
    parent: str
    path: str


@dataclass(frozen=True, slots=True)
class Went:
    """A line of the map: an old commune and a new one it went to, whole or `divided`."""

    line: int
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    divided: bool
    district: str = ""


@dataclass(slots=True)
class Listing:
    """A file understood: places with their period, or lines of the map; and what could not be taken, with why."""

    kind: str  # "two_tiers", "three_tiers", "old_to_new", "merge_notes"
    valid_from: date | None = None
    valid_to: date | None = None
    places: list[Place] = field(default_factory=list)
    went: list[Went] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


def read_listing(content: bytes, name: str) -> Listing:
    """The file's content understood. Refuses, naming the file, what is no list of localities. Nothing is dropped
    silently: a line that cannot be taken is in `rejected` with its reason.
    """
    if len(content) > LARGEST:
        raise Refused("Tệp lớn hơn 20 MB, không phải danh mục địa bàn.", where=name, do="Kiểm tra lại tệp.")
    if not content.strip():
        raise Refused("Tệp rỗng.", where=name, do="Kiểm tra lại tệp.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{")):
        return _read_json(_decoded(content, name), name)
    return _read_rows(content, name)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(
            f"Tệp không phải UTF-8 (byte thứ {wrong.start + 1}).",
            where=name,
            do="Lưu lại tệp với mã UTF-8 rồi nạp lại.",
        ) from None


def _read_json(text: str, name: str) -> Listing:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Refused(
            f"JSON hỏng ở dòng {wrong.lineno}, cột {wrong.colno}.",
            where=name,
            do="Tải lại tệp gốc; có thể tệp bị cắt giữa chừng.",
        ) from None
    except RecursionError:
        raise Refused("JSON lồng quá sâu.", where=name, do="Kiểm tra lại tệp.") from None
    if isinstance(data, list) and data and isinstance(data[0], Mapping) and "Wards" in data[0]:
        listing = Listing("two_tiers", valid_from=TWO_TIERS_SINCE)
        _collect(listing, _two_tiers(data))
    elif isinstance(data, list) and data and isinstance(data[0], Mapping) and "truocsapnhap" in data[0]:
        listing = Listing("merge_notes")
        for number, row in enumerate(data, start=1):
            _take_note(listing, row, f"mục {number}")
    elif isinstance(data, list) and data and isinstance(data[0], list):
        listing = Listing("three_tiers", valid_to=TWO_TIERS_SINCE)
        _collect(listing, _three_tiers(data))
    else:
        raise _unknown(name)
    return listing


def _unknown(name: str) -> Refused:
    return Refused(
        "Không nhận ra đây là danh mục địa bàn nào.",
        where=name,
        do="Cần danh mục 2 cấp hoặc 3 cấp (JSON), bảng xã cũ sang xã mới (CSV, XLSX có cột wardCode, newWardCode) "
        "hoặc ghi chú sáp nhập (JSON có truocsapnhap).",
    )


def _take_note(listing: Listing, row: Any, where: str) -> None:
    fields = ("ma", "ten", "magoc", "truocsapnhap")
    parts = [row.get(name) for name in fields] if isinstance(row, Mapping) else []
    written = [composed(part) for part in parts if isinstance(part, str) and part.strip()]
    if len(written) < len(fields):
        listing.rejected.append((where, "thiếu mã, tên hoặc ghi chú sáp nhập"))
        return
    code, name, province, text = written
    listing.notes.append(Note(code, _tidy(name), province, text))


@dataclass(frozen=True, slots=True)
class _Raw:
    where: str
    level: str
    code: Any
    name: Any
    parents: tuple[tuple[str, str], ...]  # (code, name), nearest first


def _collect(listing: Listing, raws: Iterator[_Raw]) -> None:
    seen: set[tuple[str, str]] = set()
    for raw in raws:
        wrong = _fault(raw, seen)
        if wrong:
            listing.rejected.append((raw.where, wrong))
            continue
        seen.add((raw.level, raw.code))
        name = _tidy(raw.name)
        path = ", ".join([name, *(_tidy(parent) for _, parent in raw.parents)])
        parent = raw.parents[0][0] if raw.parents else ""
        listing.places.append(Place(raw.level, raw.code, name, parent, path))


def _fault(raw: _Raw, seen: set[tuple[str, str]]) -> str:
    if not isinstance(raw.code, str) or not raw.code.isdigit() or len(raw.code) != _CODE_LENGTHS[raw.level]:
        return f"mã «{raw.code}» không phải {_CODE_LENGTHS[raw.level]} chữ số"
    if not isinstance(raw.name, str) or not raw.name.strip() or len(raw.name) > 120:
        return "thiếu tên"
    if (raw.level, raw.code) in seen:
        return f"mã {raw.code} đã có trong tệp"
    return ""


def _tidy(name: str) -> str:
    """One space, composed letters, and the word for the kind written one way: "Thị Trấn" and "xã" as usual."""
    clean = composed(str(name))
    for word in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Xã"):
        if clean.lower().startswith(word.lower() + " "):
            return word + clean[len(word) :]
    return clean


def _two_tiers(data: list[Any]) -> Iterator[_Raw]:
    for number, province in enumerate(data, start=1):
        where = f"tỉnh thứ {number}"
        if not isinstance(province, Mapping) or not isinstance(province.get("Wards"), list):
            yield _Raw(where, TINH, None, None, ())
            continue
        code, name = province.get("Code"), province.get("FullName")
        yield _Raw(f"{where} ({code})", TINH, code, name, ())
        for place, ward in enumerate(province["Wards"], start=1):
            inside = f"{where} ({code}), xã thứ {place}"
            known = isinstance(ward, Mapping)
            yield _Raw(
                inside,
                XA,
                ward.get("Code") if known else None,
                ward.get("FullName") if known else None,
                ((str(code), str(name)),),
            )


def _three_tiers(data: list[Any]) -> Iterator[_Raw]:
    for number, province in enumerate(data, start=1):
        yield from _three_tier_row(province, f"tỉnh thứ {number}", (TINH, HUYEN, XA), ())


def _three_tier_row(
    row: Any, where: str, levels: tuple[str, ...], parents: tuple[tuple[str, str], ...]
) -> Iterator[_Raw]:
    deeper = levels[1:]
    if (
        not isinstance(row, list)
        or len(row) < (5 if deeper else 3)
        or not all(isinstance(x, str) for x in row[:3])
    ):
        yield _Raw(where, levels[0], None, None, parents)
        return
    code, name = row[0], f"{row[2]} {row[1]}"
    yield _Raw(f"{where} ({code})", levels[0], code, name, parents)
    if not deeper:
        return
    if not isinstance(row[4], list):
        yield _Raw(f"{where}, các đơn vị trực thuộc", deeper[0], None, None, parents)
        return
    for number, child in enumerate(row[4], start=1):
        inside = f"{where} ({code}), {'huyện' if deeper[0] == HUYEN else 'xã'} thứ {number}"
        yield from _three_tier_row(child, inside, deeper, ((code, name), *parents))


def _read_rows(content: bytes, name: str) -> Listing:
    sheet = read_sheet(name, content)
    if sheet.lacks(_NEEDED):
        raise _unknown(name)
    listing, merged = Listing("old_to_new"), sheet.merged_rows()
    for line, row in sheet.records():
        if line in merged:
            why = f"ô gộp {merged[line][0]}: chỉ ô đầu có nội dung; bỏ gộp và ghi đủ từng dòng"
            listing.rejected.append((f"dòng {line}", why))
        else:
            _take_row(listing, row, line)
    return listing


def _take_row(listing: Listing, row: Mapping[str, str], line: int) -> None:
    where = f"dòng {line}"
    old, new = _code(row["wardCode"]), _code(row["newWardCode"])
    divided = {"true": True, "false": False}.get(str(row["isDividedWard"]).strip().lower())
    if not old:
        listing.rejected.append(
            (where, f"không có mã xã cũ ({row.get('district') or ''}, {row['ward'] or ''})".strip())
        )
    elif not new:
        listing.rejected.append((where, f"không có mã xã mới của {row['ward']}"))
    elif divided is None:
        listing.rejected.append((where, "isDividedWard phải là True hoặc False"))
    else:
        district = _tidy(row.get("district") or "")
        listing.went.append(
            Went(line, old, _tidy(row["ward"]), new, _tidy(row["newWard"]), divided, district)
        )


def _code(value: Any) -> str:
    """A commune code out of what spreadsheets make of it: "5971.0" is 05971. "" when it is none."""
    text = str(value or "").strip().removesuffix(".0")
    return text.zfill(5) if text.isdigit() and len(text) <= 5 else ""
