"""Files of a published catalogue, read line by line; a line that cannot be read is kept beside the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.row import ReadRow, Unreadable, read_line


class BadFile(Refused):
    """A file that cannot be taken at all: the command line answers with its own exit code."""


LARGEST_FILE = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read: where it stands, why, and its text."""

    row_ref: str
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line read: where it stands ("file:line"), its text, what it says."""

    ref: str
    line: str
    read: ReadRow


def read_files(files: Sequence[Path]) -> tuple[list[Row], list[Rejected], list[dict[str, Any]]]:
    """(rows, rejected lines, facts of each file). Refuses a missing, empty or over-large file and a wrong encoding."""
    rows: list[Row] = []
    rejected: list[Rejected] = []
    facts: list[dict[str, Any]] = []
    for path in files:
        text, content = _text_of(path)
        before = len(rows) + len(rejected)
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            ref = f"{path.name}:{number}"
            try:
                rows.append(Row(ref, line, read_line(line)))
            except Unreadable as problem:
                rejected.append(Rejected(ref, str(problem), line.strip().replace("\0", "\ufffd")))
        count = len(rows) + len(rejected) - before
        if not count:
            raise BadFile("Tệp không có dòng nào.", where=path.name, do="Chọn tệp .jsonl có dữ liệu.")
        facts.append({"name": path.name, "sha256": sha256(content).hexdigest(), "rows": count})
    return rows, rejected, facts


def _text_of(path: Path) -> tuple[str, bytes]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadFile(
                "Tệp quá 200 MB.", where=path.name, do="Tách tệp thành nhiều phần, mỗi dòng một thủ tục."
            )
        content = path.read_bytes()
    except OSError as problem:
        raise BadFile(
            why_not_read(problem), where=str(path), do="Kiểm tra đường dẫn và quyền đọc."
        ) from problem
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("Tệp là UTF-16, không phải UTF-8.", where=path.name, do="Lưu lại bằng UTF-8.")
    try:
        return content.decode("utf-8-sig"), content
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadFile(
            f"Tệp không phải UTF-8: byte {problem.start + 1} (dòng {line}) có giá trị 0x{content[problem.start]:02X}.",
            where=path.name,
            do="Mở bằng trình soạn thảo, lưu lại với mã UTF-8 (không dùng Windows-1258, TCVN3).",
        ) from problem


def why_not_read(problem: OSError) -> str:
    """An operating system's refusal in the user's words."""
    if isinstance(problem, FileNotFoundError):
        return "Không có tệp này."
    if isinstance(problem, IsADirectoryError):
        return "Đây là thư mục, không phải tệp."
    if isinstance(problem, PermissionError):
        return "Không có quyền đọc tệp."
    return f"Không đọc được tệp (lỗi {problem.errno})."
