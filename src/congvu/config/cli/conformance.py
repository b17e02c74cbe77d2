"""`congvu conformance --json`: how dossiers kept to their published processes."""

import argparse
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import day_if_given, refuse_backwards, refuse_other
from congvu.config.cli.output import OK, print_json

if TYPE_CHECKING:
    from congvu.dossiers.queries.conformance import Conformance, ConformanceRow

_BY = ("procedure", "unit", "step")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "conformance",
        description="So hồ sơ đã nhận trong kỳ với quy trình đã công bố của thủ tục, theo tình trạng hôm nay.",
        epilog="Hồ sơ không có quy trình để so (thủ tục chưa công bố quy trình, hồ sơ nhập từ hệ thống cũ, hồ sơ đã chuyển"
        " giữa hai bản quy trình) được đếm riêng. Một hồ sơ được đếm một lần trong mỗi số.",
    )
    parser.add_argument("--from", dest="first", metavar="NGÀY", help="nhận từ ngày (mặc định: đầu năm nay)")
    parser.add_argument("--to", dest="last", metavar="NGÀY", help="đến hết ngày (mặc định: hôm nay)")
    parser.add_argument("--by", default="procedure", metavar="|".join(_BY), help="chia dòng theo gì")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    refuse_other(args.by, _BY, "--by", "Không chia dòng theo «{}» được.")
    since, until = day_if_given(args.first, "--from"), day_if_given(args.last, "--to")
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.dossiers.access import Visible
    from congvu.dossiers.queries.conformance import By, ConformanceAsked, conformance
    from congvu.foundation import clock
    from congvu.foundation.workdays.days import year_range

    today = clock.today()
    first, last = since or year_range(today.year)[0], until or today
    refuse_backwards(first, last)
    found = conformance(Visible(True, (), None), ConformanceAsked(first, last, today, By(args.by)))
    told = document(found)
    if args.json:
        print_json(told)
    else:
        _print_for_people(told)
    return OK


def document(found: "Conformance") -> dict[str, Any]:
    """The answer as JSON; every number counts dossiers."""
    from congvu.organisation.queries import picture

    asked, known = found.asked, picture()

    def row(one: "ConformanceRow") -> dict[str, Any]:
        name = known.name(one.unit_id, asked.on) if one.unit_id is not None else one.name
        kinds = {kind.value: count for kind, count in one.kinds.items()}
        return {"key": one.key, "name": name, "dossiers": one.dossiers, "conforming": one.conforming, **kinds}

    return {
        "from": asked.first,
        "to": asked.last,
        "as_of": asked.on,
        "by": asked.by.value,
        "unit": "hồ sơ",
        "rows": [row(one) for one in found.rows],
        "total": row(found.total),
        "not_compared": found.not_compared,
    }


def _print_for_people(told: dict[str, Any]) -> None:
    print(f"Tuân thủ quy trình, hồ sơ nhận từ {told['from']:%d/%m/%Y} đến {told['to']:%d/%m/%Y}.\n")
    print(f"{'Hồ sơ':>8} {'Đúng':>8} {'Bỏ qua':>8} {'Thêm':>8} {'Sai TT':>8} {'Quá hạn':>8}")
    names = ("dossiers", "conforming", "skipped", "added", "out_of_order", "late")
    for one in [*told["rows"], told["total"]]:
        print(" ".join(f"{one[name]:>8}" for name in names), one["name"])
    print(f"\nKhông có quy trình để so: {told['not_compared']} hồ sơ.")
