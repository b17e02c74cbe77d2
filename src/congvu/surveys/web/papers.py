"""Questionnaires: the list, one version as it reads, writing a draft, publishing it."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.lawtable.models import Evidence
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
from congvu.foundation.ui.routes import actor_of
from congvu.surveys.access import may_keep
from congvu.surveys.actions.questionnaires import draft_questionnaire, publish_questionnaire
from congvu.surveys.models import QuestionnaireVersion
from congvu.surveys.queries.campaigns import questionnaires, used_by
from congvu.surveys.rules.questionnaires import as_text, content_of
from congvu.surveys.rules.words import DRAFT, PUBLISHED, VERSION_STATES

KIND_WORDS = {"scale": "5 mức", "one": "chọn một", "many": "chọn nhiều", "text": "ghi thêm"}


class PaperForm(PlainForm):
    """A questionnaire as lines."""

    name = TextField(label="Tên phiếu", max_length=200)
    code = TextField(label="Mã phiếu", max_length=30, help_text="Chữ không dấu, số, gạch nối")
    text = forms.CharField(
        label="Các dòng của phiếu",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "spellcheck": "false"}),
        help_text="«@ nguoi-dan | Người dân» nhóm · «# B1 Tên yếu tố» · «B1.1 [5] Câu hỏi» thang 5 mức · «[5 thái độ]» ·"
        " «[một] Câu | a | b» · «[nhiều] Câu | a | b» · «[chữ] Câu»",
    )
    source = TextField(label="Căn cứ", max_length=300)
    evidence = forms.ChoiceField(label="Mức tin cậy", choices=Evidence.choices, initial=Evidence.MEM)

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).upper()
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{0,29}", code):
            raise forms.ValidationError("Mã chỉ gồm chữ không dấu, số và gạch nối.")
        return code


def papers(request: HttpRequest) -> HttpResponse:
    """`/phieu-hoi/`: every version. 2 statements besides the session's."""
    rows = questionnaires()
    uses = used_by([one.pk for one in rows])
    context = {
        "rows": [
            (one, VERSION_STATES[one.state], "ok" if one.state == PUBLISHED else "idle", uses.get(one.pk, 0))
            for one in rows
        ],
        "may_keep": may_keep(actor_of(request)),
    }
    return render(request, "surveys/web/papers.html", context)


def paper(request: HttpRequest, version_id: int) -> HttpResponse:
    """`/phieu-hoi/<số>/`: as it is asked. 1 statement besides the session's; 3 to publish."""
    found = _found(version_id)
    if request.method == "POST":
        publish_questionnaire(found.pk, by=actor_of(request), at=clock.now())
        messages.success(
            request, "Đã ban hành phiếu. Từ nay phiếu không sửa; muốn đổi thì soạn phiên bản mới."
        )
        return redirect("survey-paper", found.pk)
    content = content_of(found.content)
    context = {
        "one": found,
        "state": VERSION_STATES[found.state],
        "draft": found.state == DRAFT,
        "groups": content.groups,
        "factors": [
            (name, [(one, KIND_WORDS[one.kind]) for one in content.of_factor(code)])
            for code, name in content.factors
        ],
        "may_keep": may_keep(actor_of(request)),
    }
    return render(request, "surveys/web/paper.html", context)


def write_paper(request: HttpRequest) -> HttpResponse:
    """`/phieu-hoi/soan/`: a new questionnaire, or a draft out of a version (`tu`). 1 statement to show besides the
    session's."""
    base = request.GET.get("tu", "")
    found = _found(int(base)) if base.isascii() and base.isdigit() and len(base) < 10 else None
    form = PaperForm(request.POST or None, initial=_initial(found))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = draft_questionnaire(
                found.questionnaire.code if found else data["code"], data["name"], data["text"], source=data["source"],
                evidence=data["evidence"], new=found is None, seen=data["seen"], by=actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã ghi bản thảo. Đọc lại rồi ban hành.")
            return redirect("survey-paper", made.pk)
    return render(
        request,
        "surveys/web/write_paper.html",
        {"form": form, "found": found},
        status=FORM_STATUS if form.errors else 200,
    )


def _found(version_id: int) -> QuestionnaireVersion:
    found = QuestionnaireVersion.objects.select_related("questionnaire").filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found


def _initial(found: QuestionnaireVersion | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "name": composed(found.questionnaire.name),
        "code": found.questionnaire.code,
        "text": as_text(content_of(found.content)),
        "source": found.source,
        "evidence": found.evidence,
        "seen": found.drafted_at.isoformat() if found.state == DRAFT else "",
    }
