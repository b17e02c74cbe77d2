"""Reading the audit log."""

from datetime import datetime

from congvu.foundation.audit.models import AuditEntry


def of_object(object_kind: str, object_id: int, limit: int = 200) -> list[AuditEntry]:
    """The acts on one object, newest first. 1 statement."""
    return list(
        AuditEntry.objects.filter(object_kind=object_kind, object_id=object_id).order_by("-id")[:limit]
    )


def page(
    *,
    kind: str = "",
    object_id: int | None = None,
    actor_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before_id: int | None = None,
    limit: int = 50,
) -> list[AuditEntry]:
    """A page of the log, newest first, below `before_id` (keyset); one row more than `limit` when more follow. 1 statement."""
    found = AuditEntry.objects.order_by("-id")
    if kind:
        found = found.filter(object_kind=kind)
    if object_id is not None:
        found = found.filter(object_id=object_id)
    if actor_id is not None:
        found = found.filter(actor_id=actor_id)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    if before_id is not None:
        found = found.filter(id__lt=before_id)
    return list(found[: limit + 1])
