"""Bringing a command up to a working database: the embedded server if no other is named, Django, the tables."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from congvu.config.cli.output import note
from congvu.config.environment import work_home
from congvu.foundation.refusal import Refused

if TYPE_CHECKING:
    from congvu.config.postgres import Server


def django_ready(*, migrated: bool = True, die_with_me: bool = False) -> "Server | None":
    """Set Django up on a reachable database; the embedded server, or None when DATABASE_URL names another.

    A database without any table gets them (a new home just works); one that lags behind the code is refused, for an
    upgrade is a decision of the operator. With `migrated=False` tables are not looked at.
    """
    server = None
    if not os.environ.get("DATABASE_URL"):
        from congvu.config.postgres import ensure_server

        server = ensure_server(
            work_home(), durable=os.environ.get("CONGVU_TESTING") != "1", die_with_me=die_with_me
        )
    set_up_django()
    if migrated:
        _see_to_tables()
    return server


def set_up_django() -> None:
    """Django with our settings; needs no database."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")
    if not apps.ready:
        django.setup()


def home() -> Path:
    """The working folder, from CONGVU_HOME."""
    return work_home()


def _see_to_tables() -> None:
    from congvu.config.cli.tables import is_new_database, migrate, pending

    if is_new_database():
        note("congvu: cơ sở dữ liệu mới, đang tạo các bảng …")
        migrate()
        return
    waiting = pending()
    if waiting:
        raise Refused(
            f"Cơ sở dữ liệu cũ hơn chương trình: còn {len(waiting)} bước nâng cấp ({waiting[0]} …).",
            do="Sao lưu rồi chạy ./congvu migrate.",
        )
