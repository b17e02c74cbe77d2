"""`congvu survey list`, `congvu survey results CODE`, `congvu survey import CODE FILE`: surveys from the command line."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import content_of
from congvu.config.cli.output import OK, PROBLEM, comma, note, note_first, print_json

if TYPE_CHECKING:
    from congvu.surveys.queries.results import Results, Told

_SHOWN = 50


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "survey",
        description="Các đợt khảo sát. Kết quả chỉ có sau khi đóng đợt; ô dưới số người tối thiểu bị ẩn.",
        epilog="Mã thoát: 0 xong, 1 bị từ chối hoặc có dòng chưa nhận được, 2 tham số sai.",
    )
    what = parser.add_subparsers(dest="what", metavar="VIỆC", required=True)
    listed = what.add_parser("list", help="các đợt, mới nhất trước")
    results = what.add_parser("results", help="kết quả một đợt theo đơn vị và yếu tố, kèm sai số")
    results.add_argument("code", metavar="MÃ", help="mã đợt khảo sát")
    results.add_argument(
        "--formula", default="", metavar="CÁCH", help="positive hoặc mean; mặc định theo quy định"
    )
    taken = what.add_parser("import", help="nạp bảng Excel phiếu giấy; từng dòng được trả lời")
    taken.add_argument("code", metavar="MÃ", help="mã đợt khảo sát")
    taken.add_argument("file", metavar="TỆP", help="bảng .xlsx hoặc .csv")
    taken.add_argument("--dry-run", action="store_true", help="chỉ đọc và trả lời, không ghi gì")
    for one in (listed, results, taken):
        one.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    return {"list": _list, "results": _results, "import": _import}[args.what](args)


def _list(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.surveys.queries.campaigns import campaigns

    rows = [
        {"code": one.code, "name": one.name, "kind": one.kind, "first": one.first, "last": one.last, "state": one.state}
        for one in campaigns(None, 200)[:200]
    ]  # fmt: skip
    if args.json:
        print_json({"surveys": rows})
        return OK
    for one in rows:
        print(
            f"{one['code']:<24} {one['first']:%d/%m/%Y} đến {one['last']:%d/%m/%Y}  {one['state']:<6} {one['name']}"
        )
    return OK


def _results(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation.refusal import Refused
    from congvu.organisation.queries import picture
    from congvu.surveys.access import may_see_results
    from congvu.surveys.queries.campaigns import campaign_of
    from congvu.surveys.queries.results import by_unit

    campaign = campaign_of(args.code)
    if not may_see_results(campaign):
        raise Refused("Đợt chưa đóng: chưa có kết quả.", where=campaign.code, do="Đóng đợt trước.")
    found, known = by_unit(campaign, args.formula), picture()
    names = {line: known.name(int(line), campaign.last) for line in found.lines}
    if args.json:
        print_json(_document(campaign.code, found, names))
        return OK
    print(f"{campaign.name}. Chung: {_told(found.cell('', ''))}")
    for line in sorted(found.lines, key=lambda one: names[one]):
        print(f"{names[line]:<56} {_told(found.cell(line, ''))}")
    return OK


def _document(code: str, found: "Results", names: dict[str, str]) -> dict[str, Any]:
    columns = {"": "overall", **{key: key for key, _ in found.columns}}
    return {
        "survey": code,
        "formula": found.how.formula,
        "formula_evidence": found.how.formula_rule.evidence,
        "minimum": found.how.minimum,
        "factors": dict(found.columns),
        "all": {name: _cell(found.cell("", key)) for key, name in columns.items()},
        "units": [
            {"unit": names[line], **{name: _cell(found.cell(line, key)) for key, name in columns.items()}}
            for line in found.lines
        ],
    }


def _cell(told: "Told") -> dict[str, Any]:
    if told.score is None:
        return {"n": told.n, "hidden": told.hidden, "value": None, "margin": None}
    value = told.score.value
    return {
        "n": told.n, "hidden": False, "value": f"{value.numerator}/{value.denominator}",
        "percent": round(float(value * 100), 2),
        "margin": None if told.score.margin is None else round(told.score.margin * 100, 2),
    }  # fmt: skip


def _told(told: "Told") -> str:
    if told.score is None:
        return f"ẩn (n = {told.n})"
    margin = "" if told.score.margin is None else f" ± {told.score.margin * 100:.1f}"
    return comma(f"{float(told.score.value * 100):.2f}%{margin}") + f" (n = {told.n})"


def _import(args: argparse.Namespace) -> int:
    path = Path(args.file)
    content = content_of(path)
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.sheets.reading import read_sheet
    from congvu.surveys.actions.import_sheets import import_sheets
    from congvu.surveys.queries.campaigns import campaign_of

    report = import_sheets(
        campaign_of(args.code),
        read_sheet(path.name, content),
        dry_run=args.dry_run,
        by=SYSTEM,
        at=clock.now(),
    )
    if args.json:
        print_json(
            {
                "file": path.name,
                "read": len(report.rows),
                "entered": report.entered,
                "refused": [
                    {"line": row.line, "number": row.number, "why": row.problem} for row in report.refused
                ],
            }
        )
    else:
        note(
            f"{path.name}: đọc {len(report.rows)} dòng, chưa nhận được {len(report.refused)}, đã ghi {report.entered}."
        )
        note_first(
            [f"Dòng {row.line} ({row.number or 'không số'}): {row.problem}" for row in report.refused],
            most=_SHOWN,
        )
    return PROBLEM if report.refused else OK
