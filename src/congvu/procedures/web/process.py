"""The inner process of a procedure: its step table and drawing, and for editors the draft of a new one.

The form works without scripts («Xem sơ đồ» draws what is typed); with them the drawing and what lint finds follow every
change, asked for as a fragment.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import FORM_STATUS, read_day, read_number
from congvu.organisation.queries import names_on, picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.procedures import access
from congvu.procedures.actions.import_bpmn import import_bpmn
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.actions.use_imported import use_imported
from congvu.procedures.models import Procedure
from congvu.procedures.queries.graphs import VersionGraph, findings, stored_process, versions_of
from congvu.procedures.queries.versions import procedure_by_code
from congvu.procedures.rules.bpmn.raw import MOST_BYTES, Unsupported
from congvu.procedures.rules.bpmn.read import read_bpmn
from congvu.procedures.rules.bpmn.write import write_bpmn
from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Process
from congvu.procedures.rules.process.table import to_table
from congvu.procedures.rules.process.terms import WORKING, amount_words, longest_way, not_measured
from congvu.procedures.rules.words import AgencyKind, Archetype, Join, StepKind, StepRole, TermUnit
from congvu.procedures.web.process_drawing import drawing
from congvu.procedures.web.process_form import (
    OFFICERS,
    Row,
    read_decimal,
    read_process,
    shown_rows,
    typed_rows,
    with_spare,
)


@dataclass(slots=True)
class _Typed:
    """What came of reading the form: the process, or why not."""

    rows: list[Row]
    process: Process | None = None
    refusal: Refused | None = None


def process(request: HttpRequest, code: str) -> HttpResponse:
    """At most 8 statements, of which two say who asks."""
    found = procedure_by_code(code)
    if found is None:
        raise Http404("Không có thủ tục này.")
    editor = access.may_edit(request.actor)  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, found, editor)
    if not editor:
        raise Http404("Chỉ quản trị sửa quy trình.")
    if request.POST.get("viec") == "xem":
        return _look(request, found)
    try:
        return _write(request, found)
    except Refused as problem:
        return _page(request, found, editor, refusal=problem)


def process_bpmn(request: HttpRequest, code: str) -> HttpResponse:
    """The process in force, or with `?ban=thao` the draft, as a BPMN file. At most 6 statements besides the session's."""
    found = procedure_by_code(code)
    if found is None:
        raise Http404("Không có thủ tục này.")
    published, draft = versions_of(found.pk, clock.today())
    wanted = draft if request.GET.get("ban") == "thao" else published
    if wanted is None or (wanted is draft and not access.may_edit(request.actor)):  # type: ignore[attr-defined]
        raise Http404("Chưa có quy trình này.")
    answer = HttpResponse(write_bpmn(wanted.graph, found.name, found.code), content_type="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="quy-trinh-{wanted.version.pk}.bpmn"'
    return answer


def _look(request: HttpRequest, found: Procedure) -> HttpResponse:
    """The drawing and findings of what is typed: a fragment for scripts, the whole page without."""
    known, today = picture(), clock.today()
    typed = _read(request, found, known, today)
    if not request.headers.get("HX-Request"):
        return _page(request, found, True, refusal=typed.refusal, typed=typed)
    return render(
        request, "procedures/web/_process_check.html", _checked(request, found, typed, known, today)
    )


def _read(request: HttpRequest, found: Procedure, known: Picture, today: date) -> _Typed:
    _, draft = versions_of(found.pk, today)
    return _read_rows(request, draft, known, today)


def _read_rows(request: HttpRequest, draft: VersionGraph | None, known: Picture, today: date) -> _Typed:
    data = request.POST
    kept = frozenset(step.agency.text for step in draft.graph.steps) if draft else frozenset()
    typed = _Typed(typed_rows(data))
    try:
        typed.process = read_process(
            typed.rows, unit_choices(today, known), data.get("loai-quy-trinh", ""), kept
        )
    except Refused as problem:
        typed.refusal = problem
    return typed


def _checked(
    request: HttpRequest, found: Procedure, typed: _Typed, known: Picture, today: date
) -> dict[str, Any]:
    """The context of the fragment. 1 statement."""
    if typed.process is None:
        return {"unread": typed.refusal, "pic": None, "found": []}
    if not typed.process.steps:
        return {"unread": None, "pic": None, "found": []}
    try:
        hours = _hours(request)
    except Refused as problem:
        return {"unread": problem, "pic": None, "found": []}
    day = read_day(request.POST.get("tu-ngay", "")) or today
    said = findings(found.pk, typed.process, on=day, total_hours=hours, known=known)
    return {"unread": None, "pic": drawing(typed.process, said), "found": said}


def _page(
    request: HttpRequest,
    found: Procedure,
    editor: bool,
    *,
    refusal: Refused | None = None,
    typed: _Typed | None = None,
    unsupported: tuple[Unsupported, ...] = (),
) -> HttpResponse:
    today, known = clock.today(), picture()
    published, draft = versions_of(found.pk, today)
    if typed is None and refusal is not None and "ten" in request.POST:
        typed = _read_rows(request, draft, known, today)
    base = draft or published
    units = {step.agency.unit_id for one in (published, draft) if one for step in one.graph.steps}
    names = names_on({unit for unit in units if unit is not None}, today, known)
    context = {
        "procedure": found,
        "table": published,
        "steps": _steps(published, names),
        "sums": _sums(published),
        "picture": drawing(published.graph) if published else None,
        "draft": draft if editor else None,
        "draft_sums": _sums(draft) if editor else None,
        "editor": editor,
        "mover": access.may_move(request.actor),  # type: ignore[attr-defined]
        "refusal": refusal,
        "unsupported": unsupported,
        **(_editing(request, found, typed, base, names, known, today) if editor else {}),
    }
    return render(request, "procedures/web/process.html", context, status=FORM_STATUS if refusal else 200)


def _editing(
    request: HttpRequest,
    found: Procedure,
    typed: _Typed | None,
    base: VersionGraph | None,
    names: dict[int, str],
    known: Picture,
    today: date,
) -> dict[str, Any]:
    """What the form needs. 1 statement."""
    if typed is not None:
        rows, total = typed.rows, request.POST.get("tong", "")
        check = _checked(request, found, typed, known, today)
        archetype = request.POST.get("loai-quy-trinh", "")
    else:
        rows = shown_rows(base.graph, names) if base else []
        total, check, archetype = _total(base), {"unread": None, "pic": None, "found": []}, ""
        if base is not None:
            hours, archetype = base.version.total_hours, base.version.archetype
            said = findings(found.pk, base.graph, on=today, total_hours=hours, known=known)
            check = {"unread": None, "pic": drawing(base.graph, said), "found": said}
    return {
        "rows": with_spare(rows),
        "total_days": total,
        "archetype": archetype or Archetype.APPROVAL.value,
        "roles": StepRole.choices(),
        "kinds": AgencyKind.choices(),
        "unit_words": TermUnit.choices(),
        "officers": OFFICERS,
        "step_kinds": StepKind.choices(),
        "archetypes": Archetype.choices(),
        "units": unit_choices(today, known),
        "tomorrow": request.POST.get("tu-ngay", ""),
        **check,
    }


def _write(request: HttpRequest, found: Procedure) -> HttpResponse:
    data, by, at = request.POST, request.actor, clock.now()  # type: ignore[attr-defined]
    verb = data.get("viec")
    if verb == "cong-bo":
        day = read_day(data.get("tu-ngay", ""))
        if day is None:
            raise Refused("Chưa có ngày bắt đầu áp dụng.", where="tu-ngay", do="Gõ ngày dạng 01/12/2026.")
        publish_process(found.pk, day, by=by, at=at, why=composed(data.get("quyet-dinh", "")))
        messages.success(request, f"Quy trình áp dụng từ {day:%d/%m/%Y}.")
    elif verb == "lay":
        made = use_imported(found.pk, read_number(data.get("quy-trinh", "")), by=by, at=at)
        messages.success(request, f"Đã lấy quy trình làm bản thảo ({made.source}). Xem lại rồi công bố.")
        _tell_unknown_agencies(request, made.pk)
    elif verb == "nap-bpmn":
        return _take_bpmn(request, found)
    else:
        typed = _read(request, found, picture(), clock.today())
        if typed.refusal is not None or typed.process is None:
            raise typed.refusal or Refused("Không đọc được bảng.", where="steps", do="Tải lại trang.")
        draft_graph(
            found.pk, typed.process, by=by, at=at, total_hours=_hours(request), source="soạn trên màn hình"
        )
        messages.success(request, "Đã lưu bản thảo quy trình.")
    return HttpResponseRedirect(reverse("procedure-process", args=[found.code]))


def _take_bpmn(request: HttpRequest, found: Procedure) -> HttpResponse:
    """A diagram sent: kept as the draft, and what it had that a table has not is listed on the page."""
    sent = request.FILES.get("tep")
    if not isinstance(sent, UploadedFile):
        raise Refused("Chưa chọn tệp BPMN.", where="Tệp BPMN", do="Chọn tệp .bpmn rồi bấm «Nạp sơ đồ».")
    if (sent.size or 0) > MOST_BYTES:
        raise Refused(
            f"Tệp quá {MOST_BYTES // 1_000_000} MB.", where="Tệp BPMN", do="Chia quy trình thành nhiều tệp."
        )
    name = composed(sent.name or "")[-200:]
    read = read_bpmn(sent.read(), "Tệp BPMN")
    made = import_bpmn(found.pk, read, by=request.actor, at=clock.now(), name=name)  # type: ignore[attr-defined]
    messages.success(request, f"Đã nạp {len(read.process.steps)} bước từ {name} làm bản thảo.")
    _tell_unknown_agencies(request, made.pk)
    if not read.unsupported:
        return HttpResponseRedirect(reverse("procedure-process", args=[found.code]))
    return _page(request, found, True, unsupported=read.unsupported)


def _tell_unknown_agencies(request: HttpRequest, process_id: int) -> None:
    """Which steps of the draft name a fixed agency that is no unit of ours."""
    graph = stored_process(process_id).graph
    unknown = [
        f"{row} ({step.agency.text})"
        for row, step in enumerate(graph.steps, start=1)
        if step.agency.kind == AgencyKind.FIXED.value and step.agency.unit_id is None
    ]
    if unknown:
        messages.warning(
            request, f"Chưa nhận ra đơn vị của bước {', '.join(unknown)}: chọn đơn vị rồi lưu bản thảo."
        )


def _steps(table: VersionGraph | None, names: dict[int, str]) -> list[dict[str, Any]]:
    if table is None:
        return []
    officers = dict(OFFICERS)
    return [
        {
            "row": row,
            "waits": _waits(table.graph, row.key),
            "agency": names.get(row.agency.unit_id or 0, row.agency.words),
            "role": StepRole(row.role).label,
            "officer": officers.get(row.officer, row.officer) if row.officer else "",
            "kind": StepKind(row.kind).label if row.kind != StepKind.TASK.value else "",
            "term": "–" if row.term_n is None else amount_words(row.term_n, TermUnit(row.term_unit).label),
        }
        for row in to_table(table.graph)
    ]


def _waits(graph: Process, key: str) -> str:
    """The rows a step waits for, in words."""
    between = " hoặc " if graph.by_key[key].join == Join.ANY.value else ", "
    return between.join(str(graph.position[source]) for source in graph.before[key]) or "–"


def _sums(table: VersionGraph | None) -> dict[str, object] | None:
    """The longest way by the steps' terms beside the whole term, in working days."""
    if table is None:
        return None
    hours, total = table.version.total_hours, table.version.total_days
    if not_measured(table.graph, WORKING):
        return {"sum": None, "total": total, "differs": False}
    amount = longest_way(table.graph).amount
    return {"sum": amount / HOURS_PER_DAY, "total": total, "differs": hours is not None and amount != hours}


def _hours(request: HttpRequest) -> Decimal | None:
    total = read_decimal(request.POST.get("tong", ""), "Thời hạn chung")
    return None if total is None else total * HOURS_PER_DAY


def _total(table: VersionGraph | None) -> str:
    if table is None or table.version.total_days is None:
        return ""
    return f"{table.version.total_days.normalize():f}".replace(".", ",")
