"""Keeping files. The bytes reach the disk, synced and under their final name, before the row is written."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import connection, transaction
from django.db.models import ProtectedError

from congvu.foundation.files.kinds import checked_media_type
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

_MB = 1024 * 1024  # as the limit is set and said on the forms
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('congvu.files'), f) FROM unnest(%s::int[]) AS f"
_BESIDE_OTHERS = (
    "SELECT pg_advisory_xact_lock_shared(hashtext('congvu.files'), f) FROM unnest(%s::int[]) AS f"
)


def files_folder() -> Path:
    storages: dict[str, Any] = settings.STORAGES
    return Path(storages["default"]["OPTIONS"]["location"])


def store(upload: "File[bytes]", *, by: Actor, at: datetime) -> StoredFile:
    """Keep an uploaded file and return its row; the same content is kept once. 3 statements.

    Until the caller's transaction ends, nobody erases this content: whoever stores and then names the file in one
    transaction keeps it. Refuses, in words: over the size limit, empty, of an unknown kind, or with an ending that lies.
    """
    limit: int = settings.CONGVU_UPLOAD_LIMIT
    name = Path(upload.name or "tệp").name
    if (upload.size or 0) > limit:
        raise Refused(
            f"Tệp nặng {(upload.size or 0) / _MB:.0f} MB, quá {limit / _MB:.0f} MB.",
            where=name,
            do="Quét lại ở 200 dpi, hoặc tách thành nhiều tệp.",
        )
    upload.seek(0)
    content = upload.read()
    kind = checked_media_type(name, content)
    digest = hashlib.sha256(content).hexdigest()
    path = f"{digest[:2]}/{digest}"
    with transaction.atomic():
        _hold([digest], alone=False)
        _write(files_folder() / path, content)
        kept, _ = StoredFile.objects.get_or_create(
            sha256=digest,
            defaults={
                "size": len(content),
                "media_type": kind,
                "path": path,
                "stored_at": at,
                "stored_by": by.account_id,
            },
        )
    return kept


def store_made(made: Sequence[tuple[str, bytes]], *, by: Actor, at: datetime) -> list[StoredFile]:
    """Keep files the programme made, each (name, content), in the order given. 3 statements for any number.

    Refuses what `store` refuses of a content: nothing in it, an unknown kind, an ending that lies.
    """
    rows = []
    for name, content in made:
        digest = hashlib.sha256(content).hexdigest()
        path = f"{digest[:2]}/{digest}"
        kind = checked_media_type(name, content)
        rows.append(
            StoredFile(
                sha256=digest, size=len(content), media_type=kind, path=path, stored_at=at, stored_by=by.account_id
            )
        )  # fmt: skip
    digests = [row.sha256 for row in rows]
    with transaction.atomic():
        _hold(digests, alone=False)
        for row, (_, content) in zip(rows, made, strict=True):
            _write(files_folder() / row.path, content)
        StoredFile.objects.bulk_create(rows, ignore_conflicts=True)
        kept = {one.sha256: one for one in StoredFile.objects.filter(sha256__in=digests)}
    return [kept[row.sha256] for row in rows]


def read_stored(stored: StoredFile) -> bytes:
    """The content of a kept file. Refuses one that is gone from the disk. No statement."""
    path = files_folder() / stored.path
    if not path.is_file():
        raise Refused("Tệp không còn trên máy chủ.", where=stored.sha256[:12], do="Phục hồi từ bản sao lưu.")
    return path.read_bytes()


def erase_unused(file_ids: Iterable[int]) -> None:
    """Give up files whose last holder is gone: the row now, the bytes when the transaction holds. 3 statements, and for each
    file 2 and one for each table that may hold it. A file that any record still names stays, and so does one that
    somebody is storing again meanwhile: that transaction is waited for.
    """
    wanted = StoredFile.objects.filter(pk__in=list(file_ids))
    given_up: list[str] = []
    with transaction.atomic():
        _hold(wanted.values_list("sha256", flat=True), alone=True)
        for stored in wanted.all():
            digest = stored.sha256
            try:
                with transaction.atomic():
                    stored.delete()
            except ProtectedError:
                continue
            given_up.append(digest)
    transaction.on_commit(lambda: _unlink(given_up))


def _unlink(digests: Sequence[str]) -> None:
    """The bytes leave the disk, unless the same content was brought again meanwhile: nobody brings it while we look.
    2 statements."""
    with transaction.atomic():
        _hold(digests, alone=True)
        again = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
        for digest in digests:
            if digest not in again:
                (files_folder() / digest[:2] / digest).unlink(missing_ok=True)


def _hold(digests: Iterable[str], *, alone: bool) -> None:
    """Hold the folders of contents until the transaction ends: those who store side by side, who erases alone. Held by
    folder, in order: many files take few locks, and two hands cannot wait for one another over one set. 1 statement."""
    folders = sorted({int(digest[:2], 16) for digest in digests})
    with connection.cursor() as cursor:
        cursor.execute(_ALONE if alone else _BESIDE_OTHERS, [folders])


def _write(target: Path, content: bytes) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
