"""Lập hồ sơ: a person enters the register with a first post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.people.actions.enter import NewPerson, enter
from congvu.people.rules.record import Facts, Post
from congvu.people.web.asking import looking
from congvu.people.web.forms import PersonForm


def new_person(request: HttpRequest) -> HttpResponse:
    """1 statement to show the form; `enter` says the rest."""
    known, sight = looking(request)
    unit = known.by_code(request.GET.get("don-vi", "").upper())
    form = PersonForm(request.POST or None, known=known, sight=sight, initial={"unit_id": unit})
    if form.is_bound and form.is_valid():
        try:
            (made,) = enter(
                [_typed(form)], decision=form.paper, by=actor_of(request), at=clock.now(), recruiting=True
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã lập hồ sơ {made.number}.")
            return redirect("person", number=made.number)
    parts = [
        ("Người", [form[name] for name in form.ABOUT]),
        ("Vị trí", [form[name] for name in form.POST]),
        ("Quyết định", [form[name] for name in form.PAPER]),
    ]
    context = {"form": form, "parts": parts}
    return render(
        request, "people/web/new_person.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def _typed(form: PersonForm) -> NewPerson:
    data = form.cleaned_data
    facts = Facts(
        data["name"], data["birth"], data["sex"], data["ethnicity"], data["citizen_number"], data["hired_on"],
        data["qualification"], data["politics"],
    )  # fmt: skip
    post = Post(data["unit_id"], data["kind"], data["pool"], data["position"], data["since"])
    return NewPerson(facts, (post,), data["number"])
