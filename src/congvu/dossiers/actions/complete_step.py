"""Complete the step an agency holds and pass the dossier on (hoàn thành bước)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import close, step_of
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def complete_step(
    ids: Iterable[int],
    note: str = "",
    *,
    facts: Mapping[str, str] | None = None,
    position: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Close the actor's open step (or the one at `position`) and open what follows. 2 statements.

    `facts`: what this step establishes, by which the process branches. Refuses a dossier that is paused, facts that fit
    no branch, and the last step of handling: that one is `finish`, which records the result.
    """

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status != Status.HANDLING:
            raise Refused(
                f"Hồ sơ đang ở trạng thái «{now.status.label}», chưa chuyển bước được.",
                where=now.label,
                do="Tiếp tục giải quyết hồ sơ trước khi chuyển bước.",
            )
        step = step_of(now, office, position)
        change = Change.of(now, now.status, reason=note)
        if close(change, step, office, note, facts).only_return_is_left:
            raise Refused(
                "Đây là bước giải quyết cuối cùng.",
                where=now.label,
                do="Dùng «Hoàn thành» để ghi kết quả giải quyết.",
            )
        return change

    return perform("complete_step", ids, decide, by=by, at=at, seen=seen)
