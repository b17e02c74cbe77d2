"""What is asked of, and written into, a personnel file by a form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.people.actions.correct import add_part, correct, keep_sensitive
from congvu.people.actions.enter import Step
from congvu.people.actions.hand_over_file import Hands, hand_over_file
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.actions.read_file import read_file
from congvu.people.actions.requests import ask_file
from congvu.people.actions.salary import give_step
from congvu.people.queries.card import Card
from congvu.people.queries.law import GRADES, SCALES, personnel_rules
from congvu.people.rules.codes import DETAILS, SENSITIVE
from congvu.people.rules.record import Facts
from congvu.people.rules.salary import grades_of
from congvu.people.web.asking import Moment, found_or_404
from congvu.people.web.file_forms import (
    AskForm,
    CorrectForm,
    HandoverForm,
    PaperForm,
    PartForm,
    SensitiveForm,
    StepForm,
)


def ask(request: HttpRequest, number: str) -> HttpResponse:
    """2 statements to show the form."""
    found, _, _ = found_or_404(request, number, Moment(clock.today(), None))
    form = AskForm(request.POST or None, initial={"valid_from": clock.today()})
    if form.is_bound and form.is_valid():
        try:
            ask_file(found.id, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã gửi yêu cầu. Người có thẩm quyền sẽ quyết định; xem ở trang này.")
            return redirect("file-requests")
    return form_page(
        request,
        form,
        found,
        "Xin nghiên cứu hồ sơ",
        "Hồ sơ nhân sự là tài liệu mật. Người khác quyết định yêu cầu của bạn; mỗi lần đọc đều ghi nhật ký.",
    )


TASKS = {
    "dinh-chinh": ("Đính chính, thay đổi thông tin", "Chỉ sửa theo quyết định; bản cũ vẫn tra được theo ngày ghi nhận."),
    "luong": ("Xếp, nâng bậc lương", "Bậc đang hưởng thôi từ ngày bậc mới bắt đầu."),
    "muc": ("Thêm đào tạo, gia đình", "Mục thêm vào hồ sơ kèm người ghi và ngày ghi."),
    "tai-lieu": ("Thêm tài liệu", "Tài liệu vào mục lục hồ sơ; mỗi lần mở bản quét đều ghi nhật ký."),
    "giao-nhan": ("Giao nhận hồ sơ", "Ghi phiếu giao nhận; số tài liệu và số tờ đếm theo mục lục lúc này."),
    "nhay-cam": ("Thông tin nhạy cảm", "Ghi thay toàn bộ các dòng dưới đây. Đọc lại phải có yêu cầu được cho phép riêng."),
}  # fmt: skip


def file_task(request: HttpRequest, number: str, task: str) -> HttpResponse:
    """5 statements to show the form: it is filled from the file, so opening it is a reading."""
    at = Moment(clock.today(), None)
    found, sight, keeps = found_or_404(request, number, at)
    if not keeps or task not in TASKS:
        raise Http404
    form = _task_form(task, request, found, sight)
    if form.is_bound and form.is_valid():
        try:
            _do(task, form, found, request)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi: {TASKS[task][0].lower()}.")
            return redirect("person-file", number=found.number)
    title, about = TASKS[task]
    return form_page(request, form, found, title, about)


PLAIN: dict[str, Any] = {
    "muc": PartForm,
    "tai-lieu": PaperForm,
    "giao-nhan": HandoverForm,
    "nhay-cam": SensitiveForm,
}


def _task_form(task: str, request: HttpRequest, found: Card, sight: Any) -> Any:
    data = request.POST or None
    if task == "luong":
        rules = personnel_rules(clock.today())
        return StepForm(data, grades=grades_of(rules[GRADES].value, rules[SCALES].value))
    if task in PLAIN:
        return PLAIN[task](data, request.FILES or None)
    if data is not None:
        return CorrectForm(data)
    opened = read_file(
        found, sight, on=clock.today(), known_at=None, by=actor_of(request), at=clock.now()
    ).file.about
    names = ("name", "birth", "sex", "ethnicity", "citizen_number", "hired_on", "qualification", "politics")
    return CorrectForm(initial={**{name: getattr(opened, name) for name in names}, **opened.details})


def _do(task: str, form: Any, found: Card, request: HttpRequest) -> None:
    data, by, at = form.cleaned_data, actor_of(request), clock.now()
    if task == "luong":
        step = Step(data["grade"], data["step"], data["valid_from"], data["over_frame"], data["counted_from"])
        give_step({found.id: step}, decision=form.paper, by=by, at=at)
    elif task == "muc":
        add_part(found.id, data.pop("kind"), data.pop("code"), data.pop("title"), **data, by=by, at=at)
    elif task == "tai-lieu":
        scan = data.pop("scan")
        add_paper(found.id, Paper(**data), scan=scan, by=by, at=at)
    elif task == "giao-nhan":
        hand_over_file(found.id, Hands(**data), by=by, at=at)
    elif task == "nhay-cam":
        keep_sensitive(found.id, {key: data[key] for key in SENSITIVE}, decision=form.paper, by=by, at=at)
    else:
        facts = Facts(
            data["name"], data["birth"], data["sex"], data["ethnicity"], data["citizen_number"], data["hired_on"],
            data["qualification"], data["politics"], {key: data[key] for key in DETAILS},
        )  # fmt: skip
        correct(found.id, facts, why=data["why"], since=data["since"], decision=form.paper, by=by, at=at)


def form_page(request: HttpRequest, form: Any, found: Card, title: str, about: str) -> HttpResponse:
    """A form over one person. No statement."""
    context = {"form": form, "card": found, "title": title, "about": about}
    status = FORM_STATUS if form.is_bound else 200
    return render(request, "people/web/file_task.html", context, status=status)
