"""Thu báo cáo: who was asked, who sent, who is late, their numbers beside the whole; a unit's own part."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, read_day, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.reports.access import may_write, units_of
from congvu.reports.actions.collect_parts import ask_parts, consolidate, return_part, write_part
from congvu.reports.actions.write_report import mark_of
from congvu.reports.models import ReportPart, ReportVersion
from congvu.reports.queries.reports import has_open_version, late, part, parts_of
from congvu.reports.rules.numbers import Sum, Told, by_place, summed
from congvu.reports.rules.states import FROZEN, OPEN_PARTS, PART_STATES, SENT, TAKEN
from congvu.reports.rules.text import Asked, Span
from congvu.reports.web.marks import shown
from congvu.reports.web.report import found_version
from congvu.reports.web.telling import tell, value
from congvu.reports.web.words import PART_CHIPS


def parts_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """`/bao-cao/<id>/thu/`: 3 statements besides the session's."""
    known, actor, today = picture(), actor_of(request), clock.today()
    found = found_version(request, report_id, known)
    unit = found.report.unit_id
    if unit not in units_of(actor, today, known):
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            _act(request, found, actor)
            return redirect("report-parts", report_id=report_id)
        except Refused as said:
            refusal = said
    parts = parts_of(report_id)
    under = known.subtree([unit], today) - {unit}
    asked = {one.unit_id for one in parts}
    names = {one.unit_id: known.name(one.unit_id, today) for one in parts}
    context: dict[str, Any] = {
        "one": found, "report": found.report, "refusal": refusal, "due": request.POST.get("han", ""),
        "rows": [
            (one, names[one.unit_id], PART_STATES[one.state], PART_CHIPS[one.state], late(one, today)) for one in parts
        ],
        "sums": _sums(found, _apart(parts, today, known), names),
        "late": sum(late(one, today) and one.state in OPEN_PARTS for one in parts),
        "sent": sum(one.state in (SENT, TAKEN) for one in parts), "waiting": any(one.state == SENT for one in parts),
        "choices": [
            (pk, label, str(pk) in request.POST.getlist("don-vi"))
            for pk, label in unit_choices(today, known) if pk in under and pk not in asked
        ],
        "writable": may_write(actor, unit, today, known) and found.state not in FROZEN,
    }  # fmt: skip
    return render(request, "reports/web/parts.html", context, status=FORM_STATUS if refusal else 200)


def _apart(parts: list[ReportPart], today: date, known: Picture) -> list[ReportPart]:
    """The parts that were sent, without those of units under another that sent: their dossiers are in its numbers."""
    sent = [one for one in parts if one.state in (SENT, TAKEN)]
    under = {unit for one in sent for unit in known.subtree([one.unit_id], today) if unit != one.unit_id}
    return [one for one in sent if one.unit_id not in under]


def _sums(found: ReportVersion, parts: list[ReportPart], names: dict[int, str]) -> list[dict[str, Any]]:
    """Each count of the whole beside the sum of the parts that were sent."""
    wholes = {asked: one for asked, (_, one) in by_place(found.numbers).items()}
    sent = [(names[one.unit_id], by_place(one.numbers)) for one in parts]
    rows = []
    for asked, whole in wholes.items():
        if not sent or asked.unit or asked.span is not Span.THIS:
            continue
        of_units = [(name, told.get(asked, (0, None))[1]) for name, told in sent]
        rows.append(_sum_row(summed(of_units, whole), asked, whole))
    return rows


def _sum_row(told: Sum, asked: Asked, whole: Told) -> dict[str, Any]:
    total = ""
    if told.total is not None:
        top, bottom = told.total
        total = formats.number(top) if bottom is None else f"{formats.number(top)}/{formats.number(bottom)}"
    own = value(whole)
    if whole.share and whole.numerator is not None:
        own = f"{formats.number(whole.numerator)}/{formats.number(whole.denominator)}"
    return {
        "name": whole.name, "measure": whole.measure, "whole": own, "total": total or "không cộng được",
        "difference": told.difference, "missing": told.missing, "code": asked.code,
        "parts": [(name, value(one) if one else formats.NOTHING) for name, one in told.parts],
    }  # fmt: skip


def _act(request: HttpRequest, found: ReportVersion, actor: Actor) -> None:
    what, now = request.POST.get("viec", ""), clock.now()
    if what == "yeu-cau":
        due = read_day(request.POST.get("han", ""))
        if due is None:
            raise Refused("Không đọc được hạn gửi.", where="han", do="Viết dạng 30/11/2026.")
        units = [read_number(one) for one in request.POST.getlist("don-vi")]
        made = ask_parts(found.pk, units, due, by=actor, at=now)
        messages.success(request, f"Đã yêu cầu {len(made)} đơn vị.")
    elif what == "tong-hop":
        taken = consolidate(found.pk, by=actor, at=now)
        messages.success(request, f"Đã tổng hợp phần của {taken} đơn vị vào dự thảo.")
    else:
        raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")


def part_page(request: HttpRequest, part_id: int) -> HttpResponse:
    """`/bao-cao/phan/<id>/`: 3 statements besides the session's."""
    known, actor, today = picture(), actor_of(request), clock.today()
    found = part(part_id)
    seen = units_of(actor, today, known)
    if found is None or not (found.unit_id in seen or found.report.unit_id in seen):
        raise Http404
    body, refusal = found.body, None
    if request.method == "POST":
        body = request.POST.get("noi-dung", body)
        try:
            _act_on_part(request, found, body, actor)
            return redirect("report-part", part_id=part_id)
        except Refused as said:
            refusal = said
    telling = tell(found.body, found.numbers, {})
    closed = not has_open_version(found.report_id)
    open_now = found.state in OPEN_PARTS
    writable = open_now and not closed and may_write(actor, found.unit_id, today, known)
    context = {
        "one": found, "report": found.report, "unit_name": known.name(found.unit_id, today), "body": body,
        "state": PART_STATES[found.state], "chip": PART_CHIPS[found.state], "late": late(found, today),
        "rows": shown(telling, ""), "telling": telling, "refusal": refusal,
        "mark": request.POST.get("lan") or mark_of(found.body),
        "remarks": request.POST.get("y-kien", ""), "writable": writable,
        "unsaved": request.POST.get("noi-dung", "") if refusal and not writable else "",
        "may_return": not open_now and not closed and may_write(actor, found.report.unit_id, today, known),
    }  # fmt: skip
    return render(request, "reports/web/part.html", context, status=FORM_STATUS if refusal else 200)


def _act_on_part(request: HttpRequest, found: ReportPart, body: str, actor: Actor) -> None:
    what, now = request.POST.get("viec", ""), clock.now()
    read_as = request.POST.get("lan", "")
    if what == "luu":
        write_part(found.pk, body, read_as=read_as, by=actor, at=now)
        messages.success(request, "Đã lưu, các số đã tính lại.")
    elif what == "gui":
        write_part(found.pk, body, read_as=read_as, send=True, by=actor, at=now)
        messages.success(request, "Đã gửi cơ quan tổng hợp.")
    elif what == "tra-lai":
        return_part(found.pk, request.POST.get("y-kien", ""), by=actor, at=now)
        messages.success(request, "Đã trả lại đơn vị.")
    else:
        raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")
