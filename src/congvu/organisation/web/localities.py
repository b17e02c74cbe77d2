"""Where an old commune lies today: asked when it was divided, never guessed. Open to everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.organisation import queries
from congvu.organisation.models import Locality
from congvu.organisation.rules.kinds import LOCALITY_LEVELS
from congvu.organisation.rules.localities import Ask, One, Unknown

EXAMPLES = ("Hoàng Văn Thụ Lạng Sơn", "Hồng Phong Cao Lộc", "05986")


def localities(request: HttpRequest) -> HttpResponse:
    """At most 3 statements besides the session's."""
    words = request.GET.get("q", "").strip()[:100]
    chosen = _chosen(request)
    found = queries.find_localities(words) if words else []
    answer = queries.what_became_of([chosen.id])[chosen.id] if chosen is not None else None
    picked = _picked(request, answer)
    context = {
        "words": words,
        "found": [(place, LOCALITY_LEVELS[place.level]) for place in found],
        "capped": len(found) == queries.FEW,
        "chosen": chosen,
        "one": answer.new if isinstance(answer, One) else picked,
        "ask": answer.candidates if isinstance(answer, Ask) and picked is None else None,
        "unknown": answer.why if isinstance(answer, Unknown) else "",
        "picked": picked,
        "examples": EXAMPLES,
    }
    return render(request, "organisation/web/localities.html", context)


def _chosen(request: HttpRequest) -> Locality | None:
    text = request.GET.get("chon", "")
    if not text:
        return None
    place = Locality.objects.filter(id=int(text)).first() if text.isdigit() and len(text) < 19 else None
    if place is None:
        raise Http404
    return place


def _picked(request: HttpRequest, answer: object) -> object:
    """The candidate the reader says the address lies in."""
    text = request.GET.get("thuoc", "")
    if not isinstance(answer, Ask):
        return None
    return next((heir for heir in answer.candidates if str(heir.id) == text), None)
