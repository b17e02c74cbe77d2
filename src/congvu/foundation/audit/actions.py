"""Writing the audit log. Set-based verbs write their rows inside their own statement; others call `record`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor


def record(
    verb: str,
    object_kind: str,
    object_id: int,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One act on one object. 1 statement, in the caller's transaction."""
    record_many(verb, object_kind, [(object_id, before, after)], by=by, at=at, why=why)


def record_many(
    verb: str,
    object_kind: str,
    objects: Iterable[tuple[int, Mapping[str, Any] | None, Mapping[str, Any] | None]],
    *,
    by: Actor,
    at: datetime,
    why: str = "",
) -> None:
    """One act on a set of objects, each (id, before, after). 1 statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            actor_id=by.account_id,
            actor_name=by.name,
            office_id=by.office_id,
            verb=verb,
            object_kind=object_kind,
            object_id=object_id,
            why=why,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
        )
        for object_id, before, after in objects
    )
