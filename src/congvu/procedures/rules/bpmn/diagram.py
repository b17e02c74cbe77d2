"""A process as the nodes and flows of a diagram: the steps with the gateways and events that say how they follow.

Read from the step outwards: what waits for several stands behind a join, what chooses before an exclusive gateway, what
leads to several at once before a parallel one. Rework comes in through an exclusive gateway in front of its step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from congvu.procedures.rules.process.graph import Branch, Process, Step
from congvu.procedures.rules.words import Join


class NodeKind(StrEnum):
    START = "startEvent"
    END = "endEvent"
    TASK = "task"
    CHOICE = "exclusiveGateway"
    PARALLEL = "parallelGateway"


@dataclass(frozen=True, slots=True)
class Node:
    """`step`: for a task its step; `lane`: the number of its lane."""

    id: str
    kind: NodeKind
    lane: int
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """From node to node. `branch`: the branch whose condition stands on it; `default`: the "otherwise" of a choice."""

    id: str
    source: str
    target: str
    branch: Branch | None = None
    default: bool = False

    @property
    def back(self) -> bool:
        return self.branch is not None and self.branch.back

    @property
    def label(self) -> str:
        """What stands on the line: the condition, and for rework how often."""
        return "" if self.branch is None else self._with_rounds(self.branch, self.branch.words())

    def told(self, labels: Mapping[str, str]) -> str:
        """The same with facts by their names, for the drawing on a page."""
        return "" if self.branch is None else self._with_rounds(self.branch, self.branch.told(labels))

    def _with_rounds(self, branch: Branch, words: str) -> str:
        most = f", tối đa {branch.max_rounds} lần" if branch.max_rounds else ""
        return f"{words}: làm lại{most}" if branch.back else words


@dataclass(slots=True)
class Diagram:
    """Lanes by name, in order of the table; nodes and flows in order of the steps."""

    lanes: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def node(self, node_id: str, kind: NodeKind, lane: int, step: Step | None = None) -> str:
        self.nodes.append(Node(node_id, kind, lane, step))
        return node_id

    def flow(self, source: str, target: str, branch: Branch | None = None, *, default: bool = False) -> None:
        self.flows.append(Flow(f"noi_{len(self.flows) + 1}", source, target, branch, default))


def diagram_of(process: Process) -> Diagram:
    """The diagram of a process. Never fails: links to steps that are not there are left out."""
    made = Diagram()
    steps = list(process.by_key.values())
    for step in steps:
        if step.agency.words not in made.lanes:
            made.lanes.append(step.agency.words)
    lanes = {step.key: made.lanes.index(step.agency.words) for step in steps}
    number = {step.key: at for at, step in enumerate(steps, start=1)}
    first = [key for key in process.first if key in process.by_key]
    if first:
        made.node("bat_dau", NodeKind.START, lanes[first[0]])
    entries = _Entries(made, process, lanes, number, first)
    for step in steps:
        entries.make(step)
    if first:
        begin = "bat_dau"
        if len(first) > 1:
            begin = made.node("mo", NodeKind.PARALLEL, lanes[first[0]])
            made.flow("bat_dau", begin)
        for key in first:
            made.flow(begin, entries.of("", key))
    for step in steps:
        _leave(made, entries, process, step, lanes[step.key], number[step.key])
    return made


class _Entries:
    """Where flows into a step arrive: its join, the merge of rework, or the task itself."""

    def __init__(
        self,
        made: Diagram,
        process: Process,
        lanes: dict[str, int],
        number: dict[str, int],
        first: list[str],
    ) -> None:
        self.made, self.process, self.lanes, self.number, self.first = made, process, lanes, number, first
        self._at: dict[tuple[str, str], str] = {}  # (source, target) -> node; source "" is the start
        self._back: dict[str, str] = {}

    def of(self, source: str, target: str) -> str:
        return self._at[(source, target)]

    def back(self, target: str) -> str:
        return self._back[target]

    def make(self, step: Step) -> None:
        made, lane, n = self.made, self.lanes[step.key], self.number[step.key]
        counts = {"": 1} if step.key in self.first else {}
        reworked = False
        for other in self.process.by_key.values():
            for branch in other.branches:
                if step.key in branch.targets:
                    reworked |= branch.back
                    if not branch.back:
                        counts[other.key] = counts.get(other.key, 0) + 1
        inward: list[tuple[str, str]] = []  # flows of the entry's own gateways
        entry = task = f"buoc_{n}"
        if reworked:
            entry = made.node(f"lam_lai_{n}", NodeKind.CHOICE, lane)
            self._back[step.key] = entry
            inward.append((entry, task))
        if len(counts) > 1:
            kind = NodeKind.CHOICE if step.join == Join.ANY.value else NodeKind.PARALLEL
            join = made.node(f"cho_{n}", kind, lane)
            inward.append((join, entry))
            entry = join
        for source, count in counts.items():
            at = entry
            if count > 1 and made_kind(made, entry) is not NodeKind.CHOICE:
                at = made.node(f"gop_{n}_{self.number.get(source, 0)}", NodeKind.CHOICE, lane)
                inward.append((at, entry))
            self._at[(source, step.key)] = at
        made.node(task, NodeKind.TASK, lane, step)
        for start, end in inward:
            made.flow(start, end)


def made_kind(made: Diagram, node_id: str) -> NodeKind | None:
    """The kind of a node already made; None for one to come."""
    return next((node.kind for node in made.nodes if node.id == node_id), None)


def _leave(made: Diagram, entries: _Entries, process: Process, step: Step, lane: int, n: int) -> None:
    out = f"buoc_{n}"
    if not step.branches:
        made.flow(out, made.node(f"ket_thuc_{n}", NodeKind.END, lane))
        return
    if step.exclusive:
        choice = made.node(f"re_{n}", NodeKind.CHOICE, lane)
        made.flow(out, choice)
        out = choice
    for at, branch in enumerate(step.branches, start=1):
        targets = [to for to in dict.fromkeys(branch.targets) if to in process.by_key]
        said, default = (branch, branch.otherwise) if step.exclusive else (None, False)
        if branch.back:
            for to in targets:
                made.flow(out, entries.back(to), branch, default=branch.otherwise and step.exclusive)
        elif not targets:
            end = made.node(f"ket_thuc_{n}_{at}", NodeKind.END, lane)
            made.flow(out, end, said, default=default)
        elif len(targets) == 1:
            made.flow(out, entries.of(step.key, targets[0]), said, default=default)
        else:
            split = made.node(f"chia_{n}_{at}", NodeKind.PARALLEL, lane)
            made.flow(out, split, said, default=default)
            for to in targets:
                made.flow(split, entries.of(step.key, to))
