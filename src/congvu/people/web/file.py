"""The personnel file: opened by its keepers and under a granted request, each opening in the log."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.files.answer import file_response
from congvu.foundation.papers.pdf import PDF
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.people.actions.read_file import Reading, read_file, read_paper
from congvu.people.queries.file import About, File
from congvu.people.queries.law import GRADES, NOTICE, RETIREMENT, SCALES, personnel_rules
from congvu.people.rules.codes import (
    DETAILS,
    PAPERS,
    POLITICS,
    QUALIFICATIONS,
    RELATIONS,
    SENSITIVE,
    SEXES,
    TRAININGS,
)
from congvu.people.rules.retirement import ages_of, retirement_of
from congvu.people.rules.salary import Grades, grades_of
from congvu.people.web.asking import Moment, found_or_404, moment
from congvu.people.web.papers.form_2c import Print, form_2c

KINDS = {"training": ("Đào tạo, bồi dưỡng", TRAININGS), "family": ("Gia đình", RELATIONS)}


def file(request: HttpRequest, number: str) -> HttpResponse:
    """6 statements besides the session's: the reading is written before it is shown."""
    at = moment(request)
    found, sight, keeps = found_or_404(request, number, at)
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
        "notice_by": retiring.notice_by(int(rules[NOTICE].value)),
        "parts": _parts(reading.file),
        "papers": [(one, PAPERS.get(one.code, one.code)) for one in reading.file.of("paper")],
        "corrections": list(reversed(reading.file.corrections)),
        "handovers": list(reversed(reading.file.handovers)),
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


def paper_scan(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """The scan of a paper. 5 statements besides the session's: the reading is written before it is sent."""
    found, sight, _ = found_or_404(request, number, Moment(clock.today(), None))
    paper = read_paper(found, sight, pk, by=actor_of(request), at=clock.now())
    assert paper.file is not None  # read_paper refuses one without
    return file_response(paper.file, paper.file_name or f"tai-lieu-{pk}")


def printed_form(request: HttpRequest, number: str) -> HttpResponse:
    """Form 2C as PDF, of the day asked. 6 statements besides the session's: the printing is written first."""
    at, now = moment(request), clock.now()
    known = picture()
    found, sight, _ = found_or_404(request, number, at)
    actor = actor_of(request)
    reading = read_file(found, sight, on=at.on, known_at=at.known_at, by=actor, at=now, printed=True)
    rules = personnel_rules(at.on)
    grades = grades_of(rules[GRADES].value, rules[SCALES].value)
    made = form_2c(found, reading, known, grades, Print(at.on, at.known, actor.name, now))
    response = HttpResponse(made, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="2c-{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
