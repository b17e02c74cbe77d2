"""Đọc hồ sơ: opening a file is an act. Allowed or refused, and every reading stands in the log before it is shown."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.people.access import Sight
from congvu.people.actions.requests import ARTICLE
from congvu.people.models import FileRequest
from congvu.people.queries.card import Card
from congvu.people.queries.file import File, Sensitive, open_file


class NotGranted(Refused):
    status = 403


@dataclass(frozen=True, slots=True)
class Reading:
    """The file, and its sensitive facts when they were granted too. `until`: the last day of the grant, None for a keeper."""

    file: File
    sensitive: Sensitive | None
    until: date | None


def read_file(
    found: Card, sight: Sight, *, on: date, known_at: datetime | None, by: Actor, at: datetime
) -> Reading:
    """Open the file of someone the reader sees. 3 statements.

    Keepers read as their duty; others under a request granted for today. Sensitive facts need a grant that says so,
    whoever reads.
    """
    today = at.date()
    grants = list(
        FileRequest.objects.filter(
            person=found.id, asked_by=by.account_id, granted=True, valid_from__lte=today, valid_to__gte=today
        ).order_by("-sensitive", "-valid_to")
    )
    keeps = found.home in sight.keeps
    if not keeps and not grants:
        raise NotGranted(
            f"Hồ sơ {found.number} chỉ mở theo yêu cầu đã được cho phép.",
            where="",
            do="Gửi yêu cầu nghiên cứu hồ sơ, ghi mục đích và thời gian.",
            article=ARTICLE,
        )
    why = grants[0].purpose if grants else "Người giữ hồ sơ"
    asked = {"on": on.isoformat(), "request": grants[0].pk if grants else None}
    with_sensitive = bool(grants) and grants[0].sensitive
    verb = "people.read_sensitive" if with_sensitive else "people.read_file"
    record(verb, "person", found.id, by=by, at=at, why=why, after=asked)  # one statement: whole or not at all
    until = None if keeps else max(one.valid_to for one in grants)
    file, sensitive = open_file(found.id, on, known_at, with_sensitive=with_sensitive)
    return Reading(file, sensitive, until)
