"""Who reads plans and who writes them. Plans are issued papers of the province: every official reads them all. Whoever keeps
the province's organisation writes programmes, duties, inspections and any plan; a leader or specialist writes the plans and
the items of the own unit."""

from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, OFFICIAL_ROLES, PERSONNEL, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.organisation.access import EVERYTHING, NOTHING, Scope, led_by
from congvu.organisation.rules.picture import Picture

READERS = OFFICIAL_ROLES
KEEPERS = (PERSONNEL,)
WRITERS = (PERSONNEL, LEADER, SPECIALIST)
HOLDERS = (CLERK, SPECIALIST, LEADER, AUDITOR, PERSONNEL)  # whose units have items


def may_keep(actor: Actor) -> bool:
    """Whether the province's own records (programmes, duties, committees, inspections) may be written."""
    return actor.system or actor.has(*KEEPERS)


def refuse_unless_keeps(actor: Actor) -> None:
    if not may_keep(actor):
        raise Refused(
            "Chỉ cán bộ tổ chức, nhân sự được ghi sổ kế hoạch của tỉnh.",
            do="Đề nghị Sở Nội vụ ghi giúp, kèm văn bản.",
        )


def writes_for(actor: Actor, on: date, known: Picture) -> Scope:
    """The units whose plans and items the actor may write. No statement."""
    if may_keep(actor):
        return EVERYTHING
    if not actor.has(LEADER, SPECIALIST):
        return NOTHING
    led = led_by(actor, on, known)
    return led if led.all else Scope(False, tuple(sorted({*led.unit_ids, *actor.units(SPECIALIST)})))


def refuse_unless_writes(actor: Actor, on: date, known: Picture, *unit_ids: int) -> None:
    """No statement."""
    scope = writes_for(actor, on, known)
    for unit in unit_ids:
        if unit not in scope:
            raise Refused(
                f"Không được ghi kế hoạch của {known.name(unit, on) or 'đơn vị này'}.",
                do="Chỉ lãnh đạo, chuyên viên của đơn vị hoặc cơ quan tổ chức được ghi.",
            )


def own_units(actor: Actor) -> tuple[int, ...]:
    """The units whose items are the actor's own work list. No statement."""
    return tuple(sorted(actor.units(*HOLDERS)))
