"""The drawing beside the step table: the geometry of `rules.bpmn.layout` as shapes a template writes down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from congvu.foundation.ui.track_picture import wrap
from congvu.procedures.rules.bpmn.diagram import Diagram, NodeKind, diagram_of
from congvu.procedures.rules.bpmn.layout import Box, layout
from congvu.procedures.rules.process.finding import Finding
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.terms import amount_words
from congvu.procedures.rules.words import Join, TermUnit

NAME_CHARACTERS, LANE_CHARACTERS, LABEL_CHARACTERS = 19, 15, 14
LINE, CHARACTER = 15, 7


@dataclass(frozen=True, slots=True)
class Text:
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """`css` says what it is and whether lint found something; `d` for all but tasks; `words` for who listens."""

    css: str
    box: Box
    words: str
    lines: tuple[Text, ...] = ()
    foot: Text | None = None
    d: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    css: str
    d: str
    head: str
    labels: tuple[Text, ...] = ()


@dataclass(slots=True)
class Drawing:
    width: int
    height: int
    described: str
    lanes: list[tuple[Box, list[Text]]] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def drawing(process: Process, found: Iterable[Finding] = ()) -> Drawing:
    """Everything the template draws."""
    diagram = diagram_of(process)
    placed = layout(diagram)
    marks: dict[int, str] = {}
    for one in found:
        marks[one.row] = "bad" if one.is_error or marks.get(one.row) == "bad" else "warn"
    made = Drawing(placed.width, placed.height, _described(process))
    for name, box in zip(diagram.lanes, placed.lanes, strict=True):
        lines = wrap(name, LANE_CHARACTERS, 4)
        top = box.y + box.height // 2 - LINE * (len(lines) - 1) // 2 + 4
        made.lanes.append((box, [Text(10, top + LINE * at, text) for at, text in enumerate(lines)]))
    for node in diagram.nodes:
        box = placed.nodes[node.id]
        made.shapes.append(
            _task(process, node.step.key, box, marks) if node.step is not None else _sign(node.kind, box)
        )
    _lines(made, diagram, placed.flows, process.labels)
    return made


def _task(process: Process, key: str, box: Box, marks: dict[int, str]) -> Shape:
    step, row = process.by_key[key], process.position[key]
    lines = wrap(f"{row}. {step.name}", NAME_CHARACTERS, 3)
    middle = box.x + box.width // 2
    top = box.y + 20 + (8 if len(lines) < 3 else 0)
    foot = None
    if step.term_n is not None:
        foot = Text(middle, box.y + box.height - 7, amount_words(step.term_n, TermUnit(step.term_unit).label))
        top -= 4
    css = f"task {marks.get(row, '')}".strip()
    words = f"Bước {row}. {step.name}, {step.agency.words}"
    said = tuple(Text(middle, top + LINE * at, text) for at, text in enumerate(lines[:2] if foot else lines))
    return Shape(css, box, words, said, foot)


def _sign(kind: NodeKind, box: Box) -> Shape:
    x, y, half = box.x + box.width // 2, box.y + box.height // 2, box.width // 2
    if kind in (NodeKind.START, NodeKind.END):
        words = "Bắt đầu" if kind is NodeKind.START else "Kết thúc"
        d = f"M{x - half} {y}a{half} {half} 0 1 0 {2 * half} 0a{half} {half} 0 1 0 {-2 * half} 0z"
        return Shape("start" if kind is NodeKind.START else "end", box, words, d=d)
    d = f"M{x - half} {y}L{x} {y - half}L{x + half} {y}L{x} {y + half}z"
    if kind is NodeKind.PARALLEL:
        return Shape("gate", box, "Cùng lúc", d=d, mark=f"M{x - 9} {y}h18M{x} {y - 9}v18")
    return Shape(
        "gate", box, "Một trong các nhánh", d=d, mark=f"M{x - 7} {y - 7}l14 14M{x + 7} {y - 7}l-14 14"
    )


def _lines(
    made: Drawing, diagram: Diagram, flows: dict[str, list[tuple[int, int]]], names: Mapping[str, str]
) -> None:
    for flow in diagram.flows:
        points = flows[flow.id]
        d = "M" + "L".join(f"{x} {y}" for x, y in points)
        x, y = points[-1]
        labels: tuple[Text, ...] = ()
        if flow.label:
            at, length = _beside(points)
            said = wrap(flow.told(names), max(LABEL_CHARACTERS, length // CHARACTER - 2), 2)
            labels = tuple(
                Text(at[0] + 6, at[1] - 6 - LINE * (len(said) - 1 - n), text) for n, text in enumerate(said)
            )
        css = "flow back" if flow.back else "flow"
        made.lines.append(Line(css, d, f"M{x - 7} {y - 4}l7 4l-7 4z", labels))


def _beside(points: list[tuple[int, int]]) -> tuple[tuple[int, int], int]:
    """Where a line's words begin, and how long it is there: the left end of its longest level part, past the turn that
    all ways of a choice share."""
    level = [(a, b) for a, b in pairwise(points[1:] if len(points) > 2 else points) if a[1] == b[1]]
    a, b = max(level or [(points[0], points[-1])], key=lambda pair: abs(pair[0][0] - pair[1][0]))
    return (min(a[0], b[0]), a[1]), abs(a[0] - b[0])


def _described(process: Process) -> str:
    """The drawing in sentences."""
    said = []
    for step in process.by_key.values():
        row = process.position[step.key]
        sources = [str(process.position[one]) for one in process.before[step.key]]
        between = " hoặc " if step.join == Join.ANY.value else ", "
        after = f", sau bước {between.join(sources)}" if sources else ""
        said.append(f"Bước {row}: {step.name}, {step.agency.words}{after}.")
    return " ".join(said)
