"""Who has issued the plans owed, who has not: units × plans on a day, as the organisation stood then."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui.forms import read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, picture_as_known
from congvu.organisation.rules.picture import Picture
from congvu.tasks.access import may_keep
from congvu.tasks.actions.remind_missing import focal_officers, remind_missing
from congvu.tasks.queries.coverage import Told, covered, duties, duty_years, reminded
from congvu.tasks.rules.coverage import Part, Standing, by_unit
from congvu.tasks.rules.kinds import CLASSES, ISSUED, STANDINGS, span_words
from congvu.tasks.web.common import STATE_CHIPS, TABS, Asked, asked_of, year_asked
from congvu.tasks.web.coverage_sheet import coverage_book

MISSING, LATE = "thieu", "tre"
ONLY = ((MISSING, "Chưa ban hành"), (LATE, "Ban hành trễ, quá hạn"), ("co", "Đã ban hành"))


@dataclass(frozen=True, slots=True)
class Head:
    """A column: a plan owed."""

    words: str
    url: str
    due: Any


@dataclass(frozen=True, slots=True)
class Sum:
    """A class in one column: issued of owing, each number with its units."""

    issued: int
    owing: int
    issued_url: str
    owing_url: str
    missing: int
    missing_url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in one column; `state` "" when it does not owe this one."""

    state: str = ""
    words: str = ""
    url: str = ""
    sub: str = ""
    label: str = ""


def plan_coverage(request: HttpRequest) -> HttpResponse:
    """5 statements besides the session's."""
    asked = asked_of(request, "nam", "nhom", "chi", "kh")
    known = picture_as_known(asked.known_at) if asked.known_at else picture()
    year = year_asked(asked)
    told = covered(duties(year, known_at=asked.known_at), asked.on, known, asked.known_at)
    one = asked.get("kh")
    columns = [each for each in told if str(each.duty.pk) == one] or told
    owed = duty_years()
    context = {
        "asked": asked,
        "tab": "plan-coverage",
        "tabs": TABS,
        "year": year,
        "years": sorted({*owed, year}, reverse=True),
        "another": next((one for one in owed if one != year), None),
        "classes": CLASSES.items(),
        "only": ONLY,
        "heads": [_head(each, asked) for each in columns],
        "sums": _sums(columns, asked),
        "sheet_query": asked.query(nam=str(year), kh="", nhom="", chi=""),
        "rows": _rows(columns, known, asked),
        "may_keep": may_keep(actor_of(request)),
        "span": len(columns) + 1,
        "filtered": any(asked.get(name) for name in ("nhom", "chi", "kh")),
    }
    return render(request, "tasks/web/coverage.html", context)


def coverage_sheet(request: HttpRequest) -> FileResponse:
    """3 statements besides the session's."""
    asked = asked_of(request, "nam")
    known = picture_as_known(asked.known_at) if asked.known_at else picture()
    year = year_asked(asked)
    return coverage_book(
        covered(duties(year, known_at=asked.known_at), asked.on, known, asked.known_at), known, asked, year
    )


def _head(told: Told, asked: Asked) -> Head:
    one = told.duty
    url = f"{reverse('plan-duty', args=[one.pk])}?{asked.query(kh='', nhom='', chi='', nam='')}".rstrip("?")
    return Head(f"KH {span_words(one.term, one.first_year, one.last_year)}", url, one.due_on)


def _sums(columns: list[Told], asked: Asked) -> list[tuple[str, list[Sum]]]:
    """A line for each class that owes anything, and the line of all."""
    named = {part.code: part.name for each in columns for part in each.coverage.parts}
    lines = []
    for code in [*(code for code in CLASSES if code in named), ""]:
        line = []
        for each in columns:
            parts = {part.code: part for part in each.coverage.parts}
            line.append(
                _sum(parts.get(code, Part(code, "", ())) if code else each.coverage.whole, each, code, asked)
            )
        lines.append((named.get(code, "Tất cả"), line))
    return lines


def _sum(part: Part, told: Told, code: str, asked: Asked) -> Sum:
    def way(only: str) -> str:
        return "?" + asked.query(kh=str(told.duty.pk), nhom=code, chi=only)

    return Sum(part.issued, part.owing, way("co"), way(""), len(part.missing), way(MISSING))


def _rows(columns: list[Told], known: Picture, asked: Asked) -> list[tuple[str, str, str, list[Cell]]]:
    """(class, unit, its address, cells) of the units that owe any plan shown and pass the filters, in tree order."""
    by_column = [by_unit(each.coverage) for each in columns]
    labels = [span_words(each.duty.term, each.duty.first_year, each.duty.last_year) for each in columns]
    order = {node.unit_id: place for place, node in enumerate(known.tree(asked.on))}
    units = sorted({unit for rows in by_column for unit in rows}, key=lambda unit: order.get(unit, 0))
    found = []
    for unit in units:
        held = [rows.get(unit) for rows in by_column]
        kind = next(row.kind for row in held if row is not None)
        if (asked.get("nhom") and kind != asked.get("nhom")) or not _passes(held, asked.get("chi")):
            continue
        span = known.nearest(unit, asked.on)
        name, code = (span.name, span.code) if span else ("", "")
        url = f"{reverse('plan-list')}?don-vi={code}"
        cells = [replace(_cell(row), label=label) for row, label in zip(held, labels, strict=True)]
        found.append((CLASSES[kind], name, url, cells))
    return found


def _passes(held: list[Standing | None], only: str) -> bool:
    rows = [row for row in held if row is not None]
    return {
        MISSING: any(row.state != ISSUED for row in rows),
        LATE: any(row.late for row in rows),
        "co": any(row.state == ISSUED for row in rows),
    }.get(only, True)


def _cell(row: Standing | None) -> Cell:
    if row is None:
        return Cell(sub="không phải lập")
    words = row.number if row.state == ISSUED else STANDINGS[row.state]
    state = "late" if row.late and row.state != ISSUED else STATE_CHIPS[row.state]
    sub = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
    if row.late:
        sub = f"{sub}, trễ hạn" if sub else "quá hạn"
    if row.inherited and row.state != ISSUED:
        sub = f"{sub}, đang theo {row.inherited} của đơn vị cũ".lstrip(", ")
    return Cell(state, words, reverse("plan", args=[row.plan_id]) if row.plan_id else "", sub)


def plan_duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """One plan owed: who is missing, whom to remind, who is let off. 5 statements besides the session's."""
    asked, actor = asked_of(request), actor_of(request)
    found = duties(ids=[duty_id], known_at=asked.known_at)
    if not found:
        raise Http404
    if request.method == "POST":
        chosen = [read_number(one) for one in request.POST.getlist("unit")]
        done = remind_missing(duty_id, chosen or None, by=actor, at=clock.now())
        messages.success(
            request,
            f"Đã đôn đốc {done.units} đơn vị, {done.letters} thư gửi cán bộ đầu mối."
            + (f" {done.already} đơn vị đã được đôn đốc hôm nay." if done.already else ""),
        )
        return redirect("plan-duty", duty_id=duty_id)
    known = picture_as_known(asked.known_at) if asked.known_at else picture()
    (told,) = covered(found, asked.on, known, asked.known_at)
    log = reminded(duty_id)
    focal = focal_officers([row.unit_id for row in told.coverage.whole.missing], asked.on)
    context = {
        "asked": asked,
        "tab": "plan-coverage",
        "tabs": TABS,
        "duty": told.duty,
        "classes": ", ".join(CLASSES[code].lower() for code in told.duty.classes),
        "parts": [*told.coverage.parts, told.coverage.whole],
        "missing": [
            (
                row,
                known.name(row.unit_id, asked.on),
                _cell(row),
                log.get(row.unit_id),
                focal.get(row.unit_id),
            )
            for row in told.coverage.whole.missing
        ],
        "exempt": [(known.name(unit, asked.on), why) for unit, why in told.exempt.items()],
        "may_keep": may_keep(actor),
        "today": asked.on == clock.today() and asked.known is None,
    }
    return render(request, "tasks/web/duty.html", context)
