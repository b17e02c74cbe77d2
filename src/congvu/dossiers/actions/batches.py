"""A verb over a large set, worked off share by share: what is done and what each dossier answered is one transaction.

A share that dies with its process leaves its dossiers and its lines as they were, so that it is simply done again.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Batch, BatchLine, BatchState, LineState
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

Do = Callable[[Mapping[int, int]], Outcome]  # dossier -> version seen; does the verb to them
_KIND = "batch"


class Share(Enum):
    """What came of asking for a share: more are left, none are, or somebody else is at it."""

    MORE, LAST, BUSY = "more", "last", "busy"


_logger = logging.getLogger(__name__)


def order_batch(
    verb: str, words: Mapping[str, Any], seen: Mapping[int, int], *, by: Actor, at: datetime
) -> Batch:
    """Keep a set and what is to be done to it. 3 statements. Nothing is done yet: see `work_share`."""
    with transaction.atomic():
        batch = Batch.objects.create(
            account_id=by.account_id or 0,
            verb=verb,
            words=dict(words),
            total=len(seen),
            ordered_at=at,
            worked_at=at,
        )
        BatchLine.objects.bulk_create(
            BatchLine(batch=batch, order=order, dossier_id=pk, version=version)
            for order, (pk, version) in enumerate(seen.items(), 1)
        )
        record("order-batch", _KIND, batch.pk, by=by, at=at, after={"verb": verb, "total": len(seen)})
    return batch


def work_share(batch_id: int, do: Do, *, most: int, at: datetime) -> Share:
    """Do the verb to the next `most` dossiers of a batch. 5 statements beside the verb's own.

    Nobody works two shares of one batch at once. Raises Refused, with nothing
    done, when the verb refuses the whole share (a key that signs nothing): see `stop_batch`.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update(skip_locked=True).filter(pk=batch_id).first()
        if batch is None or batch.state != BatchState.WAITING:
            return Share.BUSY
        waiting = BatchLine.objects.filter(batch=batch, state=LineState.WAITING).order_by("order")
        lines = list(waiting[: most + 1])
        share, more = lines[:most], len(lines) > most
        answers = _answers({one.dossier_id: one.version for one in share}, do) if share else {}
        for one in share:
            one.state, one.words = answers.get(one.dossier_id, _UNANSWERED)
        BatchLine.objects.bulk_update(share, ["state", "words"])
        batch.worked_at = at
        if not more:
            batch.state, batch.ended_at, batch.unlocks = BatchState.ENDED, at, ""
        batch.save(update_fields=["worked_at", "state", "ended_at", "unlocks"])
    return Share.MORE if more else Share.LAST


_UNANSWERED = (LineState.REFUSED, "Không tìm thấy hồ sơ này trong phạm vi của bạn.")
_FAILED = "Máy chủ gặp lỗi với hồ sơ này, chưa làm gì. Báo quản trị viên kèm mã hồ sơ."
Answer = tuple[LineState, str]


def _answers(seen: Mapping[int, int], do: Do) -> dict[int, Answer]:
    """What the verb said of each. When it breaks over the set, each is tried alone: one bad paper stops no other."""
    try:
        with transaction.atomic():
            return _said(do(seen))
    except (Refused, OperationalError, InterfaceError):
        raise
    except Exception:
        if len(seen) == 1:
            _logger.exception("a batch broke at dossier %s", next(iter(seen)))
            return dict.fromkeys(seen, (LineState.REFUSED, _FAILED))
        _logger.warning("a share of a batch broke; its dossiers are done one by one")
    found: dict[int, Answer] = {}
    for pk, version in seen.items():
        found |= _answers({pk: version}, do)
    return found


def _said(outcome: Outcome) -> dict[int, Answer]:
    refused = {one.dossier_id: (LineState.REFUSED, one.words) for one in outcome.refused}
    return refused | {one.dossier_id: (LineState.DONE, one.words) for one in outcome.done}


def stop_batch(batch_id: int, why: str, *, by: Actor, at: datetime) -> None:
    """Stop a batch where it stands; what is done stays done. 3 statements. One that has ended stays ended."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.state != BatchState.WAITING:
            return
        batch.state, batch.why, batch.unlocks, batch.worked_at = BatchState.STOPPED, why, "", at
        batch.save(update_fields=["state", "why", "unlocks", "worked_at"])
        record("stop-batch", _KIND, batch.pk, by=by, at=at, why=why)


def resume_batch(batch_id: int, *, by: Actor, at: datetime) -> None:
    """Let a stopped batch go on with what is left. 4 statements. Refuses one that is not stopped."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.state != BatchState.STOPPED:
            raise Refused("Lượt này không tạm dừng.", do="Tải lại trang để xem lượt đang ở đâu.")
        batch.state, batch.why, batch.worked_at = BatchState.WAITING, "", at
        batch.save(update_fields=["state", "why", "worked_at"])
        record("resume-batch", _KIND, batch.pk, by=by, at=at)


def keep_unlocks(batch_id: int, unlocks: str) -> None:
    """Keep what opens the sealed secret of a batch, until it ends or stops. 1 statement."""
    Batch.objects.filter(pk=batch_id, state=BatchState.WAITING).update(unlocks=unlocks)


def waiting_batches() -> list[Batch]:
    """The batches with something left, the one that waited longest first. 1 statement."""
    return list(Batch.objects.filter(state=BatchState.WAITING).order_by("worked_at", "id"))


__all__ = [
    "Do",
    "Share",
    "keep_unlocks",
    "order_batch",
    "resume_batch",
    "stop_batch",
    "waiting_batches",
    "work_share",
]
