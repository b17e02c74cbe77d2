"""The site map on one page. Each area's `web/urls.py` shows the roles of its lines."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# Mounted in this order; every path is in Vietnamese without accents, as the citizen would type it.
_MOUNTED = (
    "congvu.foundation.identity.web.urls",
    "congvu.foundation.ui.web.urls",
    "congvu.organisation.web.urls",
    "congvu.people.web.urls",
    "congvu.staffing.web.urls",
    "congvu.procedures.web.urls",
    "congvu.dossiers.web.urls",
    "congvu.surveys.web.urls",
    "congvu.tasks.web.urls",
    "congvu.indicators.web.urls",
    "congvu.indices.web.urls",
    "congvu.reports.web.urls",
    "congvu.reports.web.conference_urls",
    "congvu.portal.web.urls",
)


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(module)) for module in _MOUNTED if _exists(module)
]

handler400 = "congvu.foundation.ui.errors.bad_request"
handler403 = "congvu.foundation.ui.errors.forbidden"
handler404 = "congvu.foundation.ui.errors.not_found"
handler500 = "congvu.foundation.ui.errors.server_error"
