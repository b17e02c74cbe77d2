"""Đến kỳ nâng lương: whose wait for the next step is over, raised by one decision."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import decode_dated, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import add_months
from congvu.people.actions.salary import raise_due
from congvu.people.queries.due import steps_due
from congvu.people.queries.law import GRADES, SCALES, personnel_rules
from congvu.people.rules.salary import following, grades_of
from congvu.people.web.asking import looking
from congvu.people.web.forms import DecisionForm

PAGE = 100


class RaiseForm(DecisionForm):
    """One decision raises everyone ticked."""


def salary_due_list(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's; `raise_due` says the rest."""
    known, sight = looking(request)
    today = sight.today
    until = add_months(today, 3) if request.GET.get("den") == "quy" else today
    rules = personnel_rules(today)
    grades = grades_of(rules[GRADES].value, rules[SCALES].value)
    after = decode_dated(request.GET.get("sau", ""))
    form = RaiseForm(request.POST or None)
    chosen = {int(one) for one in request.POST.getlist("nguoi") if one.isdigit()}
    if form.is_bound and form.is_valid():
        try:
            if not chosen:
                raise Refused("Chưa chọn ai.", do="Đánh dấu những người được nâng bậc.")
            count = raise_due(sorted(chosen), decision=form.paper, by=actor_of(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Đã nâng bậc lương cho {count} người, {form.cleaned_data['decision']}."
            )
            return redirect("salary-due")
    found = steps_due(until, sight, after=after, limit=PAGE)
    page = page_of(found, PAGE, lambda row: (row.next_due.isoformat(), row.id), first=after is None)
    context = {
        "page": page,
        "rows": [_due(one, grades, known.name(one.unit_id, today), today, chosen) for one in page.rows],
        "form": form,
        "rule": rules[SCALES],
        "until": until,
        "soon": request.GET.get("den") == "quy",
    }
    return render(
        request, "people/web/salary_due.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def _due(one: Any, grades: Any, unit: str, today: date, chosen: set[int]) -> dict[str, Any]:
    grade = grades.get(one.grade)
    step, over = following(grade, one.step, one.over_frame) if grade else (one.step, one.over_frame)
    return {
        "row": one,
        "grade": grade.name if grade else one.grade,
        "next": f"{step}" + (f" + {over}%" if over else ""),
        "coefficient": grade.coefficient(step) if grade else None,
        "unit": unit,
        "ready": one.next_due <= today,
        "chosen": one.id in chosen,
    }
