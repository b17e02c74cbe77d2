"""Who may see a dossier: one predicate, used by every list, count, search, export, drill-down and verb.

An official sees the dossiers that concern a unit in scope (`DossierReach`); the scope is organisation's answer for
the roles held (own unit for clerk and specialist, the units below for leader and auditor). A citizen sees the own
ones. An administrator and a stranger see none: keeping accounts gives no right to read citizens' files.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from congvu.dossiers.models import Dossier
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, CITIZEN
from congvu.foundation.refusal import Refused
from congvu.organisation.access import EVERYTHING, NOTHING, Scope, scopes_of
from congvu.organisation.rules.picture import Picture

_IN_REACH = (
    "EXISTS (SELECT 1 FROM dossiers_reach acc WHERE acc.dossier_id = {d}.id"
    " AND acc.opened_at = {d}.opened_at AND acc.unit_id = ANY(%(acc_units)s::bigint[]){once})"
)
# OFFSET keeps the planner from turning the probe of a few named dossiers into a walk through all of a unit's.
_ONCE = " OFFSET 0"


@cache
def _condition(by_units: bool, by_owner: bool, alias: str, few: bool) -> str:
    ways = []
    if by_units:
        ways.append(_IN_REACH.format(d=alias, once=_ONCE if few else ""))
    if by_owner:
        ways.append(f"{alias}.owner_account_id = %(acc_account)s::bigint")
    return f"({' OR '.join(ways)})" if ways else "FALSE"


@dataclass(frozen=True, slots=True)
class Visible:
    """The predicate of one actor. `sql("d")` is a condition on the alias of dossiers_dossier; `params` go with it.

    `led`: of what is seen, the units the actor is a leader over. Whoever signs for an agency, or audits it, sees its
    dossiers and leads nothing there (NĐ 30/2020, art. 13.3).
    """

    everything: bool
    units: tuple[int, ...]
    account_id: int | None
    led: Scope = NOTHING

    def leads(self, unit_id: int) -> bool:
        """Whether the actor is a leader over the unit."""
        return unit_id in self.led

    @property
    def nothing(self) -> bool:
        return not self.everything and not self.units and self.account_id is None

    def sql(self, alias: str = "dossiers_dossier", *, few: bool = False) -> str:
        """The condition, to be joined by AND. Named parameters are those of `params`. `few`: the dossiers are already
        named, so each is probed on its own."""
        if self.everything:
            return "TRUE"
        return _condition(bool(self.units), self.account_id is not None, alias, few)

    @property
    def params(self) -> dict[str, Any]:
        return {"acc_units": list(self.units), "acc_account": self.account_id}


def visible_to(actor: Actor, on: date, known: Picture | None = None) -> Visible:
    """What `actor` may see on `on`. 1 statement at most (the units below, cached), none when the organisation's
    picture is at hand and passed in."""
    if actor.system:
        return Visible(True, (), None, EVERYTHING)
    scope, led = scopes_of(actor, on, known)
    own = actor.account_id if actor.has(CITIZEN) else None
    return Visible(scope.all, scope.unit_ids, own, led)


def movable_by(actor: Actor, on: date, known: Picture | None = None) -> Visible:
    """The dossiers whose version `actor` may change: a leader's are those of the units led; an administrator, who publishes
    the versions, may move any, and is shown where each stands and never whose it is. As `visible_to`."""
    if actor.has(ADMIN):
        return Visible(True, (), None)
    led = visible_to(actor, on, known).led
    return Visible(led.all, led.unit_ids, None, led)


def visible(rows: "QuerySet[Dossier]", seen: Visible, *, few: bool = False) -> "QuerySet[Dossier]":
    """`rows` of Dossier narrowed to what is visible: the same predicate for the ORM. `few`: as in `Visible.sql`."""
    if seen.everything:
        return rows
    condition, ordered = _positional(seen.sql("dossiers_dossier", few=few), seen.params)
    return rows.extra(where=[condition], params=ordered)  # noqa: S610 the text is ours, the values are parameters


def owns_by_number(actor: Actor, owner_number: str) -> bool:
    """Whether a result was given to the number of the citizen's account. That opens the result itself, wherever it was
    handed in and before there was an account; the rest of the dossier is opened by the account alone, since a number typed
    at a counter may be mistyped."""
    return actor.has(CITIZEN) and bool(actor.citizen_number) and actor.citizen_number == owner_number


def _positional(condition: str, params: dict[str, Any]) -> tuple[str, list[Any]]:
    """Named parameters turned into positional ones, which is all `extra()` knows."""
    ordered = []
    for name, value in params.items():
        if f"%({name})s" in condition:
            ordered.append((condition.index(f"%({name})s"), value))
            condition = condition.replace(f"%({name})s", "%s".ljust(len(name) + 4))
    return condition, [value for _, value in sorted(ordered, key=lambda pair: pair[0])]


def load(actor: Actor, code: str, on: date) -> Dossier:
    """The dossier with `code`, if the actor may see it; missing and forbidden answer alike. 1-2 statements."""
    found = visible(Dossier.objects.filter(code=code), visible_to(actor, on)).first()
    if found is None:
        raise Refused(
            "Không tìm thấy hồ sơ này trong phạm vi của bạn.",
            where=code,
            do="Kiểm tra lại mã, hoặc hỏi nơi tiếp nhận.",
        )
    return found
