"""`congvu figure ho-so.dung-han --from 2026-10-01 --to 2026-10-31 --by unit`: one figure, its two numbers and its rows."""

import argparse
from datetime import date
from typing import Any

from congvu.config.cli.facts import exported_now
from congvu.config.cli.figures import described, numbers, shown_of
from congvu.config.cli.given import day_if_given, day_of, refuse_backwards, refuse_other
from congvu.config.cli.output import OK, BadInput, print_json

_BY = ("unit", "tier", "field")
_ENGINES = ("live", "duckdb", "spark")
_EXAMPLE = "congvu figure ho-so.dung-han --from 2026-10-01 --to 2026-10-31"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "figure",
        description="Một số liệu của toàn tỉnh trong một kỳ; chia theo đơn vị như lúc đó hoặc theo bản đồ của một ngày.",
        epilog="Mã số liệu: congvu figures. records là số bản ghi mở ra sau tử số. Mã thoát: 0 xong, 2 tham số sai.",
    )
    parser.add_argument("code", metavar="MÃ", help="mã số liệu, ví dụ ho-so.dung-han")
    parser.add_argument("--from", dest="first", metavar="NGÀY", help="ngày đầu kỳ")
    parser.add_argument("--to", dest="last", metavar="NGÀY", help="ngày cuối kỳ")
    parser.add_argument("--by", metavar="|".join(_BY), help="chia dòng theo đơn vị, cấp, lĩnh vực")
    parser.add_argument(
        "--map", dest="map_on", metavar="NGÀY", help="với --by unit: theo bản đồ đơn vị của ngày này"
    )
    parser.add_argument(
        "--engine",
        metavar="|".join(_ENGINES),
        default="live",
        help="đếm trực tiếp (live), hoặc hàng loạt trên bảng dữ kiện bằng DuckDB, Spark",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    first, last = (
        day_of(args.first, "--from", example=_EXAMPLE),
        day_of(args.last, "--to", example=_EXAMPLE),
    )
    refuse_backwards(first, last)
    if args.by:
        refuse_other(args.by, _BY, "--by", "Không chia dòng theo «{}» được.")
    map_on = day_if_given(args.map_on, "--map")
    if map_on is not None and args.by != "unit":
        raise BadInput("--map chỉ dùng khi chia dòng theo đơn vị.", where="--map", do="Thêm --by unit.")
    refuse_other(args.engine, _ENGINES, "--engine", "Không có cách tính «{}».")
    from congvu.config.cli.ready import django_ready

    django_ready()
    told = document(args.code, first, last, args.by or "", map_on, args.engine)
    if args.json:
        print_json(told)
        return OK
    print(f"{told['name']}, {first:%d/%m/%Y}–{last:%d/%m/%Y}")
    for name, row in (*((one["name"], one) for one in told["rows"]), ("Toàn tỉnh", told)):
        of = f"{row['numerator']}/{row['denominator']}" if row["denominator"] is not None else ""
        print(f"  {name:<40.40} {shown_of(row):>18} {of}".rstrip())
    return OK


def document(
    code: str, first: date, last: date, by: str, map_on: date | None, engine: str = "live"
) -> dict[str, Any]:
    """The figure over the whole province, and its rows. 2-6 statements; in bulk those that bring the facts up, once."""
    from congvu.foundation import clock
    from congvu.indicators.queries.answer import LIVE, answer, by_engine
    from congvu.indicators.queries.by_unit import organisation_of
    from congvu.indicators.queries.figures import by_unit, cut
    from congvu.indicators.queries.form06 import By
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.statistics import the_province

    today = clock.today()
    question = ask(first, last, today=today)
    known = organisation_of(question)
    if engine != LIVE:
        exported_now()
    reader = the_province(question, known)
    told = answer(code, question, reader, known, engine=engine)
    figure, reader = told.figure, by_engine(reader, engine)
    rows: Any = ()
    if by:
        rows = (
            by_unit(figure, question, reader, known, map_on)
            if by == "unit"
            else cut(figure, question, reader, By(by))
        )
    return {
        **described(figure, told.value), "from": first, "to": last, "as_of": question.last, "map": map_on,
        "engine": engine, "records": told.records, "warnings": list(told.warnings),
        "rows": [{"key": one.key, "name": one.name, **numbers(one.value)} for one in rows],
    }  # fmt: skip
