"""Định nghĩa số liệu: a figure of an office's own, over records under a condition or entered by hand; withdrawing one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.access import may_enter
from congvu.indicators.actions.define_figures import Definition, define_figures, withdraw_figures
from congvu.indicators.models import DefinedFigure
from congvu.indicators.queries.populations import population_of, populations
from congvu.indicators.rules.populations import Field, Population
from congvu.indicators.web.hand_forms import DefineForm, WhyForm


def define_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/so-lieu-rieng/moi/`: choose the records, say the condition, name the figure. No statement to show."""
    actor = actor_of(request)
    reason = may_enter(actor)
    if reason:
        raise Refused(reason, do="Đề nghị lãnh đạo tỉnh định nghĩa.")
    data = request.POST if request.method == "POST" else request.GET
    code = data.get("tap", "")
    population = population_of(code) if code else None
    form = DefineForm(request.POST or None, by_hand=population is None)
    if form.is_bound and form.is_valid():
        made = _defined(request, form, population, actor)
        if made is not None:
            messages.success(request, f"Đã định nghĩa «{made.name}».")
            return redirect("figure", code=made.code)
    context = {
        "form": form, "population": population, "chosen": code, "populations": offered_populations(actor),
        "conditions": [_asked(one, data) for one in population.fields] if population else [],
    }  # fmt: skip
    return render(
        request, "indicators/web/define_figure.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def withdraw_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/thong-ke/so-lieu-rieng/<mã>/thoi-dung/`. 1 statement to show."""
    row = DefinedFigure.objects.filter(code=code, withdrawn_at=None).first()
    if row is None:
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            withdraw_figures([code], why=form.cleaned_data["why"], by=actor_of(request), at=clock.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, f"Đã thôi dùng «{row.name}».")
            return redirect("figures")
    context = {
        "form": form, "title": "Thôi dùng số liệu", "button": "Thôi dùng",
        "about": f"«{row.name}» sẽ không còn trong danh mục. Số đã nhập và báo cáo đã chốt vẫn giữ nguyên.",
    }  # fmt: skip
    return render(
        request, "indicators/web/enter_figure.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def offered_populations(actor: Actor) -> list[Population]:
    """The populations the actor may ask."""
    return [one for one in populations() if actor.system or actor.has(*one.readers)]


def _asked(field: Field, data: Any) -> dict[str, Any]:
    """A condition as the page asks it: of the numerator, and of what it is a share of; keeps what was chosen."""
    part, whole = data.getlist(f"tu-{field.code}"), data.getlist(f"mau-{field.code}")
    return {
        "field": field,
        "choices": [(value, words, value in part, value in whole) for value, words in field.values or ()],
        "typed": ", ".join(part), "typed_whole": ", ".join(whole),
    }  # fmt: skip


def _chosen(request: HttpRequest, population: Population, side: str) -> dict[str, list[str]]:
    found = {}
    for field in population.fields:
        values = [one for one in request.POST.getlist(f"{side}-{field.code}") if one.strip()]
        if field.values is None:
            values = [one.strip() for one in ",".join(values).split(",") if one.strip()]
        if values:
            found[field.code] = values
    return found


def _defined(
    request: HttpRequest, form: DefineForm, population: Population | None, actor: Actor
) -> DefinedFigure | None:
    data = form.cleaned_data
    share = data["share"]
    where = _chosen(request, population, "tu") if population else {}
    out_of = _chosen(request, population, "mau") if population and share else {}
    wanted = Definition(
        data["code"], data["name"], data.get("measure", ""), data["source"], population.code if population else "",
        {**out_of, **where}, share, out_of, data.get("of_day", False), data["words"], data["name_en"], data["overlaps"],
    )  # fmt: skip
    try:
        return define_figures([wanted], by=actor, at=clock.now())[0]
    except Refused as no:
        form.refuse(no)
        return None
