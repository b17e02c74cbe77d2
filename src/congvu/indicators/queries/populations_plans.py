"""The populations of plans: plans, who owes which (so that «22/23» is a share of records), items, findings, inspections."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from congvu.indicators.queries.populations import Entry, Source
from congvu.indicators.queries.populations_here import YES_NO
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.reckoned import Finder, Reckoned
from congvu.indicators.queries.sql_source import SqlSource
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


def _reckoned(
    population: Population, read: Callable[[Question, Picture], list[_Record]]
) -> Reckoned[_Record]:
    """Everybody may know them: they rest on published papers. `read` asks 1 statement."""

    def finder(question: Question, known: Picture) -> Finder[_Record]:
        rows = read(question, known)
        return lambda where: (row for row in rows if row.meets(where))

    return Reckoned(population, finder, lambda row: row.unit_id, lambda row: row.entry)


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
    _reckoned(
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
    _reckoned(
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
    _reckoned(
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
