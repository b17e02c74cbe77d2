"""Published tables: the list, one with what it gives when made again, and publishing the next edition."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from congvu.foundation import clock
from congvu.foundation.identity.roles import AUDITOR, LEADER
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import decode, page_of
from congvu.indicators.access import may_publish, reads_dossiers
from congvu.indicators.actions.publish import Wanted, publish
from congvu.indicators.models import PublishedTable
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.published import (
    editions,
    last_edition,
    made_again,
    published_table,
    published_tables,
    readable,
)
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import STATISTICS, Statistic, statistic_of, told_now
from congvu.indicators.rules.published import lines_of, totals
from congvu.indicators.web.form06 import FORM_STATUS, next_day_of, rule_of
from congvu.indicators.web.period_form import PeriodForm
from congvu.organisation.queries import picture

PAGE = 30
MOST_LINES = 400  # rows shown; a province has fewer units with numbers
_BY_UNIT = {By.UNIT: "Đơn vị"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A published table in a list."""

    table: PublishedTable
    title: str
    url: str


def published_list(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/cong-bo/`. 2 statements besides the session's."""
    actor = request.actor  # type: ignore[attr-defined]
    key = decode(request.GET.get("sau", ""), 1)
    before = key[0] if key and isinstance(key[0], int) else None
    found = published_tables(readable(actor), before=before, limit=PAGE)
    page = page_of(found, PAGE, lambda one: (one.pk,), first=key is None)
    page_shown = [_shown(one) for one in page.rows]
    may = not may_publish(actor, clock.today())
    return render(
        request,
        "indicators/web/published_list.html",
        {"page": page, "rows": page_shown, "may_publish": may, "of_dossiers": reads_dossiers(actor)},
    )


def _shown(one: PublishedTable) -> Shown:
    return Shown(one, STATISTICS[one.statistic].title, reverse("published-table", args=[one.pk]))


def published_page(request: HttpRequest, table_id: int) -> HttpResponse:
    """`/thong-ke/cong-bo/<số>/`: the numbers as published; with `tinh-lai`, made again. 2 statements besides the session's,
    6 when made again."""
    actor = request.actor  # type: ignore[attr-defined]
    table = published_table(actor, table_id)
    asked = statistic_of(table.statistic)
    columns, lines = lines_of(table.content)
    words = dict(asked.columns)
    again = made_again(table) if request.GET.get("tinh-lai") else None
    context = {
        "table": table,
        "of_dossiers": reads_dossiers(actor),
        "may_publish": actor.has(LEADER, AUDITOR),  # of the province or not, the page itself says
        "asked": asked,
        "headings": [words.get(code, code) for code in columns],
        "lines": lines[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
        "totals": totals(lines, len(columns)),
        "allocated": [line for line in lines if line.told],
        "again": again,
        "differences": [(one, words.get(one.column, one.column)) for one in again.differences[:50]]
        if again
        else [],
        "editions": editions(table),
        "next_url": f"{reverse('publish-table')}?{_query_of(table)}",
    }
    return render(request, "indicators/web/published_table.html", context)


def _query_of(table: PublishedTable) -> str:
    parts = {
        "bang": table.statistic,
        "ky": "tu-chon",
        "tu": f"{table.first:%d/%m/%Y}",
        "den": f"{table.last:%d/%m/%Y}",
    }
    if table.map_on:
        parts["ban-do"] = f"{table.map_on:%d/%m/%Y}"
    return urlencode(parts)


def publish_page(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/cong-bo/moi/`: what would be published, and publishing it. 5 statements besides the session's; publishing
    those of the action."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    known = picture()
    reason = may_publish(actor, today, known)
    if reason:
        raise Refused(reason, do="Đề nghị Văn phòng UBND tỉnh công bố.")
    data = (request.POST if request.method == "POST" else request.GET).copy()
    data["theo"] = By.UNIT.value
    asked = statistic_of(data.get("bang") or "bieu-06")
    form = PeriodForm(data, today, by_words=_BY_UNIT)
    question = form.question(next_day_of(rule_of(form)))
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "statistics": STATISTICS.values(),
        "note": data.get("ghi-chu", ""),
    }
    if question is None:
        status = 200 if form.fresh else FORM_STATUS
        return render(request, "indicators/web/publish_table.html", context, status=status)
    if request.method == "POST":
        return _publish(request, data, asked, question, form)
    there = last_edition(asked.code, question.first, question.period.last, form.map_on)
    lines = told_now(asked, question, form.map_on, known)
    context |= {
        "question": question,
        "there": there,
        "edition": (there.edition if there else 0) + 1,
        "headings": [words for _, words in asked.columns],
        "lines": lines[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
        "totals": totals(lines, len(asked.columns)),
        "allocated": [line for line in lines if line.told],
    }
    return render(request, "indicators/web/publish_table.html", context)


def _publish(
    request: HttpRequest, data: QueryDict, asked: Statistic, question: Question, form: PeriodForm
) -> HttpResponseRedirect:
    typed = str(data.get("lan", ""))
    if not typed.isdecimal():
        raise Refused("Thiếu số lần công bố.", where="lan", do="Mở lại trang công bố.")
    wanted = Wanted(
        asked.code, question.first, question.period.last, form.map_on, int(typed[:6]), str(data.get("ghi-chu", "")),
        as_of=question.last,
    )  # fmt: skip
    table = publish([wanted], by=request.actor, at=clock.now())[0]  # type: ignore[attr-defined]
    messages.success(request, f"Đã công bố «{asked.title}», lần {table.edition}.")
    return redirect("published-table", table_id=table.pk)
