"""Who reads which units' posts, and who writes the ledger. Numbers of posts are no secret of persons: whoever keeps
them for the province sees all, leaders and auditors see their own units."""

from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER, PERSONNEL
from congvu.foundation.refusal import Refused
from congvu.organisation.access import EVERYTHING, Scope, scope_of
from congvu.organisation.rules.picture import Picture

READERS = (PERSONNEL, LEADER, AUDITOR, ADMIN)
WRITERS = (PERSONNEL,)


def visible_units(actor: Actor, on: date, known: Picture) -> Scope:
    """The units whose posts `actor` sees on a day. No statement."""
    if actor.has(PERSONNEL, ADMIN):
        return EVERYTHING
    return scope_of(actor, on, known)


def may_write(actor: Actor) -> bool:
    """Whether decisions may be drafted and issued, and drafts seen."""
    return actor.system or actor.has(*WRITERS)


def refuse_unless_may_write(actor: Actor) -> None:
    if not may_write(actor):
        raise Refused(
            "Chỉ cán bộ tổ chức, nhân sự được ghi sổ biên chế.",
            do="Đề nghị cơ quan tổ chức ghi, kèm quyết định.",
        )
