"""Approve or refuse a refund that another person asked for (duyệt hoàn trả phí)."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.models import RefundRequest, RefundState
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import LEADER
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused

LIMIT = "fee.refund_limit"


def decide_refund(
    request_id: int, *, approve: bool, decision: str = "", why: str = "", by: Actor, at: datetime
) -> RefundRequest:
    """Approve by `decision` (number and day) or refuse with `why`. 5 statements, in a transaction. Refuses who is no leader,
    who asked for it, and, above the province's limit, a leader of the one-stop that holds the money alone."""
    if approve and not decision.strip():
        raise Refused("Chưa ghi văn bản cho hoàn trả.", where="decision", do="Ghi số, ngày của quyết định.")
    if not approve and not why.strip():
        raise Refused("Chưa ghi lý do không duyệt.", where="why", do="Người đề nghị đọc được lý do này.")
    with transaction.atomic():
        asked = open_request(request_id, RefundState.ASKED)

        def decide(now: DossierNow, office: Office) -> Change:
            refused = why_not_decide(asked, now.receiving_unit_id, by, at)
            if refused:
                raise Refused(refused, where=now.label, do="Đề nghị người có thẩm quyền duyệt.")
            words = f"{asked.amount} đồng" + (f", {decision.strip()}" if approve else f": {why.strip()}")
            return Change.of(now, now.status, reason=words)

        verb = "approve_refund" if approve else "refuse_refund"
        perform(verb, [asked.dossier_id], decide, by=by, at=at).only()
        asked.state = RefundState.APPROVED if approve else RefundState.REFUSED
        asked.decision, asked.decided_why = decision.strip()[:100] if approve else "", why.strip()
        asked.decided_at, asked.decided_by = at, by.account_id
        asked.save(update_fields=("state", "decision", "decided_why", "decided_at", "decided_by"))
    return asked


def open_request(request_id: int, state: RefundState) -> RefundRequest:
    """The request, held until the transaction ends; refuses one that is not in `state` any more. 1 statement."""
    found = RefundRequest.objects.select_for_update().filter(pk=request_id).first()
    if found is None:
        raise Refused("Không có đề nghị hoàn trả này.", where=str(request_id))
    if found.state != state:
        label = RefundState(found.state).label
        raise Refused(f"Đề nghị này ở trạng thái «{label}».", do="Tải lại trang để xem.")
    return found


def why_not_decide(asked: RefundRequest, receiving_unit_id: int, by: Actor, at: datetime) -> str:
    """ "" when the actor may decide on it; else why not. 1 statement."""
    if not (by.system or by.has(LEADER)):
        return "Hoàn trả phí do lãnh đạo duyệt."
    if by.account_id is not None and by.account_id == asked.asked_by:
        return "Người đề nghị không tự duyệt."
    limit = int(rule_at(LIMIT, at.date()).value)
    if asked.amount > limit and not by.system and set(by.units(LEADER)) <= {receiving_unit_id}:
        return f"Số tiền trên {limit} đồng do lãnh đạo cấp trên của nơi thu duyệt."
    return ""
