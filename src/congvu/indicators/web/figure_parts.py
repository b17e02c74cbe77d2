"""The parts of a figure's page: its cells, the records behind a number, its months."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.figures import FigureRow, may_ask, values
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.own_figures import defined_figures
from congvu.indicators.queries.populations import Entry, source_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import records
from congvu.indicators.queries.statistics import Reader, the_province
from congvu.indicators.rules.definitions import Among, Count, Dossiers, Figure, Value
from congvu.indicators.rules.figures import BY_FIGURE
from congvu.indicators.rules.populations import in_words
from congvu.indicators.web.form06 import Cell, allocation_words, source_ids
from congvu.indicators.web.period_form import PeriodForm
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture

PARTS = ("tu", "mau")  # the two numbers of a figure, as the address names them


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its cells."""

    key: str
    name: str
    value: Value
    cells: tuple[Cell, ...]
    told: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A number opened whose records are no dossiers: a page of them."""

    figure: Number
    meaning: str
    row: str
    page: Page[Entry]
    close_url: str
    export_url: str


def figure_for(actor: Actor, code: str) -> Figure:
    """The figure the actor may ask, else 404: missing and forbidden answer alike. 1 statement at most."""
    found = BY_FIGURE.get(code) or defined_figures([code]).get(code)
    if found is None or not may_ask(actor, found):
        raise Http404("Không có số liệu này, hoặc bạn không xem được.")
    return found


def moment_of(typed: str) -> datetime:
    """The moment a frozen number was known at, as its link has it."""
    found: datetime | None = None
    with suppress(ValueError):
        found = datetime.fromisoformat(typed)
    if found is None or found.tzinfo is None:
        raise Refused("Không đọc được thời điểm trong địa chỉ.", where="luc", do="Mở lại số từ báo cáo.")
    return found


def opens(figure: Figure) -> bool:
    """Whether its numbers open records here."""
    return isinstance(figure.counted, Dossiers | Among)


def count_of(figure: Figure, part: str) -> Count:
    """What a part of the figure counts. Refuses one that opens nothing."""
    count = dict(zip(PARTS, figure.counts, strict=False)).get(part)
    if not isinstance(count, Dossiers | Among):
        raise Refused(f"Số liệu không có số «{part[:20]}».", where="mo", do="Mở lại trang và chọn một số.")
    return count


def shown(
    key: str,
    name: str,
    value: Value,
    figure: Figure,
    form: PeriodForm,
    request: HttpRequest,
    row: FigureRow | None = None,
) -> Shown:
    """A row with the links of its numbers. No statement."""
    opened = (request.GET.get("dong", ""), request.GET.get("mo", ""))
    numbers = (value.numerator,) if figure.out_of is None else (value.numerator, value.denominator)
    cells = []
    for part, n in zip(PARTS, numbers, strict=False):
        query = urlencode({"dong": key, "mo": part} if key else {"mo": part})
        nobodys = row is not None and not key  # its link would open the total
        opened_here = opens(figure) and form.by is not By.MONTH and not nobodys
        url = f"?{form.query}&{query}#ban-ghi" if n and opened_here else ""
        said = "chưa rõ" if n is None else formats.number(n)
        cells.append(Cell(n, url, opened == (key, part), f"{said} {figure.measure.value}, {name}"))
    return Shown(key, name, value, tuple(cells), row is not None and row.unit is not None and row.unit.told)


def units_behind(
    rows: Iterable[FigureRow], form: PeriodForm, key: str, below: frozenset[int] | None
) -> tuple[int, ...] | None:
    """The units as they were behind a row; None when the row is picked by its key alone. No statement."""
    if form.by is By.UNIT and key and form.map_on is not None:
        return source_ids(tuple(row.unit for row in rows if row.unit is not None), key)
    if below is None or key:
        return None
    laid = (unit for row in rows if row.unit is not None for unit in row.unit.source_ids)
    return tuple(dict.fromkeys(laid)) if form.map_on is not None else tuple(below)


def dossier_drawer(
    request: HttpRequest, figure: Figure, form: PeriodForm, question: Question, reader: Reader, rows: Sequence[FigureRow],
    total: Value, here: Picture, below: frozenset[int] | None,
) -> Drawer:  # fmt: skip
    """The dossiers behind a number. 1 statement."""
    part, key = request.GET["mo"], request.GET.get("dong", "")
    count = count_of(figure, part)
    assert isinstance(count, Dossiers)
    row, value = _row(rows, key, total)
    page = records(
        reader.dossiers, question, count.condition, by=form.by, key=key, cursor=request.GET.get("sau", ""),
        units=units_behind(rows, form, key, below),
    )  # fmt: skip
    return Drawer(
        _number(value, part), figure.parts[PARTS.index(part)], row, lines(page, here), f"{request.path}?{form.query}",
        _export_url(figure, form, key, part),
        allocation=allocation_words(tuple(one.unit for one in rows if one.unit is not None), key),
    )  # fmt: skip


def entry_drawer(
    request: HttpRequest, figure: Figure, form: PeriodForm, question: Question, reader: Reader, rows: Sequence[FigureRow],
    total: Value, known: Picture, below: frozenset[int] | None,
) -> Entries:  # fmt: skip
    """The records of a population behind a number. 1 statement."""
    part, key = request.GET["mo"], request.GET.get("dong", "")
    count = count_of(figure, part)
    assert isinstance(count, Among)
    row, value = _row(rows, key, total)
    source = source_of(count.population)
    units = units_of_row(rows, form, key, below, known)
    page = source.records(count.where, question, reader, known, request.GET.get("sau", ""), units)
    return Entries(
        _number(value, part), in_words(source.population, count.where), row, page, f"{request.path}?{form.query}",
        _export_url(figure, form, key, part),
    )  # fmt: skip


def units_of_row(
    rows: Sequence[FigureRow], form: PeriodForm, key: str, below: frozenset[int] | None, known: Picture
) -> tuple[int, ...] | None:
    """As `units_behind`, for records that know their unit alone. No statement."""
    found = units_behind(rows, form, key, below)
    if found is None and key:
        unit = known.by_code(key)
        return (unit,) if unit is not None else ()
    return found


def hidden_from(
    figure: Figure, part: str, question: Question, reader: Reader, known: Picture, seen: Value
) -> Number:
    """How many records of the whole province behind a part of the figure the reader does not see. 1 statement, none for
    who sees all."""
    if reader.dossiers.everything and reader.people.sees.all:
        return 0
    every = values([figure], question, the_province(question, known), known)[figure.code]
    return max(0, _number(every, part) - _number(seen, part))


def _number(value: Value, part: str) -> Number:
    return (value.numerator if part == PARTS[0] else value.denominator) or 0


def _row(rows: Sequence[FigureRow], key: str, total: Value) -> tuple[str, Value]:
    if not key:
        return "Tổng cộng", total
    row = next((one for one in rows if one.key == key), None)
    if row is None:
        raise Refused(
            f"Bảng không có dòng «{key[:40]}» trong kỳ này.", where="dong", do="Mở lại trang và chọn một số."
        )
    return row.name, row.value


def _export_url(figure: Figure, form: PeriodForm, key: str, part: str) -> str:
    return (
        f"{reverse('figure-records', args=[figure.code])}?{form.query}&{urlencode({'dong': key, 'mo': part})}"
    )
