"""The ledger of what an applicant owes: what its entries add up to, and the state of money that follows (NĐ 61/2018, art. 22)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from congvu.dossiers.rules.status import Money

ARTICLE = "NĐ 61/2018, Điều 22"


class FeeKind(StrEnum):
    """What an entry of the ledger says. Amounts are whole đồng, always positive."""

    CHARGED = "charged"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"
    DROPPED = "dropped"  # part of a charge that ends: its payment was given back, or it was charged wrongly
    VOIDED = "voided"  # a receipt written by mistake; it keeps its number

    @property
    def label(self) -> str:
        return {
            "charged": "Tính phí", "paid": "Đã thu", "waived": "Miễn, giảm", "refunded": "Hoàn trả", "dropped": "Bỏ khoản thu",
            "voided": "Hủy biên lai",
        }[self]  # fmt: skip


class PayWay(StrEnum):
    """How money came or went: the four ways of NĐ 61/2018, art. 22."""

    COUNTER = "quay"
    TRANSFER = "chuyen-khoan"
    ONLINE = "truc-tuyen"
    POST = "buu-chinh"

    @property
    def label(self) -> str:
        return {
            "quay": "Tiền mặt tại quầy", "chuyen-khoan": "Chuyển khoản", "truc-tuyen": "Trực tuyến",
            "buu-chinh": "Qua bưu chính công ích",
        }[self]  # fmt: skip


class Counted(Protocol):
    """What a sum needs of an entry, written or still to be written."""

    @property
    def kind(self) -> FeeKind: ...

    @property
    def amount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FeeIn:
    """An entry to be written."""

    kind: FeeKind
    amount: int
    way: str = ""
    reason: str = ""
    reference: str = ""
    key: str | None = None  # names a payment of a gateway: told twice, it is one entry
    voids: int | None = None  # the payment whose receipt is voided
    ground: str = ""  # of a waiver: rules.waivers
    percent: int | None = None  # of a waiver given as a share


@dataclass(frozen=True, slots=True)
class PublishedFee:
    """A fee line of a published version that names an amount: "PHI", "LE_PHI" or "CHUNG" (one column for both)."""

    kind: str
    amount: int
    words: str  # what it is for and where it is published


def due_at_reception(lines: Sequence[PublishedFee]) -> tuple[FeeIn, ...]:
    """What a reception charges by itself: the one line, or the one phí and the one lệ phí.

    Several lines of a kind are alternatives (new, changed, again); which one holds is for the counter to say, and
    nothing is charged. balances.sql asks the same of old dossiers.
    """
    kinds = [one.kind for one in lines]
    if len(kinds) > 1 and ("CHUNG" in kinds or len(set(kinds)) < len(kinds)):
        return ()
    return tuple(FeeIn(FeeKind.CHARGED, one.amount, reason=one.words) for one in lines)


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of a dossier's ledger, in đồng. `price`: what its published version asks, 0 when only the text says or
    several amounts may hold. `asked`: what was charged when it began to wait for its payment."""

    charged: int = 0
    paid: int = 0
    waived: int = 0
    refunded: int = 0
    dropped: int = 0
    price: int = 0
    asked: int = 0
    voided: int = 0

    @property
    def owed(self) -> int:
        """What is still to be paid; negative when more came than was due."""
        return self.charged - self.waived - self.dropped - self.held

    @property
    def held(self) -> int:
        """What was paid, under a receipt that stands, and not given back."""
        return self.paid - self.voided - self.refunded

    @property
    def state(self) -> Money:
        """The state of money of the dossier. A ledger without a charge left owes nothing."""
        if self.owed > 0:
            return Money.OWED
        if self.held > 0:
            return Money.PAID
        return Money.WAIVED if self.waived else Money.NONE

    def after(self, *entries: Counted) -> "Balance":
        """The sums with `entries` added."""
        found = self
        for one in entries:
            found = replace(found, **{one.kind.value: getattr(found, one.kind.value) + one.amount})
        return found

    def corrected(self, total: int) -> FeeIn | None:
        """The entry by which `total` is what was due in all; None when it is already."""
        more = total - (self.charged - self.dropped)
        if not more:
            return None
        return FeeIn(FeeKind.CHARGED, more) if more > 0 else FeeIn(FeeKind.DROPPED, -more)

    def refund(self, amount: int) -> tuple[FeeIn, ...]:
        """The entries of giving `amount` back: what was paid too much goes first, the rest ends part of the charge."""
        over = max(0, -self.owed)
        back = FeeIn(FeeKind.REFUNDED, amount)
        return (back, FeeIn(FeeKind.DROPPED, amount - over)) if amount > over else (back,)
