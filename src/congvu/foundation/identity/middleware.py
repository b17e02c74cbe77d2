"""Puts `request.actor` on every request: the signed-in account as of today, or the stranger."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.http import HttpRequest, HttpResponse

from congvu.foundation.identity.actor import STRANGER
from congvu.foundation.identity.backend import roles_read_with
from congvu.foundation.identity.queries import actor_with


class ActorMiddleware:
    """1 statement for a signed-in request (the account with its roles; the session is another), none for a stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = STRANGER  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            account = get_user(request)
            if account.is_authenticated and account.is_active:
                request.user = account
                request.actor = actor_with(account, roles_read_with(account))  # type: ignore[attr-defined]
        return self.get_response(request)
