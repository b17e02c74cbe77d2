"""Results to give back: scan the slip's code or search, see that it is ready, hand it over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.queries.give_back import ReadyRow, came_back, ready_page
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.web.bulk_verbs import ALL_BULK
from congvu.dossiers.web.timing import reckoning
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.text import composed
from congvu.foundation.ui.pager import Page


@dataclass(frozen=True, slots=True)
class Line:
    """A result waiting for its owner."""

    row: ReadyRow
    waited: int
    method: str

    @property
    def seen(self) -> str:
        return f"{self.row.id}.{self.row.version}"


def give_back(request: HttpRequest) -> HttpResponse:
    """`/tra-ket-qua/`: longest waiting first, 50 a page. 3 statements. An exact code goes straight on, also of what came back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = _scanned(request.GET.get("q", ""))
    page = ready_page(actor.units(CLERK), text, request.GET.get("sau", ""))
    if text and len(page.rows) == 1 and page.rows[0].code == text.upper():
        return HttpResponseRedirect(reverse("verb", args=[page.rows[0].code, "tra-ket-qua"]))
    back = came_back(actor.units(CLERK), code="" if page.rows else text.upper())
    if text and not page.rows and back:
        return HttpResponseRedirect(reverse("verb", args=[back[0].code, "nhan-buu-gui-tra-lai"]))
    lines = lines_of(page.rows)
    context: dict[str, Any] = {
        "page": Page(lines, page.next, page.first),
        "text": text,
        "back": len(back),
        "verb": ALL_BULK["tra-ket-qua"],
        "remind": ALL_BULK["nhac-nhan"],
    }
    return render(request, "dossiers/web/give_back.html", context)


def lines_of(rows: list[ReadyRow]) -> list[Line]:
    """The rows with how long each has waited. 1 statement."""
    now = reckoning()
    return [Line(row, _waited(row.ended_on, now), RETURN_METHODS.get(row.return_method, "")) for row in rows]


def _scanned(typed: str) -> str:
    """What was typed, or the code inside the look-up address that the slip's square code holds."""
    text = composed(typed)[:200]
    return text.partition("?ma=")[2].partition("&")[0] if "?ma=" in text else text


def _waited(ended: date | None, now: Any) -> int:
    return max(0, now.calendar.working_days_between(ended, now.today)) if ended else 0
