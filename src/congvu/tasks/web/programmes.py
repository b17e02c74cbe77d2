"""Programmes with their lists of content areas and their plans; what is owed under them; sheets of plans."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_csv, read_sheet
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.tasks.access import may_keep
from congvu.tasks.actions.import_plans import OUTCOMES, REFUSED, Answered, import_plans
from congvu.tasks.actions.record_programme import NewProgramme, record_programme
from congvu.tasks.actions.remind_missing import name_focal
from congvu.tasks.actions.set_duty import NewDuty, let_off, set_duty
from congvu.tasks.queries.coverage import duties
from congvu.tasks.queries.plans import Asked, plan_list
from congvu.tasks.queries.programmes import area_lists, areas_for, programmes
from congvu.tasks.rules.kinds import LEVELS, TERMS, span_words
from congvu.tasks.rules.sheet import COLUMNS, NEEDED
from congvu.tasks.rules.spans import Years, overlaps
from congvu.tasks.web.common import TABS, entry_form
from congvu.tasks.web.forms import DutyForm, FocalForm, LetOffForm, ProgrammeForm, SheetForm, one_of

SHOWN = 40  # plans of the province itself
OUTCOME_CHIPS = {"new": "now", "known": "ok", "nothing": "idle", "refused": "late"}


def programme_list(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    rows, lists, known = programmes(), area_lists(), picture()
    roots = tuple(node.unit_id for node in known.tree(clock.today()) if node.depth == 0)
    own = plan_list(Asked(unit_ids=roots), before=None, limit=SHOWN)
    years = [Years(one.name, one.level, one.first_year, one.last_year) for one in rows]
    context = {
        "tab": "programmes",
        "tabs": TABS,
        "rows": [
            {
                "one": one,
                "level": LEVELS[one.level],
                "areas": areas_for(one, one.first_year, lists),
                "warnings": overlaps(year, years[place + 1 :]),
                "plans": [
                    (plan, span_words(plan.term, plan.first_year, plan.last_year))
                    for plan in own
                    if plan.programme_id == one.pk
                ],
            }
            for place, (one, year) in enumerate(zip(rows, years, strict=True))
        ],
        "may_keep": may_keep(actor_of(request)),
    }
    return render(request, "tasks/web/programmes.html", context)


def new_programme(request: HttpRequest) -> HttpResponse:
    """2 statements to show besides the session's."""
    form = ProgrammeForm(request.POST or None)
    lists = [(f"{one.since:%Y-%m-%d}", f"{len(one.areas)} nội dung, {one.citation}") for one in area_lists()]
    form.fields["contents_on"] = forms.ChoiceField(
        label="Danh mục nội dung", choices=[("", "Theo năm đầu của chương trình"), *lists], required=False
    )
    form.fields["parent"] = one_of(
        "Cụ thể hóa chương trình", [(one.pk, one.name) for one in programmes()], blank="Không", required=False
    )
    form.settle()

    def act(data: dict[str, Any]) -> str:
        day = date.fromisoformat(data["contents_on"]) if data["contents_on"] else None
        new = NewProgramme(
            data["code"], data["name"], data["level"], data["number"], data["first_year"], data["last_year"],
            data["signed_on"], data["issuer"], day, data["parent"], note=data["note"],
        )  # fmt: skip
        _, told = record_programme([new], by=actor_of(request), at=clock.now())
        for one in told:
            messages.warning(request, one)
        return "Đã ghi chương trình."

    return entry_form(
        request, form, act, title="Ghi chương trình", back=reverse("programmes"), back_words="Chương trình"
    )


def new_duty(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    form = DutyForm(request.POST or None, initial={"first_year": clock.today().year})
    form.fields["programme"] = one_of(
        "Theo chương trình", [(one.pk, one.name) for one in programmes()], blank="Không", required=False
    )
    form.settle()

    def act(data: dict[str, Any]) -> str:
        last = data["last_year"] or data["first_year"]
        new = NewDuty(
            data["subject"], data["term"], data["first_year"], last, tuple(data["classes"]), data["due_on"],
            data["number"], data["programme"],
        )  # fmt: skip
        (row,) = set_duty([new], by=actor_of(request), at=clock.now())
        return f"Đã giao: {row.name} ({TERMS[row.term].lower()})."

    return entry_form(
        request, form, act, title="Giao lập kế hoạch", back=reverse("plan-coverage"), back_words="Theo dõi",
        about="Giao lại cùng một loại, cùng kỳ thì nhóm đơn vị và hạn mới thay cho cũ.",
    )  # fmt: skip


def let_off_page(request: HttpRequest, duty_id: int) -> HttpResponse:
    """2 statements to show besides the session's."""
    found = duties(ids=[duty_id])
    if not found:
        raise Refused("Không có loại kế hoạch này.", do="Mở lại bảng theo dõi ban hành.")
    form = LetOffForm(request.POST or None)
    form.fields["unit"] = one_of("Đơn vị", unit_choices(clock.today(), picture()), blank="Chọn đơn vị")
    form.order_fields(["unit", "why"])
    form.settle()

    def act(data: dict[str, Any]) -> str:
        if not let_off(duty_id, [data["unit"]], data["why"], by=actor_of(request), at=clock.now()):
            raise Refused("Đơn vị này đã được miễn lập.", where="unit", do="Chọn đơn vị khác.")
        return "Đã ghi đơn vị không phải lập."

    return entry_form(
        request, form, act, title="Miễn lập cho đơn vị", back=reverse("plan-duty", args=[duty_id]),
        back_words=found[0].name,
    )  # fmt: skip


def focal_page(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    form = FocalForm(request.POST or None, initial={"valid_from": clock.today()})
    form.fields["unit"] = one_of("Đơn vị", unit_choices(clock.today(), picture()), blank="Chọn đơn vị")
    form.order_fields(["unit", "name", "email", "valid_from"])
    form.settle()

    def act(data: dict[str, Any]) -> str:
        row = name_focal(
            data["unit"],
            data["name"],
            data["email"],
            data["valid_from"],
            by=actor_of(request),
            at=clock.now(),
        )
        return f"Đã ghi {row.name} làm cán bộ đầu mối."

    return entry_form(
        request, form, act, title="Cán bộ đầu mối theo dõi kế hoạch", back=reverse("plan-coverage"),
        back_words="Theo dõi", about="Đơn vị được đôn đốc thì thư gửi tới địa chỉ này.",
    )  # fmt: skip


def import_page(request: HttpRequest) -> HttpResponse:
    """A sheet answered row by row, then entered. 2 statements to rehearse besides the session's."""
    form = SheetForm(request.POST or None, request.FILES or None)
    told: Answered | None = None
    carried, refusal = request.POST.get("bang", ""), None
    try:
        if carried and request.POST.get("viec") == "ghi":
            sheet = read_csv("bảng đã xem", carried.encode())
            told = import_plans(sheet, dry_run=False, by=actor_of(request), at=clock.now())
            messages.success(
                request, f"Đã ghi {told.written} kế hoạch; {told.count(REFUSED)} dòng không nhận."
            )
            form, carried = SheetForm(), ""
        elif form.is_bound and form.is_valid():
            upload = form.cleaned_data["file"]
            sheet = read_sheet(upload.name, upload.read())
            told = import_plans(sheet, dry_run=True, by=actor_of(request), at=clock.now())
            carried = sheet.as_csv()
    except Refused as wrong:
        refusal = wrong
        form.refuse(wrong)
    context = {
        "tab": "plan-coverage",
        "tabs": TABS,
        "form": form,
        "carried": carried if told is not None else "",
        "told": told,
        "columns": [(name, name in NEEDED) for name in COLUMNS],
        "counts": [(words, told.count(code)) for code, words in OUTCOMES.items()] if told else [],
        "rows": [
            (one.row, OUTCOME_CHIPS[one.outcome], OUTCOMES[one.outcome])
            for one in (told.answers if told else ())
        ],
    }
    status = FORM_STATUS if refusal is not None or (form.is_bound and form.errors) else 200
    return render(request, "tasks/web/import_plans.html", context, status=status)
