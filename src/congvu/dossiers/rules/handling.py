"""Words and small rules of what agencies do for one another (NĐ 61/2018, art. 15, 19)."""

from datetime import date
from enum import StrEnum

OPINION, VISIT, TOLD = "NĐ 61/2018, Điều 19.5", "NĐ 61/2018, Điều 19.3.b", "NĐ 61/2018, Điều 15.2"


class GuidanceWay(StrEnum):
    """How the applicant was told."""

    COUNTER = "quay"
    PHONE = "dien-thoai"
    WRITING = "van-ban"

    @property
    def label(self) -> str:
        return {"quay": "Tại quầy", "dien-thoai": "Qua điện thoại", "van-ban": "Bằng văn bản, tin nhắn"}[self]


class OpinionState(StrEnum):
    """Where a request for an opinion stands on a day."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    WITHDRAWN = "withdrawn"


def opinion_state(due_on: date, answered_on: date | None, withdrawn: bool, on: date) -> OpinionState:
    """The state of a request on the day `on`: the due day itself is still in time."""
    if withdrawn:
        return OpinionState.WITHDRAWN
    if answered_on is not None:
        return OpinionState.ANSWERED_LATE if answered_on > due_on else OpinionState.ANSWERED
    return OpinionState.OVERDUE if on > due_on else OpinionState.WAITING
