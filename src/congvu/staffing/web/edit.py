"""Writing a decision: the heading, and lines typed or pasted from a sheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_xlsx
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.staffing.actions.draft import Heading, change_draft, draft
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.queries.decisions import decision, draft_correcting, lines_of
from congvu.staffing.queries.ledger import balances
from congvu.staffing.queries.pools import Pool, pool_book
from congvu.staffing.rules.kinds import DRAFT, LINE_KINDS
from congvu.staffing.rules.lines import Line
from congvu.staffing.rules.paste import TOTAL, Names, read_text, settled, sheet_line

SHOWN_PROBLEMS = 20


class DecisionForm(PlainForm):
    """A decision as signed. `lines`: a row a line, cells divided by tabs as a sheet gives them."""

    number = TextField(label="Số, ký hiệu quyết định", max_length=100, help_text="Ví dụ 1234/QĐ-UBND")
    signed_on = DayField(label="Ngày ký", required=False)
    issuer = TextField(label="Cơ quan ban hành", max_length=200, required=False)
    effective = DayField(label="Ngày có hiệu lực")
    title = TextField(label="Về việc", max_length=500, required=False)
    lines = forms.CharField(
        label="Các dòng",
        widget=forms.Textarea(attrs={"rows": 12, "class": "num sb-lines", "spellcheck": "false"}),
        help_text="Mỗi dòng: đơn vị (mã hoặc tên), nhóm, loại, số, ghi chú; cách nhau bằng dấu tab hoặc dấu ;",
    )
    sheet = forms.FileField(
        label="Hoặc tệp bảng tính (.xlsx)",
        required=False,
        help_text="Năm cột như trên; các dòng được thêm vào ô trên",
    )
    note = TextField(label="Ghi chú", max_length=1000, required=False)


def new_decision(request: HttpRequest) -> HttpResponse:
    """2 statements to show besides the session's."""
    code = request.GET.get("don-vi", "")[:35].upper()
    initial = {"issuer": "Ủy ban nhân dân tỉnh", "lines": f"{code}\t" if code else ""}
    form = DecisionForm(_posted(request), initial=initial)
    return _page(request, form, None, None)


def edit_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """4 statements to show besides the session's."""
    held = decision(decision_id, drafts=True, seen=None)
    if held is None:
        raise Http404
    if held.state != DRAFT:
        raise Refused(
            f"Quyết định {held.number} đã ban hành, không sửa được.", do="Lập quyết định đính chính."
        )
    form = DecisionForm(_posted(request), initial=_initial(held))
    return _page(request, form, held, held.corrects)


def correct_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """A draft that will take the place of an issued decision, begun with its lines. 5 statements to show."""
    wrong = decision(decision_id, drafts=True, seen=None)
    if wrong is None:
        raise Http404
    if wrong.state == DRAFT:
        raise Refused("Chỉ đính chính quyết định đã ban hành.", do="Dự thảo thì sửa thẳng.")
    begun = draft_correcting(decision_id)
    if begun is not None:
        return redirect("edit-quota-decision", decision_id=begun.id)
    initial = {
        **_initial(wrong),
        "number": "",
        "signed_on": None,
        "note": f"Đính chính quyết định {wrong.number}",
    }
    return _page(request, DecisionForm(_posted(request), initial=initial), None, wrong)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was typed, with the rows of a sheet added to the lines: refused or not, they stand in the form again."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    sheet = request.FILES.get("sheet")
    if sheet is not None:
        rows = read_xlsx(sheet.name or "", sheet.read()).rows
        typed = data.get("lines", "").strip()
        data["lines"] = "\n".join([*([typed] if typed else []), *map(sheet_line, rows)])
    return data


def _initial(held: QuotaDecision) -> dict[str, Any]:
    names = pool_book().on(held.effective)
    written = "\n".join(_written(line, names) for line in lines_of(held.id))
    fields = ("number", "signed_on", "issuer", "effective", "title", "note")
    return {**{name: getattr(held, name) for name in fields}, "lines": written}


def _written(line: QuotaLine, names: dict[str, Pool]) -> str:
    pool = names[line.pool].short if line.pool in names else line.pool
    cells = (line.unit.code, pool, LINE_KINDS[line.kind], str(abs(line.delta)), line.note)
    return "\t".join(cells).rstrip("\t")


def _page(
    request: HttpRequest, form: DecisionForm, held: QuotaDecision | None, corrects: QuotaDecision | None
) -> HttpResponse:
    known = picture()
    if form.is_bound and form.is_valid():
        try:
            done = _save(request, form, held, corrects, known)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if done is not None:
                messages.success(request, f"Đã lưu dự thảo {done.number}. Xem lại rồi ban hành.")
                return redirect("quota-decision", decision_id=done.id)
    today = clock.today()
    context = {
        "form": form,
        "held": held,
        "corrects": corrects,
        "pools": [pool for pool in pool_book().on(today).values() if pool.open],
        "units": known.tree(today),
    }
    return render(request, "staffing/web/edit.html", context, status=FORM_STATUS if form.errors else 200)


def _save(
    request: HttpRequest,
    form: DecisionForm,
    held: QuotaDecision | None,
    corrects: QuotaDecision | None,
    known: Picture,
) -> QuotaDecision | None:
    """The draft written, or None when some rows could not be read (the form says which)."""
    data, actor = form.cleaned_data, request.actor  # type: ignore[attr-defined]
    lines = _read(form, known, correcting=corrects is not None)
    if lines is None:
        return None
    heading = Heading(
        data["number"], data["signed_on"], data["issuer"], data["effective"], data["title"], data["note"]
    )
    by: Actor = actor
    if held is not None:
        return change_draft(held.id, heading, lines, by=by, at=clock.now())
    return draft(heading, lines, by=by, at=clock.now(), corrects=corrects.id if corrects else None)


def _read(form: DecisionForm, known: Picture, *, correcting: bool) -> list[Line] | None:
    day = form.cleaned_data["effective"]
    pools = pool_book().on(day)
    pasted = read_text(form.cleaned_data["lines"], names_of(known, day, pools))
    problems = pasted.problems
    totals = [one for one in pasted.wanted if one.kind == TOTAL]
    if correcting and totals:
        problems = [*problems, f"Dòng {totals[0].row}: khi đính chính hãy ghi số tăng, giảm thay cho «tổng»."]
    if problems:
        more = len(problems) - SHOWN_PROBLEMS
        said = [*problems[:SHOWN_PROBLEMS], *([f"… và {more} dòng khác."] if more > 0 else [])]
        form.add_error("lines", said)
        return None
    held = balances([day], known)[0].posts if totals else {}
    return settled(pasted.wanted, held)


def names_of(known: Picture, day: Any, pools: dict[str, Pool]) -> Names:
    """The words a row may use: codes of all units, names of those of the day, codes and names of the pools."""
    units: dict[str, int | None] = {}
    for node in known.tree(day):
        word = fold(node.name)
        units[word] = None if word in units else node.unit_id
    codes = {span.code: span.unit_id for span in known.spans()}
    words = {fold(word): pool.code for pool in pools.values() for word in (pool.code, pool.short, pool.name)}
    return Names(codes, units, words)
