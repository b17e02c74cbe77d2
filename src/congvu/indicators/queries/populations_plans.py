"""The populations of plans: plans, who owes which (so that «22/23» is a share of records), items, findings, inspections."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.in_order import in_order
from congvu.indicators.queries.populations import ByUnit, Entry, Source
from congvu.indicators.queries.populations_here import YES_NO
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.sql_source import SqlSource
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.definitions import Measure, Where
from congvu.indicators.rules.populations import Field, Population
from congvu.organisation.rules.picture import Picture
from congvu.tasks.queries.owed import owed
from congvu.tasks.queries.standings import Stood, findings_stood, items_stood
from congvu.tasks.rules.kinds import CLASSES, DRAFT, ISSUED, PLAN_STATES, SUBJECTS, TERMS
from congvu.tasks.rules.kinds import STANDINGS as HAS
from congvu.tasks.rules.progress import STANDINGS

_SUBJECT = Field("subject", "Loại kế hoạch", tuple(SUBJECTS.items()))
_TERM = Field("term", "Kỳ", tuple(TERMS.items()))
_STANDING = Field("standing", "Tình trạng", tuple(STANDINGS.items()))
_PLANS = "Sổ kế hoạch"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record with its unit, its line and its facts."""

    unit_id: int
    entry: Entry
    facts: dict[str, str]

    def meets(self, where: Where) -> bool:
        return all(self.facts[field] in values for field, values in where)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A population reckoned from the organisation or the calendar of the day. Everybody may know its records: they rest on
    published papers. `read` asks at most 1 statement."""

    population: Population
    read: Callable[[Question, Picture], list[_Record]]

    def count(
        self, wheres: Sequence[Where], question: Question, reader: Reader, known: Picture
    ) -> list[ByUnit]:
        """1 statement."""
        rows = self.read(question, known)
        found: list[ByUnit] = []
        for where in wheres:
            counted: dict[int | None, int] = {}
            for row in rows:
                if row.meets(where):
                    counted[row.unit_id] = counted.get(row.unit_id, 0) + 1
            found.append(counted)
        return found

    def records(
        self,
        where: Where,
        question: Question,
        reader: Reader,
        known: Picture,
        cursor: str = "",
        units: Sequence[int] | None = None,
    ) -> Page[Entry]:
        """In their own order. 1 statement."""
        wanted = None if units is None else set(units)
        rows = (
            row
            for row in self.read(question, known)
            if row.meets(where) and (wanted is None or row.unit_id in wanted)
        )
        return in_order(rows, cursor, lambda row: row.entry)


def _owed(question: Question, known: Picture) -> list[_Record]:
    return [
        _Record(
            row.unit_id,
            Entry(
                known.name(row.unit_id, question.last),
                f"{one.name}: {row.number or HAS[row.state]}",
                reverse("plan", args=[row.plan_id])
                if row.plan_id
                else reverse("plan-duty", args=[one.duty_id]),
                row.unit_id,
            ),
            {
                "subject": one.subject, "term": one.term, "first_year": str(one.first_year), "last_year": str(one.last_year),
                "class": row.kind, "state": row.state, "late": "co" if row.late else "khong",
            },
        )
        for one in owed(question.last, known, question.known_until)
        for row in one.coverage.whole.rows
    ]  # fmt: skip


def _stood(
    read: Callable[[date, datetime | None], list[Stood]], page: str
) -> Callable[[Question, Picture], list[_Record]]:
    def found(question: Question, known: Picture) -> list[_Record]:
        return [
            _Record(
                row.unit_id,
                Entry(row.title, row.subtitle, reverse(page, args=[row.ref]), row.unit_id),
                {**row.facts, "standing": row.standing},
            )
            for row in read(question.last, question.known_until)
        ]

    return found


SOURCES: tuple[Source, ...] = (
    SqlSource(
        Population(
            "plans", "Kế hoạch", Measure.PLANS,
            (
                _SUBJECT, _TERM, Field("first_year", "Năm đầu"), Field("last_year", "Năm cuối"),
                Field("state", "Tình trạng", tuple((one, PLAN_STATES[one]) for one in (DRAFT, ISSUED))),
            ),
            source=_PLANS,
        ),
        "population_plans", "plan",
    ),
    Reckoned(
        Population(
            "plans_owed", "Đơn vị phải lập kế hoạch", Measure.UNITS,
            (
                _SUBJECT, _TERM, Field("first_year", "Năm đầu"), Field("last_year", "Năm cuối"),
                Field("class", "Nhóm đơn vị", tuple(CLASSES.items())), Field("state", "Tình trạng", tuple(HAS.items())),
                Field("late", "Trễ hạn", YES_NO),
            ),
            source=_PLANS,
        ),
        _owed,
    ),
    Reckoned(
        Population(
            "plan_items", "Nhiệm vụ của kế hoạch", Measure.TASKS,
            (
                _STANDING, _SUBJECT, Field("year", "Năm kế hoạch"), Field("content", "Mã nội dung cải cách"),
                Field("priority", "Trọng tâm", YES_NO),
            ),
            source=_PLANS,
        ),
        _stood(items_stood, "plan-item"),
    ),
    Reckoned(
        Population(
            "findings", "Tồn tại phát hiện qua kiểm tra", Measure.OTHERS, (_STANDING, Field("year", "Năm kiểm tra")),
            source="Kiểm tra cải cách hành chính",
        ),
        _stood(findings_stood, "inspection"),
    ),
    SqlSource(
        Population(
            "inspections", "Cuộc kiểm tra cải cách hành chính", Measure.INSPECTIONS, (), of_day=False,
            source="Kiểm tra cải cách hành chính",
        ),
        "population_inspections", "inspection",
    ),
    SqlSource(
        Population(
            "inspected_units", "Đơn vị được kiểm tra cải cách hành chính", Measure.UNITS, (), of_day=False,
            source="Kiểm tra cải cách hành chính",
        ),
        "population_inspected", "inspection",
    ),
)  # fmt: skip
