"""A record of a file's hand-over that was written wrongly: put right with its reason, or struck out; both stay in the file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.people.actions.hand_over_file import Hands, correct_handover
from congvu.people.actions.read_file import read_file
from congvu.people.queries.file import Handover
from congvu.people.web.asking import Moment, found_or_404
from congvu.people.web.file_correct import STRIKE
from congvu.people.web.file_forms import ReasonForm, RightHandoverForm

_FIELDS = ("way", "on", "party", "giver", "taker", "number", "note")


def handover(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """5 statements to show the form: it is filled from the file, so opening it is a reading."""
    now = clock.now()
    found, sight, keeps = found_or_404(request, number, Moment(now.date(), None))
    if not keeps:
        raise Http404
    opened = read_file(found, sight, on=now.date(), known_at=None, by=actor_of(request), at=now).file
    old = next((one for one in opened.handovers if one.id == pk and one.stands), None)
    if old is None:
        raise Http404
    form: Any = RightHandoverForm(
        request.POST or None, initial={name: getattr(old, name) for name in _FIELDS}
    )
    striking = request.method == "POST" and request.POST.get("viec") == STRIKE
    asked: Any = ReasonForm(request.POST) if striking else form
    if asked.is_bound and asked.is_valid():
        data = asked.cleaned_data
        hands = None if striking else Hands(**{name: data[name] for name in _FIELDS})
        try:
            correct_handover(found.id, pk, hands, reason=data["reason"], by=actor_of(request), at=now)
        except Refused as refusal:
            asked.refuse(refusal)
        else:
            messages.success(request, "Đã sửa lần giao nhận. Lần ghi cũ vẫn tra được.")
            return redirect("person-file", number=found.number)
    if striking:  # what was typed beside the reason stays; only the reason is answered
        form.full_clean()
        form._errors = asked.errors
        form.refusal = asked.refusal
    context = {
        "form": form,
        "card": found,
        "title": "Sửa lần giao nhận hồ sơ",
        "about": _about(old),
        "rule": _RULE,
    }
    status = FORM_STATUS if request.method == "POST" else 200
    return render(request, "people/web/file_correct.html", context, status=status)


_RULE = (
    "Ghi rõ điều sai và căn cứ. Lần ghi cũ không mất: hồ sơ vẫn nêu cả hai. Số tài liệu, số tờ giữ như đã đếm khi giao nhận. "
    "Hủy lần này khi việc giao nhận không xảy ra."
)


def _about(one: Handover) -> str:
    return f"{one.way_words}, {one.party}, {one.on:%d/%m/%Y}"
