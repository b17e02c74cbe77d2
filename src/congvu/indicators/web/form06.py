"""Form 06 on the screen and on paper: any period, as of any day, every number opens its dossiers."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation import clock
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.form06 import By, Form06, Row, answer
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import column_of, export_form06_records, records
from congvu.indicators.rules.form06 import COLUMNS
from congvu.indicators.web import books
from congvu.indicators.web.period_form import PeriodForm
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture

FORM_STATUS = 422


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the form. `total` begins a block; `late` is bold and red; `current` is the one opened."""

    n: int
    url: str
    total: bool
    late: bool
    current: bool
    label: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    cells: tuple[Cell, ...]


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
    told = answer(question, seen, form.by)
    context |= {
        "question": question,
        "told": told,
        "nothing": seen.nothing,
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
        rows = export_form06_records(actor, question, by=form.by, key=key, column=column.code, today=today)
        return download(
            books.records_book(f"Biểu 06, cột ({column.number})", rows),
            f"ho-so-cot-{column.number}",
            question,
        )
    told = answer(question, visible_to(actor, today), form.by)
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
                column.code in ("c3", "c7", "c11"),
                column.late and n > 0,
                opened == (row.key, column.code),
                f"{n} {column.meaning}, {row.name}",
            )
        )
    return ShownRow(row, tuple(cells))


def _drawer(request: HttpRequest, form: PeriodForm, told: Form06, seen: Visible) -> Drawer:
    """2 statements: the page of records, the units' names."""
    column, key = column_of(request.GET["mo"]), request.GET.get("dong", "")
    row = told.row(key)
    page = records(
        seen, told.question, column.condition, by=form.by, key=key, cursor=request.GET.get("sau", "")
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
