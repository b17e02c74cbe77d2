"""Hoàn tác sự kiện: what would move back is shown before the correcting event is recorded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
from congvu.organisation import queries
from congvu.organisation.actions.rehearse import conserving
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import UnitEvent, UnitFunctionVersion
from congvu.organisation.queries.following import kinds
from congvu.organisation.queries.handovers import of_decision
from congvu.organisation.rules.following import GOES
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.organisation.web.telling import events_told


class UndoForm(PlainForm):
    why = TextField(label="Lý do, căn cứ hoàn tác", max_length=500)


def undo(request: HttpRequest, event_id: int) -> HttpResponse:
    """`/to-chuc/su-kien/12/hoan-tac/`. 7 statements to show the form besides the session's."""
    event = UnitEvent.objects.filter(id=event_id, superseded_at=None).first()
    if event is None:
        raise Http404
    form = UndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        why, by, now = form.cleaned_data["why"], request.actor, clock.now()  # type: ignore[attr-defined]
        try:
            conserving(lambda: undo_event(event_id, why=why, by=by, at=now), event.effective)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "Đã hoàn tác bằng một sự kiện đính chính. Những gì đã chuyển đang trở về."
            )
            return redirect("handovers")
    known, told = queries.picture(), kinds()
    together = UnitEvent.objects.filter(recorded_at=event.recorded_at, superseded_at=None)
    functions = UnitFunctionVersion.objects.filter(opened_by__in=together, superseded_at=None)
    handed = [
        (
            known.name(one.to_unit_id, one.effective),
            known.name(one.from_unit_id, one.effective),
            [
                (told[line.kind], line.moved)
                for line in one.lines.all()
                if told[line.kind].way == GOES and line.moved
            ],
            one.moved_at,
        )
        for one in of_decision(event.recorded_at)
    ]
    context = {
        "form": form,
        "kind_name": EVENT_KINDS[event.kind],
        "rows": events_told(queries.told(together), known),
        "handed": handed,
        "functions": functions.order_by("function").values_list("text", flat=True),
    }
    return render(
        request, "organisation/web/undo.html", context, status=FORM_STATUS if form.is_bound else 200
    )
