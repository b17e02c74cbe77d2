"""Give the result back (trả kết quả), or the papers of a stopped dossier."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Decide, Office, perform, step_to
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.keep_papers import HOLD
from congvu.dossiers.actions.now import Change, DossierNow, StepClosing
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import cancel_rest
from congvu.dossiers.models import DossierResult, Tie
from congvu.dossiers.queries.papers import still_held
from congvu.dossiers.rules.status import Delivery, Money, Status
from congvu.dossiers.rules.steps import DONE, OPEN, RETURN
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused


def return_result(
    ids: Iterable[int],
    received_by: str = "",
    *,
    method: Delivery = Delivery.HANDED_OVER,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Give back what was finished; `received_by` is who took it. 2 statements, 3 when someone is named.

    What goes by post has a tracking number and is `post_result`'s.
    """
    if method == Delivery.POSTED:
        raise Refused(
            "Gửi bưu chính phải ghi số hiệu bưu gửi.", where="method", do="Dùng trang «Chờ gửi bưu chính»."
        )
    asked = list(ids)
    decide, then = returning(asked, method, by=by, at=at), partial(follow, at=at)
    if not received_by:
        return perform("return_result", asked, decide, by=by, at=at, seen=seen, resuming=True, then=then)
    with transaction.atomic():
        outcome = perform("return_result", asked, decide, by=by, at=at, seen=seen, resuming=True, then=then)
        DossierResult.objects.filter(dossier_id__in=[one.dossier_id for one in outcome.done]).update(
            received_by=received_by
        )
    return outcome


def returning(ids: Iterable[int], method: Delivery, *, by: Actor, at: datetime) -> Decide:
    """What giving back decides of a dossier: also asked by those who post results.

    A result is not given back before the dossier is finished, nor while money is owed. What was ready in time and
    collected late stays in time: the day of ending does not move. A stopped dossier ends here. Nothing closes while an
    original is held that is neither given back nor kept with a reason.
    """
    held = Beside(ids, still_held, "")

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.RETURNED)
        if not (by.system or by.has(CLERK, LEADER)):
            raise Refused(
                "Kết quả được trả tại bộ phận một cửa.", where=now.label, do="Chuyển kết quả về một cửa."
            )
        kept = held.of(now) if now.ties & Tie.ORIGINALS else ""
        if kept:
            raise Refused(
                f"Còn giữ bản chính của người nộp: {kept}.",
                where=now.label,
                do="Dùng «Trả bản chính» trước, hoặc ghi ở đó lý do còn giữ.",
                article=HOLD,
            )
        if now.money == Money.OWED:
            raise Refused(
                "Người nộp chưa hoàn thành nghĩa vụ tài chính.",
                where=now.label,
                do="Thu phí rồi trả kết quả.",
            )
        for step in now.steps:
            if step.role == RETURN and step.state == OPEN:
                change.closing.append(StepClosing(step, DONE))
                change.step = step.position
        cancel_rest(change)
        change.returned_at, change.delivery = at, method
        if now.ended_at is None:
            change.ended_at, change.ended_on = at, at.date()
        return change

    return decide
