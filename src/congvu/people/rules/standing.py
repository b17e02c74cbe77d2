"""What a file says of a person's training, grade and planning: the facts by which a title's standard is judged. Pure."""

from dataclasses import dataclass
from datetime import date

PLANNING = "quy_hoach"  # the paper of a file that says for which title a person is planned


@dataclass(frozen=True, slots=True)
class StepHeld:
    """A salary step of the register, the oldest first in a standing."""

    grade: str
    step: int
    since: date
    decision: str


@dataclass(frozen=True, slots=True)
class Line:
    """A training (`code` of TRAININGS) or a paper of the file."""

    code: str
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Empty text means that the file says nothing, never that the person has nothing."""

    person_id: int
    number: str
    name: str
    sort_key: str
    unit_id: int | None
    position: str
    qualification: str
    politics: str
    decision: str  # on which these two rest
    state_management: str
    steps: tuple[StepHeld, ...]
    lines: tuple[Line, ...]

    def of(self, code: str) -> list[Line]:
        return [one for one in self.lines if one.code == code]
