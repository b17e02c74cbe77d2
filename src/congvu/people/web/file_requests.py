"""Requests to read files: asked by some, decided by others."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.ui.routes import actor_of
from congvu.people.access import GRANTERS
from congvu.people.actions.requests import decide_request
from congvu.people.queries.waiting import requests_seen
from congvu.people.web.asking import looking


def file_requests(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's."""
    _, sight = looking(request)
    actor = actor_of(request)
    found = requests_seen(sight, actor.account_id)
    may = actor.has(*GRANTERS)
    if request.method == "POST":
        wanted = next(
            (one for one in found if str(one.id) == request.POST.get("yeu-cau") and one.granted is None), None
        )
        if wanted is None or not may:
            raise Http404
        granted = request.POST.get("viec") == "cho-phep"
        decide_request(wanted.id, granted, reason=request.POST.get("ly-do", ""), by=actor, at=clock.now())
        messages.success(request, "Đã cho phép đọc." if granted else "Đã ghi không cho phép.")
        return redirect("file-requests")
    context = {
        "waiting": [(one, may and one.asked_by != actor.account_id) for one in found if one.granted is None],
        "own": [one for one in found if one.asked_by == actor.account_id and one.granted is not None],
    }
    return render(request, "people/web/file_requests.html", context)
