"""The versions of a procedure, newest first, each with what it changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.procedures import access
from congvu.procedures.queries.versions import procedure_by_code, version_history
from congvu.procedures.rules.words import ProcedureStatus, VersionState


def versions(request: HttpRequest, code: str) -> HttpResponse:
    """4 statements besides the session's. Drafts are left out for all but editors."""
    found = procedure_by_code(code)
    editor = access.may_edit(request.actor)  # type: ignore[attr-defined]
    if found is None or (found.status == ProcedureStatus.DRAFT.value and not editor):
        raise Http404("Không có thủ tục này.")
    lines = [one for one in version_history(found.pk) if editor or one.state == VersionState.PUBLISHED.value]
    context = {
        "procedure": found,
        "lines": lines,
        "editor": editor,
        "today": clock.today(),
        "mover": access.may_move(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "procedures/web/versions.html", context)
