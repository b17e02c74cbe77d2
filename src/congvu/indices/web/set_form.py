"""Writing a set: its heading and its table, typed or pasted from a sheet; what does not add up stands beside."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.lawtable.models import Evidence
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_sheet, text_of
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.queries.figures import figures_of, offered
from congvu.indices.actions.draft_set import Heading, change_set, draft_set
from congvu.indices.models import IndexSet
from congvu.indices.queries.sets import criteria_of, nodes_of, set_of
from congvu.indices.rules.numbers import read_decimal, written
from congvu.indices.rules.one_stop import TOLD
from congvu.indices.rules.scoring import RULE_WORDS
from congvu.indices.rules.sets import (
    APPROVED,
    AUDIENCES,
    COLUMNS,
    MEASURES,
    SUM,
    Written,
    problems_of,
    read_table,
    table_of,
)
from congvu.indices.rules.starter.all import STARTERS
from congvu.indices.rules.tree import POLICIES, Node

SHOWN = 20
FOUND = 12  # figures shown by the search
LOOK, ENTER = "tim", "enter"


class PointsField(TextField):
    """A number with a decimal comma."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        number = read_decimal(text)
        if number is None:
            raise forms.ValidationError("Không đọc được số. Viết dạng 0,25.")
        return Decimal(number.numerator) / Decimal(number.denominator)

    def clean(self, value: Any) -> Any:
        return forms.Field.clean(self, self.to_python(value)) if value else None


class SetForm(PlainForm):
    """`table`: a row a line, cells divided by tabs as a sheet gives them."""

    name = TextField(label="Tên bộ chỉ số", max_length=300)
    code = forms.SlugField(label="Mã bộ", max_length=40, help_text="Giữ qua các năm, ví dụ cchc")
    edition = TextField(label="Năm, lần", max_length=20, help_text="Ví dụ 2026")
    audience = forms.ChoiceField(
        label="Áp dụng cho", choices=[(code, words) for code, words in AUDIENCES.items() if code != "NGOAI"]
    )
    measure = forms.ChoiceField(
        label="Tính bằng", choices=[(code, words) for code, words in MEASURES.items() if code != SUM]
    )
    whole = PointsField(
        label="Tổng điểm phải đạt", required=False, help_text="Ví dụ 100; để trống nếu không bắt buộc"
    )
    step = PointsField(label="Bước điểm", required=False, help_text="Của tiêu chí «chấm», ví dụ 0,25")
    policy = forms.ChoiceField(label="Khi không phát sinh", choices=tuple(POLICIES.items()))
    bands = TextField(
        label="Mức xếp loại", required=False, max_length=1000, help_text="Ví dụ 90: xuất sắc; 80: tốt; 0: yếu"
    )
    citation = TextField(label="Căn cứ", max_length=500)
    evidence = forms.ChoiceField(label="Mức tin cậy của điểm tối đa", choices=Evidence.choices)
    table = forms.CharField(
        label="Các tiêu chí",
        widget=forms.Textarea(attrs={"rows": 18, "class": "num ix-lines", "spellcheck": "false"}),
        help_text=f"Mỗi dòng: {COLUMNS}; cách nhau bằng dấu tab hoặc dấu ;",
    )
    sheet = forms.FileField(
        label="Hoặc tệp bảng tính (.xlsx, .csv)",
        required=False,
        help_text="Các cột như trên",
    )


def new_set(request: HttpRequest) -> HttpResponse:
    """A new set: empty, from another (`tu`), or from one to begin with (`mau`). 3 statements at most besides the session's."""
    data, unread = _posted(request)
    return _page(request, _form(request, data, unread, _begun(request)), None, unread)


def edit_set(request: HttpRequest, set_id: int) -> HttpResponse:
    """2 statements to show besides the session's, 3 with a search of figures."""
    held = set_of(set_id, drafts=True)
    if held is None:
        raise Http404
    if held.state == APPROVED:
        raise Refused("Bộ chỉ số đã phê duyệt, không sửa được.", do="Lập bộ của năm sau từ bộ này.")
    data, unread = _posted(request)
    return _page(request, _form(request, data, unread, _initial(held)), held, unread)


def _form(
    request: HttpRequest, data: QueryDict | None, unread: Refused | None, initial: dict[str, Any]
) -> SetForm:
    """Who only looks for a figure is told nothing of what is not filled in yet, and finds all that was typed."""
    if data is not None and unread is None and _looks(data):
        return SetForm(initial=data.dict())
    return SetForm(data, request.FILES or None, initial=initial)


def _looks(data: QueryDict) -> bool:
    """Whether the search was pressed, or Enter in its field (a browser then presses the form's first button)."""
    new = data.get("tim", "").strip() not in ("", data.get("da-tim", ""))
    return data.get("viec") == LOOK or (data.get("viec") == ENTER and new)


def _posted(request: HttpRequest) -> tuple[QueryDict | None, Refused | None]:
    """What was typed, with the rows of a sheet added: refused or not, they stand in the form again. And why the sheet
    cannot be read."""
    if request.method != "POST":
        return None, None
    data = request.POST.copy()
    sheet = request.FILES.get("sheet")
    if sheet is not None:
        try:
            rows = read_sheet(sheet.name or "", sheet.read()).rows
        except Refused as unread:
            return data, Refused(unread.what, where="sheet", do=unread.do)
        typed = data.get("table", "").strip()
        lines = ["\t".join(text_of(cell).replace(";", ",") for cell in row) for row in rows if any(row)]
        data["table"] = "\n".join([*([typed] if typed else []), *lines])
    return data, None


def _begun(request: HttpRequest) -> dict[str, Any]:
    source = request.GET.get("tu", "")
    held = set_of(int(source), drafts=True) if source.isdecimal() and len(source) < 18 else None
    if held is not None:
        return {**_initial(held), "edition": "", "citation": ""}
    starter = next((one for one in STARTERS if one.code == request.GET.get("mau")), None)
    if starter is None:
        return {"policy": "exclude", "evidence": "MEM", "step": "0,25", "whole": "100"}
    names = ("code", "name", "audience", "measure", "whole", "step", "bands", "citation", "evidence")
    return {
        **{name: getattr(starter, name) for name in names},
        "policy": "exclude",
        "edition": str(clock.today().year),
        "table": starter.table.strip(),
    }


def _initial(held: IndexSet) -> dict[str, Any]:
    names = ("code", "edition", "name", "audience", "measure", "policy", "bands", "citation", "evidence")
    nodes = nodes_of(criteria_of([held.pk]).get(held.pk, ()))
    return {
        **{name: getattr(held, name) for name in names},
        "whole": "" if held.whole is None else written(Fraction(held.whole), 3),
        "step": written(Fraction(held.step), 3),
        "table": table_of(nodes),
    }


def _page(request: HttpRequest, form: SetForm, held: IndexSet | None, unread: Refused | None) -> HttpResponse:
    problems: tuple[str, ...] = ()
    unknown: list[str] = []
    if unread is not None:
        form.refuse(unread)
    elif form.is_bound and form.is_valid():
        try:
            done = _save(request, form, held)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if done is not None:
                messages.success(request, "Đã lưu dự thảo. Xem các dòng kiểm tra, rồi phê duyệt.")
                return redirect("index-set", set_id=done.pk)
    text = form["table"].value() or ""
    if text.strip():
        read = read_table(text)
        whole = read_decimal(str(form["whole"].value() or ""))
        problems = (*read.problems, *problems_of(read.nodes, whole))[:SHOWN]
        unknown = unknown_figures(read.nodes)
    context = {
        "form": form, "held": held, "problems": problems, "unknown": unknown,
        "rules": RULE_WORDS, "starters": () if held else STARTERS,
        "empty": not text.strip(), **_search(request),
    }  # fmt: skip
    return render(request, "indices/web/set_form.html", context, status=FORM_STATUS if form.errors else 200)


def _search(request: HttpRequest) -> dict[str, Any]:
    """The figures whose names have the words typed, marks or not. 1 statement at most."""
    typed = (request.POST.get("tim") or request.GET.get("tim") or "").strip()[:100]
    words = fold(typed).split()
    if not words:
        return {"searched": typed}
    every = [
        *((code, "Điểm từ hồ sơ một cửa", told) for code, told in TOLD.items()),
        *(
            (one.code, one.name, one.words) for one in offered(SYSTEM)
        ),  # a set counts the whole, nobody's file
    ]
    hits = [one for one in every if all(word in fold(" ".join(one)) for word in words)]
    return {"searched": typed, "found": hits[:FOUND], "found_count": len(hits)}


def unknown_figures(nodes: Sequence[Node]) -> list[str]:
    """Codes that are no figure (yet): their criteria are written by hand. 1 statement at most."""
    codes = list(dict.fromkeys(one.figure for one in nodes if one.figure and one.figure not in TOLD))
    known = figures_of(codes) if codes else {}
    return [code for code in codes if code not in known]


def _save(request: HttpRequest, form: SetForm, held: IndexSet | None) -> IndexSet | None:
    """The draft written, or None when some rows could not be read (the form says which)."""
    data = form.cleaned_data
    read: Written = read_table(data["table"])
    if read.problems:
        form.add_error("table", list(read.problems[:SHOWN]))
        return None
    heading = Heading(
        data["code"], data["edition"], data["name"], data["audience"], data["measure"], data["whole"], data["step"] or Decimal(0),
        data["policy"], data["bands"], data["citation"], data["evidence"],
    )  # fmt: skip
    nodes: tuple[Node, ...] = read.nodes
    by, at = actor_of(request), clock.now()
    return (
        change_set(held.pk, heading, nodes, by=by, at=at) if held else draft_set(heading, nodes, by=by, at=at)
    )
