"""Light or dark without JavaScript: the choice is a cookie, and the reader comes back to the same page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from congvu.foundation.ui.context import THEME_COOKIE

YEAR = 365 * 24 * 3600


@csrf_exempt  # changes nothing but the asker's own colours; a token here would set a cookie for every visitor
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Turn the theme over. No SQL."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = "light" if request.COOKIES.get(THEME_COOKIE) == "dark" else "dark"
    response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.SECURE_COOKIES)
    return response
