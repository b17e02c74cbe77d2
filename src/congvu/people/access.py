"""Who sees which people, who keeps their records, who may open a file.

Lists (name, post) are for those who keep people and for leaders and auditors, each over their own units and all below.
The file behind a name is opened by its keepers as their duty and by others only under a granted request; every
reading is audited either way. Sensitive facts need a grant of their own, keepers included. Nobody grants himself.
"""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, LEADER, PERSONNEL
from congvu.foundation.refusal import Refused
from congvu.organisation.access import NOTHING, Scope
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import inherited
from congvu.people.rules.codes import LEAVING

READERS = (PERSONNEL, LEADER, AUDITOR)
KEEPERS = (PERSONNEL,)
GRANTERS = (PERSONNEL, LEADER)
# One predicate for every statement over people `p`: someone in a unit of the scope, or who left from one. Whoever sees all
# asks nothing; the others are a set that is found once, by unit, not a question put again for each person.
_SEEN = """p.id IN (
    SELECT seen.person_id FROM people_appointment seen
     WHERE seen.superseded_at IS NULL AND seen.unit_id = ANY(%(sees)s::bigint[])
       AND (seen.valid_to IS NULL OR seen.valid_to > %(today)s::date OR seen.ending = ANY(%(leaving)s::text[])){more})"""
_HOME = """(
    SELECT h.unit_id FROM people_appointment h WHERE h.person_id = {person} AND h.superseded_at IS NULL
     ORDER BY (h.valid_from <= %(today)s::date AND (h.valid_to IS NULL OR h.valid_to > %(today)s::date)) DESC,
              h.kind = 'full' DESC, h.valid_from DESC, h.id DESC LIMIT 1)"""


def home_unit(person: str) -> str:
    """SQL: the unit whose keepers keep the file of the person whose id is called `person`, as now believed; asks for
    `today`. `rules.home` says the same.
    """
    return _HOME.format(person=person)


# Who holds another post elsewhere is seen there; the file is kept where the home is. Asked of the few the scope found.
_KEPT = _SEEN.format(more=f"\n       AND {home_unit('seen.person_id')} = ANY(%(sees)s::bigint[])")
_VISIBLE = _SEEN.format(more="")


@dataclass(frozen=True, slots=True)
class Sight:
    """The units whose people an actor sees, and those whose records he keeps."""

    sees: Scope
    keeps: Scope
    today: date

    @property
    def visible(self) -> str:
        """The condition over people `p` whom the actor sees; asks for `params`."""
        return "true" if self.sees.all else _VISIBLE

    @property
    def kept(self) -> str:
        """The same over the people whose records the actor keeps; asks for `keeping_params`."""
        return "true" if self.keeps.all else _KEPT

    @property
    def params(self) -> dict[str, object]:
        """What `visible` asks for."""
        return _params(self.sees, self.today)

    @property
    def keeping_params(self) -> dict[str, object]:
        """What `kept` asks for."""
        return _params(self.keeps, self.today)


def _params(scope: Scope, today: date) -> dict[str, object]:
    return {"sees": list(scope.unit_ids), "today": today, "leaving": list(LEAVING)}


def sight_of(actor: Actor, today: date, known: Picture) -> Sight:
    """What `actor` sees and keeps on a day. No statement."""
    if actor.system:
        everything = Scope(all=True, unit_ids=())
        return Sight(everything, everything, today)
    return Sight(_scope(actor, READERS, today, known), _scope(actor, KEEPERS, today, known), today)


def _scope(actor: Actor, roles: tuple[str, ...], today: date, known: Picture) -> Scope:
    """The units in which a role is held, all under them, and units of the past that went whole into these."""
    held = actor.units(*roles)
    if not held:
        return NOTHING
    if any(_heads_province(known, unit, today) for unit in held):
        return Scope(all=True, unit_ids=())
    under = known.subtree(held, today)
    return Scope(all=False, unit_ids=tuple(sorted({*held, *under, *inherited(known, under, today)})))


def _heads_province(known: Picture, unit_id: int, today: date) -> bool:
    span = known.at(unit_id, today)
    return span is not None and span.parent_id is None and span.tier == TINH and span.kind == "UBND"


def refuse_unless_keeps(sight: Sight, unit_ids: set[int]) -> None:
    """Refuses an actor who does not keep the people of every one of the units. No statement."""
    if not all(unit in sight.keeps for unit in unit_ids):
        raise Refused(
            "Bạn không giữ hồ sơ nhân sự của đơn vị này.",
            where="unit_id",
            do="Chọn đơn vị trong phạm vi của mình, hoặc đề nghị cán bộ tổ chức của đơn vị đó.",
        )
