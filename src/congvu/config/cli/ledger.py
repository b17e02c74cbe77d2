"""`congvu ledger --at 2026-11-20 --base 2015`: the posts of the whole province by pool, beside the base year."""

import argparse
from datetime import date
from typing import Any

from congvu.config.cli.given import day_if_given, day_of
from congvu.config.cli.output import OK, BadInput, comma, print_json, rounded_once

_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "ledger",
        description="Biên chế của toàn tỉnh theo nhóm vào một ngày, tính từ các dòng quyết định.",
        epilog="Năm gốc tính đến hết ngày 31/12. change_percent làm tròn hai chữ số; change_percent_exact là phân số"
        " chưa làm tròn. Mã thoát: 0 xong, 2 tham số sai.",
    )
    parser.add_argument("--at", metavar="NGÀY", help="ngày cần xem, ví dụ 2026-11-20")
    parser.add_argument("--base", metavar="NĂM", default="2015", help="năm gốc để so (mặc định 2015)")
    parser.add_argument(
        "--known-on", metavar="NGÀY", help="chỉ tính những gì đã ghi vào hệ thống đến hết ngày này"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    on = day_of(args.at, "--at", example="congvu ledger --at 2026-11-20 --base 2015")
    known_on = day_if_given(args.known_on, "--known-on")
    if not (args.base.isdecimal() and _FIRST_YEAR <= int(args.base) <= _LAST_YEAR):
        raise BadInput(
            f"Không đọc được năm gốc «{args.base}».", where="--base", do="Ghi một năm, ví dụ 2015."
        )
    base_day = date(int(args.base), 12, 31)
    if base_day > on and base_day.year > on.year:
        raise BadInput(
            f"Năm gốc {args.base} sau ngày {on:%d/%m/%Y}.",
            where="--base",
            do="Chọn năm gốc không sau ngày xem.",
        )
    from congvu.config.cli.ready import django_ready

    django_ready()
    told = document(on, min(base_day, on), known_on)
    if args.json:
        print_json(told)
    else:
        _print_for_people(told)
    return OK


def document(on: date, base_day: date, known_on: date | None) -> dict[str, Any]:
    """Every pool with its figures. 4 statements; 5 as known on an earlier day."""
    from congvu.foundation import clock
    from congvu.staffing.queries.ledger import organisation_known
    from congvu.staffing.queries.pools import pool_book
    from congvu.staffing.queries.table import table
    from congvu.staffing.rules.table import NONE

    known_at = clock.day_end(known_on) if known_on else None
    told = table(on, base_day, organisation_known(known_at), None, known_at)
    pools = {}
    for code, pool in pool_book().on(on).items():
        figures = told.totals.get(code, NONE)
        pools[code] = {
            "name": pool.name,
            "counted": pool.counted,
            "balance": figures.balance,
            "present": figures.present,
            "base": figures.base,
            "change": figures.change.posts,
            "change_percent": rounded_once(figures.change.percent),
            "change_percent_exact": figures.change.percent_written or None,
            "citation": pool.citation,
            "evidence": pool.evidence,
        }
    return {"at": on, "base_on": base_day, "known_on": known_on, "pools": pools}


def _print_for_people(told: dict[str, Any]) -> None:
    print(f"Sổ biên chế ngày {told['at']:%d/%m/%Y}, so với ngày {told['base_on']:%d/%m/%Y}.\n")
    wide = max(len(one["name"]) for one in told["pools"].values())
    print(f"{'':<{wide}}  {'gốc':>9}  {'giao':>9}  {'có mặt':>9}  {'tăng giảm':>9}  {'%':>8}")
    for one in told["pools"].values():
        share = "" if one["change_percent"] is None else comma(f"{one['change_percent']:.2f}")
        print(
            f"{one['name']:<{wide}}  {one['base']:>9}  {one['balance']:>9}  {one['present']:>9}  {one['change']:>9}  {share:>8}"
        )
