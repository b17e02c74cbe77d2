"""People released by streamlining, by batch."""

from collections.abc import Collection

from congvu.staffing.models import Release


def releases(year: int, half: int, seen: Collection[int] | None) -> list[Release]:
    """Everybody of a batch in the units the reader sees (None: all), by unit and name. 1 statement."""
    found = Release.objects.filter(year=year, half=half)
    if seen is not None:
        found = found.filter(unit_id__in=seen)
    return list(found.select_related("person").order_by("unit_id", "name", "id"))
