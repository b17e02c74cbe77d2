"""Complete the step an agency holds and pass the dossier on (hoàn thành bước)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from congvu.dossiers.actions.deciding import completing
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import is_theirs
from congvu.foundation.identity.actor import Actor


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
    no branch, a step whose sub-dossier is open, and the last step of handling: that one is `finish`, which records the result.
    Agencies that work at once do not make one another's forms stale (`seen`).
    """

    asked = list(ids)
    decide = completing(asked, note, facts, position)

    def stands(now: DossierNow, office: Office) -> bool:
        mine = [
            one.position
            for one in now.open_steps
            if position in (None, one.position) and is_theirs(one, office)
        ]
        return len(mine) == 1 and now.road.at_once(now.trail, mine[0])

    then = partial(follow, at=at)
    return perform("complete_step", asked, decide, by=by, at=at, seen=seen, then=then, stands=stands)
