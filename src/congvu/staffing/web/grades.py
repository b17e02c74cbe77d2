"""Cơ cấu ngạch: per unit the share of each rank, by people present and by the approved scheme, beside its cap."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.ui.formats import NOTHING, number, rounded
from congvu.foundation.ui.forms import day_asked
from congvu.foundation.ui.pager import page_after
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import Scope
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.access import sight_of
from congvu.people.rules.codes import FULL, RANKS
from congvu.staffing.access import visible_units
from congvu.staffing.queries.grades import GradeLine, grade_structure
from congvu.staffing.rules.grades import RankShare
from congvu.staffing.rules.kinds import CONG_CHUC
from congvu.staffing.web.grade_sheet import grade_book
from congvu.staffing.web.sheet import XLSX

PAGE = 100  # units on a page
HEADS = (*(words for words, _ in RANKS.values()), "Khác, chưa ghi")


@dataclass(frozen=True, slots=True)
class Cell:
    """A share with its words and the list of people behind it."""

    share: RankShare
    percent: str
    url: str

    @property
    def cap(self) -> str:
        return (
            ""
            if self.share.cap is None
            else f"tối đa {self.share.allowed} ({number(rounded(self.share.cap, 0))}%)"
        )


def grade_table(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    known, on, under, posts, lines, rule = _asked(request)
    only_over = request.GET.get("vuot") == "1"
    over = sum(one.over for one in lines if one.unit_id is not None)
    units = [one for one in lines if one.unit_id is not None and (not only_over or one.over)]
    page = page_after(units, PAGE, lambda one: one.unit_id or 0, request.GET.get("sau", ""))
    sums = [one for one in lines if one.unit_id is None and (not only_over or one.over)]
    context = {
        "on": on,
        "unit": known.nearest(under, on) if under is not None else None,
        "rule": rule,
        "heads": HEADS,
        "page": page,
        "rows": [_row(one, known, on, under, posts) for one in (*page.rows, *sums)],
        "over": over,
        "over_words": f"{over} đơn vị vượt",
        "only_over": only_over,
        "sheet": f"{reverse('grade-sheet')}?{request.GET.urlencode()}",
        "query": urlencode({"ngay": f"{on:%d/%m/%Y}"}),
    }
    return render(request, "staffing/web/grades.html", context)


def grade_sheet(request: HttpRequest) -> FileResponse:
    """The same as XLSX. 4 statements besides the session's."""
    known, on, _, _, lines, rule = _asked(request)
    return FileResponse(
        grade_book(on, lines, known, HEADS, rule),
        as_attachment=True,
        filename=f"co-cau-ngach-{on:%Y%m%d}.xlsx",
        content_type=XLSX,
    )


def _asked(
    request: HttpRequest,
) -> tuple[Picture, date, int | None, Scope, list[GradeLine], LawRule | None]:
    """The day and unit asked, whose schemes the reader may open, the lines and the rule of the caps. 4 statements."""
    known, actor, today = picture(), actor_of(request), clock.today()
    on = day_asked(request, "ngay") or today
    under = known.by_code(request.GET.get("don-vi", "").strip().upper())
    lines, rule = grade_structure(on, sight_of(actor, today, known), known, under)
    return known, on, under, visible_units(actor, today, known), lines, rule


def _row(line: GradeLine, known: Picture, on: date, under: int | None, posts: Scope) -> dict[str, object]:
    day = f"{on:%d/%m/%Y}"
    unit = line.unit_id if line.unit_id is not None else under
    span = known.nearest(unit, on) if unit is not None else None
    asked = {"don-vi": span.code if span else "", "loai": FULL, "nhom": CONG_CHUC, "ngay": day}
    alone = line.unit_id == under if under is not None else span is not None and span.parent_id is None
    if alone and line.unit_id is not None:
        asked["rieng"] = "1"  # the unit's own people, without those of units below it
    people = reverse("people")
    scheme = reverse("unit-scheme", args=[span.code]) + f"?{urlencode({'ngay': day})}" if span else ""
    return {
        "name": span.name if line.unit_id is not None and span else "Cộng",
        "code": span.code if line.unit_id is not None and span else "",
        "sum": line.unit_id is None,
        "whole": line.people[0].whole,
        "whole_url": f"{people}?{urlencode(asked)}",
        "scheme_whole": line.scheme[0].whole,
        "scheme_url": scheme if line.unit_id is not None and line.unit_id in posts else "",
        "people": [_cell(one, f"{people}?{urlencode({**asked, 'muc': one.rank})}") for one in line.people],
        "scheme": [_cell(one, "") for one in line.scheme],
        "below": line.unit_id is not None and line.unit_id != under,
    }


def _cell(share: RankShare, url: str) -> Cell:
    exact = share.percent
    return Cell(share, f"{number(rounded(exact, 1), 1)}%" if exact is not None else NOTHING, url)
