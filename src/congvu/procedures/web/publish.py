"""Publishing by decision: the differences first, then the decision; or ending a procedure."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.procedures.actions.publish import Decision, abolish, publish, replace_procedures
from congvu.procedures.models import Procedure
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import draft_of, procedure_by_code, version_in_force
from congvu.procedures.rules.checks import missing_parts
from congvu.procedures.rules.differences import differences
from congvu.procedures.rules.words import Action


class DecisionForm(PlainForm):
    """A decision as signed; `changed_part` only for an amendment."""

    number = TextField(label="Số quyết định", max_length=60, help_text="Ví dụ 1234/QĐ-UBND")
    issuer = TextField(label="Người ký, cơ quan ban hành", max_length=200)
    issued_on = DayField(label="Ngày ký")
    effective_on = DayField(label="Ngày có hiệu lực")
    changed_part = TextField(label="Phần sửa đổi, bổ sung hoặc lý do", max_length=2000, required=False)
    replacement = TextField(
        label="Mã thủ tục thay thế", max_length=40, required=False, help_text="Chỉ khi thay thế"
    )


def publish_draft(request: HttpRequest, code: str) -> HttpResponse:
    """5 statements to show besides the session's."""
    found = procedure_by_code(code)
    if found is None:
        raise Http404("Không có thủ tục này.")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, found, form)
        except Refused as refusal:
            form.refuse(refusal)
    draft, held = draft_of(found.pk), version_in_force(found.pk, clock.today())
    said = contents([one.pk for one in (draft, held) if one is not None])
    context = {
        "procedure": found,
        "form": form,
        "draft": draft,
        "held": held,
        "missing": missing_parts(said[draft.pk]) if draft else (),
        "changes": differences(said[held.pk], said[draft.pk]) if draft and held else (),
    }
    return render(request, "procedures/web/publish.html", context, status=FORM_STATUS if form.errors else 200)


def _decide(request: HttpRequest, found: Procedure, form: DecisionForm) -> HttpResponse:
    given = form.cleaned_data
    decision = Decision(given["number"], given["issuer"], given["issued_on"], given["effective_on"])
    by, at, why = request.actor, clock.now(), given["changed_part"]  # type: ignore[attr-defined]
    if request.POST.get("viec") == "bai-bo":
        abolish([found.pk], decision, by=by, at=at, why=why)
        messages.success(request, f"Đã ghi bãi bỏ từ {decision.effective_on:%d/%m/%Y}.")
    elif request.POST.get("viec") == "thay-the":
        other = procedure_by_code(given["replacement"])
        if other is None:
            raise Refused(
                "Không có thủ tục mang mã này.", where="replacement", do="Gõ mã của thủ tục thay thế."
            )
        replace_procedures({found.pk: other.pk}, decision, by=by, at=at, why=why)
        messages.success(request, f"Đã ghi thay thế bằng {other.code} từ {decision.effective_on:%d/%m/%Y}.")
    else:
        action = Action.SUA_DOI_BO_SUNG if version_in_force(found.pk, at.date()) else Action.MOI
        publish([found.pk], decision, by=by, at=at, action=action, changed_part=why)
        messages.success(request, f"Đã công bố, có hiệu lực từ {decision.effective_on:%d/%m/%Y}.")
    return HttpResponseRedirect(reverse("procedure-versions", args=[found.code]))
