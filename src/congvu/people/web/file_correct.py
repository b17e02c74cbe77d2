"""Đính chính: a post, a salary step, a training, a relative or a paper put right by a later decision that names it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import next_day, previous_day
from congvu.people.access import Sight
from congvu.people.actions.correct_line import Line, correct_part, correct_post, correct_step
from congvu.people.actions.correcting import Ground
from congvu.people.actions.enter import Step
from congvu.people.actions.papers import Paper
from congvu.people.actions.read_file import NotGranted, read_file
from congvu.people.models import Correction
from congvu.people.queries.card import Card
from congvu.people.queries.file import File
from congvu.people.queries.law import grades_on
from congvu.people.rules.record import Post
from congvu.people.web.asking import Moment, found_or_404, looking
from congvu.people.web.file_forms import (
    GroundForm,
    RightLineForm,
    RightPaperForm,
    RightPostForm,
    RightStepForm,
)

TITLES = {"vi-tri": "Đính chính vị trí", "bac-luong": "Đính chính bậc lương", "muc": "Đính chính mục hồ sơ"}
RULE = (
    "Đính chính phải có quyết định sau, nêu rõ quyết định hoặc giấy tờ bị đính chính. Dòng cũ không mất: hồ sơ vẫn nêu cả hai, "
    "và tra được theo ngày ghi nhận."
)
STRIKE = "huy"
Made = tuple[Any, str, Callable[[Any, Ground], Correction]]  # the form, its words, what writes it


def correct_line(request: HttpRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """4-6 statements to show the form; of a line that only the file says, opening it is a reading."""
    found, sight, keeps = found_or_404(request, number, Moment(clock.today(), None))
    if not keeps or kind not in TITLES:
        raise Http404
    form, about, do = MAKERS[kind](request, found, sight, pk)
    striking = request.method == "POST" and request.POST.get("viec") == STRIKE
    ground = GroundForm(request.POST) if striking else form
    if request.method == "POST" and ground.is_valid():
        data = ground.cleaned_data
        try:
            do(None if striking else form, Ground(ground.paper, data["corrected"], data["reason"]))
        except Refused as refusal:
            ground.refuse(refusal)
        else:
            messages.success(request, f"Đã đính chính theo {data['decision']}. Dòng cũ vẫn tra được.")
            return redirect("person" if kind == "vi-tri" else "person-file", number=found.number)
    if striking:  # what was typed beside the ground stays; only the ground is answered
        form.full_clean()
        form._errors = ground.errors
        form.refusal = ground.refusal
    context = {"form": form, "card": found, "title": TITLES[kind], "about": about, "rule": RULE}
    status = FORM_STATUS if request.method == "POST" else 200
    return render(request, "people/web/file_correct.html", context, status=status)


def _post(request: HttpRequest, found: Card, sight: Sight, pk: int) -> Made:
    old = next((one for one in found.posts if one.id == pk), None)
    if old is None:
        raise Http404
    known, _ = looking(request)
    initial = {
        "unit_id": old.unit_id, "position": old.position, "pool": old.pool, "kind": old.kind, "since": old.valid_from,
        "until": previous_day(old.valid_to) if old.valid_to else None, "corrected": old.decision,
    }  # fmt: skip
    form = RightPostForm(request.POST or None, known=known, sight=sight, initial=initial)

    def do(typed: Any, ground: Ground) -> Correction:
        data = typed.cleaned_data if typed else None
        post = data and Post(
            data["unit_id"], data["kind"], data["pool"], data["position"], data["since"],
            next_day(data["until"]) if data["until"] else None,
        )  # fmt: skip
        return correct_post(found.id, pk, post, ground=ground, by=actor_of(request), at=clock.now())

    unit = known.name(old.unit_id, old.valid_from)
    return form, f"{old.position}, {unit}, từ {old.valid_from:%d/%m/%Y}", do


def _step(request: HttpRequest, found: Card, sight: Sight, pk: int) -> Made:
    old = next((one for one in _opened(request, found, sight).salary if one.id == pk), None)
    if old is None:
        raise Http404
    initial = {
        "grade": old.grade, "step": old.step, "over_frame": old.over_frame, "valid_from": old.valid_from,
        "counted_from": old.counted_from if old.counted_from != old.valid_from else None, "corrected": old.decision,
    }  # fmt: skip
    form = RightStepForm(request.POST or None, grades=grades_on(clock.today()), initial=initial)

    def do(typed: Any, ground: Ground) -> Correction:
        data = typed.cleaned_data if typed else None
        step = data and Step(
            data["grade"], data["step"], data["valid_from"], data["over_frame"], data["counted_from"]
        )
        return correct_step(found.id, pk, step, ground=ground, by=actor_of(request), at=clock.now())

    return form, f"Ngạch {old.grade}, bậc {old.step}, từ {old.valid_from:%d/%m/%Y}", do


def _part(request: HttpRequest, found: Card, sight: Sight, pk: int) -> Made:
    old = next((one for one in _opened(request, found, sight).parts if one.id == pk), None)
    if old is None:
        raise Http404
    if old.hidden:
        raise NotGranted(
            "Tài liệu nhạy cảm chỉ sửa khi được đọc.", do="Gửi yêu cầu nghiên cứu hồ sơ, đánh dấu cần thông tin nhạy cảm."
        )  # fmt: skip
    paper = old.kind == "paper"
    initial: dict[str, Any] = {
        "code": old.code,
        "title": old.title,
        "note": old.note,
        "corrected": old.number,
    }
    if paper:
        initial |= {
            "number": old.number, "dated": old.first, "issuer": old.issuer, "sheets": old.sheets, "sensitive": old.sensitive,
        }  # fmt: skip
        form: Any = RightPaperForm(request.POST or None, initial=initial)
    else:
        initial |= {"first": old.first, "last": old.last}
        form = RightLineForm(request.POST or None, kind=old.kind, initial=initial)

    def do(typed: Any, ground: Ground) -> Correction:
        fields = {k: v for k, v in typed.cleaned_data.items() if k not in typed.GROUND} if typed else None
        part = None if fields is None else Paper(**fields) if paper else Line(**fields)
        return correct_part(found.id, pk, part, ground=ground, by=actor_of(request), at=clock.now())

    return form, old.title, do


def _opened(request: HttpRequest, found: Card, sight: Sight) -> File:
    now = clock.now()
    return read_file(found, sight, on=now.date(), known_at=None, by=actor_of(request), at=now).file


MAKERS: dict[str, Callable[[HttpRequest, Card, Sight, int], Made]] = {
    "vi-tri": _post,
    "bac-luong": _step,
    "muc": _part,
}
