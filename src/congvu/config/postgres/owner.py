"""Which operating-system user runs the server, and whom it lets in."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvu.config.postgres.trouble import ServerTrouble


@dataclass(frozen=True)
class Owner:
    """The user whose processes and files the server's are."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def process_options(self) -> dict[str, Any]:
        """Options of `subprocess` that run a program as this user, out of any folder it may not enter."""
        options: dict[str, Any] = {"cwd": "/", "umask": 0o077}
        if not self.is_me:
            options.update(user=self.uid, group=self.gid, extra_groups=[])
        return options

    def give(self, path: Path) -> None:
        """Make this user the owner of a file or folder of ours."""
        if not self.is_me:
            os.chown(path, self.uid, self.gid)


def owner_of_server(data: Path) -> Owner:
    """Me; if I am root, the owner of the data already there, or `nobody` for new ones. PostgreSQL refuses root."""
    try:
        kept = data.stat()  # the folder appears by one rename when it is complete
    except OSError:
        kept = None
    if os.geteuid() != 0:
        if kept is not None and kept.st_uid != os.geteuid():
            raise ServerTrouble(
                f"Dữ liệu trong {data} là của người dùng khác (uid {kept.st_uid}).",
                do="Chạy lệnh bằng người dùng đó (hoặc root), hay đặt CONGVU_HOME sang thư mục khác.",
            )
        return Owner(os.geteuid(), os.getegid())
    if kept is not None:
        if kept.st_uid == 0:
            raise ServerTrouble(
                f"Dữ liệu trong {data} thuộc root, PostgreSQL không chạy được bằng root.",
                do=f"Giao thư mục cho một người dùng thường: chown -R TÊN {data}",
            )
        return Owner(kept.st_uid, kept.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise ServerTrouble(
            "Máy này không có người dùng `nobody` để chạy PostgreSQL thay root.",
            do="Chạy bằng một người dùng thường, hoặc đặt DATABASE_URL.",
        ) from None
    return Owner(nobody.pw_uid, nobody.pw_gid)


def admitted_users(home: Path) -> list[str]:
    """OS user names that may connect: root and whoever owns the home."""
    names = {"root"}
    for uid in (home.stat().st_uid, os.geteuid()):
        try:
            names.add(pwd.getpwuid(uid).pw_name)
        except KeyError:
            raise ServerTrouble(
                f"Người dùng số {uid} không có tên trong hệ thống (/etc/passwd).",
                do="PostgreSQL cần một tên người dùng: thêm tên cho uid này, hoặc đặt DATABASE_URL.",
            ) from None
    return sorted(names)
