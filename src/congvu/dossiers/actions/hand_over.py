"""Hand a received dossier over to the agency that handles it (chuyển hồ sơ; NĐ 61/2018 art. 18)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from congvu.dossiers.actions.deciding import handing_over
from congvu.dossiers.actions.door import perform
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.outcome import Outcome
from congvu.foundation.identity.actor import Actor


def hand_over(
    ids: Iterable[int], note: str = "", *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Close the reception step and open the first agency's; the dossier is then being handled. 2 statements."""
    then = partial(follow, at=at)
    return perform("hand_over", ids, handing_over(note), by=by, at=at, seen=seen, then=then)
