"""Duyệt ý kiến ghi thêm: nothing written by respondents is shown before somebody has read it; hiding needs a reason."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.surveys.access import refuse_if_own, refuse_unless_closed, refuse_unless_reviewer
from congvu.surveys.models import Campaign, SurveyText
from congvu.surveys.rules.words import HIDDEN, SHOWN


@transaction.atomic
def review_texts(
    campaign: Campaign, ids: Collection[UUID], state: str, why: str = "", *, by: Actor, at: datetime
) -> int:
    """Let texts be shown, or hide them with a reason (a name, a telephone number, insult). How many changed. 3 statements.
    Refuses a survey that is not closed, hiding without a reason, and what was written about the own unit (an auditor may let
    it be shown). The log holds the reason and the number, never the text."""
    refuse_unless_reviewer(by)
    refuse_unless_closed(campaign)
    if state not in (SHOWN, HIDDEN):
        raise Refused("Chọn cho hiện hoặc ẩn.", where="state")
    if state == HIDDEN and not composed(why):
        raise Refused("Ẩn ý kiến phải ghi lý do.", where="why", do="Ví dụ: có tên và số điện thoại.")
    rows = list(SurveyText.objects.select_for_update().filter(campaign=campaign, pk__in=ids))
    if state == HIDDEN or not by.has(AUDITOR):
        for row in rows:
            refuse_if_own(by, row.unit_id)
    changed = [row.pk for row in rows if row.state != state]
    SurveyText.objects.filter(pk__in=changed).update(
        state=state, why=composed(why)[:300], reviewed_by=by.name, reviewed_on=legal(at).date()
    )
    if changed:
        record(
            "review_texts", "survey", campaign.pk, by=by, at=at, why=composed(why)[:300],
            after={"texts": len(changed), "state": state},
        )  # fmt: skip
    return len(changed)
