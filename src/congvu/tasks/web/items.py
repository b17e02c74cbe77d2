"""Items one by one: written, changed, reported done; and what a unit has to see to."""

import mimetypes
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.files.actions import store
from congvu.foundation.files.answer import file_response
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import read_number
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.tasks.access import WRITERS, own_units, writes_for
from congvu.tasks.actions.keep_committee import turn_into_item
from congvu.tasks.actions.report_items import Report, report_items, take_back_report
from congvu.tasks.actions.write_items import NewItem, change_item, write_items
from congvu.tasks.models import CommitteeDecision, ItemHelper, PlanDuty, PlanItem
from congvu.tasks.queries.boards import findings
from congvu.tasks.queries.coverage import covered, duties, reminders
from congvu.tasks.queries.plans import standing, tally_of_units, work_of
from congvu.tasks.queries.programmes import area_lists, areas_for
from congvu.tasks.rules.kinds import ISSUED
from congvu.tasks.rules.kinds import STANDINGS as STANDINGS_OF
from congvu.tasks.rules.progress import STANDINGS
from congvu.tasks.web.common import STATE_CHIPS, TABS, Chip, chip_of, entry_form, plan_or_404
from congvu.tasks.web.forms import ChangeItemForm, ItemForm, ReportForm, WhyForm, one_of

PAGE = 50


def item_or_404(item_id: int) -> PlanItem:
    """1 statement."""
    row = (
        PlanItem.objects.select_related("plan__programme", "carried_from__plan", "carried_to__plan", "file")
        .filter(pk=item_id)
        .first()
    )
    if row is None:
        raise Http404
    return row


def item_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """5 statements besides the session's."""
    row, known, today = item_or_404(item_id), picture(), clock.today()
    scope = writes_for(actor_of(request), today, known)
    areas = areas_for(row.plan.programme, row.plan.first_year, area_lists())
    day = min(row.due or today, today)
    helpers = ItemHelper.objects.filter(item=row).order_by("id").values_list("unit_id", flat=True)
    context = {
        "item": row,
        "tab": "plan-list",
        "tabs": TABS,
        "chip": chip_of(standing(row, today, calendar_now())),
        "area": areas.name(row.content) if areas is not None else row.content,
        "lead": known.name(row.keeper_id, day),
        "given": known.name(row.lead_id, day) if row.lead_id != row.keeper_id else "",
        "helpers": [known.name(unit, day) for unit in helpers],
        "before": row.carried_from,
        "after": getattr(row, "carried_to", None),
        "ended": row.done_on or row.dropped_on,
        "may_report": row.keeper_id in scope,
        "may_change": row.plan.keeper_id in scope,
    }
    return render(request, "tasks/web/item.html", context)


def item_file(request: HttpRequest, item_id: int) -> FileResponse:
    """1 statement besides the session's."""
    row = item_or_404(item_id)
    if row.file is None:
        raise Http404
    return file_response(row.file, f"{row.evidence}{mimetypes.guess_extension(row.file.media_type) or ''}")


def new_item(request: HttpRequest, plan_id: int) -> HttpResponse:
    """3 statements to show besides the session's."""
    plan, known = plan_or_404(plan_id), picture()
    areas = areas_for(plan.programme, plan.first_year, area_lists())
    units = unit_choices(clock.today(), known)
    concluded = _conclusion(request)
    told = {"text": concluded.text} if concluded is not None else {}
    form = ItemForm(request.POST or None, initial={"lead": plan.keeper_id, **told})
    contents = [(one.code, one.name) for one in areas.areas] if areas else []
    form.fields["content"] = forms.ChoiceField(
        label="Nội dung cải cách", choices=[("", "Không thuộc nội dung nào"), *contents], required=False
    )
    form.fields["lead"] = one_of("Chủ trì", units, blank="Chọn đơn vị")
    form.fields["helpers"] = forms.TypedMultipleChoiceField(
        label="Phối hợp",
        choices=units,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    form.order_fields(["content", "text", "product", "lead", "due", "officer", "priority", "helpers"])
    form.settle()

    def act(data: dict[str, Any]) -> str:
        new = NewItem(
            data["text"], data["lead"], data["content"], data["product"], data["due"], data["officer"],
            tuple(data["helpers"]), data["priority"],
        )  # fmt: skip
        with transaction.atomic():
            (row,) = write_items(plan.pk, [new], by=actor_of(request), at=clock.now())
            if concluded is not None:
                turn_into_item(concluded.pk, row.pk, by=actor_of(request), at=clock.now())
        return "Đã thêm nhiệm vụ."

    return entry_form(
        request, form, act, title="Thêm nhiệm vụ", back=reverse("plan", args=[plan.pk]), back_words=plan.name
    )


def _conclusion(request: HttpRequest) -> CommitteeDecision | None:
    """The committee's conclusion an item is made of, when the address names one. 1 statement, none otherwise."""
    number = read_number(request.GET.get("ket-luan", ""))
    row = CommitteeDecision.objects.filter(pk=number).first() if number else None
    if (
        row is not None and row.item_id is not None and request.method == "GET"
    ):  # when sent, the action refuses it
        raise Refused("Kết luận này đã thành nhiệm vụ.", do="Mở lại trang Ban Chỉ đạo.")
    return row


def report_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    row, actor = item_or_404(item_id), actor_of(request)
    form = ReportForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        if row.keeper_id not in writes_for(actor, clock.today(), picture()):
            raise Refused("Không được báo cáo nhiệm vụ của đơn vị khác.", do="Đơn vị chủ trì báo cáo.")
        with transaction.atomic():  # a file kept and not yet named may be swept away
            kept = store(data["file"], by=actor, at=clock.now()) if data["file"] else None
            told = Report(row.pk, data["on"], data["evidence"], data["how"] == "rut", kept)
            report_items([told], by=actor, at=clock.now())
        return "Đã ghi kết quả."

    return entry_form(
        request, form, act, title="Báo cáo kết quả", back=reverse("plan-item", args=[row.pk]),
        back_words="Nhiệm vụ", about=row.text,
    )  # fmt: skip


def take_back_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    row = item_or_404(item_id)
    form = WhyForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        take_back_report(row.pk, data["why"], by=actor_of(request), at=clock.now())
        return "Đã bỏ kết quả ghi nhầm; nhiệm vụ lại là chưa xong."

    return entry_form(
        request, form, act, title="Bỏ kết quả ghi nhầm", back=reverse("plan-item", args=[row.pk]),
        back_words="Nhiệm vụ", about=row.text,
    )  # fmt: skip


def change_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    row = item_or_404(item_id)
    form = ChangeItemForm(
        request.POST or None, initial={"due": row.due, "officer": row.officer, "product": row.product}
    )

    def act(data: dict[str, Any]) -> str:
        change_item(
            row.pk,
            data["due"],
            data["officer"],
            data["product"],
            data["why"],
            by=actor_of(request),
            at=clock.now(),
        )
        return "Đã sửa nhiệm vụ."

    return entry_form(
        request, form, act, title="Sửa nhiệm vụ", back=reverse("plan-item", args=[row.pk]),
        back_words="Nhiệm vụ", about=row.text,
    )  # fmt: skip


def my_items(request: HttpRequest) -> HttpResponse:
    """What the reader's units owe: plans not issued, items, remedies, reminders. 8 statements with the session's."""
    known, today, units = picture(), clock.today(), own_units(actor_of(request))
    calendar = calendar_now()
    every = request.GET.get("tat-ca") == "1"
    after = decode_dated(request.GET.get("sau", ""))
    found = work_of(units, open_only=not every, after=after, limit=PAGE)
    page = page_of(found, PAGE, lambda one: ((one.due or date.max).isoformat(), one.pk), first=after is None)
    told = tally_of_units(units, today, calendar) if every else None
    context = {
        "tab": "my-plan-items",
        "tabs": TABS,
        "page": page,
        "rows": [
            {
                "item": one,
                "chip": chip_of(standing(one, today, calendar)),
                "unit": known.name(one.keeper_id, today),
            }
            for one in page.rows
        ],
        "units": [known.name(unit, today) for unit in units],
        "every": every,
        "counts": [(words, told.counts[code]) for code, words in STANDINGS.items()] if told else (),
    }
    if not every:
        context |= {
            "missing": _missing(actor_of(request), known, today),
            "findings": [(one, chip_of(one.where)) for one in findings(today, calendar, keepers=units)],
            "reminders": [(one, known.name(one.unit_id, one.on)) for one in reminders(units, 5)],
        }
    return render(request, "tasks/web/my_items.html", context)


def _missing(actor: Actor, known: Picture, today: date) -> list[tuple[PlanDuty, str, Chip, str]]:
    """(duty, unit, chip, where to go) of the plans the actor's units owe this year and have not issued."""
    units = own_units(actor)

    def way(duty: PlanDuty, plan_id: int | None) -> str:
        if plan_id is not None:
            return reverse("plan", args=[plan_id])
        if actor.has(*WRITERS):
            return f"{reverse('new-plan')}?nam={duty.first_year}"
        return reverse("plan-duty", args=[duty.pk])

    wanted = [one for one in duties(today.year) if units]
    return [
        (
            told.duty,
            known.name(row.unit_id, today),
            Chip("late" if row.late else STATE_CHIPS[row.state], STANDINGS_OF[row.state]),
            way(told.duty, row.plan_id),
        )
        for told in covered(wanted, today, known)
        for row in told.coverage.whole.rows
        if row.unit_id in units and row.state != ISSUED
    ]
