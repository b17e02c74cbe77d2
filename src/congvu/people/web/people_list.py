"""The people who hold the posts, on any day: by name without diacritics, by unit, pool and kind of post."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.rules.picture import Picture
from congvu.people.queries.lists import Asked, Row, people_list
from congvu.people.queries.quality import FACETS, facet
from congvu.people.rules.codes import FULL, POOLS, POST_KINDS
from congvu.people.web.asking import looking, moment

PAGE = 50
UNITS = "cac-don-vi"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list with its words."""

    row: Row
    url: str
    unit: str
    unit_code: str
    kind: str
    pool: str


def people(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    known, sight = looking(request)
    at = moment(request)
    unit = known.by_code(request.GET.get("don-vi", "").strip().upper())
    kind = request.GET.get("loai", "") if request.GET.get("loai", "") in POST_KINDS else ""
    pool = request.GET.get("nhom", "") if request.GET.get("nhom", "") in POOLS else ""
    words = request.GET.get("q", "").strip()[:100]
    own = request.GET.get("rieng") == "1"
    units = (
        None if unit is None else (unit,) if own else tuple(sorted(known.subtree([unit], at.on) or {unit}))
    )
    several = [known.by_code(code) for code in request.GET.get(UNITS, "").upper().split(",")[:200]]
    if any(several):  # a number of another map opens the people of all the units it is made of
        units = tuple(one for one in several if one is not None)
    asked_for = request.GET.get("muc", "")
    key = decode(request.GET.get("sau", ""), 2)
    after = (str(key[0]), int(key[1])) if key and isinstance(key[1], int) else None
    found = people_list(
        Asked(at.on, at.known_at, words, units, kind, pool, facet(asked_for, at.known_at)),
        sight,
        after=after,
        limit=PAGE,
    )
    page = page_of(found, PAGE, lambda row: (row.sort_key, row.id), first=key is None)
    context = {
        "page": page,
        "lines": [line(row, known, at.query) for row in page.rows],
        "at": at,
        "words": words,
        "unit": known.nearest(unit, at.on) if unit is not None else None,
        "kind": kind,
        "pool": pool,
        "kinds": POST_KINDS.items(),
        "pools": POOLS.items(),
        "keeps": not sight.keeps.empty,
        "own": own,
        "several": request.GET.get(UNITS, "") if any(several) else "",
        "several_names": [known.name(one, at.on) for one in several if one is not None],
        "facet": FACETS[asked_for][:2] if asked_for in FACETS else None,
        "facet_key": asked_for if asked_for in FACETS else "",
        "filtered": bool(words or unit or kind or pool or asked_for or any(several)),
    }
    return render(request, "people/web/people_list.html", context)


def line(row: Row, known: Picture, query: str = "") -> Line:
    """A person of a list as it is shown."""
    span = known.nearest(row.unit_id, row.since)
    return Line(
        row,
        person_url(row.number, query),
        span.name if span else "",
        span.code if span else "",
        "" if row.kind == FULL else POST_KINDS[row.kind],
        POOLS[row.pool],
    )


def person_url(number: str, query: str = "") -> str:
    return reverse("person", args=[number]) + (f"?{query}" if query else "")


def list_url(**asked: str) -> str:
    """The list asked for something: numbers elsewhere open it."""
    return f"{reverse('people')}?{urlencode(asked)}"
