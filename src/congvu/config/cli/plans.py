"""`congvu plans coverage --at 2026-11-20`: who has issued the plans owed on a day, who is missing, by class and in all."""

import argparse
from datetime import date
from typing import Any

from congvu.config.cli.given import day_if_given, day_of
from congvu.config.cli.output import OK, BadInput, comma, print_json, rounded_once


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "plans",
    )
    kinds = parser.add_subparsers(dest="kind", metavar="VIỆC", required=True)
    one = kinds.add_parser(
        "coverage",
        help="số đơn vị đã ban hành trên số phải lập, vào một ngày",
        description="Đơn vị phải lập là đơn vị đang hoạt động vào ngày xem. Tỷ lệ chung tính từ tổng, không từ các tỷ lệ.",
        epilog="percent làm tròn hai chữ số. Mã thoát: 0 xong, 2 tham số sai.",
    )
    one.add_argument("--at", metavar="NGÀY", help="ngày cần xem, ví dụ 2026-11-20")
    one.add_argument("--year", metavar="NĂM", help="kế hoạch của năm (mặc định: năm của ngày xem)")
    one.add_argument("--known-on", metavar="NGÀY", help="chỉ tính những gì đã ghi đến hết ngày này")
    one.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    on = day_of(args.at, "--at", example="congvu plans coverage --at 2026-11-20")
    known_on = day_if_given(args.known_on, "--known-on")
    year = args.year or str(on.year)
    if not (year.isdecimal() and len(year) == 4):
        raise BadInput(f"Không đọc được năm «{year}».", where="--year", do="Ghi một năm, ví dụ 2026.")
    from congvu.config.cli.ready import django_ready

    django_ready()
    told = document(on, int(year), known_on)
    if args.json:
        print_json(told)
    else:
        _print_for_people(told)
    return OK


def document(on: date, year: int, known_on: date | None) -> dict[str, Any]:
    """Every plan owed for the year. 3-4 statements."""
    from congvu.foundation import clock
    from congvu.organisation.queries import picture, picture_as_known
    from congvu.tasks.queries.coverage import covered, duties

    known_at = clock.day_end(known_on) if known_on else None
    known = picture_as_known(known_at) if known_at else picture()
    return {
        "at": on,
        "year": year,
        "known_on": known_on,
        "plans": [
            {
                "name": told.duty.name,
                "subject": told.duty.subject,
                "term": told.duty.term,
                "first_year": told.duty.first_year,
                "last_year": told.duty.last_year,
                "due_on": told.duty.due_on,
                **_part(told.coverage.whole, known, on),
                "classes": {
                    part.code: {"name": part.name, **_part(part, known, on)} for part in told.coverage.parts
                },
            }
            for told in covered(duties(year, known_at=known_at), on, known, known_at)
        ],
    }


def _part(part: Any, known: Any, on: date) -> dict[str, Any]:
    return {
        "issued": part.issued,
        "owing": part.owing,
        "percent": None if part.share is None else rounded_once(part.share * 100),
        "missing": [
            {"code": known.of(row.unit_id)[0].code, "name": known.name(row.unit_id, on), "state": row.state}
            for row in part.missing
        ],
    }


def _print_for_people(told: dict[str, Any]) -> None:
    print(f"Kế hoạch năm {told['year']}, tính đến ngày {told['at']:%d/%m/%Y}.")
    if not told["plans"]:
        print("Năm này chưa giao đơn vị nào lập kế hoạch.")
    for plan in told["plans"]:
        print(f"\n{plan['name']}: {_share(plan)}")
        for part in plan["classes"].values():
            print(f"  {part['name']}: {_share(part)}")
            for one in part["missing"]:
                print(
                    f"    thiếu {one['code']} {one['name']}{' (dự thảo)' if one['state'] == 'DRAFT' else ''}"
                )


def _share(part: dict[str, Any]) -> str:
    if part["percent"] is None:
        return "không đơn vị nào phải lập"
    return comma(f"{part['issued']}/{part['owing']} = {part['percent']:.2f}%")
