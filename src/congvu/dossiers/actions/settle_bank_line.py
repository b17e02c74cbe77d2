"""What a person decides of a bank's line that waits: whose fee it is, or that it is none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.import_bank import enter_line
from congvu.dossiers.models import BankLine
from congvu.dossiers.rules.bank_file import WAITING, Verdict
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def settle_bank_line(line_id: int, code: str, units: Sequence[int], *, by: Actor, at: datetime) -> bool:
    """Give a line its dossier (gán hồ sơ), also one put aside before; False when the ledger had its transaction.
    10 statements."""
    with transaction.atomic():
        line = _held(line_id, units, Verdict.UNKNOWN, Verdict.NO_FEE)
        before = line.verdict
        new = enter_line(line, code, by=by, at=at)
        line.verdict = Verdict.SETTLED if new else Verdict.KNOWN
        line.why = "" if new else "Giao dịch này đã có trong sổ."
        _keep("settle_bank_line", line, before, by=by, at=at)
    return new


def put_bank_line_aside(line_id: int, why: str, units: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Say that a line is no fee, and why (không phải phí). 3 statements. It can still be given a dossier later."""
    reason = why.strip()[:1000]
    if not reason:
        raise Refused(
            "Chưa ghi vì sao dòng này không phải phí.", where="ly-do", do="Ghi tiền gì, đã xử lý thế nào."
        )
    with transaction.atomic():
        line = _held(line_id, units, *WAITING)
        before, line.verdict, line.why = line.verdict, Verdict.NO_FEE, reason
        _keep("put_bank_line_aside", line, before, by=by, at=at)


def _held(line_id: int, units: Sequence[int], *verdicts: Verdict) -> BankLine:
    line = (
        BankLine.objects.select_for_update()
        .filter(pk=line_id, unit_id__in=units, verdict__in=verdicts)
        .first()
    )
    if line is None:
        raise Refused("Dòng sao kê này không còn chờ xử lý.", where=str(line_id), do="Mở lại danh sách.")
    return line


def _keep(verb: str, line: BankLine, before: str, *, by: Actor, at: datetime) -> None:
    line.save()
    record(
        verb, "bank_line", line.pk, by=by, at=at, why=line.why,
        before={"verdict": before}, after={"verdict": line.verdict, "dossier": line.dossier_id, "amount": line.amount},
    )  # fmt: skip
