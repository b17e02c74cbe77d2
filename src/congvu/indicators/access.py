"""Who publishes a table of the whole province, and who reads which. Counts only: a record is opened on its own page."""

from collections.abc import Iterable
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.organisation.access import NOTHING, Scope, scope_of
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


ENTERERS = (LEADER, AUDITOR)


def may_enter(actor: Actor) -> str:
    """ "" for who may enter numbers by hand and define figures: leaders and auditors, each for the units of his scope."""
    if actor.system or actor.has(*ENTERERS):
        return ""
    return "Chỉ lãnh đạo, người kiểm soát của đơn vị nhập số liệu."


def refuse_unless_may_enter(
    actor: Actor, unit_ids: Iterable[int | None], on: date, known: Picture | None = None
) -> None:
    """Refuses who may not enter numbers of every one of the units; None stands for the whole province. 1 statement at most."""
    reason = may_enter(actor)
    if reason:
        raise Refused(reason, do="Đề nghị lãnh đạo đơn vị nhập.")
    scope = led_or_audited(actor, on, known)
    outside = [unit for unit in unit_ids if not (scope.all if unit is None else unit in scope)]
    if outside:
        raise Refused(
            "Số liệu toàn tỉnh do lãnh đạo, người kiểm soát của tỉnh nhập."
            if outside[0] is None
            else "Đơn vị này nằm ngoài phạm vi của bạn.",
            where="don-vi",
            do="Chọn đơn vị trong phạm vi của mình.",
        )


def led_or_audited(actor: Actor, on: date, known: Picture | None = None) -> Scope:
    """The units for which the actor may enter numbers. 1 statement at most, none with the picture."""
    return scope_of(actor, on, known) if not may_enter(actor) else NOTHING
