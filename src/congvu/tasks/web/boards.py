"""Steering committees: who sits there, as what else, what was concluded; and inspections with what they found."""

from collections import Counter
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import next_day
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.queries import picture, unit_choices
from congvu.tasks.access import may_keep, writes_for
from congvu.tasks.actions.keep_committee import (
    NewSeat,
    keep_committee,
    leave_seats,
    record_conclusion,
    seat_members,
)
from congvu.tasks.actions.record_inspection import (
    Held,
    NewFinding,
    NewInspection,
    hold_inspections,
    record_findings,
    record_inspection,
    remedy_findings,
)
from congvu.tasks.models import Committee, CommitteeMember, Finding, Inspection, Plan
from congvu.tasks.queries.boards import committees, concluded, findings, inspections, seats, units_of
from congvu.tasks.rules.kinds import ISSUED, ROLES, YEAR
from congvu.tasks.rules.progress import DONE, OVERDUE, STANDINGS, tally
from congvu.tasks.web.common import TABS, asked_of, chip_of, entry_form, whole_year
from congvu.tasks.web.forms import (
    CommitteeForm,
    ConclusionForm,
    FindingForm,
    HeldForm,
    InspectionForm,
    LeaveForm,
    RemedyForm,
    SeatForm,
    one_of,
)

PAGE = 50


def _who(seat: CommitteeMember) -> str:
    return f"#{seat.person_id}" if seat.person_id else seat.name_folded


def committee_list(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    asked, rows = asked_of(request), committees()
    sitting = seats(asked.on)
    hats: dict[str, list[CommitteeMember]] = {}
    for seat in sitting:
        hats.setdefault(_who(seat), []).append(seat)
    context = {
        "tab": "committees",
        "tabs": TABS,
        "rows": [
            (
                one,
                [seat for seat in sitting if seat.committee_id == one.pk and seat.role == "TRUONG_BAN"],
                sum(seat.committee_id == one.pk for seat in sitting),
            )
            for one in rows
        ],
        "several": [
            (
                of[0].name,
                [f"{ROLES[seat.role]} {seat.committee.name}" for seat in of],
                sorted({seat.post for seat in of}),
            )
            for of in hats.values()
            if len(of) > 1
        ],
        "may_keep": may_keep(actor_of(request)),
    }
    return render(request, "tasks/web/committees.html", context)


def committee_page(request: HttpRequest, committee_id: int) -> HttpResponse:
    """5 statements besides the session's."""
    one, asked, keeps = _committee(committee_id), asked_of(request), may_keep(actor_of(request))
    every = seats()
    mine = [seat for seat in every if seat.committee_id == one.pk]
    others: dict[str, list[str]] = {}
    for seat in every:
        now = seat.valid_from <= asked.on and (seat.valid_to is None or seat.valid_to > asked.on)
        if seat.committee_id != one.pk and now:
            others.setdefault(_who(seat), []).append(f"{ROLES[seat.role]} {seat.committee.name}")
    context = {
        "tab": "committees",
        "tabs": TABS,
        "one": one,
        "asked": asked,
        "now": [
            (seat, ROLES[seat.role], others.get(_who(seat), []))
            for seat in mine
            if seat.valid_from <= asked.on and (seat.valid_to is None or seat.valid_to > asked.on)
        ],
        "past": [
            (seat, ROLES[seat.role])
            for seat in mine
            if seat.valid_to is not None and seat.valid_to <= asked.on
        ],
        "concluded": concluded(one.pk),
        "may_keep": keeps,
        "plan": _plan_of_year() if keeps else None,
    }
    return render(request, "tasks/web/committee.html", context)


def new_committee(request: HttpRequest) -> HttpResponse:
    """No statement to show besides the session's."""
    form = CommitteeForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        keep_committee(
            data["name"],
            data["number"],
            data["valid_from"],
            data["signed_on"],
            by=actor_of(request),
            at=clock.now(),
        )
        return "Đã lập Ban Chỉ đạo."

    return entry_form(
        request, form, act, title="Lập Ban Chỉ đạo", back=reverse("committees"), back_words="Ban Chỉ đạo"
    )


def new_seat(request: HttpRequest, committee_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    one = _committee(committee_id)
    form = SeatForm(request.POST or None, initial={"valid_from": one.valid_from})

    def act(data: dict[str, Any]) -> str:
        until = next_day(data["valid_to"]) if data["valid_to"] else None
        seat = NewSeat(
            data["name"],
            data["post"],
            data["role"],
            data["valid_from"],
            until,
            data["staff_number"],
            data["number"],
        )
        seat_members(one.pk, [seat], by=actor_of(request), at=clock.now())
        return f"Đã ghi {data['name']}."

    return entry_form(
        request,
        form,
        act,
        title="Thêm thành viên",
        back=reverse("committee", args=[one.pk]),
        back_words=one.name,
    )


def leave_seat(request: HttpRequest, member_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    row = CommitteeMember.objects.select_related("committee").filter(pk=member_id).first()
    if row is None:
        raise Http404
    form = LeaveForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        leave_seats([row.pk], data["on"], data["number"], by=actor_of(request), at=clock.now())
        return f"Đã ghi {row.name} thôi tham gia."

    return entry_form(
        request, form, act, title="Cho thôi thành viên", back=reverse("committee", args=[row.committee_id]),
        back_words=row.committee.name, about=f"{row.name}, {row.post}: {ROLES[row.role]}.",
    )  # fmt: skip


def _plan_of_year() -> Plan | None:
    """The province's own reform plan of this year, into which conclusions go. 2 statements."""
    roots = [node.unit_id for node in picture().tree(clock.today()) if node.depth == 0]
    found = Plan.objects.filter(unit__in=roots, term=YEAR, first_year=clock.today().year, state=ISSUED)
    return found.order_by("subject").first()


def new_conclusion(request: HttpRequest, committee_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    one = _committee(committee_id)
    form = ConclusionForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        record_conclusion(
            one.pk, data["number"], data["decided_on"], data["text"], by=actor_of(request), at=clock.now()
        )
        return "Đã ghi kết luận."

    return entry_form(
        request,
        form,
        act,
        title="Ghi kết luận",
        back=reverse("committee", args=[one.pk]),
        back_words=one.name,
    )


def inspection_list(request: HttpRequest) -> HttpResponse:
    """1 statement besides the session's."""
    asked = asked_of(request, "nam")
    year = whole_year(asked.get("nam"))
    before = decode_dated(request.GET.get("sau", ""))
    page = page_of(
        inspections(year, before=before, limit=PAGE), PAGE, lambda one: (one.first_day.isoformat(), one.pk),
        first=before is None,
    )  # fmt: skip
    context = {
        "tab": "inspections",
        "tabs": TABS,
        "asked": asked,
        "page": page,
        "may_keep": may_keep(actor_of(request)),
    }
    return render(request, "tasks/web/inspections.html", context)


def inspection_page(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """4 statements besides the session's."""
    one, asked, known = _inspection(inspection_id), asked_of(request, "tt", "don-vi"), picture()
    units, found = units_of(one.pk), findings(asked.on, calendar_now(), inspection=one.pk)
    told = tally(each.where.standing for each in found)
    by_unit = Counter(each.row.unit_id for each in found)
    open_of = Counter(each.row.unit_id for each in found if each.where.standing not in DONE)
    code = asked.get("don-vi")
    shown = [
        each
        for each in found
        if (not asked.get("tt") or each.where.standing == asked.get("tt"))
        and (not code or each.row.unit_id == known.by_code(code))
    ]
    scope = writes_for(actor_of(request), clock.today(), known)
    context = {
        "tab": "inspections",
        "tabs": TABS,
        "one": one,
        "asked": asked,
        "lead": known.name(one.lead_id, one.first_day),
        "seen": sum(each.held_on is not None for each in units),
        "units": [
            {
                "row": each,
                "name": known.name(each.unit_id, one.first_day),
                "found": by_unit[each.unit_id],
                "open": open_of[each.unit_id],
                "url": f"?{asked.query(tt='', don_vi=known.of(each.unit_id)[0].code)}#ton-tai",
            }
            for each in units
        ],
        "counts": [
            (words, told.counts[key], f"?{asked.query(tt=key, don_vi='')}#ton-tai")
            for key, words in STANDINGS.items()
            if key != "rut"
        ],
        "overdue": told.counts[OVERDUE],
        "rows": [
            {
                "row": each.row,
                "chip": chip_of(each.where),
                "unit": known.name(each.row.unit_id, one.first_day),
                "heir": known.name(each.row.keeper_id, clock.today())
                if each.row.keeper_id != each.row.unit_id
                else "",
                "may": each.row.keeper_id in scope and each.row.done_on is None,
            }
            for each in shown
        ],
        "filtered": bool(asked.get("tt") or code),
        "may_keep": may_keep(actor_of(request)),
    }
    return render(request, "tasks/web/inspection.html", context)


def new_inspection(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    units = unit_choices(clock.today(), picture())
    form = InspectionForm(request.POST or None)
    form.fields["lead"] = one_of("Cơ quan chủ trì", units, blank="Chọn đơn vị")
    form.fields["units"] = forms.TypedMultipleChoiceField(
        label="Đơn vị được kiểm tra",
        choices=units,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    form.settle()

    def act(data: dict[str, Any]) -> str:
        new = NewInspection(
            data["name"], data["number"], data["signed_on"], data["lead"], data["first_day"], data["last_day"],
            tuple(data["units"]), data["head"],
        )  # fmt: skip
        record_inspection(new, by=actor_of(request), at=clock.now())
        return "Đã ghi cuộc kiểm tra."

    return entry_form(
        request, form, act, title="Ghi cuộc kiểm tra", back=reverse("inspections"), back_words="Kiểm tra"
    )


def _units_field(one: Inspection, *, held: bool) -> forms.Field:
    known = picture()
    units = [each for each in units_of(one.pk) if (each.held_on is not None) == held]
    choices = [(each.unit_id, known.name(each.unit_id, one.first_day)) for each in units]
    return one_of("Đơn vị", choices, blank="Chọn đơn vị" if choices else "Không còn đơn vị nào")


def hold_page(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """3 statements to show besides the session's."""
    one = _inspection(inspection_id)
    form = HeldForm(request.POST or None)
    form.fields["unit"] = _units_field(one, held=False)
    form.order_fields(["unit"])
    form.settle()

    def act(data: dict[str, Any]) -> str:
        held = Held(data["unit"], data["held_on"], data["minutes"])
        hold_inspections(one.pk, [held], by=actor_of(request), at=clock.now())
        return "Đã ghi đơn vị được kiểm tra."

    return entry_form(
        request,
        form,
        act,
        title="Ghi đã kiểm tra",
        back=reverse("inspection", args=[one.pk]),
        back_words=one.name,
    )


def new_finding(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """3 statements to show besides the session's."""
    one = _inspection(inspection_id)
    form = FindingForm(request.POST or None)
    form.fields["unit"] = _units_field(one, held=True)
    form.order_fields(["unit"])
    form.settle()

    def act(data: dict[str, Any]) -> str:
        found = NewFinding(data["unit"], data["text"], data["remedy"], data["due"])
        record_findings(one.pk, [found], by=actor_of(request), at=clock.now())
        return "Đã ghi tồn tại."

    return entry_form(
        request, form, act, title="Ghi tồn tại, hạn chế", back=reverse("inspection", args=[one.pk]),
        back_words=one.name,
    )  # fmt: skip


def remedy_page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    row = Finding.objects.select_related("inspection").filter(pk=finding_id).first()
    if row is None:
        raise Http404
    form = RemedyForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        remedy_findings([(row.pk, data["on"], data["evidence"])], by=actor_of(request), at=clock.now())
        return "Đã ghi khắc phục."

    return entry_form(
        request, form, act, title="Ghi khắc phục", back=reverse("inspection", args=[row.inspection_id]),
        back_words=row.inspection.name, about=f"{row.text} Yêu cầu: {row.remedy}",
    )  # fmt: skip


def _committee(committee_id: int) -> Committee:
    row = Committee.objects.filter(pk=committee_id).first()
    if row is None:
        raise Http404
    return row


def _inspection(inspection_id: int) -> Inspection:
    row = Inspection.objects.filter(pk=inspection_id).first()
    if row is None:
        raise Http404
    return row
