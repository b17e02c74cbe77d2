"""One entry of a register: what it says, as recorded; ending it by a decision, or withdrawing it when it is wrong."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import moment, number
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.actions.end_entries import end_entries, withdraw_entries
from congvu.organisation.actions.entries import REGISTERS
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import (
    AssignedFunction,
    Autonomy,
    Dated,
    Delegation,
    OneStopFacility,
    QualitySystem,
    UnitFunctionVersion,
)
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import function_history
from congvu.organisation.rules.autonomy import GROUPS
from congvu.organisation.rules.delegation import FORMS
from congvu.organisation.rules.facilities import COUNTED, LEVELS, PRESENT
from congvu.organisation.rules.kinds import TIERS
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.asked import period
from congvu.organisation.web.register_forms import EndForm, WithdrawForm

LISTS = {
    "chuc-nang": ("unit-functions", "Chức năng"),
    "danh-muc": ("assigned-functions", "Chức năng luật giao"),
    "phan-cap": ("delegations", "Phân cấp, ủy quyền"),
    "mot-cua": ("one-stop-facilities", "Bộ phận một cửa"),
    "iso": ("quality-systems", "ISO 9001"),
    "tu-chu": ("autonomy", "Tự chủ"),
}


def register_entry(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    """3 statements to show besides the session's."""
    if register not in REGISTERS:
        raise Http404
    row = REGISTERS[register]._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404
    back, words = LISTS[register]
    may_keep = may_keep_registers(actor_of(request))
    posted = request.POST if request.method == "POST" and may_keep else None
    ends = EndForm(posted if posted and posted.get("viec") == "het" else None)
    withdraws = WithdrawForm(posted if posted and posted.get("viec") == "rut" else None)
    told = _acted(request, register, pk, ends, withdraws)
    if told:
        messages.success(request, told)
        return redirect(back)
    known = picture()
    context = {
        "row": row,
        "title": str(row) if str(row) != f"{type(row).__name__} object ({row.pk})" else words,
        "back": reverse(back),
        "back_words": words,
        "facts": _facts(row, known),
        "history": _history(row, known),
        "ends": ends,
        "withdraws": withdraws,
        "may_keep": may_keep and row.superseded_at is None,
    }
    bound = ends.is_bound or withdraws.is_bound
    return render(request, "organisation/web/entry.html", context, status=FORM_STATUS if bound else 200)


def _acted(request: HttpRequest, register: str, pk: int, ends: PlainForm, withdraws: PlainForm) -> str:
    """What was done, in words; "" when nothing was, and the form says why."""
    by, at = actor_of(request), clock.now()
    try:
        if ends.is_bound and ends.is_valid():
            data = ends.cleaned_data
            decision = Decision(data["decision"])
            end_entries(register, [pk], on=data["on"], decision=decision, why=data["why"], by=by, at=at)
            return "Đã ghi kết thúc."
        if withdraws.is_bound and withdraws.is_valid():
            withdraw_entries(register, [pk], why=withdraws.cleaned_data["why"], by=by, at=at)
            return "Đã rút mục ghi sai."
    except Refused as refusal:
        (ends if ends.is_bound else withdraws).refuse(refusal)
    return ""


def _facts(row: Dated, known: Picture) -> list[tuple[str, Any]]:
    paper = [
        ("Văn bản", row.decision_number),
        ("Ngày ký", f"{row.decision_date:%d/%m/%Y}" if row.decision_date else ""),
        ("Cơ quan ban hành", row.decided_by),
        ("Hiệu lực", period(row.valid_from, row.valid_to)),
        ("Kết thúc", row.ending),
        ("Ghi lúc", f"{moment(row.recorded_at)}, {row.recorded_by}"),
    ]
    return [*_own_facts(row, known), *((label, value) for label, value in paper if value)]


def _own_facts(row: Dated, known: Picture) -> list[tuple[str, Any]]:
    on = row.valid_from
    if isinstance(row, UnitFunctionVersion):
        return [("Đơn vị", known.name(row.unit_id, on)), ("Lĩnh vực", row.field), ("Căn cứ", row.legal_basis)]
    if isinstance(row, AssignedFunction):
        return [("Cấp", TIERS[row.tier]), ("Lĩnh vực", row.field), ("Căn cứ", row.legal_basis)]
    if isinstance(row, Delegation):
        receiver = known.name(row.to_unit_id, on) if row.to_unit_id else "Tất cả xã, phường"
        return [
            ("Hình thức", FORMS[row.form]),
            ("Lĩnh vực", row.field),
            ("Bên giao", known.name(row.from_unit_id, on)),
            ("Bên nhận", receiver),
            ("Căn cứ", row.legal_basis),
        ]
    if isinstance(row, OneStopFacility):
        counted = [(label, number(getattr(row, name))) for name, label in COUNTED.items()]
        present = [(label, "Có" if getattr(row, name) else "Không") for name, label in PRESENT.items()]
        return [("Đơn vị", known.name(row.unit_id, on)), ("Mô hình", LEVELS[row.level]), *counted, *present]
    if isinstance(row, QualitySystem):
        return [
            ("Đơn vị", known.name(row.unit_id, on)),
            ("Tiêu chuẩn", row.standard),
            ("Phạm vi", row.scope),
            ("Số thủ tục", number(row.procedures)),
        ]
    assert isinstance(row, Autonomy)  # the last of the registers
    return [
        ("Đơn vị", known.name(row.unit_id, on)),
        ("Nhóm theo quyết định", GROUPS[row.group]),
        ("Nhóm theo cách tính", GROUPS[row.counted_group]),
        ("A: nguồn thu", f"{number(row.revenue)} đồng"),
        ("B: chi thường xuyên", f"{number(row.spending)} đồng"),
        ("Bảo đảm chi đầu tư", "Có" if row.covers_investment else "Không"),
        ("Cách tính theo", row.rule_citation),
    ]


def _history(row: Dated, known: Picture) -> list[tuple[str, str]]:
    """The units that held a function, one after the other: (when, who). 1 statement, of functions only."""
    if not isinstance(row, UnitFunctionVersion):
        return []
    rows = function_history(row.function_id)
    return [(period(one.valid_from, one.valid_to), known.name(one.unit_id, one.valid_from)) for one in rows]
