"""`congvu import bpmn FILE`: a BPMN 2.0 diagram as a step table; with `--procedure`, kept as that procedure's draft."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import at_fault
from congvu.config.cli.output import OK, BadInput, note, print_json
from congvu.foundation.refusal import Refused

if TYPE_CHECKING:
    from congvu.procedures.rules.bpmn.read import BpmnRead

HELP = "sơ đồ quy trình BPMN 2.0 thành bảng bước"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp .bpmn")
    parser.add_argument(
        "--procedure",
        metavar="MÃ",
        help="giữ làm bản thảo quy trình của thủ tục này (không ghi: chỉ đọc thử)",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: read, what is not supported is listed; 2: the file is broken, hostile or no BPMN 2.0, or the code unknown."""
    from congvu.procedures.rules.bpmn.raw import MOST_BYTES
    from congvu.procedures.rules.bpmn.read import read_bpmn

    path = Path(args.file)
    try:
        with at_fault(), path.open("rb") as file:
            read = read_bpmn(file.read(MOST_BYTES + 1), path.name)
            if args.procedure:
                _keep(args.procedure, read, path.name)
    except OSError as problem:
        raise BadInput(
            f"Không đọc được tệp ({problem.strerror}).",
            where=str(path),
            do="Kiểm tra đường dẫn và quyền đọc.",
        ) from None
    if args.json:
        print_json(document(read))
    else:
        note(_words(read))
    return OK


def _keep(code: str, read: "BpmnRead", name: str) -> None:
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.procedures.actions.import_bpmn import import_bpmn
    from congvu.procedures.queries.versions import procedure_by_code

    found = procedure_by_code(code)
    if found is None:
        raise Refused(f"Không có thủ tục mã «{code}».", where="--procedure", do="Ghi mã như trong danh mục.")
    import_bpmn(found.pk, read, by=SYSTEM, at=clock.now(), name=name)


def document(read: "BpmnRead") -> dict[str, Any]:
    """The table as JSON: links by step number, and in words as on the screen."""
    from congvu.procedures.rules.process.lint import lint
    from congvu.procedures.rules.process.table import to_table

    process, table = read.process, to_table(read.process)
    number = process.position
    steps = [
        {
            "n": number[step.key],
            "key": step.key,
            "name": step.name,
            "agency": {"kind": step.agency.kind, "code": step.agency.code, "name": step.agency.words},
            "role": step.role,
            "duty": step.duty,
            "officer": step.officer,
            "kind": step.kind,
            "procedure": step.sub_procedure,
            "term": None if step.term_n is None else {"n": float(step.term_n), "unit": step.term_unit},
            "opens_at_start": step.key in process.first,
            "waits_for": sorted(number[source] for source in process.before[step.key]),
            "join": step.join,
            "branches": [
                {
                    "to": [number[to] for to in branch.targets],
                    "when": [
                        {"fact": one.fact, "operator": one.operator, "value": one.value}
                        for one in branch.when
                    ],
                    "back": branch.back,
                    "max_rounds": branch.max_rounds,
                }
                for branch in step.branches
            ],
            "labels": dict(step.labels),
            "words": {"waits": row.waits, "branches": row.branches},
        }
        for step, row in zip(process.steps, table, strict=True)
    ]
    return {
        "name": read.name,
        "archetype": process.archetype,
        "steps": steps,
        "roles": [{**role, "steps": [number[key] for key in role["steps"]]} for role in read.roles],
        "unsupported": [one.as_json() for one in read.unsupported],
        "findings": [
            {
                "level": one.level.value,
                "code": one.code.value,
                "step": one.row,
                "what": one.what,
                "do": one.do,
            }
            for one in lint(process)
        ],
    }


def _words(read: "BpmnRead") -> str:
    from congvu.procedures.rules.process.lint import lint

    lines = [f"{len(read.process.steps)} bước, {len(read.roles)} làn."]
    lines += [
        f"  {at}. {step.name} ({step.agency.words})" for at, step in enumerate(read.process.steps, start=1)
    ]
    if read.unsupported:
        lines.append(f"Không nhập được {len(read.unsupported)} phần tử:")
        lines += [f"  {one.element} {one.id}: {one.why}" for one in read.unsupported]
    found = lint(read.process)
    if found:
        lines.append(f"{len(found)} điều cần xem trước khi công bố:")
        lines += [f"  {one.words()}" for one in found]
    return "\n".join(lines)
