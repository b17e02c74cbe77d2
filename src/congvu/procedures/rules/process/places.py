"""Where dossiers of one process may stand, each place worked out once: of a year of dossiers few stand differently. Pure."""

from dataclasses import dataclass, field

from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.run import Instance, State
from congvu.procedures.rules.words import StepRole


@dataclass(slots=True, eq=False)
class Place:
    """A state of the token game. `open`: (step, round); `returning`: nothing but giving back the result is left."""

    state: State
    open: frozenset[tuple[str, int]]
    returning: bool
    branches: dict[str, tuple[int, ...]] = field(default_factory=dict)
    onward: dict[tuple[str, int | None], tuple["Place", tuple[Instance, ...]]] = field(default_factory=dict)


class Places:
    """The places of a process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._known: dict[State, Place] = {}
        begun = run.start(process)
        self.first, self.opened = self._place(begun.state), begun.opened

    def branches(self, at: Place, key: str) -> tuple[int, ...]:
        """The branches an open step may still take."""
        found = at.branches.get(key)
        if found is None:
            found = at.branches[key] = run.branches_open(self.process, at.state, key)
        return found

    def after(self, at: Place, key: str, branch: int | None) -> tuple[Place, tuple[Instance, ...]]:
        """Where completing a step leads, and what opens."""
        found = at.onward.get((key, branch))
        if found is None:
            move = run.take(self.process, at.state, key, branch)
            found = at.onward[key, branch] = self._place(move.state), move.opened
        return found

    def _place(self, state: State) -> Place:
        found = self._known.get(state)
        if found is None:
            left = run.enabled(state)
            roles = {self.process.by_key[one.key].role for one in left}
            found = self._known[state] = Place(
                state, frozenset((one.key, one.round) for one in left), roles <= {StepRole.RETURN.value}
            )
        return found
