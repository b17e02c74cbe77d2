"""A figure's page: what it says, how it is reckoned, its rows by unit, month, tier, field, channel or procedure; every number
opens its records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.indicators.access import led_or_audited, may_enter
from congvu.indicators.queries.commune_map import has_units
from congvu.indicators.queries.figures import FigureRow, by_unit, cut, sum_of, values
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.history import entered_history, history
from congvu.indicators.queries.own_figures import EnteredRow, difference, whole_of
from congvu.indicators.queries.own_figures import entered as entered_now
from congvu.indicators.queries.populations import Entry, source_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import export_records
from congvu.indicators.queries.sql_source import SqlSource
from congvu.indicators.queries.statistics import DOSSIERS, Reader, reader_of
from congvu.indicators.rules.definitions import Among, Columns, Dossiers, Figure, Value
from congvu.indicators.web import books
from congvu.indicators.web.entries_book import entries_book
from congvu.indicators.web.figure_parts import (
    count_of,
    dossier_drawer,
    entry_drawer,
    figure_for,
    hidden_from,
    moment_of,
    shown,
    units_behind,
    units_of_row,
)
from congvu.indicators.web.figures import known_to
from congvu.indicators.web.form06 import FORM_STATUS, download, next_day_of, rule_of
from congvu.indicators.web.history_drawing import drawn_history
from congvu.indicators.web.period_form import PeriodForm
from congvu.organisation.access import Scope
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

BY_WORDS = {
    By.UNIT: "Đơn vị",
    By.MONTH: "12 tháng",
    By.TIER: "Cấp",
    By.FIELD: "Lĩnh vực",
    By.CHANNEL: "Cách nộp",
    By.PROCEDURE: "Thủ tục",
}
EXPORTED = 20_000  # records of a population in one book


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure asked on a page: for whom, over which days, of which unit and all below."""

    figure: Figure
    form: PeriodForm
    question: Question
    reader: Reader
    here: Picture
    known: Picture
    unit: int | None
    below: frozenset[int] | None
    unit_name: str


def figure_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/thong-ke/so-lieu/<mã>/`. 8 statements at most; 404 for one not offered."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    here, figure = picture(), figure_for(actor, code)
    scope = led_or_audited(actor, today, here)
    form = PeriodForm(request.GET, today, by_words=_groupings(figure, request.GET))
    rule = rule_of(form)
    asked = _asked(request, figure, form, next_day_of(rule), here)
    context: dict[str, Any] = {
        "form": form, "rule": rule, "figure": figure, "of_dossiers": actor.has(*DOSSIERS),
        "watches": not may_enter(actor), "defines": scope.all, "by_words": BY_WORDS[form.by],
        "question": asked.question if asked else None,
    }  # fmt: skip
    if asked is None:
        return render(
            request, "indicators/web/figure.html", context, status=200 if form.fresh else FORM_STATUS
        )
    entered = entered_history(code) if figure.by_hand else []
    of_period = entered_now([code], asked.question).get(code, []) if figure.by_hand else []
    rows = _rows(asked)
    total = _total(asked, rows, of_period)
    context |= {
        "map_on": form.map_on, "unit_name": asked.unit_name, "by_month": form.by is By.MONTH,
        "allocated": [row.unit for row in rows if row.unit is not None and row.unit.told],
        "rows": [shown(row.key, row.name, row.value, figure, form, request, row) for row in rows],
        "total": shown("", "Tổng cộng", total, figure, form, request), "entered": _entered(entered, asked, scope),
        "warnings": _warnings(asked, of_period), "map_url": _map_url(figure, form),
        "drawing": drawn_history([(row.name, row.value) for row in rows]) if form.by is By.MONTH else None,
    }  # fmt: skip
    if request.GET.get("mo"):
        make = dossier_drawer if isinstance(figure.counted, Dossiers) else entry_drawer
        context["entries" if isinstance(figure.counted, Among) else "drawer"] = make(
            request, figure, form, asked.question, asked.reader, rows, total, asked.known, asked.below
        )
        if not request.GET.get("dong") and asked.below is None:
            context["hidden"] = hidden_from(
                figure, request.GET["mo"], asked.question, asked.reader, asked.known, total
            )
    return render(request, "indicators/web/figure.html", context)


def figure_records(request: HttpRequest, code: str) -> FileResponse:
    """`/thong-ke/so-lieu/<mã>/tai-ve/`: the records behind a number, as a book. 3-6 statements."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    here, figure = picture(), figure_for(actor, code)
    form = PeriodForm(request.GET, today, by_words=_groupings(figure, request.GET))
    asked = _asked(request, figure, form, next_day_of(rule_of(form)), here)
    count, key = count_of(figure, request.GET.get("mo", "")), request.GET.get("dong", "")
    if asked is None:
        raise Refused("Chưa đọc được kỳ.", where="ky", do="Mở lại trang và chọn kỳ.")
    rows = _rows(asked) if form.map_on and (key or asked.below is not None) else ()
    name = figure.code.replace(".", "-")
    if isinstance(count, Among):
        units = units_of_row(rows, form, key, asked.below, asked.known)
        rows_told = _all_entries(count, asked, units)
        return download(
            entries_book(figure.name, rows_told, asked.known, asked.question), name, asked.question
        )
    assert isinstance(count, Dossiers)
    found = export_records(
        asked.reader.dossiers, asked.question, count.condition, by=form.by, key=key,
        units=units_behind(rows, form, key, asked.below),
    )  # fmt: skip
    return download(books.records_book(figure.name, found), name, asked.question)


def _all_entries(count: Among, asked: Asked, units: tuple[int, ...] | None) -> Iterator[Entry]:
    """Every record behind a number up to EXPORTED; a last line says when there are more. 1 statement where a `.sql` file tells
    them, else 1 a page."""
    source = source_of(count.population)
    told = (count.where, asked.question, asked.reader, asked.known)
    if isinstance(source, SqlSource):
        first = source.records(*told, "", units, limit=EXPORTED)
        yield from first.rows
        if first.next:
            yield Entry(
                f"Chỉ ghi {EXPORTED} bản ghi đầu, còn nữa. Chọn từng đơn vị hoặc kỳ ngắn hơn để tải đủ."
            )
        return
    page = source.records(*told, "", units)
    yield from page.rows
    while page.next:
        page = source.records(*told, page.next, units)
        yield from page.rows


def _groupings(figure: Figure, asked: Mapping[str, str]) -> dict[By, str]:
    """How its rows can be laid out. Of one unit only by unit: the other cuts are of all that the reader sees."""
    if asked.get("don-vi"):
        return {By.UNIT: BY_WORDS[By.UNIT]}
    if isinstance(figure.counted, Dossiers):
        return BY_WORDS
    kinds = (By.UNIT,) if figure.by_hand or isinstance(figure.counted, Columns) else (By.UNIT, By.MONTH)
    return {one: BY_WORDS[one] for one in kinds}


def _asked(
    request: HttpRequest, figure: Figure, form: PeriodForm, first_day: int, here: Picture
) -> Asked | None:
    """What the address asks; None when the period cannot be read. Refuses a unit there is not."""
    question = form.question(first_day)
    if question is None:
        return None
    if form.beside.get("luc"):
        question = replace(question, known_at=moment_of(form.beside["luc"]))
    known, unit, below, name = known_to(question, here), None, None, ""
    code = form.beside.get("don-vi", "")
    if code:
        unit = known.by_code(code)
        if unit is None:
            raise Refused(
                f"Không có đơn vị mã «{code[:30]}».",
                where="don-vi",
                do="Bỏ đơn vị khỏi địa chỉ, hoặc chọn lại.",
            )
        on = form.map_on or question.last
        below, name = known.subtree([unit], on) | {unit}, known.name(unit, on)
    reader = reader_of(request.actor, form.today, here)  # type: ignore[attr-defined]
    return Asked(figure, form, question, reader, here, known, unit, below, name)


def _rows(asked: Asked) -> tuple[FigureRow, ...]:
    figure, question, form = asked.figure, asked.question, asked.form
    if form.by is By.MONTH:
        return tuple(
            FigureRow(f"{one.question.first:%Y-%m}", f"{one.question.first:%m/%Y}", one.value)
            for one in history(figure, question, asked.reader, asked.known)
        )
    if form.by is not By.UNIT:
        return cut(figure, question, asked.reader, form.by)
    found = by_unit(figure, question, asked.reader, asked.known, form.map_on)
    if asked.below is None:
        return found
    codes = {span.code for unit in asked.below for span in asked.known.of(unit)}
    return tuple(row for row in found if row.key in codes)


def _total(asked: Asked, rows: tuple[FigureRow, ...], of_period: list[EnteredRow]) -> Value:
    """The number of the period: of a figure entered by hand as `answer` has it; else the rows together, but months are not."""
    figure = asked.figure
    if figure.by_hand:
        return whole_of(figure, of_period, asked.known, asked.question.last, asked.unit)
    if asked.form.by is By.MONTH:
        return values([figure], asked.question, asked.reader, asked.known)[figure.code]
    return sum_of(figure, rows) or Value(None)


def _warnings(asked: Asked, of_period: list[EnteredRow]) -> list[str]:
    """Of one unit nothing is said of the province's own number, as in `answer`."""
    found = [asked.figure.overlaps]
    if asked.unit is None:
        found.append(difference(asked.figure, of_period, asked.known, asked.question.last))
    if asked.question.known_at is not None:
        found.append("Số liệu như đã biết lúc báo cáo chốt; ghi sau đó không tính.")
    return [one for one in found if one]


def _entered(entered: list[EnteredRow], asked: Asked, scope: Scope) -> list[tuple[EnteredRow, str, bool]]:
    """Every number entered, with the name of its unit and whether the reader may correct it."""
    name = asked.known.name
    return [
        (one, name(one.unit_id, one.last), one.unit_id in scope)
        if one.unit_id is not None
        else (one, "Toàn tỉnh", scope.all)
        for one in entered
        if asked.below is None or one.unit_id in asked.below
    ]


def _map_url(figure: Figure, form: PeriodForm) -> str:
    """The communes coloured by the figure; "" when its records are no unit's."""
    return (
        f"{reverse('commune-map')}?{urlencode({'so-lieu': figure.code})}&{form.query}"
        if has_units(figure)
        else ""
    )
