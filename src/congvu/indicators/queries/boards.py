"""Boards and lines: which figures a person follows, what he is told of."""

from django.db.models import Q

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.indicators.models import Board, Crossing, FigureLine

_ORDER = (LEADER, AUDITOR, PERSONNEL, SPECIALIST, CLERK)  # of several roles the first one's board
USUAL = (
    "ho-so.nhan-giai-quyet", "ho-so.dung-han", "ho-so.truc-tuyen", "ho-so.ton-qua-han", "ho-so.dung-han-cap-xa",
    "so-hoa.ket-qua", "thu-phi.truc-tuyen", "thu-tuc.toan-trinh",
)  # fmt: skip
USUAL_OF_STAFF = (
    "doi-ngu.co-mat",
    "doi-ngu.nu",
    "doi-ngu.dai-hoc",
    "bien-che.giam",
    "bien-che.tinh-gian",
    "vtvl.de-an",
)


def board_of(actor: Actor) -> tuple[tuple[str, ...], str, bool]:
    """The codes and period of the actor's board, and whether it is his own: else that of his first role, else the usual one.
    1 statement."""
    roles = [role for role in _ORDER if actor.has(role)]
    of_roles = Q(account_id=None, role__in=roles)
    own = of_roles if actor.account_id is None else of_roles | Q(account_id=actor.account_id)
    rows = list(Board.objects.filter(own))
    if rows:
        first = min(rows, key=lambda row: -1 if row.account_id is not None else roles.index(row.role))
        return tuple(first.codes), first.period, first.account_id is not None
    staff_only = roles[:1] == [PERSONNEL]
    return (USUAL_OF_STAFF if staff_only else USUAL), "nam", False


def lines_of(actor: Actor) -> list[FigureLine]:
    """The actor's own lines that are watched. 1 statement."""
    return list(
        FigureLine.objects.filter(account_id=actor.account_id, dropped_at=None).order_by("figure", "pk")
    )


def crossings_of(actor: Actor, limit: int = 100) -> list[Crossing]:
    """What the actor's lines were crossed by, still crossed first, then the newest. 1 statement."""
    rows = Crossing.objects.filter(line__account_id=actor.account_id).select_related("line")
    return sorted(rows.order_by("-seen_at", "-id")[:limit], key=lambda one: one.over_at is not None)


def open_crossings(actor: Actor) -> int:
    """How many of the actor's lines are crossed now. 1 statement."""
    return Crossing.objects.filter(line__account_id=actor.account_id, over_at=None).count()
