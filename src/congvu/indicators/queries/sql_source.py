"""A population that one `.sql` file tells: all figures over all such populations are counted by one statement.

The file selects one row a record: `id`, `unit_id`, `n` (what the record counts for, mostly 1), `title`, `subtitle`, `ref` (the
argument of its page) and a text column for each field of the population, named as the field with `_` for `-`. It asks for
`first`, `last`, `until`, `known_until`; a file of dossiers has `{visible}` where the access predicate on `d` stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import NoReverseMatch, reverse

from congvu.foundation.sql import Statement, statement
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.indicators.queries.compose import BULK, filled
from congvu.indicators.queries.counts import renamed
from congvu.indicators.queries.populations import ByUnit, Entry
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Where
from congvu.indicators.rules.populations import Population
from congvu.organisation.rules.picture import Picture

PAGE = 50
Asked = tuple[str, Where]  # a population's code and a condition on its records


class Seen(Enum):
    """Which of the records a reader sees."""

    ALL = 1  # they rest on published decisions
    UNITS = 2  # those of the units whose people he sees
    DOSSIERS = 3  # those of the dossiers he sees: the file names the predicate


@dataclass(frozen=True, slots=True)
class SqlSource:
    """`name`: the file in `package`; `page`: the name of the page a record is read on."""

    population: Population
    name: str
    page: str = ""
    seen: Seen = Seen.ALL
    package: str = BULK

    def count(
        self, wheres: Sequence[Where], question: Question, reader: Reader, known: Picture
    ) -> list[ByUnit]:
        """1 statement."""
        code = self.population.code
        found = count_all([(self, where) for where in wheres], question, reader)
        return [found[(code, where)] for where in wheres]

    def records(
        self,
        where: Where,
        question: Question,
        reader: Reader,
        known: Picture,
        cursor: str = "",
        units: Sequence[int] | None = None,
        limit: int = PAGE,
    ) -> Page[Entry]:
        """By title. 1 statement."""
        after = decode(cursor, 2)
        params: dict[str, Any] = {
            **question.params, **_seeing(reader), "of_units": list(units) if units is not None else None, "limit": limit + 1,
            "after_title": after[0] if after else None, "after_id": after[1] if after else None,
        }  # fmt: skip
        asked = self.condition(where, "w", params)
        rows = filled(
            "population_records", base=self.base(reader), asked=asked, seen=self.narrowed(reader)
        ).rows(params)
        page = page_of(rows, limit, lambda row: (row[1], row[0]), first=after is None)
        return Page([self._entry(row) for row in page.rows], page.next, page.first)

    def base(self, reader: Reader) -> str:
        """The file with the access predicate in its place."""
        text = _body(statement(self.package, self.name))
        return text.replace("{visible}", reader.dossiers.sql("d")) if self.seen is Seen.DOSSIERS else text

    def narrowed(self, reader: Reader) -> str:
        if self.seen is not Seen.UNITS or reader.people.sees.all:
            return "TRUE"
        return "s.unit_id = ANY(%(seen_units)s::bigint[])"

    def condition(self, where: Where, name: str, params: dict[str, Any]) -> str:
        """The condition on `s`; its values become parameters called after `name`."""
        parts = []
        for place, (field, values) in enumerate(where):
            column = self.population.field(field).code.replace("-", "_")
            params[f"{name}_{place}"] = list(values)
            parts.append(f's."{column}" = ANY(%({name}_{place})s::text[])')
        return " AND ".join(parts) or "TRUE"

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        _, title, subtitle, ref, unit = row
        return Entry(title, subtitle or "", _url(self.page, ref), unit)


def count_all(
    asked: Iterable[tuple[SqlSource, Where]], question: Question, reader: Reader
) -> dict[Asked, ByUnit]:
    """Every condition on every such population, by unit. 1 statement, none when nothing is asked."""
    return count_periods(asked, [question], reader)[0]


def count_periods(
    asked: Iterable[tuple[SqlSource, Where]], questions: Sequence[Question], reader: Reader
) -> list[dict[Asked, ByUnit]]:
    """The same for several periods (as known at one moment). 1 statement, none when nothing is asked."""
    by_source: dict[str, tuple[SqlSource, list[Where]]] = {}
    for source, where in dict.fromkeys(asked):
        by_source.setdefault(source.population.code, (source, []))[1].append(where)
    if not by_source:
        return [{} for _ in questions]
    params: dict[str, Any] = {**questions[0].params, **_seeing(reader)}
    pieces: list[str] = []
    order: list[tuple[str, list[Where]]] = []
    for code, (source, wheres) in by_source.items():
        name = f"w{len(order)}"
        conditions = [source.condition(where, f"{name}_{n}", params) for n, where in enumerate(wheres)]
        sums = ", ".join(f"coalesce(sum(s.n) FILTER (WHERE {one}), 0)::bigint" for one in conditions)
        piece = str(
            filled("population_count", sums=sums, base=source.base(reader), seen=source.narrowed(reader))
        )
        for at, _ in enumerate(questions):
            pieces.append(
                str(filled("of_period", at=str(at), place=str(len(order)), piece=renamed(piece, at)))
            )
        order.append((code, wheres))
    for at, question in enumerate(questions):
        params |= {f"{name}_{at}": value for name, value in question.params.items()}
    found: list[dict[Asked, dict[int | None, int]]] = [
        {(code, where): {} for code, wheres in order for where in wheres} for _ in questions
    ]
    for at, place, unit, numbers in Statement("populations", "\nUNION ALL\n".join(pieces)).rows(params):
        code, wheres = order[place]
        for where, n in zip(wheres, numbers, strict=True):
            if n:
                found[at][(code, where)][unit] = n
    return [{**one} for one in found]


def _seeing(reader: Reader) -> Mapping[str, Any]:
    return {**reader.dossiers.params, "seen_units": list(reader.people.sees.unit_ids)}


def _body(text: Statement) -> str:
    return "\n".join(line for line in str(text).strip().splitlines() if not line.startswith("--"))


def _url(page: str, ref: object) -> str:
    if not page or ref is None:
        return ""
    try:
        return reverse(page, args=[ref])
    except NoReverseMatch:
        return ""
