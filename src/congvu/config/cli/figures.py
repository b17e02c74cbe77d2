"""`congvu figures --at 2026-10-31`: every figure with its value, as a table or as JSON."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import day_if_given, day_of, refuse_backwards
from congvu.config.cli.output import OK, comma, exact, print_json, rounded_once

if TYPE_CHECKING:
    from congvu.indicators.rules.figures import Figure, Value


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "figures",
        description="Mọi số liệu của toàn tỉnh từ đầu năm (hoặc --from) đến hết ngày --at.",
        epilog="Tỷ lệ giữ hai số, làm tròn một lần (nửa làm tròn lên). Mã thoát: 0 xong, 2 tham số sai.",
    )
    parser.add_argument("--at", metavar="NGÀY", help="ngày cuối, ví dụ 2026-10-31")
    parser.add_argument("--from", dest="first", metavar="NGÀY", help="ngày đầu kỳ (mặc định: ngày đầu năm)")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    last = day_of(args.at, "--at", example="congvu figures --at 2026-10-31")
    first = day_if_given(args.first, "--from") or date(last.year, 1, 1)
    refuse_backwards(first, last, "--from")
    from congvu.config.cli.ready import django_ready

    django_ready()
    told = document(first, last)
    if args.json:
        print_json(told)
        return OK
    print(f"Số liệu toàn tỉnh từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}.\n")
    for one in told["figures"]:
        of = f" = {one['numerator']}/{one['denominator']}" if one["denominator"] is not None else ""
        print(f"{one['code']:<30} {shown_of(one):>18}{'' if of else ' ' + one['measure']}{of}")
    return OK


def document(first: date, last: date) -> dict[str, Any]:
    """Every figure with its value, also those offices defined. 8 statements at most."""
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.queries.by_unit import organisation_of
    from congvu.indicators.queries.figures import offered, values
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.statistics import the_province

    today = clock.today()
    question = ask(first, last, today=today)
    known = organisation_of(question)
    every = offered(SYSTEM)
    found = values(every, question, the_province(question, known), known)
    return {"from": first, "to": last, "figures": [described(one, found[one.code]) for one in every]}


def described(figure: "Figure", value: "Value") -> dict[str, Any]:
    """A figure with its value: what it is, the two numbers as they are, the value rounded once."""
    return {
        "code": figure.code, "name": figure.name, "name_en": figure.name_en, "measure": figure.measure.value,
        "words": figure.words, "source": figure.source, "evidence": figure.evidence, **numbers(value),
    }  # fmt: skip


def shown_of(row: dict[str, Any]) -> str:
    """The value as a line shows it: the percentage or the number, else why there is none; a number nobody computed says so."""
    from congvu.indicators.rules.definitions import Flag

    flag = Flag(row["flag"])
    if row["value"] is None:
        return flag.words if row["numerator"] is None else "không phát sinh"
    percent = row["denominator"] is not None or row["numerator"] is None
    return (
        f"{comma(row['value'])}{'%' if percent else ''}{'' if flag is Flag.COMPUTED else f' ({flag.words})'}"
    )


def numbers(value: "Value") -> dict[str, Any]:
    """`value`: of a share its percentage to two decimals, half up, null when there is nothing to share or to show."""
    whole = value.numerator is not None and value.denominator is None
    return {
        "numerator": exact(value.numerator), "denominator": exact(value.denominator),
        "value": exact(value.numerator) if whole else rounded_once(value.share), "flag": value.flag.value,
    }  # fmt: skip
