"""Quarterly reconciliation of fees with each agency: sums that open their entries, and the sheet of them."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.queries.reconcile import FeeRow, fee_rows, fee_sums
from congvu.dossiers.rules.money import FeeKind
from congvu.dossiers.rules.waivers import ground_label
from congvu.dossiers.web.dossier_list import XLSX
from congvu.dossiers.web.sheet import sheet
from congvu.foundation import clock
from congvu.foundation.ui.forms import read_number
from congvu.foundation.workdays.days import quarter_range
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

SHOWN, MOST = 500, 200_000  # entries on the page; a province collects fewer than the second in a quarter
HEADINGS = (
    "Ngày", "Mã hồ sơ", "Chủ hồ sơ", "Nơi thu", "Cơ quan", "Khoản", "Số tiền (đồng)", "Hình thức", "Số biên lai", "Chứng từ",
    "Lý do", "Người ghi", "Người nộp", "Diện miễn, giảm", "Tỷ lệ (%)",
)  # fmt: skip


def reconcile(request: HttpRequest) -> HttpResponse:
    """`/thu-phi/doi-soat/?nam=2026&quy=4&noi=1&co_quan=2`. 3-5 statements."""
    today, known = clock.now().date(), picture()
    sight = visible_to(request.actor, today, known)  # type: ignore[attr-defined]
    year, quarter, error = asked_quarter(request, today)
    first, last = quarter_range(year, quarter)
    pair = _pair(request)
    sums = [] if sight.nothing else fee_sums(sight, first, last)
    rows = fee_rows(sight, first, last, pair=pair, most=SHOWN + 1) if pair and not sight.nothing else []
    context: dict[str, Any] = {
        "year": year, "quarter": quarter, "error": error, "first": first, "last": last, "pair": pair,
        "lines": [(one, known.name(one.unit_id, last), known.name(one.for_unit_id, last)) for one in sums],
        "total": [sum(getattr(one, name) for one in sums) for name in SUMMED],
        "rows": rows[:SHOWN], "more": len(rows) > SHOWN, "years": range(today.year, today.year - 5, -1),
        "agency": known.name(pair[1], last) if pair else "",
    }  # fmt: skip
    return render(request, "dossiers/web/reconcile.html", context, status=422 if error else 200)


SUMMED = (
    "charged",
    "waived",
    "counter",
    "transfer",
    "online",
    "post",
    "refunded",
    "net",
    "receipts",
    "voided",
)


def reconcile_sheet(request: HttpRequest) -> StreamingHttpResponse:
    """`/thu-phi/doi-soat/tai-ve/`: every entry of the quarter, or of one one-stop and agency. 2-4 statements."""
    today, known = clock.now().date(), picture()
    sight: Visible = visible_to(request.actor, today, known)  # type: ignore[attr-defined]
    year, quarter, _ = asked_quarter(request, today)
    first, last = quarter_range(year, quarter)
    rows = [] if sight.nothing else fee_rows(sight, first, last, pair=_pair(request), most=MOST)
    cells = (_cells(row, known, last) for row in rows)
    response = StreamingHttpResponse(
        sheet(f"Đối soát quý {quarter}-{year}", HEADINGS, cells), content_type=XLSX
    )
    response["Content-Disposition"] = f'attachment; filename="doi-soat-phi-{year}-q{quarter}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(row: FeeRow, known: Picture, on: date) -> list[Any]:
    return [
        row.day, row.code, row.owner, known.name(row.unit_id, on), known.name(row.for_unit_id, on), row.kind.label, row.amount,
        row.way.label if row.way else "", row.receipt, row.reference, row.reason, row.who, row.payer,
        ground_label(row.ground) if row.kind == FeeKind.WAIVED else "", row.percent,
    ]  # fmt: skip


def asked_quarter(request: HttpRequest, today: date) -> tuple[int, int, str]:
    """Year and quarter of the address; this quarter when they cannot be read, with the reason."""
    year, quarter = request.GET.get("nam", ""), request.GET.get("quy", "")
    this = (today.month + 2) // 3
    if not year and not quarter:
        return today.year, this, ""
    if (
        year.isascii()
        and year.isdigit()
        and 2000 <= int(year[:5]) <= today.year
        and quarter in ("1", "2", "3", "4")
    ):
        return int(year), int(quarter), ""
    return today.year, this, "Không có quý này. Chọn quý 1-4 và năm."


def _pair(request: HttpRequest) -> tuple[int, int] | None:
    unit, agency = (read_number(request.GET.get(name, "")) for name in ("noi", "co_quan"))
    return (unit, agency) if unit and agency else None
