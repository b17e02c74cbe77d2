"""`congvu report`: the reports there are; `congvu report ID`: one with its numbers, or as PDF, Word or XLSX in a file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.config.cli.output import OK, BadInput, exact, note, print_json, rounded_once

if TYPE_CHECKING:
    from congvu.reports.models import ReportVersion
    from congvu.reports.rules.numbers import Told


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "report",
        description="Các báo cáo; hoặc một báo cáo với từng số của nó, xuất ra PDF, Word, XLSX.",
        epilog="Tỷ lệ giữ hai số, làm tròn một lần khi in. Mã thoát: 0 xong, 1 không có báo cáo, 2 tham số sai.",
    )
    parser.add_argument(
        "report", metavar="ID", nargs="?", type=int, help="số của báo cáo trong địa chỉ /bao-cao/ID/"
    )
    parser.add_argument(
        "--version", dest="edition", metavar="N", type=int, help="bản thứ mấy (mặc định: mới nhất)"
    )
    parser.add_argument("--out", metavar="TỆP", help="ghi ra tệp .pdf, .docx hoặc .xlsx")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    ending = Path(args.out).suffix.lower() if args.out else ""
    if args.out and (args.report is None or ending not in (".pdf", ".docx", ".xlsx")):
        raise BadInput(
            "Chỉ ghi một báo cáo ra tệp .pdf, .docx, .xlsx.",
            where="--out",
            do="Ví dụ: congvu report 3 --out bc.pdf",
        )
    from congvu.config.cli.ready import django_ready

    django_ready()
    if args.report is None:
        return _list(as_json=args.json)
    found = one(args.report, args.edition)
    if args.out:
        Path(args.out).write_bytes(file_of(found, ending))
        note(f"Đã ghi {args.out}.")
    if args.json:
        print_json(document(found))
    elif not args.out:
        print(f"{found.report.title} (bản {found.version})\n")
        for number in document(found)["numbers"]:
            print(f"{number['code']:<32} {number['period']:<10} {number['printed']:>14}  {number['name']}")
    return OK


def one(report_id: int, edition: int | None) -> "ReportVersion":
    """1 statement. Refuses a report that is not there."""
    from congvu.foundation.refusal import Refused
    from congvu.reports.queries.reports import version

    found = version(report_id, edition)
    if found is None:
        raise Refused("Không có báo cáo này.", where="ID", do="Xem danh sách: congvu report.")
    return found


def document(found: "ReportVersion") -> dict[str, Any]:
    """The version with every number as it stands. No statement."""
    from congvu.reports.rules.numbers import told_of
    from congvu.reports.rules.states import STATES

    return {
        "report": found.report_id, "title": found.report.title, "version": found.version, "state": STATES[found.state],
        "from": found.report.first, "to": found.report.last, "number": found.number, "sha256": found.sha256,
        "numbers": [_number(told_of(kept)) for kept in found.numbers],
    }  # fmt: skip


def _number(told: "Told") -> dict[str, Any]:
    from congvu.reports.web.telling import value

    share = told.percent
    plain = None if told.numerator is None or told.share else told.numerator
    return {
        "code": told.asked.code, "name": told.name, "period": told.asked.span.value, "unit": told.asked.unit,
        "numerator": exact(told.numerator), "denominator": exact(told.denominator),
        "value": rounded_once(share) if share is not None else exact(plain), "printed": value(told),
        "flag": told.flag, "gone": told.gone, "digests": list(told.digests),
    }  # fmt: skip


def file_of(found: "ReportVersion", ending: str) -> bytes:
    """The file in the format of its ending. No statement, 1 for XLSX."""
    from congvu.organisation.queries import picture
    from congvu.reports.web.files import bytes_of

    return bytes_of(found, picture(), ending)


def _list(*, as_json: bool) -> int:
    from congvu.organisation.access import EVERYTHING
    from congvu.reports.queries.reports import report_list
    from congvu.reports.rules.states import STATES

    found = report_list(EVERYTHING, limit=500)
    if as_json:
        print_json(
            {
                "reports": [
                    {"report": row.report_id, "title": row.report.title, "version": row.version, "state": STATES[row.state]}
                    for row in found
                ]
            }
        )  # fmt: skip
    else:
        for row in found:
            print(f"{row.report_id:>6}  bản {row.version:<3} {STATES[row.state]:<14} {row.report.title}")
    return OK
