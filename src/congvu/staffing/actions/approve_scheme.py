"""Trình, thẩm định, trả lại, phê duyệt đề án vị trí việc làm. Whoever submits does not appraise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.models import Scheme
from congvu.staffing.rules.kinds import DRAFT
from congvu.staffing.rules.schemes import APPRAISED, APPROVED, SCHEME_STATES, SUBMITTED, refuse_step


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision that approves, and the day from which the scheme is in force."""

    number: str
    signed_on: date | None
    issuer: str
    valid_from: date


@transaction.atomic
def submit(scheme_ids: Iterable[int], *, by: Actor, at: datetime) -> int:
    """Drafts go to appraisal. 4 statements for any number. Refuses one without positions. Again: nothing."""
    found = _held(scheme_ids, SUBMITTED, by)
    filled = dict(
        Scheme.objects.filter(pk__in=[one.pk for one in found]).values_list("pk").annotate(Count("lines"))
    )
    if any(not filled.get(one.pk) for one in found):
        raise Refused("Đề án chưa có vị trí nào.", do="Thêm vị trí rồi trình.")
    return _to(
        found, SUBMITTED, "staffing.submit_scheme", by, at, submitted_at=at, submitted_by_id=by.account_id
    )


@transaction.atomic
def appraise(scheme_ids: Iterable[int], remarks: str, *, by: Actor, at: datetime) -> int:
    """The department of home affairs has looked at them. 3 statements. Refuses the one who submitted, and no remarks."""
    said = _remarks(remarks)
    found = _held(scheme_ids, APPRAISED, by)
    if by.account_id is not None and any(one.submitted_by_id == by.account_id for one in found):
        raise Refused(
            "Người trình không tự thẩm định đề án.", do="Đề nghị người khác của cơ quan nội vụ thẩm định."
        )
    return _to(
        found,
        APPRAISED,
        "staffing.appraise_scheme",
        by,
        at,
        appraised_at=at,
        appraised_by=by.name[:200],
        remarks=said,
    )


@transaction.atomic
def send_back(scheme_ids: Iterable[int], remarks: str, *, by: Actor, at: datetime) -> int:
    """Back to drafts, with what is to be mended. 3 statements."""
    said = _remarks(remarks)
    cleared = {"submitted_at": None, "submitted_by_id": None, "appraised_at": None, "appraised_by": ""}
    return _to(_held(scheme_ids, DRAFT, by), DRAFT, "staffing.return_scheme", by, at, remarks=said, **cleared)


@transaction.atomic
def approve(scheme_ids: Iterable[int], approval: Approval, *, by: Actor, at: datetime) -> int:
    """Approved by a decision, frozen, in force from a day. 4 statements. Refuses a day not after that of the version
    before: what was in force stays in force. More holders than posts is shown, not refused: the ledger decides there."""
    number = composed(approval.number)[:100]
    if not number:
        raise Refused("Thiếu số quyết định phê duyệt.", where="number", do="Ghi số, ký hiệu quyết định.")
    found = _held(scheme_ids, APPROVED, by)
    earlier = Scheme.objects.filter(unit__in=[one.unit_id for one in found], state=APPROVED)
    late = earlier.filter(valid_from__gte=approval.valid_from).order_by("-valid_from").first()
    if late is not None:
        raise Refused(
            f"Đề án phiên bản {late.version} đã có hiệu lực từ {late.valid_from:%d/%m/%Y}.",
            where="valid_from",
            do="Chọn ngày hiệu lực sau ngày đó.",
        )
    return _to(
        found, APPROVED, "staffing.approve_scheme", by, at, decision_number=number, signed_on=approval.signed_on,
        issuer=composed(approval.issuer)[:200], valid_from=approval.valid_from, approved_at=at, approved_by=by.name[:200],
    )  # fmt: skip


def _remarks(text: str) -> str:
    said = composed(text)
    if not said:
        raise Refused("Chưa ghi ý kiến.", where="remarks", do="Ghi ý kiến thẩm định hoặc điều cần sửa.")
    return said


def _held(scheme_ids: Iterable[int], wanted: str, by: Actor) -> list[Scheme]:
    """The versions, locked, without those already there. Refuses a step out of order. 1 statement."""
    refuse_unless_may_write(by)
    ids = set(scheme_ids)
    found = list(Scheme.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    if len(found) < len(ids):
        raise Refused("Không có đề án này.", do="Mở lại danh sách đề án.")
    waiting = [one for one in found if one.state != wanted]
    for one in waiting:
        refuse_step(one.state, wanted)
    return waiting


def _to(found: list[Scheme], state: str, verb: str, by: Actor, at: datetime, **facts: Any) -> int:
    Scheme.objects.filter(pk__in=[one.pk for one in found]).update(state=state, **facts)
    kept: dict[str, Any] = {name: facts[name] for name in ("remarks", "decision_number") if name in facts}
    if "valid_from" in facts:
        kept["valid_from"] = facts["valid_from"].isoformat()
    after = {"state": SCHEME_STATES[state], **kept}
    rows = [(one.pk, {"state": SCHEME_STATES[one.state]}, after) for one in found]
    record_many(verb, "scheme", rows, by=by, at=at)
    return len(found)
