"""A conference: its sentences, each with its numbers; a number opens what it counts; what was entered by hand is listed."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui import formats
from congvu.foundation.ui.routes import actor_of
from congvu.indicators.queries.statistics import reader_of
from congvu.indicators.rules.definitions import Flag
from congvu.organisation.queries import picture
from congvu.reports.models import ConferenceFile
from congvu.reports.queries.conference import Told, newest, read, told
from congvu.reports.queries.conference_report import appendix
from congvu.reports.queries.conference_warnings import days_of, of_conference, percent_words
from congvu.reports.rules.conference import FORMS, Sentence

CHIPS = {Flag.COMPUTED: "ok", Flag.HAND: "now", Flag.QUOTED: "now"}
ABOVE, LESS, BELOW = "tu", "tru", "mau"  # the numbers of a figure, as the address names them


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the page shows it. `url`, `below_url` open the records of its numbers ("" when there is nothing to open)."""

    told: Told
    url: str
    below_url: str

    @property
    def chip(self) -> str:
        return CHIPS.get(self.told.counted.flag, "soon")

    @property
    def rate(self) -> str:
        """The rate that alone is known."""
        rate = self.told.counted.rate
        return "" if rate is None else f"{formats.number(Fraction(rate))}%"

    @property
    def percent(self) -> str:
        share = self.told.counted.percent
        return "" if share is None else f"= {percent_words(share)}"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its figures."""

    sentence: Sentence
    figures: tuple[Shown, ...]


def conference_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/hoi-nghi/<mã>/`: 8 statements at most for a file whose figures name one or two periods. 404 for a code nothing was
    loaded under."""
    row = row_of(code)
    conference, known, today, actor = read(row), picture(), clock.today(), actor_of(request)
    found = told(conference, reader_of(actor, today, known), known, today, actor, lines=False)
    shown = {one: _shown(row.code, what) for one, what in found.items()}
    context = {
        "row": row,
        "one": conference,
        "form": FORMS[conference.form],
        "days": days_of(conference),
        "said": [Said(one, tuple(shown[code] for code in one.figures)) for one in conference.sentences],
        "knows": of_conference(conference),
        "appendix": appendix(conference),
        "numbers": sum(len(one.figures) for one in conference.sentences),
    }
    return render(request, "reports/web/conference.html", context)


def row_of(code: str) -> ConferenceFile:
    row = newest(code) if "\x00" not in code else None
    if row is None:
        raise Http404("Chưa nạp hội nghị này.")
    return row


def _shown(conference: str, what: Told) -> Shown:
    if what.closed:
        return Shown(what, "", "")
    url = reverse("conference-records", args=[conference, what.figure.code])
    counted = what.counted
    opens = what.figure.counted is not None or what.figure.sums or what.figure.hand is not None
    below = f"{url}?mo={BELOW}" if what.figure.out_of is not None and counted.denominator else ""
    return Shown(what, f"{url}?mo={ABOVE}" if opens else "", below)
