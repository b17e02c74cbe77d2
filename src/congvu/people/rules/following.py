"""Where the people of a unit go when a decision ends it. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit ended on a day by an event, and who takes its people over."""

    heir: int
    day: date
    event_id: int
