"""The page of one procedure, for a person who has to do it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.ui.forms import read_day
from congvu.foundation.workdays.queries import calendar_now
from congvu.procedures import access
from congvu.procedures.models import Procedure, ProcedureVersion
from congvu.procedures.queries.versions import (
    VersionDetail,
    detail_of,
    numbered_version,
    procedure_by_code,
    version_of_code,
)
from congvu.procedures.rules.words import Channel, ProcedureStatus, ServiceLevel, VersionState
from congvu.procedures.web.telling import case_told, chosen_case, tier_words

LONG_RESULT = 140  # characters that still read as a headline


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """At most 8 statements with a calendar already known. `ngay` and `phien-ban` show another day or version."""
    today = clock.today()
    on = read_day(request.GET.get("ngay", "")) or today
    number = request.GET.get("phien-ban", "")
    version = _numbered(request, code, number) if number else version_of_code(code, on)
    if version is None:
        return _nothing(request, _known(code))
    found = version.procedure
    detail = detail_of(version, on=on)
    case = chosen_case(detail.content, request.GET.get("truong_hop", ""))
    now = clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "procedure": found,
        "detail": detail,
        "content": detail.content,
        "version": detail.version,
        "is_draft": detail.version.state == VersionState.DRAFT.value,
        "in_force": _covers(detail, today),
        "case": case_told(case, handed_in=now, calendar=calendar_now()) if case else None,
        "now": now,
        "online": any(line.channel == Channel.TRUC_TUYEN for line in case.channels) if case else False,
        "long_result": sum(len(one.name) for one in detail.content.results) > LONG_RESULT,
        "tiers": tier_words(detail.content.tiers),
        "level": ServiceLevel(detail.content.level_of_service).label,
        "status": ProcedureStatus(found.status).label,
        "steps": detail.process.steps if detail.process else (),
        "sees_steps": access.may_see_steps(actor),
        "editor": access.may_edit(actor),
        "settler": access.may_settle(actor),
    }
    return render(request, "procedures/web/procedure.html", context)


def _known(code: str) -> Procedure:
    found = procedure_by_code(code)
    if found is None:
        raise Http404("Không có thủ tục này.")
    return found


def _numbered(request: HttpRequest, code: str, number: str) -> ProcedureVersion:
    """The version asked by number; a draft only for those who edit. 2 statements."""
    found = _known(code)
    version = numbered_version(found.pk, int(number)) if number.isdigit() and len(number) < 9 else None
    hidden = version is not None and version.state == VersionState.DRAFT.value
    if version is None or (hidden and not access.may_edit(request.actor)):  # type: ignore[attr-defined]
        raise Http404("Không có phiên bản này.")
    return version


def _covers(detail: VersionDetail, today: object) -> bool:
    first, last = detail.version.valid_from, detail.version.valid_to
    return bool(first and first <= today and (last is None or last > today))  # type: ignore[operator]


def _nothing(request: HttpRequest, found: Procedure) -> HttpResponse:
    """A procedure with no version in force: drafted, or ended. Editors are led on."""
    editor = access.may_edit(request.actor)  # type: ignore[attr-defined]
    if found.status == ProcedureStatus.DRAFT.value and not editor:
        raise Http404("Không có thủ tục này.")
    context = {"procedure": found, "status": ProcedureStatus(found.status).label, "editor": editor}
    return render(request, "procedures/web/no_version.html", context)
