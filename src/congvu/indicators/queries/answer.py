"""One call for whoever needs a figure (screens, reports, indices, commands): its value, how it came to be, what to warn of,
how many records can be opened and where.

The number of a unit is that of the unit with all that stands under it on the last day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from congvu.foundation.clock import legal
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.engines.files import exported
from congvu.indicators.queries.facts import facts_state
from congvu.indicators.queries.figures import figure_of, figures_of, unit_numbers, values
from congvu.indicators.queries.own_figures import EnteredRow, difference, entered, whole_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Columns, Figure, Flag, Value
from congvu.organisation.rules.mapping import Number, plain
from congvu.organisation.rules.picture import Picture

LIVE, DUCKDB, SPARK = "live", "duckdb", "spark"
ENGINES = (LIVE, DUCKDB, SPARK)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a figure came to. `records`: how many records stand behind its numerator and can be opened at `open_url` (0 and
    "" when it opens none). `warnings`: parts that disagree with their total, groups that overlap, nothing entered."""

    figure: Figure
    value: Value
    flag: Flag
    warnings: tuple[str, ...]
    records: int
    open_url: str


def answer(
    code: str,
    question: Question,
    reader: Reader,
    known: Picture,
    *,
    unit: int | None = None,
    engine: str = LIVE,
) -> Answer:
    """One figure over all that the reader sees, or of a unit. Statements as `answers`. Refuses a code that is no figure."""
    found = answers([code], question, reader, known, unit=unit, engine=engine).get(code)
    if found is None:
        figure_of(code)  # refuses, in words
        raise AssertionError(code)
    return found


def answers(
    codes: Sequence[str],
    question: Question,
    reader: Reader,
    known: Picture,
    *,
    unit: int | None = None,
    engine: str = LIVE,
) -> dict[str, Answer]:
    """Many figures at once, by code; a code that is gone is left out. 1 statement when offices defined some of them; 1 for all
    over dossiers, 1-3 for each statistic over posts and people, 1 for all over other records, 1 for all entered."""
    figures, reader, behind = figures_of(codes), by_engine(reader, engine), behind_words(engine)
    by_hand = entered([one.code for one in figures.values() if one.by_hand], question)
    computed = [one for one in figures.values() if not one.by_hand]
    if unit is None:
        told: Mapping[str, Value] = values(computed, question, reader, known)
    else:
        told = of_units(computed, question, reader, known, [unit])[unit]
    found = {}
    for code, figure in figures.items():
        rows = by_hand.get(code, [])
        value = whole_of(figure, rows, known, question.last, unit) if figure.by_hand else told[code]
        one = _answer(figure, value, rows if unit is None else (), question, known, unit)
        found[code] = replace(one, warnings=(*one.warnings, behind)) if behind else one
    return found


def of_units(
    figures: Sequence[Figure], question: Question, reader: Reader, known: Picture, units: Sequence[int]
) -> dict[int, dict[str, Value]]:
    """Computed figures of many units, each with all under it: unit -> code -> value. Statements as `values`, whatever the
    number of units."""
    numbers = unit_numbers(figures, question, reader, known)
    found: dict[int, dict[str, Value]] = {}
    for unit in units:
        below = known.subtree([unit], question.last) | {unit}
        found[unit] = {
            one.code: _added(one, [row for of, row in numbers[one.code].items() if of in below])
            for one in figures
            if not one.by_hand
        }
    return found


def by_engine(reader: Reader, engine: str) -> Reader:
    """The reader whose dossiers are counted by this engine: live, or in bulk over the exported facts (of the whole province).
    No statement. Refuses any other name."""
    if engine not in ENGINES:
        raise Refused(
            f"Không có cách tính «{engine[:20]}».",
            where="engine",
            do=f"Chọn một trong: {', '.join(ENGINES)}.",
        )
    if engine == LIVE:
        return reader
    from congvu.indicators.queries.engines.counting import in_bulk  # ibis takes two seconds to load

    return in_bulk(reader, engine)


def behind_words(engine: str) -> str:
    """What to say beside a number counted in bulk when something happened since the facts were exported; "" when nothing
    did. 1 statement, none for live."""
    if engine == LIVE:
        return ""
    file = exported()
    state = facts_state()
    if state.whole and state.done == file.done:
        return ""
    return f"Số liệu tính đến {legal(file.moment):%H:%M %d/%m/%Y}; từ đó hồ sơ có thay đổi."


def _added(figure: Figure, rows: Sequence[Sequence[Number]]) -> Value:
    sums = [plain(sum(row[place] for row in rows)) for place in range(len(figure.counts))]
    return Value(sums[0], sums[1] if len(sums) > 1 else None)


def _answer(
    figure: Figure,
    value: Value,
    rows: Sequence[EnteredRow],
    question: Question,
    known: Picture,
    unit: int | None,
) -> Answer:
    warnings = [one for one in (difference(figure, rows, known, question.last), figure.overlaps) if one]
    if value.flag is Flag.MISSING:
        warnings.append(f"Chưa ai nhập «{figure.name}» cho kỳ {question.period}.")
    records = 0
    if not isinstance(figure.counted, Columns) and not figure.by_hand and isinstance(value.numerator, int):
        records = value.numerator
    url = open_url(figure, question, known, unit, opened=bool(records))
    return Answer(figure, value, value.flag, tuple(warnings), records, url)


def open_url(
    figure: Figure, question: Question, known: Picture, unit: int | None = None, *, opened: bool = False
) -> str:
    """The page of the figure for this period (and unit), as known then; `opened`: with the records behind its numerator."""
    asked = {
        "ky": "tu-chon",
        "tu": f"{question.first:%d/%m/%Y}",
        "den": f"{question.period.last:%d/%m/%Y}",
    }
    if question.as_of < question.period.last:
        asked["chot"] = f"{question.as_of:%d/%m/%Y}"
    if question.known_at is not None:
        asked["luc"] = question.known_at.isoformat()
    elif question.known_on is not None:
        asked["biet"] = f"{question.known_on:%d/%m/%Y}"
    span = known.nearest(unit, question.last) if unit is not None else None
    if span is not None:
        asked["don-vi"] = span.code
    if opened:
        asked["mo"] = "tu"
    return f"{reverse('figure', args=[figure.code])}?{urlencode(asked)}{'#ban-ghi' if opened else ''}"
