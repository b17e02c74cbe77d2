"""Notifications whose term passed without objection count as accepted (được coi là chấp nhận)."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.deciding import handing_over
from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.now import Change, DossierNow, StepOpening
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import cancel_rest
from congvu.dossiers.models import DossierResult
from congvu.dossiers.queries.notifications import deemed_of, silent
from congvu.dossiers.rules.clock import NO_DAY
from congvu.dossiers.rules.notification import silence_counts
from congvu.dossiers.rules.status import Delivery, Status, Verdict
from congvu.dossiers.rules.steps import RETURN
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.refusal import Refused

NAME = "Thông báo được coi là chấp nhận (không có ý kiến trong thời hạn)"
MOST = 1000  # a night's run; the rest follow the next night


def accept_by_silence(ids: Iterable[int], *, by: Actor, at: datetime) -> Outcome:
    """End each as accepted at the close of its due day: not a day late, whenever it is written down. 4 statements, 2 more
    for those the counter never handed over.

    Refuses: no notification whose silence counts, a term still running, a dossier that waits or has ended.
    """
    asked = list(dict.fromkeys(ids))
    rules = Beside(asked, deemed_of, "")

    def decide(now: DossierNow, office: Office) -> Change:
        citation = rules.of(now)
        if not silence_counts(now.due_on, at.date(), deemed=bool(citation)) or now.due_on is None:
            raise Refused(
                "Hồ sơ không phải thông báo đã hết thời hạn có ý kiến.",
                where=now.label,
                do="Giải quyết như thường lệ.",
            )
        change = step_to(now, Status.FINISHED, reason=f"Hết thời hạn mà không có ý kiến ({citation})")
        cancel_rest(change)
        done = {step.position for step in now.steps}
        for spec in now.road.specs.values():
            if spec.role == RETURN and spec.position not in done:
                unit = now.unit_of(spec)
                change.opening.append(StepOpening(spec, unit, 1, *NO_DAY))
                break
        change.ended_at = datetime.combine(now.due_on, time(23, 59), tzinfo=LEGAL_ZONE)
        change.ended_on, change.delivery = now.due_on, Delivery.READY
        return change

    with transaction.atomic():
        waiting = [pk for pk, status in silent(asked).items() if status == Status.RECEIVED]
        if waiting:
            perform("hand_over", waiting, handing_over("Hết thời hạn có ý kiến"), by=SYSTEM, at=at)
        outcome = perform("accept_by_silence", asked, decide, by=by, at=at)
        DossierResult.objects.bulk_create(
            DossierResult(
                dossier_id=one.dossier_id,
                name=NAME,
                verdict=Verdict.BY_SILENCE.value,
                added_at=at,
                added_by=by.account_id,
            )
            for one in outcome.done
        )
    return outcome


def accept_all_silent(*, at: datetime) -> Outcome:
    """The night's run: every notification whose term ended before today, by the system. 1 statement when there is none."""
    due = silent(None, before=at.date(), most=MOST)
    return accept_by_silence(due, by=SYSTEM, at=at) if due else Outcome((), ())
