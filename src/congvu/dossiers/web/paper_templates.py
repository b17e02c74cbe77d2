"""The Word templates of the slips: download the programme's own, put the office's in place, take it back."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.slips import FORM_SETS, Form
from congvu.dossiers.web.counter_desk import CENTRE
from congvu.dossiers.web.papers.word import KNOWN, default_template
from congvu.dossiers.web.slips import TEMPLATES
from congvu.foundation import clock
from congvu.foundation.files.kinds import ENDINGS
from congvu.foundation.identity.actor import Actor
from congvu.foundation.papers.templates import put_template, take_back, templates_in_use
from congvu.foundation.papers.word import DOCX, MOST
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import picture

KINDS: dict[str, Form] = {form.slug: form for form in FORM_SETS[-1].forms if form.slug in TEMPLATES}


def paper_templates(request: HttpRequest) -> HttpResponse:
    """`/mau-phieu/`: which template each form prints by, and a form to change it. GET 2 statements, POST 5 more."""
    if request.method == "POST":
        try:
            return _changed(request)
        except Refused as refusal:
            return _show(request, refusal)
    return _show(request)


def default_word(request: HttpRequest, slug: str) -> HttpResponse:
    """`/mau-phieu/<mẫu>/mac-dinh/`: the programme's own template. No statement."""
    if slug not in KINDS:
        raise NotVisible("Không có mẫu này.", where=slug, do="Chọn trong danh sách mẫu.")
    return word_response(default_template(KINDS[slug]), f"mau-{slug}")


def word_response(content: bytes, name: str) -> HttpResponse:
    """A Word file to be saved, never kept by what stands between."""
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}{ENDINGS[DOCX][0]}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _changed(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    slug, unit = request.POST.get("mau", ""), _unit(request.POST.get("don-vi", ""))
    if slug not in KINDS:
        raise Refused("Chưa chọn mẫu.", where="mau", do="Chọn một mẫu trong danh sách.")
    if request.POST.get("viec") == "bo":
        take_back(slug, unit, by=actor, at=clock.now())
        messages.success(request, f"{KINDS[slug].name}: in lại theo mẫu mặc định.")
        return HttpResponseRedirect(reverse("paper-templates"))
    sent = request.FILES.get("tep")
    if not isinstance(sent, UploadedFile):
        raise Refused("Chưa chọn tệp mẫu.", where="tep", do="Chọn tệp .docx đã sửa từ mẫu mặc định.")
    if (sent.size or 0) > MOST:
        raise Refused(f"Mẫu lớn hơn {MOST >> 20} MB.", where="tep", do="Bỏ bớt hình trong mẫu.")
    unknown = put_template(slug, unit, sent.name or "mau.docx", sent.read(), KNOWN, by=actor, at=clock.now())
    told = f"Đã dùng mẫu mới cho {KINDS[slug].name}."
    if unknown:
        messages.warning(request, f"{told} Các trường không có dữ liệu, sẽ để trống: {', '.join(unknown)}.")
    else:
        messages.success(request, told)
    return HttpResponseRedirect(reverse("paper-templates"))


def _unit(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 and int(text) in dict(_units()) else None


def _units() -> list[tuple[int, str]]:
    today = clock.now().date()
    return [(node.unit_id, node.name) for node in picture().tree(today) if node.kind == CENTRE]


def _show(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    names: dict[int | None, str] = {None: "Mọi nơi tiếp nhận", **dict(_units())}
    context: dict[str, Any] = {
        "kinds": list(KINDS.values()),
        "units": _units(),
        "in_use": [
            (KINDS[one.kind], one, names.get(one.unit_id, "")) for one in templates_in_use(list(KINDS))
        ],
        "refusal": refusal,
        "fields": sorted(KNOWN),
    }
    return render(
        request, "dossiers/web/paper_templates.html", context, status=FORM_STATUS if refusal else 200
    )
