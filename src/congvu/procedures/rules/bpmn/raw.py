"""A BPMN file as found: nodes, flows, lanes, and everything in it that a step table has no place for.

Hardened: no document type, no entities, no external references (defusedxml), a bounded size, depth and count. Extensions
of other tools are passed over, as the standard asks (ISO/IEC 19510, 8.3.3); everything else is either read or listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.procedures.rules.process.conditions import is_fact
from congvu.procedures.rules.process.facts import LONGEST_LABEL

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
OURS = "{urn:congvu:bpmn:1}"
MOST_BYTES, MOST_ELEMENTS, DEEPEST, MOST_NODES = 4_000_000, 60_000, 60, 1_000
TASKS = frozenset(
    [
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "callActivity",
    ]
)
GATEWAYS = frozenset(
    ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"]
)
EVENTS = frozenset(
    ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"]
)
INNER = frozenset(["subProcess", "transaction", "adHocSubProcess"])
_PLAIN = frozenset(["incoming", "outgoing", "documentation", "extensionElements"])


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something of the file that did not become part of the step table, and what was done instead."""

    id: str
    element: str
    why: str

    def as_json(self) -> dict[str, str]:
        return {"id": self.id, "element": self.element, "why": self.why}


@dataclass(slots=True)
class RawNode:
    """`parent`: the sub-process it lies in; `facts`: what our own extension says of it; `attached`: of boundary events."""

    id: str
    element: str
    name: str
    lane: str = ""
    parent: str = ""
    default: str = ""
    documentation: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    definitions: tuple[str, ...] = ()  # of events
    called: str = ""
    labels: tuple[tuple[str, str], ...] = ()  # of the facts it records, in our extension


@dataclass(slots=True)
class RawFlow:
    """`branch`: attributes of our extension, None in files of others; `conditions` of it as (fact, operator, value)."""

    id: str
    source: str
    target: str
    name: str = ""
    expression: str | None = None
    branch: dict[str, str] | None = None
    conditions: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Raw:
    nodes: dict[str, RawNode] = field(default_factory=dict)
    flows: list[RawFlow] = field(default_factory=list)
    lanes: list[str] = field(default_factory=list)  # names, in order
    processes: list[str] = field(default_factory=list)
    archetype: str = ""
    name: str = ""
    unsupported: list[Unsupported] = field(default_factory=list)

    def no(self, element: Element | RawNode | RawFlow, why: str, kind: str = "") -> None:
        """List something as not supported."""
        if isinstance(element, Element):
            made = Unsupported(element.get("id", ""), kind or local(element), why)
        else:
            made = Unsupported(
                element.id, element.element if isinstance(element, RawNode) else "sequenceFlow", why
            )
        if made not in self.unsupported:
            self.unsupported.append(made)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def read_raw(document: bytes, where: str) -> Raw:
    """Read the file. Refuses: too large, entities or a document type, not XML, not BPMN 2.0, broken references."""
    root = _parsed(document, where)
    if root.tag != f"{BPMN}definitions":
        raise Refused(
            f"Tệp không phải BPMN 2.0 (phần tử gốc là <{local(root)}>).",
            where=where,
            do="Xuất lại từ công cụ vẽ quy trình ở dạng BPMN 2.0 (.bpmn).",
        )
    raw = Raw(name=composed(root.get("name", "")))
    pools: dict[str, str] = {}
    for child in root:
        if child.tag == f"{BPMN}collaboration":
            _collaboration(raw, child, pools)
    for child in root:
        kind = local(child)
        if child.tag == f"{BPMN}process":
            _process(raw, child, pools.get(child.get("id", ""), ""), where)
        elif kind not in ("collaboration", "BPMNDiagram", "import", "extension", *_PLAIN):
            raw.no(child, "Định nghĩa dùng chung, bảng bước không có chỗ ghi.")
    if not raw.processes:
        raise Refused("Tệp BPMN không có quy trình nào.", where=where, do="Chọn tệp có phần tử <process>.")
    _check(raw, where)
    return raw


def _parsed(document: bytes, where: str) -> Element:
    if len(document) > MOST_BYTES:
        raise Refused(
            f"Tệp dài {len(document) // 1_000_000} MB, quá giới hạn {MOST_BYTES // 1_000_000} MB.",
            where=where,
            do="Chia quy trình thành nhiều tệp.",
        )
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise Refused(
            "Tệp XML có khai báo thực thể hoặc DTD, có thể là tệp phá hoại.",
            where=where,
            do="Xuất lại tệp không có DTD.",
        ) from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise Refused(
            f"Tệp không phải XML đọc được ({problem}).", where=where, do="Kiểm tra tệp có bị cắt, bị hỏng."
        ) from problem
    count, todo = 0, [(root, 1)]
    while todo:
        element, depth = todo.pop()
        count += 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise Refused(
                f"Tệp lồng sâu hơn {DEEPEST} lớp hoặc có hơn {MOST_ELEMENTS} phần tử.",
                where=where,
                do="Chia quy trình thành nhiều tệp.",
            )
        todo.extend((child, depth + 1) for child in element)
    return root


def _collaboration(raw: Raw, element: Element, pools: dict[str, str]) -> None:
    for child in element:
        kind = local(child)
        if kind == "participant" and child.get("processRef"):
            pools[child.get("processRef", "").rpartition(":")[2]] = composed(child.get("name", ""))
        elif kind == "participant":
            raw.no(child, f"Bên tham gia «{composed(child.get('name', ''))}» không có quy trình bên trong.")
        elif kind == "messageFlow":
            name = composed(child.get("name", ""))
            raw.no(child, f"Luồng thông điệp «{name}» giữa hai bên không thành bước chờ: hãy nối bằng tay.")
        elif kind not in _PLAIN:
            raw.no(child, "Bảng bước không có chỗ ghi.")


def _process(raw: Raw, element: Element, pool: str, where: str) -> None:
    raw.processes.append(element.get("id", ""))
    raw.name = raw.name or composed(element.get("name", "")) or pool
    extra = element.find(f"{BPMN}extensionElements/{OURS}process")
    if extra is not None:
        raw.archetype = extra.get("archetype", "")
    lanes: dict[str, str] = {}
    for lane_set in element.findall(f"{BPMN}laneSet"):
        _lanes(raw, lane_set, lanes)
    _content(raw, element, lanes, pool, "", where)


def _lanes(raw: Raw, lane_set: Element, lanes: dict[str, str]) -> None:
    """The innermost lane names the agency."""
    for lane in lane_set.findall(f"{BPMN}lane"):
        name = composed(lane.get("name", ""))
        for ref in lane.findall(f"{BPMN}flowNodeRef"):
            lanes[(ref.text or "").strip()] = name
        if name and name not in raw.lanes and lane.find(f"{BPMN}flowNodeRef") is not None:
            raw.lanes.append(name)
        for inner in lane.findall(f"{BPMN}childLaneSet"):
            _lanes(raw, inner, lanes)


def _content(raw: Raw, element: Element, lanes: dict[str, str], pool: str, parent: str, where: str) -> None:
    if pool and pool not in raw.lanes and not lanes:
        raw.lanes.append(pool)
    for child in element:
        kind = local(child)
        if kind == "sequenceFlow":
            _flow(raw, child)
        elif kind in TASKS | GATEWAYS | EVENTS | INNER:
            node = _node(raw, child, lanes, pool, parent, where)
            if kind in INNER:
                inner = dict.fromkeys((e.get("id", "") for e in child.iter()), node.lane)
                _content(raw, child, {**inner, **lanes}, node.lane, node.id, where)
        elif kind == "laneSet" or kind in _PLAIN:
            continue
        else:
            raw.no(child, "Bảng bước không có chỗ ghi (dữ liệu, ghi chú, nhóm…).")


def _node(raw: Raw, element: Element, lanes: dict[str, str], pool: str, parent: str, where: str) -> RawNode:
    ident = element.get("id", "")
    if not ident or ident in raw.nodes:
        raise Refused(
            f"Phần tử <{local(element)}> «{composed(element.get('name', ''))[:60]}» thiếu mã hoặc trùng mã.",
            where=where,
            do="Xuất lại tệp từ công cụ vẽ.",
        )
    ours = element.find(f"{BPMN}extensionElements/{OURS}step")
    node = RawNode(
        id=ident,
        element=local(element),
        name=composed(element.get("name", "")),
        lane=lanes.get(ident, "") or pool,
        parent=parent,
        default=element.get("default", ""),
        documentation=composed(" ".join(e.text or "" for e in element.findall(f"{BPMN}documentation"))),
        facts={} if ours is None else {name: composed(value) for name, value in ours.attrib.items()},
        definitions=tuple(local(e) for e in element if local(e).endswith("EventDefinition")),
        called=composed(element.get("calledElement", "")),
        labels=() if ours is None else _labels(ours),
    )
    raw.nodes[ident] = node
    if node.element not in INNER:
        for part in _parts(element):
            raw.no(part, f"Phần «{local(part)}» của «{node.name or ident}» không có trong bảng bước.")
    return node


def _labels(ours: Element) -> tuple[tuple[str, str], ...]:
    """What a step calls its facts; a name no table could hold is left out."""
    said = ((one.get("fact", ""), composed(one.get("text", ""))) for one in ours.findall(f"{OURS}label"))
    return tuple(
        (fact, text[:LONGEST_LABEL]) for fact, text in said if is_fact(fact) and text and ";" not in text
    )


def _parts(element: Element) -> Iterator[Element]:
    for child in element:
        if local(child) not in _PLAIN and not local(child).endswith(
            ("EventDefinition", "eventDefinitionRef")
        ):
            yield child


def _flow(raw: Raw, element: Element) -> None:
    expression = element.find(f"{BPMN}conditionExpression")
    ours = element.find(f"{BPMN}extensionElements/{OURS}branch")
    conditions = () if ours is None else tuple(
        (one.get("fact", ""), one.get("operator", "="), composed(one.get("value", "")))
        for one in ours.findall(f"{OURS}condition")
    )  # fmt: skip
    raw.flows.append(
        RawFlow(
            id=element.get("id", ""),
            source=element.get("sourceRef", ""),
            target=element.get("targetRef", ""),
            name=composed(element.get("name", "")),
            expression=None if expression is None else composed(expression.text or ""),
            branch=None if ours is None else dict(ours.attrib),
            conditions=conditions,
        )
    )


def _check(raw: Raw, where: str) -> None:
    if len(raw.nodes) > MOST_NODES:
        raise Refused(
            f"Tệp có {len(raw.nodes)} phần tử, quá {MOST_NODES}.", where=where, do="Chia thành nhiều tệp."
        )
    for flow in raw.flows:
        for end in (flow.source, flow.target):
            if end not in raw.nodes:
                raise Refused(
                    f"Luồng «{flow.id}» nối tới phần tử «{end}» không có trong tệp.",
                    where=where,
                    do="Xuất lại tệp từ công cụ vẽ.",
                )
    if not any(node.element in TASKS | INNER for node in raw.nodes.values()):
        raise Refused("Sơ đồ không có công việc nào.", where=where, do="Chọn tệp có các công việc (task).")
