"""What is given at the command line: days, periods, choices, files. What cannot be used is a BadInput (exit code 2)."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from congvu.config.cli.output import BadInput
from congvu.foundation.refusal import Refused

MOMENT = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?"
_VIETNAMESE = re.compile(
    r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}")


def day_of(text: str | None, where: str, *, example: str = "") -> date:
    """The day written as 2026-10-31 or 31/10/2026; `where` is the option it was given to."""
    given = (text or "").strip()
    if not given:
        raise BadInput("Chưa ghi ngày.", where=where, do=f"Ví dụ: {example or '2026-10-31'}")
    if not _DAY.fullmatch(given):
        raise BadInput(
            f"Không đọc được ngày «{text}».", where=where, do="Ghi như 2026-10-31 hoặc 31/10/2026."
        )
    found = _in_calendar(given, where, "ngày")
    return date(found.year, found.month, found.day)


def day_if_given(text: str | None, where: str) -> date | None:
    return day_of(text, where) if text else None


def moment_of(text: str, where: str) -> date | datetime:
    """A day, or a moment, as ISO 8601 or as dd/mm/yyyy [hh:mm]."""
    given = text.strip()
    if not (_VIETNAMESE.fullmatch(given) or re.fullmatch(MOMENT, given)):
        raise BadInput(
            f"Không đọc được ngày giờ «{text}».", where=where, do="Ghi như 2026-11-20T14:59 hoặc 20/11/2026."
        )
    return _in_calendar(given, where, "ngày giờ")


def _in_calendar(given: str, where: str, what: str) -> date | datetime:
    written = _VIETNAMESE.fullmatch(given)
    try:
        if written is None:
            return date.fromisoformat(given) if _DAY.fullmatch(given) else datetime.fromisoformat(given)
        day = (int(written["y"]), int(written["m"]), int(written["d"]))
        return (
            date(*day)
            if written["hour"] is None
            else datetime(*day, int(written["hour"]), int(written["minute"]))
        )
    except ValueError:
        raise BadInput(
            f"Không có {what} «{given}» trong lịch.", where=where, do="Kiểm tra lại ngày, tháng."
        ) from None


def refuse_backwards(first: date | None, last: date | None, where: str = "--to") -> None:
    """A period ends no earlier than it begins."""
    if first and last and first > last:
        raise BadInput("Ngày cuối kỳ trước ngày đầu kỳ.", where=where, do="Đổi lại hai ngày.")


def refuse_other(given: str, known: Collection[str], where: str, what: str) -> None:
    """`what` says what cannot be done with it: «Không chia dòng theo «{}» được.»."""
    if given not in known:
        raise BadInput(what.format(given), where=where, do=f"Chọn một trong: {', '.join(known)}.")


def content_of(path: Path) -> bytes:
    """The content of the file."""
    try:
        return path.read_bytes()
    except OSError as wrong:
        missing = isinstance(wrong, FileNotFoundError)
        what = "Không có tệp này." if missing else f"Không đọc được tệp ({wrong.strerror})."
        raise BadInput(what, where=str(path), do="Kiểm tra đường dẫn và quyền đọc.") from None


@contextmanager
def at_fault(
    options: Mapping[str, str] | None = None, *, where: str = "", only: type[Refused] = Refused
) -> Iterator[None]:
    """What is refused within is the fault of what was given, not the state of anything: exit code 2.

    `options` names the option for the field a refusal names, `where` the place when it names none; with `only` other
    refusals stay what they are.
    """
    try:
        yield
    except only as no:
        raise BadInput(no.what, where=(options or {}).get(no.where, no.where) or where, do=no.do) from None
