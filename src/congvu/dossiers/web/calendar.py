"""Lịch làm việc: what each day is and by which decision; an official edits it, and sees first which due days move.

The page lies in the dossiers' room because a change is weighed by the dossiers it moves.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.moves import moves_under
from congvu.dossiers.queries.step_moves import Touched, by_days, step_moves
from congvu.dossiers.web.calendar_forms import FORMS, Decided, OneDay, OneSwap, Revoke, Telling
from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.workdays.access import may_change_calendar
from congvu.foundation.workdays.actions.edit_calendar import add_edits, as_day, check_edits, revoke_edits
from congvu.foundation.workdays.days import add_months, month_range, week_rows, year_range
from congvu.foundation.workdays.queries import (
    calendar_numbered,
    current_version,
    edits_between,
    month_sheet,
    open_proposals,
)
from congvu.foundation.workdays.rules.kinds import DayKind

_CELLS = {
    DayKind.NGHI_TUAN: ("off", "nghỉ"),
    DayKind.LE: ("hol", "lễ"),
    DayKind.NGHI_BU: ("hol", "bù"),
    DayKind.HOAN_DOI_NGHI: ("hol", "đổi"),
    DayKind.HOAN_DOI_LAM: ("swap", "làm bù"),
    DayKind.LAM_VIEC: ("", ""),
}


def calendar(request: HttpRequest) -> HttpResponse:
    """A month, the days off of its year, the edits behind them. 6 statements besides the session's."""
    return _page(request, {})


def calendar_preview(request: HttpRequest, what: str) -> HttpResponse:
    """Which due days an edit would move, before and after; the confirming post writes it. 10 statements."""
    if request.method != "POST" or what not in FORMS:
        return redirect("calendar")
    form = FORMS[what](request.POST)
    if not form.is_valid():
        return _page(request, {what: form}, status=FORM_STATUS)
    calendars = Calendars(current_version())
    try:
        edits = check_edits(form.edits(), calendars.of(None))
        confirmed = bool(request.POST.get("xac-nhan"))
        telling = Telling(request.POST if confirmed else None)
        if confirmed and telling.is_valid():
            add_edits(edits, by=request.actor, at=clock.now(), untold=telling.why)  # type: ignore[attr-defined]
            messages.success(request, "Đã ghi lịch. Hạn của các hồ sơ đang mở được tính lại trong giây lát.")
            return redirect(f"{reverse('calendar')}?thang={edits[0].date:%Y-%m}")
        days = [as_day(edit) for edit in edits]
        moves = moves_under(lambda unit: calendars.of(unit).with_days(days), calendars.own)
        touched = Touched(min(day.date for day in days), max(day.date for day in days), calendars.own)
        steps = step_moves(calendars.of, lambda unit: calendars.of(unit).with_days(days), touched)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, {what: form}, status=FORM_STATUS)
    context: dict[str, Any] = {
        "what": what,
        "form": form,
        "edits": days,
        "before": calendars.of(None),
        "moves": moves,
        "rows": moves.by_days(),
        "steps": by_days(steps),
        "step_count": sum(one.count for one in steps),
        "telling": telling,
    }
    context["changes"] = [(day, calendars.of(None).day(day.date)) for day in days]
    return render(
        request, "dossiers/web/calendar_preview.html", context, status=FORM_STATUS if confirmed else 200
    )


def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """Take an edit back, with the reason. 8 statements."""
    form = Revoke(request.POST)
    if request.method == "POST" and form.is_valid():
        revoke_edits(
            [form.cleaned_data["edit"]],
            why=form.cleaned_data["why"],
            by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        messages.success(request, "Đã bãi bỏ. Hạn của các hồ sơ đang mở được tính lại trong giây lát.")
        return redirect("calendar")
    return _page(request, {"revoke": form}, status=FORM_STATUS)


def _page(request: HttpRequest, forms: dict[str, Decided | Revoke], status: int = 200) -> HttpResponse:
    today = clock.today()
    first, last = month_range(*_month(request.GET.get("thang", ""), today))
    number = current_version()
    known = calendar_numbered(number, None)
    year = year_range(first.year)
    edits = edits_between(*year)
    weeks = [
        [
            (one, *_CELLS.get(one.day.kind, ("", "")), one.day.date == today, first <= one.day.date <= last)
            for one in week
        ]
        for week in month_sheet(known, edits, week_rows(first, last))
    ]
    context = {
        "first": first,
        "weeks": weeks,
        "earlier": add_months(first, -1),
        "later": add_months(first, 1),
        "days_off": list(known.days_off(*year)),
        "working": known.working_days_between(year[0], year[1]) + (1 if known.works(year[0]) else 0),
        "edits": edits,
        "number": number,
        "proposals": open_proposals(first.year),
        "may_change": not may_change_calendar(request.actor),  # type: ignore[attr-defined]
        "one_day": forms.get("ngay") or OneDay(),
        "swap": forms.get("hoan-doi") or OneSwap(),
        "open": next(iter(forms), ""),
        "revoke": forms.get("revoke") or Revoke(),
    }
    return render(request, "dossiers/web/calendar.html", context, status=status)


def _month(text: str, today: date) -> tuple[int, int]:
    """Year and month of "2026-11" or "11/2026"; this month when it is neither. Refuses a month that does not exist."""
    parts = [part for part in text.replace("/", "-").split("-") if part.isdigit()]
    if len(parts) != 2:
        return today.year, today.month
    year, month = (int(parts[0]), int(parts[1])) if len(parts[0]) == 4 else (int(parts[1]), int(parts[0]))
    if not (1 <= month <= 12 and 2000 <= year <= 2199):
        raise Refused(
            f"Không có tháng {month}/{year} trong lịch.",
            where="thang",
            do="Chọn tháng từ 01/2000 đến 12/2199.",
        )
    return year, month
