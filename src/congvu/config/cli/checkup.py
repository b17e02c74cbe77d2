"""The checks of `doctor`. Each returns findings and never raises: a sick installation must still be described."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from congvu.config.cli.finding import Finding
from congvu.config.environment import BASE_DIR, work_home

LEAST_DISK_MB = 1024


def examine(*, port: int | None = None) -> list[Finding]:
    """Look at everything, in the order in which things depend on each other. Starts no server."""
    found: list[Finding] = []
    checks: list[Callable[[], Iterator[Finding]]] = [
        python,
        requirements,
        disk,
        home_folder,
        clock_and_zone,
        settings,
    ]
    if port is not None:
        checks.append(lambda: free_port(port))
    for check in checks:
        found.extend(_safely(check))
    database = list(_safely(database_server))
    found.extend(database)
    if not any(one.state == "bad" for one in database) and any(one.check == "server" for one in database):
        from congvu.config.cli import checkup_data

        for deeper in checkup_data.CHECKS:
            found.extend(_safely(deeper))
    return found


def _safely(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except (Exception, SystemExit) as error:
        name = getattr(check, "__name__", "check")
        yield Finding(name, "bad", f"Không khám được “{name}”: {type(error).__name__}: {error}")


def python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", "ok", f"Python {version} ({sys.executable})")


def requirements() -> Iterator[Finding]:
    """Installed packages against the pins of requirements/base.txt."""
    pins = BASE_DIR / "requirements" / "base.txt"
    if not pins.exists():
        yield Finding("requirements", "warn", "Không thấy requirements/base.txt: không so được thư viện.")
        return
    drifted = list(drift(pins.read_text(encoding="utf-8")))
    if drifted:
        what = f"Thư viện khác bản đã ghim: {'; '.join(drifted[:5])}{' …' if len(drifted) > 5 else ''}"
        yield Finding("requirements", "bad", what, "Xoá .venv/ rồi chạy lại ./congvu.")
    else:
        yield Finding("requirements", "ok", "Thư viện đúng với requirements/base.txt")


def drift(pins: str) -> Iterator[str]:
    """The pins that the environment does not hold.

    A package may be pinned more than once, each for other systems (after `;`): any of its pins will do, and one
    pinned only for other systems may be absent.
    """
    wanted: dict[str, list[str]] = {}
    everywhere: set[str] = set()
    for line in pins.splitlines():
        pin = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)\s*(;)?", line)
        if pin is not None:
            wanted.setdefault(pin[1], []).append(pin[2])
            if not pin[3]:
                everywhere.add(pin[1])
    for name, versions in wanted.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            if name in everywhere:
                yield f"thiếu {name} {versions[0]}"
            continue
        if installed not in versions:
            yield f"{name} {installed}, cần {' hoặc '.join(versions)}"


def disk() -> Iterator[Finding]:
    from congvu.config.postgres import places

    where = places(work_home()).data
    while not where.exists():
        where = where.parent
    free = shutil.disk_usage(where).free // 2**20
    if free < LEAST_DISK_MB:
        do = "Dọn chỗ trước khi PostgreSQL tự dừng vì đĩa đầy."
        yield Finding("disk", "bad", f"Đĩa chứa {where} chỉ còn {free} MB.", do)
    else:
        yield Finding("disk", "ok", f"Đĩa còn {free / 1024:.0f} GB trống ở {where}")


def home_folder() -> Iterator[Finding]:
    """CONGVU_HOME: there, ours, not open to others, and where its data really lie."""
    from congvu.config.postgres import places

    home = work_home()
    if not home.exists():
        yield Finding(
            "home", "warn", f"Chưa có thư mục làm việc {home}.", "Nó được tạo ở lần chạy đầu (./congvu demo)."
        )
        return
    if not os.access(home, os.W_OK | os.X_OK):
        do = "Chạy bằng người dùng đã tạo nó, hoặc đặt CONGVU_HOME sang thư mục khác."
        yield Finding("home", "bad", f"Không ghi được vào {home}.", do)
        return
    mode = home.stat().st_mode & 0o777
    if mode & 0o066:
        yield Finding("home", "warn", f"{home} mở cho người khác xem ({mode:o}).", f"chmod 711 {home}")
    key = home / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield Finding(
            "home", "bad", f"Người khác đọc được khoá bí mật {key}.", f"chmod 600 {key}; rồi đổi khoá."
        )
    if not os.environ.get("DATABASE_URL"):
        where = places(home)
        outside = (
            f"; dữ liệu ở {where.data} (người dùng nobody không vào được nhà này)"
            if where.outside_home
            else ""
        )
        yield Finding("home", "ok", f"Thư mục làm việc {home}{outside}")


def clock_and_zone() -> Iterator[Finding]:
    """A clock far behind the code's own files is wrong; the legal zone must be known to Python."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from congvu.foundation import clock

    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        do = "Cài gói tzdata của hệ điều hành."
        yield Finding("clock", "bad", "Máy không biết múi giờ Asia/Ho_Chi_Minh.", do)
        return
    newest = max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py"))
    if clock.now().timestamp() < newest - 86_400:
        yield Finding(
            "clock",
            "bad",
            "Đồng hồ máy chạy lùi so với chính chương trình.",
            "Chỉnh giờ (NTP): hạn tính theo nó.",
        )
    else:
        yield Finding("clock", "ok", "Đồng hồ và múi giờ pháp định")


def settings() -> Iterator[Finding]:
    """Not problems by themselves: what `serve` would refuse."""
    from congvu.config.cli.safety import unsafe_environment

    found = unsafe_environment(os.environ)
    if found:
        names = ", ".join(one.name for one in found)
        do = "Chỉ cần cho vận hành thật; xem docs/operate/settings.md."
        yield Finding("settings", "warn", f"congvu serve sẽ từ chối vì: {names}", do)
    else:
        yield Finding("settings", "ok", "Cấu hình đủ cho vận hành thật")


def free_port(port: int) -> Iterator[Finding]:
    from congvu.config.cli.output import BadInput
    from congvu.config.cli.web import refuse_busy_port

    try:
        refuse_busy_port("127.0.0.1", port)
        yield Finding("port", "ok", f"Cổng {port} trống")
    except BadInput as busy:
        yield Finding("port", "bad", busy.what, busy.do)


def database_server() -> Iterator[Finding]:
    """Which server, whether it answers, its version. The embedded one is looked at, not started."""
    url = os.environ.get("DATABASE_URL")
    if url:
        yield from _named_server()
        return
    from congvu.config.postgres import places, server_status
    from congvu.config.postgres.binaries import find_binaries

    where = places(work_home())
    binaries = find_binaries(where.data)
    yield Finding("binaries", "ok", f"PostgreSQL {binaries.version} ({binaries.origin}: {binaries.folder})")
    server = server_status(work_home())
    if server is not None:
        yield Finding(
            "server", "ok", f"Máy chủ nhúng {server.version} đang chạy (pid {server.pid}, {server.host})"
        )
    elif where.data.exists():
        yield Finding(
            "database", "warn", "Máy chủ nhúng không chạy; chưa khám được bên trong.", "Chạy rồi khám lại."
        )
    else:
        yield Finding(
            "database", "warn", "Chưa có cơ sở dữ liệu.", "Tạo bằng ./congvu demo hoặc ./congvu migrate."
        )


def _named_server() -> Iterator[Finding]:
    from congvu.config.cli.ready import set_up_django

    set_up_django()
    from django.db import OperationalError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int, current_setting('server_version')"
            )
            number, version = cursor.fetchone()
    except OperationalError as error:
        yield Finding(
            "database",
            "bad",
            f"Không kết nối được DATABASE_URL: {str(error).strip()}",
            "Xem địa chỉ, mật khẩu, mạng.",
        )
        return
    if number < 150000:
        yield Finding("database", "bad", f"PostgreSQL {version} quá cũ.", "Cần từ phiên bản 15.")
    else:
        yield Finding("server", "ok", f"PostgreSQL {version} qua DATABASE_URL")
