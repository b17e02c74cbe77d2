"""A unit's score sheet: the columns of practice, one plain form; what is refused stands where it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.files.answer import file_response
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.foundation.ui.routes import actor_of
from congvu.indices.access import may_write, visible_sheets
from congvu.indices.actions.move_sheet import BACK, move_sheets
from congvu.indices.actions.write_sheet import (
    OWN_SHEET,
    BadCells,
    Typed,
    add_proof,
    remove_proof,
    whole_sheet,
    write_sheet,
)
from congvu.indices.models import Proof, Sheet
from congvu.indices.queries.results import result_of
from congvu.indices.queries.rounds import deadlines_of
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import (
    Standing,
    cells_of,
    history,
    proof_of,
    proofs_of,
    sheet_of,
    standing,
    wrote_for_unit,
)
from congvu.indices.rules.cells import AGREED, NOTHING, how_to
from congvu.indices.rules.numbers import read_decimal
from congvu.indices.rules.one_stop import TOLD
from congvu.indices.rules.results import value_of
from congvu.indices.rules.rounds import (
    APPRAISAL,
    COUNCIL,
    EXPLAIN,
    OF_UNIT,
    SECOND,
    SELF,
    STEP_WORDS,
    STEPS,
    locked,
    ways_from,
)
from congvu.indices.rules.scoring import Survey
from congvu.indices.rules.sets import POINTS, band_of, read_bands
from congvu.indices.rules.sheet import column_score
from congvu.indices.rules.starter.one_stop import OFFICER, OFFICER_BANDS
from congvu.indices.rules.tree import Line, Result
from congvu.indices.web.words import CHIPS, got_words, percent_words, points, value_words
from congvu.organisation.queries import picture

SHOWN_AS_TYPED = (SELF, APPRAISAL, SECOND, COUNCIL)
AGREE = "dong-y"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page. `cells`: what the columns say, in words; `typed`, `note`: what stands in the form;
    `stood`, `stood_note`: what stood there when it was first shown, so that only what was changed is written."""

    line: Line
    cells: tuple[tuple[str, str], ...]  # (what the column is called, what it says)
    survey: str
    notes: tuple[tuple[str, str], ...]
    total: str
    percent: str
    writable: bool
    how: str = ""
    typed: str = ""
    note: str = ""
    stood: str = ""
    stood_note: str = ""
    problem: str = ""
    figure: str = ""
    from_dossiers: str = ""
    proofs: tuple[Proof, ...] = ()


def sheet_page(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """5-6 statements besides the session's and the picture's."""
    actor, known, today = actor_of(request), picture(), clock.today()
    sheet = sheet_of(sheet_id, visible_sheets(actor, today, known))
    if sheet is None:
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, sheet, actor)
        except Refused as said:
            refusal = said
    of = sheet.round.set
    nodes = nodes_of(criteria_of([of.pk]).get(of.pk, ()))
    lines = standing([sheet.pk]).get(sheet.pk, {})
    told = result_of(of, nodes, cells_of(lines))
    due = deadlines_of(sheet.round)
    why_not = (
        whole_sheet(of)
        or locked(due, sheet.state, today)
        or may_write(actor, sheet.unit_id, sheet.state, today, known)
    )
    if not why_not and sheet.state not in OF_UNIT and wrote_for_unit(sheet.pk, actor.account_id):
        why_not = OWN_SHEET
    problems = refusal.problems if isinstance(refusal, BadCells) else {}
    files, step = proofs_of(sheet.pk), Fraction(of.step)
    rows = [
        _row(
            line, lines.get(line.node.code, {}), sheet.state, step, not why_not, request.POST, problems, files
        )
        for line in told.lines
    ]
    context: dict[str, Any] = {
        "sheet": sheet, "one": sheet.round, "rows": rows, "step": STEP_WORDS[sheet.state], "chip": CHIPS[sheet.state],
        "columns": [STEP_WORDS[name] for name in shown_columns(sheet.state)],
        "has_survey": any(isinstance(node.rule, Survey) for node in nodes), "officer": _officer(sheet, told),
        "why_not": why_not, "writable": not why_not,
        "due": due.get(sheet.state), "explains": sheet.state == EXPLAIN, "gives": sheet.state not in OF_UNIT, "agreed": AGREE,
        "agrees": sheet.state == APPRAISAL, "seen_step": request.POST.get("buoc") or sheet.state,
        "proves": sheet.state in OF_UNIT and not why_not, "total": points(told.points), "counted": points(told.counted),
        "percent": percent_words(told.index), "value": value_words(value_of(told, of.measure), of.measure),
        "missing": told.missing, "excluded": told.excluded, "refusal": refusal, "typed": request.POST,
        "ways": [(way, way.verb in BACK) for way in ways_from(sheet.state)] if not why_not else [],
        "history": [(one, STEP_WORDS[one.column]) for one in history(sheet.pk)],
        "leaves": [line.node for line in told.lines if line.leaf],
    }  # fmt: skip
    return render(request, "indices/web/sheet.html", context, status=FORM_STATUS if refusal else 200)


def proof_file(request: HttpRequest, sheet_id: int, proof_id: int) -> FileResponse:
    """2 statements besides the session's and the picture's."""
    known = picture()
    sheet = sheet_of(sheet_id, visible_sheets(actor_of(request), clock.today(), known))
    found = proof_of(sheet_id, proof_id) if sheet is not None else None
    if found is None:
        raise Http404
    return file_response(found.file, found.name)


def _row(
    line: Line,
    told: Mapping[str, Standing],
    state: str,
    step: Fraction,
    may: bool,
    post: Mapping[str, Any],
    problems: Mapping[str, str],
    files: Mapping[str, list[Proof]],
) -> Row:
    code, rule = line.node.code, line.node.rule
    texts = {column: one.text for column, one in told.items()}
    own = told.get(state)
    is_survey = isinstance(rule, Survey)
    cells = tuple(
        (STEP_WORDS[column], _said(line, told, texts, column, step) if line.leaf and not is_survey else "")
        for column in shown_columns(state)
    )
    stated = told.get(SELF)
    return Row(
        line,
        cells,
        points(line.points) if is_survey and line.points is not None else "",
        tuple((STEP_WORDS[column], one.note) for column, one in told.items() if one.note),
        "không phát sinh" if line.got and line.got.nothing else points(line.points),
        percent_words(line.percent),
        may and line.leaf and not (state == SELF and is_survey),
        how_to(rule) if rule and (state == SELF or is_survey) else "= hoặc số điểm",
        post.get(f"o.{code}", own.text if own else ""),
        post.get(f"g.{code}", own.note if own else ""),
        post.get(f"c.{code}", own.text if own else ""),
        post.get(f"cg.{code}", own.note if own else ""),
        problems.get(code, ""),
        stated.figure if stated else "",
        TOLD.get(stated.figure, "") if stated else "",
        tuple(files.get(code, ())),
    )


def shown_columns(state: str) -> list[str]:
    """The columns written so far, that of the step among them."""
    return [column for column in SHOWN_AS_TYPED if STEPS.index(column) <= STEPS.index(state)]


def _said(
    line: Line, told: Mapping[str, Standing], texts: Mapping[str, str], column: str, step: Fraction
) -> str:
    """What a column gives; of the self-score also from what."""
    one = told.get(column)
    if one is None or not one.text:
        return ""
    try:
        words = got_words(column_score(line.node, texts, column, step))
    except Refused:  # written when more could be read
        return one.text
    plain = column != SELF or one.text in (words, NOTHING) or read_decimal(one.text) == line.points
    return words if plain else f"{words} ({one.text})"


def _act(request: HttpRequest, sheet: Sheet, actor: Actor) -> HttpResponse:
    what, now = request.POST.get("viec", ""), clock.now()
    typed, seen = _typed(request), request.POST.get("buoc", "")
    if what == AGREE:
        if sheet.state != APPRAISAL:
            raise Refused("Chỉ đồng ý cả phiếu khi thẩm định lần đầu.", do="Ghi điểm từng tiêu chí.")
        typed = _agreed(sheet, typed)
    typed = {code: one for code, one in typed.items() if _touched(request, code, one)}
    changed = write_sheet(sheet.pk, typed, by=actor, at=now, seen=seen) if typed or seen else 0
    if request.POST.get("bo-tep"):
        remove_proof(sheet.pk, read_number(request.POST["bo-tep"]), by=actor, at=now)
        messages.success(request, "Đã bỏ tài liệu; lịch sử vẫn giữ.")
    elif what == "tep":
        upload = request.FILES.get("tep")
        if upload is None:
            raise Refused("Chưa chọn tệp.", where="tep", do="Chọn tệp tài liệu kiểm chứng.")
        add_proof(sheet.pk, request.POST.get("tieu-chi", ""), upload, by=actor, at=now)
        messages.success(request, "Đã đính kèm tài liệu.")
    elif what in ("luu", "", AGREE):
        messages.success(request, f"Đã lưu {changed} thay đổi.")
    else:
        move_sheets([sheet.pk], what, by=actor, at=now, why=request.POST.get("why", ""))
        messages.success(request, "Đã chuyển bước.")
        return redirect("index-round", round_id=sheet.round_id)
    return redirect("index-sheet", sheet_id=sheet.pk)


def _officer(sheet: Sheet, told: Result) -> tuple[str, str] | None:
    """The part of a one-stop score officers are measured by, and its grade; None of another set, or while it is not whole."""
    if sheet.round.set.audience != "MOT_CUA" or sheet.round.set.measure != POINTS:
        return None
    parts = [line.points for line in told.lines if line.leaf and line.node.code in OFFICER]
    if len(parts) < len(OFFICER) or any(one is None for one in parts):
        return None
    total = sum((one for one in parts if one is not None), Fraction(0))
    return points(total), band_of(read_bands(OFFICER_BANDS), total, 1)


def _agreed(sheet: Sheet, typed: dict[str, Typed]) -> dict[str, Typed]:
    """What was typed, and agreement in every cell left empty; what respondents say cannot be agreed to."""
    of = sheet.round.set_id
    surveys = {one.code for one in nodes_of(criteria_of([of]).get(of, ())) if isinstance(one.rule, Survey)}
    return {
        code: one if one.text.strip() or code in surveys else Typed(AGREED, one.note)
        for code, one in typed.items()
    }


def _touched(request: HttpRequest, code: str, one: Typed) -> bool:
    """Whether a cell differs from what stood there when the page was shown: what somebody else wrote since is left alone."""
    stood = request.POST.get(f"c.{code}"), request.POST.get(f"cg.{code}")
    if None in stood:
        return True
    return [" ".join((text or "").split()) for text in stood] != [
        " ".join(text.split()) for text in (one.text, one.note)
    ]


def _typed(request: HttpRequest) -> dict[str, Typed]:
    codes = [name[2:] for name in request.POST if name.startswith(("o.", "g."))]
    return {
        code: Typed(request.POST.get(f"o.{code}", ""), request.POST.get(f"g.{code}", ""))
        for code in dict.fromkeys(codes)
    }
