"""A figure month by month: the twelve months that end with the period asked, each as a question of its own; and every number
entered by hand."""

from dataclasses import dataclass

from congvu.foundation.workdays.days import add_months, each_month
from congvu.indicators.models import HandFigure
from congvu.indicators.queries.counts import count_by_period
from congvu.indicators.queries.own_figures import EnteredRow, as_row
from congvu.indicators.queries.populations import source_of
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.sql_source import SqlSource, count_periods
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Among, Columns, Dossiers, Figure, Value
from congvu.indicators.rules.periods import Period
from congvu.organisation.rules.picture import Picture

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month (the last cut at the day told) and what the figure came to in it."""

    question: Question
    value: Value


def months_of(question: Question) -> list[Question]:
    """The months up to the last day told, as known at the same moment."""
    opening = add_months(question.last.replace(day=1), 1 - MONTHS)
    return [
        Question(Period(first, last), min(last, question.last), question.known_on, question.known_at)
        for first, last in each_month(opening, question.last)
    ]


def history(figure: Figure, question: Question, reader: Reader, known: Picture) -> list[Month]:
    """The months of a figure over all that the reader sees. 1 statement; empty for a figure that is not told by month (posts as
    the ledger has them) and for one entered by hand."""
    if figure.by_hand or isinstance(figure.counted, Columns):
        return []
    months = months_of(question)
    if isinstance(figure.counted, Dossiers):
        conditions = [one.condition for one in figure.counts if isinstance(one, Dossiers)]
        found: list[tuple[int, ...]] = count_by_period(months, reader.dossiers, conditions)
    else:
        counts = [one for one in figure.counts if isinstance(one, Among)]
        found = _among(counts, months, reader, known)
    return [
        Month(month, Value(numbers[0], numbers[1] if figure.out_of is not None else None))
        for month, numbers in zip(months, found, strict=True)
    ]


def _among(
    counts: list[Among], months: list[Question], reader: Reader, known: Picture
) -> list[tuple[int, ...]]:
    sources = {one.population: source_of(one.population) for one in counts}
    in_sql = [
        (source, one.where) for one in counts if isinstance(source := sources[one.population], SqlSource)
    ]
    told = count_periods(in_sql, months, reader)
    rows = []
    for at, month in enumerate(months):
        numbers = []
        for one in counts:
            source = sources[one.population]
            if isinstance(source, SqlSource):
                of_units = told[at][(one.population, one.where)]
            else:
                of_units = source.count([one.where], month, reader, known)[0]
            numbers.append(sum(of_units.values()))
        rows.append(tuple(numbers))
    return rows


def entered_history(code: str, limit: int = 200) -> list[EnteredRow]:
    """Everything entered for a figure that no later row replaces, the latest period first. 1 statement."""
    replaced = HandFigure.objects.exclude(replaces=None).values("replaces")
    rows = HandFigure.objects.filter(figure__code=code).exclude(pk__in=replaced).select_related("figure")
    return [as_row(row) for row in rows.order_by("-last", "-first", "unit_id")[:limit]]
