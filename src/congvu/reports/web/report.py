"""A report as it is read: the text with its numbers, each opening its records; its steps; its versions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_day, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.reports.access import may_approve, may_check, may_write, units_of
from congvu.reports.actions.move_report import (
    Paper,
    approve_report,
    check_report,
    publish_report,
    reopen_report,
    send_back_report,
)
from congvu.reports.actions.write_report import mark_of
from congvu.reports.models import ReportVersion
from congvu.reports.queries.numbers import About
from congvu.reports.queries.reports import version, versions_of
from congvu.reports.rules.states import APPROVED, CHECKED, DRAFT, FROZEN, STATES
from congvu.reports.rules.templates import BY_CODE
from congvu.reports.web.drawer import Opened, opened
from congvu.reports.web.marks import shown
from congvu.reports.web.telling import Telling, tell
from congvu.reports.web.words import CHIPS

_TYPED = {
    "remarks": "y-kien", "reason": "ly-do", "number": "so-ky-hieu", "day": "ngay-ky", "position": "chuc-vu",
    "name": "ho-ten", "recipients": "noi-nhan",
}  # fmt: skip


def report_page(request: HttpRequest, report_id: int) -> HttpResponse:
    """`/bao-cao/<id>/`: the newest version or `?ban=`; `?so=` opens a number. 4 statements besides the session's, 8 with a
    number open."""
    known, actor, today = picture(), actor_of(request), clock.today()
    found = found_version(request, report_id, known)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, found, actor)
        except Refused as said:
            refusal = said
    held = versions_of(report_id, units_of(actor, today, known))
    telling = tell(found.body, found.numbers, found.charts)
    base = f"{reverse('report', args=[report_id])}?ban={found.version}&"
    n, part = read_number(request.GET.get("so", "")), request.GET.get("phan", "")
    drawer = _drawer(request, found, telling, n, part, actor, known, base)
    report = found.report
    context: dict[str, Any] = {
        "one": found, "report": report, "state": STATES[found.state], "chip": CHIPS[found.state],
        "unit_name": known.name(report.unit_id, report.last), "template": BY_CODE[report.template],
        "rows": shown(telling, base, (n, part)), "telling": telling, "base": base, "drawer": drawer, "n": n, "part": part,
        "toc": [one for one in shown(telling, base) if one.kind == "part"],
        "versions": [(one, STATES[one.state], CHIPS[one.state]) for one in held],
        "frozen": found.state in FROZEN, "refusal": refusal,
        "typed": {name: request.POST.get(field, "") for name, field in _TYPED.items()},
        "mark": mark_of(found.body), "newest": bool(held) and held[0].pk == found.pk, **_rights(found, actor, today, known),
    }  # fmt: skip
    return render(request, "reports/web/report.html", context, status=FORM_STATUS if refusal else 200)


def found_version(request: HttpRequest, report_id: int, known: Picture) -> ReportVersion:
    """The version asked, else the newest, of those the reader may read. 1 statement. 404 for any other."""
    typed = request.GET.get("ban", "")
    seen = units_of(actor_of(request), clock.today(), known)
    found = version(report_id, read_number(typed) if typed else None, seen)
    if found is None:
        raise Http404("Không có báo cáo này, hoặc bạn không xem được.")
    return found


def about_of(found: ReportVersion, today: date) -> About:
    """What the version's numbers speak of; as known at its approval."""
    report = found.report
    return About(report.unit_id, report.first, report.last, today, found.known_at)


def _drawer(
    request: HttpRequest,
    found: ReportVersion,
    telling: Telling,
    n: int,
    part: str,
    actor: Actor,
    known: Picture,
    base: str,
) -> Opened | None:
    told = dict(telling.numbers).get(n)
    if told is None or told.gone:
        return None
    about = about_of(found, clock.today())
    return opened(told, part, about, actor, known, base, n, request.GET.get("sau", ""))


def _rights(found: ReportVersion, actor: Actor, today: date, known: Picture) -> dict[str, Any]:
    unit = found.report.unit_id
    writes = may_write(actor, unit, today, known)
    return {
        "writes": writes,
        "writable": writes and found.state not in FROZEN,
        "check_no": may_check(actor, found, unit, today, known) if found.state in (DRAFT, CHECKED) else "",
        "approve_no": may_approve(actor, found, unit, today, known) if found.state == CHECKED else "",
        "may_publish": writes and found.state == APPROVED,
    }


def _act(request: HttpRequest, found: ReportVersion, actor: Actor) -> HttpResponse:
    what, now = request.POST.get("viec", ""), clock.now()
    if what == "kiem-tra":
        check_report(found.pk, by=actor, at=now, read_as=request.POST.get("lan", ""))
        messages.success(request, "Đã ghi là đã kiểm tra.")
    elif what == "tra-lai":
        send_back_report(found.pk, request.POST.get("y-kien", ""), by=actor, at=now)
        messages.success(request, "Đã trả lại để sửa.")
    elif what == "duyet":
        approve_report(found.pk, by=actor, at=now, read_as=request.POST.get("lan", ""))
        messages.success(request, "Đã duyệt. Lời và số giữ nguyên từ đây.")
    elif what == "phat-hanh":
        publish_report(found.pk, _paper(request), by=actor, at=now)
        messages.success(request, "Đã phát hành.")
    elif what == "mo-lai":
        made = reopen_report(found.pk, request.POST.get("ly-do", ""), by=actor, at=now)
        messages.success(request, f"Đã mở bản {made.version}.")
        return redirect("edit-report", report_id=found.report_id)
    else:
        raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")
    return redirect(f"{reverse('report', args=[found.report_id])}?ban={found.version}")


def _paper(request: HttpRequest) -> Paper:
    day = read_day(request.POST.get("ngay-ky", ""))
    if day is None:
        raise Refused("Không đọc được ngày ký.", where="ngay-ky", do="Viết dạng 20/11/2026.")
    said = request.POST
    return Paper(
        said.get("so-ky-hieu", ""),
        day,
        said.get("chuc-vu", ""),
        said.get("ho-ten", ""),
        said.get("noi-nhan", ""),
    )
