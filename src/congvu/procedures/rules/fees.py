"""Fees as the source writes them: "Miễn phí", "1,000,000 VNĐ(/hồ sơ)", "135 VNĐ", "10 USD(/bản)".

After the amount stands an explanation in brackets, then the note of the row, without a separator.
"""

import re
from dataclasses import dataclass

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.doubts import Change, DoubtKind
from congvu.procedures.rules.words import FeeKind

NO_INFORMATION = "Không có thông tin"
FREE = "Miễn phí"
SMALLEST_BELIEVABLE = 1_000
LARGEST = 10**15
_AMOUNT_CELL = re.compile(r"(?P<amount>\d[\d.,]*)\s*(?P<currency>Việt Nam Đồng|VNĐ|VND|USD|EUR|Euro)")
_AMOUNT_TEXT = re.compile(
    r"(?<![\d/.,])(?P<amount>\d{1,3}(?:[.,]\d{3})+|\d{4,9}|0)\s*(?:đồng|đ\b|VNĐ|VND)", re.IGNORECASE
)
_PER = re.compile(r"^(?:đồng|đ)?\s*/\s*(?P<per>\d{0,3}\s*[^\d(),.;:/]{2,60})", re.IGNORECASE)
_PER_INSIDE = re.compile(r"\d\s*(?:đồng|đ)\s*/\s*(?P<per>\d{0,3}\s*[^\d(),.;:/]{2,60})", re.IGNORECASE)
_PERIOD = re.compile(r"từ\s+ngày\s.{4,40}?đến\s.{0,12}\d|đến\s+hết\s+ngày", re.IGNORECASE)
_ANOTHER = re.compile(r"(?<!mức )(?:lệ )?phí\s*:\s*(?P<amount>\d[\d.,]*\d)", re.IGNORECASE)
_NOTHING_DUE = re.compile(r"^(khong|khong quy dinh|khong co|khong thu( phi)?|mien phi|khong co thong tin)?$")
_CHARGE_WORDS = re.compile(
    r"\b(muc thu|muc phi|le phi|phi |bieu muc|bieu phi|hoi dong nhan dan|thong tu|gia dich vu)"
)


@dataclass(frozen=True, slots=True)
class Fee:
    """`amount` in đồng: 0 is free of charge, None is "only the text says"."""

    amount: int | None
    kind: FeeKind
    per: str
    text: str


@dataclass(frozen=True, slots=True)
class FeeReading:
    """A fee with its doubt, if any, and the amount proposed instead."""

    fee: Fee
    doubt: DoubtKind | None = None
    proposal: int | None = None


def split_explanation(tail: str) -> tuple[str, str]:
    """What follows an amount: (explanation in brackets, note). An unclosed bracket takes everything."""
    if not tail.startswith("("):
        return "", tail
    depth = 0
    for at, letter in enumerate(tail):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return tail[1:at], tail[at + 1 :]
    return tail[1:], ""


def amounts_in(text: str) -> tuple[int, ...]:
    """Every amount in đồng a text names, in order, once each: "mức phí: 500.000 đồng" -> (500000,)."""
    found = (int(re.sub(r"[.,]", "", one["amount"])) for one in _AMOUNT_TEXT.finditer(composed(text)))
    return tuple(dict.fromkeys(found))


def read_fee(cell: str, explanation: str, note: str = "") -> FeeReading:
    """Read one cell of the fee column. Never raises; the words are kept whatever comes of them."""
    text = composed(explanation)
    kind, per = _kind(text), _per(text)
    named = amounts_in(explanation)
    if cell == FREE:
        return _free(Fee(0, kind, per, text), named)
    if not cell or cell == NO_INFORMATION:
        unsaid = Fee(None, kind, per, text)
        said = amounts_in(note)
        return FeeReading(unsaid, DoubtKind.FEE_MISSING, said[0] if len(said) == 1 else None)
    found = _AMOUNT_CELL.fullmatch(cell.strip())
    if found is None:
        return FeeReading(Fee(None, kind, per, composed(f"{cell} {text}")), DoubtKind.FEE_UNPARSED)
    if found["currency"] in ("USD", "EUR", "Euro"):
        return FeeReading(Fee(None, kind, per, composed(f"{cell} {text}")), DoubtKind.FEE_FOREIGN_CURRENCY)
    if not re.fullmatch(r"\d{1,3}(,\d{3})*|\d{1,3}(\.\d{3})*|\d{1,15}", found["amount"]):
        return FeeReading(Fee(None, kind, per, composed(f"{cell} {text}")), DoubtKind.FEE_UNPARSED)
    return _charged(Fee(int(re.sub(r"[.,]", "", found["amount"])), kind, per, text), named, note)


def _free(fee: Fee, named: tuple[int, ...]) -> FeeReading:
    words = fold(fee.text)
    charged = [amount for amount in named if amount]
    if _NOTHING_DUE.match(words) or not (charged or _CHARGE_WORDS.search(words)):
        return FeeReading(fee)
    return FeeReading(
        Fee(None, fee.kind, fee.per, fee.text),
        DoubtKind.FEE_FREE_CONTRADICTED,
        charged[0] if len(charged) == 1 else None,
    )


def _charged(fee: Fee, named: tuple[int, ...], note: str) -> FeeReading:
    amount = fee.amount or 0
    if amount > LARGEST:
        return FeeReading(Fee(None, fee.kind, fee.per, fee.text), DoubtKind.FEE_UNPARSED)
    if 0 < amount < SMALLEST_BELIEVABLE:
        said = named or amounts_in(note)
        if amount * 1000 in said:
            return FeeReading(fee, DoubtKind.FEE_SUSPICIOUS, amount * 1000)
        proposal = said[0] if len(said) == 1 else (None if said or amount == 1 else amount * 1000)
        return FeeReading(fee, DoubtKind.FEE_SUSPICIOUS, proposal)
    others = {int(re.sub(r"[.,]", "", one["amount"])) for one in _ANOTHER.finditer(fee.text)} - {amount}
    if others:
        return FeeReading(fee, DoubtKind.FEE_SEVERAL)
    if _PERIOD.search(f"{fee.text} {note}") and (named or "iễn" in fee.text):
        reduced = [one for one in named if one != amount]
        return FeeReading(fee, DoubtKind.FEE_FOR_A_PERIOD, reduced[0] if len(reduced) == 1 else None)
    if named and amount not in named:
        return FeeReading(fee, DoubtKind.FEE_CONTRADICTS_TEXT, named[0] if len(named) == 1 else None)
    return FeeReading(fee)


def _kind(text: str) -> FeeKind:
    words = fold(text)
    said = {
        kind
        for kind, sign in ((FeeKind.LE_PHI, r"\ble phi\b"), (FeeKind.PHI, r"(?<!le )\bphi\b"))
        if re.search(sign, words)
    }
    return said.pop() if len(said) == 1 else FeeKind.CHUNG


def _per(text: str) -> str:
    found = _PER.match(text) or _PER_INSIDE.search(text)
    return composed(found["per"])[:100] if found else ""


def set_fee(case: str, channels: list[int], order: int, amount: int | None) -> Change:
    """The change that gives a fee line of channels an amount in đồng (see `rules.changes`); incomplete without one."""
    change: Change = {"set": "fee", "case": case, "channels": channels, "order": order, "amount": amount}
    return change if amount is not None else {**change, "incomplete": True}
