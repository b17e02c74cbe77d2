"""`congvu form06 --from 2026-10-01 --to 2026-10-31`: Form 06 of the whole province, as a table or as JSON."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from congvu.config.cli.days import day_of
from congvu.config.cli.output import OK, PROBLEM, BadInput, note, print_json
from congvu.foundation.refusal import Refused

if TYPE_CHECKING:
    from congvu.indicators.queries.form06 import Form06, Row

_BY = ("tier", "field", "unit", "form")
_OPTIONS = {"from": "--from", "to": "--to", "as_of": "--as-of"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "form06",
        help="biểu 06: tình hình giải quyết thủ tục hành chính",
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
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    first, last = _day(args.first, "--from"), _day(args.last, "--to")
    as_of = _day(args.as_of, "--as-of") if args.as_of else None
    known_on = _day(args.known_on, "--known-on") if args.known_on else None
    if args.by not in _BY:
        raise BadInput(
            f"Không chia dòng theo «{args.by}» được.", where="--by", do=f"Chọn một trong: {', '.join(_BY)}."
        )
    _check(first, last, as_of)
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.queries.form06 import By, form06

    try:
        form = form06(
            SYSTEM, first, last, today=clock.today(), as_of=as_of, known_on=known_on, by=By(args.by)
        )
    except Refused as no:  # only the days can be at fault
        raise BadInput(no.what, where=_OPTIONS.get(no.where, ""), do=no.do) from None
    if args.json:
        print_json(document(form))
    else:
        _print_for_people(form)
    return OK if all(holds for _, holds in form.identities) else PROBLEM


def _check(first: date, last: date, as_of: date | None) -> None:
    """What is wrong with the days alone is said before any server is started."""
    from congvu.indicators.rules.periods import period_of

    try:
        period_of(first, last)
    except Refused as no:
        raise BadInput(no.what, where=_OPTIONS.get(no.where, ""), do=no.do) from None
    if as_of is not None and as_of < first:
        raise BadInput(
            f"Ngày chốt {as_of:%d/%m/%Y} trước ngày đầu kỳ {first:%d/%m/%Y}.",
            where="--as-of",
            do="Chọn ngày trong hoặc sau kỳ.",
        )


def _day(text: str | None, where: str) -> date:
    if not text:
        raise BadInput(
            "Chưa ghi ngày.", where=where, do="Ví dụ: congvu form06 --from 2026-10-01 --to 2026-10-31"
        )
    return day_of(text, where)


def document(form: "Form06") -> dict[str, Any]:
    """The form as JSON. `rows` add up to `total`, but for `form`, whose subtotal rows are marked."""
    solved, received = form.ratios
    return {
        "from": form.question.first,
        "to": form.question.period.last,
        "as_of": form.question.as_of,
        "known_on": form.question.known_on,
        "by": form.by.value,
        "unit": "hồ sơ",
        "rows": [_row(row) for row in form.rows],
        "total": form.total.as_dict(),
        "identities": [{"name": one.name, "holds": holds} for one, holds in form.identities],
        "on_time": {"numerator": solved.numerator, "denominator": solved.denominator, "article": solved.article},
        "on_time_received": {
            "numerator": received.numerator, "denominator": received.denominator, "article": received.article,
        },
    }  # fmt: skip


def _row(row: "Row") -> dict[str, Any]:
    subtotal = {"subtotal": True} if row.subtotal else {}
    return {"key": row.key, "name": row.name, **row.counts.as_dict(), **subtotal}


def _print_for_people(form: "Form06") -> None:
    asked = form.question
    print(f"Biểu 06, kỳ {asked.period}, tình trạng cuối ngày {asked.last:%d/%m/%Y}. Đơn vị tính: hồ sơ.\n")
    rows = [*form.rows, form.row("")]
    wide = max(len(row.name) for row in rows)
    print("  ".join([" " * wide, *(f"{f'({n})':>7}" for n in range(3, 14))]))
    for row in rows:
        print("  ".join([f"{row.name:<{wide}}", *(f"{n:>7}" for n in row.counts.as_dict().values())]))
    print()
    for one, holds in form.identities:
        print(f"  {'khớp      ' if holds else 'KHÔNG KHỚP'}  {one.name}")
    for ratio in form.ratios:
        share = (
            f" = {100 * ratio.numerator / ratio.denominator:.1f}%".replace(".", ",")
            if ratio.denominator
            else ""
        )
        note(f"{ratio.name} ({ratio.article}): {ratio.numerator}/{ratio.denominator}{share}")
