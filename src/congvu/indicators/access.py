"""Who publishes a table of the whole province, and who reads which. Counts only: a record is opened on its own page."""

from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.organisation.access import scope_of
from congvu.organisation.rules.picture import Picture


def may_publish(actor: Actor, on: date, known: Picture | None = None) -> str:
    """ "" for a leader or auditor of the province, else why not. 1 statement at most, none with the picture."""
    if actor.system or (actor.has(LEADER, AUDITOR) and scope_of(actor, on, known).all):
        return ""
    return "Chỉ lãnh đạo, người kiểm soát của tỉnh công bố bảng số liệu toàn tỉnh."


def reads_dossiers(actor: Actor) -> bool:
    """Whether the pages of dossiers' figures are open to the actor; who only keeps people is shown no way there."""
    return actor.has(CLERK, SPECIALIST, LEADER, AUDITOR)


def refuse_unless_may_publish(actor: Actor, on: date) -> None:
    reason = may_publish(actor, on)
    if reason:
        raise Refused(reason, do="Đề nghị Văn phòng UBND tỉnh công bố.")
