"""Files that must be handed on, papers whose time is over: lists for those who keep people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from congvu.foundation.sql import statement
from congvu.foundation.workdays.days import add_days
from congvu.people.access import Sight
from congvu.people.queries.present import BULK
from congvu.people.rules.codes import ENDINGS, LEAVING, PAPERS
from congvu.people.rules.retention import left_before


@dataclass(frozen=True, slots=True)
class ToHandOn:
    """Someone gone whose file is still here. `gone`: the first day of not being here."""

    id: int
    number: str
    name: str
    gone: date
    ending: str
    unit_id: int

    @property
    def ending_words(self) -> str:
        return ENDINGS.get(self.ending, self.ending)

    def due(self, days: int) -> date:
        return add_days(self.gone, days)


@dataclass(frozen=True, slots=True)
class Over:
    """A paper whose time is over."""

    id: int
    number: str
    name: str
    code: str
    title: str
    paper_number: str
    dated: date | None
    sensitive: bool
    scanned: bool
    gone: date

    @property
    def kind(self) -> str:
        return PAPERS.get(self.code, self.code)


def files_to_hand_on(
    sight: Sight, *, after: tuple[date, int] | None = None, limit: int = 50
) -> list[ToHandOn]:
    """Over the people whose records the reader keeps, the longest gone first. 1 statement."""
    params = {
        **sight.keeping_params,
        "leaving": list(LEAVING),
        "today": sight.today,
        "after": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit + 1,
    }
    rows = statement(BULK, "handover_due").with_condition(sight.kept).rows(params)
    return [ToHandOn(*row) for row in rows]


def papers_over(
    sight: Sight,
    years: Mapping[str, int],
    *,
    only: Collection[int] | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[Over]:
    """Papers kept long enough, of people whose records the reader keeps; `only`: of these papers. 1 statement."""
    params = {
        **sight.keeping_params,
        "leaving": list(LEAVING),
        "codes": list(years),
        "gone_by": [left_before(one, sight.today) for one in years.values()],
        "only": None if only is None else list(only),
        "after": after,
        "limit": limit + 1,
    }
    rows = statement(BULK, "papers_over").with_condition(sight.kept).rows(params)
    return [Over(*row) for row in rows]
