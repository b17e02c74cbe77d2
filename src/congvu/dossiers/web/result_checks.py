"""Where anyone checks a signed result: its code as printed, its page, its QR code."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from congvu.dossiers.queries.detail import Detail
from congvu.dossiers.rules.check_codes import spoken
from congvu.foundation.papers.codes import qr_svg

PAGE = "/kiem-tra-chu-ky/"  # of the room above


@dataclass(frozen=True, slots=True)
class Check:
    """One signed result of a dossier."""

    name: str
    code: str
    url: str
    qr: SafeString


def check_address(site: str, code: str) -> str:
    """The public page of one code, below the address of a site."""
    return f"{site}{PAGE}?ma={code}"


def checks_of(request: HttpRequest, found: Detail) -> list[Check]:
    """A line for each result signed here. No statement."""
    site: str = settings.CONGVU_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return [
        Check(
            one.name,
            spoken(one.check_code),
            check_address("", one.check_code),
            mark_safe(qr_svg(check_address(site, one.check_code))),  # noqa: S308 drawn by segno from our own address
        )
        for one in found.results
        if one.check_code
    ]
