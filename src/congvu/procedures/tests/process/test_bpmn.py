"""BPMN 2.0 in and out: meaning survives the round trip, foreign files are read as far as they can be, hostile ones not."""

import itertools
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.bpmn.diagram import NodeKind, diagram_of
from congvu.procedures.rules.bpmn.layout import layout
from congvu.procedures.rules.bpmn.read import BpmnRead, read_bpmn
from congvu.procedures.rules.bpmn.write import write_bpmn
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import Branch, Process
from congvu.procedures.rules.process.lint import errors, lint
from congvu.procedures.tests.process.make import (
    AGENCIES,
    a_return,
    a_step,
    any_processes,
    choice,
    parallel,
    rework,
    sound_processes,
    wild_processes,
)

DATA = Path(__file__).resolve().parents[6] / "shared" / "data" / "bpmn"
FILES = sorted(DATA.glob("*.bpmn"))
XMLNS = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
NAMES = {"b": "http://www.omg.org/spec/BPMN/20100524/MODEL", "di": "http://www.omg.org/spec/BPMN/20100524/DI"}


def plain(process: Process) -> Process:
    """The same process written the one way a file can say it: "otherwise" last, no join where nothing joins."""
    steps = []
    for step in process.steps:
        branches = tuple(sorted(step.branches, key=lambda one: one.otherwise))
        join = step.join if len(process.before[step.key]) > 1 else "ALL"
        steps.append(replace(step, branches=() if branches == (Branch(),) else branches, join=join))
    starts = () if process.first == (steps[0].key,) else process.first
    return Process(tuple(steps), starts, process.archetype)


def read(body: str, extra: str = "") -> BpmnRead:
    text = f'<definitions {XMLNS} id="d">{extra}<process id="p">{body}</process></definitions>'
    return read_bpmn(text.encode())


def flows(*pairs: str) -> str:
    """Flows written "a>b", or "a>b name" with the name of an answer."""
    made = []
    for at, pair in enumerate(pairs):
        ends, _, name = pair.partition(" ")
        source, target = ends.split(">")
        made.append(f'<sequenceFlow id="f{at}" sourceRef="{source}" targetRef="{target}" name="{name}"/>')
    return "".join(made)


def nodes(**kinds: str) -> str:
    return "".join(f'<{kind} id="{ident}" name="{ident.upper()}"/>' for ident, kind in kinds.items())


def shape(found: BpmnRead) -> dict[str, tuple[str, list[tuple[tuple[str, ...], str, bool]]]]:
    return {
        step.key: (step.join, [(one.targets, one.words(), one.back) for one in step.branches])
        for step in found.process.steps
    }


@settings(max_examples=150, deadline=None)
@given(sound_processes())
def test_meaning_survives_the_round_trip(process: Process) -> None:
    again = read_bpmn(write_bpmn(process, "Cấp phép", "1.000080"))
    assert again.process == plain(process) and again.unsupported == ()


@settings(max_examples=150, deadline=None)
@given(wild_processes())
def test_whatever_lint_passes_survives_the_round_trip(process: Process) -> None:
    if not errors(lint(process)):
        assert read_bpmn(write_bpmn(process, "x")).process == plain(process)


@pytest.mark.parametrize(
    "process",
    [
        rework(),
        parallel(),
        parallel("ANY"),
        choice("ANY"),
        Process((a_step("a", "c"), a_step("b", "c", kind="OPINION"), a_return("c")), ("a", "b"), "NOTIFICATION"),
        Process((a_step("a", "b", kind="SUB_DOSSIER", sub_procedure="1.0001", duty="Chữ <&> lạ"), a_return("b"))),
        Process((a_step("a", branches=(Branch(("b",), (Condition("so", ">", "3"), Condition("x", "≠", 'a "b"'))),
                                       Branch(()))), a_return("b", agency=AGENCIES[2], officer="leader"))),
        Process((a_step("a", branches=(Branch(("b",), (Condition(""),)), Branch(("b",)))), a_return("b"))),
        Process((a_step("khóa có dấu cách", "2"), a_return("2"))),
    ],
)  # fmt: skip
def test_what_only_our_extension_can_say_survives_too(process: Process) -> None:
    assert read_bpmn(write_bpmn(process, "Tên \x00 lạ")).process == plain(process)


@settings(max_examples=100, deadline=None)
@given(any_processes())
def test_any_process_is_drawn_without_shapes_or_lines_crossing_a_shape(process: Process) -> None:
    diagram = diagram_of(process)
    placed = layout(diagram)
    boxes = list(placed.nodes.items())
    for at, (_, one) in enumerate(boxes):
        for _, other in boxes[at + 1 :]:
            assert (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
        assert one.x >= 0 and one.x + one.width <= placed.width and one.y + one.height <= placed.height
    for flow in diagram.flows:
        points = placed.flows[flow.id]
        assert len(points) > 1
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            assert x1 == x2 or y1 == y2, "lines run straight"
            for name, box in boxes:
                if name in (flow.source, flow.target):
                    continue
                assert not (
                    min(x1, x2) < box.x + box.width
                    and max(x1, x2) > box.x
                    and min(y1, y2) < box.y + box.height
                    and max(y1, y2) > box.y
                ), f"{flow} runs through {name}"


def test_the_file_has_every_reference_and_a_drawing_of_every_thing() -> None:
    root = ElementTree.fromstring(write_bpmn(rework(), "Cấp phép"))  # noqa: S314
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    drawn = {e.get("bpmnElement") for e in root.iter() if e.get("bpmnElement")}
    things = {e.get("id") for e in root.find("b:process", NAMES) if e.tag.rpartition("}")[2] != "laneSet"}
    assert {one for one in things if one} <= drawn <= set(ids)
    for flow in root.iter(f"{{{NAMES['b']}}}sequenceFlow"):
        assert {flow.get("sourceRef"), flow.get("targetRef")} <= set(ids)
    refs = [e.text for e in root.iter(f"{{{NAMES['b']}}}flowNodeRef")]
    assert len(refs) == len(set(refs)) == len(diagram_of(rework()).nodes), "every node lies in one lane"


@pytest.mark.skipif(not FILES, reason="the neighbouring data is not there")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_reference_files_are_read_and_nothing_is_dropped_in_silence(path: Path) -> None:
    found = read_bpmn(path.read_bytes(), path.name)
    root = ElementTree.parse(path).getroot()  # noqa: S314
    model = f"{{{NAMES['b']}}}"
    tasks = {e.get("id"): " ".join(e.get("name", "").split()) for e in root.iter(f"{model}task")}
    names = {step.name for step in found.process.steps}
    listed = {one.id for one in found.unsupported}
    assert all(name in names or ident in listed for ident, name in tasks.items())
    for kind in ("boundaryEvent", "messageFlow"):
        assert {e.get("id") for e in root.iter(f"{model}{kind}")} <= listed
    assert all(one.why.endswith(".") and one.element for one in found.unsupported)
    lint(found.process)


@pytest.mark.skipif(not FILES, reason="the neighbouring data is not there")
def test_a_sub_process_in_which_one_thing_happens_at_a_time_is_taken_apart() -> None:
    found = read_bpmn((DATA / "A.4.1.bpmn").read_bytes())
    assert [step.name for step in found.process.steps] == [f"Task {n}" for n in (1, 2, 3, 4, 5, 6)]
    assert [role["name"] for role in found.roles] == ["Lane 1", "Lane 2", "Lane 3"]


def test_gateways_become_branches_and_joins() -> None:
    found = read(
        nodes(s="startEvent", a="userTask", x="exclusiveGateway", b="task", c="manualTask", m="exclusiveGateway",
              d="task", p="parallelGateway", e="sendTask", f="receiveTask", j="parallelGateway", g="serviceTask",
              end="endEvent")
        + flows("s>a", "a>x", "x>b Có", "x>c Không", "b>m", "c>m", "m>d", "d>p", "p>e", "p>f", "e>j", "f>j", "j>g",
                "g>end")
    )  # fmt: skip
    assert shape(found) == {
        "a": ("ALL", [(("b",), "x = Có", False), (("c",), "x = Không", False)]),
        "b": ("ALL", [(("d",), "còn lại", False)]),
        "c": ("ALL", [(("d",), "còn lại", False)]),
        "d": ("ANY", [(("e", "f"), "còn lại", False)]),
        "e": ("ALL", [(("g",), "còn lại", False)]),
        "f": ("ALL", [(("g",), "còn lại", False)]),
        "g": ("ALL", []),
    }
    assert found.unsupported == ()


def test_a_loop_of_another_tool_comes_in_marked_and_lint_asks_for_its_limit() -> None:
    found = read(
        nodes(s="startEvent", a="task", b="task", x="exclusiveGateway", e="endEvent")
        + flows("s>a", "a>b", "b>x", "x>a Sửa lại", "x>e Xong")
    )
    assert shape(found)["b"] == ("ALL", [(("a",), "x = Sửa lại", True), ((), "x = Xong", False)])
    assert "BACK_UNBOUNDED" in {one.code for one in lint(found.process)}


def test_an_exclusive_choice_inside_another_keeps_both_conditions() -> None:
    found = read(
        nodes(
            s="startEvent", a="task", x="exclusiveGateway", y="exclusiveGateway", b="task", c="task", d="task"
        )
        + flows("s>a", "a>x", "x>y Có", "x>b Không", "y>c 1", "y>d 2")
    )
    assert [words for _, words, _ in shape(found)["a"][1]] == [
        "x = Có và y = 1",
        "x = Có và y = 2",
        "x = Không",
    ]


UNSUPPORTED = [
    (nodes(g="inclusiveGateway") + flows("a>g", "g>b"), "inclusiveGateway"),
    (nodes(g="eventBasedGateway") + flows("a>g", "g>b"), "eventBasedGateway"),
    (nodes(g="complexGateway") + flows("a>g", "g>b"), "complexGateway"),
    ('<intermediateCatchEvent id="g"><timerEventDefinition/></intermediateCatchEvent>' + flows("a>g", "g>b"),
     "intermediateCatchEvent"),
    ('<endEvent id="g"><terminateEventDefinition/></endEvent>' + flows("a>b", "b>g"), "endEvent"),
    ('<task id="c"><standardLoopCharacteristics/></task>' + flows("a>b", "b>c"), "standardLoopCharacteristics"),
    ('<subProcess id="c"><task id="c1"/><task id="c2"/></subProcess>' + flows("a>b", "b>c"), "subProcess"),
    ('<dataObjectReference id="c"/>' + flows("a>b"), "dataObjectReference"),
    ('<textAnnotation id="c"><text>x</text></textAnnotation>' + flows("a>b"), "textAnnotation"),
    (nodes(g="exclusiveGateway", h="exclusiveGateway") + flows("a>g", "g>h", "h>g", "a>b"), "exclusiveGateway"),
    (nodes(c="task", d="task", x="exclusiveGateway", j="parallelGateway", e="task")
     + flows("a>b", "a>c", "a>d", "b>x", "c>x", "x>j", "d>j", "j>e"), "task"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "element"), UNSUPPORTED, ids=[f"{n}-{e}" for n, (_, e) in enumerate(UNSUPPORTED)]
)
def test_what_is_not_supported_is_listed_with_the_reason(body: str, element: str) -> None:
    found = read(
        nodes(s="startEvent", a="task", b="task")
        + '<sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
        + body
    )
    listed = [one for one in found.unsupported if one.element == element]
    assert listed and all(one.id or element == "standardLoopCharacteristics" for one in listed)


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"c" * 50 + b'">]><definitions>&b;</definitions>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
HEAD = f"<definitions {XMLNS}>".encode()
BROKEN = [
    (b"", "XML"),
    (b"khong phai xml", "XML"),
    (HEAD, "XML"),
    (b"\xff\xfe\x00", "XML"),
    (b'<?xml version="1.0" encoding="x-khong-co"?><a/>', "XML"),
    (BOMB, "thực thể"),
    (OUTSIDE, "thực thể"),
    (b"<html/>", "BPMN 2.0"),
    (b"<definitions/>", "BPMN 2.0"),
    (HEAD + b"</definitions>", "không có quy trình"),
    (HEAD + b'<process id="p"/></definitions>', "không có công việc"),
    (HEAD + b'<process id="p"><startEvent id="s"/></process></definitions>', "không có công việc"),
    (HEAD + b'<process id="p"><task/></process></definitions>', "thiếu mã"),
    (HEAD + b'<process id="p"><task id="a"/><task id="a"/></process></definitions>', "trùng mã"),
    (HEAD + b'<process id="p"><task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/></process></definitions>',
     "không có trong tệp"),
    (HEAD + b"<process id='p'>" + b"<subProcess id='x'>" * 70 + b"</subProcess>" * 70 + b"</process></definitions>",
     "lồng sâu"),
    (b" " * 4_000_001, "giới hạn"),
    (HEAD + b'<process id="p">' + b"".join(b'<task id="t%d"/>' % n for n in range(1001)) + b"</process></definitions>",
     "quá 1000"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "word"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_or_hostile_file_is_refused_with_the_reason(document: bytes, word: str) -> None:
    with pytest.raises(Refused) as caught:
        read_bpmn(document, "x.bpmn")
    assert word in caught.value.what and caught.value.where == "x.bpmn" and caught.value.do


def test_lanes_of_the_drawing_are_the_agencies() -> None:
    diagram = diagram_of(Process((a_step("a", "b", agency=AGENCIES[0]), a_step("b", agency=AGENCIES[2]))))
    assert diagram.lanes == ["Nơi tiếp nhận", "Công an tỉnh"]
    assert [node.lane for node in diagram.nodes if node.kind is NodeKind.TASK] == [0, 1]
