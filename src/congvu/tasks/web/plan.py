"""A plan: its paper, where it comes from and what is made from it, its items with where each stands on a day."""

import mimetypes
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.files.actions import store
from congvu.foundation.files.answer import file_response
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import read_number
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.tasks.access import writes_for
from congvu.tasks.actions.carry_items import carry_items
from congvu.tasks.actions.draft_plan import NewPlan, change_draft, draft_plan
from congvu.tasks.actions.issue_plan import Issue, correct_plan, issue_plan
from congvu.tasks.models import Plan
from congvu.tasks.queries.plans import Asked, Line, beneath, items_of, plan_list
from congvu.tasks.queries.programmes import area_lists, areas_for, programmes
from congvu.tasks.rules.contents import Areas
from congvu.tasks.rules.kinds import DRAFT, ISSUED, PLAN_STATES, span_words
from congvu.tasks.rules.progress import STANDINGS, Tally, tally
from congvu.tasks.rules.spans import doubts
from congvu.tasks.web.common import STATE_CHIPS, TABS, Chip, asked_of, chip_of, entry_form, plan_or_404
from congvu.tasks.web.forms import ChangeForm, CorrectForm, IssueForm, PlanForm, one_of

LATER = 12  # plans offered to carry into, plans shown beneath


def plan_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """7 statements besides the session's."""
    plan, asked, known = plan_or_404(plan_id), asked_of(request, "tt", "nd", "chu-tri"), picture()
    if request.method == "POST":
        return _carry(request, plan)
    lines = items_of(plan.pk, asked.on, calendar_now())
    areas = areas_for(plan.programme, plan.first_year, area_lists())
    under = beneath(plan.pk, LATER)
    may_write = plan.keeper_id in writes_for(actor_of(request), clock.today(), known)
    told = tally(line.where.standing for line in lines)
    shown = [line for line in lines if _passes(line, asked.filters, known)]
    context = {
        "plan": plan,
        "asked": asked,
        "tab": "plan-list",
        "tabs": TABS,
        "unit": known.name(plan.unit_id, plan.issued_on or plan.drafted_on),
        "heir": known.name(plan.keeper_id, clock.today()) if plan.keeper_id != plan.unit_id else "",
        "years": span_words(plan.term, plan.first_year, plan.last_year),
        "state": Chip(STATE_CHIPS[plan.state], PLAN_STATES[plan.state]),
        "doubts": doubts(plan.term, plan.first_year, plan.last_year),
        "counts": _counts(told, asked),
        "tally": told,
        "areas": _by_area(lines, areas, asked),
        "list": areas,
        "rows": [_row(line, areas, known) for line in shown],
        "filtered": any(asked.filters.values()),
        "more_under": len(under) > LATER,
        "under": [
            (one, known.name(one.unit_id, one.issued_on or one.drafted_on))
            for one in under
            if one.parent_id == plan.pk
        ][:LATER],
        "newer": next((one for one in under if one.replaces_id == plan.pk), None),
        "may_write": may_write,
        "may_carry": may_write and plan.state == ISSUED and told.open,
    }
    return render(request, "tasks/web/plan.html", context)


def _counts(told: Tally, asked: Any) -> list[tuple[str, int, str]]:
    """Every standing with its number and the address of its items."""
    return [
        (words, told.counts[code], f"?{asked.query(tt=code, nd='', chu_tri='')}")
        for code, words in STANDINGS.items()
        if told.counts[code] or code != "rut"
    ]


def _by_area(lines: list[Line], areas: Areas | None, asked: Any) -> list[dict[str, Any]]:
    """Items by content area: done of all, with the addresses."""
    if areas is None:
        return []
    found = []
    for area in areas.areas:
        mine = tally(line.where.standing for line in lines if line.item.content == area.code)
        if mine.total:
            url = f"?{asked.query(nd=area.code, tt='', chu_tri='')}"
            found.append({"area": area, "tally": mine, "url": url})
    return found


def _passes(line: Line, filters: dict[str, str], known: Picture) -> bool:
    if filters["tt"] and line.where.standing != filters["tt"]:
        return False
    if filters["nd"] and line.item.content != filters["nd"]:
        return False
    return not filters["chu-tri"] or line.item.keeper_id == known.by_code(filters["chu-tri"])


def _row(line: Line, areas: Areas | None, known: Picture) -> dict[str, Any]:
    item, today = line.item, clock.today()
    day = min(item.due or today, today)
    before = getattr(item, "carried_from", None)
    after = getattr(item, "carried_to", None)
    return {
        "item": item,
        "chip": chip_of(line.where),
        "area": areas.name(item.content) if areas is not None else item.content,
        "lead": known.name(item.keeper_id, day),
        "lead_code": known.of(item.keeper_id)[0].code,
        "given": known.name(item.lead_id, day) if item.lead_id != item.keeper_id else "",
        "helpers": ", ".join(known.name(unit, day) for unit in line.helpers),
        "before": before,
        "after": after,
    }


def _carry(request: HttpRequest, plan: Plan) -> HttpResponse:
    to = read_number(request.POST.get("to", ""))
    made = carry_items(plan.pk, to, by=actor_of(request), at=clock.now())
    messages.success(
        request, f"Đã chuyển {len(made)} nhiệm vụ." if made else "Mọi nhiệm vụ chưa xong đã chuyển từ trước."
    )
    return redirect("plan", plan_id=to if made else plan.pk)


def carry_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Which later plan the open items go on in. 3 statements besides the session's."""
    plan = plan_or_404(plan_id)
    later = [
        one
        for one in plan_list(Asked(unit_ids=(plan.keeper_id,)), before=None, limit=LATER)
        if one.first_year > plan.first_year
        and one.keeper_id == plan.keeper_id
        and one.state in (DRAFT, ISSUED)
    ]
    return render(request, "tasks/web/carry.html", {"plan": plan, "later": later})


def plan_file(request: HttpRequest, plan_id: int) -> FileResponse:
    """1 statement besides the session's."""
    plan = plan_or_404(plan_id)
    if plan.file is None:
        raise Http404
    ending = mimetypes.guess_extension(plan.file.media_type) or ""
    return file_response(plan.file, f"{plan.number or plan.name}{ending}")


def new_plan(request: HttpRequest) -> HttpResponse:
    """4 statements to show besides the session's."""
    known, today, actor = picture(), clock.today(), actor_of(request)
    scope = writes_for(actor, today, known)
    form = PlanForm(
        request.POST or None,
        initial={"first_year": request.GET.get("nam") or today.year, "unit": _first(scope)},
    )
    units = [(unit, label) for unit, label in unit_choices(today, known) if unit in scope]
    form.fields["unit"] = one_of("Đơn vị ban hành", units, blank="Chọn đơn vị")
    form.fields["programme"] = one_of(
        "Theo chương trình", [(one.pk, one.name) for one in programmes()], blank="Không", required=False
    )
    form.fields["parent"] = one_of("Cụ thể hóa kế hoạch", _parents(known), blank="Không", required=False)
    form.order_fields(["unit", "subject", "term", "first_year", "last_year", "programme", "parent"])
    form.settle()

    def act(data: dict[str, Any]) -> str:
        last = data["last_year"] or data["first_year"]
        new = NewPlan(
            data["unit"], data["subject"], data["term"], data["first_year"], last, data["name"], data["motto"],
            data["programme"], data["parent"], data["note"],
        )  # fmt: skip
        (plan,) = draft_plan([new], by=actor, at=clock.now())
        odd = " ".join(doubts(plan.term, plan.first_year, plan.last_year))
        return f"Đã lập dự thảo {plan.name}. {odd}".rstrip()

    return entry_form(
        request, form, act, title="Lập kế hoạch", back=reverse("plan-list"), back_words="Sổ kế hoạch"
    )


def _first(scope: Any) -> int | None:
    return scope.unit_ids[0] if scope.unit_ids else None


def _parents(known: Picture) -> list[tuple[int, str]]:
    """Plans of the province itself, which others are made from."""
    roots = tuple(node.unit_id for node in known.tree(clock.today()) if node.depth == 0)
    return [(one.pk, one.name) for one in plan_list(Asked(unit_ids=roots), before=None, limit=30)]


def edit_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    plan = plan_or_404(plan_id)
    form = ChangeForm(
        request.POST or None, initial={"name": plan.name, "motto": plan.motto, "note": plan.note}
    )

    def act(data: dict[str, Any]) -> str:
        change_draft(plan.pk, data["name"], data["motto"], data["note"], by=actor_of(request), at=clock.now())
        return "Đã sửa dự thảo."

    return entry_form(
        request, form, act, title="Sửa dự thảo", back=reverse("plan", args=[plan.pk]), back_words=plan.name
    )


def issue_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    plan, actor = plan_or_404(plan_id), actor_of(request)
    form = IssueForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        if plan.keeper_id not in writes_for(actor, clock.today(), picture()):
            raise Refused("Không được ghi kế hoạch của đơn vị này.", do="Đề nghị đơn vị ban hành ghi.")
        with transaction.atomic():  # a file kept and not yet named may be swept away
            kept = store(data["file"], by=actor, at=clock.now()) if data["file"] else None
            issue = Issue(plan.pk, data["number"], data["issued_on"], data["signer"], kept)
            (done,) = issue_plan([issue], by=actor, at=clock.now())
        return f"Đã ban hành {done.number}."

    return entry_form(
        request, form, act, title="Ban hành", back=reverse("plan", args=[plan.pk]), back_words=plan.name,
        about="Kế hoạch cùng kỳ đang có hiệu lực của đơn vị, nếu có, được thay thế từ ngày ban hành.",
    )  # fmt: skip


def correct_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """1 statement to show besides the session's."""
    plan = plan_or_404(plan_id)
    typed = {"number": plan.number, "issued_on": plan.issued_on, "signer": plan.signer}
    form = CorrectForm(request.POST or None, initial=typed)

    def act(data: dict[str, Any]) -> str:
        correct_plan(
            plan.pk,
            data["number"],
            data["issued_on"],
            data["signer"],
            data["why"],
            by=actor_of(request),
            at=clock.now(),
        )
        return "Đã đính chính."

    return entry_form(
        request, form, act, title="Đính chính", back=reverse("plan", args=[plan.pk]), back_words=plan.name,
        about="Chỉ sửa điều ghi sai so với văn bản; điều đã ghi trước vẫn còn trong nhật ký.",
    )  # fmt: skip
