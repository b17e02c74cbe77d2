"""The embedded PostgreSQL: our own small launcher around server binaries that somebody else built.

It never adds users, never changes a mode or an owner outside its own folders, listens on no network, and lets in
only the operating-system user who made the home (and root), checked by the kernel (`peer`). See
docs/decisions/0001-embedded-postgres.md for the order in which binaries are looked for.
"""

from congvu.config.postgres.layout import Places, places
from congvu.config.postgres.server import Server, ensure_server, remove_server, server_status, stop_server
from congvu.config.postgres.trouble import ServerTrouble

__all__ = [
    "Places",
    "Server",
    "ServerTrouble",
    "ensure_server",
    "places",
    "remove_server",
    "server_status",
    "stop_server",
]
