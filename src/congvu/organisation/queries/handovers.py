"""Records of handing over, as far as the reader may see one of the two units."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from congvu.organisation.models import Handover, HandoverLine
from congvu.organisation.queries.following import kinds
from congvu.organisation.rules.following import GOES

Units = Collection[int] | None  # whose records the reader may see; None: all


def handovers(
    seen: Units, *, limit: int, before: tuple[date, int] | None = None, waiting: bool = False
) -> list[Handover]:
    """A page of records, newest first, one more than `limit` when more follow, with their lines. `waiting`: only those to be
    accepted, in which something went over. Records moved with nothing at all in them are left out. 2 statements."""
    some = Exists(HandoverLine.objects.filter(handover=OuterRef("pk")))
    found = Handover.objects.filter(Q(moved_at=None) | some, cancelled_at=None)
    if waiting:
        goes = [code for code, kind in kinds().items() if kind.way == GOES]
        went = Exists(HandoverLine.objects.filter(handover=OuterRef("pk"), kind__in=goes))
        found = found.filter(went, moved_at__isnull=False, accepted_at=None)
    if seen is not None:
        found = found.filter(Q(from_unit__in=seen) | Q(to_unit__in=seen))
    if before is not None:
        found = found.filter(Q(effective__lt=before[0]) | Q(effective=before[0], id__lt=before[1]))
    ordered = found.select_related("event").prefetch_related("lines").order_by("-effective", "-id")
    return list(ordered[: limit + 1])


def handover(handover_id: int, seen: Units) -> Handover | None:
    """One record with its event and lines; None when it is not the reader's to see. 2 statements."""
    found = Handover.objects.select_related("event").prefetch_related("lines").filter(id=handover_id)
    if seen is not None:
        found = found.filter(Q(from_unit__in=seen) | Q(to_unit__in=seen))
    return found.first()


def of_decision(recorded_at: datetime) -> list[Handover]:
    """The records of the events recorded at one moment, with their lines; none that was taken back. 2 statements."""
    found = Handover.objects.filter(recorded_at=recorded_at, undoes=None, cancelled_at=None)
    return list(found.prefetch_related("lines").order_by("id"))


def parcels_since(last_id: int) -> list[Handover]:
    """Records written after one, of which only what was chosen goes. 1 statement."""
    return list(Handover.objects.filter(id__gt=last_id).exclude(chosen=None).order_by("id"))


def last_id() -> int:
    """The number of the newest record. 1 statement."""
    return Handover.objects.order_by("-id").values_list("id", flat=True).first() or 0


def unfinished(decision_number: str, effective: date) -> bool:
    """Whether a decision is recorded whose handing over is not at its end. 1 statement."""
    waiting = Handover.objects.filter(moved_at=None, cancelled_at=None, effective=effective)
    return waiting.filter(event__decision_number=decision_number, event__superseded_at=None).exists()


def named_heirs(unit_ids: Collection[int], effective: date | None = None) -> dict[int, int]:
    """The unit named to take over what each ended unit held, by its record of handing over (of one day, or of any); an
    event that was taken back names nobody. 1 statement."""
    found = Handover.objects.filter(
        from_unit__in=list(unit_ids), cancelled_at=None, undoes=None, event__superseded_at=None, chosen=None
    )
    if effective is not None:
        found = found.filter(effective=effective)
    return dict(found.order_by("id").values_list("from_unit_id", "to_unit_id"))
