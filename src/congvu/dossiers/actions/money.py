"""What the verbs about money share: the balance of each dossier, who may take money, entries put into a change."""

from collections.abc import Iterable

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules.money import ARTICLE, Balance, FeeIn, FeeKind
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement

MOST = 100_000_000_000  # đồng; a longer number is a slip of the hand


def balances(ids: Iterable[int]) -> Beside[Balance]:
    """The ledgers of a set, read when the verb first asks. 1 statement for any size."""
    return Beside(ids, _read, Balance())


def _read(ids: list[int]) -> dict[int, Balance]:
    rows = statement(BULK, "balances").rows({"ids": ids})
    return {row[0]: Balance(*(int(sum_) for sum_ in row[1:])) for row in rows}


def enter(change: Change, balance: Balance, *entries: FeeIn) -> None:
    """Put entries into the change; the state of money follows."""
    change.fees = list(entries)
    change.money = balance.after(*entries).state


def refuse_unless_till(now: DossierNow, office: Office) -> None:
    """Money is taken, waived and given back at the one-stop."""
    if not (office.by.system or office.by.has(CLERK, LEADER)):
        raise Refused("Phí, lệ phí được thu tại bộ phận một cửa.", where=now.label, article=ARTICLE)


def checked_amount(amount: int | None, *, where: str = "amount") -> None:
    """Refuses an amount that is not a positive number of đồng."""
    if amount is not None and not 0 < amount <= MOST:
        raise Refused(
            "Số tiền phải lớn hơn 0 đồng.", where=where, do="Nhập số tiền bằng đồng, không có phần lẻ."
        )


def due_now(now: DossierNow, balance: Balance, amount: int | None) -> tuple[int, tuple[FeeIn, ...]]:
    """What is owed, and the charge to enter first when the dossier owes but nothing was charged yet.

    The charge is then `amount`, or what the published version asks. Refuses a dossier that owes nothing.
    """
    if now.money != Money.OWED:
        raise Refused(f"Hồ sơ ở tình trạng «{now.money.label}», không có khoản phải thu.", where=now.label)
    if balance.owed > 0:
        return balance.owed, ()
    if balance.charged:  # read a moment after the dossier: someone else has just taken it
        raise Refused("Khoản này vừa được nộp.", where=now.label, do="Mở lại hồ sơ để xem biên lai.")
    charge = amount or balance.price
    if not charge:
        raise Refused(
            "Chưa tính mức phí, lệ phí phải nộp.", where="amount", do="Nhập số tiền.", article=ARTICLE
        )
    return charge, (FeeIn(FeeKind.CHARGED, charge, reason="Mức công bố" if not amount else ""),)


NOT_CHARGED = (Status.REGISTERED, Status.REFUSED, Status.WITHDRAWN, Status.RETURNED)
