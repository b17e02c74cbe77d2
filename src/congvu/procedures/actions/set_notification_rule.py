"""Set what a procedure of notification asks of the applicant, from a day on (quy định về thông báo)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.procedures.access import may_edit
from congvu.procedures.models import NotificationRule, Procedure
from congvu.procedures.rules.words import Nature, TermUnit

SIDES = {"TRUOC": "trước", "SAU": "sau"}


@dataclass(frozen=True, slots=True)
class NotificationIn:
    """What the law says, with its article."""

    event: str
    n: int
    unit: str
    side: str
    citation: str
    evidence: str = "MEM"
    deemed: bool = False
    deemed_citation: str = ""


def set_notification_rule(
    procedure_id: int, rule: NotificationIn, valid_from: date, *, by: Actor, at: datetime
) -> NotificationRule:
    """Write the rule; the one in force ends that day. 5 statements.

    Refuses: a procedure that is no notification, a term that says nothing, no article, a day before the one in force.
    """
    if not (by.system or may_edit(by)):
        raise Refused("Chỉ quản trị danh mục ghi quy định về thông báo.", do="Đề nghị quản trị viên.")
    if (
        not composed(rule.event)
        or rule.n < 1
        or rule.unit not in TermUnit.__members__
        or rule.side not in SIDES
    ):
        raise Refused(
            "Chưa ghi đủ sự việc và thời hạn.", where="event", do="Ghi sự việc, số, đơn vị, trước hay sau."
        )
    if not composed(rule.citation) or (rule.deemed and not composed(rule.deemed_citation)):
        raise Refused("Chưa ghi điều luật.", where="citation", do="Ghi số văn bản và điều, khoản.")
    with transaction.atomic():
        procedure = Procedure.objects.select_for_update().filter(pk=procedure_id).first()
        if procedure is None or procedure.nature != Nature.THONG_BAO.value:
            raise Refused(
                "Thủ tục này không phải thủ tục thông báo.", where=str(procedure_id), do="Chọn thủ tục khác."
            )
        held = NotificationRule.objects.filter(procedure=procedure, valid_to__isnull=True).first()
        if held is not None:
            if held.valid_from > valid_from:
                raise Refused(
                    f"Quy định đang dùng có hiệu lực từ {held.valid_from:%d/%m/%Y}.", where="valid_from",
                    do="Chọn ngày muộn hơn.",
                )  # fmt: skip
            NotificationRule.objects.filter(pk=held.pk).update(valid_to=valid_from)
        made = NotificationRule.objects.create(
            procedure=procedure, valid_from=valid_from, published_at=at, **asdict(rule)
        )
        after = {**asdict(rule), "valid_from": valid_from.isoformat()}
        record("set_notification_rule", "procedures.procedure", procedure.pk, by=by, at=at, after=after)
    return made
