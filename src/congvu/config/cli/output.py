"""What a command says: one JSON document on stdout, or lines for people; and how failures become words."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from congvu.foundation.refusal import Refused

OK, PROBLEM, BAD_USAGE = 0, 1, 2


class BadInput(Exception):
    """The words given to a command cannot be used (exit code 2). `do` says what to give instead."""

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(what)


def print_json(document: Any) -> None:
    """Print one JSON document, Vietnamese as it is written; dates in ISO form."""
    print(json.dumps(document, ensure_ascii=False, indent=1, default=_plain))


def exact(number: Any) -> int | float | str | None:
    """A number for JSON: a whole one as a number, a fraction as text, "25/2", so that nothing is rounded."""
    return number if number is None or isinstance(number, int | float) else str(number)


def rounded_once(number: Fraction | None, places: int = 2) -> float | None:
    """A fraction for JSON, rounded half up as screens round it; null when there is none."""
    from congvu.foundation.ui.formats import rounded

    return None if number is None else float(rounded(number, places))


def comma(number: object) -> str:
    """A number for people, its decimals after a comma."""
    return str(number).replace(".", ",")


def note(line: str) -> None:
    """A line for the person, beside the data: stderr."""
    print(line, file=sys.stderr, flush=True)


def note_first(lines: Sequence[str], kind: str = "dòng", most: int = 20) -> None:
    """The first of many lines about parts of a file; how many more there are."""
    for line in lines[:most]:
        note(f"  {line}")
    if len(lines) > most:
        note(f"  … và {len(lines) - most} {kind} khác; --json in đủ.")


def explain(error: BaseException, *, as_json: bool) -> int | None:
    """Say `error` in words and return the exit code; None for an error of ours, which wants its traceback."""
    found = _words(error)
    if found is None:
        return None
    code, document = found
    if as_json:
        print_json({"error": document})
    note("congvu: " + "\n".join(document[part] for part in ("what", "do", "article") if document.get(part)))
    return code


def _words(error: BaseException) -> tuple[int, dict[str, str]] | None:
    if isinstance(error, Refused):
        where = {"where": error.where} if error.where else {}
        told = error.what.casefold().startswith(error.where.casefold())  # a line of a file names itself
        what = error.what if told else f"{error.where}: {error.what}"
        return PROBLEM, {"what": what, "do": error.do, "article": error.article, **where}
    if isinstance(error, BadInput):
        return BAD_USAGE, {
            "what": f"{error.where}: {error.what}" if error.where else error.what,
            "do": error.do,
        }
    kind = type(error).__name__
    if kind == "BadSetting":
        return BAD_USAGE, {"what": str(error).removeprefix("congvu: ")}
    if kind == "ServerTrouble":
        return PROBLEM, {"what": str(error)}
    if (
        kind == "OperationalError"
    ):  # Django's or psycopg's; neither is imported here, `term` starts without them
        return PROBLEM, {
            "what": f"Không làm việc được với cơ sở dữ liệu: {str(error).strip()}",
            "do": "Chạy ./congvu doctor để xem nguyên nhân.",
        }
    return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
