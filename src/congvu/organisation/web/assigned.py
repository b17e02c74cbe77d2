"""Chức năng luật giao: the catalogue, who holds each, which nobody holds; typed or brought as a sheet."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.actions.judge_functions import Likeness, judge_functions
from congvu.organisation.actions.record_assigned import NewAssigned, read_assigned, record_assigned
from congvu.organisation.models import AssignedFunction, UnitFunctionVersion
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import as_asked, fields_in_use, in_force, judgements
from congvu.organisation.rules.functions import Cover, covers
from congvu.organisation.rules.kinds import TIERS, TINH, XA
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.asked import Asked, Cell, Column, Count, Filter, Table, asked_of, unit_cell
from congvu.organisation.web.book import book
from congvu.organisation.web.matrix import standing_functions, tier_of
from congvu.organisation.web.register_forms import AssignedForm, AssignedSheetForm
from congvu.organisation.web.register_page import entry_form, register_page

NOBODY = "chua-ai-giu"
COLUMNS = (
    Column("Cấp", 10, whole=True), Column("Lĩnh vực", 24), Column("Chức năng luật giao", 60), Column("Căn cứ", 36),
    Column("Đơn vị giữ", 40), Column("Gần nhất", 40),
)  # fmt: skip


def assigned_functions(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    asked, known, rows, told = _asked(request)
    may_keep = may_keep_registers(actor_of(request))
    nobody = sum(not one.holders for one in told)
    counts = [
        Count("Chưa ai giữ", nobody, f"?{asked.query(chi=NOBODY, linh_vuc='', cap='')}", len(told)),
        *(
            Count(
                f"{TIERS[tier]}: đã có đơn vị giữ",
                sum(bool(one.holders) for one in told if one.asked.tier == tier),
                f"?{asked.query(cap=tier, chi='', linh_vuc='')}",
                sum(one.asked.tier == tier for one in told),
            )
            for tier in (TINH, XA)
        ),
    ]
    fields = sorted({row.field for row in rows.values()}, key=fold)
    return register_page(
        request,
        asked,
        tab="assigned-functions",
        title="Chức năng luật giao",
        table=_table(_chosen(asked, rows, told), rows, known, asked, may_keep=may_keep),
        counts=counts,
        filters=[
            Filter("linh-vuc", "Lĩnh vực", [(one, one) for one in fields], asked.get("linh-vuc")),
            Filter("cap", "Cấp", [(one, TIERS[one]) for one in (TINH, XA)], asked.get("cap")),
            Filter("chi", "Chỉ xem", [(NOBODY, "Chưa ai giữ")], asked.get("chi")),
        ],
        ways=[(reverse("import-assigned"), "Nhập từ XLSX")] if may_keep else [],
        empty="Không có chức năng nào trong danh mục khớp.",
        sheet_url=reverse("assigned-functions-sheet"),
        new_url=reverse("new-assigned"),
        new_words="Ghi vào danh mục",
    )


def assigned_sheet(request: HttpRequest) -> FileResponse:
    """4 statements besides the session's."""
    asked, known, rows, told = _asked(request)
    return book(_table(_chosen(asked, rows, told), rows, known, asked), asked, "chuc-nang-luat-giao.xlsx")


def _asked(request: HttpRequest) -> tuple[Asked, Picture, dict[int, AssignedFunction], list[Cover]]:
    """The catalogue of the day and who holds what."""
    asked, known = asked_of(request, "linh-vuc", "cap", "chi"), picture()
    assigned = in_force(AssignedFunction, asked.on, asked.known_at).order_by("tier", "field_folded", "pk")
    rows = {row.pk: row for row in assigned}
    functions = list(in_force(UnitFunctionVersion, asked.on, asked.known_at))
    held = standing_functions(functions, known, asked.on)
    judged = {
        (one.function_id, one.assigned_id): one.verdict
        for one in judgements(asked.known_at)
        if one.assigned_id
    }
    told = covers(map(as_asked, rows.values()), held, lambda unit: tier_of(known, unit, asked.on), judged)
    return asked, known, rows, told


def _chosen(asked: Asked, rows: dict[int, AssignedFunction], told: list[Cover]) -> list[Cover]:
    field, tier, only = fold(asked.get("linh-vuc")), asked.get("cap"), asked.get("chi") == NOBODY
    return [
        one
        for one in told
        if (not field or rows[one.asked.id].field_folded == field)
        and (not tier or one.asked.tier == tier)
        and not (only and one.holders)
    ]


def _table(
    told: list[Cover],
    rows: dict[int, AssignedFunction],
    known: Picture,
    asked: Asked,
    *,
    may_keep: bool = False,
) -> Table:
    return Table(
        "Chức năng luật giao",
        COLUMNS,
        [_line(one, rows[one.asked.id], known, asked, may_keep) for one in told],
    )


def _line(one: Cover, row: AssignedFunction, known: Picture, asked: Asked, may_keep: bool) -> list[Cell]:
    if not one.holders:
        who = Cell("Chưa ai giữ", chip="late")
    elif len(one.holders) == 1:
        who = unit_cell(known, one.holders[0].unit, asked.on)
    else:
        names = [known.name(held.unit, asked.on) for held in one.holders[:3]]
        more = f" và {len(one.holders) - 3} đơn vị khác" if len(one.holders) > 3 else ""
        who = Cell(f"{len(one.holders)} đơn vị", sub=", ".join(names) + more)
    near = Cell("")
    if one.nearest is not None and not one.holders:
        held, score = one.nearest
        url = f"{reverse('judge-cover', args=[row.pk, held.function])}?ngay={asked.on:%d/%m/%Y}"
        near = Cell(f"Giống {score}%", url if may_keep else "", sub=known.name(held.unit, asked.on))
    entry = reverse("register-entry", args=["danh-muc", row.pk])
    return [Cell(TIERS[row.tier]), Cell(row.field), Cell(row.text, entry), Cell(row.legal_basis), who, near]


def judge_cover(request: HttpRequest, assigned: int, function: int) -> HttpResponse:
    """Whether a unit's function is the one the law assigns. 3 statements to show besides the session's."""
    asked, known = asked_of(request), picture()
    want = AssignedFunction.objects.filter(pk=assigned, superseded_at=None).first()
    row = in_force(UnitFunctionVersion, asked.on).filter(function=function).first()
    if want is None or row is None:
        messages.error(request, "Chức năng không còn trong danh mục hoặc không còn hiệu lực.")
        return redirect("assigned-functions")
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            judge_functions(
                Likeness(function, assigned=assigned),
                request.POST.get("verdict", ""),
                request.POST.get("reason", ""),
                by=actor_of(request),
                at=clock.now(),
            )
            messages.success(request, "Đã ghi kết luận.")
            return redirect("assigned-functions")
        except Refused as said_no:
            refusal = said_no
    context = {
        "asked": asked,
        "want": want,
        "row": row,
        "unit": unit_cell(known, row.unit_id, asked.on),
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "organisation/web/cover.html", context, status=FORM_STATUS if refusal else 200)


def new_assigned(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    form = AssignedForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        one = NewAssigned(data["tier"], data["field"], data["text"], data["legal_basis"])
        by = actor_of(request)
        made = record_assigned([one], form.period(), decision=form.paper(), by=by, at=clock.now())
        return "Đã ghi vào danh mục." if made else "Danh mục đã có chức năng này."

    return entry_form(
        request,
        form,
        act,
        title="Ghi chức năng luật giao",
        back=reverse("assigned-functions"),
        back_words="Chức năng luật giao",
        fields=fields_in_use(),
    )


def import_assigned(request: HttpRequest) -> HttpResponse:
    """No statement to show besides the session's."""
    form = AssignedSheetForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        wanted = read_assigned(data["file"].read())
        by = actor_of(request)
        made = record_assigned(wanted, form.period(), decision=form.paper(), by=by, at=clock.now())
        return f"Đã ghi {len(made)} chức năng; {len(wanted) - len(made)} dòng đã có từ trước."

    return entry_form(
        request,
        form,
        act,
        title="Nhập danh mục từ XLSX",
        back=reverse("assigned-functions"),
        back_words="Chức năng luật giao",
        about="Cả bảng được nhận, hoặc không dòng nào: dòng không đọc được sẽ được nêu tên.",
    )
