"""Putting messages into the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congvu.foundation.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A message to be sent. `key` is made of what it tells of and the channel: the same key is the same notice."""

    key: str
    channel: str
    to: str
    text: str
    subject: str = ""
    about_id: int | None = None
    about: str = ""
    kind: str = ""
    template_version: int = 0


def put(wanted: Sequence[NewNotice], *, at: datetime) -> None:
    """Put messages into the outbox, in the caller's transaction. 1 statement for any number; known keys are left alone."""
    Notice.objects.bulk_create(
        (
            Notice(
                key=one.key, channel=one.channel, to=one.to, subject=one.subject[:300], text=one.text,
                about_id=one.about_id, about=one.about, kind=one.kind, template_version=one.template_version,
                created_at=at, next_try_at=at, changed_at=at,
            )
            for one in wanted
        ),
        ignore_conflicts=True,
    )  # fmt: skip
