"""One person as the lists know one: name, number, the line of posts; on any day, as known on any day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.organisation.rules.picture import Picture
from congvu.people.queries.card import Card, card
from congvu.people.queries.file import post_corrections
from congvu.people.rules.codes import FULL
from congvu.people.web.asking import Moment, looking, moment


def person(request: HttpRequest, number: str) -> HttpResponse:
    """3 statements besides the session's."""
    known, sight = looking(request)
    at = moment(request)
    found = card(number, sight, at.on, at.known_at)
    if found is None:
        raise Http404
    now = found.on(at.on)
    context = {
        "card": found,
        "at": at,
        "lines": life_line(found, known, at),
        "now": now,
        "full": next((one for one in now if one.kind == FULL), None),
        "keeps": found.home in sight.keeps,
        "corrections": post_corrections(found.id, at.known_at),
    }
    return render(request, "people/web/person.html", context)


def life_line(found: Card, known: Picture, at: Moment) -> list[dict[str, object]]:
    """Posts, the latest first, each with its unit as it was called then."""
    return [
        {
            "post": one,
            "unit": known.nearest(one.unit_id, one.valid_from),
            "now": one.covers(at.on),
        }
        for one in reversed(found.posts)
    ]
