"""Send a dossier that waits for a signature back to the person who prepared it (trả lại dự thảo)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow, StepClosing, StepNow, StepOpening
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.return_drafts import return_drafts
from congvu.dossiers.actions.steps import is_theirs
from congvu.dossiers.models import ResultDraft
from congvu.dossiers.queries.drafts import submitted, who_had
from congvu.dossiers.rules.holding import Had, back_to
from congvu.dossiers.rules.status import Status
from congvu.dossiers.rules.steps import DONE, LEAD, SET_ASIDE, SIGN
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


def send_back(
    ids: Iterable[int],
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Open the step of whoever prepared the result anew, in their hands, with its own term. 5 statements for any number.

    Away: it goes to who acts for them; without a role there any more: to the unit; the history says to whom and why.
    What other agencies have done stays done. Refuses without a reason, and anyone but who may sign.
    """
    why = composed(reason)
    if not why:
        raise Refused(
            "Chưa ghi lý do trả lại.", where="reason", do="Ghi điều cần sửa để người soạn thảo làm được."
        )
    asked = list(ids)
    had: Beside[dict[int, Had]] = Beside(asked, lambda some: who_had(some, at.date()), {})
    drafts: Beside[ResultDraft | None] = Beside(asked, lambda some: dict(submitted(some)), None)

    def decide(now: DossierNow, office: Office) -> Change:
        sign = to_sign(now, office)
        draft = drafts.of(now)
        target = _prepared_at(now, sign, draft.step if draft else None)
        back = back_to(had.of(now).get(target))
        change = Change.of(now, now.status, reason=f"{why}\n→ {back.words}.")
        change.step = sign.position
        to = now.road.send_back(now.trail, sign.position, target)
        change.closing += [
            StepClosing(one, SET_ASIDE) for one in now.steps if (one.position, one.round) in to.set_aside
        ]
        for spec, nth in to.opened:
            unit = next(one.unit_id for one in now.steps if one.position == target)
            opening = StepOpening(
                spec, unit, nth, *office.step_due(spec, unit), back.officer_id, back.held_for
            )
            change.opening.append(opening)
        return change

    with transaction.atomic():
        outcome = perform("send_back", asked, decide, by=by, at=at, seen=seen)
        return_drafts([one.dossier_id for one in outcome.done], why, by=by, at=at)
    return outcome


def to_sign(now: DossierNow, office: Office) -> StepNow:
    """The open step of signing that is the actor's; refuses when there is none."""
    if now.status == Status.HANDLING:
        for step in now.open_steps:
            if step.role == SIGN and is_theirs(step, office):
                return step
    raise Refused(
        "Chỉ người ký trả lại được, khi hồ sơ đang chờ ký.",
        where=now.label,
        do="Mở hồ sơ để xem hồ sơ đang ở đâu.",
    )


def _prepared_at(now: DossierNow, sign: StepNow, drafted: int | None) -> int:
    """The step the work goes back to: where the draft was written, else the last leading step before the signature."""
    done = [
        one for one in now.steps if one.state == DONE and sign.position in now.road.leads_to(one.position)
    ]
    if drafted is not None and any(one.position == drafted for one in now.steps if one.state == DONE):
        return drafted
    if not done:
        raise Refused(
            "Trước bước ký chưa có bước nào để trả lại.", where=now.label, do="Xem đường đi của hồ sơ."
        )
    return max(done, key=lambda one: (one.role == LEAD, one.position)).position


__all__ = ["send_back", "to_sign"]
