"""`congvu form06 --from 2026-10-01 --to 2026-10-31`: Form 06 of the whole province, as a table or as JSON."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import at_fault, day_if_given, day_of, refuse_other
from congvu.config.cli.output import OK, PROBLEM, BadInput, comma, exact, note, print_json

if TYPE_CHECKING:
    from congvu.indicators.queries.by_unit import UnitRow
    from congvu.indicators.queries.form06 import Form06, Row
    from congvu.indicators.rules.form06 import Counts
    from congvu.organisation.rules.mapping import Number

_BY = ("tier", "field", "unit", "form")
_OPTIONS = {"from": "--from", "to": "--to", "as_of": "--as-of"}
_EXAMPLE = "congvu form06 --from 2026-10-01 --to 2026-10-31"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "form06",
        description="Biểu 06/VPCP/KSTT của toàn tỉnh trong một kỳ, tính từ nhật ký sự kiện của hồ sơ.",
        epilog="Số liệu là tình trạng vào cuối ngày --as-of, hoặc cuối kỳ nếu ngày đó sau kỳ: chạy lại về sau vẫn ra"
        " số cũ. Mã thoát: 0 xong, 1 có đẳng thức không khớp, 2 tham số sai.",
    )
    parser.add_argument("--from", dest="first", metavar="NGÀY", help="ngày đầu kỳ, ví dụ 2026-10-01")
    parser.add_argument("--to", dest="last", metavar="NGÀY", help="ngày cuối kỳ, ví dụ 2026-10-31")
    parser.add_argument(
        "--as-of",
        metavar="NGÀY",
        help="tình trạng cuối ngày này (mặc định: cuối kỳ, hoặc hôm nay nếu kỳ chưa hết)",
    )
    parser.add_argument(
        "--known-on", metavar="NGÀY", help="chỉ tính những gì đã ghi vào hệ thống đến hết ngày này"
    )
    parser.add_argument(
        "--by", default="field", metavar="|".join(_BY),
        help="chia dòng theo cấp, lĩnh vực (mặc định), đơn vị, hoặc như biểu in (cấp rồi lĩnh vực)",
    )  # fmt: skip
    parser.add_argument(
        "--map",
        dest="map_on",
        metavar="NGÀY",
        help="với --by unit: quy số liệu về bản đồ đơn vị của ngày này (mặc định: đơn vị như lúc đó)",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    first, last = (
        day_of(args.first, "--from", example=_EXAMPLE),
        day_of(args.last, "--to", example=_EXAMPLE),
    )
    as_of, known_on = day_if_given(args.as_of, "--as-of"), day_if_given(args.known_on, "--known-on")
    map_on = day_if_given(args.map_on, "--map")
    refuse_other(args.by, _BY, "--by", "Không chia dòng theo «{}» được.")
    if map_on is not None and args.by != "unit":
        raise BadInput("--map chỉ dùng khi chia dòng theo đơn vị.", where="--map", do="Thêm --by unit.")
    _check(first, last, as_of)
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.queries.form06 import By, form06

    with at_fault(_OPTIONS):  # only the days can be at fault
        form = form06(
            SYSTEM,
            first,
            last,
            today=clock.today(),
            as_of=as_of,
            known_on=known_on,
            by=By(args.by),
            map_on=map_on,
        )
    if args.json:
        print_json(document(form))
    else:
        _print_for_people(form)
    return OK if all(holds for _, holds in form.identities) else PROBLEM


def _check(first: date, last: date, as_of: date | None) -> None:
    """What is wrong with the days alone is said before any server is started."""
    from congvu.indicators.rules.periods import period_of

    with at_fault(_OPTIONS):
        period_of(first, last)
    if as_of is not None and as_of < first:
        raise BadInput(
            f"Ngày chốt {as_of:%d/%m/%Y} trước ngày đầu kỳ {first:%d/%m/%Y}.",
            where="--as-of",
            do="Chọn ngày trong hoặc sau kỳ.",
        )


def document(form: "Form06") -> dict[str, Any]:
    """The form as JSON. `rows` add up to `total`, but for `form`, whose subtotal rows are marked."""
    solved, received = form.ratios
    return {
        "from": form.question.first,
        "to": form.question.period.last,
        "as_of": form.question.as_of,
        "known_on": form.question.known_on,
        "by": form.by.value,
        "map": form.map_on,
        "unit": "hồ sơ",
        "rows": [_row(row) for row in form.rows],
        "allocation": [allocation_of(row) for row in form.units if row.told],
        "total": _numbers(form.total),
        "identities": [{"name": one.name, "holds": holds} for one, holds in form.identities],
        "on_time": {"numerator": solved.numerator, "denominator": solved.denominator, "article": solved.article},
        "on_time_received": {
            "numerator": received.numerator, "denominator": received.denominator, "article": received.article,
        },
    }  # fmt: skip


def _row(row: "Row") -> dict[str, Any]:
    subtotal = {"subtotal": True} if row.subtotal else {}
    return {"key": row.key, "name": row.name, **_numbers(row.counts), **subtotal}


def _numbers(counts: "Counts") -> dict[str, Any]:
    return {code: exact(n) for code, n in counts.as_dict().items()}


def allocation_of(row: "UnitRow") -> dict[str, Any]:
    """How a row of another map came about: the units as they were, each with its share."""
    return {
        "key": row.key,
        "name": row.name,
        "from": [
            {
                "key": one.code,
                "name": one.name,
                "share": str(one.share),
                "decimal": round(float(one.share), 6),
            }
            for one in row.sources
        ],
        "undivided": [why.words for why in row.laid.whys] if row.laid else [],
    }


def _print_for_people(form: "Form06") -> None:
    asked = form.question
    on_map = f" Theo bản đồ đơn vị ngày {form.map_on:%d/%m/%Y}." if form.map_on else ""
    print(
        f"Biểu 06, kỳ {asked.period}, tình trạng cuối ngày {asked.last:%d/%m/%Y}.{on_map} Đơn vị tính: hồ sơ.\n"
    )
    rows = [*form.rows, form.row("")]
    wide = max(len(row.name) for row in rows)
    print("  ".join([" " * wide, *(f"{f'({n})':>7}" for n in range(3, 14))]))
    for row in rows:
        print("  ".join([f"{row.name:<{wide}}", *(f"{_short(n):>7}" for n in row.counts.as_dict().values())]))
    print()
    for one, holds in form.identities:
        print(f"  {'khớp      ' if holds else 'KHÔNG KHỚP'}  {one.name}")
    for unit in form.units:
        if unit.told and unit.laid is not None:
            parts = ", ".join(f"{one.share} của {one.name}" for one in unit.sources)
            note(". ".join([f"Phân bổ, {unit.name}: {parts}", *(why.words for why in unit.laid.whys)]))
    for ratio in form.ratios:
        share = (
            comma(f" = {100 * float(ratio.numerator) / float(ratio.denominator):.1f}%")
            if ratio.denominator
            else ""
        )
        note(f"{ratio.name} ({ratio.article}): {ratio.numerator}/{ratio.denominator}{share}")


def _short(n: "Number") -> str:
    """A number for a column: a fraction rounded to two places."""
    return str(n) if isinstance(n, int) else comma(f"{float(n):.2f}")
