"""Published ways that name a unit: frozen, so they stay; a new version must name the successor."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count

from congvu.foundation.identity.actor import Actor
from congvu.organisation.rules.following import STAYS, Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture
from congvu.procedures.models import ProcessStep

WAY = Kind(
    "way",
    "Quy trình đang dùng nêu tên đơn vị",
    "quy trình",
    STAYS,
    "đã công bố; cần công bố bản mới nêu đơn vị nhận",
)


class Ways:
    """See organisation's rules.following.Follower."""

    kinds = (WAY,)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        rows = ProcessStep.objects.filter(
            unit__in=list(unit_ids), process_version__state="PUBLISHED", process_version__valid_to=None
        ).values_list("unit_id")
        return {(unit, WAY.code): n for unit, n in rows.annotate(n=Count("process_version", distinct=True))}

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        """1 statement."""
        rows = ProcessStep.objects.filter(
            unit__in=list(unit_ids), process_version__state="PUBLISHED", process_version__valid_to=None
        ).values_list("unit_id", "process_version__code")
        return [
            Example(unit, WAY.code, code)
            for unit, code in rows.distinct().order_by("process_version__code")[: limit * 3]
        ]

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        return {}

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        return {}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        return Share()
