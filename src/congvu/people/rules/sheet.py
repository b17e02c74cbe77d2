"""Reading a sheet of people: which column is what, and each row into a person or into the reasons why not. Pure.

No row is dropped silently: every one with anything in it becomes a `Taken` row with a person, or problems in words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet, text_of
from congvu.foundation.text import composed, fold
from congvu.people.rules.codes import CIVIL, DETAILS, FULL, POLITICS, POOLS, POST_KINDS, QUALIFICATIONS
from congvu.people.rules.record import Facts, Post, checked, checked_post

# what a column may hold -> (its words, headings it is known by, folded)
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "number": ("Số hiệu", ("so hieu", "ma cb", "ma can bo", "ma nhan vien", "so hieu cbccvc", "ma")),
    "name": ("Họ và tên", ("ho va ten", "ho ten", "ho va ten khai sinh", "ten")),
    "birth": ("Ngày sinh", ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "nam sinh")),
    "sex": ("Giới tính", ("gioi tinh", "gioi", "nam nu", "phai")),
    "ethnicity": ("Dân tộc", ("dan toc",)),
    "citizen_number": ("Số định danh", ("so cccd", "cccd", "so can cuoc", "so dinh danh", "cmnd", "so cmnd cccd", "can cuoc")),
    "unit": ("Đơn vị", ("don vi", "don vi cong tac", "ma don vi", "co quan", "phong ban", "co quan don vi")),
    "position": ("Chức vụ, chức danh", ("chuc vu", "chuc danh", "chuc vu chuc danh", "vi tri viec lam", "vi tri")),
    "pool": ("Nhóm biên chế", ("nhom bien che", "bien che", "doi tuong", "loai can bo", "loai bien che")),
    "kind": ("Loại bố trí", ("loai bo tri", "hinh thuc bo tri", "bo tri")),
    "since": ("Nhận vị trí từ ngày", ("tu ngay", "ngay bo nhiem", "ngay giu chuc vu", "nhan vi tri tu ngay")),
    "hired_on": ("Ngày tuyển dụng", ("ngay tuyen dung", "ngay vao nganh", "tuyen dung")),
    "qualification": ("Trình độ chuyên môn", ("trinh do", "trinh do chuyen mon", "chuyen mon")),
    "politics": ("Lý luận chính trị", ("ly luan chinh tri", "trinh do ly luan", "llct")),
    "grade": ("Mã ngạch", ("ma ngach", "ngach", "ma ngach luong")),
    "step": ("Bậc lương", ("bac", "bac luong")),
    "step_since": ("Hưởng bậc từ ngày", ("ngay huong", "huong tu", "ngay huong luong", "thoi diem huong")),
    "home_place": ("Quê quán", ("que quan", "nguyen quan")),
    "phone": ("Điện thoại", ("dien thoai", "so dien thoai", "dtdd")),
}  # fmt: skip
NEEDED = ("name", "birth", "sex", "unit", "position")
OLDEST_YEAR = 1900
_DAY = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})")
_SEXES = {"nam": "nam", "nu": "nu", "male": "nam", "female": "nu", "m": "nam", "f": "nu"}


@dataclass(frozen=True, slots=True)
class Salary:
    """A salary step as a row gives it."""

    grade: str
    step: int
    since: date


@dataclass(frozen=True, slots=True)
class Taken:
    """A row (its number in the sheet) read into a person, or with what is wrong: (field, words)."""

    row: int
    name: str
    facts: Facts | None = None
    post: Post | None = None
    number: str = ""
    salary: Salary | None = None
    problems: tuple[tuple[str, str], ...] = ()


def heading_row(read: Sheet) -> int:
    """The row most of whose cells are headings we know; 0 when none has three."""
    best, found = 0, 2
    for place, row in enumerate(read.rows[:20]):
        known = sum(column_of(cell) != "" for cell in row)
        if known > found:
            best, found = place, known
    return best


def column_of(heading: Any) -> str:
    """The column a heading names; "" when we cannot tell."""
    words = fold(str(heading or ""))
    words = re.sub(r"^\d+ ", "", words)
    for key, (_, names) in COLUMNS.items():
        if words in names:
            return key
    return next(
        (
            key
            for key, (_, names) in COLUMNS.items()
            if any(len(one) > 5 and words.startswith(one) for one in names)
        ),
        "",
    )


def guessed(read: Sheet) -> dict[str, int]:
    """Column -> its place, guessed from the headings; the first of two that look alike."""
    found: dict[str, int] = {}
    for place, cell in enumerate(read.rows[heading_row(read)] if read.rows else ()):
        key = column_of(cell)
        if key and key not in found:
            found[key] = place
    return found


def missing(mapping: Mapping[str, int]) -> list[str]:
    """The words of the needed columns the mapping has not."""
    return [COLUMNS[key][0] for key in NEEDED if key not in mapping]


@dataclass(frozen=True, slots=True)
class Context:
    """What a row is read against: today, how a unit is found by name or code, the grades there are."""

    today: date
    unit_of: Callable[[str], int]
    check_post: Callable[[Post], None]
    check_step: Callable[[str, int], None]


def rows_taken(read: Sheet, mapping: Mapping[str, int], context: Context) -> list[Taken]:
    """Every row under the headings with anything in it, read or answered."""
    first = heading_row(read) + 1
    merged = read.merged_rows()
    taken: list[Taken] = []
    for place, cells in enumerate(read.rows[first:], start=first):
        values = {key: cells[at] if at < len(cells) else None for key, at in mapping.items()}
        if not any(_text(value) for value in cells):
            continue
        taken.append(_row(place + 1, values, context, merged.get(place + 1, ())))
    return taken


def _row(number: int, values: Mapping[str, Any], context: Context, merged: Sequence[str]) -> Taken:
    problems: list[tuple[str, str]] = [
        ("merged", f"Ô gộp {cells}: chỉ ô đầu có nội dung; bỏ gộp và ghi đủ từng dòng.") for cells in merged
    ]
    got: dict[str, Any] = {}
    for field, read in (
        ("birth", lambda: _day(values.get("birth"), needed=True)),
        ("sex", lambda: _sex(values.get("sex"))),
        ("hired_on", lambda: _day(values.get("hired_on"))),
        ("since", lambda: _day(values.get("since")) or _day(values.get("hired_on")) or context.today),
        (
            "qualification",
            lambda: _code(values.get("qualification"), QUALIFICATIONS, _LEVEL_WORDS, "trình độ"),
        ),
        ("politics", lambda: _code(values.get("politics"), POLITICS, _POLITICS_WORDS, "trình độ lý luận")),
        ("pool", lambda: _code(values.get("pool"), POOLS, _POOL_WORDS, "nhóm biên chế") or CIVIL),
        ("kind", lambda: _code(values.get("kind"), POST_KINDS, {}, "loại bố trí") or FULL),
        ("unit", lambda: context.unit_of(_text(values.get("unit")))),
        ("salary", lambda: _salary(values, context)),
    ):
        try:
            got[field] = read()
        except Refused as wrong:
            problems.append((field, " ".join(part for part in (wrong.what, wrong.do) if part)))
    name = composed(_text(values.get("name")))
    if problems:
        return Taken(number, name, problems=tuple(problems))
    try:
        facts = checked(
            Facts(
                name, got["birth"], got["sex"], _text(values.get("ethnicity")) or "Kinh", _digits(values.get("citizen_number")),
                got["hired_on"], got["qualification"], got["politics"],
                {key: _text(values.get(key)) for key in DETAILS if values.get(key)},
            ),
            context.today,
        )  # fmt: skip
        post = checked_post(
            Post(got["unit"], got["kind"], got["pool"], _text(values.get("position")), got["since"])
        )
        context.check_post(post)
    except Refused as wrong:
        told = " ".join(part for part in (wrong.what, wrong.do) if part)
        return Taken(number, name, problems=((wrong.where or "row", told),))
    return Taken(number, name, facts, post, _text(values.get("number")).upper()[:20], got["salary"])


def _text(value: Any) -> str:
    return composed(text_of(value))


def _digits(value: Any) -> str:
    """A citizen number; a sheet that kept it as a number has lost its leading zero."""
    text = _text(value).replace(" ", "").replace("'", "")
    return text.zfill(12) if text.isdigit() and 10 <= len(text) < 12 else text


def _day(value: Any, *, needed: bool = False) -> date | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    if not text:
        if needed:
            raise Refused("Chưa có ngày sinh.", do="Ghi dạng 20/11/1985.")
        return None
    found = _DAY.fullmatch(text)
    if found:
        first, month, last = (int(part) for part in found.groups())
        year, day = (first, last) if len(found[1]) == 4 else (last, first)
        if year < 100:
            raise Refused(f"Ngày «{text}» ghi năm hai chữ số.", do="Ghi đủ bốn chữ số của năm.")
        try:
            if year >= OLDEST_YEAR:
                return date(year, month, day)
        except ValueError:
            if month > 12 >= day:
                raise Refused(f"Ngày «{text}» ghi tháng trước ngày.", do="Ghi dạng ngày/tháng/năm.") from None
    raise Refused(f"Ngày «{text[:30]}» không đọc được.", do="Ghi dạng 20/11/1985.")


def _sex(value: Any) -> str:
    words = fold(_text(value))
    if words not in _SEXES:
        raise Refused(f"Giới tính «{_text(value)[:20]}» không đọc được.", do="Ghi Nam hoặc Nữ.")
    return _SEXES[words]


_LEVEL_WORDS = {
    "tien si": "TS", "tien sy": "TS", "ts": "TS", "thac si": "THS", "thac sy": "THS", "ths": "THS", "dai hoc": "DH", "dh": "DH",
    "cu nhan": "DH", "ky su": "DH", "cao dang": "CD", "cd": "CD", "trung cap": "TC", "tc": "TC", "so cap": "SC",
}  # fmt: skip
_POLITICS_WORDS = {"cao cap": "CC", "cu nhan": "CC", "trung cap": "TC", "so cap": "SC"}
_POOL_WORDS = {
    "cong chuc": "cong_chuc", "cc": "cong_chuc", "vien chuc": "vien_chuc_nsnn", "vc": "vien_chuc_nsnn",
    "hop dong": "hop_dong_111", "hd": "hop_dong_111", "cap xa": "cap_xa", "cong chuc cap xa": "cap_xa", "hoi": "hoi",
}  # fmt: skip


def _code(value: Any, known: Mapping[str, str], words: Mapping[str, str], what: str) -> str:
    """A code by itself, by its words, or by how people write them."""
    text = _text(value)
    folded = fold(text)
    if not folded:
        return ""
    by_words = {fold(one): code for code, one in known.items()}
    for found in (text if text in known else None, by_words.get(folded), words.get(folded)):
        if found:
            return found
    raise Refused(f"Không hiểu {what} «{text[:40]}».", do="Ghi như trong danh mục.")


def _salary(values: Mapping[str, Any], context: Context) -> Salary | None:
    grade, step = _text(values.get("grade")), _text(values.get("step"))
    if not grade and not step:
        return None
    number = step.split("/")[0].strip()
    if not number.isdigit():
        raise Refused(f"Bậc «{step}» không đọc được.", do="Ghi số bậc, ví dụ 3 hoặc 3/9.")
    context.check_step(grade, int(number))
    since = _day(values.get("step_since"))
    if since is None:
        raise Refused("Có bậc lương nhưng chưa có ngày hưởng.", do="Ghi cột hưởng bậc từ ngày.")
    return Salary(grade, int(number), since)
