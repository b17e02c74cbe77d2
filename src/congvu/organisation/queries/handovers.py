"""Records of handing over, as far as the reader may see one of the two units."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.organisation.access import EVERYTHING, Scope, scope_of
from congvu.organisation.models import Handover, HandoverLine
from congvu.organisation.rules.picture import Picture


def sight_of(actor: Actor, on: date, known: Picture) -> Scope:
    """The units whose records the actor reads: counts only, so an administrator, who records events, reads all."""
    return EVERYTHING if actor.has(ADMIN) else scope_of(actor, on, known)


def handovers(
    sight: Scope, *, limit: int, before: tuple[date, int] | None = None, waiting: bool = False
) -> list[Handover]:
    """A page of records, newest first, one more than `limit` when more follow, with their lines. `waiting`: only those to be
    accepted. Records moved with nothing to move are left out. 2 statements."""
    some = Exists(HandoverLine.objects.filter(handover=OuterRef("pk")))
    found = Handover.objects.filter(Q(moved_at=None) | some, cancelled_at=None)
    if waiting:
        found = found.filter(some, moved_at__isnull=False, accepted_at=None)
    if not sight.all:
        found = found.filter(Q(from_unit__in=sight.unit_ids) | Q(to_unit__in=sight.unit_ids))
    if before is not None:
        found = found.filter(Q(effective__lt=before[0]) | Q(effective=before[0], id__lt=before[1]))
    ordered = found.select_related("event").prefetch_related("lines").order_by("-effective", "-id")
    return list(ordered[: limit + 1])


def handover(handover_id: int, sight: Scope) -> Handover | None:
    """One record with its event and lines; None when it is not the reader's to see. 2 statements."""
    found = Handover.objects.select_related("event").prefetch_related("lines").filter(id=handover_id)
    if not sight.all:
        found = found.filter(Q(from_unit__in=sight.unit_ids) | Q(to_unit__in=sight.unit_ids))
    return found.first()
