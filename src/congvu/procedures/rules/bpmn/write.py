"""A process as a BPMN 2.0 file, with lanes and a drawing. What BPMN has no word for stands in our own extension.

The extension is in the namespace `urn:congvu:bpmn:1`; every other tool may ignore it and still shows the diagram.
"""

from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from congvu.procedures.rules.bpmn.diagram import Diagram, Flow, Node, NodeKind, diagram_of
from congvu.procedures.rules.bpmn.layout import HEAD, Box, Layout, layout
from congvu.procedures.rules.process.graph import Process, Step
from congvu.procedures.rules.words import StepKind

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OURS = "urn:congvu:bpmn:1"
POOL = 30  # width of the pool's name
_TASKS = {StepKind.OPINION.value: "sendTask", StepKind.SUB_DOSSIER.value: "callActivity"}


def write_bpmn(process: Process, name: str, code: str = "") -> bytes:
    """The process as a file (UTF-8). `name`: of the pool; `code`: of the procedure. Forbidden characters are left out."""
    for prefix, space in (
        ("bpmn", BPMN),
        ("bpmndi", DI),
        ("dc", DC),
        ("di", DD),
        ("xsi", XSI),
        ("congvu", OURS),
    ):
        register_namespace(prefix, space)
    diagram = diagram_of(process)
    root = Element(
        f"{{{BPMN}}}definitions",
        {"id": "quy_trinh", "targetNamespace": OURS, "exporter": "congvu", "name": _clean(name)},
    )
    together = SubElement(root, f"{{{BPMN}}}collaboration", {"id": "lien_thong"})
    pool = {"id": "nhom", "name": _clean(name), "processRef": "cac_buoc"}
    SubElement(together, f"{{{BPMN}}}participant", pool)
    body = SubElement(
        root, f"{{{BPMN}}}process", {"id": "cac_buoc", "name": _clean(name), "isExecutable": "false"}
    )
    extra = SubElement(body, f"{{{BPMN}}}extensionElements")
    SubElement(extra, f"{{{OURS}}}process", {"archetype": process.archetype, "code": _clean(code)})
    _lanes(body, diagram)
    for node in diagram.nodes:
        _node(body, diagram, node)
    for flow in diagram.flows:
        _flow(body, flow)
    _drawing(root, diagram, layout(diagram))
    indent(root, " ")
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _lanes(body: Element, diagram: Diagram) -> None:
    lanes = SubElement(body, f"{{{BPMN}}}laneSet", {"id": "cac_lan"})
    for number, lane_name in enumerate(diagram.lanes):
        lane = SubElement(lanes, f"{{{BPMN}}}lane", {"id": f"lan_{number + 1}", "name": _clean(lane_name)})
        for node in diagram.nodes:
            if node.lane == number:
                SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = node.id


def _node(body: Element, diagram: Diagram, node: Node) -> None:
    element = SubElement(body, f"{{{BPMN}}}{_element(node)}", {"id": node.id})
    step = node.step
    if step is not None:
        element.set("name", _clean(step.name))
        if step.duty:
            SubElement(element, f"{{{BPMN}}}documentation").text = _clean(step.duty)
        if step.kind == StepKind.SUB_DOSSIER.value:
            element.set("calledElement", f"thu_tuc_{_clean(step.sub_procedure)}".replace(" ", "_"))
        extra = SubElement(element, f"{{{BPMN}}}extensionElements")
        ours = SubElement(extra, f"{{{OURS}}}step", _facts(step))
        for fact, label in step.labels:
            SubElement(ours, f"{{{OURS}}}label", {"fact": fact, "text": _clean(label)})
    elif node.kind in (NodeKind.START, NodeKind.END):
        element.set("name", "Tiếp nhận hồ sơ" if node.kind is NodeKind.START else "Kết thúc")
    for flow in diagram.flows:
        if flow.target == node.id:
            SubElement(element, f"{{{BPMN}}}incoming").text = flow.id
    for flow in diagram.flows:
        if flow.source == node.id:
            SubElement(element, f"{{{BPMN}}}outgoing").text = flow.id
            if flow.default:
                element.set("default", flow.id)


def _element(node: Node) -> str:
    return node.kind.value if node.step is None else _TASKS.get(node.step.kind, "userTask")


def _facts(step: Step) -> dict[str, str]:
    facts = {
        "key": step.key,
        "role": step.role,
        "agency": step.agency.kind,
        "code": step.agency.code,
        "agencyText": step.agency.text,
        "officer": step.officer,
        "term": "" if step.term_n is None else f"{step.term_n.normalize():f}",
        "termUnit": step.term_unit,
        "procedure": step.sub_procedure,
    }
    return {name: _clean(value) for name, value in facts.items() if value}


def _flow(body: Element, flow: Flow) -> None:
    element = SubElement(
        body, f"{{{BPMN}}}sequenceFlow", {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
    )
    if flow.branch is None:
        return
    element.set("name", _clean(flow.label))
    extra = SubElement(element, f"{{{BPMN}}}extensionElements")
    facts = {"back": "true"} if flow.back else {}
    if flow.branch.max_rounds is not None:
        facts["maxRounds"] = str(flow.branch.max_rounds)
    branch = SubElement(extra, f"{{{OURS}}}branch", facts)
    for one in flow.branch.when:
        said = {"fact": one.fact, "operator": one.operator, "value": _clean(one.value)}
        SubElement(branch, f"{{{OURS}}}condition", said)
    if flow.branch.when and not flow.default:
        formal = SubElement(
            element, f"{{{BPMN}}}conditionExpression", {f"{{{XSI}}}type": "bpmn:tFormalExpression"}
        )
        formal.text = _clean(
            " and ".join(f'{one.fact} {one.operator} "{one.value}"' for one in flow.branch.when)
        )


def _drawing(root: Element, diagram: Diagram, placed: Layout) -> None:
    picture = SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "hinh"})
    plane = SubElement(picture, f"{{{DI}}}BPMNPlane", {"id": "mat", "bpmnElement": "lien_thong"})
    _shape(plane, "nhom", Box(0, 0, placed.width + POOL, placed.height), horizontal=True)
    for number, box in enumerate(placed.lanes, start=1):
        _shape(plane, f"lan_{number}", _moved(box), horizontal=True)
    for node in diagram.nodes:
        _shape(plane, node.id, _moved(placed.nodes[node.id]), choice=node.kind is NodeKind.CHOICE)
    for flow in diagram.flows:
        edge = SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"ve_{flow.id}", "bpmnElement": flow.id})
        points = placed.flows[flow.id]
        for x, y in points:
            SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x + POOL), "y": str(y)})
        if flow.label:
            label = SubElement(edge, f"{{{DI}}}BPMNLabel")
            x, y = points[-2] if len(points) > 2 else points[0]
            place = Box(min(x, points[-1][0]) + POOL + 4, y - 30, HEAD, 28)
            SubElement(label, f"{{{DC}}}Bounds", _bounds(place))


def _moved(box: Box) -> Box:
    return Box(box.x + POOL, box.y, box.width, box.height)


def _shape(plane: Element, of: str, box: Box, *, horizontal: bool = False, choice: bool = False) -> None:
    facts = {"id": f"ve_{of}", "bpmnElement": of}
    if horizontal:
        facts["isHorizontal"] = "true"
    if choice:
        facts["isMarkerVisible"] = "true"
    SubElement(SubElement(plane, f"{{{DI}}}BPMNShape", facts), f"{{{DC}}}Bounds", _bounds(box))


def _bounds(box: Box) -> dict[str, str]:
    return {"x": str(box.x), "y": str(box.y), "width": str(box.width), "height": str(box.height)}


def _clean(text: str) -> str:
    """`text` without the control characters XML forbids."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
