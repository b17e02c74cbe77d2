"""Writing the draft of a procedure, and beginning a new one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.procedures.actions.draft import create_procedure, drop_draft, save_draft, start_draft
from congvu.procedures.models import Procedure
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.find import fields
from congvu.procedures.queries.versions import draft_of, procedure_by_code
from congvu.procedures.rules.checks import missing_parts
from congvu.procedures.rules.content import CaseContent, ChannelLine, Content
from congvu.procedures.rules.words import FeeKind, Nature, ServiceLevel, TermUnit, Tier
from congvu.procedures.web.draft_form import DraftForm, content_from, form_of, typed_form


def draft(request: HttpRequest, code: str) -> HttpResponse:
    """3 statements to show besides the session's. Without a draft, offers to begin one."""
    found = procedure_by_code(code)
    if found is None:
        raise Http404("Không có thủ tục này.")
    if request.method == "POST":
        return _write(request, found)
    held = draft_of(found.pk)
    if held is None:
        return render(request, "procedures/web/draft_none.html", {"procedure": found})
    content = contents([held.pk])[held.pk]
    return _page(request, found, form_of(content), held.content_sha256, held.number, content)


def _write(request: HttpRequest, found: Procedure) -> HttpResponse:
    by, at, data = request.actor, clock.now(), request.POST  # type: ignore[attr-defined]
    here = reverse("procedure-draft", args=[found.code])
    if data.get("viec") == "lap":
        start_draft(found.pk, by=by, at=at)
        return HttpResponseRedirect(here)
    if data.get("viec") == "bo":
        drop_draft(found.pk, by=by, at=at)
        messages.success(request, "Đã bỏ bản thảo.")
        return HttpResponseRedirect(reverse("procedure", args=[found.code]))
    held = draft_of(found.pk)
    if held is None:
        raise Refused(
            "Bản này đã công bố hoặc không còn: bản đã công bố không sửa được.",
            where=found.code,
            do="Mở lại thủ tục, bấm «Lập bản thảo», sửa, rồi công bố bằng quyết định.",
        )
    before = contents([held.pk])[held.pk]
    try:
        save_draft(found.pk, content_from(data, before), expected=data.get("mau", ""), by=by, at=at)
    except Refused as refusal:
        form = typed_form(data, before)
        return _page(request, found, form, data.get("mau", ""), held.number, before, refusal)
    messages.success(request, "Đã lưu bản thảo.")
    return HttpResponseRedirect(reverse("procedure-publish", args=[found.code]) if data.get("tiep") else here)


def _page(
    request: HttpRequest,
    found: Procedure,
    form: DraftForm,
    token: str,
    number: int,
    content: Content,
    refusal: Refused | None = None,
) -> HttpResponse:
    context = {
        "procedure": found,
        "form": form,
        "token": token,
        "number": number,
        "missing": missing_parts(content),
        "refusal": refusal,
        "tiers": Tier.choices(),
        "levels": ServiceLevel.choices(),
        "units": TermUnit.choices(),
        "fee_kinds": FeeKind.choices(),
    }
    return render(request, "procedures/web/draft.html", context, status=FORM_STATUS if refusal else 200)


def new_procedure(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    data, refusal = request.POST, None
    if request.method == "POST":
        content = Content(
            name=composed(data.get("ten", "")),
            cases=(CaseContent(channels=(ChannelLine(1), ChannelLine(2), ChannelLine(3))),),
        )
        try:
            made = create_procedure(
                data.get("ma", ""),
                data.get("linh_vuc", ""),
                content,
                by=request.actor,  # type: ignore[attr-defined]
                at=clock.now(),
                nature=data.get("tinh-chat") if Nature.has(data.get("tinh-chat")) else None,
            )
            return HttpResponseRedirect(reverse("procedure-draft", args=[made.procedure.code]))
        except Refused as problem:
            refusal = problem
    context = {"typed": data, "refusal": refusal, "fields": fields(), "natures": Nature.choices()}
    return render(
        request, "procedures/web/new_procedure.html", context, status=FORM_STATUS if refusal else 200
    )
