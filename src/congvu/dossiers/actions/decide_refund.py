"""Approve or refuse a refund that another person asked for (duyệt hoàn trả phí)."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.models import RefundRequest, RefundState
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture

LIMIT = "fee.refund_limit"


def decide_refund(
    request_id: int, *, approve: bool, decision: str = "", why: str = "", by: Actor, at: datetime
) -> RefundRequest:
    """Approve by `decision` (number and day) or refuse with `why`. 5 statements, in a transaction. Refuses who may not
    (`why_not_decide`)."""
    if approve and not decision.strip():
        raise Refused("Chưa ghi văn bản cho hoàn trả.", where="decision", do="Ghi số, ngày của quyết định.")
    if not approve and not why.strip():
        raise Refused("Chưa ghi lý do không duyệt.", where="why", do="Người đề nghị đọc được lý do này.")
    with transaction.atomic():
        asked = open_request(request_id, RefundState.ASKED)

        def decide(now: DossierNow, office: Office) -> Change:
            refused = why_not_decide(
                asked.amount, asked.asked_by, now.receiving_unit_id, by, office.sight, at
            )
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


def why_not_decide(
    amount: int, asked_by: int | None, receiving_unit_id: int, by: Actor, sight: Visible, at: datetime
) -> str:
    """ "" when the actor may decide on it; else why not: a leader over the agency that took the money, above the province's
    limit a leader over an agency above it. 1 statement, 2 while the organisation's picture is not at hand."""
    if by.system:
        return ""
    if not sight.leads(receiving_unit_id):
        return "Hoàn trả phí do lãnh đạo nơi thu, hoặc cấp trên của nơi thu, duyệt."
    if by.account_id is not None and by.account_id == asked_by:
        return "Người đề nghị không tự duyệt."
    limit = int(rule_at(LIMIT, at.date()).value)
    above = picture().ancestors(receiving_unit_id, at.date())
    if amount > limit and not any(sight.leads(one.unit_id) for one in above):
        return f"Số tiền trên {limit} đồng do lãnh đạo cấp trên của nơi thu duyệt."
    return ""
