"""Where everything of a diagram stands: columns are ranks, rows are lanes, lines run in gaps between columns.

Each line owns the row it runs along, so that no line goes through a shape; vertical parts stand side by side in the gap
between two columns. Coordinates are whole pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from congvu.procedures.rules.bpmn.diagram import Diagram, Flow, NodeKind

SIZES = {
    NodeKind.START: (36, 36),
    NodeKind.END: (36, 36),
    NodeKind.TASK: (140, 72),
    NodeKind.CHOICE: (44, 44),
    NodeKind.PARALLEL: (44, 44),
}
HEAD, LEFT, TOP = 120, 0, 0  # width of a lane's name, room before the first column
ROW, LANE_PAD, GAP, TRACK = 92, 10, 36, 12
LABEL = 70  # room for a condition beside a choice


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int


@dataclass(slots=True)
class Layout:
    """Boxes of lanes and nodes, way points of flows (two or more, all lines straight up, down or across)."""

    width: int = 0
    height: int = 0
    lanes: list[Box] = field(default_factory=list)
    nodes: dict[str, Box] = field(default_factory=dict)
    flows: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def layout(diagram: Diagram) -> Layout:
    """Place a diagram. Time grows with nodes times flows."""
    ranks = _ranks(diagram)
    rows = _Rows(diagram, ranks)
    for flow in diagram.flows:
        rows.run(flow)
    return _placed(diagram, ranks, rows)


def _ranks(diagram: Diagram) -> dict[str, int]:
    """The column of each node: one after all that leads to it; lines that would run around are left out."""
    out: dict[str, list[Flow]] = {node.id: [] for node in diagram.nodes}
    for flow in diagram.flows:
        if not flow.back:
            out[flow.source].append(flow)
    order, state = [], dict.fromkeys(out, 0)
    around: set[str] = set()
    for root in out:
        todo: list[tuple[str, Iterable[Flow]]] = [] if state[root] else [(root, iter(out[root]))]
        state[root] = state[root] or 1
        while todo:
            node, flows = todo[-1]
            for flow in flows:
                if state[flow.target] == 1:
                    around.add(flow.id)
                elif not state[flow.target]:
                    state[flow.target] = 1
                    todo.append((flow.target, iter(out[flow.target])))
                    break
            else:
                state[node] = 2
                order.append(node)
                todo.pop()
    ranks = dict.fromkeys(out, 0)
    for node in reversed(order):
        for flow in out[node]:
            if flow.id not in around:
                ranks[flow.target] = max(ranks[flow.target], ranks[node] + 1)
    return ranks


class _Rows:
    """Which row of its lane each node stands in, and which row each long line runs along."""

    def __init__(self, diagram: Diagram, ranks: dict[str, int]) -> None:
        self.ranks = ranks
        self.lane = {node.id: node.lane for node in diagram.nodes}
        self.taken: set[tuple[int, int, int]] = set()  # lane, rank, row
        self.count = [1] * max(len(diagram.lanes), 1)
        self.row: dict[str, int] = {}
        self.along: dict[str, tuple[int, int]] = {}  # flow -> lane, row
        before: dict[str, list[str]] = {}
        for flow in diagram.flows:
            if not flow.back:
                before.setdefault(flow.target, []).append(flow.source)
        for node in sorted(diagram.nodes, key=lambda one: ranks[one.id]):
            same = [
                self.row[one]
                for one in before.get(node.id, [])
                if one in self.row and self.lane[one] == node.lane
            ]
            self.row[node.id] = self._take(node.lane, range(ranks[node.id], ranks[node.id] + 1), same[:1])

    def run(self, flow: Flow) -> None:
        """Reserve a row for a line that passes other columns."""
        start, end = self.ranks[flow.source], self.ranks[flow.target]
        columns = range(start + 1, end) if end > start else range(end, start + 1)
        if not columns:
            return
        lane = self.lane[flow.target]
        wanted = [self.row[flow.target]] if end > start else []
        if end > start and self.lane[flow.source] == lane:
            wanted.append(self.row[flow.source])
        self.along[flow.id] = (lane, self._take(lane, columns, wanted))

    def _free(self, lane: int, columns: range, row: int) -> bool:
        return all((lane, column, row) not in self.taken for column in columns)

    def _take(self, lane: int, columns: range, wanted: list[int]) -> int:
        row: int = next(row for row in (*wanted, *range(10_000)) if self._free(lane, columns, row))
        self.taken.update((lane, column, row) for column in columns)
        self.count[lane] = max(self.count[lane], row + 1)
        return row


def _placed(diagram: Diagram, ranks: dict[str, int], rows: _Rows) -> Layout:
    made = Layout()
    tops, y = [], TOP
    for count in rows.count[: len(diagram.lanes)]:
        tops.append(y)
        y += count * ROW + 2 * LANE_PAD
    made.height = y
    last = max(ranks.values(), default=0)
    gaps = _Gaps(diagram, ranks, rows, last)
    widths = [
        max((SIZES[n.kind][0] for n in diagram.nodes if ranks[n.id] == r), default=0) for r in range(last + 1)
    ]
    centres, x = [], HEAD + LEFT
    for rank, width in enumerate(widths):
        x += gaps.width(rank - 1) if rank else gaps.width(-1)
        gaps.left[rank] = x + width
        centres.append(x + width // 2)
        x += width
    gaps.left[-1] = HEAD + LEFT
    made.width = x + gaps.width(last) + LEFT

    def middle(lane: int, row: int) -> int:
        return tops[lane] + LANE_PAD + row * ROW + ROW // 2

    for node in diagram.nodes:
        width, height = SIZES[node.kind]
        at = middle(node.lane, rows.row[node.id])
        made.nodes[node.id] = Box(centres[ranks[node.id]] - width // 2, at - height // 2, width, height)
    ends = [*tops[1:], y]
    made.lanes = [Box(0, top, made.width, end - top) for top, end in zip(tops, ends, strict=False)]
    for flow in diagram.flows:
        lane_row = rows.along.get(flow.id)
        made.flows[flow.id] = _line(
            made.nodes[flow.source],
            made.nodes[flow.target],
            None if lane_row is None else middle(*lane_row),
            gaps.x(flow.id, 0),
            gaps.x(flow.id, 1),
        )
    return made


class _Gaps:
    """The gaps between columns: gap r is right of column r, gap -1 left of the first. Each line has its own track."""

    def __init__(self, diagram: Diagram, ranks: dict[str, int], rows: _Rows, last: int) -> None:
        self.left: dict[int, int] = {}
        self.tracks = dict.fromkeys(range(-1, last + 1), 0)
        self.labelled: set[int] = set()
        self.at: dict[tuple[str, int], tuple[int, int]] = {}
        for flow in diagram.flows:
            leave, arrive = ranks[flow.source], ranks[flow.target] - 1
            self.at[(flow.id, 0)] = (leave, self._track(leave))
            self.at[(flow.id, 1)] = (
                self.at[(flow.id, 0)] if leave == arrive else (arrive, self._track(arrive))
            )
            if flow.label:
                self.labelled.add(leave)

    def _track(self, gap: int) -> int:
        self.tracks[gap] += 1
        return self.tracks[gap] - 1

    def width(self, gap: int) -> int:
        return max(GAP, (self.tracks[gap] + 1) * TRACK) + (LABEL if gap in self.labelled else 0)

    def x(self, flow_id: str, end: int) -> int:
        gap, track = self.at[(flow_id, end)]
        return self.left[gap] + (track + 1) * TRACK


def _line(source: Box, target: Box, along: int | None, leave: int, arrive: int) -> list[tuple[int, int]]:
    start = (source.x + source.width, source.y + source.height // 2)
    end = (target.x, target.y + target.height // 2)
    y = end[1] if along is None else along
    points = [start, (leave, start[1]), (leave, y), (arrive, y), (arrive, end[1]), end]
    kept: list[tuple[int, int]] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return kept
