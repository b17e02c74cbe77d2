"""Match a bank's day file with the ledger (đối chiếu sao kê): every line is kept, entered once, or listed as unknown."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from congvu.dossiers.actions.gateways import gateway
from congvu.dossiers.actions.report_payment import PaymentReport, report_payment
from congvu.dossiers.models import BankLine, Dossier, FeeEntry, OnlinePayment
from congvu.dossiers.rules.bank_file import FileLine, Verdict, read_bank_file, reference_in
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines of a file name, as it stands here."""

    payments: dict[str, str]  # the dossier's code by the reference of a payment begun
    entered: dict[str, int]  # the dossier by the key of a payment in the ledger
    codes: set[str]


def import_bank(content: bytes, unit_id: int, *, by: Actor, at: datetime) -> Counter[Verdict]:
    """Read a file once; returns how many lines came to which verdict. 6 statements, one more for each thousand lines, and
    about 8 for each credit of a dossier.

    A credit is a transaction of its own, so that a fault stops nothing that was matched. The same file again adds nothing.
    """
    if unit_id not in by.units(CLERK):
        raise Refused("Chỉ công chức một cửa nạp sao kê của nơi mình.", where="noi")
    digest = hashlib.sha256(content).hexdigest()
    lines = read_bank_file(content)
    seen = set(BankLine.objects.filter(file_sha256=digest).values_list("row", flat=True))
    lines = [line for line in lines if line.row not in seen]
    if not lines:
        return Counter()
    known = _known(lines)
    credits: list[tuple[BankLine, str]] = []
    others: list[BankLine] = []
    for line in lines:
        kept = BankLine(
            file_sha256=digest, row=line.row, unit_id=unit_id, raw=line.raw, transaction=line.transaction, amount=line.amount,
            content=line.content, at=at, read_by=by.account_id,
        )  # fmt: skip
        code = _judged(kept, line, known)
        if code:
            credits.append((kept, code))
        else:
            others.append(kept)
    with transaction.atomic():
        BankLine.objects.bulk_create(
            others, _AT_ONCE, ignore_conflicts=True
        )  # the file may be read twice at once
        record(
            "import_bank", "unit", unit_id, by=by, at=at, after={"file_sha256": digest, "lines": len(lines)}
        )
    counted = Counter(Verdict(one.verdict) for one in others)
    counted.update(_enter(kept, code, by=by, at=at) for kept, code in credits)
    return counted


def _known(lines: Sequence[FileLine]) -> _Known:
    """All that a file's lines name, in 3 statements."""
    references = {line.reference for line in lines} - {""}
    keys = {_key(line.transaction) for line in lines if line.amount is not None}
    codes = {line.code for line in lines} - {""}
    begun = OnlinePayment.objects.filter(reference__in=references).values_list("reference", "dossier__code")
    entered = FeeEntry.objects.filter(key__in=keys).values_list("key", "dossier_id")
    return _Known(
        {reference: str(code) for reference, code in begun},
        {str(key): dossier for key, dossier in entered},
        {str(one) for one in Dossier.objects.filter(code__in=codes).values_list("code", flat=True)},
    )


def _judged(kept: BankLine, line: FileLine, known: _Known) -> str:
    """The code of the dossier whose credit a line may be; "" when nothing is to be entered, and the line says why."""
    code = known.payments.get(line.reference) or line.code
    holder = known.entered.get(_key(line.transaction))
    kept.verdict = Verdict.UNKNOWN
    if line.amount is None:
        kept.verdict, kept.why = (Verdict.OUT, "") if line.out else (Verdict.UNREAD, line.why)
    elif holder is not None:
        kept.verdict, kept.dossier_id = Verdict.KNOWN, holder
    elif not code:
        kept.why = "Nội dung không có mã tham chiếu, hay đúng một mã hồ sơ."
    elif line.reference not in known.payments and code not in known.codes:
        kept.why = f"Không có hồ sơ mang mã {code}."
    else:
        return code
    return ""


def _enter(kept: BankLine, code: str, *, by: Actor, at: datetime) -> Verdict:
    """Enter one credit and keep its line."""
    try:
        with transaction.atomic():
            try:
                new = enter_line(kept, code, by=by, at=at)
                kept.verdict = Verdict.ENTERED if new else Verdict.KNOWN
            except Refused as why:
                kept.verdict, kept.why = Verdict.UNKNOWN, why.what
            kept.save()
    except IntegrityError as problem:  # another reads the same file now: what that one wrote stands
        if "bank_line_once" not in str(problem):
            raise
        return Verdict.KNOWN
    return Verdict(kept.verdict)


def enter_line(line: BankLine, code: str, *, by: Actor, at: datetime) -> bool:
    """Enter the money of a line on a dossier and note the dossier on the line (the caller saves it); False when the
    ledger had that transaction. 7 statements. Raises Refused as `report_payment` does."""
    report = PaymentReport(_gateway(), line.transaction, code, line.amount or 0)
    new = report_payment(report, by=by, at=at)
    line.dossier_id = FeeEntry.objects.values_list("dossier_id", flat=True).get(key=report.key)
    OnlinePayment.objects.filter(
        reference=reference_in(line.content), dossier_id=line.dossier_id, paid_at__isnull=True
    ).update(paid_at=at)
    return new


def _key(number: str) -> str:
    return PaymentReport(_gateway(), number, "", 0).key


def _gateway() -> str:
    """Named like the callback's: what the bank told at once and writes in its file is one payment."""
    chosen = gateway()
    return chosen.name if chosen else "ngan-hang"
