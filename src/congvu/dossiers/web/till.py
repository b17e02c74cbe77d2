"""The till of a one-stop: what is to be collected, the day sheet with its closing, waivers by ground."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.close_day import close_day
from congvu.dossiers.models import DayClosing
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.queries.till import closings_of, day_rows, day_takings, owing, waived_on
from congvu.dossiers.rules.day_sheet import CollectorDay, total_by_way
from congvu.dossiers.rules.spelled import spelled_dong
from congvu.dossiers.rules.waivers import BY_CODE, ground_label
from congvu.dossiers.web.counter_desk import CENTRE
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.money_forms import CloseDayForm
from congvu.dossiers.web.reconcile import asked_quarter
from congvu.dossiers.web.slips import pdf_response
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.papers.head import in_words
from congvu.foundation.papers.pdf import render as pdf
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, read_day, read_number
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.workdays.days import quarter_range
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

PAGE, SHOWN, MOST = 25, 500, 20_000


def to_collect(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/`: the dossiers that owe, longest first. 3 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.today(), picture()
    sight = visible_to(actor, today, known)
    after = decode(request.GET.get("sau", ""), 1)
    rows = [] if sight.nothing else owing(sight, after=after[0] if after else 0, limit=PAGE + 1)
    page = page_of(rows, PAGE, lambda row: (row.id,), first=after is None)
    context = {"page": page, "may_collect": actor.has(CLERK, LEADER), "is_clerk": actor.has(CLERK)}
    return render(request, "dossiers/web/to_collect.html", context)


def waivers(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/mien-giam/?nam=2026&quy=4`: what was waived, by ground and share. 3 statements."""
    today, known = clock.today(), picture()
    sight = visible_to(request.actor, today, known)  # type: ignore[attr-defined]
    year, quarter, error = asked_quarter(request, today)
    first, last = quarter_range(year, quarter)
    rows = [] if sight.nothing else waived_on(sight, first, last)
    context = {
        "year": year, "quarter": quarter, "error": error, "first": first, "last": last,
        "years": range(today.year, today.year - 5, -1),
        "rows": [(one, ground_label(one.ground), BY_CODE.get(one.ground)) for one in rows],
        "total": sum(one.amount for one in rows), "entries": sum(one.entries for one in rows),
    }  # fmt: skip
    return render(request, "dossiers/web/waivers.html", context, status=FORM_STATUS if error else 200)


def day_sheet(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/bang-ke/?ngay=20/11/2026&noi=5`. 6 statements; POST closes the reader's own day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.today(), picture()
    units, unit, day = _asked(request, visible_to(actor, today, known), known, today)
    form = CloseDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            close_day(unit, day, data["counted"], data["note"], by=actor, at=clock.now())
            messages.success(request, f"Đã khóa sổ ngày {formats.day(day)}.")
            return HttpResponseRedirect(f"{reverse('day-sheet')}?ngay={formats.day(day)}&noi={unit}")
        except Refused as refusal:
            form.refuse(refusal)
    days = day_takings(unit, day) if unit else []
    rows = day_rows(unit, day, SHOWN + 1) if days else []
    mine = next((one for one in days if one.collector_id == actor.account_id), None)
    context: dict[str, Any] = {
        "units": units, "unit": unit, "unit_name": known.name(unit, day) if unit else "", "day": day, "days": days,
        "totals": total_by_way(days), "rows": rows[:SHOWN], "more": len(rows) > SHOWN, "form": form, "mine": mine,
        "closings": [_told(one, days) for one in closings_of(unit, day)] if days else [],
        "may_close": mine is not None and unit in actor.units(CLERK),
    }  # fmt: skip
    return render(
        request, "dossiers/web/day_sheet.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def day_sheet_pdf(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/bang-ke/in/`: the day on paper, every receipt. 5 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, known = clock.today(), picture()
    _, unit, day = _asked(request, visible_to(actor, today, known), known, today)
    days = day_takings(unit, day) if unit else []
    if not days:
        raise NotVisible("Ngày này không có khoản thu nào.", where=formats.day(day), do="Chọn ngày khác.")
    closings = [_told(one, days) for one in closings_of(unit, day)]
    head, total = letterhead(known, unit, day), sum(one.net for one in days)
    fields = {
        "coQuanTren": head["parent"], "donVi": head["unit"], "diaDanh": head["place"], "ngay": formats.day(day),
        "ngayThangNam": in_words(day),
        "dongs": [
            [str(nth), row.receipt, row.code or "", row.payer or row.owner, row.kind.label, row.way.label if row.way else "",
             formats.number(row.amount if row.kind == "paid" else -row.amount), row.who]
            for nth, row in enumerate(day_rows(unit, day, MOST), 1)
        ],
        "congs": [
            [who.name or "Báo có ngân hàng", way.way.label, str(way.receipts), str(way.voided), formats.number(way.refunded),
             formats.number(way.net)]
            for who in days for way in who.ways
        ],
        "khoas": [one["words"] for one in closings],
        "tong": formats.number(total), "bangChu": spelled_dong(total) if total >= 0 else "",
    }  # fmt: skip
    name = f"bang-ke-{day.isoformat()}"
    return pdf_response(pdf("dossiers/web/papers/day_sheet.typ", fields), name)


def _told(closing: DayClosing, days: list[CollectorDay]) -> dict[str, Any]:
    """A closing in words: the difference it named, and whether the ledger has moved since."""
    now = next((one for one in days if one.collector_id == closing.collector_id), None)
    name = now.name if now else ""
    differs = closing.counted - closing.cash
    words = f"{name}, khóa lần {closing.nth} lúc {formats.moment(closing.at)}: "
    words += (
        f"sổ {formats.number(closing.cash)} đồng tiền mặt, đếm được {formats.number(closing.counted)} đồng"
    )
    words += f", lệch {formats.number(differs)} đồng ({closing.note})" if differs else ", khớp"
    return {"words": words, "differs": differs, "moved": now is not None and now.sums != closing.sums}


def _asked(
    request: HttpRequest, sight: Visible, known: Picture, today: date
) -> tuple[list[tuple[int, str]], int, date]:
    """The one-stops the reader may choose, the one chosen, the day. A wrong day is today."""
    day = read_day(request.GET.get("ngay", "")) or today
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = set(actor.units(CLERK))  # a commune receives at its own office, which is no centre
    units = [
        (node.unit_id, node.name)
        for node in known.tree(today)
        if node.unit_id in own or (node.kind == CENTRE and (sight.everything or node.unit_id in sight.units))
    ]
    chosen = read_number(request.GET.get("noi", ""))
    known_units = [unit for unit, _ in units]
    return units, chosen if chosen in known_units else (known_units[0] if known_units else 0), day
