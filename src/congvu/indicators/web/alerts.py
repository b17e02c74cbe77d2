"""Cảnh báo: the lines a person set, and what crossed them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.access import led_or_audited
from congvu.indicators.actions.set_lines import Line, drop_lines, set_lines
from congvu.indicators.models import FigureLine
from congvu.indicators.queries.boards import crossings_of, lines_of
from congvu.indicators.queries.figures import offered
from congvu.indicators.rules.definitions import Figure
from congvu.indicators.rules.entering import number_of
from congvu.indicators.rules.lines import SPANS, Direction
from congvu.indicators.web.hand_forms import HALF, THIRD, Choices, offer, placed
from congvu.organisation.queries import picture, unit_choices


class LineForm(PlainForm):
    figure = forms.ChoiceField(label="Số liệu")
    unit = forms.ChoiceField(label="Đơn vị", required=False)
    direction = forms.ChoiceField(label="Báo khi", choices=[(one.value, one.words) for one in Direction])
    line = TextField(label="Ngưỡng", max_length=20, help_text="Tỷ lệ ghi theo phần trăm, ví dụ 95 hoặc 87,5.")
    period = forms.ChoiceField(label="Kỳ", choices=list(SPANS.items()))

    def __init__(
        self, *args: Any, figures: tuple[Figure, ...], units: Choices, province: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["figure"], [("", "Chọn số liệu"), *((one.code, one.name) for one in figures)])
        empty = ("", "Toàn tỉnh" if province else "Chọn đơn vị")
        offer(self.fields["unit"], [empty, *((str(pk), words) for pk, words in units)])
        placed(self, figure=HALF, unit=HALF, direction=THIRD, line=THIRD, period=THIRD)

    def asked(self) -> Line:
        """Refuses a line that is no number."""
        data = self.cleaned_data
        number = number_of(data["line"], "line")
        if number is None:
            raise Refused("Chưa ghi ngưỡng.", where="line", do="Ghi một số.")
        unit = int(data["unit"]) if data["unit"] else None
        return Line(data["figure"], unit, Direction(data["direction"]), number, data["period"])


def alerts_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/canh-bao/`: what was crossed, the lines, a new one. 5 statements besides the session's."""
    actor, today = actor_of(request), clock.today()
    known = picture()
    scope = led_or_audited(actor, today, known)
    figures = offered(actor)
    units: Choices = [one for one in unit_choices(today, known) if one[0] in scope]
    posted = request.POST if request.method == "POST" else None
    if posted is not None and posted.get("bo"):
        drop_lines([read_number(posted["bo"])], by=actor, at=clock.now())
        messages.success(request, "Đã bỏ ngưỡng.")
        return redirect("figure-alerts")
    form = LineForm(
        posted,
        initial={"figure": request.GET.get("so-lieu", "")},
        figures=tuple(one for one in figures if not one.by_hand),
        units=units,
        province=scope.all,
    )
    if form.is_bound and form.is_valid():
        try:
            set_lines([form.asked()], by=actor, at=clock.now())
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, "Đã đặt ngưỡng. Máy xem lại mỗi đêm.")
            return redirect("figure-alerts")
    names = {one.code: one for one in figures}

    def told(line: FigureLine) -> dict[str, Any]:
        unit = known.name(line.unit_id, today) if line.unit_id is not None else "Toàn tỉnh"
        figure = names.get(line.figure)
        return {
            "row": line, "figure": figure.name if figure else line.figure, "unit": unit, "gone": figure is None,
            "side": Direction(line.direction).words, "span": SPANS.get(line.period, ""),
            "percent": figure is not None and figure.out_of is not None,
        }  # fmt: skip

    context = {
        "watches": True, "form": form, "lines": [told(one) for one in lines_of(actor)],
        "crossings": [(one, told(one.line)) for one in crossings_of(actor)],
    }  # fmt: skip
    return render(
        request, "indicators/web/alerts.html", context, status=FORM_STATUS if form.is_bound else 200
    )
