"""Opening a log file: what it is by its content, unpacked and decoded as a stream, with refusals in words.

The name of the file decides nothing. Memory is bounded: one block, one line, one XML token.
"""

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from congvu.foundation.refusal import Refused

BLOCK = 1 << 18
LONGEST_LINE = 1 << 20
_SAVE_AS = "Mở bằng bảng tính rồi lưu lại dạng «CSV UTF-8»."
_KNOWN: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "một tệp nén ZIP hoặc sổ Excel (.xlsx)", f"{_SAVE_AS} Nếu là ZIP, giải nén trước."),
    (b"\xd0\xcf\x11\xe0", "một sổ Excel cũ (.xls)", _SAVE_AS),
    (b"%PDF-", "một tệp PDF", "Xin bên gửi xuất dữ liệu dạng CSV hoặc XES."),
    (b"\x89PNG", "một ảnh PNG", "Chọn đúng tệp CSV hoặc XES."),
    (b"\xff\xd8\xff", "một ảnh JPEG", "Chọn đúng tệp CSV hoặc XES."),
    (b"PAR1", "một tệp Parquet", "Xuất lại dạng CSV UTF-8."),
    (b"SQLite format 3", "một cơ sở dữ liệu SQLite", "Xuất lại dạng CSV UTF-8."),
    (b"7z\xbc\xaf", "một tệp nén 7z", "Giải nén trước."),
    (b"BZh", "một tệp nén bzip2", "Giải nén trước."),
    (b"\xfd7zXZ", "một tệp nén xz", "Giải nén trước."),
    (b"(\xb5/\xfd", "một tệp nén zstd", "Giải nén trước."),
)


class BadLog(Refused):
    """The file cannot be read as an event log. `whole` is the number of cases that were read whole before the fault."""

    def __init__(self, what: str, *, where: str = "", do: str = "", whole: int | None = None) -> None:
        super().__init__(what, where=where, do=do)
        self.whole = whole


class CutOff(Exception):
    """The packed stream ends, or breaks, in the middle; readers turn this into a BadLog with what they had."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is: `container` "" or "gzip"; `form` "csv" or "xes"; the encoding of the text for CSV."""

    container: str
    form: str
    encoding: str

    def disagrees_with(self, name: str) -> str:
        """A remark when the name of the file promises something else than its content; "" when it does not."""
        lower = name.lower()
        says = "xes" if ".xes" in lower or lower.endswith(".xml") else "csv" if ".csv" in lower else ""
        if says and says != self.form:
            return f"Tên tệp ghi {says.upper()} nhưng nội dung là {self.form.upper()}; đã đọc theo nội dung."
        if lower.endswith(".gz") != (self.container == "gzip"):
            return "Tên tệp và nội dung không khớp về nén gzip; đã đọc theo nội dung."
        return ""


def _why(problem: OSError) -> str:
    """The commonest reasons in words; a rare one as the system says it."""
    said = {
        FileNotFoundError: "không có tệp này",
        IsADirectoryError: "đây là thư mục",
        PermissionError: "không được phép đọc",
    }
    return said.get(type(problem), str(problem.strerror))


class Source:
    """The unpacked bytes of a file as a stream; `done` and `size` count bytes on the disk, for progress."""

    def __init__(self, path: Path) -> None:
        try:
            self._raw: BinaryIO = path.open("rb")
            self.size = path.stat().st_size
        except OSError as problem:
            raise BadLog(
                f"Không mở được tệp: {_why(problem)}.", where=str(path), do="Kiểm tra đường dẫn và quyền đọc."
            ) from None
        self._stream: io.BufferedIOBase | BinaryIO = self._raw
        self.container = ""
        if self._raw.read(2) == b"\x1f\x8b":
            self.container = "gzip"
            self._stream = gzip.GzipFile(fileobj=self._raw)
        self._raw.seek(0)
        self.digest = hashlib.sha256()  # of the unpacked content: packed or not, a log is one log

    @property
    def done(self) -> int:
        return min(self._raw.tell(), self.size)

    def read(self, size: int = BLOCK) -> bytes:
        """The next bytes; b"" at the end. Raises CutOff when the packed stream is incomplete or damaged."""
        try:
            block = self._stream.read(size)
            self.digest.update(block)
            return block
        except EOFError:
            raise CutOff("tệp nén gzip bị cắt cụt") from None
        except (gzip.BadGzipFile, zlib.error):
            raise CutOff("tệp nén gzip bị hỏng") from None

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()


def kind_of(path: Path) -> Kind:
    """What the file is, by its first bytes. Refuses everything that is neither CSV nor XES, saying what it is."""
    if path.is_dir():
        raise BadLog("Đây là một thư mục.", where=str(path), do="Chọn một tệp CSV hoặc XES.")
    with Source(path) as source:
        try:
            head = source.read(4096)
        except CutOff as cut:
            raise BadLog(f"Không đọc được gì: {cut}.", where=path.name, do="Tải lại tệp.", whole=0) from None
        container = source.container
    if not head:
        raise BadLog("Tệp rỗng.", where=path.name, do="Chọn lại tệp có nội dung.", whole=0)
    if head[:2] == b"\x1f\x8b":
        raise BadLog("Tệp được nén gzip hai lần.", where=path.name, do="Giải nén một lần rồi chọn lại.")
    for magic, name, do in _KNOWN:
        if head.startswith(magic):
            raise BadLog(f"Đây là {name}, không phải nhật ký CSV hay XES.", where=path.name, do=do)
    encoding = _encoding(head)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return Kind(container, "xes", "")  # the XML declaration says the encoding; the parser reads it
    if text.startswith(("{", "[")):
        raise BadLog(
            "Đây là JSON, không phải nhật ký CSV hay XES.", where=path.name, do="Xuất lại dạng CSV hoặc XES."
        )
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text[:1024]):
        raise BadLog("Tệp nhị phân, không phải văn bản CSV hay XES.", where=path.name, do="Chọn đúng tệp.")
    return Kind(container, "csv", encoding)


def _encoding(head: bytes) -> str:
    """UTF-16 by its mark or by the zero bytes of plain letters, else UTF-8 (strict, checked while reading)."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0:200:2].count(0), head[1:200:2].count(0)
    if odd > 20 and even * 4 < odd:
        return "utf-16-le"
    if even > 20 and odd * 4 < even:
        return "utf-16-be"
    return "utf-8-sig"


class Lines:
    """The text lines of a source, decoded strictly: a wrong byte is refused with its position and line.

    `number` is the line last given out, counted from 1.
    """

    def __init__(self, source: Source, encoding: str, name: str) -> None:
        self._source, self._encoding, self._name = source, encoding, name
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)("strict")
        before, tail = 0, ""
        while True:
            block = self._source.read()
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as bad:
                raise self._wrong_byte(bad, before - held, tail) from None
            before += len(block)
            *lines, tail = (tail + text).split("\n")
            for line in lines:
                self.number += 1
                yield line + "\n"
            if len(tail) > LONGEST_LINE:
                raise BadLog(
                    f"Dòng {self.number + 1} dài quá {LONGEST_LINE:,} ký tự.".replace(",", "."),
                    where=self._name,
                    do="Kiểm tra dấu xuống dòng và dấu nháy trong tệp.",
                )
            if not block:
                break
        if tail:
            self.number += 1
            yield tail

    def _wrong_byte(self, bad: UnicodeDecodeError, start: int, tail: str) -> BadLog:
        good = tail + bad.object[: bad.start].decode(self._encoding, errors="replace")
        at, line = start + bad.start, self.number + good.count("\n") + 1
        return BadLog(
            f"Tệp không phải {self._encoding.upper().removesuffix('-SIG')}: byte 0x{bad.object[bad.start]:02X} "
            f"ở vị trí {at} (dòng {line}). Có thể là Windows-1258, TCVN3 hoặc Latin-1.",
            where=self._name,
            do=_SAVE_AS,
        )
