"""The bank's day file beside the ledger: reading it, and giving a dossier to what it could not match."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.import_bank import UNKNOWN, UNREAD, VERDICTS, import_bank, settle_bank_line
from congvu.dossiers.models import BankLine
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.queries import picture

PAGE, LARGEST = 50, 4 * 1024 * 1024


def bank_lines(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/sao-ke/`: what is not matched yet, oldest first. GET 2 statements; POST reads a file or settles a line."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    units = sorted(actor.units(CLERK))
    refusal = None
    if request.method == "POST":
        try:
            messages.success(
                request,
                _settled(request, actor, units) if "dong" in request.POST else _read(request, actor, units),
            )
            return HttpResponseRedirect(reverse("bank-lines"))
        except Refused as problem:
            refusal = problem
    after = decode(request.GET.get("sau", ""), 1)
    waiting = BankLine.objects.filter(
        unit_id__in=units, verdict__in=(UNKNOWN, UNREAD), id__gt=after[0] if after else 0
    )
    page = page_of(list(waiting.order_by("id")[: PAGE + 1]), PAGE, lambda row: (row.pk,), first=after is None)
    today, known = clock.today(), picture()
    context: dict[str, Any] = {
        "page": page, "refusal": refusal, "units": [(pk, known.name(pk, today)) for pk in units],
        "typed": request.POST.get("ma", "")[:80], "at": request.POST.get("dong", ""), "unknown": UNKNOWN,
    }  # fmt: skip
    return render(request, "dossiers/web/bank_lines.html", context, status=FORM_STATUS if refusal else 200)


def _read(request: HttpRequest, actor: Actor, units: list[int]) -> str:
    file = request.FILES.get("tep")
    if file is None:
        raise Refused("Chưa chọn tệp sao kê.", where="tep", do="Chọn tệp CSV của ngân hàng.")
    if (file.size or 0) > LARGEST:
        raise Refused("Tệp sao kê lớn hơn 4 MB.", where="tep", do="Tách tệp theo ngày.")
    asked = request.POST.get("noi", "")
    unit = (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else (units[0] if units else 0)
    )
    counted = import_bank(file.read(), unit, by=actor, at=clock.now())
    told = [f"{formats.number(count)} {VERDICTS[verdict]}" for verdict, count in counted.items() if count]
    return f"Đã đọc sao kê: {', '.join(told)}." if told else "Tệp này đã nạp trước đó, không có dòng mới."


def _settled(request: HttpRequest, actor: Actor, units: list[int]) -> str:
    asked, code = request.POST.get("dong", ""), request.POST.get("ma", "").strip().upper()[:80]
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        raise Refused("Chưa chọn dòng sao kê.", where="dong")
    settle_bank_line(int(asked), code, units, by=actor, at=clock.now())
    return f"Đã gán khoản thu cho hồ sơ {code}."
