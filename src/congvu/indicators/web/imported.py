"""Past cases taken in from event logs: what each import amounts to, and the cases behind each number."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.imports import ImportCounts, import_records, imported_counts
from congvu.indicators.rules.on_time import DOUBTFUL, PAST
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture


@dataclass(frozen=True, slots=True)
class Shown:
    counts: ImportCounts
    numbers: tuple[tuple[int, str, bool], ...]  # number, address, whether it is the one opened


def imported_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/nhap-ho-so-cu/`. At most 6 statements: scope, counts, imports; with a number opened the scope, its
    records, their units."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    found = imported_counts(actor, today=today)
    opened = (request.GET.get("lan", ""), request.GET.get("mo", ""))
    rows = [Shown(one, tuple(_numbers(one, opened))) for one in found]
    context: dict[str, Any] = {
        "rows": rows,
        "drawer": _drawer(request, found) if opened[1] else None,
    }
    return render(request, "indicators/web/imported.html", context)


_WORDS = {**{code: words for code, (words, _) in PAST.items()}, DOUBTFUL: "có điều cần xem lại"}


def _figures(one: ImportCounts) -> dict[str, int]:
    counts = (one.cases, one.on_time, one.late, one.open, one.unclear, one.doubtful)
    return dict(zip((*PAST, DOUBTFUL), counts, strict=True))


def _numbers(one: ImportCounts, opened: tuple[str, str]) -> list[tuple[int, str, bool]]:
    return [
        (
            n,
            f"?{urlencode({'lan': str(one.id), 'mo': code})}#ban-ghi" if n else "",
            opened == (str(one.id), code),
        )
        for code, n in _figures(one).items()
    ]


def _drawer(request: HttpRequest, found: tuple[ImportCounts, ...]) -> Drawer:
    wanted, figure = request.GET.get("lan", ""), request.GET["mo"]
    one = next((one for one in found if str(one.id) == wanted), None)
    if one is None or figure not in _WORDS:
        raise Refused(
            "Không có số liệu này trong các lần nhập bạn được xem.",
            where="lan",
            do="Mở lại trang và chọn một số.",
        )
    page = import_records(
        request.actor,  # type: ignore[attr-defined]
        one.id,
        figure,
        cursor=request.GET.get("sau", ""),
        today=clock.today(),
    )
    rows = lines(page, picture())
    return Drawer(
        _figures(one)[figure], f"hồ sơ {_WORDS[figure]}", one.file_name, rows, reverse("imported-cases")
    )
