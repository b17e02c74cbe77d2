"""The office's own words for a notice. A version is never edited: the newest counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.notices.models import Channel, NoticeTemplate
from congvu.foundation.notices.rules.filling import checked
from congvu.foundation.refusal import Refused

LONGEST = {Channel.EMAIL: 8000, Channel.SMS: 600}


@dataclass(frozen=True, slots=True)
class Words:
    """What a template says. Empty text: the programme's own words."""

    text: str
    subject: str = ""
    unmarked: bool = False
    silent: bool = False


def change_template(
    kind: str, channel: Channel, words: Words, known: Collection[str], *, by: Actor, at: datetime
) -> int:
    """Put the office's words in place; their version. Refuses an unknown place, naming it. 3 statements."""
    if not (by.system or by.has(ADMIN)):
        raise Refused("Chỉ quản trị viên đổi mẫu thông báo.", do="Đề nghị quản trị viên của đơn vị.")
    if len(words.text) > LONGEST[channel]:
        raise Refused(f"Nội dung dài quá {LONGEST[channel]} ký tự.", where="text", do="Rút gọn lại.")
    checked(words.text, known, where="text")
    checked(words.subject, known, where="subject")
    with transaction.atomic():
        same = NoticeTemplate.objects.filter(kind=kind, channel=channel)
        version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        made = NoticeTemplate.objects.create(
            kind=kind, channel=channel, version=version, subject=words.subject, text=words.text,
            unmarked=words.unmarked, silent=words.silent, added_at=at, added_by=by.account_id,
        )  # fmt: skip
        after = {"kind": kind, "channel": channel.value, "version": version, "silent": words.silent}
        record("change_template", "noticetemplate", made.pk, by=by, at=at, after=after)
    return version


def newest_templates() -> dict[tuple[str, str], NoticeTemplate]:
    """The newest version of every kind and channel the office has changed. 1 statement."""
    rows = NoticeTemplate.objects.order_by("kind", "channel", "-version").distinct("kind", "channel")
    return {(row.kind, row.channel): row for row in rows}


def versions_of(kind: str, channel: Channel, most: int = 20) -> list[NoticeTemplate]:
    """The versions of one kind and channel, newest first. 1 statement."""
    return list(NoticeTemplate.objects.filter(kind=kind, channel=channel).order_by("-version")[:most])
