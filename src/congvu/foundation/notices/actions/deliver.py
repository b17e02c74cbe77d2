"""Sending what waits. A message is marked and the mark committed before its gateway is called; so it is never sent twice.

If the process dies between the gateway's yes and our second mark, the message stays `sending`. `doubt_left_over` turns that
into `uncertain`, and nothing but a person's decision sends it again (docs/decisions/0060).
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from congvu.foundation.notices.gateways import Away, Gateway, Later, Letter, Never, Unclear
from congvu.foundation.notices.models import Notice, NoticeState
from congvu.foundation.notices.rules.waiting import seconds_until_next
from congvu.foundation.workdays.days import add_minutes, add_seconds

# A gateway gives up after half a minute; whoever has not answered after ten has died.
LEFT_OVER_MINUTES = 10
WORK_SECONDS = 60  # other jobs want the worker too
_log = logging.getLogger(__name__)


def deliver(gateways: Mapping[str, Gateway], now: Callable[[], datetime], *, most: int = 500) -> int:
    """Send what waits, one at a time, oldest first, for a minute at most. Returns how many were tried. 2 transactions each.

    Safe beside other workers (SKIP LOCKED). Not to be called inside a transaction: the mark must be on disk first. A
    gateway that is away is left alone until the next call.
    """
    tried, here, until = 0, dict(gateways), add_seconds(now(), WORK_SECONDS)
    while tried < most and now() < until and (one := _claim(here, now())) is not None:
        outcome, away = _send(here[one.channel], one, now)
        _mark(one, outcome)
        if away:
            del here[one.channel]
        tried += 1
    return tried


def doubt_left_over(*, at: datetime) -> int:
    """Messages a dead worker left in `sending` become `uncertain`. 1 statement."""
    left = Notice.objects.filter(
        state=NoticeState.SENDING, changed_at__lt=add_minutes(at, -LEFT_OVER_MINUTES)
    )
    return left.update(
        state=NoticeState.UNCERTAIN, changed_at=at, why="Chương trình dừng giữa chừng khi đang gửi."
    )


def _claim(gateways: Mapping[str, Gateway], at: datetime) -> Notice | None:
    with transaction.atomic(durable=True):
        waiting = Notice.objects.select_for_update(skip_locked=True).filter(
            state=NoticeState.WAITING, next_try_at__lte=at, channel__in=list(gateways)
        )
        one = waiting.order_by("next_try_at", "id").first()
        if one is None:
            return None
        one.state, one.tries, one.changed_at = NoticeState.SENDING, one.tries + 1, at
        one.gateway, one.why = gateways[one.channel].name, ""
        one.save(update_fields=("state", "tries", "changed_at", "gateway", "why"))
    return one


def _send(gateway: Gateway, one: Notice, now: Callable[[], datetime]) -> tuple[dict[str, object], bool]:
    """What became of it, as columns of the row, and whether the gateway is away."""
    letter = Letter(one.pk, one.channel, one.to, one.subject, one.text)
    try:
        gateway_id = gateway.send(letter)
    except Never as refused:
        return {"state": NoticeState.FAILED, "why": str(refused)[:500], "changed_at": now()}, False
    except Later as trouble:
        at, wait, away = now(), seconds_until_next(one.tries - one.tries_before), isinstance(trouble, Away)
        if wait is None:
            why = f"Đã thử {one.tries - one.tries_before} lần. {trouble}"[:500]
            return {"state": NoticeState.FAILED, "why": why, "changed_at": at}, away
        return {
            "state": NoticeState.WAITING,
            "why": str(trouble)[:500],
            "changed_at": at,
            "next_try_at": add_seconds(at, wait),
        }, away
    except Unclear as doubt:
        return {"state": NoticeState.UNCERTAIN, "why": str(doubt)[:500], "changed_at": now()}, False
    except Exception as fault:  # a gateway's own fault: whether it went is not known
        _log.exception("gateway %s failed on notice %s", gateway.name, one.pk)
        why = f"Lỗi của cổng gửi ({type(fault).__name__})."
        return {"state": NoticeState.UNCERTAIN, "why": why, "changed_at": now()}, False
    return {"state": NoticeState.SENT, "gateway_id": gateway_id[:300], "changed_at": now()}, False


def _mark(one: Notice, outcome: dict[str, object]) -> None:
    """Only of this attempt: a worker that wakes after hours does not overwrite what a person decided since."""
    ours = Notice.objects.filter(
        pk=one.pk, tries=one.tries, state__in=(NoticeState.SENDING, NoticeState.UNCERTAIN)
    )
    ours.update(**outcome)
