"""Giao quyền tự chủ tài chính cho đơn vị sự nghiệp công lập, theo kỳ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import Period, begin_keeping, dated, make_room, refuse_absent, write
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import Autonomy
from congvu.organisation.queries import picture
from congvu.organisation.rules.autonomy import GROUPS, RULE, group_of

MOST = 10**15


@dataclass(frozen=True, slots=True)
class Grant:
    """A unit's money and the group the decision gives; "" takes the group as counted."""

    unit_id: int
    revenue: int
    spending: int
    covers_investment: bool
    group: str = ""


@transaction.atomic
def grant_autonomy(
    granted: Sequence[Grant], period: Period, *, decision: Decision, by: Actor, at: datetime
) -> list[Autonomy]:
    """The autonomy groups of units for a period. 8 statements, however many.

    The group is counted by the rule of the first day; a decision that gives another is kept as it stands, beside it.
    """
    begin_keeping(by)
    if period.end is None:
        raise Refused("Giao tự chủ theo kỳ phải có ngày kết thúc.", where="valid_to", do="Ghi ngày hết kỳ.")
    known, common, rule = picture(), dated(period, decision, by, at), rule_at(RULE, period.start)
    rows = []
    for one in granted:
        refuse_absent(known, one.unit_id, period.start, "unit")
        if max(one.revenue, one.spending) > MOST:
            raise Refused("Số tiền quá lớn.", where="revenue", do="Nhập bằng đồng.")
        counted = group_of(
            one.revenue, one.spending, covers_investment=one.covers_investment, rule=rule.value
        )
        if one.group and one.group not in GROUPS:
            raise Refused("Không có nhóm này.", where="group", do="Chọn trong danh sách.")
        rows.append(
            Autonomy(
                unit_id=one.unit_id,
                group=one.group or counted,
                counted_group=counted,
                revenue=one.revenue,
                spending=one.spending,
                covers_investment=one.covers_investment,
                rule_citation=rule.citation,
                rule_evidence=rule.evidence,
                **common,
            )
        )
    make_room(Autonomy, {one.unit_id for one in granted}, period, decision, by=by, at=at)
    return write(rows, "organisation.grant_autonomy", by=by, at=at, why=common["decision_number"])
