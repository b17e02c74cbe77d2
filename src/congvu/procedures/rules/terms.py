"""Terms as the source writes them: "5 Ngày làm việc", "24 Giờ", "1", "Không có thông tin".

Units are never converted (BLDS 2015, Điều 144-148 counts them differently); what is unclear stays null with a doubt.
"""

import re
from dataclasses import dataclass

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.doubts import Change, DoubtKind
from congvu.procedures.rules.words import TermUnit

NO_INFORMATION = "Không có thông tin"
MOST = 10_000
_UNITS = {
    "gio lam viec": TermUnit.GIO_LAM_VIEC,
    "ngay lam viec": TermUnit.NGAY_LAM_VIEC,
    "ngay": TermUnit.NGAY,
    "tuan": TermUnit.TUAN,
    "thang": TermUnit.THANG,
    "nam": TermUnit.NAM,
}
_CELL = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*(?P<unit>[^\d\s].*)?", re.DOTALL)
_IN_TEXT = re.compile(
    r"(?<![\d/.,])0*(?P<n>\d{1,4})\s*(?:\([^)]{1,20}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|giờ\s+làm\s+việc|ngày|giờ|tuần|tháng|năm)(?!\s*\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """`n` of a unit. Always positive."""

    n: int
    unit: TermUnit

    def words(self) -> str:
        return f"{self.n} {self.unit.label}"


@dataclass(frozen=True, slots=True)
class TermReading:
    """What one cell gave: a term, or none with the kind of doubt and the number seen without a unit."""

    term: Term | None
    doubt: DoubtKind | None = None
    bare: int | None = None
    proposal: Term | None = None


def read_term(cell: str) -> TermReading:
    """Read one cell of the time column. Never raises; a term is given only when number and unit are certain.

    "5 Ngày làm việc" -> 5 ngày làm việc; "1" -> no unit; "1.5 Ngày làm việc" -> fraction (12 giờ làm việc proposed);
    "24 Giờ" -> doubt of which hours (24 giờ làm việc proposed).
    """
    text = composed(cell)
    if not text or text == NO_INFORMATION:
        return TermReading(None, DoubtKind.TERM_MISSING)
    found = _CELL.fullmatch(text)
    if found is None:
        return TermReading(None, DoubtKind.TERM_UNPARSED)
    number, unit_text = found["n"].replace(",", "."), fold(found["unit"] or "")
    if "." in number and float(number) != int(float(number)):
        hours = float(number) * 8
        whole = unit_text == "ngay lam viec" and hours == int(hours) and 0 < hours <= MOST
        return TermReading(
            None,
            DoubtKind.TERM_FRACTION,
            proposal=Term(int(hours), TermUnit.GIO_LAM_VIEC) if whole else None,
        )
    n = int(float(number)) if len(number) <= 8 else MOST + 1
    if not 0 < n <= MOST:
        return TermReading(None, DoubtKind.TERM_UNPARSED)
    if not unit_text:
        return TermReading(None, DoubtKind.TERM_WITHOUT_UNIT, bare=n)
    if unit_text == "gio":
        return TermReading(None, DoubtKind.TERM_HOURS_KIND, bare=n, proposal=Term(n, TermUnit.GIO_LAM_VIEC))
    if unit_text not in _UNITS:
        return TermReading(None, DoubtKind.TERM_UNPARSED)
    return TermReading(Term(n, _UNITS[unit_text]))


def terms_in(text: str) -> frozenset[Term]:
    """Every term a sentence names, plain hours left out: "trong thời hạn 05 ngày làm việc" -> {5 ngày làm việc}."""
    found = set()
    for match in _IN_TEXT.finditer(composed(text)):
        unit = _UNITS.get(fold(match["unit"]))
        n = int(match["n"])
        if unit is not None and 0 < n <= MOST:
            found.add(Term(n, unit))
    return frozenset(found)


def the_term_for(bare: int | None, *texts: str) -> Term | None:
    """The one term that the first speaking text gives (for number `bare`, when known); None when they disagree."""
    for text in texts:
        candidates = {one for one in terms_in(text) if bare is None or one.n == bare}
        if candidates:
            return candidates.pop() if len(candidates) == 1 else None
    return None


def set_term(case: str, channels: list[int], term: Term | None, bare: int | None = None) -> Change:
    """The change that gives channels of a case a term (see `rules.changes`); incomplete when the term is not known."""
    change: Change = {"set": "term", "case": case, "channels": channels}
    if term is None:
        return {**change, "n": bare, "unit": None, "incomplete": True}
    return {**change, "n": term.n, "unit": term.unit.value}
