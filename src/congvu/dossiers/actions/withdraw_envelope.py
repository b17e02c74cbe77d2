"""The applicant withdraws a whole envelope (rút hồ sơ liên thông): what is still open ends, what is done stays done."""

from datetime import datetime
from functools import partial

from django.db import transaction

from congvu.dossiers.actions.deciding import handing_over, withdrawing
from congvu.dossiers.actions.door import perform
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Envelope, EnvelopeMember
from congvu.dossiers.rules.status import Status
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused

_CAN = (Status.RECEIVED, Status.HANDLING, Status.SUPPLEMENT, Status.PAYMENT)


def withdraw_envelope(envelope_id: int, reason: str, *, by: Actor, at: datetime) -> Outcome:
    """Withdraw every member still open; those that wait will never open. About 10 statements, all or nothing.

    A stopped member stays stopped (its papers go back with the notice), a finished one is still given back. Refuses: no
    reason, another counter, nothing left to withdraw.
    """
    if not reason.strip():
        raise Refused("Chưa ghi lý do rút.", where="reason", do="Ghi lý do theo đơn của người nộp.")
    with transaction.atomic():
        row = Envelope.objects.select_for_update().filter(pk=envelope_id).first()
        if row is None or not (by.system or row.receiving_unit_id in by.units(CLERK)):
            raise Refused("Hồ sơ liên thông này do đơn vị khác tiếp nhận.", do="Liên hệ nơi tiếp nhận.")
        members = list(EnvelopeMember.objects.filter(envelope=row).select_related("dossier"))
        waiting = [one for one in members if one.dossier is None and one.closed_at is None]
        open_ones = {
            one.dossier.pk: one.dossier.status
            for one in members
            if one.dossier and one.dossier.status in _CAN
        }
        if not waiting and not open_ones:
            raise Refused(
                "Không còn thủ tục nào để rút.", where=row.code or "",
                do="Trả kết quả đã có; hồ sơ đang dừng thì trả cùng thông báo dừng.",
            )  # fmt: skip
        for one in waiting:
            one.closed_at, one.closed_why = at, f"Người nộp rút hồ sơ: {reason.strip()}"
        EnvelopeMember.objects.bulk_update(waiting, ["closed_at", "closed_why"])
        then = partial(follow, at=at)
        received = [pk for pk, status in open_ones.items() if status == Status.RECEIVED]
        if received:  # the portal knows no way from 2 to 7
            perform("hand_over", received, handing_over(reason), by=by, at=at, then=then).all()
        outcome = perform(
            "withdraw", open_ones, withdrawing(reason), by=by, at=at, resuming=True, then=then, whole=True
        ).all()
        facts = {"code": row.code, "withdrawn": [one.code for one in outcome.done]}
        record("withdraw_envelope", "envelope", row.pk, by=by, at=at, why=reason, after=facts)
    return outcome
