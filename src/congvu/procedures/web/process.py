"""The inner process of a procedure: its step table with sums, and for editors the draft of a new one."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.foundation.ui.forms import FORM_STATUS, read_day
from congvu.organisation.queries import names_on, picture, unit_choices
from congvu.procedures import access
from congvu.procedures.actions.set_process import draft_process, publish_process
from congvu.procedures.actions.use_imported import use_imported
from congvu.procedures.models import Procedure
from congvu.procedures.queries.processes import ProcessTable, StepLine, process_for
from congvu.procedures.queries.processes import draft_process as draft_table
from congvu.procedures.queries.versions import procedure_by_code
from congvu.procedures.rules.checks import StepDraft
from congvu.procedures.rules.words import AgencyKind, StepRole, TermUnit

SPARE_ROWS = 3
MOST_STEPS = 40


def process(request: HttpRequest, code: str) -> HttpResponse:
    """At most 8 statements, of which two say who asks."""
    found = procedure_by_code(code)
    if found is None:
        raise Http404("Không có thủ tục này.")
    editor = access.may_edit(request.actor)  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST":
        if not editor:
            raise Http404("Chỉ quản trị sửa quy trình.")
        try:
            return _write(request, found)
        except Refused as problem:
            refusal = problem
    today, known = clock.today(), picture()
    table, draft = process_for(found.pk, today), draft_table(found.pk) if editor else None
    named = [step.unit_id for one in (table, draft) if one for step in one.steps if step.unit_id]
    names = names_on(named, today, known)
    base = draft or table
    typed = refusal is not None and "ten" in request.POST  # not when an imported process was refused
    rows = _typed_rows(request.POST) if typed else _rows(base.steps if base else (), names)
    context = {
        "procedure": found,
        "table": table,
        "steps": [(step, names.get(step.unit_id or 0, step.agency_words)) for step in table.steps]
        if table
        else [],
        "sums": _sums(table),
        "draft": draft,
        "draft_sums": _sums(draft),
        "editor": editor,
        "rows": rows,
        "total_days": request.POST.get("tong", "") if typed else _total(base),
        "refusal": refusal,
        "roles": StepRole.choices(),
        "kinds": AgencyKind.choices(),
        "unit_words": TermUnit.choices(),
        "units": unit_choices(today, known) if editor else [],
        "tomorrow": request.POST.get("tu-ngay", ""),
    }
    return render(request, "procedures/web/process.html", context, status=FORM_STATUS if refusal else 200)


def _write(request: HttpRequest, found: Procedure) -> HttpResponse:
    data, by, at = request.POST, request.actor, clock.now()  # type: ignore[attr-defined]
    if data.get("viec") == "cong-bo":
        day = read_day(data.get("tu-ngay", ""))
        if day is None:
            raise Refused("Chưa có ngày bắt đầu áp dụng.", where="tu-ngay", do="Gõ ngày dạng 01/12/2026.")
        publish_process(found.pk, day, by=by, at=at, why=composed(data.get("quyet-dinh", "")))
        messages.success(request, f"Quy trình áp dụng từ {day:%d/%m/%Y}.")
    elif data.get("viec") == "lay":
        number = data.get("quy-trinh", "")
        chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
        made = use_imported(found.pk, chosen, by=by, at=at)
        messages.success(request, f"Đã lấy quy trình làm bản thảo ({made.source}). Xem lại rồi công bố.")
        _tell_unknown_agencies(request, found)
    else:
        total = _decimal(data.get("tong", ""), "Thời hạn chung")
        hours = total * 8 if total is not None else None
        draft_process(found.pk, _steps(data), by=by, at=at, total_hours=hours, source="soạn trên màn hình")
        messages.success(request, "Đã lưu bản thảo quy trình.")
    return HttpResponseRedirect(reverse("procedure-process", args=[found.code]))


def _tell_unknown_agencies(request: HttpRequest, found: Procedure) -> None:
    """Which steps of the draft name a fixed agency that is no unit of ours."""
    table = draft_table(found.pk)
    unknown = [
        f"{step.position} ({step.agency_text})"
        for step in (table.steps if table else ())
        if step.agency_kind == AgencyKind.FIXED.value and step.unit_id is None
    ]
    if unknown:
        messages.warning(
            request, f"Chưa nhận ra đơn vị của bước {', '.join(unknown)}: chọn đơn vị rồi lưu bản thảo."
        )


def _steps(data: QueryDict) -> list[StepDraft]:
    by_name = {fold(name): unit_id for unit_id, name in unit_choices(clock.today())}
    drafts: list[StepDraft] = []
    for row in _typed_rows(data):
        if not row["name"]:
            continue
        where = f"Bước {len(drafts) + 1}"
        fixed = row["kind"] == AgencyKind.FIXED.value
        if fixed and row["unit"] and fold(row["unit"]) not in by_name:
            raise Refused(
                f"Không có đơn vị «{row['unit'][:80]}».", where=where, do="Chọn tên trong danh sách."
            )
        drafts.append(
            StepDraft(
                name=row["name"],
                role=row["role"],
                agency_kind=row["kind"],
                unit_id=by_name.get(fold(row["unit"])) if fixed else None,
                term_n=_decimal(row["n"], where),
                term_unit=row["term_unit"],
                duty=row["duty"],
                leads_to=_onward(row["next"], where),
            )
        )
    return drafts


def _typed_rows(data: QueryDict) -> list[dict[str, str]]:
    columns = {"name": "ten", "duty": "viec-lam", "role": "vai-tro", "kind": "loai", "unit": "don-vi", "n": "so",
               "term_unit": "don-vi-tg", "next": "sau-do"}  # fmt: skip
    typed = {key: data.getlist(name)[:MOST_STEPS] for key, name in columns.items()}
    count = max((len(values) for values in typed.values()), default=0)
    return [
        {key: composed(values[at])[:1000] if at < len(values) else "" for key, values in typed.items()}
        for at in range(count)
    ]


def _rows(steps: tuple[StepLine, ...], names: Mapping[int, str]) -> list[dict[str, str]]:
    sequence = all(step.leads_to in ((step.position + 1,), ()) for step in steps)
    rows = [
        {
            "name": step.name,
            "duty": step.duty,
            "role": step.role,
            "kind": step.agency_kind,
            "unit": names.get(step.unit_id or 0, ""),
            "n": "" if step.term_n is None else f"{step.term_n.normalize():f}".replace(".", ","),
            "term_unit": step.term_unit or TermUnit.NGAY_LAM_VIEC.value,
            "next": "" if sequence else ", ".join(map(str, step.leads_to)),
        }
        for step in steps
    ]
    empty = {"name": "", "duty": "", "role": StepRole.LEAD.value, "kind": AgencyKind.COMPETENT.value, "unit": "",
             "n": "", "term_unit": TermUnit.NGAY_LAM_VIEC.value, "next": ""}  # fmt: skip
    return [*rows, *({**empty} for _ in range(SPARE_ROWS))]


def _onward(typed: str, where: str) -> tuple[int, ...]:
    """The steps that follow, "4" or "2, 3"; nothing typed in any row means one after another."""
    parts = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise Refused(
            f"«{typed[:30]}» không phải số bước.", where=where, do="Gõ số các bước sau, ví dụ 2, 3."
        )
    return tuple(sorted({int(part) for part in parts}))


def _decimal(typed: str, where: str) -> Decimal | None:
    plain = typed.strip().replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as problem:
        raise Refused(
            f"«{typed[:30]}» không phải số.", where=where, do="Gõ số, ví dụ 0,5 hoặc 3."
        ) from problem
    if not number.is_finite() or abs(number) > 100_000:
        raise Refused(f"«{typed[:30]}» quá lớn.", where=where, do="Gõ số ngày thực tế.")
    return number


def _sums(table: ProcessTable | None) -> dict[str, object] | None:
    """The sum of the steps beside the whole term, in working days."""
    if table is None:
        return None
    return {
        "sum": None if table.sum_hours is None else table.sum_hours / 8,
        "total": table.process.total_days,
        "differs": bool(table.mismatch_hours),
    }


def _total(table: ProcessTable | None) -> str:
    if table is None or table.process.total_days is None:
        return ""
    return f"{table.process.total_days.normalize():f}".replace(".", ",")
