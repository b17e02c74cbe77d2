"""One unit in all registers on a day: what it is for, what it was given, how it is equipped."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation.ui.formats import number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.models import (
    Autonomy,
    Delegation,
    OneStopFacility,
    QualitySystem,
    UnitFunctionVersion,
)
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import audits, in_force, powers_of
from congvu.organisation.rules.autonomy import GROUPS
from congvu.organisation.rules.delegation import FORMS
from congvu.organisation.rules.facilities import COUNTED, LEVELS, PRESENT
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.asked import Asked, asked_of, period
from congvu.organisation.web.quality import COMMUNES, audit_cell
from congvu.organisation.web.register_page import TABS


def unit_registers(request: HttpRequest, code: str) -> HttpResponse:
    """6 statements at most besides the session's."""
    asked, known = asked_of(request), picture()
    unit_id = known.by_code(code.upper())
    span = known.nearest(unit_id, asked.on) if unit_id is not None else None
    if unit_id is None or span is None:
        raise Http404
    functions = in_force(UnitFunctionVersion, asked.on, asked.known_at).filter(unit=unit_id)
    system = in_force(QualitySystem, asked.on, asked.known_at).filter(unit=unit_id).first()
    facility = in_force(OneStopFacility, asked.on, asked.known_at).filter(unit=unit_id).first()
    granted, keeps = None, may_keep_registers(actor_of(request))
    if span.kind not in ("SO", "BAN", "VAN_PHONG", "UBND", "XA", "PHUONG", "DAC_KHU", "TRUNG_TAM_PVHCC"):
        granted = in_force(Autonomy, asked.on, asked.known_at).filter(unit=unit_id).first()
    to_all = span.tier if span.kind in COMMUNES else ""
    powers = [] if granted else powers_of(unit_id, to_all, asked.on, asked.known_at)
    context = {
        "asked": asked,
        "tab": "",
        "tabs": TABS,
        "span": span,
        "stands": span.covers(asked.on),
        "functions": functions.order_by("field_folded", "pk"),
        "powers": [_power(row, unit_id, known, asked) for row in powers],
        "facility": _facility(facility) if facility else [],
        "system": _system(system) if system else [],
        "audits": [audit_cell(one, correct=keeps) for one in audits([unit_id], asked.on, asked.known_at)]
        if system
        else [],
        "autonomy": _autonomy(granted) if granted else [],
        "may_keep": keeps,
        "is_one_stop": span.kind == "TRUNG_TAM_PVHCC",
        "is_service": span.kind == "DON_VI_SU_NGHIEP",
    }
    return render(request, "organisation/web/unit_registers.html", context)


def _power(row: Delegation, unit_id: int, known: Picture, asked: Asked) -> dict[str, str]:
    given = row.from_unit_id == unit_id
    other = known.name(row.to_unit_id, asked.on) if row.to_unit_id else "tất cả xã, phường"
    party = f"giao cho {other}" if given else f"nhận từ {known.name(row.from_unit_id, asked.on)}"
    return {
        "what": row.what,
        "url": reverse("register-entry", args=["phan-cap", row.pk]),
        "words": f"{FORMS[row.form]}, {party}; {row.decision_number}, {period(row.valid_from, row.valid_to)}",
    }


def _facility(row: OneStopFacility) -> list[tuple[str, str]]:
    counted = [(words, number(getattr(row, name))) for name, words in COUNTED.items()]
    present = [(words, "Có" if getattr(row, name) else "Không") for name, words in PRESENT.items()]
    paper = ("Văn bản", f"{row.decision_number}, {period(row.valid_from, row.valid_to)}")
    return [("Mô hình", LEVELS[row.level]), *counted, *present, paper]


def _system(row: QualitySystem) -> list[tuple[str, str]]:
    return [
        ("Tiêu chuẩn", row.standard),
        ("Phạm vi", row.scope),
        ("Số thủ tục", number(row.procedures)),
        ("Công bố, chứng nhận", f"{row.decision_number}, {period(row.valid_from, row.valid_to)}"),
    ]


def _autonomy(row: Autonomy) -> list[tuple[str, str]]:
    return [
        ("Nhóm", GROUPS[row.group]),
        ("Nguồn thu A", f"{number(row.revenue)} đồng"),
        ("Chi thường xuyên B", f"{number(row.spending)} đồng"),
        ("Quyết định", f"{row.decision_number}, {period(row.valid_from, row.valid_to)}"),
    ]
