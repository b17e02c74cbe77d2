"""The applicant withdraws (công dân rút hồ sơ): counted as solved on time."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from congvu.dossiers.actions.deciding import withdrawing
from congvu.dossiers.actions.door import perform
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.outcome import Outcome
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def withdraw(
    ids: Iterable[int], reason: str, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """End the dossier at the applicant's own request. 2 statements."""
    if not reason.strip():
        raise Refused("Chưa ghi lý do rút.", where="reason", do="Ghi lý do theo đơn của người nộp.")
    then = partial(follow, at=at)
    return perform("withdraw", ids, withdrawing(reason), by=by, at=at, seen=seen, resuming=True, then=then)
