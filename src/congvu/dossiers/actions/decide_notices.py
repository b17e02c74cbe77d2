"""What a person decides on notices that did not go by themselves: send again, it went, take back (xử lý thông báo)."""

from collections.abc import Collection
from datetime import datetime

from congvu.dossiers.queries.outbox import seen_of
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, LEADER
from congvu.foundation.notices.actions.decide import decide
from congvu.foundation.refusal import Refused

KEEPERS = (ADMIN, LEADER)
MOST = 500


def decide_notices(decision: str, ids: Collection[int], *, by: Actor, at: datetime) -> list[int]:
    """Carry out `decision` (of foundation.notices.actions.decide) on a set; the ids it was done to. 4-5 statements.

    Left out: what the actor does not see, and what is in a state that does not allow it.
    """
    if not (by.system or by.has(*KEEPERS)):
        raise Refused("Việc của quản trị viên và lãnh đạo một cửa.")
    if len(ids) > MOST:
        raise Refused(f"Mỗi lần chỉ làm được {MOST} thông báo; bạn chọn {len(ids)}.", do="Bỏ chọn bớt.")
    return decide(decision, seen_of(ids, by, at.date()), by=by, at=at)
