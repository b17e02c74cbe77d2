"""Who writes, checks, approves and reads reports.

A report tells counts of a unit and all under it. Whoever works in that unit or leads above it may read its drafts; what is
approved is read by every official. Who drafts does not check, and does not approve.
"""

from dataclasses import replace
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.organisation.access import EVERYTHING, Scope, led_by, scope_of
from congvu.organisation.rules.picture import Picture
from congvu.reports.models import ReportVersion

READERS = (CLERK, SPECIALIST, LEADER, AUDITOR, PERSONNEL)
WRITERS = (SPECIALIST, LEADER, PERSONNEL)


def units_of(actor: Actor, on: date, known: Picture) -> Scope:
    """The units whose drafts an actor reads: what is seen, and for those who keep people all under their own units. No
    statement."""
    if actor.system:
        return EVERYTHING
    scope = scope_of(actor, on, known)
    kept = actor.units(PERSONNEL)
    if scope.all or not kept:
        return scope
    return Scope(False, tuple(sorted({*scope.unit_ids, *kept, *known.subtree(kept, on)})))


def may_write(actor: Actor, unit_id: int, on: date, known: Picture) -> bool:
    """Leaders for what they lead, specialists for their own units, who keeps people for their units and all under them."""
    return actor.system or unit_id in led_by(actor, on, known) or unit_id in _worked_in(actor, on, known)


def _worked_in(actor: Actor, on: date, known: Picture) -> set[int]:
    kept = actor.units(PERSONNEL)
    under = known.subtree(kept, on) if kept else ()
    return {*actor.units(SPECIALIST), *kept, *under}


def _audits(actor: Actor, unit_id: int, on: date, known: Picture) -> bool:
    as_auditor = replace(actor, held=tuple(one for one in actor.held if one.role == AUDITOR))
    return unit_id in scope_of(as_auditor, on, known)


def may_check(actor: Actor, version: ReportVersion, unit_id: int, on: date, known: Picture) -> str:
    """ "" when the actor may check this draft, else why not."""
    if not (may_write(actor, unit_id, on, known) or _audits(actor, unit_id, on, known)):
        return "Bạn không kiểm tra báo cáo của đơn vị này."
    return "" if actor.system else _not_own(actor, version)


def may_approve(actor: Actor, version: ReportVersion, unit_id: int, on: date, known: Picture) -> str:
    """ "" for a leader over the unit who did not draft it, else why not."""
    if not (actor.system or unit_id in led_by(actor, on, known)):
        return "Chỉ lãnh đạo của đơn vị duyệt báo cáo."
    return "" if actor.system else _not_own(actor, version)


def _not_own(actor: Actor, version: ReportVersion) -> str:
    own = actor.account_id is not None and actor.account_id in version.writers
    return "Người soạn không tự kiểm tra, không tự duyệt." if own else ""


def with_writer(writers: list[int], actor: Actor) -> list[int]:
    """Those who wrote in a version, with one more."""
    if actor.account_id is None or actor.account_id in writers:
        return writers
    return [*writers, actor.account_id]


def refuse_unless(reason: str, do: str = "Đề nghị người có thẩm quyền làm.") -> None:
    if reason:
        raise Refused(reason, do=do)


def refuse_unless_writes(actor: Actor, unit_id: int, on: date, known: Picture) -> None:
    if not may_write(actor, unit_id, on, known):
        raise Refused(
            "Bạn không soạn báo cáo của đơn vị này.",
            where="don-vi",
            do="Chọn đơn vị của mình hoặc đơn vị cấp dưới.",
        )
