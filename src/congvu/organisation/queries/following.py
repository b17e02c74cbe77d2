"""What sits in units that end: asked of every area listed in the wiring."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from congvu.organisation.rules.following import STAYS, Choice, Choosing, Example, Follower, Held, Kind
from congvu.organisation.rules.picture import Picture

SHOWN = 3  # examples of each kind and unit


def followers() -> Sequence[Follower]:
    """The areas that have something in units, in the order in which they go along. No statement."""
    found: Sequence[Follower] = import_string(settings.FOLLOWERS_OF_UNITS)
    return found


def choosing() -> list[Choosing]:
    """The areas of which a part may go from a unit that goes on. No statement."""
    return [one for one in followers() if isinstance(one, Choosing)]


def choices_of(unit_id: int) -> list[Choice]:
    """What of a unit may go to another while it goes on. 1 statement an area."""
    return [choice for one in choosing() for choice in one.choices(unit_id)]


def chosen_held(unit_id: int, chosen: Collection[str]) -> dict[str, int]:
    """How much of what was chosen sits in a unit now, by kind. 1 statement an area."""
    return {kind: number for one in choosing() for kind, number in one.held(unit_id, chosen).items()}


def kinds() -> dict[str, Kind]:
    """Every kind by its code, in order. No statement."""
    return {kind.code: kind for one in followers() for kind in one.kinds}


def held_by(heirs: Mapping[int, int | None], day: date, known: Picture, *, shown: int = SHOWN) -> list[Held]:
    """What the units that end on `day` hold and where it goes; kinds of which there are none are left out.

    2 statements an area at most, however many units.
    """
    units = list(heirs)
    found: list[Held] = []
    for one in followers() if units else ():
        counts = one.count(units, day, known)
        examples: dict[tuple[int, str], list[Example]] = {}
        for example in one.examples(units, day, shown) if shown and any(counts.values()) else ():
            examples.setdefault((example.unit_id, example.kind), []).append(example)
        found += [
            Held(
                unit,
                kind,
                counts[unit, kind.code],
                None if kind.way == STAYS else heirs[unit],
                tuple(examples.get((unit, kind.code), ())[:shown]),
            )
            for unit in units
            for kind in one.kinds
            if counts.get((unit, kind.code))
        ]
    place = {unit: number for number, unit in enumerate(units)}
    return sorted(found, key=lambda held: place[held.unit_id])


def province_totals(day: date, known: Picture) -> dict[str, int]:
    """How many of each kind there are in the province on a day. 1 statement for each area that keeps a total."""
    return {code: number for one in followers() for code, number in one.total(day, known).items()}
