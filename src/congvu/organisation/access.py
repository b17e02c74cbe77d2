"""Who sees which units' work, and who may change the organisation. The dossiers' predicate is built on `scope_of`."""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, CLERK, LEADER, PERSONNEL, SIGNER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import inherited


@dataclass(frozen=True, slots=True)
class Scope:
    """The units whose work an actor may see: `all`, or those in `unit_ids` (sorted; may be empty)."""

    all: bool
    unit_ids: tuple[int, ...]

    def __contains__(self, unit_id: int) -> bool:
        return self.all or unit_id in self.unit_ids

    @property
    def empty(self) -> bool:
        return not self.all and not self.unit_ids


EVERYTHING = Scope(all=True, unit_ids=())
NOTHING = Scope(all=False, unit_ids=())


def scope_of(actor: Actor, on: date, known: Picture | None = None) -> Scope:
    """The units whose work `actor` sees on a day.

    Clerk, specialist, signer: their own units. Leader, auditor: their units, all under them, and units of the past that went
    whole into these. A leader or auditor of the province's people's committee: all. Admin, citizen, stranger: none
    (an admin keeps accounts, not dossiers). The system itself: all. No statement for the first, last and empty
    cases; 1 for leaders and auditors, none when the picture is passed in.
    """
    if actor.system:
        return EVERYTHING
    own = actor.units(CLERK, SPECIALIST, SIGNER)
    led = actor.units(LEADER, AUDITOR)
    if not led:
        return Scope(all=False, unit_ids=tuple(sorted(own))) if own else NOTHING
    return _over(led, own, on, known if known is not None else queries.picture())


def led_by(actor: Actor, on: date, known: Picture | None = None) -> Scope:
    """The units `actor` is a leader over on a day: the own ones, all under them, and units of the past that went whole into
    these; everything for a leader of the province's people's committee. To audit, or to sign for an agency, is not to
    lead it. Statements as `scope_of`."""
    if actor.system:
        return EVERYTHING
    led = actor.units(LEADER)
    if not led:
        return NOTHING
    return _over(led, (), on, known if known is not None else queries.picture())


def scopes_of(actor: Actor, on: date, known: Picture | None = None) -> tuple[Scope, Scope]:
    """What `actor` sees and what `actor` leads: `scope_of` and `led_by` from one picture, walked twice only when the two
    can differ. Statements as `scope_of`."""
    if known is None and actor.has(LEADER):
        known = queries.picture()
    sees = scope_of(actor, on, known)
    only_leads = actor.has(LEADER) and not actor.units(CLERK, SPECIALIST, SIGNER, AUDITOR)
    return sees, sees if only_leads else led_by(actor, on, known)


def _over(led: tuple[int, ...], own: tuple[int, ...], on: date, known: Picture) -> Scope:
    """`led` with all under them and what they inherited, beside `own`."""
    if any(_is_province(known, unit_id, on) for unit_id in led):
        return EVERYTHING
    under = known.subtree(led, on)
    return Scope(all=False, unit_ids=tuple(sorted({*own, *led, *under, *inherited(known, under, on)})))


def _is_province(known: Picture, unit_id: int, on: date) -> bool:
    span = known.at(unit_id, on)
    return span is not None and span.parent_id is None and span.tier == TINH and span.kind == "UBND"


def may_change(actor: Actor) -> str:
    """ "" when the actor may record changes of the organisation, else the reason why not. No statement."""
    return "" if actor.system or actor.has(ADMIN) else "Chỉ quản trị viên được ghi thay đổi tổ chức."


def refuse_unless_may_change(actor: Actor) -> None:
    reason = may_change(actor)
    if reason:
        raise Refused(reason, do="Đề nghị quản trị viên của tỉnh ghi giúp, kèm quyết định.")


# The registers (functions, powers, facilities, quality, autonomy) rest on published decisions: whoever reads one reads all.
REGISTER_READERS = (PERSONNEL, LEADER, AUDITOR, ADMIN)
REGISTER_KEEPERS = (PERSONNEL, ADMIN)


def may_read_registers(actor: Actor) -> bool:
    return actor.system or actor.has(*REGISTER_READERS)


def may_keep_registers(actor: Actor) -> bool:
    """Whether the registers of units may be written."""
    return actor.system or actor.has(*REGISTER_KEEPERS)


def refuse_unless_keeps_registers(actor: Actor) -> None:
    if not may_keep_registers(actor):
        raise Refused(
            "Chỉ cán bộ tổ chức, nhân sự hoặc quản trị viên được ghi sổ này.",
            do="Đề nghị cơ quan tổ chức ghi giúp, kèm quyết định.",
        )
