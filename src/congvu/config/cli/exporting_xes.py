"""`congvu export xes FILE`: the history of dossiers as an XES log, one trace a dossier."""

import argparse

from congvu.config.cli.exporting_log import add_log_arguments, export

HELP = "nhật ký sự kiện XES: mỗi hồ sơ một vết, mã thay tên người"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_log_arguments(parser, "tệp .xes hoặc .xes.gz sẽ tạo", period_required=False)


def run(args: argparse.Namespace) -> int:
    return export("xes", args)
