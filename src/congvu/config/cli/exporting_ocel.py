"""`congvu export ocel FILE --from … --to …`: dossiers, citizens, units, officers and documents as an OCEL 2.0 log."""

import argparse

from congvu.config.cli.exporting_log import add_log_arguments, export

HELP = "nhật ký OCEL 2.0 (JSON hoặc XML): hồ sơ, người dân, đơn vị, cán bộ, giấy tờ; mã thay tên người"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_log_arguments(
        parser, "tệp .json hoặc .xml sẽ tạo (thêm .gz để nén): đuôi tệp chọn dạng ghi", period_required=True
    )


def run(args: argparse.Namespace) -> int:
    return export("ocel", args)
