"""Free text: what waits to be read, what may be shown."""

from collections.abc import Collection
from uuid import UUID

from congvu.surveys.models import Campaign, SurveyText
from congvu.surveys.rules.words import SHOWN

FEW = 30


def shown_texts(campaign: Campaign, unit_id: int) -> list[SurveyText]:
    """What was let out about a unit, in no order that means anything. 1 statement."""
    rows = SurveyText.objects.filter(campaign=campaign, unit_id=unit_id, state=SHOWN)
    return list(rows.order_by("id")[:FEW])


def texts(
    campaign: Campaign, state: str, but: Collection[int], after: UUID | None, limit: int
) -> list[SurveyText]:
    """A page in the order of their identifiers, which is chance, without those about the units `but`; one more than `limit`
    when more follow. 1 statement."""
    rows = SurveyText.objects.filter(campaign=campaign, state=state).exclude(unit_id__in=but).order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows[: limit + 1])
