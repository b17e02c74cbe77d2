"""Thu báo cáo: units are asked for their parts until a day, write and send them; the report's unit returns a part to be
mended, or takes all that came into its own text."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import Channel
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.reports.access import refuse_unless_writes
from congvu.reports.actions.reckoning import about, clean, reckoned, reckoned_parts, today_of
from congvu.reports.actions.write_report import mark_of, write_report
from congvu.reports.models import ReportPart, ReportVersion
from congvu.reports.queries.reports import has_open_version, held
from congvu.reports.queries.templates import body_of, every_start
from congvu.reports.rules.consolidation import consolidated
from congvu.reports.rules.states import ASKED, FROZEN, OPEN_PARTS, PART_STATES, RETURNED, SENT, TAKEN
from congvu.tasks.actions.remind_missing import focal_officers

NOTICE = "report_part"


@transaction.atomic
def ask_parts(
    version_id: int, unit_ids: Sequence[int], due: date, *, by: Actor, at: datetime
) -> list[ReportPart]:
    """Ask units under the report's for their parts. A unit asked before keeps its part. 8 statements and those of the
    figures: computed ones asked once for all units, those entered by hand once a unit; all parts
    begin with the template's text and the unit's own numbers. Focal officers are told by letter.

    Refuses a day that is past, a unit that is not under the report's, and a report that is approved.
    """
    known, today = picture(), today_of(at)
    found = held(version_id)
    report = found.report
    refuse_unless_writes(by, report.unit_id, today, known)
    _refuse_frozen(found)
    if due < today:
        raise Refused(f"Hạn gửi {due:%d/%m/%Y} đã qua.", where="han", do="Chọn ngày từ hôm nay trở đi.")
    under = known.subtree([report.unit_id], today) - {report.unit_id}
    if not unit_ids or not set(unit_ids) <= under:
        raise Refused(
            "Chưa chọn đơn vị, hoặc có đơn vị không trực thuộc.",
            where="don-vi",
            do="Chọn các đơn vị cấp dưới.",
        )
    there = set(ReportPart.objects.filter(report=report, unit__in=unit_ids).values_list("unit_id", flat=True))
    body = body_of(report.template, report.unit_id)
    wanted = [unit for unit in dict.fromkeys(unit_ids) if unit not in there]
    numbers = reckoned_parts(body, report, wanted, today, known)
    made = [
        ReportPart(
            report=report, unit_id=unit, due=due, state=ASKED, body=body, numbers=numbers[unit], reckoned_at=at,
            asked_at=at, asked_by=by.name[:200],
        )
        for unit in wanted
    ]  # fmt: skip
    ReportPart.objects.bulk_create(made)
    asked = [(one.pk, None, {"unit": one.unit_id, "due": due.isoformat()}) for one in made]
    record_many("reports.ask_parts", "report_part", asked, by=by, at=at)
    if made:
        _tell_focal_officers(made, known, today, at)
    return made


def _tell_focal_officers(parts: Sequence[ReportPart], known: Picture, today: date, at: datetime) -> None:
    """A letter a unit, to who follows the work of reform there. 2 statements."""
    focal = focal_officers([one.unit_id for one in parts], today)
    letters = [
        NewNotice(
            key=f"report_part:{one.pk}",
            channel=Channel.EMAIL,
            to=who.email,
            subject=f"Yêu cầu báo cáo: {one.report.title}",
            text=(
                f"Kính gửi {who.name}, {known.name(one.unit_id, today)}.\n"
                f"Đề nghị đơn vị gửi phần của mình trong {one.report.title} chậm nhất ngày {one.due:%d/%m/%Y}, "
                "tại mục Báo cáo trên hệ thống. Số liệu của đơn vị đã tính sẵn, chỉ ghi phần lời."
            ),
            kind=NOTICE,
        )
        for one in parts
        if (who := focal.get(one.unit_id)) is not None and who.email
    ]
    put(letters, at=at)


@transaction.atomic
def write_part(
    part_id: int, body: str, *, read_as: str | None, send: bool = False, by: Actor, at: datetime
) -> ReportPart:
    """A unit's text, with its numbers reckoned; `send` hands it to who asked. 5 statements and those of its figures."""
    known, today = picture(), today_of(at)
    found = _held(part_id, by, today, known)
    _refuse_closed(found)
    if found.state not in OPEN_PARTS:
        raise Refused(
            f"Phần này ở bước «{PART_STATES[found.state]}».",
            do="Đề nghị cơ quan tổng hợp trả lại nếu cần sửa.",
        )
    if read_as is not None and read_as != mark_of(found.body):
        raise Refused(
            "Người khác vừa lưu phần này.",
            where="noi-dung",
            do="Chép phần bạn soạn ra, mở lại trang rồi ghép vào.",
        )
    before = PART_STATES[found.state]
    found.body = clean(body)
    told = reckoned(found.body, about(found.report, today, unit_id=found.unit_id), known)
    found.numbers, found.reckoned_at = told.numbers, at
    if send:
        found.state, found.sent_at, found.sent_by = SENT, at, by.name[:200]
    found.save()
    rows = [(found.pk, {"state": before}, {"state": PART_STATES[found.state], "text": mark_of(found.body)})]
    record_many("reports.send_part" if send else "reports.write_part", "report_part", rows, by=by, at=at)
    return found


@transaction.atomic
def return_part(part_id: int, remarks: str, *, by: Actor, at: datetime) -> ReportPart:
    """Back to the unit with what is to be mended. 5 statements."""
    known, today = picture(), today_of(at)
    found = _locked(part_id)
    refuse_unless_writes(by, found.report.unit_id, today, known)
    said = composed(remarks.replace("\x00", ""))
    if not said:
        raise Refused("Chưa ghi điều cần sửa.", where="y-kien", do="Ghi rõ đơn vị cần sửa gì.")
    _refuse_closed(found)
    if found.state not in (SENT, TAKEN):
        raise Refused("Đơn vị chưa gửi phần này.", do="Chờ đơn vị gửi.")
    before = PART_STATES[found.state]
    found.state, found.remarks = RETURNED, said[:2000]
    found.save(update_fields=["state", "remarks"])
    rows = [(found.pk, {"state": before}, {"state": PART_STATES[RETURNED], "remarks": said[:2000]})]
    record_many("reports.return_part", "report_part", rows, by=by, at=at)
    return found


@transaction.atomic
def consolidate(version_id: int, *, by: Actor, at: datetime) -> int:
    """Take what units sent into the draft: their own words under the headings they stand under, each with the unit's name.
    Numbers are not copied: the report's own figures tell the whole. Returns how many parts were taken; a part taken before
    is not taken twice. 6 statements and those of the figures."""
    known, today = picture(), today_of(at)
    found = held(version_id)
    refuse_unless_writes(by, found.report.unit_id, today, known)
    _refuse_frozen(found)
    sent = list(
        ReportPart.objects.select_for_update(of=("self",))
        .filter(report=found.report_id, state=SENT)
        .order_by("unit_id")
    )
    if not sent:
        return 0
    start = every_start(found.report.template)  # a part may have begun before the office changed its template
    words = [(known.name(one.unit_id, today), one.body) for one in sent]
    write_report(
        found.pk, consolidated(found.body, words, start), read_as=None, by=by, at=at, own_words=False
    )
    ReportPart.objects.filter(pk__in=[one.pk for one in sent]).update(state=TAKEN)
    rows = [(one.pk, {"state": PART_STATES[SENT]}, {"state": PART_STATES[TAKEN]}) for one in sent]
    record_many("reports.take_part", "report_part", rows, by=by, at=at)
    return len(sent)


def _refuse_closed(found: ReportPart) -> None:
    if not has_open_version(found.report_id):
        raise Refused(
            "Báo cáo đã duyệt, không thu thêm.",
            do="Đề nghị cơ quan tổng hợp mở lại báo cáo thành bản mới.",
        )


def _refuse_frozen(found: ReportVersion) -> None:
    if found.state in FROZEN:
        raise Refused("Báo cáo đã duyệt, không thu thêm.", do="Mở lại thành bản mới.")


def _locked(part_id: int) -> ReportPart:
    found = (
        ReportPart.objects.select_for_update(of=("self",)).select_related("report").filter(pk=part_id).first()
    )
    if found is None:
        raise Refused("Không có phần báo cáo này.", do="Mở lại danh sách báo cáo.")
    return found


def _held(part_id: int, by: Actor, today: date, known: Picture) -> ReportPart:
    found = _locked(part_id)
    refuse_unless_writes(by, found.unit_id, today, known)
    return found
