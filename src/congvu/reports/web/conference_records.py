"""What stands behind a number of a conference: its records; the numbers it adds; the paper it was entered from."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.queries.populations import Entry, population_of
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.statistics import Reader, reader_of, the_province
from congvu.indicators.rules.definitions import Measure
from congvu.indicators.rules.populations import in_words
from congvu.organisation.queries import picture
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture
from congvu.reports.queries.conference import (
    asked_of,
    count_of,
    entries_of,
    read,
    records,
    told,
)
from congvu.reports.queries.conference_report import figure_words
from congvu.reports.rules.conference import Conference, Counted, FigureIs
from congvu.reports.web.conference import ABOVE, BELOW, LESS, row_of

WORDS = {ABOVE: "Tử số", LESS: "Trừ đi", BELOW: "Mẫu số"}
ADDED = "Cộng vào"  # of a number that is no share: what is counted before something is taken off


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the numbers of the figure."""

    key: str
    words: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A record with the name of its unit."""

    entry: Entry
    unit: str


def conference_records(request: HttpRequest, code: str, figure: str) -> HttpResponse:
    """`/hoi-nghi/<mã>/so-lieu/<số>/`: 8 statements at most. 404 for a figure the file has not or the reader may not open."""
    row = row_of(code)
    conference, known, today, actor = read(row), picture(), clock.today(), actor_of(request)
    one = next((found for found in conference.figures if found.code == figure), None)
    if one is None:
        raise Http404("Hội nghị này không có số liệu đó.")
    reader = reader_of(actor, today, known)
    needed = [each for each in conference.figures if each.code in (one.code, *one.sums, *one.parts)]
    found = told(conference, reader, known, today, actor, lines=False, only=needed)
    what = found[one.code]
    if what.closed:
        raise Http404("Vai trò của bạn không mở được số liệu này.")
    question = ask(one.first, one.last, today=today)
    parts = _parts(one)
    chosen = request.GET.get("mo", ABOVE)
    part = parts.get(chosen) or next(iter(parts.values()), None)
    context: dict[str, Any] = {
        "row": row, "one": one, "told": what, "words": figure_words(one, what.counted), "question": question,
        "hand": one.hand, "sums": [found[code] for code in one.sums],
        "tabs": [Tab(key, _words(key, one), parts[key] is part) for key in parts] if len(parts) > 1 else [],
    }  # fmt: skip
    if part is not None:
        context |= _drawer(conference, part, question, reader, known, request.GET.get("sau", ""))
    return render(request, "reports/web/conference_records.html", context)


def _words(key: str, figure: FigureIs) -> str:
    return ADDED if key == ABOVE and figure.out_of is None else WORDS[key]


def _parts(figure: FigureIs) -> dict[str, Counted]:
    if figure.hand is not None:
        return {ABOVE: entries_of(figure)} if figure.hand.entries else {}
    wanted = {ABOVE: figure.counted, LESS: figure.less, BELOW: figure.out_of}
    return {key: part for key, part in wanted.items() if part is not None}


def _drawer(
    conference: Conference,
    part: Counted,
    question: Question,
    reader: Reader,
    known: Picture,
    cursor: str,
) -> dict[str, Any]:
    """The page of records, how many there are and how many the reader may not see. 3 statements."""
    page = records(conference, part, question, reader, known, cursor)
    seen = count_of(conference, part, question, reader, known)
    whole: Number = seen
    if not (reader.people.sees.all and reader.dossiers.everything):
        whole = count_of(conference, part, question, the_province(question, known), known)
    population, where = population_of(part.population), asked_of(part)[1]
    rows = [Line(one, known.name(one.unit_id, question.last) if one.unit_id else "") for one in page.rows]
    return {
        "page": page, "rows": rows, "seen": seen, "hidden": whole - seen, "about": in_words(population, where),
        "measure": population.measure.value, "sum_of_lines": population.measure is Measure.POSTS,
        "source": population.source,
    }  # fmt: skip
