"""An archive was put back: what it says still waits may have gone since it was made."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.notices.models import Notice, NoticeState, ReadMark


def doubt_restored(readers: Collection[str], *, at: datetime) -> int:
    """Leave to a person what waited when the archive was made, and let none of the readers of the log tell of its acts anew;
    how many wait for that person. 2 statements, 2 more a reader."""
    last = AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0
    for reader in readers:
        ReadMark.objects.update_or_create(reader=reader, defaults={"last_id": last})
    waiting = Notice.objects.filter(state__in=(NoticeState.WAITING, NoticeState.SENDING))
    why = "Còn chờ gửi khi sao lưu; có thể đã gửi sau lúc đó."
    return waiting.update(state=NoticeState.UNCERTAIN, changed_at=at, why=why)
