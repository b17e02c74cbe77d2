"""`congvu serve`: the web server of a real office. Refuses to start when that would be unsafe, and says why."""

import argparse
import os
import threading
import time
from typing import TYPE_CHECKING

from congvu.config.cli.output import OK, PROBLEM, note

if TYPE_CHECKING:
    from congvu.config.cli.safety import Unsafe
    from congvu.config.postgres import Server


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "serve",
        description="Chạy máy chủ web với cấu hình từ môi trường (docs/operate/settings.md). "
        "Không khởi động khi cấu hình không an toàn. Việc nền chạy riêng: congvu worker.",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ĐỊA_CHỈ",
        help="địa chỉ nghe (mặc định 127.0.0.1, sau proxy HTTPS)",
    )
    parser.add_argument("--port", type=int, default=8000, metavar="CỔNG", help="cổng (mặc định 8000)")
    parser.add_argument(
        "--workers", type=int, default=None, metavar="N", help="số tiến trình (mặc định theo số bộ xử lý)"
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=None,
        metavar="N",
        help="số luồng mỗi tiến trình (mặc định theo số bộ xử lý)",
    )


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.safety import unsafe_database, unsafe_environment

    found = unsafe_environment(os.environ)
    if found:
        return _refuse(found)
    from congvu.config.cli.ready import django_ready
    from congvu.config.cli.web import refuse_busy_port, run_web, threads_by_default, workers_by_default

    refuse_busy_port(args.host, args.port)
    server = django_ready(migrated=False)
    found = unsafe_database()
    if found:
        return _refuse(found)
    from django.db import connections

    from congvu.config.cli.static import gather

    gather()
    connections.close_all()  # the workers open their own
    if server is not None:
        threading.Thread(target=_keep_alive, args=[server], daemon=True).start()
    note(f"Công Vụ: http://{args.host}:{args.port}")
    run_web(args.host, args.port, args.workers or workers_by_default(), args.threads or threads_by_default())
    return OK


def _keep_alive(server: "Server") -> None:
    """Start a killed embedded database again. One under DATABASE_URL is the operator's to keep."""
    from congvu.config.environment import work_home
    from congvu.config.postgres import ServerTrouble, ensure_server
    from congvu.config.postgres.processes import works_in

    while True:
        time.sleep(1)
        if not works_in(server.pid, server.data):
            try:
                server = ensure_server(work_home())
            except ServerTrouble as trouble:
                note(f"congvu: {trouble}")


def _refuse(found: "list[Unsafe]") -> int:
    note("congvu: không khởi động, vì chưa an toàn:")
    for one in found:
        note(f"  {one.name}: {one.what}\n      {one.do}")
    return PROBLEM
