"""Giờ làm việc của từng đơn vị: sessions, Saturday mornings, closures; the province's apply where a unit has none."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.workdays.access import may_change_calendar
from congvu.foundation.workdays.actions.close_office import close_office, revoke_closures
from congvu.foundation.workdays.actions.set_office_hours import revoke_office_hours, set_office_hours
from congvu.foundation.workdays.models import ClosureRow, OfficeHoursRow
from congvu.foundation.workdays.rules.hours import Closure, OfficeHours
from congvu.foundation.workdays.rules.kinds import vn_time
from congvu.foundation.workdays.rules.sessions import parse_sessions, sessions_words
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

SHOWN = 200  # a province has some dozens of such rows; more are a sign to search by unit


class _OfUnit(PlainForm):
    """A change for one unit, or for every unit."""

    unit = forms.ChoiceField(label="Đơn vị", required=False)

    def __init__(self, known: Picture, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(node.unit_id), node.name) for node in known.tree(clock.today())]
        self.fields["unit"].choices = [("", "Mọi đơn vị trong tỉnh"), *choices]  # type: ignore[attr-defined]

    @property
    def unit_id(self) -> int | None:
        return int(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None


class Hours(_OfUnit):
    """Office hours from a day."""

    sessions = TextField(label="Ngày thường", max_length=100, initial="07:00-11:30, 13:30-17:00")
    saturday = TextField(
        label="Thứ Bảy",
        max_length=100,
        required=False,
        help_text="Bỏ trống nếu không tiếp nhận. Ví dụ: 07:30-11:30",
    )
    saturday_counts = forms.BooleanField(
        label="Giờ Thứ Bảy được tính vào thời hạn theo giờ làm việc", required=False
    )
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến hết ngày", required=False)
    citation = TextField(label="Văn bản quy định", max_length=300)

    def record(self, request: HttpRequest) -> None:
        said = self.cleaned_data
        hours = OfficeHours(
            parse_sessions(said["sessions"], where="sessions"),
            parse_sessions(said["saturday"], where="saturday"),
            said["saturday_counts"],
            said["citation"],
        )
        set_office_hours(
            self.unit_id,
            hours,
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(),
        )


class Close(_OfUnit):
    """A closure: whole days, or some hours of each."""

    first = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày")
    hours = TextField(
        label="Chỉ trong giờ",
        max_length=40,
        required=False,
        help_text="Bỏ trống nếu đóng cả ngày. Ví dụ: 13:30-17:00",
    )
    reason = TextField(label="Lý do", max_length=300)
    citation = TextField(label="Văn bản cho đóng cửa", max_length=300)

    def record(self, request: HttpRequest) -> None:
        said = self.cleaned_data
        part = parse_sessions(said["hours"], where="hours")
        if len(part) > 1:
            raise Refused("Ghi một khoảng giờ.", where="hours", do="Ghi hai lần nếu đóng hai buổi.")
        start, end = part[0] if part else (None, None)
        closure = Closure(said["first"], said["last"], said["reason"], said["citation"], start, end)
        close_office(self.unit_id, closure, by=request.actor, at=clock.now())  # type: ignore[attr-defined]


FORMS: dict[str, type[Hours | Close]] = {"gio": Hours, "dong-cua": Close}
REVOKE: dict[str, Callable[..., object]] = {"gio": revoke_office_hours, "dong-cua": revoke_closures}


def office_hours(request: HttpRequest) -> HttpResponse:
    """What is recorded, newest first, and for an administrator the forms. 3 statements, about 9 when written."""
    known = picture()
    bound: dict[str, Hours | Close] = {}
    status = 200
    if request.method == "POST":
        refused = may_change_calendar(request.actor)  # type: ignore[attr-defined]
        if refused:
            raise Refused(refused)
        what = request.POST.get("what", "")
        if request.POST.get("bai-bo", "").isdigit() and what in REVOKE:
            why = request.POST.get("why", "")
            REVOKE[what]([int(request.POST["bai-bo"])], why=why, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
            return _done(request, "Đã bãi bỏ.")
        if what not in FORMS:
            raise Refused("Không rõ việc cần ghi.", do="Mở lại trang rồi ghi lại.")
        form = bound[what] = FORMS[what](known, request.POST)
        status = FORM_STATUS
        if form.is_valid():
            try:
                form.record(request)
                return _done(request, "Đã ghi.")
            except Refused as refusal:
                form.refuse(refusal)
    return render(request, "dossiers/web/office_hours.html", _context(request, known, bound), status=status)


def _done(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, f"{words} Hạn của các hồ sơ đang mở được tính lại trong giây lát.")
    return redirect("office-hours")


def _context(request: HttpRequest, known: Picture, bound: dict[str, Hours | Close]) -> dict[str, Any]:
    today = clock.today()
    hours = OfficeHoursRow.objects.filter(revoked_in__isnull=True).order_by("-valid_from", "-pk")[:SHOWN]
    closures = ClosureRow.objects.filter(Q(revoked_in__isnull=True)).order_by("-first", "-pk")[:SHOWN]
    return {
        "hours": [(row, _unit(known, row.unit_id, today), *_words(row)) for row in hours],
        "closures": [(row, _unit(known, row.unit_id, today), _part(row)) for row in closures],
        "standard": sessions_words(OfficeHours().sessions),
        "may_change": not may_change_calendar(request.actor),  # type: ignore[attr-defined]
        "hours_form": bound.get("gio") or Hours(known),
        "close_form": bound.get("dong-cua") or Close(known),
        "open": next(iter(bound), ""),
    }


def _unit(known: Picture, unit_id: int | None, on: date) -> str:
    return "Mọi đơn vị" if unit_id is None else known.name(unit_id, on)


def _words(row: OfficeHoursRow) -> tuple[str, str]:
    return sessions_words(_pairs(row.sessions)), sessions_words(_pairs(row.saturday))


def _pairs(flat: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _part(row: ClosureRow) -> str:
    if row.from_minute is None or row.to_minute is None:
        return "cả ngày"
    return f"{vn_time(row.from_minute)}-{vn_time(row.to_minute)}"
