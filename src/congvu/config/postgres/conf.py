"""The server's configuration: three small files, written whole at every start.

An operator's own wishes belong into ALTER SYSTEM (postgresql.auto.conf), which is read last and never overwritten.
"""

import os
from pathlib import Path

from congvu.config.postgres.layout import PORT, Places
from congvu.config.postgres.owner import Owner, admitted_users

HEADER = "# Written by congvu at every start. Change settings with ALTER SYSTEM instead.\n"


def write_conf(where: Places, owner: Owner, *, durable: bool) -> None:
    """Write congvu.conf, pg_hba.conf and pg_ident.conf into the data folder."""
    _write(where.data / "congvu.conf", HEADER + settings(where, durable=durable), owner)
    _write(where.data / "pg_hba.conf", HEADER + ADMISSION, owner)
    names = "".join(f'congvu "{name}" congvu\n' for name in admitted_users(where.home))
    _write(where.data / "pg_ident.conf", HEADER + names, owner)
    main = where.data / "postgresql.conf"
    if "include 'congvu.conf'" not in main.read_text():
        _write(main, main.read_text() + "\ninclude 'congvu.conf'\n", owner)


ADMISSION = """\
# No network at all; on the socket the kernel says who is calling and pg_ident.conf who of them may come in.
local all         congvu peer map=congvu
local replication congvu peer map=congvu
"""


def settings(where: Places, *, durable: bool) -> str:
    """The text of congvu.conf. `durable=False` (tests) trades safety against power loss for speed."""
    chosen = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": f'"{where.run}"',
        "unix_socket_permissions": "0700",
        "max_connections": 150,
        "shared_buffers": f"{shared_buffers_mb()}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "effective_cache_size": "1GB",
        "random_page_cost": 1.1,  # solid-state disks; the default of 4 made the planner shy of our indexes
        "jit": "off",  # compiling cost more than our short statements took
        "wal_level": "replica",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "synchronous_commit": "on",
        "fsync": "on",
        "full_page_writes": "on",
        "timezone": "Asia/Ho_Chi_Minh",
        "log_timezone": "Asia/Ho_Chi_Minh",
        "log_line_prefix": "%m [%p] ",
        "log_checkpoints": "off",
        "lc_messages": "C",
    }
    if not durable:
        chosen |= {
            "fsync": "off",
            "full_page_writes": "off",
            "autovacuum_naptime": "10min",
        }
    return "".join(f"{name} = '{value}'\n" for name, value in chosen.items())


def shared_buffers_mb() -> int:
    """256 MB, or a quarter of a small machine's memory."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (OSError, ValueError):
        return 128
    return max(32, min(256, memory // 4))


def _write(path: Path, text: str, owner: Owner) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o600)
    owner.give(fresh)
    fresh.replace(path)
