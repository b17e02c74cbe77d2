"""What a person decides on messages that did not go by themselves. The caller says which the actor may touch."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.notices.models import Notice, NoticeState

_S = NoticeState
TROUBLED = (_S.FAILED, _S.UNCERTAIN)
# decision -> from which states, to which
DECISIONS: dict[str, tuple[tuple[NoticeState, ...], NoticeState]] = {
    "send_again": (TROUBLED, _S.WAITING),
    "it_went": ((_S.UNCERTAIN,), _S.SENT),
    "withdraw_notice": ((_S.WAITING, *TROUBLED), _S.WITHDRAWN),
}


def decide(decision: str, ids: Iterable[int], *, by: Actor, at: datetime) -> list[int]:
    """Carry out a decision on a set; the ids it was done to. Others are in a state that does not allow it. 3 statements."""
    allowed, becomes = DECISIONS[decision]
    with transaction.atomic():
        rows = Notice.objects.select_for_update().filter(pk__in=list(ids), state__in=allowed).order_by("pk")
        before = dict(rows.values_list("pk", "state"))
        changes: dict[str, Any] = {"state": becomes, "changed_at": at, "why": ""}
        if (
            becomes == _S.WAITING
        ):  # as often as one that was never tried; `tries` goes on, it names the attempt
            changes |= {"next_try_at": at, "tries_before": F("tries")}
        Notice.objects.filter(pk__in=before).update(**changes)
        record_many(
            decision,
            "notice",
            [(pk, {"state": state}, {"state": becomes.value}) for pk, state in before.items()],
            by=by,
            at=at,
        )
    return list(before)
