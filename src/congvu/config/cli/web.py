"""The web server process: granian over our WSGI application. `demo` and `serve` both run this.

As a program (`python -m congvu.config.cli.web HOST PORT WORKERS THREADS`) it is what `demo` starts as its child.
"""

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

from congvu.config.cli.output import BadInput
from congvu.config.postgres.processes import die_with_parent

if TYPE_CHECKING:
    from granian.log import LogLevels

APPLICATION = "congvu.config.wsgi:application"


def workers_by_default() -> int:
    """One process per processor, at most four: Python's lock leaves a second thread of a process little to do."""
    return max(1, min(4, os.cpu_count() or 1))


def threads_by_default() -> int:
    """Threads of one process: while one waits for the database another works. Each keeps one connection of 150."""
    return min(8, 2 * (os.cpu_count() or 1) + 1)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise BadInput when somebody listens there already; granian alone would share the port silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"Không mở được cổng {port} trên {host}: {error.strerror}.",
                do="Có chương trình khác đang dùng cổng này? Chọn cổng khác bằng --port.",
            ) from None


def run_web(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to stop (TERM or INT); running requests are answered first."""
    from granian.constants import HTTPModes, Interfaces
    from granian.server import Server

    # The worker processes must not outlive this one: they would hold the port against the next start.
    os.environ["CONGVU_WEB_PARENT"] = str(os.getpid())
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_access=os.environ.get("CONGVU_ACCESS_LOG") == "1",
        log_level=_granian_level(),
    )
    server.serve()


def _granian_level() -> "LogLevels":
    from granian.log import LogLevels

    return (
        LogLevels.info if os.environ.get("CONGVU_LOG", "").upper() in ("INFO", "DEBUG") else LogLevels.warning
    )


def bind_to_parent() -> None:
    """In a worker process: end when the web server's main process ends, however it ends.

    Ctrl-C reaches the whole group; the main process passes it on in order, and a worker told twice hangs: so not here.
    """
    if os.environ.get("CONGVU_WEB_PARENT") == str(os.getppid()):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        die_with_parent(signal.SIGTERM, parent=os.getppid())()


if __name__ == "__main__":
    run_web(sys.argv[1], *(int(word) for word in sys.argv[2:5]))
