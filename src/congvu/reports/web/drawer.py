"""A number of a report opened: what it is, how it was reckoned, the records behind it as they were known then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from congvu.dossiers.access import Visible
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.answer import open_url
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.counts import BY_UNIT, count_dossiers
from congvu.indicators.queries.figures import figure_of, may_ask
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.populations import Entry, source_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import Record, records
from congvu.indicators.queries.statistics import reader_of
from congvu.indicators.rules.definitions import Among, Count, Dossiers, Figure
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture
from congvu.reports.queries.numbers import About, below
from congvu.reports.rules.numbers import Told
from congvu.reports.rules.text import Part
from congvu.reports.web.telling import value


@dataclass(frozen=True, slots=True)
class Opened:
    """`page` None: it opens no records here; `why` says so. `hidden`: records the reader may not see."""

    told: Told
    shown: str
    parts: tuple[tuple[str, str, str], ...]  # words, number, address of a share's two numbers
    digest: str
    figure_url: str
    page: Page[Entry] | None = None
    hidden: Number = 0
    why: str = ""


def opened(
    told: Told, part: str, about: About, actor: Actor, known: Picture, base: str, n: int, cursor: str
) -> Opened:
    """At most 4 statements: the organisation as then known, the figure when an office defined it, the records, how many of
    them the reader sees."""
    wanted = Part(part) if part in {one.value for one in Part} else None
    parts = _parts(told, base, n)
    digest = _digest(told, wanted)
    try:
        figure, question = figure_of(told.asked.code), about.question(told.asked.span)
    except Refused as no:
        return Opened(told, value(told, wanted), parts, digest, "", why=no.what)
    as_known = known if question.known_until is None else organisation_of(question)
    unit = as_known.by_code(told.asked.unit) if told.asked.unit else about.unit_id
    units = None if unit is None else below(unit, question.last, as_known)
    url = open_url(figure, question, as_known, unit if units is not None else None)
    if not may_ask(actor, figure):
        return Opened(
            told, value(told, wanted), parts, digest, "", why="Vai trò của bạn không mở các bản ghi này."
        )
    count = _count(figure, told.part(wanted))
    page, seen = _records(count, question, actor, as_known, units, cursor, about.today)
    total = told.denominator if told.part(wanted) is Part.DENOMINATOR else told.numerator
    hidden = (total or 0) - seen if page is not None and seen is not None else 0
    return Opened(
        told, value(told, wanted), parts, digest, url, page, max(hidden, 0),
        "" if page else "Số này là tổng của sổ; xem từng dòng ở trang số liệu.",
    )  # fmt: skip


def _count(figure: Figure, part: Part) -> Count:
    """A percentage opens what its numerator counts."""
    if part is Part.DENOMINATOR and figure.out_of is not None:
        return figure.out_of
    return figure.counted


def _records(
    count: Count,
    question: Question,
    actor: Actor,
    known: Picture,
    units: Sequence[int] | None,
    cursor: str,
    today: date,
) -> tuple[Page[Entry] | None, int | None]:
    """A page of what the reader sees, and how many that are in all. 2 statements."""
    reader = reader_of(actor, today, known)
    if isinstance(count, Dossiers):
        page = records(
            reader.dossiers, question, count.condition, by=By.UNIT, key="", cursor=cursor, units=units
        )
        rows = [_entry(one, known) for one in page.rows]
        return Page(rows, page.next, page.first), _seen(count, question, reader.dossiers, units)
    if isinstance(count, Among):
        source = source_of(count.population)
        by_unit = source.count([count.where], question, reader, known)[0]
        seen = sum(n for unit, n in by_unit.items() if units is None or unit in units)
        return source.records(count.where, question, reader, known, cursor, units), seen
    return None, None


def _seen(count: Dossiers, question: Question, seen: Visible, units: Sequence[int] | None) -> int:
    found = count_dossiers(question, seen, (count.condition,), BY_UNIT)
    return sum(row[0] for (unit, _), row in found.items() if units is None or int(unit) in units)


def _entry(one: Record, known: Picture) -> Entry:
    try:
        url = reverse("dossier", args=[one.code]) if one.code else ""
    except NoReverseMatch:
        url = ""
    ended = f", xong {one.ended_on:%d/%m/%Y}" if one.ended_on else ""
    due = f", hẹn trả {one.due_on:%d/%m/%Y}" if one.due_on else ""
    words = f"{one.procedure[:90]} · {known.name(one.unit_id, one.last)} · nhận {one.received_on:%d/%m/%Y}{due}{ended}"
    return Entry(one.code or "(chưa có mã)", words, url, one.unit_id)


def _parts(told: Told, base: str, n: int) -> tuple[tuple[str, str, str], ...]:
    if not told.share or told.numerator is None:
        return ()
    words = told.formula.split(" chia cho ")
    names = words if len(words) == 2 else ["Tử số", "Mẫu số"]
    return tuple(
        (name[:1].upper() + name[1:], value(told, part), f"{base}so={n}&phan={part.value}#so-lieu")
        for name, part in zip(names, (Part.NUMERATOR, Part.DENOMINATOR), strict=True)
    )


def _digest(told: Told, wanted: Part | None) -> str:
    if not told.digests:
        return ""
    return told.digests[-1] if told.part(wanted) is Part.DENOMINATOR else told.digests[0]
