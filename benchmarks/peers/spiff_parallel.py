"""Peer: two agencies at once in SpiffWorkflow 3, state kept as JSON in PostgreSQL. Arguments: dossiers a set, how many.

A web server keeps no workflow in memory between requests: each act locks the row, reads the state, runs the task and
the engine's own steps, writes the state back with an event row, and commits. Exit 3 when SpiffWorkflow is not installed.
"""

import importlib.util
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

if importlib.util.find_spec("SpiffWorkflow") is None:
    sys.exit(3)

import psycopg
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

logging.disable(logging.CRITICAL)
TABLES = """
CREATE SCHEMA IF NOT EXISTS spiff_peer; SET search_path = spiff_peer;
CREATE TABLE IF NOT EXISTS kase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state text NOT NULL,
  done boolean NOT NULL DEFAULT false);
CREATE TABLE IF NOT EXISTS event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kase_id bigint NOT NULL REFERENCES kase (id), task text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE INDEX IF NOT EXISTS event_by_kase ON event (kase_id);
"""
NODES = [("start", "startEvent"), ("receive", "userTask"), ("split", "parallelGateway"), ("lead", "userTask"),
         ("police", "userTask"), ("join", "parallelGateway"), ("sign", "userTask"), ("give_back", "userTask"),
         ("end", "endEvent")]  # fmt: skip
FLOWS = [("start", "receive"), ("receive", "split"), ("split", "lead"), ("split", "police"), ("lead", "join"),
         ("police", "join"), ("join", "sign"), ("sign", "give_back"), ("give_back", "end")]  # fmt: skip
ACTS = ("receive", "lead", "police", "sign", "give_back")
DATA = {"code": "H", "procedure": 1, "agency": 2, "applicant": "Nguyễn Văn A", "phone": "0912345678"}
FORMAT = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


def specification():  # type: ignore[no-untyped-def]
    flows = [f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(FLOWS)]
    nodes = []
    for name, kind in NODES:
        ways = [f"<incoming>f{n}</incoming>" for n, (_, b) in enumerate(FLOWS) if b == name]
        ways += [f"<outgoing>f{n}</outgoing>" for n, (a, _) in enumerate(FLOWS) if a == name]
        nodes.append(f'<{kind} id="{name}" name="{name}">{"".join(ways)}</{kind}>')
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.bpmn"
        path.write_text(
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x" id="d">'
            f'<process id="dossier" isExecutable="true">{"".join(nodes)}{"".join(flows)}</process></definitions>'
        )
        parser = BpmnParser()
        parser.add_bpmn_file(str(path))
        return parser.get_spec("dossier")


def begin(cursor, spec) -> int:  # type: ignore[no-untyped-def]
    workflow = BpmnWorkflow(spec)
    workflow.data.update(DATA)
    workflow.do_engine_steps()
    cursor.execute("INSERT INTO kase (state) VALUES (%s) RETURNING id", (FORMAT.serialize_json(workflow),))
    kase = int(cursor.fetchone()[0])
    cursor.execute("INSERT INTO event (kase_id, task) VALUES (%s, 'begin')", (kase,))
    return kase


def act(cursor, kase: int, name: str) -> None:  # type: ignore[no-untyped-def]
    cursor.execute("SELECT state FROM kase WHERE id = %s FOR UPDATE", (kase,))
    workflow = FORMAT.deserialize_json(cursor.fetchone()[0])
    task = next(t for t in workflow.get_tasks(state=TaskState.READY, manual=True) if t.task_spec.name == name)
    task.data[name] = "done"
    task.run()
    workflow.do_engine_steps()
    state, done = FORMAT.serialize_json(workflow), workflow.is_completed()
    cursor.execute("UPDATE kase SET state = %s, done = %s WHERE id = %s", (state, done, kase))
    cursor.execute("INSERT INTO event (kase_id, task) VALUES (%s, %s)", (kase, name))
    if done != (name == ACTS[-1]):
        raise RuntimeError("the peer ended at another act than the last")


def one_set(connection, spec, size: int) -> None:  # type: ignore[no-untyped-def]
    with connection.transaction(), connection.cursor() as cursor:
        kases = [begin(cursor, spec) for _ in range(size)]
    for name in ACTS:
        with connection.transaction(), connection.cursor() as cursor:
            for kase in kases:
                act(cursor, kase, name)


def main(size: int, wanted: int) -> None:
    with psycopg.connect(os.environ["BENCH_DSN"], autocommit=True, prepare_threshold=1) as connection:
        connection.execute(TABLES)
        spec = specification()
        for _ in range(5):
            one_set(connection, spec, 1)
        sets = max(1, wanted // size)
        started = time.perf_counter()
        for _ in range(sets):
            one_set(connection, spec, size)
        print(json.dumps({"lifecycles_s": sets * size / (time.perf_counter() - started)}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
