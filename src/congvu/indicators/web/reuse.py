"""The share of dossiers that used a paper again: any period, by field or by unit, every number opens its dossiers."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.reuse import (
    ReuseRow,
    ReuseTable,
    asked_of,
    export_reuse_records,
    reuse_of,
    reuse_records,
)
from congvu.indicators.rules.reuse import BASIS, EVIDENCE, Asked
from congvu.indicators.web import books
from congvu.indicators.web.form06 import (
    FORM_STATUS,
    Cell,
    allocation_words,
    download,
    next_day_of,
    rule_of,
    source_ids,
)
from congvu.indicators.web.period_form import PeriodForm
from congvu.indicators.web.record_lines import Drawer, lines
from congvu.organisation.queries import picture

WORDS = {By.FORM: "Lĩnh vực", By.UNIT: "Đơn vị giải quyết"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: ReuseRow
    cells: tuple[Cell, ...]


def reuse_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/tai-su-dung/`. At most 6 statements: scope, rule of the period, count, names; with a number opened its
    records and their units."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    form = PeriodForm(request.GET, today, by_words=WORDS)
    rule = rule_of(form)
    question = form.question(next_day_of(rule))
    context: dict[str, Any] = {"form": form, "rule": rule, "columns": list(Asked)}
    context |= {"basis": BASIS, "evidence": EVIDENCE}
    if question is None:
        status = 200 if form.fresh else FORM_STATUS
        return render(request, "indicators/web/reuse.html", context, status=status)
    seen = visible_to(actor, today)
    told = reuse_of(question, seen, form.by, form.map_on)
    context |= {
        "map_on": told.map_on,
        "allocated": [row for row in told.units if row.told],
        "question": question,
        "told": told,
        "rows": [_shown(row, form, request) for row in told.rows],
        "total": _shown(told.row(""), form, request),
        "drawer": _drawer(request, form, told, seen) if request.GET.get("mo") else None,
    }
    return render(request, "indicators/web/reuse.html", context)


def reuse_book(request: HttpRequest) -> FileResponse:
    """`/thong-ke/tai-su-dung/tai-ve/`: the table as a book; with `mo`, the dossiers behind a number. 3-4 statements."""
    today, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    form = PeriodForm(request.GET, today, by_words=WORDS)
    question = form.question(next_day_of(rule_of(form)))
    if question is None:
        raise Refused(" ".join(form.errors.values()), where="ky", do="Mở lại bảng và chọn kỳ.")
    seen = visible_to(actor, today)
    if request.GET.get("mo"):
        asked, key = asked_of(request.GET["mo"]), request.GET.get("dong", "")
        units = None
        if form.map_on and key:
            units = source_ids(reuse_of(question, seen, form.by, form.map_on).units, key)
        rows = export_reuse_records(seen, question, form.by, key, asked, today=today, units=units)
        return download(books.records_book(asked.heading, rows), f"tai-su-dung-{asked.value}", question)
    told = reuse_of(question, seen, form.by, form.map_on)
    return download(books.reuse_book(told, form.words, WORDS[form.by]), "tai-su-dung", question)


def _shown(row: ReuseRow, form: PeriodForm, request: HttpRequest) -> ShownRow:
    opened = (request.GET.get("dong", ""), request.GET.get("mo", ""))
    cells = []
    for asked in Asked:
        n = row.counts.of(asked)
        query = urlencode({"dong": row.key, "mo": asked.value} if row.key else {"mo": asked.value})
        url = f"?{form.query}&{query}#ban-ghi" if n else ""
        cells.append(
            Cell(n, url, opened == (row.key, asked.value), f"{formats.number(n)} {asked.meaning}, {row.name}")
        )
    return ShownRow(row, tuple(cells))


def _drawer(request: HttpRequest, form: PeriodForm, told: ReuseTable, seen: Visible) -> Drawer:
    """2 statements: the page of records, the units' names."""
    asked, key = asked_of(request.GET["mo"]), request.GET.get("dong", "")
    row, today = told.row(key), clock.today()
    units = source_ids(told.units, key) if told.map_on else None
    page = reuse_records(
        seen, told.question, form.by, key, asked, cursor=request.GET.get("sau", ""), today=today, units=units
    )
    return Drawer(
        row.counts.of(asked), asked.meaning, row.name, lines(page, picture()), f"{request.path}?{form.query}",
        f"{reverse('reuse-book')}?{form.query}&{urlencode({'dong': key, 'mo': asked.value})}",
        allocation=allocation_words(told.units, key),
    )  # fmt: skip
