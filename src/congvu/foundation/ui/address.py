"""The address a request comes from, for rate limits and the audit log."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address. Behind `CONGVU_PROXIES` trusted proxies, the one the outermost of them saw.

    Headers from further out are the caller's own words and are not believed.
    """
    direct = request.META.get("REMOTE_ADDR") or "-"
    trusted: int = getattr(settings, "TRUSTED_PROXIES", 0)
    if trusted <= 0:
        return str(direct)
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-trusted] if len(seen) >= trusted else str(direct)
