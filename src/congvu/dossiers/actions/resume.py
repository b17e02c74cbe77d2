"""Resume a paused dossier (tiếp tục giải quyết): the clock runs again, by the pause policy the dossier was opened with."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.ledger import due_after
from congvu.dossiers.actions.money import balances, enter
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import restart_open_steps
from congvu.dossiers.rules.money import Balance, FeeIn, FeeKind, PayWay
from congvu.dossiers.rules.status import PAUSED, Money, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def resume(
    ids: Iterable[int], note: str = "", *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """End the open pause at `at` and derive the new due day from the ledger. 2 statements, 3 with
    a payment waited for: what of it is still owed is entered as paid at the counter."""
    asked = list(dict.fromkeys(ids))
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status == Status.SUPPLEMENT and now.received_at is None:
            raise Refused(
                "Hồ sơ trực tuyến này chưa được tiếp nhận.",
                where=now.label,
                do="Dùng «Tiếp nhận» khi giấy tờ đã đủ.",
            )
        change = step_to(now, Status.HANDLING, reason=note, only_from=PAUSED)
        if now.status == Status.PAYMENT:
            _settle(change, ledgers.of(now))
        for pause in now.pauses:
            if pause.ended_at is None:
                pause.ended_at = at
        change.due_on, change.due_at = due_after(now, office)
        change.calendar_version = office.calendars.number
        restart_open_steps(change, office)
        return change

    return perform("resume", asked, decide, by=by, at=at, seen=seen, resuming=True)


def _settle(change: Change, balance: Balance) -> None:
    """What was waited for is paid. An obligation that another agency collects has no entry here, and none is made; what
    the dossier owed before it waited stays owed."""
    waited = min(balance.owed, balance.asked)
    if waited > 0:
        enter(change, balance, FeeIn(FeeKind.PAID, waited, PayWay.COUNTER.value))
    else:
        change.money = balance.state if balance.charged else Money.PAID
