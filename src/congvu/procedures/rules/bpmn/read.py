"""A BPMN 2.0 file as a process. What has no place in a step table is listed, never guessed.

Lanes become agencies, tasks steps, exclusive gateways branches on recorded facts, parallel gateways parallel steps and
joins; a sub-process in which only one thing happens at a time is taken apart. A loop without a marked limit is imported
as it is, so that lint asks for the limit.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from congvu.procedures.rules.bpmn.arrivals import arrival
from congvu.procedures.rules.bpmn.flatten import flatten
from congvu.procedures.rules.bpmn.raw import TASKS, Raw, RawNode, Unsupported, read_raw
from congvu.procedures.rules.bpmn.ways import Way, Ways
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step
from congvu.procedures.rules.words import AgencyKind, Archetype, Join, StepKind, StepRole, TermUnit

_LABELS = {one.label: one.value for one in AgencyKind if one is not AgencyKind.FIXED}


@dataclass(frozen=True, slots=True)
class BpmnRead:
    """A process as read. `roles`: lanes in order, with the agency they became and the keys of their steps."""

    name: str
    process: Process
    roles: tuple[dict[str, Any], ...]
    unsupported: tuple[Unsupported, ...]


def read_bpmn(document: bytes, where: str = "BPMN") -> BpmnRead:
    """Read a file. Refuses with the reason what is not BPMN 2.0, is broken, hostile or too large, or has no task."""
    raw = read_raw(document, where)
    placeholders = flatten(raw)
    tasks = frozenset(
        node.id for node in raw.nodes.values() if node.element in TASKS or node.id in placeholders
    )
    _events(raw)
    ways = Ways(raw, tasks)
    keys = _keys(raw, tasks)
    after = {task: ways.after(task) for task in raw.nodes if task in tasks}
    starts = _starts(raw, ways, tasks)
    back = _back_links(after, starts)
    steps = []
    for task, alternatives in after.items():
        branches = _branches(raw, raw.nodes[task], alternatives, back, keys)
        steps.append(_step(raw, ways, raw.nodes[task], branches, keys, tasks, back))
    begin = tuple(keys[task] for task in starts)
    ordered = _ordered(Process(tuple(steps), begin), begin)
    archetype = raw.archetype if Archetype.has(raw.archetype) else Archetype.APPROVAL.value
    process = Process(ordered, () if begin == (ordered[0].key,) else begin, archetype)
    return BpmnRead(raw.name, process, _roles(raw, process, keys), tuple(raw.unsupported))


def _events(raw: Raw) -> None:
    """List the events whose meaning is more than beginning or end."""
    for node in raw.nodes.values():
        words = ", ".join(node.definitions)
        if node.element == "boundaryEvent":
            raw.no(node, "Sự kiện gắn ở cạnh việc: không nhập, việc sau nó chưa có bước nào dẫn tới.")
        elif node.element in ("intermediateCatchEvent", "intermediateThrowEvent"):
            raw.no(
                node,
                "Sự kiện giữa chừng: hai việc hai bên vẫn nối tiếp, việc chờ hay phát sự kiện không nhập.",
            )
        elif node.element in ("startEvent", "endEvent") and node.definitions:
            raw.no(node, f"Chỉ giữ là điểm đầu hoặc điểm cuối, không nhập {words}.")
    if len(raw.processes) > 1:
        for ident in raw.processes[1:]:
            raw.no(
                RawNode(ident, "process", ""),
                "Tệp có nhiều quy trình: các bước ở chung một bảng và mở cùng lúc, hãy kiểm tra cách nối.",
            )


def _starts(raw: Raw, ways: Ways, tasks: frozenset[str]) -> tuple[str, ...]:
    """The tasks open at once: those the start events lead to; without any, those nothing leads to."""
    events = [node for node in raw.nodes.values() if node.element == "startEvent" and ways.out[node.id]]
    if len(events) > len(raw.processes):
        for node in events:
            raw.no(node, "Nhiều điểm bắt đầu: coi như cùng mở khi tiếp nhận, hãy kiểm tra.")
    found: list[str] = []
    for event in events:
        alternatives = ways.after(event.id)
        if len(alternatives) > 1 or any(way.when for way in alternatives):
            raw.no(
                event,
                "Rẽ nhánh ngay khi bắt đầu, chưa có bước nào ghi dữ kiện: các nhánh đều mở, hãy kiểm tra.",
            )
        found += [hit.task for way in alternatives for hit in way.hits]
    if not events:
        found = [task for task in raw.nodes if task in tasks and not ways.into[task]]
    if not found:
        found = [next(task for task in raw.nodes if task in tasks)]
    return tuple(dict.fromkeys(found))


def _back_links(after: dict[str, list[Way]], starts: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Links that lead back to where the way already was, searching from the start in the order of the file."""
    found, state = set(), dict.fromkeys(after, 0)
    for root in (*starts, *after):
        todo = [] if state[root] else [(root, iter([h for way in after[root] for h in way.hits]))]
        state[root] = state[root] or 1
        while todo:
            task, hits = todo[-1]
            for hit in hits:
                if hit.back:
                    continue
                if state[hit.task] == 1:
                    found.add((task, hit.task))
                elif not state[hit.task]:
                    state[hit.task] = 1
                    todo.append((hit.task, iter([h for way in after[hit.task] for h in way.hits])))
                    break
            else:
                state[task] = 2
                todo.pop()
    return frozenset(found)


def _branches(
    raw: Raw,
    node: RawNode,
    ways: list[Way],
    back: frozenset[tuple[str, str]],
    keys: dict[str, str],
) -> tuple[Branch, ...]:
    made = []
    for way in ways:
        again = [hit for hit in way.hits if hit.back or (node.id, hit.task) in back]
        onward = tuple(keys[hit.task] for hit in way.hits if hit not in again)
        if again and (onward or len(again) > 1):
            raw.no(
                node,
                "Một nhánh vừa quay lại vừa đi tiếp, hoặc quay lại nhiều việc: phần quay lại không nhập.",
            )
            again = []
        if again:
            made.append(Branch((keys[again[0].task],), way.when, back=True, max_rounds=again[0].most))
        else:
            made.append(Branch(onward, way.when))
    return () if made == [Branch()] else tuple(made)


def _step(
    raw: Raw,
    ways: Ways,
    node: RawNode,
    branches: tuple[Branch, ...],
    keys: dict[str, str],
    tasks: frozenset[str],
    back: frozenset[tuple[str, str]],
) -> Step:
    starts = {one.id for one in raw.nodes.values() if one.element == "startEvent"}
    again = frozenset(source for source, target in back if target == node.id)
    waits = arrival(raw, ways.into, tasks | starts, node.id, again)
    if waits.mixed:
        raw.no(node, "Vừa chờ đủ vừa chờ một trong các việc trước: ghi là chờ tất cả, hãy sửa cột Chờ bước.")
    join = Join.ALL.value if waits.plain or waits.mixed else waits.join
    facts = node.facts
    kind = {"callActivity": StepKind.SUB_DOSSIER.value}.get(node.element, StepKind.TASK.value)
    if facts and node.element == "sendTask":
        kind = StepKind.OPINION.value
    return Step(
        key=keys[node.id],
        name=node.name or node.id,
        agency=_agency(node),
        role=facts.get("role", "") if StepRole.has(facts.get("role")) else StepRole.LEAD.value,
        officer=facts.get("officer", "")[:60],
        duty=node.documentation,
        term_n=_term(facts.get("term", "")),
        term_unit=facts["termUnit"] if TermUnit.has(facts.get("termUnit")) else TermUnit.NGAY_LAM_VIEC.value,
        branches=branches,
        join=join,
        kind=kind,
        sub_procedure=(facts.get("procedure", "") if facts else node.called)
        if kind == StepKind.SUB_DOSSIER.value
        else "",
        labels=node.labels,
    )


def _agency(node: RawNode) -> Agency:
    """Our extension's, else what the lane is called: one of our own words, or the name of an agency."""
    kind = node.facts.get("agency", "")
    if AgencyKind.has(kind):
        return Agency(kind, None, node.facts.get("code", ""), node.facts.get("agencyText", ""))
    if node.lane in _LABELS:
        return Agency(_LABELS[node.lane])
    return Agency(AgencyKind.FIXED.value, None, "", node.lane) if node.lane else Agency()


def _term(text: str) -> Decimal | None:
    try:
        n = Decimal(text)
    except InvalidOperation:
        return None
    return n if n.is_finite() and 0 <= n <= 100_000 else None


def _keys(raw: Raw, tasks: frozenset[str]) -> dict[str, str]:
    """A key for each task: ours where the file has it, else the element's id."""
    keys: dict[str, str] = {}
    for node in raw.nodes.values():
        if node.id in tasks:
            wanted = (node.facts.get("key") or node.id)[:80]
            keys[node.id] = wanted if wanted not in keys.values() else f"{wanted[:70]}-{len(keys) + 1}"
    return keys


def _ordered(process: Process, begin: tuple[str, ...]) -> tuple[Step, ...]:
    """Files of ours keep their order. Of others: as the way goes, then what nothing leads to."""
    steps = list(process.steps)
    first = [step for step in steps if step.key in begin][:1]
    if steps[:1] == first and all(
        process.position[to] > process.position[step.key] for step in steps for to in process.after[step.key]
    ):
        return process.steps
    placed = [key for key in process.order if key in process.reached(begin)]
    placed.sort(key=lambda key: key != begin[0])
    rest = [step.key for step in steps if step.key not in placed]
    return tuple(process.by_key[key] for key in (*placed, *rest))


def _roles(raw: Raw, process: Process, keys: dict[str, str]) -> tuple[dict[str, Any], ...]:
    lanes = {keys[node.id]: node.lane for node in raw.nodes.values() if node.id in keys}
    names = dict.fromkeys((*raw.lanes, *(lane for lane in lanes.values() if lane)))
    return tuple(
        {
            "name": name,
            "agency": next(
                (step.agency.kind for step in process.steps if lanes[step.key] == name),
                AgencyKind.FIXED.value,
            ),
            "steps": [step.key for step in process.steps if lanes[step.key] == name],
        }
        for name in names
    )
