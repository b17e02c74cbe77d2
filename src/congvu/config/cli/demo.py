"""`congvu demo`: a living province on this machine: database, tables, people, web server and worker, all at once.

Everything it starts ends with it: in order on Ctrl-C or TERM, by the kernel when it is killed.
"""

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import FrameType

from congvu.config.cli.output import OK, PROBLEM, BadInput, note
from congvu.config.environment import work_home
from congvu.config.postgres import Server, ensure_server, stop_server
from congvu.config.postgres.processes import die_with_parent, works_in
from congvu.foundation.refusal import Refused

SIZES = {
    "desk": "một bàn tiếp nhận, nạp trong vài giây",
    "province": "khoảng 180.000 hồ sơ, 29.000 người từ 2015 đến nay",
    "year": "khoảng 1.110.000 hồ sơ, 29.000 người từ 2015 đến nay",
}
STOP_SECONDS = 25.0
MOST_RESTARTS = 20
SignIns = tuple[tuple[str, str, str], ...]
STOP_ORDERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a supervisor, a closed terminal


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "demo",
        description="Dựng tỉnh mẫu (dữ liệu tổng hợp), mở trang web và việc nền. Dừng bằng Ctrl-C.",
    )
    sizes = "; ".join(f"{name}: {words}" for name, words in SIZES.items())
    parser.add_argument("--size", choices=tuple(SIZES), default="desk", help=f"{sizes} (mặc định desk)")
    parser.add_argument(
        "--conference", metavar="TÊN", help="nạp một hội nghị, in báo cáo: tên có sẵn, hoặc một tệp .toml"
    )
    parser.add_argument(
        "--port", type=int, default=8000, metavar="CỔNG", help="cổng trang web (mặc định 8000)"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="địa chỉ nghe (mặc định 127.0.0.1)"
    )


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.web import refuse_busy_port

    if not 1 <= args.port <= 65535:
        raise BadInput(f"Cổng {args.port} không có.", where="--port", do="Chọn số từ 1 đến 65535.")
    conference = _conference_text(args.conference) if args.conference else ""
    refuse_busy_port(args.host, args.port)  # before the minute of loading, not after it
    os.environ["CONGVU_DEMO"] = "1"
    for name, value in settings_of(args.host, args.port).items():
        os.environ.setdefault(name, value)
    for order in STOP_ORDERS:  # INT too: a shell that starts us in the background has it ignored
        signal.signal(order, _stop_by_exception)
    from congvu.config.cli.ready import django_ready

    server = None
    holder = None
    try:
        note("Công Vụ: khởi động cơ sở dữ liệu …")
        server = django_ready(migrated=False, die_with_me=True)
        holder = _alone(work_home())
        who = _load(args.size, conference, f"http://{args.host}:{args.port}")
        return _run_until_stopped(args.host, args.port, server, who)
    except KeyboardInterrupt:
        note("Công Vụ: đã dừng.")
        return OK
    finally:
        _stop_database(server)
        if holder is not None:
            os.close(holder)


def settings_of(host: str, port: int) -> dict[str, str]:
    """What the demo sets where the caller set nothing. Listening on every address names none that codes could carry."""
    found = {
        "CONGVU_EMAIL": "file",
        "CONGVU_SMS": "file",
    }  # nobody is written to: letters lie in outbox/ of the home
    if host in ("127.0.0.1", "localhost"):
        found["CONGVU_ADDRESS"] = f"http://{host}:{port}"  # for codes and notices
    elif host != "::1":
        found["CONGVU_HOSTS"] = "*"  # asked for by name, and the people are made up
    return found


def _conference_text(name: str) -> str:
    """One of those that come with the programme, or a file."""
    from congvu.demo.conferences import names, text_of

    if name in names():
        return text_of(name)
    if name.endswith(".toml"):
        from congvu.config.cli.conference import text_of_file

        return text_of_file(Path(name))
    raise BadInput(
        f"Không có hội nghị «{name[:60]}».",
        where="--conference",
        do=f"Chọn: {', '.join(names())}; hoặc một tệp .toml.",
    )


def _load(size: str, conference: str, address: str) -> SignIns:
    """Tables, static files and the province of this size, or a conference with the units of its time. Who may sign in."""
    from django.db import connections

    from congvu.config.cli.static import gather
    from congvu.config.cli.tables import migrate

    started = time.monotonic()
    applied = migrate()
    gather()
    _refuse_real_people()
    if conference:
        note(f"Công Vụ: {len(applied)} bước tạo bảng đã chạy; nạp hội nghị …")
        _load_conference(conference, address)
    else:
        note(f"Công Vụ: {len(applied)} bước tạo bảng đã chạy; nạp tỉnh mẫu ({size}) …")
        from congvu.demo.build import ensure

        ensure(size)
        _make_keys()  # of those who sign in the province; a conference alone has nothing to sign
    who = _who()
    connections.close_all()
    note(f"Công Vụ: sẵn sàng sau {time.monotonic() - started:.0f} giây.")
    return who


def _who() -> SignIns:
    """User name, role in words, name. 1 statement."""
    from congvu.demo.build import CONFERENCE, built
    from congvu.demo.conference import sign_ins
    from congvu.demo.people import SIGN_INS

    if (built() or {}).get("size") == CONFERENCE:
        return sign_ins()
    return tuple((one.username, one.role_words, one.name) for one in SIGN_INS)


def _load_conference(text: str, address: str) -> None:
    """Load it, print its report and where it is read."""
    from congvu.config.cli.conference import lines, told
    from congvu.demo.conference import ensure_conference

    done = ensure_conference(text)
    print("\n".join(lines(*told(done.code))))
    print(f"\n  Đọc trên trang: {address}/hoi-nghi/{done.code}/", flush=True)


def _make_keys() -> None:
    """Keys to sign with, made on this machine."""
    from django.conf import settings

    from congvu.demo.signing import ensure_keys
    from congvu.foundation import clock

    if ensure_keys(settings.CONGVU_SIGNING, at=clock.now()):
        note(f"Công Vụ: đã tạo khóa ký số trình diễn trong {settings.CONGVU_SIGNING}.")


def _refuse_real_people() -> None:
    """A database in which people work already gets no demonstration accounts. 2 statements."""
    from congvu.demo.people import SIGN_INS
    from congvu.foundation.identity.models import Account

    names = [one.username for one in SIGN_INS]
    if Account.objects.exists() and not Account.objects.filter(username__in=names).exists():
        raise Refused(
            "Cơ sở dữ liệu này đã có người dùng thật; không nạp dữ liệu trình diễn vào đó.",
            do="Bỏ DATABASE_URL, hoặc đặt CONGVU_HOME sang một thư mục mới.",
        )


def _alone(home: Path) -> int:
    """Hold the home for this one demo (the handle must stay open): two would stop each other's database."""
    home.mkdir(parents=True, exist_ok=True)
    handle = os.open(home / "demo.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refused(
            f"Một bản trình diễn khác đang chạy trong {home}.",
            do="Dừng bản đó, hoặc đặt CONGVU_HOME sang thư mục khác.",
        ) from None
    return handle


def _run_until_stopped(host: str, port: int, server: Server | None, who: SignIns) -> int:
    """Start the two children in this process group and keep everything alive until told to stop.

    A killed database is started again, a worker that lost it too; a web server that dies by itself ends the demo.
    """
    from congvu.config.cli.web import threads_by_default

    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        web = [sys.executable, "-m", "congvu.config.cli.web", host, str(port), "1", str(threads_by_default())]
        children["web"] = _start(web, signal.SIGTERM)
        children["worker"] = _start_worker()
        _wait_for_port(host, port, children["web"])
        _welcome(host, port, who)
        restarts = 0
        while children["web"].poll() is None and restarts < MOST_RESTARTS:
            if server is not None and not works_in(server.pid, server.data):
                note("Công Vụ: cơ sở dữ liệu đã dừng; khởi động lại …")
                server = replace(ensure_server(work_home(), die_with_me=True), started=server.started)
                restarts += 1
            if children["worker"].poll() is not None:
                note("Công Vụ: tiến trình việc nền đã dừng; khởi động lại …")
                children["worker"] = _start_worker()
                restarts += 1
            time.sleep(0.5)
        note(
            f"congvu: trang web đã dừng (mã {children['web'].poll()}), hoặc phải khởi động lại quá nhiều lần."
        )
        return PROBLEM
    finally:
        for order in STOP_ORDERS:
            signal.signal(order, signal.SIG_IGN)  # a second one must not interrupt the orderly end
        _end(list(children.values()))


def _start_worker() -> "subprocess.Popen[bytes]":
    """The worker is killed with us rather than asked: its database goes at the same moment, so it could not finish."""
    return _start([sys.executable, "-m", "congvu", "worker"], signal.SIGKILL)


def _start(order: list[str], on_our_death: signal.Signals) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(order, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent(on_our_death))


def _wait_for_port(host: str, port: int, child: "subprocess.Popen[bytes]", seconds: float = 60.0) -> None:
    import socket

    end = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    """TERM to all, wait for all together, KILL what is left."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _stop_database(server: Server | None) -> None:
    """Stop the embedded server if this very run started it."""
    if server is None or not server.started:
        return
    stop_server(work_home())


def _welcome(host: str, port: int, who: SignIns) -> None:
    """The address and the sign-ins, on stdout: what the person came for."""
    from congvu.demo.people import PASSWORD

    print(f"\n  Công Vụ đang chạy: http://{host}:{port}/\n")
    for username, words, name in who:
        print(f"    {username:<12}  {words} — {name}")
    print(f"    mật khẩu chung: {PASSWORD}\n")
    print("  Dữ liệu là tổng hợp, không có người thật. Dừng: Ctrl-C", flush=True)
    if Path("/.dockerenv").exists() and host == "127.0.0.1":
        print("  (Trong container: thêm --host 0.0.0.0 và mở cổng để vào từ ngoài.)", flush=True)


def _stop_by_exception(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
