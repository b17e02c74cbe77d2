"""Decisions and their lines, as far as the reader may see the units they speak of."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.rules.kinds import DRAFT, ISSUED

Units = Collection[int] | None  # None: all


def decision_list(
    *, drafts: bool, seen: Units, limit: int, before: tuple[date, int] | None = None, words: str = ""
) -> list[QuotaDecision]:
    """A page of decisions, newest first, one more than `limit` when more follow; each with `line_count`, `given`,
    `taken` (of the units seen) and `corrected_by`. 1 statement."""
    found = _open(drafts, seen)
    if words:
        found = found.filter(Q(number__icontains=words) | Q(title__icontains=words))
    if before is not None:
        found = found.filter(Q(effective__lt=before[0]) | Q(effective=before[0], id__lt=before[1]))
    return list(_told(found, seen).order_by("-effective", "-id")[: limit + 1])


def decision(decision_id: int, *, drafts: bool, seen: Units) -> QuotaDecision | None:
    """One decision as in the list, with what it corrects; None when it is not the reader's to see. 1 statement."""
    return _told(_open(drafts, seen).filter(id=decision_id), seen).select_related("corrects").first()


def _open(drafts: bool, seen: Units) -> models.QuerySet[QuotaDecision]:
    found = QuotaDecision.objects.all() if drafts else QuotaDecision.objects.filter(state=ISSUED)
    if seen is None:
        return found
    return found.filter(Exists(QuotaLine.objects.filter(decision=OuterRef("pk"), unit_id__in=seen)))


def _told(found: models.QuerySet[QuotaDecision], seen: Units) -> models.QuerySet[QuotaDecision]:
    correcting = QuotaDecision.objects.filter(corrects=OuterRef("pk"), state=ISSUED)
    theirs = Q() if seen is None else Q(lines__unit_id__in=seen)
    return found.annotate(
        line_count=Count("lines", filter=theirs),
        given=Sum("lines__delta", filter=theirs & Q(lines__delta__gt=0)),
        taken=Sum("lines__delta", filter=theirs & Q(lines__delta__lt=0)),
        corrected_by=Subquery(correcting.values("id")[:1]),
    )


def lines_of(decision_id: int, seen: Units = None) -> list[QuotaLine]:
    """The lines of a decision in their order, each with its unit's code. 1 statement."""
    found = QuotaLine.objects.filter(decision_id=decision_id)
    if seen is not None:
        found = found.filter(unit_id__in=seen)
    return list(found.select_related("unit").order_by("place"))


def draft_correcting(decision_id: int) -> QuotaDecision | None:
    """The draft that would correct a decision, when someone has begun one. 1 statement."""
    return QuotaDecision.objects.filter(corrects_id=decision_id, state=DRAFT).first()
