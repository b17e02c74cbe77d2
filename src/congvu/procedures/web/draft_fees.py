"""The fee lines of a channel in the draft form: as many as there are, and one empty line to add another.

The boxes of all lines share their names, so a line is its place in each list. A line wiped clean is a line removed;
the script only spares the round trip.
"""

from dataclasses import dataclass

from django.http import QueryDict

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.procedures.rules.content import ChannelLine, FeeLine
from congvu.procedures.rules.words import FeeKind
from congvu.procedures.web.numbers import whole_number

MOST_FEES = 60  # a channel; the longest tariff of the national catalogue has half as many
LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class FeeBox:
    """The boxes of one fee line, as typed."""

    amount: str = ""
    kind: str = FeeKind.CHUNG.value
    per: str = ""
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is said: the kind alone is no fee."""
        return not (self.amount.strip() or composed(self.per) or composed(self.text))


def fee_boxes(line: ChannelLine | None) -> tuple[FeeBox, ...]:
    """The lines of a channel and an empty one."""
    held = (
        FeeBox("" if fee.amount is None else str(fee.amount), fee.kind, fee.per_text, fee.text)
        for fee in (line.fees if line else ())
    )
    return (*held, FeeBox())


def typed_boxes(data: QueryDict, prefix: str) -> tuple[FeeBox, ...]:
    """The lines as typed, without the empty ones, and an empty one."""
    amounts = data.getlist(f"{prefix}-phi")
    columns = [data.getlist(f"{prefix}-{name}") for name in ("loai-phi", "moi", "loi-phi")]
    rows = (
        FeeBox(amount, *(column[at] if at < len(column) else "" for column in columns))
        for at, amount in enumerate(amounts)
    )
    return (*(row for row in rows if not row.empty), FeeBox())


def fees_from(data: QueryDict, prefix: str, where: str) -> tuple[FeeLine, ...]:
    """The fee lines of a channel. Refuses, naming the line: an amount that is no number, too many lines, too much text."""
    typed = typed_boxes(data, prefix)[:-1]
    if len(typed) > MOST_FEES:
        raise Refused(
            f"Có {len(typed)} dòng phí.",
            where=where,
            do=f"Một cách nộp có nhiều nhất {MOST_FEES} dòng; gộp lại.",
        )
    return tuple(_line(box, f"{where}, dòng phí {at}") for at, box in enumerate(typed, start=1))


def _line(box: FeeBox, where: str) -> FeeLine:
    if len(box.text) > LONGEST_TEXT:
        raise Refused(
            f"Lời ghi dài {len(box.text)} ký tự.", where=where, do=f"Rút xuống dưới {LONGEST_TEXT} ký tự."
        )
    return FeeLine(
        amount=whole_number(box.amount, where),
        kind=box.kind or FeeKind.CHUNG.value,
        per_text=composed(box.per)[:200],
        text=box.text.replace("\r\n", "\n").replace("\0", "").strip(),
    )
