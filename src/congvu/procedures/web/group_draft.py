"""Writing the draft of a group of procedures: which, in what order, what is handed in once; what is wrong, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField, read_number
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.actions.group_drafts import (
    create_group_draft,
    drop_group_draft,
    save_group_draft,
    start_group_draft,
)
from congvu.procedures.models import GroupDraft
from congvu.procedures.queries.group_drafts import GroupChoice, group_choices
from congvu.procedures.queries.group_drafts import group_draft as draft_of
from congvu.procedures.rules.groups import Fault, MemberLine, faults, members_of
from congvu.procedures.web.group_form import EVIDENCE, boxes_of, read_draft
from congvu.procedures.web.group_list import NoGroup


class NewGroupForm(PlainForm):
    """What a group begins with."""

    code = TextField(label="Mã nhóm", max_length=60, help_text="Ví dụ LT.02. Mã dùng mãi, không đổi về sau.")
    name = TextField(label="Tên nhóm", max_length=2000)


def new_group(request: HttpRequest) -> HttpResponse:
    """`/nhom-thu-tuc/them/`. No statement to show besides the session's."""
    form = NewGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, request.actor  # type: ignore[attr-defined]
        try:
            made = create_group_draft(given["code"], given["name"], by=by, at=clock.now())
            return HttpResponseRedirect(reverse("group-draft", args=[made.code]))
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "procedures/web/group_new.html", {"form": form}, status=FORM_STATUS if form.errors else 200
    )


def group_draft(request: HttpRequest, code: str) -> HttpResponse:
    """`/nhom-thu-tuc/<mã>/ban-thao/`. 5 statements to show besides the session's."""
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    if request.method == "POST" and request.POST.get("viec") == "lap":
        start_group_draft(code, by=by, at=at)
        return HttpResponseRedirect(request.path)
    if request.method == "POST" and request.POST.get("viec") == "bo":
        drop_group_draft(code, by=by, at=at)
        messages.success(request, "Đã bỏ bản thảo của nhóm.")
        return HttpResponseRedirect(reverse("procedure-group-list"))
    held = draft_of(code)
    if request.method == "POST":
        return _save(request, code, held)
    if held is None:
        raise NoGroup("Nhóm này không có bản thảo.", where=code, do="Mở trang nhóm rồi bấm «Lập bản thảo».")
    return _page(request, held, members_of(held.members))


def _save(request: HttpRequest, code: str, held: GroupDraft | None) -> HttpResponse:
    by, at, data = request.actor, clock.now(), request.POST  # type: ignore[attr-defined]
    said = read_draft(data)
    expected = read_number(data.get("mau", ""))
    try:
        save_group_draft(code, said, expected=expected, by=by, at=at)
    except Refused as refusal:
        shown = held or GroupDraft(code=code)
        shown.name, shown.basis, shown.evidence = said.name, said.basis, said.evidence
        shown.note, shown.version = said.note, expected
        return _page(request, shown, said.members, refusal)
    messages.success(request, "Đã lưu bản thảo.")
    if data.get("viec") == "tiep":
        return HttpResponseRedirect(reverse("group-publish", args=[code]))
    return HttpResponseRedirect(request.path)


def _page(
    request: HttpRequest, held: GroupDraft, members: Sequence[MemberLine], refusal: Refused | None = None
) -> HttpResponse:
    today, known_units = clock.today(), picture()
    known = group_choices([one.procedure for one in members], today)
    context: dict[str, Any] = {
        "draft": held,
        "boxes": boxes_of(members, known),
        "faults": lint(members, known, known_units, today),
        "units": [(node.code, "\u2003" * node.depth + node.name) for node in known_units.tree(today)],
        "evidences": EVIDENCE.items(),
        "refusal": refusal,
    }
    return render(request, "procedures/web/group_draft.html", context, status=FORM_STATUS if refusal else 200)


def lint(
    members: Sequence[MemberLine], known: dict[str, GroupChoice], units: Picture, on: date
) -> list[Fault]:
    """What is wrong with the members of a draft on a day, in words. No statement."""
    papers = {code: one.paper_names for code, one in known.items()}
    return faults(members, papers, {node.code for node in units.tree(on)})
