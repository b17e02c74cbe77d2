"""Đọc hồ sơ: opening a file is an act. Allowed or refused, and every reading stands in the log before it is shown."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.people.access import Sight
from congvu.people.actions.requests import ARTICLE
from congvu.people.models import FilePart, FileRequest
from congvu.people.queries.card import Card
from congvu.people.queries.file import File, Sensitive, open_file


class NotGranted(Refused):
    status = 403


class NotInFile(Refused):
    status = 404


@dataclass(frozen=True, slots=True)
class Leave:
    """By what right someone reads. `until`: the last day of the grant, None for a keeper."""

    why: str
    request: int | None
    sensitive: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The file, and its sensitive facts when they were granted too. `until`: the last day of the grant, None for a keeper."""

    file: File
    sensitive: Sensitive | None
    until: date | None


def leave_to_read(found: Card, sight: Sight, *, by: Actor, at: datetime) -> Leave:
    """Keepers read as their duty; others under a request granted for today. Sensitive facts need a grant that says so,
    whoever reads. 1 statement. Refuses everybody else.
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
    until = None if keeps else max(one.valid_to for one in grants)
    if not grants:
        return Leave("Người giữ hồ sơ", None, False, until)
    return Leave(grants[0].purpose, grants[0].pk, grants[0].sensitive, until)


def read_file(
    found: Card,
    sight: Sight,
    *,
    on: date,
    known_at: datetime | None,
    by: Actor,
    at: datetime,
    printed: bool = False,
) -> Reading:
    """Open the file of someone the reader sees, on the screen or `printed` as form 2C. 3 statements."""
    leave = leave_to_read(found, sight, by=by, at=at)
    asked = {"on": on.isoformat(), "request": leave.request}
    verb = "people.read_sensitive" if leave.sensitive else "people.read_file"
    if printed:
        verb, asked = "people.print_form", {**asked, "sensitive": leave.sensitive}
    record(
        verb, "person", found.id, by=by, at=at, why=leave.why, after=asked
    )  # one statement: whole or not at all
    file, sensitive = open_file(found.id, on, known_at, with_sensitive=leave.sensitive)
    return Reading(file, sensitive, leave.until)


def read_paper(found: Card, sight: Sight, part_id: int, *, by: Actor, at: datetime) -> FilePart:
    """A paper of the file with its scan, to be sent. 3 statements, one more without a grant for sensitive ones; the
    reading is in the log first.

    A corrected paper is read like the one in its place. Refuses a sensitive one, or one whose scan was found sensitive
    since, without a grant of its own; one that was destroyed; one without a scan.
    """
    leave = leave_to_read(found, sight, by=by, at=at)
    paper = (
        FilePart.objects.select_related("file", "destruction")
        .filter(pk=part_id, person=found.id, kind="paper")
        .first()
    )
    if paper is None:
        raise NotInFile("Không có tài liệu này trong hồ sơ.", do="Mở lại từ mục lục hồ sơ.")
    if not leave.sensitive and (paper.sensitive or _found_sensitive(paper)):
        raise NotGranted(
            "Tài liệu nhạy cảm chỉ mở theo yêu cầu được cho phép riêng.",
            do="Gửi yêu cầu nghiên cứu hồ sơ, đánh dấu cần thông tin nhạy cảm.",
            article=ARTICLE,
        )
    if paper.destruction is not None:
        raise NotInFile(f"Tài liệu đã hủy theo {paper.destruction.decision_number}.", do="Xem mục lục hồ sơ.")
    if paper.file is None:
        raise NotInFile("Tài liệu này chưa có bản quét.", do="Đề nghị người giữ hồ sơ quét bổ sung.")
    after = {"paper": paper.pk, "file": paper.file.sha256, "request": leave.request}
    record("people.read_paper", "person", found.id, by=by, at=at, why=leave.why, after=after)
    return paper


def _found_sensitive(paper: FilePart) -> bool:
    """Whether the same scan is sensitive by a later row, or by one now believed. 1 statement, none without a scan."""
    if paper.file_id is None:
        return False
    rows = FilePart.objects.filter(person=paper.person_id, file=paper.file_id, sensitive=True)
    return rows.filter(Q(pk__gt=paper.pk) | Q(superseded_at=None)).exists()
