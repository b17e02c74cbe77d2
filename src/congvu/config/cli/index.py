"""`congvu index score SET --unit CODE`: what a sheet comes to, line by line; without a unit, the ranks of the round."""

import argparse
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import at_fault
from congvu.config.cli.output import OK, comma, print_json, rounded_once

if TYPE_CHECKING:
    from congvu.indices.queries.results import Row, Table

SCORE = "score"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "index",
        description="Điểm và thứ hạng theo một bộ chỉ số, tính từ các dòng đã ghi. Kỳ mới nhất nếu không ghi năm.",
        epilog="index là % (hoặc tổng điểm) làm tròn một lần; points, maximum là phân số đúng. Mã thoát: 0 xong, 2 tham số sai.",
    )
    parser.add_argument("what", choices=(SCORE,), metavar="score", help="việc: score")
    parser.add_argument("set", metavar="BỘ", help="mã bộ chỉ số, ví dụ cchc")
    parser.add_argument("--unit", metavar="MÃ", help="mã đơn vị; không ghi thì cả kỳ")
    parser.add_argument("--year", metavar="NĂM", default="", help="năm, lần của bộ")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready()
    with at_fault():
        told = document(args.set, args.unit or "", args.year)
    if args.json:
        print_json(told)
        return OK
    print(
        f"{told['round']} ({told['from']:%d/%m/%Y}–{told['to']:%d/%m/%Y}){'' if told['published'] else ', tạm tính'}"
    )
    for row in told["sheets"]:
        shown = "–" if row["index"] is None else comma(row["index"])
        print(f"  {row['rank'] or '–':>4} {row['name']:<50.50} {shown:>8} {row['band']}".rstrip())
        for line in row.get("lines", ()):
            points = (
                "không phát sinh"
                if line["nothing"]
                else "–"
                if line["points"] is None
                else comma(line["value"])
            )
            print(f"       {line['code']:<8} {line['name']:<50.50} {points}")
    return OK


def document(code: str, unit: str, edition: str) -> dict[str, Any]:
    """The newest round of a set with the results of all, or of one unit line by line. 5 statements."""
    from congvu.foundation.refusal import Refused
    from congvu.indices.models import Sheet
    from congvu.indices.queries.results import table_of
    from congvu.indices.queries.rounds import round_list
    from congvu.indices.queries.sets import set_named

    of = set_named(code, edition)
    one = next(iter(round_list(of_set=of.pk, limit=1)), None)
    if one is None:
        raise Refused(
            f"Bộ {of} chưa có kỳ chấm nào.", where="set", do="Mở kỳ chấm trên trang «Chỉ số đánh giá»."
        )
    table = table_of(one, list(Sheet.objects.filter(round=one).order_by("pk")))
    rows = [row for row in table.rows if not unit or row.sheet.code == unit.upper()]
    if not rows:
        raise Refused(
            f"Đơn vị {unit} không được chấm trong {one.name}.", where="--unit", do="Bỏ --unit để xem cả kỳ."
        )
    return {
        "set": of.code, "edition": of.edition, "evidence": of.evidence, "measure": of.measure, "round": one.name,
        "from": one.first, "to": one.last, "published": one.published_at is not None, "taking_part": len(table.rows),
        "sheets": [_row(row, table, lines=bool(unit)) for row in rows],
    }  # fmt: skip


def _row(row: "Row", table: "Table", *, lines: bool) -> dict[str, Any]:
    from congvu.indices.rules.rounds import STEP_WORDS
    from congvu.indices.rules.sets import PLACES

    told: dict[str, Any] = {
        "unit": row.sheet.code, "name": row.sheet.name, "step": row.sheet.state, "step_words": STEP_WORDS[row.sheet.state],
        "index": rounded_once(row.value, PLACES[table.of.measure]), "points": str(row.result.points),
        "maximum": str(row.result.counted), "rank": row.rank, "band": row.band, "provisional": row.provisional,
        "missing": [{"code": code, "asks": asks} for code, asks in row.result.missing], "excluded": list(row.result.excluded),
    }  # fmt: skip
    if lines:
        told["lines"] = [
            {
                "code": line.node.code, "name": line.node.name, "leaf": line.leaf,
                "maximum": None if line.node.maximum is None else str(line.node.maximum),
                "points": None if line.points is None else str(line.points), "value": rounded_once(line.points),
                "nothing": bool(line.got and line.got.nothing),
            }
            for line in row.result.lines
        ]  # fmt: skip
    return told
