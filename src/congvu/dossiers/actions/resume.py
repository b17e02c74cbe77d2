"""Resume a paused dossier (tiếp tục giải quyết): the clock runs again, by the pause policy the dossier was opened with."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.ledger import due_after
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import restart_open_steps
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def resume(
    ids: Iterable[int], note: str = "", *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """End the open pause at `at` and derive the new due day from the ledger. 2 statements."""

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status == Status.SUPPLEMENT and now.received_at is None:
            raise Refused(
                "Hồ sơ trực tuyến này chưa được tiếp nhận.",
                where=now.label,
                do="Dùng «Tiếp nhận» khi giấy tờ đã đủ.",
            )
        change = step_to(now, Status.HANDLING, reason=note)
        if now.status == Status.PAYMENT:
            change.money = Money.PAID
        for pause in now.pauses:
            if pause.ended_at is None:
                pause.ended_at = at
        change.due_on, change.due_at = due_after(now, office)
        change.calendar_version = office.calendars.number
        restart_open_steps(change, office)
        return change

    return perform("resume", ids, decide, by=by, at=at, seen=seen, resuming=True)
