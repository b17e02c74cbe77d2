"""The interlinking board (bảng liên thông): which agency holds how many, since when, what burns tomorrow."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.board import Held, board
from congvu.dossiers.web.timing import reckoning
from congvu.foundation.clock import legal
from congvu.foundation.ui import formats
from congvu.organisation.queries import picture


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the list it counts."""

    count: int
    url: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, its figures in the order of the columns, and how long its longest step has waited."""

    unit: str
    cells: tuple[Cell, ...]
    since: date | None
    waited: str


def interlinking_board(request: HttpRequest) -> HttpResponse:
    """`/bang-lien-thong/`: a line a unit, the most pressing first. 3-4 statements: scope, calendar, units, the board."""
    now, known = reckoning(), picture()
    actor = request.actor  # type: ignore[attr-defined]
    sight = visible_to(actor, now.today, known)
    tomorrow = now.calendar.nth_working_day(now.today, 1)
    held = board(sight, now.today, tomorrow)
    lines = []
    for one in held:
        since = legal(one.since).date() if one.since else None
        days = now.calendar.working_days_between(since, now.today) if since else 0
        waited = (
            ""
            if since is None
            else f"{formats.number(days)} ngày làm việc"
            if days > 0
            else _new(since, now.today)
        )
        lines.append(
            Line(known.name(one.unit_id, now.today), _cells(one, now.today, tomorrow), since, waited)
        )
    context = {
        "lines": lines,
        "tomorrow": tomorrow,
        "nothing": sight.nothing,
        "totals": [sum(figures) for figures in zip(*(_figures(one) for one in held), strict=True)],
    }
    return render(request, "dossiers/web/board.html", context)


def _new(since: date, today: date) -> str:
    """What opened on Friday has waited no working day yet on Saturday, but is not of today."""
    return "hôm nay" if since == today else "chưa đủ 1 ngày làm việc"


def _figures(one: Held) -> tuple[int, ...]:
    return one.holds, one.paused, one.collect, one.step_late, one.late, one.today, one.next


def _cells(one: Held, today: date, tomorrow: date) -> tuple[Cell, ...]:
    asked: tuple[dict[str, str], ...] = (
        {}, {"han": "tam-dung"}, {"han": "cho-nhan"}, {"han": "buoc-qua-han"}, {"han": "dang-qua-han"},
        {"han": "dang-lam", "hen": formats.day(today)}, {"han": "dang-lam", "hen": formats.day(tomorrow)},
    )  # fmt: skip
    states = ("", "", "", "warn", "late", "warn", "")
    page = reverse("dossier-list")
    return tuple(
        Cell(count, f"{page}?{urlencode({'giu': one.unit_id, **more})}", state if count else "")
        for count, more, state in zip(_figures(one), asked, states, strict=True)
    )
