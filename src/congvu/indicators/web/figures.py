"""Số liệu: the list of figures by heading, with their values in a period."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.indicators.access import may_enter
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.figures import offered, values
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import DOSSIERS, reader_of
from congvu.indicators.rules.definitions import Subject
from congvu.indicators.web.form06 import FORM_STATUS, next_day_of, rule_of
from congvu.indicators.web.period_form import PeriodForm
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture


def figure_list(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/so-lieu/`: the figures of a heading with their values in a period. 8 statements at most: organisation, scope,
    rule of the period, the figures offices defined, and of the heading all over dossiers (1), posts (2), others (1)."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    form = PeriodForm(request.GET, today, by_words={By.FORM: ""})
    rule = rule_of(form)
    question = form.question(next_day_of(rule))
    figures = offered(actor)
    subjects = [one for one in Subject if any(figure.subject is one for figure in figures)]
    chosen = next((one for one in subjects if one.name.lower() == request.GET.get("muc", "")), None)
    chosen = chosen or next(iter(subjects), Subject.OWN)
    context: dict[str, Any] = {
        "form": form, "rule": rule, "question": question, "of_dossiers": actor.has(*DOSSIERS), "chosen": chosen,
        "subjects": [(one.name.lower(), one.value, one is chosen) for one in subjects], "watches": not may_enter(actor),
    }  # fmt: skip
    if question is None:
        return render(
            request, "indicators/web/figures.html", context, status=200 if form.fresh else FORM_STATUS
        )
    here = picture()
    asked = [one for one in figures if one.subject is chosen]
    told = values(asked, question, reader_of(actor, today, here), known_to(question, here))
    context["rows"] = [(one, told[one.code]) for one in asked]
    return render(request, "indicators/web/figures.html", context)


def known_to(question: Question, here: Picture) -> Picture:
    """The organisation as the question knows it."""
    return here if question.known_until is None else organisation_of(question)
