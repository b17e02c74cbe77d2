"""Exported diagrams run in another engine take the same steps as here. Runs where SpiffWorkflow is installed (LGPL)."""

from typing import Any

import pytest
from hypothesis import given, settings

from congvu.procedures.rules.bpmn.write import write_bpmn
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.tests.process.make import choice, parallel, rework, sound_processes

spiff = pytest.importorskip("SpiffWorkflow.bpmn", reason="SpiffWorkflow is not installed")
etree = pytest.importorskip("lxml.etree")


def there(process: Process, facts: dict[str, str]) -> list[int]:
    """The rows done, in the other engine. Its conditions are Python; an exported file is not meant to be executed."""
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.util.task import TaskState

    text = write_bpmn(process, "x").decode().replace('isExecutable="false"', 'isExecutable="true"')
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(text.replace(' = "', ' == "').encode()))
    workflow = spiff.BpmnWorkflow(parser.get_spec("cac_buoc"))
    workflow.data.update(facts)
    done: list[int] = []
    while len(done) < 200:
        workflow.do_engine_steps()
        ready: list[Any] = [
            task
            for task in workflow.get_tasks(state=TaskState.READY)
            if task.task_spec.name.startswith("buoc_")
        ]
        if not ready:
            break
        first = min(ready, key=lambda task: int(task.task_spec.name[5:]))
        first.data.update(facts)
        done.append(int(first.task_spec.name[5:]))
        first.run()
    assert workflow.completed if hasattr(workflow, "completed") else workflow.is_completed()
    return done


def here(process: Process, facts: dict[str, str]) -> list[int]:
    state, done = run.start(process).state, []
    while run.enabled(state):
        key = min((one.key for one in run.enabled(state)), key=process.position.__getitem__)
        done.append(process.position[key])
        state = run.complete(process, state, key, facts).state
    assert run.ended(process, state)
    return done


@pytest.mark.parametrize("answer", ["đạt", "khác"])
@pytest.mark.parametrize("process", [rework(), parallel(), choice("ANY")])
def test_small_processes_take_the_same_steps(process: Process, answer: str) -> None:
    facts = {"ket_luan": answer}
    assert there(process, facts) == here(process, facts)


@settings(max_examples=40, deadline=None)
@given(sound_processes())
def test_any_process_of_blocks_takes_the_same_steps(process: Process) -> None:
    facts = {"nhanh": "0", "lai": "không", "ket_luan": "đạt"}
    assert sorted(there(process, facts)) == sorted(here(process, facts))
