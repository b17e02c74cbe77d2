"""Kiểm tra, trả lại, duyệt, phát hành, mở lại: the steps of a report after it was drafted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.reports.access import may_approve, may_check, refuse_unless, refuse_unless_writes, with_writer
from congvu.reports.actions.reckoning import about, reckoned, today_of
from congvu.reports.actions.write_report import mark_of
from congvu.reports.models import ReportVersion
from congvu.reports.queries.numbers import quiet_moment
from congvu.reports.queries.reports import held
from congvu.reports.rules.numbers import by_place, canonical, digest, missing
from congvu.reports.rules.states import APPROVED, CHECKED, DRAFT, FROZEN, PUBLISHED, STATES, refuse_step
from congvu.reports.rules.text import read


@dataclass(frozen=True, slots=True)
class Paper:
    """The number, day and signature a published report bears."""

    number: str
    signed_on: date
    signer_title: str = ""
    signer_name: str = ""
    recipients: str = ""


@transaction.atomic
def check_report(version_id: int, *, by: Actor, at: datetime, read_as: str | None = None) -> ReportVersion:
    """Checked by somebody who wrote nothing of it. 4 statements. Checked again by a second press: nothing changes.
    `read_as`: `mark_of` the text that was read; None takes whatever stands there."""
    found = held(version_id)
    _refuse_other_text(found, read_as)
    if found.state == CHECKED:
        return found
    refuse_step(found.state, CHECKED)
    refuse_unless(may_check(by, found, found.report.unit_id, today_of(at), picture()))
    _refuse_unfinished(found.body, found.numbers)
    return _to(found, CHECKED, "reports.check_report", by, at, checked_at=at, checked_by=by.name[:200])


@transaction.atomic
def send_back_report(version_id: int, remarks: str, *, by: Actor, at: datetime) -> ReportVersion:
    """Back to draft with what is to be mended. 4 statements."""
    found = held(version_id)
    said = _typed(remarks)
    if not said:
        raise Refused("Chưa ghi điều cần sửa.", where="y-kien", do="Ghi rõ cần sửa gì.")
    if found.state != CHECKED:
        refuse_step(found.state, DRAFT)
    refuse_unless(may_check(by, found, found.report.unit_id, today_of(at), picture()))
    return _to(
        found, DRAFT, "reports.send_back_report", by, at, remarks=said[:2000], checked_at=None, checked_by=""
    )


@transaction.atomic
def approve_report(version_id: int, *, by: Actor, at: datetime, read_as: str | None = None) -> ReportVersion:
    """Approved and frozen: every figure is reckoned a last time as known at a moment of which all recording is finished,
    with the digest of the records behind it; text, numbers and charts stand for ever. 5 statements and those of its figures,
    one more a number over dossiers.

    Refuses a report that is not checked, a figure that is gone or has no number, who wrote in it, and a text other than
    the one read (`read_as` as in `check_report`).
    """
    found, known, today = held(version_id), picture(), today_of(at)
    _refuse_other_text(found, read_as)
    if found.state == APPROVED:
        return found
    refuse_step(found.state, APPROVED)
    refuse_unless(may_approve(by, found, found.report.unit_id, today, known))
    known_at = quiet_moment(at)
    told = reckoned(found.body, about(found.report, today, known_at=known_at), known, digests=True)
    _refuse_unfinished(found.body, told.numbers)
    return _to(
        found, APPROVED, "reports.approve_report", by, at, numbers=told.numbers, charts=told.charts,
        reckoned_at=at, known_at=known_at, approved_at=at, approved_by=by.name[:200],
        sha256=digest(canonical(found.body, told.numbers, told.charts)),
    )  # fmt: skip


@transaction.atomic
def publish_report(version_id: int, paper: Paper, *, by: Actor, at: datetime) -> ReportVersion:
    """Given its number and day. 4 statements. Refuses a report that is not approved, a missing number."""
    found = held(version_id)
    number = _typed(paper.number)[:60]
    if found.state == PUBLISHED and found.number == number:
        return found
    refuse_step(found.state, PUBLISHED)
    refuse_unless_writes(by, found.report.unit_id, today_of(at), picture())
    if not number:
        raise Refused("Thiếu số, ký hiệu.", where="so-ky-hieu", do="Ghi số, ký hiệu, ví dụ 15/BC-UBND.")
    if found.approved_at is not None and paper.signed_on < today_of(found.approved_at):
        raise Refused("Ngày ký trước ngày duyệt.", where="ngay-ky", do="Ghi ngày ký từ ngày duyệt trở đi.")
    return _to(
        found, PUBLISHED, "reports.publish_report", by, at, number=number, signed_on=paper.signed_on,
        signer_title=_typed(paper.signer_title)[:200], signer_name=_typed(paper.signer_name)[:120],
        recipients="\n".join(_typed(line) for line in paper.recipients.splitlines() if line.strip())[:2000],
        published_at=at, published_by=by.name[:200],
    )  # fmt: skip


@transaction.atomic
def reopen_report(version_id: int, reason: str, *, by: Actor, at: datetime) -> ReportVersion:
    """A new version as a draft with the same text; the approved one stays as it is. 5 statements and those of its figures.
    Refuses without a reason, and while another version is under way."""
    found, known, today = held(version_id), picture(), today_of(at)
    refuse_unless_writes(by, found.report.unit_id, today, known)
    said = _typed(reason)
    if not said:
        raise Refused("Chưa ghi lý do mở lại.", where="ly-do", do="Ghi rõ vì sao phải sửa báo cáo đã duyệt.")
    newest = ReportVersion.objects.filter(report=found.report_id).order_by("-version").defer("body").first()
    assert newest is not None  # the one that was found is among them
    if newest.state not in FROZEN:
        raise Refused(f"Bản {newest.version} đang soạn.", do="Sửa bản đó.")
    told = reckoned(found.body, about(found.report, today), known)
    made = ReportVersion.objects.create(
        report=found.report, version=newest.version + 1, state=DRAFT, body=found.body, numbers=told.numbers,
        charts=told.charts, reckoned_at=at, reason=said[:500], drafted_at=at, drafted_by=by.name[:200],
        drafter_id=by.account_id, writers=with_writer([], by),
    )  # fmt: skip
    record(
        "reports.reopen_report", "report", found.report_id, by=by, at=at, why=said[:500],
        after={"version": made.version},
    )  # fmt: skip
    return made


def _typed(said: str) -> str:
    """Without the letter no database keeps."""
    return composed(said.replace("\x00", ""))


def _refuse_other_text(found: ReportVersion, read_as: str | None) -> None:
    if read_as is not None and read_as != mark_of(found.body):
        raise Refused(
            "Nội dung báo cáo đã thay đổi từ khi bạn mở trang.", do="Đọc lại nội dung dưới đây rồi bấm lại."
        )


def _refuse_unfinished(body: str, numbers: list[dict[str, object]]) -> None:
    """A report whose text is not understood or that names a figure without a number goes no further."""
    text = read(body)
    if text.problems:
        first = text.problems[0]
        raise Refused(f"Dòng {first.line}: {first.what}", where="noi-dung", do=first.do)
    places = by_place(numbers)
    gone = missing(text.refs, places)
    if gone:
        one = gone[0]
        line = next(
            block.line
            for block in text.blocks
            if any(getattr(piece, "asked", None) == one for piece in block.all_pieces)
        )
        why = places[one][1].gone if one in places else "Chưa tính."
        raise Refused(
            f"Dòng {line}: số liệu «{one.code}» không có giá trị. {why}",
            where="noi-dung",
            do="Nhập số ấy, thay bằng số liệu khác, hoặc bỏ khỏi văn bản.",
        )


def _to(
    found: ReportVersion, state: str, verb: str, by: Actor, at: datetime, **facts: object
) -> ReportVersion:
    before = STATES[found.state]
    found.state = state
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=["state", *facts])
    after = {"state": STATES[state], "version": found.version}
    for name in ("number", "sha256", "remarks"):
        if name in facts:
            after[name] = facts[name]
    record(verb, "report", found.report_id, by=by, at=at, before={"state": before}, after=after)
    return found
