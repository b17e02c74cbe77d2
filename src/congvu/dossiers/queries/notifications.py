"""Notifications: the event they tell of, the rule they came under, those whose term has passed."""

from collections.abc import Iterable
from datetime import date

from congvu.dossiers.models import DossierNotification
from congvu.dossiers.rules.status import Status

_OPEN = (Status.RECEIVED, Status.HANDLING)


def notification_of(dossier_id: int) -> DossierNotification | None:
    """The event and the rule of a dossier; None for any other dossier. 1 statement."""
    return DossierNotification.objects.filter(dossier=dossier_id).select_related("rule").first()


def deemed_of(ids: list[int]) -> dict[int, str]:
    """The article by which silence counts, of those whose rule says so. 1 statement."""
    rows = DossierNotification.objects.filter(dossier__in=ids, rule__deemed=True)
    return dict(rows.values_list("dossier_id", "rule__deemed_citation"))


def silent(
    ids: Iterable[int] | None, *, before: date | None = None, most: int | None = None
) -> dict[int, int]:
    """Open notifications whose silence counts, with their status: of `ids`, or those due before a day. 1 statement."""
    rows = DossierNotification.objects.filter(rule__deemed=True, dossier__status__in=_OPEN)
    if ids is not None:
        rows = rows.filter(dossier__in=list(ids))
    if before is not None:
        rows = rows.filter(dossier__due_on__lt=before)
    return dict(rows.order_by("dossier_id").values_list("dossier_id", "dossier__status")[:most])
