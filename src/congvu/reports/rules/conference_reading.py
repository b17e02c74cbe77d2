"""Reading a file of a conference: TOML into blocks that know their line, each value asked for by its kind.

Nothing is guessed. What cannot be used is noted with its line, what is wrong and what to do; all faults of a file are told
at once, so that whoever wrote it mends it in one go.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

LARGEST_FILE = 1_000_000  # characters; the five are under 40,000
SHORT, LONG = 300, 2000
MOST_FAULTS = 20
_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_AT_LINE = re.compile(r"at line (\d+)")
_COMMA = re.compile(r"=\s*[+-]?\d+,\d+")
_DOTTED = re.compile(r"=\s*[+-]?\d{1,3}(?:\.\d{3}){2,}\s*(?:#.*)?$")
_QUOTES = ('"""', "'''")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, on which line of the file, and what to do."""

    line: int
    what: str
    do: str

    @property
    def words(self) -> str:
        return f"Dòng {self.line}: {self.what}" if self.line else self.what


class BadFile(Refused):
    """A file that cannot be taken. Every fault is told; `where` is the line of the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first, shown = self.faults[0], self.faults[:MOST_FAULTS]
        told = [first.words, *(f"{one.words} {one.do}".strip() for one in shown[1:])]
        if len(self.faults) > MOST_FAULTS:
            told.append(f"… và {len(self.faults) - MOST_FAULTS} lỗi khác.")
        super().__init__("\n".join(told), where=f"dòng {first.line}" if first.line else "", do=first.do)


@dataclass(slots=True)
class Faults:
    """What is found wrong while a file is read."""

    found: list[Fault] = field(default_factory=list)

    def note(self, line: int, what: str, do: str) -> None:
        self.found.append(Fault(line, what, do))

    def refuse(self) -> None:
        """Refuses when anything was noted, in the order of the lines."""
        if self.found:
            raise BadFile(sorted(self.found, key=lambda one: one.line))


@dataclass(frozen=True, slots=True)
class Block:
    """One `[name]` or one of `[[name]]`: its values, and the line of each."""

    name: str
    values: Mapping[str, Any]
    line: int
    lines: Mapping[str, int]
    faults: Faults

    def at(self, key: str) -> int:
        return self.lines.get(key, self.line)

    def wrong(self, key: str, what: str, do: str) -> None:
        self.faults.note(self.at(key), what, do)

    def only(self, *known: str) -> None:
        """Notes keys the format does not know: a mistyped one must not be passed over in silence."""
        for key in self.values:
            if key not in known:
                self.wrong(key, f"[{self.name}] không có mục «{key[:40]}».", f"Dùng: {', '.join(known)}.")

    def text(self, key: str, longest: int = SHORT, *, must: bool = True) -> str:
        value = self.values.get(key)
        if value is None:
            if must:
                self.wrong(key, f"[{self.name}] thiếu «{key}».", f'Thêm {key} = "…".')
            return ""
        if not isinstance(value, str):
            self.wrong(key, f"«{key}» phải là chữ.", f'Viết {key} = "…", trong ngoặc kép.')
            return ""
        clean = composed(value)
        if any(unicodedata.category(one) == "Cc" for one in clean) or len(clean) > longest or not clean:
            self.wrong(
                key, f"«{key}» phải có từ 1 đến {longest} ký tự đọc được.", "Rút gọn, bỏ ký tự điều khiển."
            )
            return ""
        return clean

    def texts(self, key: str, longest: int = SHORT) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and composed(one) for one in value):
            self.wrong(key, f"«{key}» phải là danh sách chữ.", f'Viết {key} = ["…", "…"].')
            return ()
        if any(len(one) > longest or "\x00" in one for one in value):
            self.wrong(key, f"«{key}» có mục dài quá {longest} ký tự.", "Rút gọn.")
            return ()
        return tuple(composed(one) for one in value)

    def whole(self, key: str, least: int = 0, most: int = 10**12, *, must: bool = True) -> int | None:
        """A whole number; a point or comma between thousands is not one."""
        value = self.values.get(key)
        if value is None:
            if must:
                self.wrong(key, f"[{self.name}] thiếu «{key}».", f"Thêm {key} = một số nguyên.")
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, f"«{key}» phải là số nguyên, không phải «{value}».", "Viết liền, ví dụ 247344.")
            return None
        if not least <= value <= most:
            self.wrong(key, f"«{key}» phải từ {least} đến {most}.", "Kiểm tra lại số.")
            return None
        return value

    def rate(self, key: str) -> Decimal | None:
        """A percentage, with a point: 88.3."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            comma = re.fullmatch(r"\s*[+-]?\d+,\d+\s*%?\s*", value)
            what = (
                f"«{key}» có dấu phẩy ở chỗ dấu chấm: «{value}»."
                if comma
                else f"«{key}» phải là số, không phải chữ «{value[:20]}»."
            )
            self.wrong(key, what, "Viết số với dấu chấm thập phân, không ngoặc kép: 88.3")
            return None
        try:
            exact = Decimal(str(value))
        except InvalidOperation:
            exact = Decimal("NaN")
        if isinstance(value, bool) or not exact.is_finite() or not 0 <= exact <= 100:
            self.wrong(key, f"«{key}» không đọc được.", "Viết phần trăm từ 0 đến 100, ví dụ 88.3")
            return None
        return exact

    def day(self, key: str, *, must: bool = True) -> date | None:
        value = self.values.get(key)
        if value is None:
            if must:
                self.wrong(key, f"[{self.name}] thiếu «{key}».", f"Thêm {key} = 2012-12-21 (năm-tháng-ngày).")
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.wrong(key, f"«{key}» phải là ngày.", "Viết năm-tháng-ngày, không ngoặc kép: 2012-12-21")
            return None
        if not 1900 <= value.year <= 2199:
            self.wrong(key, f"«{key}» có năm {value.year}.", "Kiểm tra lại năm.")
            return None
        return value

    def yes(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"«{key}» phải là true hoặc false.", f"Viết {key} = true")
        return value is True

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """One of the words the format knows."""
        known = tuple(choices)
        value = self.values.get(key, default)
        if value not in known:
            self.wrong(key, f"«{key}» không thể là «{str(value)[:40]}».", f"Chọn: {', '.join(known)}.")
            return known[0]
        return str(value)

    def table(self, key: str) -> "Block | None":
        """An inline table, as a block of its own."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, f"«{key}» phải là một bảng.", f"Viết {key} = {{ … = … }}.")
            return None
        line = self.at(key)
        return Block(f"{self.name}.{key}", value, line, dict.fromkeys(value, line), self.faults)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks. `one(name)`: of `[name]`; `all(name)`: those of `[[name]]`, in their order."""

    blocks: Mapping[str, tuple[Block, ...]]
    faults: Faults

    def one(self, name: str) -> Block:
        found = self.blocks.get(name, ())
        if len(found) != 1:
            what = f"Thiếu phần [{name}]." if not found else f"Phần [{name}] phải có đúng một."
            self.faults.note(found[1].line if found else 1, what, f"Viết một phần [{name}].")
        return found[0] if found else Block(name, {}, 1, {}, self.faults)

    def all(self, name: str) -> tuple[Block, ...]:
        return self.blocks.get(name, ())


def read(text: str, known: Iterable[str]) -> Document:
    """The blocks of a file. Refuses what is no TOML, naming the line, and notes parts the format does not know."""
    if len(text) > LARGEST_FILE:
        raise BadFile([Fault(0, f"Tệp dài quá {LARGEST_FILE} ký tự.", "Chia thành nhiều tệp.")])
    faults, names = Faults(), tuple(known)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as bad:
        raise BadFile([_no_toml(text, str(bad))]) from None
    places = _places(text)
    blocks: dict[str, tuple[Block, ...]] = {}
    for name, value in raw.items():
        rows = value if isinstance(value, list) else [value]
        if name not in names or not all(isinstance(row, dict) for row in rows):
            line = places.get(name, [(1, {})])[0][0]
            faults.note(line, f"Không có phần «{name[:40]}».", f"Các phần: {', '.join(names)}.")
            continue
        found = places.get(name, [])
        if len(found) != len(rows):  # written in a way that hides the lines: say the part at least
            found = [(found[0][0] if found else 0, {})] * len(rows)
        blocks[name] = tuple(
            Block(name, row, line, keys, faults) for row, (line, keys) in zip(rows, found, strict=True)
        )
    return Document(blocks, faults)


def _no_toml(text: str, said: str) -> Fault:
    found = _AT_LINE.search(said)
    number = int(found.group(1)) if found else 0
    lines = text.splitlines()
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if _COMMA.search(line):
        return Fault(number, f"Có dấu phẩy ở chỗ dấu chấm thập phân: «{line.strip()[:60]}».", "Viết 88.3")
    if _DOTTED.search(line):
        return Fault(number, f"Có dấu chấm giữa các hàng nghìn: «{line.strip()[:60]}».", "Viết liền: 1783174")
    what = "Tệp không đúng dạng TOML" + (f": «{line.strip()[:60]}»." if line.strip() else ".")
    return Fault(number, what, "Mỗi dòng: tên = giá trị; chữ trong ngoặc kép; phần trong [ngoặc vuông].")


def _places(text: str) -> dict[str, list[tuple[int, dict[str, int]]]]:
    """The line of every header and of every key under it, by name; what stands inside long quotes is passed over."""
    found: dict[str, list[tuple[int, dict[str, int]]]] = {}
    here: dict[str, int] = {}
    quote = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not quote:
            header, key = _HEADER.fullmatch(line), _KEY.match(line)
            if header:
                here = {}
                found.setdefault(header.group(1), []).append((number, here))
            elif key:
                here.setdefault(key.group(1), number)
        for mark in _QUOTES:
            if quote in ("", mark) and line.count(mark) % 2:
                quote = "" if quote else mark
    return found
