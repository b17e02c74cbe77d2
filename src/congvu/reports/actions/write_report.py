"""Soạn báo cáo: the text of a draft is written, its figures reckoned again; a checked draft goes back to draft."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.reports.access import refuse_unless_writes, with_writer
from congvu.reports.actions.reckoning import about, clean, reckoned, today_of
from congvu.reports.models import ReportVersion
from congvu.reports.queries.reports import held
from congvu.reports.rules.states import DRAFT, FROZEN


def mark_of(body: str) -> str:
    """What an editor's page carries, so that a text somebody else wrote meanwhile is not overwritten."""
    return sha256(body.encode()).hexdigest()[:16]


@transaction.atomic
def write_report(
    version_id: int, body: str, *, read_as: str | None, by: Actor, at: datetime, own_words: bool = True
) -> ReportVersion:
    """The draft with its new text and numbers. 4 statements and those of its figures. `read_as`: `mark_of` the text the
    writer began from; None writes whatever stands there. `own_words` False: what is written is of others, and who puts it
    there is no writer of it.

    Refuses who does not write for the unit, a version that is frozen, and a text changed meanwhile.
    """
    known, today = picture(), today_of(at)
    found = held(version_id)
    refuse_unless_writes(by, found.report.unit_id, today, known)
    if found.state in FROZEN:
        raise Refused("Báo cáo đã duyệt, không sửa được.", do="Mở lại thành bản mới rồi sửa.")
    if read_as is not None and read_as != mark_of(found.body):
        raise Refused(
            "Người khác vừa lưu báo cáo này.",
            where="noi-dung",
            do="Chép phần bạn soạn ra, mở lại trang rồi ghép vào.",
        )
    text = clean(body)
    told = reckoned(text, about(found.report, today), known)
    changed = text != found.body
    found.body, found.numbers, found.charts, found.reckoned_at = text, told.numbers, told.charts, at
    if changed:
        found.state, found.checked_at, found.checked_by = DRAFT, None, ""
        if own_words:
            found.drafter_id, found.drafted_by = by.account_id, by.name[:200]
            found.writers = with_writer(found.writers, by)
    found.save()
    if changed:
        record(
            "reports.write_report", "report", found.report_id, by=by, at=at,
            after={"version": found.version, "text": mark_of(text)},
        )  # fmt: skip
    return found
