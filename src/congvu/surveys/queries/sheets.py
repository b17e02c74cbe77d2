"""Paper sheets as papers: numbers, who asked, who typed. Never with what was answered."""

from django.db.models import Count, Q

from congvu.surveys.models import Campaign, InterviewSheet, Stratum
from congvu.surveys.rules.words import DIFFERS, SAMPLED

FEW = 50


def counted(campaign: Campaign) -> dict[str, int]:
    """How many came in, are to be asked again, were, differ. 1 statement."""
    return InterviewSheet.objects.filter(campaign=campaign).aggregate(
        all=Count("id"),
        drawn=Count("id", filter=Q(to_recheck=True)),
        done=Count("id", filter=~Q(recheck="")),
        differ=Count("id", filter=Q(recheck=DIFFERS)),
    )


def waiting(campaign: Campaign) -> list[InterviewSheet]:
    """The first of those to be asked again. 1 statement."""
    rows = InterviewSheet.objects.filter(campaign=campaign, to_recheck=True, recheck="")
    return list(rows.order_by("number")[:FEW])


def newest(campaign: Campaign) -> list[InterviewSheet]:
    """The last that came in. 1 statement."""
    return list(InterviewSheet.objects.filter(campaign=campaign).order_by("-id")[:FEW])


def asked_about(campaign: Campaign) -> frozenset[int] | None:
    """The units a drawn survey has a sample of; None where a sheet may speak of any. 0-1 statement."""
    if campaign.kind != SAMPLED:
        return None
    return frozenset(Stratum.objects.filter(campaign=campaign).values_list("unit_id", flat=True))


def known_numbers(campaign: Campaign, numbers: list[str]) -> set[str]:
    """Those of `numbers` that were entered before. 1 statement."""
    rows = InterviewSheet.objects.filter(campaign=campaign, number__in=numbers)
    return set(rows.values_list("number", flat=True))
