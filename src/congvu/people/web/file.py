"""The personnel file: opened by its keepers and under a granted request, each opening in the log; added to by keepers."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.people.actions.correct import add_part, correct, keep_sensitive
from congvu.people.actions.enter import Step
from congvu.people.actions.read_file import Reading, read_file
from congvu.people.actions.requests import ask_file
from congvu.people.actions.salary import give_step
from congvu.people.queries.card import Card, card
from congvu.people.queries.file import About, File
from congvu.people.queries.law import GRADES, RETIREMENT, SCALES, personnel_rules
from congvu.people.rules.codes import (
    DETAILS,
    ETHNICITIES,
    PAPERS,
    POLITICS,
    QUALIFICATIONS,
    RELATIONS,
    SENSITIVE,
    SEXES,
    TRAININGS,
)
from congvu.people.rules.record import Facts
from congvu.people.rules.retirement import ages_of, retirement_of
from congvu.people.rules.salary import Grades, grades_of
from congvu.people.web.asking import Moment, actor_of, looking, moment
from congvu.people.web.forms import DecisionForm

KINDS = {
    "training": ("Đào tạo, bồi dưỡng", TRAININGS),
    "family": ("Gia đình", RELATIONS),
    "paper": ("Tài liệu", PAPERS),
}


class AskForm(PlainForm):
    purpose = TextField(label="Mục đích nghiên cứu hồ sơ", max_length=500)
    valid_from = DayField(label="Đọc từ ngày")
    valid_to = DayField(label="Đến hết ngày")
    sensitive = forms.BooleanField(
        label="Cần cả thông tin nhạy cảm (tôn giáo, Đảng, sức khỏe)", required=False
    )


def _found(request: HttpRequest, number: str, at: Moment) -> tuple[Card, Any, bool]:
    _, sight = looking(request)
    found = card(number, sight, at.on, at.known_at)
    if found is None:
        raise Http404
    return found, sight, found.home in sight.keeps


def file(request: HttpRequest, number: str) -> HttpResponse:
    """6 statements besides the session's: the reading is written before it is shown."""
    at = moment(request)
    found, sight, keeps = _found(request, number, at)
    reading = read_file(found, sight, on=at.on, known_at=at.known_at, by=actor_of(request), at=clock.now())
    rules = personnel_rules(at.on)
    grades = grades_of(rules[GRADES].value, rules[SCALES].value)
    retiring = retirement_of(
        reading.file.about.birth, reading.file.about.sex, ages_of(rules[RETIREMENT].value)
    )
    context = {
        "card": found,
        "at": at,
        "keeps": keeps,
        "until": reading.until,
        "facts": _facts(reading.file.about),
        "details": [(words, reading.file.about.details.get(key, "")) for key, words in DETAILS.items()],
        "sensitive": _sensitive(reading),
        "versions": list(reversed(reading.file.versions)),
        "salary": _salary(reading.file, grades, at.on),
        "salary_rule": rules[SCALES],
        "retiring": retiring,
        "retiring_rule": rules[RETIREMENT],
        "parts": _parts(reading.file),
    }
    return render(request, "people/web/file.html", context)


def _facts(about: About) -> list[tuple[str, str]]:
    return [
        ("Ngày sinh", f"{about.birth:%d/%m/%Y}"),
        ("Giới tính", SEXES.get(about.sex, about.sex)),
        ("Dân tộc", about.ethnicity),
        ("Số định danh cá nhân", about.citizen_number or "–"),
        ("Ngày tuyển dụng", f"{about.hired_on:%d/%m/%Y}" if about.hired_on else "–"),
        ("Trình độ chuyên môn", QUALIFICATIONS.get(about.qualification, about.qualification)),
        ("Lý luận chính trị", POLITICS.get(about.politics, about.politics)),
    ]


def _sensitive(reading: Reading) -> list[tuple[str, str]] | None:
    if reading.sensitive is None:
        return None
    return [(words, reading.sensitive.facts.get(key, "–")) for key, words in SENSITIVE.items()]


def _salary(opened: File, grades: Grades, on: date) -> list[dict[str, Any]]:
    return [
        {
            "step": one,
            "name": grades[one.grade].name if one.grade in grades else one.grade,
            "now": one.covers(on),
        }
        for one in reversed(opened.salary)
    ]


def _parts(opened: File) -> list[tuple[str, str, list[dict[str, Any]]]]:
    return [
        (kind, title, [{"part": one, "code": codes.get(one.code, one.code)} for one in opened.of(kind)])
        for kind, (title, codes) in KINDS.items()
    ]


def ask(request: HttpRequest, number: str) -> HttpResponse:
    """2 statements to show the form."""
    found, _, _ = _found(request, number, Moment(clock.today(), None))
    form = AskForm(request.POST or None, initial={"valid_from": clock.today()})
    if form.is_bound and form.is_valid():
        try:
            ask_file(found.id, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã gửi yêu cầu. Người có thẩm quyền sẽ quyết định; xem ở trang này.")
            return redirect("file-requests")
    return _page(
        request,
        form,
        found,
        "Xin nghiên cứu hồ sơ",
        "Hồ sơ nhân sự là tài liệu mật. Người khác quyết định yêu cầu của bạn; mỗi lần đọc đều ghi nhật ký.",
    )


class CorrectForm(DecisionForm):
    name = TextField(label="Họ và tên khai sinh", max_length=120)
    birth = DayField(label="Ngày sinh")
    sex = forms.ChoiceField(label="Giới tính", choices=SEXES.items())
    ethnicity = forms.ChoiceField(label="Dân tộc", choices=[(one, one) for one in ETHNICITIES])
    citizen_number = TextField(label="Số định danh cá nhân", max_length=14, required=False)
    hired_on = DayField(label="Ngày tuyển dụng", required=False)
    qualification = forms.ChoiceField(
        label="Trình độ chuyên môn", choices=QUALIFICATIONS.items(), required=False
    )
    politics = forms.ChoiceField(label="Lý luận chính trị", choices=POLITICS.items(), required=False)
    since = DayField(
        label="Thay đổi từ ngày", required=False, help_text="Để trống nếu là đính chính điều đã ghi sai."
    )
    why = TextField(label="Lý do", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in DETAILS.items():
            self.fields[key] = TextField(label=words, max_length=500, required=False)
        self.order_fields(
            [
                "name",
                "birth",
                "sex",
                "ethnicity",
                "citizen_number",
                "hired_on",
                "qualification",
                "politics",
                *DETAILS,
                "since",
                "why",
                "decision",
                "signed_on",
                "decided_by",
            ]
        )


class SensitiveForm(DecisionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in SENSITIVE.items():
            self.fields[key] = TextField(label=words, max_length=500, required=False)
        self.fields["decision"].required = False
        self.order_fields([*SENSITIVE, "decision", "signed_on", "decided_by"])


class StepForm(DecisionForm):
    step = forms.IntegerField(label="Bậc", min_value=1, max_value=20)
    over_frame = forms.IntegerField(label="Vượt khung (%)", min_value=0, max_value=60, initial=0)
    valid_from = DayField(label="Hưởng từ ngày")
    counted_from = DayField(
        label="Mốc tính nâng bậc lần sau", required=False, help_text="Để trống: từ ngày hưởng."
    )

    def __init__(self, *args: Any, grades: Grades, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"] = forms.ChoiceField(
            label="Ngạch, chức danh",
            choices=[(one.code, f"{one.code} {one.name}") for one in grades.values()],
        )
        self.order_fields(
            [
                "grade",
                "step",
                "over_frame",
                "valid_from",
                "counted_from",
                "decision",
                "signed_on",
                "decided_by",
            ]
        )


class PartForm(PlainForm):
    kind = forms.ChoiceField(label="Phần", choices=[(kind, words) for kind, (words, _) in KINDS.items()])
    code = forms.ChoiceField(
        label="Loại", choices=[(words, tuple(codes.items())) for words, codes in KINDS.values()]
    )
    title = TextField(label="Nội dung", max_length=300, help_text="Tên lớp, họ tên người thân, tên tài liệu.")
    note = TextField(label="Ghi chú", max_length=500, required=False)
    first = DayField(label="Từ ngày", required=False)
    last = DayField(label="Đến ngày", required=False)


TASKS = {
    "dinh-chinh": ("Đính chính, thay đổi thông tin", "Chỉ sửa theo quyết định; bản cũ vẫn tra được theo ngày ghi nhận."),
    "luong": ("Xếp, nâng bậc lương", "Bậc đang hưởng thôi từ ngày bậc mới bắt đầu."),
    "muc": ("Thêm đào tạo, gia đình, tài liệu", "Mục thêm vào hồ sơ kèm người ghi và ngày ghi."),
    "nhay-cam": ("Thông tin nhạy cảm", "Ghi thay toàn bộ các dòng dưới đây. Đọc lại phải có yêu cầu được cho phép riêng."),
}  # fmt: skip


def file_task(request: HttpRequest, number: str, task: str) -> HttpResponse:
    """5 statements to show the form: it is filled from the file, so opening it is a reading."""
    at = Moment(clock.today(), None)
    found, sight, keeps = _found(request, number, at)
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
    return _page(request, form, found, title, about)


def _task_form(task: str, request: HttpRequest, found: Card, sight: Any) -> Any:
    data = request.POST or None
    if task == "luong":
        rules = personnel_rules(clock.today())
        return StepForm(data, grades=grades_of(rules[GRADES].value, rules[SCALES].value))
    if task == "muc":
        return PartForm(data)
    if task == "nhay-cam":
        return SensitiveForm(data)
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
    elif task == "nhay-cam":
        keep_sensitive(found.id, {key: data[key] for key in SENSITIVE}, decision=form.paper, by=by, at=at)
    else:
        facts = Facts(
            data["name"], data["birth"], data["sex"], data["ethnicity"], data["citizen_number"], data["hired_on"],
            data["qualification"], data["politics"], {key: data[key] for key in DETAILS},
        )  # fmt: skip
        correct(found.id, facts, why=data["why"], since=data["since"], decision=form.paper, by=by, at=at)


def _page(request: HttpRequest, form: Any, found: Card, title: str, about: str) -> HttpResponse:
    context = {"form": form, "card": found, "title": title, "about": about}
    status = FORM_STATUS if form.is_bound else 200
    return render(request, "people/web/file_task.html", context, status=status)
