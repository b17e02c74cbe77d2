"""`congvu serve`: the web server of a real office. Refuses to start when that would be unsafe, and says why."""

import argparse
import os
from typing import TYPE_CHECKING

from congvu.config.cli.output import OK, PROBLEM, note

if TYPE_CHECKING:
    from congvu.config.cli.safety import Unsafe


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "serve",
        help="chạy máy chủ web (vận hành thật)",
        description="Chạy máy chủ web với cấu hình từ môi trường (docs/operate/settings.md). "
        "Không khởi động khi cấu hình không an toàn. Việc nền chạy riêng: congvu worker.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1, sau proxy HTTPS)"
    )
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--workers", type=int, default=None, help="số tiến trình (mặc định theo số bộ xử lý)")
    parser.add_argument("--threads", type=int, default=None, help="số luồng mỗi tiến trình (mặc định 8)")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.safety import unsafe_database, unsafe_environment

    found = unsafe_environment(os.environ)
    if found:
        return _refuse(found)
    from congvu.config.cli.ready import django_ready
    from congvu.config.cli.web import THREADS, refuse_busy_port, run_web, workers_by_default

    refuse_busy_port(args.host, args.port)
    django_ready(migrated=False)
    found = unsafe_database()
    if found:
        return _refuse(found)
    from django.db import connections

    from congvu.config.cli.static import gather

    gather()
    connections.close_all()  # the workers open their own
    note(f"Công Vụ: http://{args.host}:{args.port}")
    run_web(args.host, args.port, args.workers or workers_by_default(), args.threads or THREADS)
    return OK


def _refuse(found: "list[Unsafe]") -> int:
    note("congvu: không khởi động, vì chưa an toàn:")
    for one in found:
        note(f"  {one.name}: {one.what}\n      {one.do}")
    return PROBLEM
