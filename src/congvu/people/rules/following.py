"""Where the people of a unit go when a decision ends it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit ended on a day by an event, whole into one heir."""

    heir: int
    day: date
    event_id: int


def heirs_of_ended(known: Picture, event_ids: Collection[int]) -> dict[int, Ending]:
    """The units the events ended whole into one other. Units divided or dissolved are left out."""
    going: dict[int, list[Ending]] = {}
    for flow in known.flows:
        if flow.event_id in event_ids and flow.whole:
            going.setdefault(flow.from_id, []).append(Ending(flow.to_id, flow.effective, flow.event_id))
    return {unit: to[0] for unit, to in going.items() if len(to) == 1}
