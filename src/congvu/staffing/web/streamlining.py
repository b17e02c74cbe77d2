"""Streamlining by batch: who leaves, by which article and regime, with what money; a batch approved by decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.access import READERS as PEOPLE_READERS
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.actions.record_release import approve_batch, remove_release
from congvu.staffing.models import Release
from congvu.staffing.queries.releases import releases
from congvu.staffing.rules.streamlining import CATEGORIES, PACKS, REGIMES
from congvu.staffing.web.release_sheet import release_book
from congvu.staffing.web.sheet import XLSX

FIRST_YEAR, LAST_YEAR = 2010, 2100


def streamlining(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's."""
    year, half = batch_asked(request)
    known, rows = _rows(request, year, half)
    actor = request.actor  # type: ignore[attr-defined]
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, year, half)
        except Refused as said:
            refusal = said
    waiting = [row for row in rows if row.approved_at is None]
    context = {
        "year": year,
        "half": half,
        "refusal": refusal,
        "rows": [_told(row, known) for row in rows],
        "by_regime": _sums(rows),
        "people": len(rows),
        "money": sum(row.money for row in rows),
        "approved": rows and not waiting,
        "number": rows[0].decision_number if rows and not waiting else "",
        "may_write": may_write(actor),
        "sees_people": actor.has(*PEOPLE_READERS),
    }
    return render(request, "staffing/web/streamlining.html", context, status=FORM_STATUS if refusal else 200)


def release_sheet(request: HttpRequest) -> FileResponse:
    """The list of a batch as XLSX. 2 statements besides the session's."""
    year, half = batch_asked(request)
    known, rows = _rows(request, year, half)
    return FileResponse(
        release_book(year, half, rows, known),
        as_attachment=True,
        filename=f"tinh-gian-{year}-dot-{half}.xlsx",
        content_type=XLSX,
    )


def batch_asked(request: HttpRequest) -> tuple[int, int]:
    today: date = clock.today()
    year, half = request.GET.get("nam", ""), request.GET.get("dot", "")
    if (year and not (year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR)) or half not in (
        "",
        "1",
        "2",
    ):
        raise Refused("Không đọc được năm hoặc đợt.", where="nam", do="Chọn năm, và đợt 1 hoặc 2.")
    return int(year or today.year), int(half or (1 if today.month <= 6 else 2))


def _rows(request: HttpRequest, year: int, half: int) -> tuple[Picture, list[Release]]:
    known = picture()
    scope = visible_units(request.actor, clock.today(), known)  # type: ignore[attr-defined]
    return known, releases(year, half, None if scope.all else scope.unit_ids)


def _act(request: HttpRequest, year: int, half: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if request.POST.get("viec") == "duyet":
        count = approve_batch(year, half, request.POST.get("number", ""), by=actor, at=clock.now())
        messages.success(request, f"Đã duyệt {count} người của đợt {half} năm {year}.")
    elif request.POST.get("bo", "").isdecimal():
        remove_release([int(request.POST["bo"])], by=actor, at=clock.now())
        messages.success(request, "Đã bỏ ra khỏi đợt.")
    else:
        raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")
    return redirect(f"{reverse('streamlining')}?nam={year}&dot={half}")


def _told(row: Release, known: Picture) -> dict[str, Any]:
    return {
        "row": row,
        "unit": known.name(row.unit_id, row.leaves_on),
        "person": row.person.number if row.person else "",
        "pack": PACKS[row.pack],
        "category": CATEGORIES[row.category],
        "regime": REGIMES[row.regime],
    }


def _sums(rows: Sequence[Release]) -> list[tuple[str, int, int]]:
    """(regime, people, money)."""
    return [
        (
            words,
            sum(row.regime == regime for row in rows),
            sum(row.money for row in rows if row.regime == regime),
        )
        for regime, words in REGIMES.items()
    ]
