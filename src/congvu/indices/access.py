"""Who keeps sets and rounds, who scores, who appraises, who publishes, and whose sheets each reads.

Self-scores: specialists and leaders over the unit. Appraisal: those who keep personnel and reform for the province, its auditors
and leaders. Council and publication: leaders and auditors of the province. Once published, results are read by all officials of
these roles."""

from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.indices.rules.rounds import COUNCIL, OF_UNIT
from congvu.organisation.access import EVERYTHING, Scope, led_by, scope_of
from congvu.organisation.rules.picture import Picture

READERS = (SPECIALIST, LEADER, AUDITOR, PERSONNEL)
KEEPERS = (PERSONNEL,)


def visible_sheets(actor: Actor, on: date, known: Picture) -> Scope:
    """The units whose sheets `actor` reads before publication. No statement."""
    if actor.system or actor.has(PERSONNEL):
        return EVERYTHING
    return scope_of(actor, on, known)


def may_keep(actor: Actor) -> bool:
    """Whether sets are written and rounds opened."""
    return actor.system or actor.has(*KEEPERS)


def refuse_unless_keeps(actor: Actor) -> None:
    if not may_keep(actor):
        raise Refused(
            "Chỉ cơ quan nội vụ được lập bộ chỉ số, mở kỳ chấm.",
            do="Đề nghị cán bộ tổ chức, nhân sự của tỉnh làm.",
        )


def may_publish(actor: Actor, on: date, known: Picture) -> bool:
    return actor.system or (actor.has(LEADER, AUDITOR) and scope_of(actor, on, known).all)


def may_write(actor: Actor, unit_id: int | None, state: str, on: date, known: Picture) -> str:
    """ "" when the actor writes in the sheet of a unit at a step, else why not. No statement."""
    if actor.system:
        return ""
    if state in OF_UNIT:
        if unit_id is None and actor.has(
            PERSONNEL
        ):  # who is only named writes through those who keep the round
            return ""
        if unit_id is not None and (
            unit_id in actor.units(SPECIALIST) or unit_id in led_by(actor, on, known)
        ):
            return ""
        return "Bước này do đơn vị được chấm ghi."
    if state == COUNCIL:
        return "" if may_publish(actor, on, known) else "Bước này do hội đồng của tỉnh ghi."
    if actor.has(PERSONNEL) or may_publish(actor, on, known):
        return ""
    return "Bước này do cơ quan thẩm định ghi."
