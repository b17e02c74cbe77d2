"""The bank's day file beside the ledger: reading it, and what a person decides of what it could not match."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.import_bank import import_bank
from congvu.dossiers.actions.settle_bank_line import put_bank_line_aside, settle_bank_line
from congvu.dossiers.models import BankLine
from congvu.dossiers.queries.bank_lines import answered_lines, codes_of, waiting_lines
from congvu.dossiers.rules.bank_file import WAITING, Verdict
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.queries import picture

PAGE, LARGEST = 50, 4 * 1024 * 1024
ANSWERED = "xong"
CHIPS = {
    Verdict.ENTERED: "ok",
    Verdict.SETTLED: "ok",
    Verdict.KNOWN: "ok",
    Verdict.OUT: "idle",
    Verdict.NO_FEE: "idle",
}


def bank_lines(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/sao-ke/`: what waits for a person, oldest first; `?xem=xong` what has its answer, newest first.
    GET 3 statements; POST reads a file or decides of a line."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    units = sorted(actor.units(CLERK))
    answered = request.GET.get("xem") == ANSWERED
    refusal = None
    if request.method == "POST":
        try:
            said = _decided(request, actor, units) if "dong" in request.POST else _read(request, actor, units)
            messages.success(request, said)
            return HttpResponseRedirect(reverse("bank-lines"))
        except Refused as problem:
            refusal = problem
    after = decode(request.GET.get("sau", ""), 1)
    if answered:
        found = answered_lines(units, before=after[0] if after else None, limit=PAGE + 1)
    else:
        found = waiting_lines(units, after=after[0] if after else 0, limit=PAGE + 1)
    today, known = clock.today(), picture()
    codes = codes_of(found, visible_to(actor, today, known))
    rows = [_row(line, codes, request) for line in found]
    context: dict[str, Any] = {
        "page": page_of(rows, PAGE, lambda row: (row["line"].pk,), first=after is None), "refusal": refusal,
        "units": [(pk, known.name(pk, today)) for pk in units], "answered": answered, "ANSWERED": ANSWERED,
    }  # fmt: skip
    return render(request, "dossiers/web/bank_lines.html", context, status=FORM_STATUS if refusal else 200)


def _row(line: BankLine, codes: dict[int, str], request: HttpRequest) -> dict[str, Any]:
    """A line as the page shows it, with what was typed beside it and refused."""
    verdict, mine = Verdict(line.verdict), request.POST.get("dong") == str(line.pk)
    return {
        "line": line, "verdict": verdict.label.capitalize(), "chip": CHIPS.get(verdict, "soon"),
        "code": codes.get(line.dossier_id or 0, ""),
        "settle": bool(line.amount) and verdict in (Verdict.UNKNOWN, Verdict.NO_FEE),
        "aside": verdict in WAITING, "why_open": mine and "ly-do" in request.POST,
        "typed": request.POST.get("ma", "")[:80] if mine else "", "why": request.POST.get("ly-do", "")[:1000] if mine else "",
    }  # fmt: skip


def _read(request: HttpRequest, actor: Actor, units: list[int]) -> str:
    file = request.FILES.get("tep")
    if file is None:
        raise Refused("Chưa chọn tệp sao kê.", where="tep", do="Chọn tệp CSV của ngân hàng.")
    if (file.size or 0) > LARGEST:
        raise Refused("Tệp sao kê lớn hơn 4 MB.", where="tep", do="Tách tệp theo ngày.")
    unit = read_number(request.POST.get("noi", "")) or (units[0] if units else 0)
    counted = import_bank(file.read(), unit, by=actor, at=clock.now())
    told = [f"{formats.number(counted[one])} {one.label}" for one in Verdict if counted[one]]
    return f"Đã đọc sao kê: {', '.join(told)}." if told else "Tệp này đã nạp trước đó, không có dòng mới."


def _decided(request: HttpRequest, actor: Actor, units: list[int]) -> str:
    line, code = read_number(request.POST.get("dong", "")), request.POST.get("ma", "").strip().upper()[:80]
    if not line:
        raise Refused("Chưa chọn dòng sao kê.", where="dong")
    if "ly-do" in request.POST:
        put_bank_line_aside(line, request.POST["ly-do"], units, by=actor, at=clock.now())
        return "Đã ghi dòng sao kê không phải phí."
    if settle_bank_line(line, code, units, by=actor, at=clock.now()):
        return f"Đã gán khoản thu cho hồ sơ {code}."
    return "Giao dịch này đã có trong sổ, không ghi thêm khoản nào."
