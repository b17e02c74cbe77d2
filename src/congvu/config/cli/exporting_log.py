"""What the two event logs share at the command line: period, procedure, real names only for a reason."""

import argparse
from datetime import date
from pathlib import Path

from congvu.config.cli.given import at_fault, day_if_given, day_of, refuse_backwards
from congvu.config.cli.output import OK, BadInput, note, print_json

_OPTIONS = {"from": "--from", "to": "--to", "procedure": "--procedure", "reason": "--reason"}


def add_log_arguments(parser: argparse.ArgumentParser, what: str, *, period_required: bool) -> None:
    """FILE and the options of `export xes` and `export ocel`."""
    need = "" if period_required else " (không ghi: từ hồ sơ đầu tiên)"
    parser.add_argument("file", type=Path, metavar="TỆP", help=what)
    parser.add_argument(
        "--from", dest="first", metavar="NGÀY", help=f"hồ sơ mở từ ngày này{need}, ví dụ 2026-10-01"
    )
    parser.add_argument("--to", dest="last", metavar="NGÀY", help="đến hết ngày này")
    parser.add_argument("--procedure", default="", metavar="MÃ", help="chỉ hồ sơ của thủ tục này")
    parser.add_argument("--named", action="store_true", help="ghi tên thật thay vì mã; phải có --reason")
    parser.add_argument(
        "--reason", default="", metavar="LÝ_DO", help="vì sao cần tên thật; lưu trong nhật ký"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")
    parser.set_defaults(period_required=period_required)


def export(kind: str, args: argparse.Namespace) -> int:
    """Write the log and say what it holds. What is wrong with the words given is bad usage (2)."""
    first, last = _period(args)
    if args.named and not args.reason.strip():
        raise BadInput(
            "Xuất kèm tên thật phải nêu lý do.", where="--reason", do='Ví dụ: --reason "Thanh tra số 12"'
        )
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.dossiers.actions.export_log import export_log
    from congvu.dossiers.queries.log_out import LogAsked
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM

    with at_fault(_OPTIONS):
        tally = export_log(
            args.file, kind, LogAsked(first, last, args.procedure.strip()), named=args.named, reason=args.reason.strip(),
            by=SYSTEM, at=clock.now(),
        )  # fmt: skip
    if args.json:
        print_json(
            {"file": str(args.file), "dossiers": tally.dossiers, "events": tally.events, "named": args.named}
        )
    else:
        note(f"Đã ghi {tally.dossiers} hồ sơ, {tally.events} sự kiện vào {args.file}.")
    return OK


def _period(args: argparse.Namespace) -> tuple[date | None, date | None]:
    example = "congvu export ocel nhat-ky.json --from 2026-10-01 --to 2026-10-31"
    first, last = day_if_given(args.first, "--from"), day_if_given(args.last, "--to")
    if args.period_required:
        first, last = (
            first or day_of("", "--from", example=example),
            last or day_of("", "--to", example=example),
        )
    refuse_backwards(first, last)
    return first, last
