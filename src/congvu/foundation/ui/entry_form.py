"""A page that is one form: what most rooms enter records with."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm


def entry_form(
    request: HttpRequest,
    form: PlainForm,
    act: Callable[[dict[str, Any]], str],
    *,
    home: tuple[str, str],
    title: str,
    back: str,
    back_words: str,
    about: str = "",
    button: str = "Ghi",
    fields: Sequence[str] = (),
) -> HttpResponse:
    """Show the form, or do what it says: `act` takes clean data and answers in words. Statements: those of `act`.

    `home` names the page above all of the room and says its words. `fields` are proposed where a field lists «linh-vuc».
    """
    if form.is_bound and form.is_valid():
        try:
            told = act(form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, told)
            return redirect(back)
    context = {
        "form": form, "home": home, "title": title, "back": back, "back_words": back_words, "about": about,
        "button": button, "fields": fields,
    }  # fmt: skip
    status = FORM_STATUS if form.is_bound else 200
    return render(request, "foundation/ui/entry_form.html", context, status=status)
