"""Sub-processes: taken apart where that changes nothing, otherwise kept as one step and listed."""

from congvu.procedures.rules.bpmn.raw import INNER, TASKS, Raw, RawNode


def flatten(raw: Raw) -> frozenset[str]:
    """Take apart, innermost first, each sub-process in which only one thing happens at a time, with one plain start.

    Changes `raw`; returns the sub-processes that stay as one step. What lies inside those is listed and taken out.
    """
    kept = set()
    inner_first = sorted(
        (node for node in raw.nodes.values() if node.element in INNER),
        key=lambda node: -_depth(raw, node),
    )
    for node in inner_first:
        inside = [one for one in raw.nodes.values() if one.parent == node.id]
        if node.element == "subProcess" and inside and _is_single(raw, node, inside):
            _take_apart(raw, node, inside)
            continue
        kept.add(node.id)
        why = (
            "giữ thành một bước; các việc bên trong không nhập"
            if inside
            else "nội dung không có trong tệp, giữ thành một bước"
        )
        raw.no(node, f"Quy trình con «{node.name or node.id}»: {why}.")
        _take_out(raw, node, inside)
    return frozenset(kept)


def _depth(raw: Raw, node: RawNode) -> int:
    depth, at = 0, node
    while at.parent and depth < 100:
        at, depth = raw.nodes[at.parent], depth + 1
    return depth


def _is_single(raw: Raw, node: RawNode, inside: list[RawNode]) -> bool:
    """Whether at most one token can be inside: one plain start, plain ends, no parallel gateway, no split at a task."""
    names = {one.id for one in inside}
    flows = [flow for flow in raw.flows if flow.source in names]
    starts = [one for one in inside if one.element == "startEvent"]
    plain = {"startEvent", "endEvent", "exclusiveGateway", *TASKS}
    leaving = [
        sum(1 for flow in flows if flow.source == one.id)
        for one in inside
        if one.element != "exclusiveGateway"
    ]
    attached = any(one.element == "boundaryEvent" for one in raw.nodes.values() if one.parent == node.parent)
    return (
        not attached
        and len(starts) == 1
        and all(one.element in plain and not one.definitions for one in inside)
        and max(leaving, default=0) <= 1
        and any(one.element in TASKS for one in inside)
        and sum(1 for flow in raw.flows if flow.source == node.id) <= 1
    )


def _take_apart(raw: Raw, node: RawNode, inside: list[RawNode]) -> None:
    start = next(one for one in inside if one.element == "startEvent")
    begin = next((flow.target for flow in raw.flows if flow.source == start.id), start.id)
    onward = next((flow.target for flow in raw.flows if flow.source == node.id), None)
    ends = {one.id for one in inside if one.element == "endEvent"}
    names = {one.id for one in inside}
    flows = []
    for flow in raw.flows:
        if flow.source in (start.id, node.id):
            continue
        if flow.target == node.id:
            flow.target = begin
        elif flow.target in ends and onward is not None:
            flow.target = onward
        flows.append(flow)
    raw.flows[:] = flows
    if onward is None:
        ends = set()
    for ident in (node.id, start.id, *ends):
        del raw.nodes[ident]
    for ident in names - ends - {start.id}:
        raw.nodes[ident].parent = node.parent


def _take_out(raw: Raw, node: RawNode, inside: list[RawNode]) -> None:
    names = {one.id for one in inside}
    for one in inside:
        raw.no(one, f"Nằm trong quy trình con «{node.name or node.id}».")
        del raw.nodes[one.id]
    raw.flows[:] = [flow for flow in raw.flows if flow.source not in names and flow.target not in names]
