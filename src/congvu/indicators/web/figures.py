"""Số liệu: the list of figures with their values in a period; a figure by unit, tier or field; numbers open their dossiers."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import Visible
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.figures import FigureRow, by_unit, cut, offered, sum_of, values
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.own_figures import MISSING
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import export_records, records
from congvu.indicators.queries.statistics import DOSSIERS, Reader, reader_of
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.definitions import Dossiers, Figure, Subject, Value
from congvu.indicators.web import books
from congvu.indicators.web.form06 import (
    FORM_STATUS,
    allocation_words,
    download,
    next_day_of,
    rule_of,
    source_ids,
)
from congvu.indicators.web.period_form import PeriodForm
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture

PARTS = ("tu", "mau")  # the two numbers of a figure, as the address names them
BY_WORDS = {By.UNIT: "Đơn vị", By.TIER: "Cấp", By.FIELD: "Lĩnh vực"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the two numbers; `url` opens its dossiers."""

    n: Number | None  # None: not known
    url: str
    current: bool
    label: str
    total: bool = False  # as the cells of Form 06: no block begins here, nothing is late
    late: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its cells."""

    key: str
    name: str
    value: Value
    cells: tuple[Cell, ...]
    told: bool = False


def figure_list(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/so-lieu/`: each figure with its value in a period. 8 statements at most: organisation, scope, rule of
    the period, all figures over dossiers (1), over posts (2), over people (1)."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    form = PeriodForm(request.GET, today, by_words={By.FORM: ""})
    rule = rule_of(form)
    question = form.question(next_day_of(rule))
    context: dict[str, Any] = {
        "form": form, "rule": rule, "question": question, "of_dossiers": actor.has(*DOSSIERS),
    }  # fmt: skip
    if question is None:
        return render(
            request, "indicators/web/figures.html", context, status=200 if form.fresh else FORM_STATUS
        )
    here = picture()
    figures = offered(actor)
    told = values(figures, question, reader_of(actor, today, here), _known(question, here))
    context["subjects"] = [
        (subject, [(one, told[one.code]) for one in figures if one.subject is subject])
        for subject in Subject
        if any(one.subject is subject for one in figures)
    ]
    return render(request, "indicators/web/figures.html", context)


def figure_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/thong-ke/so-lieu/<mã>/`: what it says, how it is reckoned, its rows. 8 statements at most; 404 for one not offered."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    here = picture()
    figure = _figure(actor, code)
    over_dossiers = isinstance(figure.counted, Dossiers)
    form = PeriodForm(
        request.GET, today, by_words=BY_WORDS if over_dossiers else {By.UNIT: BY_WORDS[By.UNIT]}
    )
    rule = rule_of(form)
    question = form.question(next_day_of(rule))
    context: dict[str, Any] = {
        "form": form, "rule": rule, "figure": figure, "question": question, "over_dossiers": over_dossiers,
        "by_words": BY_WORDS[form.by], "of_dossiers": actor.has(*DOSSIERS),
    }  # fmt: skip
    if question is None:
        return render(
            request, "indicators/web/figure.html", context, status=200 if form.fresh else FORM_STATUS
        )
    reader = reader_of(actor, today, here)
    rows = _rows(figure, form, question, reader, here)
    total = sum_of(figure, rows) or MISSING
    context |= {
        "map_on": form.map_on,
        "allocated": [row.unit for row in rows if row.unit is not None and row.unit.told],
        "rows": [_shown(row.key, row.name, row.value, figure, form, request, row) for row in rows],
        "total": _shown("", "Tổng cộng", total, figure, form, request),
        "drawer": _drawer(request, figure, form, question, reader.dossiers, rows, total, here)
        if request.GET.get("mo")
        else None,
    }
    return render(request, "indicators/web/figure.html", context)


def figure_records(request: HttpRequest, code: str) -> FileResponse:
    """`/thong-ke/so-lieu/<mã>/tai-ve/`: the dossiers behind a number, as a book. 3-5 statements."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    here = picture()
    figure = _figure(actor, code)
    form = PeriodForm(request.GET, today, by_words=BY_WORDS)
    question = form.question(next_day_of(rule_of(form)))
    condition = _condition(figure, request.GET.get("mo", ""))
    if question is None:
        raise Refused("Chưa đọc được kỳ.", where="ky", do="Mở lại trang và chọn kỳ.")
    reader, key = reader_of(actor, today, here), request.GET.get("dong", "")
    rows = _rows(figure, form, question, reader, here) if form.map_on and key else ()
    units = _sources(rows, form, key) if rows else None
    found = export_records(reader.dossiers, question, condition, by=form.by, key=key, units=units)
    return download(books.records_book(figure.name, found), figure.code.replace(".", "-"), question)


def _known(question: Question, here: Picture) -> Picture:
    """The organisation as the question knows it."""
    return here if question.known_until is None else organisation_of(question)


def _figure(actor: Actor, code: str) -> Figure:
    found = next((one for one in offered(actor) if one.code == code), None)
    if found is None:
        raise Http404("Không có số liệu này, hoặc bạn không xem được.")
    return found


def _rows(
    figure: Figure, form: PeriodForm, question: Question, reader: Reader, here: Picture
) -> tuple[FigureRow, ...]:
    if form.by is By.UNIT:
        return by_unit(figure, question, reader, _known(question, here), form.map_on)
    return cut(figure, question, reader, form.by)


def _condition(figure: Figure, part: str) -> Condition:
    count = dict(zip(PARTS, figure.counts, strict=False)).get(part)
    if not isinstance(count, Dossiers):
        raise Refused(f"Số liệu không có số «{part[:20]}».", where="mo", do="Mở lại trang và chọn một số.")
    return count.condition


def _shown(
    key: str,
    name: str,
    value: Value,
    figure: Figure,
    form: PeriodForm,
    request: HttpRequest,
    row: FigureRow | None = None,
) -> Shown:
    opened = (request.GET.get("dong", ""), request.GET.get("mo", ""))
    numbers = (value.numerator,) if figure.out_of is None else (value.numerator, value.denominator)
    cells = []
    for part, n in zip(PARTS, numbers, strict=False):
        query = urlencode({"dong": key, "mo": part} if key else {"mo": part})
        url = f"?{form.query}&{query}#ban-ghi" if n and isinstance(figure.counted, Dossiers) else ""
        cells.append(
            Cell(n, url, opened == (key, part), f"{formats.number(n)} {figure.measure.value}, {name}")
        )
    return Shown(key, name, value, tuple(cells), row is not None and row.unit is not None and row.unit.told)


def _sources(rows: tuple[FigureRow, ...], form: PeriodForm, key: str) -> tuple[int, ...] | None:
    if form.by is not By.UNIT or form.map_on is None:
        return None
    return source_ids(tuple(row.unit for row in rows if row.unit is not None), key)


def _drawer(
    request: HttpRequest,
    figure: Figure,
    form: PeriodForm,
    question: Question,
    seen: Visible,
    rows: tuple[FigureRow, ...],
    total: Value,
    here: Picture,
) -> Drawer:
    """1 statement."""
    part, key = request.GET["mo"], request.GET.get("dong", "")
    condition = _condition(figure, part)
    row = next((one for one in rows if one.key == key), None)
    if key and row is None:
        raise Refused(
            f"Bảng không có dòng «{key[:40]}» trong kỳ này.", where="dong", do="Mở lại trang và chọn một số."
        )
    value = row.value if row else total
    page = records(
        seen, question, condition, by=form.by, key=key, cursor=request.GET.get("sau", ""), units=_sources(rows, form, key)
    )  # fmt: skip
    units = tuple(one.unit for one in rows if one.unit is not None)
    return Drawer(
        (value.numerator if part == PARTS[0] else value.denominator) or 0,
        figure.parts[PARTS.index(part)],
        row.name if row else "Tổng cộng", lines(page, here), f"{request.path}?{form.query}",
        f"{reverse('figure-records', args=[figure.code])}?{form.query}&{urlencode({'dong': key, 'mo': part})}",
        allocation=allocation_words(units, key),
    )  # fmt: skip
