"""The interlinking board: which agency holds how many dossiers, since when, and what is due next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled


@dataclass(frozen=True, slots=True)
class Held:
    """What one unit holds. `collect`: a result waits for its owner; `step_late`: its own step is late; `late`: the day
    promised to the applicant is past; `today` and `next`: promised for the day asked and for the next working day;
    `since`: when its longest open step opened, None when nothing but results wait."""

    unit_id: int
    holds: int
    paused: int
    collect: int
    step_late: int
    late: int
    today: int
    next: int
    since: datetime | None


def board(sight: Visible, on: date, next_day: date) -> list[Held]:
    """A line for each unit that holds something the actor may see, the most pressing first. 1 statement (none when the
    actor may see nothing)."""
    if sight.nothing:
        return []
    found = filled("board", visible=sight.sql("d"))
    lines = [Held(*row) for row in found.rows({"on": on, "next": next_day, **sight.params})]
    return sorted(lines, key=_pressing)


def _pressing(line: Held) -> tuple[Any, ...]:
    return -line.late, -line.step_late, -line.today, -line.next, line.since is None, line.since
