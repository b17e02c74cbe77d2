"""On time by month and by agency: pictures with their tables, every number opens its dossiers."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.charts import Line, Share, bar_chart_of, line_chart_of
from congvu.foundation.ui.map_switch import FIELD, map_switch
from congvu.foundation.workdays.days import month_range, months_back, year_range
from congvu.indicators.queries.series import MonthShare, UnitShare, counted_on_time, series_of, solved_records
from congvu.indicators.rules.periods import EARLIEST, LATEST
from congvu.indicators.web.form06 import allocation_words, source_ids
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture

MOST_UNITS = 100  # rows of the table; the rest are in Form 06 by unit


def on_time_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/dung-han/`: a year, or the last twelve months. At most 5 statements: scope, units, how far the facts go,
    counts, and the records of the number opened."""
    today = clock.today()
    first, last, year = _span(request.GET, today)
    seen, known = visible_to(request.actor, today), picture()  # type: ignore[attr-defined]
    switch = map_switch(request.GET, today, ("nam",))
    if switch.wrong:
        raise Refused(switch.wrong, where=FIELD, do="Sửa ngày của bản đồ.")
    months, units = counted_on_time(seen, known, first, last, switch.on)
    kept = ({"nam": str(year)} if year else {}) | switch.part
    solved, good = sum(m.solved for m in months), sum(m.on_time for m in months)
    total = _share(kept, first, last, "", good, solved)
    context: dict[str, Any] = {
        "first": first,
        "last": last,
        "year": year,
        "words": f"năm {year}" if year else "12 tháng gần nhất",
        "this_year": today.year,
        "solved": solved,
        "total": total,
        "by_month": line_chart_of(
            "Tỷ lệ đúng hạn theo tháng",
            [f"{m.first.month}/{m.first:%y}" for m in months],
            [Line("Đạt", [_month_share(kept, m, today) for m in months])],
        ),
        "by_unit": bar_chart_of(
            "Đúng hạn trên số đã giải quyết, theo cơ quan",
            [(u.name, _unit_share(kept, u, first, last)) for u in units[:MOST_UNITS]],
            total=total,
            words=("Đã giải quyết", "Đúng hạn", "Quá hạn"),
        ),
        "switch": switch,
        "map_on": switch.on,
        "allocated": [unit.row for unit in units if unit.row is not None and unit.row.told],
        "more_units": max(0, len(units) - MOST_UNITS),
        "drawer": _drawer(request, kept, seen, known, _counted(months, units, first, last), units)
        if request.GET.get("mo")
        else None,
    }
    return render(request, "indicators/web/on_time.html", context)


def _span(data: QueryDict, today: date) -> tuple[date, date, int | None]:
    """First and last day shown, and the year when one is asked. The last twelve months end today."""
    typed = data.get("nam", "").strip()
    if not typed:
        return months_back(today, 11), today, None
    if not (typed.isdecimal() and EARLIEST.year <= int(typed) <= LATEST.year):
        raise Refused(f"Không có năm «{typed}».", where="nam", do="Nhập năm bốn chữ số, ví dụ 2026.")
    first, last = year_range(int(typed))
    return first, max(first, min(last, today)), int(typed)


def _month_share(kept: dict[str, str], month: MonthShare, today: date) -> Share:
    if month.solved == 0 and month.first > today:
        return Share(None, None)
    return _share(kept, month.first, month.last, "", month.on_time, month.solved)


def _unit_share(kept: dict[str, str], unit: UnitShare, first: date, last: date) -> Share:
    return _share(kept, first, last, unit.code, unit.on_time, unit.solved)


def _share(kept: dict[str, str], first: date, last: date, unit: str, good: Number, solved: Number) -> Share:
    def url(series: str) -> str:
        parts = {**kept, "tu": first.isoformat(), "den": last.isoformat(), "don-vi": unit, "mo": series}
        return f"?{urlencode({name: value for name, value in parts.items() if value})}#ban-ghi"

    return Share(good, solved, url("dung-han"), url("xong"), url("qua-han"))


Counted = dict[tuple[date, date, str], tuple[Number, Number]]


def _counted(
    months: tuple[MonthShare, ...], units: tuple[UnitShare, ...], first: date, last: date
) -> Counted:
    """(solved, on time) of everything the page shows, by period and unit."""
    found: Counted = {(first, last, unit.code): (unit.solved, unit.on_time) for unit in units}
    found |= {(month.first, month.last, ""): (month.solved, month.on_time) for month in months}
    found[first, last, ""] = sum(m.solved for m in months), sum(m.on_time for m in months)
    return found


def _drawer(
    request: HttpRequest,
    kept: dict[str, str],
    seen: Visible,
    known: Picture,
    counted: Counted,
    shares: tuple[UnitShare, ...],
) -> Drawer:
    """1 statement. Refuses a number that the page does not show."""
    series, unit = request.GET["mo"], request.GET.get("don-vi", "")
    meaning, _ = series_of(series)
    first, last = _day(request.GET, "tu"), _day(request.GET, "den")
    if (first, last, unit) not in counted:
        raise Refused("Trang này không có số liệu ấy.", where="mo", do="Mở lại trang và chọn một số.")
    solved, good = counted[first, last, unit]
    rows = tuple(one.row for one in shares if one.row is not None and one.row.laid is not None)
    page = solved_records(
        seen,
        first,
        last,
        series=series,
        unit=unit,
        units=source_ids(rows, unit) if rows else None,
        cursor=request.GET.get("sau", ""),
        today=clock.today(),
    )
    whole = (first, last) == month_range(first.year, first.month)
    when = f"tháng {first.month}/{first.year}" if whole else f"{formats.day(first)} – {formats.day(last)}"
    unit_id = known.by_code(unit) if unit else None
    where = f", {known.name(unit_id, last)}" if unit_id else ""
    back = f"?{urlencode(kept)}" if kept else ""
    figure = {"xong": solved, "dung-han": good, "qua-han": solved - good}[series]
    return Drawer(
        figure,
        meaning,
        f"Kết thúc trong {when}{where}",
        lines(page, known),
        reverse("on-time") + back,
        allocation=allocation_words(rows, unit),
    )


def _day(data: QueryDict, name: str) -> date:
    try:
        return date.fromisoformat(data.get(name, ""))
    except ValueError:
        raise Refused(
            "Địa chỉ không nêu đúng kỳ của số liệu.", where=name, do="Mở lại trang và chọn một số."
        ) from None
