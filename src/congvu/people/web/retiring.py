"""Sắp nghỉ hưu: who retires, who has been told by letter and who has not; the letter itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.papers.pdf import PDF
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import add_months, days_between, month_range
from congvu.people.actions.notices import Told, issue_notice, print_notice
from congvu.people.models import RetirementNotice
from congvu.people.queries.due import Place, notices_of, retiring
from congvu.people.queries.law import NOTICE, RETIREMENT, personnel_rules
from congvu.people.rules.retirement import Retirement, ages_of, retirement_of
from congvu.people.web.asking import Moment, found_or_404, looking
from congvu.people.web.papers.letters import notice_pdf
from congvu.people.web.people_list import Line, line

PAGE = 100
WINDOWS = (6, 12, 24)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Someone near retirement: until when the letter must be out, and how that stands."""

    line: Line
    retirement: Retirement
    notice: RetirementNotice | None
    state: str
    words: str


def retiring_list(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    known, sight = looking(request)
    asked = request.GET.get("thang", "")
    months = int(asked) if asked in map(str, WINDOWS) else WINDOWS[0]
    untold = request.GET.get("chua-bao") == "1"
    rules = personnel_rules(sight.today)
    ages, ahead = ages_of(rules[RETIREMENT].value), int(rules[NOTICE].value)
    after = _place(request.GET.get("sau", ""))
    until = add_months(sight.today, months)
    last = month_range(until.year, until.month)[1]
    found = retiring(sight.today, last, ages, sight, untold=untold, after=after, limit=PAGE)
    page = page_of(
        found, PAGE, lambda one: (one[1].isoformat(), one[0].sort_key, one[0].id), first=after is None
    )
    told = notices_of([row.id for row, _ in page.rows])
    rows = [
        _leaving(
            line(row, known), retirement_of(row.birth, row.sex, ages), told.get(row.id), ahead, sight.today
        )
        for row, _ in page.rows
    ]
    context = {
        "page": page,
        "rows": rows,
        "rule": rules[RETIREMENT],
        "notice_rule": rules[NOTICE],
        "months": months,
        "windows": WINDOWS,
        "untold": untold,
        "last": last,
        "keeps": not sight.keeps.empty,
    }
    return render(request, "people/web/retiring_list.html", context)


def _place(cursor: str) -> Place | None:
    key = decode(cursor, 3)
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key[0])), str(key[1]), int(key[2])
    except (TypeError, ValueError) as wrong:
        raise Refused(
            "Dấu trang trong địa chỉ không đúng.", where="sau", do="Mở lại danh sách từ đầu."
        ) from wrong


def _leaving(
    one: Line, found: Retirement, notice: RetirementNotice | None, ahead: int, today: date
) -> Leaving:
    if notice is not None:
        return Leaving(one, found, notice, "ok", "Đã thông báo")
    left = days_between(today, found.notice_by(ahead))
    if left < 0:
        return Leaving(one, found, None, "late", "Quá hạn thông báo")
    return Leaving(one, found, None, "soon" if left <= 30 else "idle", f"Thông báo trong {left} ngày")


class NoticeForm(PlainForm):
    number = TextField(label="Số, ký hiệu thông báo", max_length=100)
    issued_on = DayField(label="Ngày ban hành")
    signer = TextField(label="Người ký", max_length=200, required=False)


def retirement_notice(request: HttpRequest, number: str) -> HttpResponse:
    """5 statements to show the form; `issue_notice` says the rest."""
    found, _, keeps = found_or_404(request, number, Moment(clock.today(), None))
    if not keeps:
        raise Http404
    form = NoticeForm(request.POST or None, initial={"issued_on": clock.today()})
    if form.is_bound and form.is_valid():
        try:
            issue_notice(found.id, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi thông báo nghỉ hưu {form.cleaned_data['number']}.")
            return redirect("retirement-notice", number=found.number)
    context: dict[str, Any] = {
        "card": found,
        "form": form,
        "notice": notices_of([found.id]).get(found.id),
        "rule": personnel_rules(clock.today())[NOTICE],
    }
    status = FORM_STATUS if form.is_bound else 200
    return render(request, "people/web/retirement_notice.html", context, status=status)


def notice_letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter as PDF, with its number and day when it is issued. 7 statements; the printing is in the log."""
    known, _ = looking(request)
    found, _, keeps = found_or_404(request, number, Moment(clock.today(), None))
    if not keeps:
        raise Http404
    told: Told = print_notice(found.id, by=actor_of(request), at=clock.now())
    full = found.full_on(clock.today())
    unit = known.name(full.unit_id, clock.today()) if full else ""
    made = notice_pdf(found, told, unit or "", full.position if full else "")
    response = HttpResponse(made, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="thong-bao-nghi-huu-{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
