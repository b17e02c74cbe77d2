"""One position of a scheme: its description and competence frame, to be read, printed, and in a draft written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.people.access import KEEPERS
from congvu.staffing.access import may_write
from congvu.staffing.actions.draft_scheme import write_positions
from congvu.staffing.models import PositionLine, Scheme
from congvu.staffing.queries.schemes import law_of_positions, lines_of, position_history
from congvu.staffing.rules.kinds import DRAFT
from congvu.staffing.rules.schemes import GROUPS, SCHEME_STATES, Competence, Job, read_frame, written_frame
from congvu.staffing.rules.standards import wanted_of
from congvu.staffing.web.scheme import CHIPS, found_scheme


class PositionForm(PlainForm):
    """A position as it is written in a draft."""

    code = TextField(label="Mã vị trí", max_length=30, help_text="Ví dụ LĐ-01")
    name = TextField(label="Tên vị trí việc làm", max_length=200)
    group = forms.ChoiceField(label="Nhóm", choices=tuple(GROUPS.items()))
    holders = forms.IntegerField(label="Số người", min_value=1, max_value=10_000, initial=1)
    tasks = forms.CharField(
        label="Mô tả công việc", required=False, widget=forms.Textarea(attrs={"rows": 7}), max_length=20_000,
        help_text="Mỗi nhiệm vụ một dòng",
    )  # fmt: skip
    product = forms.CharField(
        label="Sản phẩm đầu ra", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5_000
    )
    frame = forms.CharField(
        label="Khung năng lực", required=False, widget=forms.Textarea(attrs={"rows": 7}), max_length=10_000,
        help_text="Mỗi năng lực một dòng: tên năng lực | mức từ 1 đến 5",
    )  # fmt: skip


def new_position(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """3 statements to show besides the session's."""
    known = picture()
    return _edit(request, found_scheme(request, scheme_id, known), None)


def edit_position(request: HttpRequest, scheme_id: int, position_id: int) -> HttpResponse:
    """4 statements to show besides the session's."""
    known = picture()
    found = found_scheme(request, scheme_id, known)
    return _edit(request, found, _line(found, position_id))


def position_page(request: HttpRequest, scheme_id: int, position_id: int) -> HttpResponse:
    """The description of a position, and how it stood in each version. 5 statements besides the session's."""
    known, actor = picture(), actor_of(request)
    found = found_scheme(request, scheme_id, known)
    line = _line(found, position_id)
    span = known.nearest(found.unit_id, found.valid_from or clock.today())
    law = law_of_positions(clock.today())
    pools, grade = law.pools, law.grades.get(line.grade)
    context = {
        "scheme": found,
        "state": SCHEME_STATES[found.state],
        "chip": CHIPS[found.state],
        "line": line,
        "span": span,
        "group": GROUPS[line.group],
        "grade": f"{grade.name} ({line.grade})" if grade else line.grade or "Không xếp ngạch",
        "pool": pools[line.pool].short if line.pool in pools else line.pool,
        "tasks": [one for one in line.tasks.splitlines() if one.strip()],
        "product": [one for one in line.product.splitlines() if one.strip()],
        "history": [
            (one, SCHEME_STATES[one.state]) for one in position_history(position_id, drafts=may_write(actor))
        ],
        "standards": [
            (one, wanted_of(one.standard)) for one in law.standards if one.standard.names(line.name)
        ],
        "checks": actor.has(*KEEPERS),
        "unit_code": span.code if span else "",
        "writable": may_write(actor) and found.state == DRAFT,
    }
    return render(request, "staffing/web/position.html", context)


def _line(found: Scheme, position_id: int) -> PositionLine:
    line = next((one for one in lines_of(found.pk) if one.position_id == position_id), None)
    if line is None:
        raise Http404
    return line


def _edit(request: HttpRequest, found: Scheme, line: PositionLine | None) -> HttpResponse:
    if found.state != DRAFT:
        raise Refused("Chỉ sửa vị trí khi đề án là dự thảo.", do="Lập phiên bản mới của đề án.")
    form = PositionForm(request.POST or None, initial=_initial(line))
    law = law_of_positions(clock.today())
    grades = [(code, f"{code} {one.name}") for code, one in law.grades.items()]
    form.fields["grade"] = forms.ChoiceField(
        label="Ngạch tương ứng", choices=[("", "Không xếp ngạch"), *grades], required=False,
        initial=line.grade if line else "01.003",
    )  # fmt: skip
    pools = [(pool.code, pool.short) for pool in law.pools.values()]
    form.fields["pool"] = forms.ChoiceField(
        label="Nhóm biên chế", choices=pools, initial=line.pool if line else None
    )
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data
            job = Job(
                data["code"], data["name"], data["group"], data["pool"], data["grade"], data["holders"], data["tasks"],
                data["product"], read_frame(data["frame"]),
            )  # fmt: skip
            write_positions(
                found.pk, [(line.position_id if line else None, job)], by=actor_of(request), at=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi vị trí {job.code}.")
            if "them" in request.POST:
                return redirect("new-position", scheme_id=found.pk)
            return redirect("scheme", scheme_id=found.pk)
    context = {"form": form, "scheme": found, "line": line}
    return render(
        request, "staffing/web/edit_position.html", context, status=FORM_STATUS if form.errors else 200
    )


def _initial(line: PositionLine | None) -> dict[str, Any]:
    if line is None:
        return {}
    names = ("code", "name", "group", "holders", "tasks", "product")
    frame = written_frame(Competence(name, level) for name, level in line.frame)
    return {**{name: getattr(line, name) for name in names}, "frame": frame}
