"""`congvu import workflows DIR`: processes of a one-stop office (XML) as step tables."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from congvu.config.cli.given import at_fault
from congvu.config.cli.output import OK, note, print_json

if TYPE_CHECKING:
    from congvu.procedures.actions.import_workflows import WorkflowReport

HELP = "quy trình của bộ phận một cửa (thư mục các tệp *_workflow.xml)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="THƯ_MỤC", help="thư mục có các tệp *_workflow.xml và t_cores_ou.csv"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: all processes stored, flagged ones listed; 2: the folder or a file in it cannot be taken."""
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.procedures.actions.import_workflows import import_workflows

    with at_fault():
        report = import_workflows(Path(args.folder), by=SYSTEM, at=clock.now())
    if args.json:
        print_json(report.as_json())
    else:
        note(_words(report))
    return OK


def _words(report: "WorkflowReport") -> str:
    lines = [
        f"{report.processes} quy trình, {report.steps} bước "
        f"(mới {report.new}, đổi {report.changed}, không đổi {report.unchanged}).",
        *(
            f"  {one['code']}: các bước cộng lại {one['sum']} ngày, quy trình ghi {one['total']} ngày"
            for one in report.sum_mismatch
        ),
    ]
    if report.task_mismatch:
        lines.append(f"  {len(report.task_mismatch)} bước có các việc không cộng thành thời gian của bước.")
    return "\n".join(lines)
