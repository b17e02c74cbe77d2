"""Form 06 on the screen and on paper: any period, as of any day, every number opens its dossiers."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation import clock
from congvu.foundation.identity.roles import AUDITOR, LEADER
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.indicators.queries.by_unit import UnitRow, row_of_key
from congvu.indicators.queries.form06 import By, Form06, Row, answer
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import column_of, export_form06_records, records
from congvu.indicators.rules.form06 import COLUMNS
from congvu.indicators.web import books
from congvu.indicators.web.period_form import PeriodForm
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture
from congvu.organisation.rules.mapping import Number

FORM_STATUS = 422


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, None: not known. `url` opens its records, `current` is the one opened; `total` begins a block,
    `late` is bold and red."""

    n: Number | None
    url: str
    current: bool
    label: str
    total: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    cells: tuple[Cell, ...]
    told: bool = False  # how it came about stands under the table


def form06_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/bieu-06/`. At most 6 statements: scope, rule of the period, count, names; with a number opened its
    records and their units."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    form = PeriodForm(request.GET, today)
    rule = rule_of(form)
    question = form.question(next_day_of(rule))
    context: dict[str, Any] = {"form": form, "rule": rule, "columns": COLUMNS}
    if question is None:
        return render(
            request, "indicators/web/form06.html", context, status=200 if form.fresh else FORM_STATUS
        )
    seen = visible_to(actor, today)
    told = answer(question, seen, form.by, form.map_on)
    context |= {
        "map_on": told.map_on,
        "allocated": [row for row in told.units if row.told],
        "question": question,
        "told": told,
        "nothing": seen.nothing,
        "may_publish": seen.everything and actor.has(LEADER, AUDITOR),
        "rows": [_shown(row, form, request) for row in told.rows],
        "total": _shown(told.row(""), form, request),
        "identities": [
            (one, holds, one.left(told.total), one.right(told.total)) for one, holds in told.identities
        ],
        "all_hold": all(holds for _, holds in told.identities),
        "drawer": _drawer(request, form, told, seen) if request.GET.get("mo") else None,
    }
    return render(request, "indicators/web/form06.html", context)


def form06_book(request: HttpRequest) -> FileResponse:
    """`/thong-ke/bieu-06/tai-ve/`: the form as a book; with `mo`, the dossiers behind a number. 3-4 statements."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    form = PeriodForm(request.GET, today)
    rule = rule_of(form)
    question = form.question(next_day_of(rule))
    if question is None:
        raise Refused(" ".join(form.errors.values()), where="ky", do="Mở lại biểu và chọn kỳ.")
    if request.GET.get("mo"):
        column, key = column_of(request.GET["mo"]), request.GET.get("dong", "")
        units = None
        if form.map_on and key:
            units = source_ids(answer(question, visible_to(actor, today), form.by, form.map_on).units, key)
        rows = export_form06_records(
            actor, question, by=form.by, key=key, column=column.code, today=today, units=units
        )
        return download(
            books.records_book(f"Biểu 06, cột ({column.number})", rows),
            f"ho-so-cot-{column.number}",
            question,
        )
    told = answer(question, visible_to(actor, today), form.by, form.map_on)
    return download(books.form06_book(told, form.words), "bieu-06", question)


def rule_of(form: PeriodForm) -> LawRule | None:
    """The day on which reports close, when a reporting period is asked. 0-1 statement."""
    return rule_at("report.quarter_cutoff_day", form.today) if form.reporting else None


def next_day_of(rule: LawRule | None) -> int:
    """Reporting periods begin the day after the last one closed; without a rule they are those of the calendar."""
    return int(rule.value) + 1 if rule else 1


def _shown(row: Row, form: PeriodForm, request: HttpRequest) -> ShownRow:
    opened = (request.GET.get("dong", ""), request.GET.get("mo", ""))
    cells = []
    for column in COLUMNS:
        n = getattr(row.counts, column.code)
        query = urlencode({"dong": row.key, "mo": column.code} if row.key else {"mo": column.code})
        cells.append(
            Cell(
                n,
                f"?{form.query}&{query}#ban-ghi" if n else "",
                opened == (row.key, column.code),
                f"{formats.number(n)} {column.meaning}, {row.name}",
                total=column.code in ("c3", "c7", "c11"),
                late=column.late and n > 0,
            )
        )
    return ShownRow(row, tuple(cells), row.laid is not None and (row.laid.divided or bool(row.laid.whys)))


def source_ids(units: tuple[UnitRow, ...], key: str) -> tuple[int, ...] | None:
    """The units as they were behind a row of the map; None for the total. Refuses a row the table has not."""
    if key == "":
        return None
    found = row_of_key(units, key)
    if found is None:
        raise Refused(f"Bảng không có dòng «{key}».", where="dong", do="Mở lại bảng và chọn một số.")
    return found.source_ids


def allocation_words(units: tuple[UnitRow, ...], key: str) -> str:
    """What a drawer says of a row of another map: all records of the old units stand there, the number counts a share."""
    row = row_of_key(units, key)
    if row is None or row.laid is None or not row.laid.moved:
        return ""
    words = [f"{one.share} của {one.name}" if one.divided else one.name for one in row.sources]
    opened = (
        "Mở toàn bộ hồ sơ của các đơn vị này; số trên chỉ tính phần được chia." if row.laid.divided else ""
    )
    return f"Gồm {formats.listing(words, 8)}. {opened}".strip()


def _drawer(request: HttpRequest, form: PeriodForm, told: Form06, seen: Visible) -> Drawer:
    """2 statements: the page of records, the units' names."""
    column, key = column_of(request.GET["mo"]), request.GET.get("dong", "")
    row = told.row(key)
    units = source_ids(told.units, key) if told.map_on else None
    page = records(
        seen,
        told.question,
        column.condition,
        by=form.by,
        key=key,
        cursor=request.GET.get("sau", ""),
        units=units,
    )
    opened = urlencode({"dong": key, "mo": column.code})
    return Drawer(
        figure=getattr(row.counts, column.code),
        meaning=column.meaning,
        row=_row_words(told, row),
        page=lines(page, picture()),
        close_url=f"{request.path}?{form.query}",
        export_url=f"{reverse('form06-book')}?{form.query}&{opened}",
        definition=f"cột ({column.number})",
        allocation=allocation_words(told.units, key),
    )


def _row_words(told: Form06, row: Row) -> str:
    if not row.key:
        return "Tổng cộng"
    tier, colon, _ = row.key.partition(":")
    return f"{told.row(tier).name}, {row.name}" if colon and told.by is By.FORM else row.name


def download(book: Any, name: str, question: Question) -> FileResponse:
    response = FileResponse(
        book, as_attachment=True, filename=f"{name}-{question.first:%Y%m%d}-{question.last:%Y%m%d}.xlsx",
        content_type=books.XLSX,
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response
