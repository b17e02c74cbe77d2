"""Events and successors as people read them: with the names units had on the day, and links to their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.organisation.queries import Told
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import Successor

SHOWN = 3  # units named on one side before "và n đơn vị khác"


@dataclass(frozen=True, slots=True)
class Named:
    """A unit by its code and the name it had; `share` in words, "" for all or unknown."""

    code: str
    name: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its units named, the first few of each side."""

    event: Told
    sources: list[Named]
    more_sources: int
    targets: list[Named]
    more_targets: int


def events_told(events: Iterable[Told], picture: Picture) -> list[EventRow]:
    """No statement: names come from the picture."""
    return [
        EventRow(
            event,
            [_named(picture, unit, event.effective, share) for unit, share in event.sources[:SHOWN]],
            max(0, len(event.sources) - SHOWN),
            [_named(picture, unit, event.effective, share) for unit, share in event.targets[:SHOWN]],
            max(0, len(event.targets) - SHOWN),
        )
        for event in events
    ]


def heirs_told(picture: Picture, heirs: Iterable[Successor], on: date) -> list[Named]:
    """Successors with their share, unless it is all of it."""
    return [
        _named(picture, heir.unit_id, on, "" if heir.share in (None, 1) else str(heir.share))
        for heir in heirs
    ]


def _named(picture: Picture, unit_id: int, on: date, share: str) -> Named:
    span = picture.nearest(unit_id, on)
    return Named(span.code, span.name, share) if span else Named("", f"Đơn vị {unit_id}", share)
