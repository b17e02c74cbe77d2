"""A receipt of fees: its page, its paper (each print counted), and voiding it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.print_receipt import print_receipt
from congvu.dossiers.actions.void_receipt import void_receipt
from congvu.dossiers.queries.receipts import Receipt, receipt_of
from congvu.dossiers.rules.receipts import COPIES, mark_of
from congvu.dossiers.rules.spelled import spelled_dong
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.slips import pdf_response
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.papers.codes import qr_svg
from congvu.foundation.papers.head import in_words
from congvu.foundation.papers.pdf import render as pdf
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

TEMPLATE = "dossiers/web/papers/receipt.typ"


def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """`/thu-phi/bien-lai/<số>/`. GET 3 statements: scope, the receipt, the form's number; POST voids it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = receipt_of(visible_to(actor, now.date()), pk)
    reason, refusal = "", None
    if request.method == "POST":
        reason = request.POST.get("ly_do", "").strip()[:1000]
        try:
            void_receipt(found.id, reason, by=actor, at=now)
            messages.success(request, f"Đã hủy biên lai {found.label}. Số tiền trở lại khoản phải nộp.")
            return HttpResponseRedirect(reverse("receipt", args=[pk]))
        except Refused as problem:
            refusal = problem
    known = picture()
    context: dict[str, Any] = {
        "r": found, "words": spelled_dong(found.amount), "refusal": refusal, "reason": reason,
        "pairs": _pairs(found, known, official=actor.is_official), "official": actor.is_official,
        "form": rule_at("fee.receipt_form", found.at.date()),
        "may_void": actor.has(CLERK, LEADER) and found.void_reason is None and not found.from_bank,
    }  # fmt: skip
    return render(
        request, "dossiers/web/receipt.html", context, status=FORM_STATUS if refusal is not None else 200
    )


def _pairs(found: Receipt, known: Picture, *, official: bool) -> list[tuple[str, str]]:
    """The facts of a receipt in words. Citizens are not told an officer's name on a screen; their paper carries it."""
    day = found.at.date()
    way = f"{found.way.label} ({found.reference})" if found.reference else found.way.label
    pairs = [
        ("Ký hiệu, số", found.label), ("Thời gian", formats.moment(found.at)), ("Người nộp", found.payer),
        ("Hình thức", way), ("Nơi thu", known.name(found.unit_id, day)), ("Thu cho", known.name(found.for_unit_id, day)),
        ("Thủ tục", f"{found.procedure} ({found.procedure_code})"),
    ]  # fmt: skip
    pairs += [("Người thu", found.collector or "hệ thống")] if official else []
    return pairs + [("Khoản thu", one) for one in found.charges if one]


def receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """`/thu-phi/bien-lai/<số>/in/` (POST): the paper; the first one, or marked as printed again. 8 statements."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("receipt", args=[pk]))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = receipt_of(visible_to(actor, now.date()), pk)
    nth = print_receipt(found.id, by=actor, at=now)
    look_up = request.build_absolute_uri(f"{reverse('look-up')}?ma={found.code}")
    return pdf_response(
        pdf(TEMPLATE, _fields(found, nth, look_up)), f"bien-lai-{found.series}-{found.number}"
    )


def _fields(found: Receipt, nth: int, look_up: str) -> dict[str, Any]:
    day = found.at.date()
    head = letterhead(picture(), found.unit_id, day)
    voided = f"lúc {formats.moment(found.voided_at)}: {found.void_reason}" if found.voided_at else ""
    return {
        "coQuanTren": head["parent"], "donViThu": head["unit"], "maDonVi": found.unit_code, "diaDanh": head["place"],
        "mauSo": rule_at("fee.receipt_form", day).value, "kyHieu": found.series, "so": found.number,
        "lien": COPIES, "inLai": mark_of(nth), "daHuy": voided, "qr": qr_svg(look_up),
        "nguoiNop": found.payer, "diaChi": found.payer_address, "tenTTHC": found.procedure,
        "maTTHC": found.procedure_code, "maHoSo": found.code, "khoanThu": [one for one in found.charges if one],
        "soTien": formats.number(found.amount), "bangChu": spelled_dong(found.amount),
        "hinhThuc": found.way.label, "chungTu": found.reference, "ngayThangNam": in_words(day),
        "nguoiThu": found.collector,
    }  # fmt: skip
