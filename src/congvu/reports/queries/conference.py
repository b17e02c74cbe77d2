"""Conferences: the files that were loaded, and what their figures come to, asked of the records each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from congvu.foundation.identity.actor import Actor
from congvu.foundation.ui.pager import Page, page_of
from congvu.indicators.queries.answer import answers
from congvu.indicators.queries.figures import figures_of, may_ask
from congvu.indicators.queries.populations import ByUnit, Entry, population_of, source_of
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.sql_source import Seen, SqlSource, count_all
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Among, Columns, Count, Dossiers, Flag, Measure, Where, weaker
from congvu.indicators.rules.populations import where_of
from congvu.organisation.rules.mapping import Number, plain
from congvu.organisation.rules.picture import Picture
from congvu.reports.models import ConferenceFile
from congvu.reports.queries.conference_warnings import Counted, of_figure
from congvu.reports.rules.conference import Conference, FigureIs
from congvu.reports.rules.conference import Counted as Part
from congvu.reports.rules.conference_file import conference_of

PAGE = 50
ENTRIES = "entries"
MOST_LINES = 2000  # lines of decisions counted behind one number
Asked = tuple[str, Where]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what it came to. `closed`: the reader's roles do not open it, nothing is told."""

    figure: FigureIs
    counted: Counted
    warnings: tuple[str, ...]
    closed: bool = False


def conferences(before: tuple[date, int] | None, limit: int = PAGE) -> Page[ConferenceFile]:
    """The newest edition of each, the last held first. 1 statement."""
    rows = ConferenceFile.objects.order_by("code", "-edition").distinct("code").values("pk")
    found = ConferenceFile.objects.filter(pk__in=rows).defer("content").order_by("-held_on", "-pk")
    if before is not None:
        found = found.filter(held_on__lte=before[0]).exclude(held_on=before[0], pk__gte=before[1])
    return page_of(
        list(found[: limit + 1]), limit, lambda one: (one.held_on.isoformat(), one.pk), first=before is None
    )


def newest(code: str) -> ConferenceFile | None:
    """The newest edition. 1 statement."""
    return ConferenceFile.objects.filter(code=code).order_by("-edition").first()


def read(row: ConferenceFile) -> Conference:
    """What a loaded file says. No statement."""
    return _read(row.content)


@lru_cache(maxsize=32)
def _read(content: str) -> Conference:
    return conference_of(content)


def told(
    conference: Conference,
    reader: Reader,
    known: Picture,
    today: date,
    actor: Actor,
    *,
    lines: bool = True,
    only: Sequence[FigureIs] | None = None,
) -> dict[str, Told]:
    """Every figure by its code, or `only` some. For each period the figures name: 1 statement for all over records, 1-2 for
    what is entered and what the catalogue has; with `lines` 1 for each number of posts, whose records are lines of
    decisions."""
    counted: dict[str, Counted] = {}
    closed: set[str] = set()
    wanted = conference.figures if only is None else tuple(only)
    for (first, last), figures in _by_period(wanted).items():
        question = ask(first, last, today=today)
        open_ones = [one for one in figures if _open(one, actor)]
        closed |= {one.code for one in figures} - {one.code for one in open_ones}
        counted |= _over_records(conference, open_ones, question, reader, known, lines=lines)
        counted |= _answered(open_ones, counted, question, reader, known)
    for figure in wanted:
        if figure.sums:
            closed |= {figure.code} if closed & set(figure.sums) else set()
            counted[figure.code] = _sum(figure, counted)
    nothing, names = Counted(None, None, Flag.COMPUTED), {one.code: one.name for one in conference.figures}
    return {
        one.code: Told(one, nothing, (), closed=True)
        if one.code in closed
        else Told(one, counted[one.code], tuple(of_figure(one, counted[one.code], counted, names)))
        for one in wanted
    }


def count_of(conference: Conference, part: Part, question: Question, reader: Reader, known: Picture) -> int:
    """How many of the records behind one number the reader sees. 1 statement."""
    asked = asked_of(part)
    counts = _count({asked}, question, reader, known)[asked]
    return sum(_of_units(counts, _unit_ids(conference, part, known)).values())


def records(
    conference: Conference,
    part: Part,
    question: Question,
    reader: Reader,
    known: Picture,
    cursor: str = "",
) -> Page[Entry]:
    """A page of the records behind one number. 1 statement."""
    units = _unit_ids(conference, part, known)
    found = source_of(part.population).records(
        asked_of(part)[1], question, reader, known, cursor, sorted(units) if units is not None else None
    )
    return Page(found.rows, found.next, found.first)


def asked_of(part: Part) -> Asked:
    """The population and the condition as it is kept. Refuses what the population does not know."""
    return part.population, where_of(population_of(part.population), part.where)


def entries_of(figure: FigureIs) -> Part:
    """The named records behind a number entered by hand."""
    return Part(ENTRIES, {"list": figure.code})


def _by_period(figures: Sequence[FigureIs]) -> dict[tuple[date, date], list[FigureIs]]:
    found: dict[tuple[date, date], list[FigureIs]] = {}
    for one in figures:
        if not one.sums:
            found.setdefault((one.first, one.last), []).append(one)
    return found


def _open(figure: FigureIs, actor: Actor) -> bool:
    """Whether the reader's roles open what the figure counts. No statement but for figures offices defined."""
    if actor.system:
        return True
    if figure.figure:
        found = figures_of([figure.figure]).get(figure.figure)
        return found is None or may_ask(actor, found)
    parts = [part for part in (figure.counted, figure.less, figure.out_of) if part]
    return all(actor.has(*population_of(part.population).readers) for part in parts)


def _unit_ids(conference: Conference, part: Part, known: Picture) -> frozenset[int] | None:
    if not part.units:
        return None
    found = (known.by_code(code) for code in conference.codes_of(part.units))
    return frozenset(unit for unit in found if unit is not None)


def _over_records(
    conference: Conference,
    figures: Iterable[FigureIs],
    question: Question,
    reader: Reader,
    known: Picture,
    *,
    lines: bool,
) -> dict[str, Counted]:
    """Those counted over records; of those entered by hand how many named records stand behind them."""
    mine = [one for one in figures if one.counted is not None or (one.hand is not None and one.hand.entries)]
    numbers = _count({asked_of(part) for one in mine for part in _parts(one)}, question, reader, known)
    found = {}
    for one in mine:
        counts = [_of_units(numbers[asked_of(p)], _unit_ids(conference, p, known)) for p in _parts(one)]
        if one.counted is None:
            found[one.code] = Counted(None, None, Flag.HAND, records=sum(counts[0].values()))
            continue
        whole = counts.pop() if one.out_of else None
        parts = [part for part in (one.counted, one.less) if part]
        behind = [
            _lines(conference, part, question, reader, known, n, lines)
            for part, n in zip(parts, counts, strict=True)
        ]
        sums = [sum(n.values()) for n in counts]
        found[one.code] = Counted(
            sums[0] - sum(sums[1:]),
            None if whole is None else sum(whole.values()),
            Flag.COMPUTED,
            records=sum(behind),
            missing=_missing(counts[0], whole, known, question.last) if one.owed and whole else (),
            partial=any(_narrowed(part.population, reader) for part in _parts(one)),
        )
    return found


def _narrowed(population: str, reader: Reader) -> bool:
    """Whether the reader sees only some records of a population, those of his own scope."""
    source = source_of(population)
    seen = source.seen if isinstance(source, SqlSource) else Seen.ALL
    whole = {
        Seen.ALL: True,
        Seen.UNITS: reader.people.sees.all,
        Seen.DOSSIERS: reader.dossiers.everything,
    }
    return not whole[seen]


def _within(count: Count, reader: Reader) -> bool:
    """The same of what a figure of the catalogue counts. Columns of a statistic rest on what it is drawn from."""
    if isinstance(count, Among):
        return _narrowed(count.population, reader)
    if isinstance(count, Columns):
        return not (reader.dossiers.everything and reader.people.sees.all)
    return isinstance(count, Dossiers) and not reader.dossiers.everything


def _parts(figure: FigureIs) -> list[Part]:
    if figure.counted is None:
        return [entries_of(figure)]
    return [part for part in (figure.counted, figure.less, figure.out_of) if part]


def _count(asked: set[Asked], question: Question, reader: Reader, known: Picture) -> dict[Asked, ByUnit]:
    """1 statement for all that a `.sql` file tells, 1 at most for each other population."""
    in_sql = [(one, where) for code, where in asked if isinstance(one := source_of(code), SqlSource)]
    found: dict[Asked, ByUnit] = dict(count_all(in_sql, question, reader))
    others: dict[str, list[Where]] = {}
    for code, where in asked - set(found):
        others.setdefault(code, []).append(where)
    for code, wheres in others.items():
        counts = source_of(code).count(wheres, question, reader, known)
        found |= {(code, where): count for where, count in zip(wheres, counts, strict=True)}
    return found


def _of_units(counts: ByUnit, units: frozenset[int] | None) -> ByUnit:
    return counts if units is None else {unit: n for unit, n in counts.items() if unit in units}


def _lines(
    conference: Conference,
    part: Part,
    question: Question,
    reader: Reader,
    known: Picture,
    counts: ByUnit,
    wanted: bool,
) -> int:
    """How many records open: of posts the lines of decisions, whose sum is the number; else the number itself."""
    if population_of(part.population).measure is not Measure.POSTS:
        return sum(counts.values())
    if not wanted:
        return 0
    total, cursor = 0, ""
    while total < MOST_LINES:
        page = records(conference, part, question, reader, known, cursor)
        total, cursor = total + len(page.rows), page.next
        if not cursor:
            break
    return total


def _missing(counts: ByUnit, whole: ByUnit, known: Picture, on: date) -> tuple[str, ...]:
    without = [unit for unit in whole if unit is not None and not counts.get(unit)]
    spans = [span for unit in without if (span := known.nearest(unit, on)) is not None]
    return tuple(span.name for span in sorted(spans, key=lambda span: span.sort_key))


def _answered(
    figures: Sequence[FigureIs],
    behind: Mapping[str, Counted],
    question: Question,
    reader: Reader,
    known: Picture,
) -> dict[str, Counted]:
    """Those of the catalogue, and those entered by hand with the named records `behind` them."""
    codes = {one.code: one.figure or one.code for one in figures if one.figure or one.hand is not None}
    if not codes:
        return {}
    whole = answers(list(dict.fromkeys(codes.values())), question, reader, known)
    found = {}
    for one in figures:
        if one.code not in codes:
            continue
        got = whole.get(codes[one.code])
        if got is None:
            found[one.code] = Counted(None, None, Flag.MISSING)
            continue
        value = got.value
        opened = behind[one.code].records if one.code in behind else got.records
        narrowed = any(_within(count, reader) for count in got.figure.counts)
        found[one.code] = Counted(
            value.numerator, value.denominator, got.flag, value.rate, opened, partial=narrowed
        )
    return found


def _sum(figure: FigureIs, counted: Mapping[str, Counted]) -> Counted:
    """Numerators and denominators added; nothing when a part has no number."""
    parts = [counted[code] for code in figure.sums if code in counted]
    flag = Flag.COMPUTED
    for one in parts:
        flag = weaker(flag, one.flag)
    above: list[Number] = [one.numerator for one in parts if one.numerator is not None]
    below: list[Number] = [one.denominator for one in parts if one.denominator is not None]
    if len(above) < len(figure.sums) or (below and len(below) < len(parts)):
        return Counted(None, None, flag)
    missing = tuple(name for one in parts for name in one.missing)
    whole = plain(sum(below)) if below else None
    total = Counted(plain(sum(above)), whole, flag, records=sum(one.records for one in parts))
    return replace(total, missing=missing, partial=any(one.partial for one in parts))
