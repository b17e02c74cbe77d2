"""Người chờ sắp xếp: people whose unit was divided or dissolved, until a decision places each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.rules.succession import successors
from congvu.people.queries.stranded import stranded
from congvu.people.rules.codes import POOLS
from congvu.people.web.asking import looking

PAGE = 100


def stranded_people(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    known, sight = looking(request)
    key = decode(request.GET.get("sau", ""), 1)
    after = int(key[0]) if key and isinstance(key[0], int) else None
    page = page_of(
        stranded(sight, known, after=after, limit=PAGE), PAGE, lambda row: (row.post_id,), first=key is None
    )
    rows = [
        {
            "row": one,
            "unit": known.nearest(one.unit_id, one.ended),
            "pool": POOLS[one.pool],
            "heirs": [
                known.name(heir.unit_id, sight.today) for heir in successors(known, one.unit_id, sight.today)
            ],
        }
        for one in page.rows
    ]
    context = {"page": page, "rows": rows, "keeps": not sight.keeps.empty}
    return render(request, "people/web/stranded_people.html", context)
