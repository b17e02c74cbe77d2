"""`page(...)`: the only way a screen gets a URL, so that each line of a `web/urls.py` shows who may open it.

urlpatterns = [
    page("ho-so/", dossier_list, roles=OFFICIAL_ROLES, name="dossier-list"),
    page("thu-tuc/", procedure_list, roles=PUBLIC, name="procedure-list"),
]
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, reverse
from django.urls import path as django_path

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import EVERY_ROLE, PUBLIC, STRANGER
from congvu.foundation.ui.errors import no_entry

View = Callable[..., HttpResponseBase]
WITH_A_GIVEN_PASSWORD = ("change-password", "sign-out", "theme")


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; the middleware has put it there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def page(path: str, view: View, *, roles: Sequence[str], name: str) -> URLPattern:
    """A URL that only holders of `roles` may open (see `foundation.identity.roles`).

    A stranger is sent to sign in and comes back; anyone else without a role gets a page that says which roles
    may. The pattern's callback carries `.roles` (a frozenset, with "stranger" when public) for the test that
    tries every URL as every role. What the reader may see *inside* is the business of the area's access.py.
    Raises ValueError at start for a role that does not exist.
    """
    allowed = frozenset(roles)
    if not allowed or not allowed <= set(PUBLIC):
        raise ValueError(f"{path}: roles {sorted(allowed)} are not among {PUBLIC}")
    if STRANGER in allowed and not allowed >= set(PUBLIC):
        raise ValueError(f"{path}: a page open to strangers is open to all; use PUBLIC")

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.must_change_password and name not in WITH_A_GIVEN_PASSWORD:
            return HttpResponseRedirect(reverse("change-password"))
        if STRANGER in allowed or actor.has(*allowed):
            return view(request, *args, **kwargs)
        if actor.is_stranger:
            return _to_sign_in(request)
        if allowed >= set(EVERY_ROLE):
            return view(request, *args, **kwargs)  # signed in without any role yet: own account pages only
        return no_entry(request, allowed)

    guarded.roles = allowed  # type: ignore[attr-defined]
    return django_path(path, guarded, name=name)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in with the way back. A fragment asked by htmx makes the whole page go, not a piece of it."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    target = f"{settings.LOGIN_URL}?next={quote(back)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)
