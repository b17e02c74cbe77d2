"""The hash chain over the audit log: sealing by a job, verifying by a command, both in constant memory.

A seal covers a range of ids. Rows of transactions still open when a range is sealed would slip under it, so the
job takes a share lock first: it waits for writers to commit and lets none begin before it has read the range.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from congvu.foundation.audit.models import AuditSeal
from congvu.foundation.sql import stream

GENESIS = "0" * 64
BATCH = 50_000
_COLUMNS = "id, at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found. `problems` are sentences; an empty tuple means the log is whole."""

    seals: int
    rows: int
    unsealed: int
    head: str
    problems: tuple[str, ...]


def _row_text(row: tuple[Any, ...]) -> bytes:
    """The canonical bytes of a row. JSON with sorted keys; moments in UTC, so the session's zone does not matter."""
    plain = [value.timestamp().hex() if isinstance(value, datetime) else value for value in row]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _digest(first: int, last: int) -> tuple[str, int]:
    sha, count = hashlib.sha256(), 0
    query = f"SELECT {_COLUMNS} FROM audit_auditentry WHERE id BETWEEN %(a)s AND %(b)s ORDER BY id"  # noqa: S608 constant columns
    for row in stream(query, {"a": first, "b": last}):
        sha.update(_row_text(row))
        count += 1
    return sha.hexdigest(), count


def _link(previous: str, first: int, last: int, rows: int, digest: str) -> str:
    return hashlib.sha256(f"{previous}|{first}|{last}|{rows}|{digest}".encode()).hexdigest()


def seal(*, at: datetime) -> int:
    """Seal every row not yet sealed, in links of at most 50,000. Returns the number of rows sealed."""
    total = 0
    while (sealed := _seal_one(at)) > 0:
        total += sealed
    return total


def _seal_one(at: datetime) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute("LOCK TABLE audit_auditseal IN EXCLUSIVE MODE")
            cursor.execute("LOCK TABLE audit_auditentry IN SHARE MODE")
            last_seal = AuditSeal.objects.order_by("-last_id").first()
            after = last_seal.last_id if last_seal else 0
            cursor.execute(
                "SELECT min(id), max(id) FROM (SELECT id FROM audit_auditentry WHERE id > %s ORDER BY id LIMIT %s) x",
                [after, BATCH],
            )
            first, last = cursor.fetchone()
        if first is None:
            return 0
        digest, rows = _digest(first, last)
        previous = last_seal.head if last_seal else GENESIS
        AuditSeal.objects.create(
            first_id=first,
            last_id=last,
            rows=rows,
            previous_head=previous,
            head=_link(previous, first, last, rows, digest),
            sealed_at=at,
        )
        return rows


def verify() -> Verdict:
    """Recompute the whole chain. Reads every row once, in constant memory."""
    problems: list[str] = []
    previous, rows, seals, end = GENESIS, 0, 0, 0
    with transaction.atomic():
        for link in AuditSeal.objects.order_by("first_id").iterator():
            seals += 1
            strays = _count(end, link.first_id)
            if strays:
                problems.append(
                    f"{strays} dòng nằm giữa mã {end} và {link.first_id} không thuộc niêm phong nào."
                )
            digest, found = _digest(link.first_id, link.last_id)
            rows += found
            if found != link.rows:
                problems.append(
                    f"Niêm phong {link.first_id}–{link.last_id}: có {found} dòng, đã niêm {link.rows}."
                )
            if link.previous_head != previous:
                problems.append(f"Niêm phong {link.first_id}–{link.last_id} không nối với niêm phong trước.")
            if _link(link.previous_head, link.first_id, link.last_id, link.rows, digest) != link.head:
                problems.append(f"Niêm phong {link.first_id}–{link.last_id}: nội dung đã bị thay đổi.")
            previous, end = link.head, link.last_id
        unsealed = _count(end, None)
    return Verdict(seals, rows, unsealed, previous, tuple(problems))


def _count(after: int, before: int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_auditentry WHERE id > %s AND (%s::bigint IS NULL OR id < %s)",
            [after, before, before],
        )
        return int(cursor.fetchone()[0])
