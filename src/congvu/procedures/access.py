"""Who may do what in the catalogue. What is published is public; only drafts and doubts are not."""

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, LEADER, OFFICIAL_ROLES, SPECIALIST

EDITORS = (ADMIN,)  # drafts, decisions, step tables
MOVERS = (ADMIN, LEADER)  # running dossiers to a newer version, by decision
SETTLERS = (SPECIALIST, ADMIN)  # doubts of imports: the procedure-control desk and the administrator


def may_edit(actor: Actor) -> bool:
    """Whether drafts may be seen and written."""
    return actor.has(*EDITORS)


def may_settle(actor: Actor) -> bool:
    """Whether doubts may be worked off."""
    return actor.has(*SETTLERS)


def may_see_steps(actor: Actor) -> bool:
    """Whether the inner process, with its officers' roles, is shown: to officials only."""
    return actor.has(*OFFICIAL_ROLES)


def may_move(actor: Actor) -> bool:
    """Whether running dossiers may be moved to a newer version, and a process tried on last year's arrivals."""
    return actor.has(*MOVERS)
