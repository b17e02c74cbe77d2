"""Publishing the draft of a group by decision, as the next version of it; or ending the group."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.organisation.queries import picture
from congvu.procedures.actions.group_drafts import GroupDecision, end_group, publish_group_draft
from congvu.procedures.queries.group_drafts import group_choices, group_draft, group_versions
from congvu.procedures.rules.groups import Fault, members_of
from congvu.procedures.web.group_draft import lint
from congvu.procedures.web.group_list import NoGroup


class GroupDecisionForm(PlainForm):
    """A decision as signed, and the day it takes hold."""

    number = TextField(label="Số quyết định", max_length=120, help_text="Ví dụ 1234/QĐ-UBND")
    issuer = TextField(label="Người ký, cơ quan ban hành", max_length=200)
    decided_on = DayField(label="Ngày ký")
    valid_from = DayField(label="Áp dụng (hoặc kết thúc) từ ngày")


def group_publish(request: HttpRequest, code: str) -> HttpResponse:
    """`/nhom-thu-tuc/<mã>/cong-bo/`. 6 statements to show besides the session's."""
    form = GroupDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, code, form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
    draft, versions = group_draft(code), group_versions(code)
    if draft is None and not versions:
        raise NoGroup("Không có nhóm mang mã này.", where=code, do="Tìm lại trong danh sách nhóm.")
    today = clock.today()
    members = members_of(draft.members) if draft else ()
    known = group_choices([one.procedure for one in members], today)
    found: list[Fault] = []
    if draft is not None:
        found = lint(members, known, picture(), today)
        if not draft.basis:
            found.insert(0, Fault("Chưa ghi căn cứ của nhóm.", "Nhóm", "Mở bản thảo, ghi căn cứ."))
    open_one = next((one for one in versions if one.valid_to is None), None)
    context: dict[str, Any] = {
        "code": code,
        "form": form,
        "draft": draft,
        "held": open_one,
        "versions": versions,
        "name": draft.name if draft else versions[0].name,
        "members": [
            {"line": one, "name": known[one.procedure].name if one.procedure in known else ""}
            for one in members
        ],
        "blocking": [one for one in found if one.blocks],
        "hints": [one for one in found if not one.blocks],
    }
    return render(
        request, "procedures/web/group_publish.html", context, status=FORM_STATUS if form.errors else 200
    )


def _decide(request: HttpRequest, code: str, given: dict[str, Any]) -> HttpResponse:
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    decision = GroupDecision(given["number"], given["issuer"], given["decided_on"])
    day = given["valid_from"]
    if request.POST.get("viec") == "ket-thuc":
        end_group(code, decision, day, by=by, at=at)
        messages.success(
            request, f"Đã ghi kết thúc nhóm từ {day:%d/%m/%Y}. Hồ sơ đã nhận vẫn giải quyết đến hết."
        )
        return HttpResponseRedirect(reverse("group-publish", args=[code]))
    made = publish_group_draft(code, decision, day, by=by, at=at)
    messages.success(request, f"Đã công bố bản {made.number} của nhóm, áp dụng từ {day:%d/%m/%Y}.")
    if day > at.date():
        return HttpResponseRedirect(reverse("group-publish", args=[code]))
    return HttpResponseRedirect(reverse("procedure-group", args=[code]))
