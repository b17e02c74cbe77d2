"""Match a bank's day file with the ledger (đối chiếu sao kê): every line is kept, entered once, or listed as unknown."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.gateways import gateway
from congvu.dossiers.actions.report_payment import PaymentReport, report_payment
from congvu.dossiers.models import BankLine, OnlinePayment
from congvu.dossiers.rules.bank_file import FileLine, read_bank_file
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused

ENTERED, KNOWN, UNKNOWN, UNREAD, SETTLED = "entered", "known", "unknown", "unread", "settled"
VERDICTS = {
    ENTERED: "đã ghi thu", KNOWN: "đã có trong sổ", UNKNOWN: "chưa khớp hồ sơ", UNREAD: "không phải khoản thu",
    SETTLED: "đã gán hồ sơ",
}  # fmt: skip


def import_bank(content: bytes, unit_id: int, *, by: Actor, at: datetime) -> dict[str, int]:
    """Read a file once; returns how many lines came to which verdict. About 8 statements a line.

    Each line is its own transaction, so that a fault stops nothing that was matched. The same file read again adds none.
    """
    if unit_id not in by.units(CLERK):
        raise Refused("Chỉ công chức một cửa nạp sao kê của nơi mình.", where="noi")
    lines = read_bank_file(content)
    digest = hashlib.sha256(content).hexdigest()
    seen = set(BankLine.objects.filter(file_sha256=digest).values_list("row", flat=True))
    counted = dict.fromkeys(VERDICTS, 0)
    for line in lines:
        if line.row not in seen:
            counted[_take(line, digest, unit_id, by=by, at=at).verdict] += 1
    return counted


def _take(line: FileLine, digest: str, unit_id: int, *, by: Actor, at: datetime) -> BankLine:
    kept = BankLine(
        file_sha256=digest, row=line.row, unit_id=unit_id, raw=line.raw, transaction=line.transaction, amount=line.amount,
        content=line.content, why=line.why, verdict=UNREAD, at=at, read_by=by.account_id,
    )  # fmt: skip
    with transaction.atomic():
        if line.amount is not None:
            kept.verdict, kept.why, kept.dossier_id = _matched(line, by=by, at=at)
        kept.save()
    return kept


def _matched(line: FileLine, *, by: Actor, at: datetime) -> tuple[str, str, int | None]:
    """The verdict of a line, why, and its dossier."""
    payment = OnlinePayment.objects.select_related("dossier").filter(reference=line.reference).first()
    code = str(payment.dossier.code) if payment else line.code
    if not code:
        return UNKNOWN, "Nội dung không có mã tham chiếu, hay đúng một mã hồ sơ.", None
    try:
        new = report_payment(_report(line.transaction, code, line.amount or 0), by=by, at=at)
    except Refused as why:
        return UNKNOWN, why.what, None
    if payment is not None:
        OnlinePayment.objects.filter(pk=payment.pk, paid_at__isnull=True).update(paid_at=at)
    return (ENTERED, "", payment.dossier_id if payment else None) if new else (KNOWN, "", None)


def _report(number: str, code: str, amount: int) -> PaymentReport:
    """Named like the callback's: what the bank told at once and writes in its file is one payment."""
    chosen = gateway()
    return PaymentReport(chosen.name if chosen else "ngan-hang", number, code, amount)


def settle_bank_line(line_id: int, code: str, units: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Give an unknown line its dossier (gán hồ sơ cho dòng sao kê). 7 statements."""
    with transaction.atomic():
        line = (
            BankLine.objects.select_for_update()
            .filter(pk=line_id, unit_id__in=units, verdict=UNKNOWN)
            .first()
        )
        if line is None:
            raise Refused("Dòng sao kê này không còn chờ gán.", where=str(line_id), do="Mở lại danh sách.")
        new = report_payment(_report(line.transaction, code, line.amount or 0), by=by, at=at)
        line.verdict, line.why = (
            (SETTLED, f"Gán cho {code}") if new else (KNOWN, "Giao dịch này đã có trong sổ")
        )
        line.save()
