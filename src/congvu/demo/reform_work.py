"""The demo's reform work: three programmes, who owes plans since 2021 and who has not issued them, items done and overdue, two
committees that share people, inspections with findings still open. Numbers and decisions are made up."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from congvu.demo.reform_work_texts import CONCLUSIONS, FOUND, ITEMS, MOTTOES, PROGRAMMES, SEATS
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.workdays.days import add_days
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.tasks.actions.carry_items import carry_items
from congvu.tasks.actions.draft_plan import NewPlan, draft_plan
from congvu.tasks.actions.issue_plan import Issue, issue_plan
from congvu.tasks.actions.keep_committee import NewSeat, keep_committee, record_conclusion, seat_members
from congvu.tasks.actions.record_inspection import (
    Held,
    NewFinding,
    NewInspection,
    hold_inspections,
    record_findings,
    record_inspection,
    remedy_findings,
)
from congvu.tasks.actions.record_programme import NewProgramme, record_programme
from congvu.tasks.actions.remind_missing import name_focal, remind_missing
from congvu.tasks.actions.report_items import Report, report_items
from congvu.tasks.actions.set_duty import NewDuty, let_off, set_duty
from congvu.tasks.actions.write_items import NewItem, write_all
from congvu.tasks.models import Plan, PlanDuty, PlanItem, Programme
from congvu.tasks.rules.coverage import owing
from congvu.tasks.rules.kinds import AGENCIES, COMMUNES, DISTRICTS, PERIOD, REFORM, YEAR

YEARS = range(2021, 2027)
LAZY = {"H99.19", "H99.23"}  # never in time; one of them has no plan for 2026 yet
WITHOUT = {
    2021: {"H99.23"},
    2022: {"H99.D8"},
    2024: {"H99.23", "H99.D5"},
    2026: {"H99.23", "H99.44", "H99.67", "H99.81"},
}
DRAFTED = {2026: {"H99.52", "H99.77"}}
COUNCIL = "H99.28"  # the elected bodies' own office owes nothing to the people's committee
Said = dict[str, Any]


def load(*, at: datetime, seed: int, full: bool = False) -> None:
    """Everything, up to the day of `at`. About 350 statements; `full` writes items into every plan of every year."""
    chance, known = random.Random(f"reform {seed}"), picture()
    (_, _, programme), _ = record_programme(
        [NewProgramme(*one, evidence="MEM") for one in PROGRAMMES], **_said(2021, 7, 20)
    )
    duties = _duties(programme, known)
    own = _own_plans(programme, known)
    plans = _unit_plans(programme, duties, known, own, chance, at)
    _items(own, plans, known, chance, at, full=full)
    _carry(own)
    _remind(duties, known, at)
    _committees()
    _inspections(known, chance)


def _said(year: int, month: int, day: int) -> Said:
    return {"by": SYSTEM, "at": datetime(year, month, day, 9, tzinfo=LEGAL_ZONE)}


def _who(at: datetime) -> Said:
    return {"by": Actor(name="Phòng Cải cách hành chính", username="he-thong", system=True), "at": at}


def _classes(year: int) -> tuple[str, ...]:
    return (AGENCIES, DISTRICTS) if year < 2026 else (AGENCIES, COMMUNES)


def _duties(programme: Programme, known: Picture) -> list[PlanDuty]:
    found: list[PlanDuty] = []
    for year in YEARS:
        wanted = [
            NewDuty(
                REFORM,
                YEAR,
                year,
                year,
                _classes(year),
                date(year, 1, 31),
                f"{year % 100 + 12}/UBND-NC",
                programme.pk,
            )
        ]
        if year in (2021, 2026):
            due = date(year, 3, 31)
            wanted.append(NewDuty(REFORM, PERIOD, year, year + 4, _classes(year), due, "", programme.pk))
        found += set_duty(wanted, **_said(year, 1, 4))
    council = known.by_code(COUNCIL)
    for one in found:
        if council is not None:
            let_off(one.pk, [council], "Văn phòng của cơ quan dân cử", **_said(one.first_year, 1, 4))
    return found


def _own_plans(programme: Programme, known: Picture) -> dict[tuple[str, int], Plan]:
    """The province's own plans: two periods, six years, each year under its period."""
    root = _unit(known, "H99")
    made: dict[tuple[str, int], Plan] = {}
    for term, first, last in (
        (PERIOD, 2021, 2025),
        (PERIOD, 2026, 2030),
        *((YEAR, year, year) for year in YEARS),
    ):
        day = date(first, 1, 8) if term == YEAR else date(first, 2, 26)
        said = _said(first, 3, 1) if term == PERIOD else _said(first, 1, 9)
        parent = made.get((PERIOD, 2021 if first < 2026 else 2026)) if term == YEAR else None
        new = NewPlan(
            root, REFORM, term, first, last, motto=MOTTOES.get(first, "") if term == YEAR else "",
            programme_id=programme.pk, parent_id=parent.pk if parent else None, drafted_on=add_days(day, -20),
        )  # fmt: skip
        (plan,) = draft_plan([new], **said)
        number = f"{first % 100 * 3 + (7 if term == YEAR else 40)}/KH-UBND"
        (made[term, first],) = issue_plan([Issue(plan.pk, number, day, "Phạm Đình Vinh")], **said)
    return made


def _unit_plans(
    programme: Programme, duties: Sequence[PlanDuty], known: Picture, own: dict[tuple[str, int], Plan],
    chance: random.Random, at: datetime,
) -> list[Plan]:  # fmt: skip
    """Plans of the units of then; a few missing, drafted only, or late."""
    issued: list[Plan] = []
    council = known.by_code(COUNCIL)
    for duty in duties:
        assert duty.due_on is not None  # each was given one above
        units = [unit for unit in owing(known, duty.due_on, duty.classes) if unit != council]
        codes = {unit: known.of(unit)[0].code for unit in units}
        missing = WITHOUT.get(duty.first_year, set()) if duty.term == YEAR else LAZY
        drafted = DRAFTED.get(duty.first_year, set()) if duty.term == YEAR else set()
        wanted = [
            NewPlan(
                unit, REFORM, duty.term, duty.first_year, duty.last_year, programme_id=programme.pk,
                parent_id=own[duty.term, duty.first_year].pk, drafted_on=add_days(duty.due_on, -30),
            )
            for unit in units
            if codes[unit] not in missing
        ]  # fmt: skip
        said = _who(min(at, datetime(duty.first_year, 6, 30, 9, tzinfo=LEGAL_ZONE)))
        plans = draft_plan(wanted, **said)
        issues = [
            Issue(
                plan.pk,
                _number(known, plan, chance),
                _day(duty, codes[plan.unit_id], chance),
            )
            for plan in plans
            if codes[plan.unit_id] not in drafted
        ]
        issued += issue_plan(issues, **said)
    return issued


def _number(known: Picture, plan: Plan, chance: random.Random) -> str:
    short = known.of(plan.unit_id)[0].short_name.replace(" ", "")
    return f"{chance.randrange(2, 60)}/KH-{short or 'UBND'}"


def _day(duty: PlanDuty, code: str, chance: random.Random) -> date:
    assert duty.due_on is not None
    late = code in LAZY or chance.random() < 0.06
    return add_days(duty.due_on, chance.randrange(4, 26) if late else -chance.randrange(1, 20))


def _items(
    own: dict[tuple[str, int], Plan], plans: Sequence[Plan], known: Picture, chance: random.Random, at: datetime,
    *, full: bool,
) -> None:  # fmt: skip
    """Items of the province's plans, led by departments, and of the units' plans of the last two years (of all, when full)."""
    for year in YEARS:
        end = min(at, datetime(year, 12, 31, 15, tzinfo=LEGAL_ZONE))
        leads = [
            unit
            for unit, kind in owing(known, date(year, 4, 1), (AGENCIES,)).items()
            if known.of(unit)[0].code != COUNCIL
        ]
        wanted = [(own[YEAR, year], list(_work(ITEMS, year, leads, chance)))]
        if full or year >= 2025:
            few = 5 if full else 3
            wanted += [
                (plan, list(_work(chance.sample(ITEMS, few), year, [plan.unit_id], chance)))
                for plan in plans
                if plan.term == YEAR and plan.first_year == year
            ]
        rows = write_all(wanted, **_who(datetime(year, 7, 1, 9, tzinfo=LEGAL_ZONE)))
        reports = list(_reports(rows, end.date(), known, chance))
        report_items(reports, **_who(end))


def _work(
    texts: Sequence[tuple[str, str, str]], year: int, leads: Sequence[int], chance: random.Random
) -> Iterator[NewItem]:
    for place, (content, text, product) in enumerate(texts):
        lead = chance.choice(leads)
        helpers = tuple(unit for unit in chance.sample(leads, min(2, len(leads) - 1)) if unit != lead)
        due = date(year, chance.randrange(3, 13), 25) if place % 9 else None
        yield NewItem(text, lead, content, product, due, "", helpers, priority=place % 7 == 0)


def _reports(
    rows: Sequence[PlanItem], until: date, known: Picture, chance: random.Random
) -> Iterator[Report]:
    """Most are done in time, some late, some not at all; what is due after the day stays open."""
    for row in rows:
        if row.due is None:
            continue
        luck = chance.random()
        day = add_days(row.due, -chance.randrange(0, 20) if luck < 0.78 else chance.randrange(3, 25))
        if luck < 0.93 and day <= until:
            yield Report(
                row.pk, day, f"{chance.randrange(20, 400)}/BC-{known.of(row.lead_id)[0].short_name or 'UBND'}"
            )


def _carry(own: dict[tuple[str, int], Plan]) -> None:
    """What 2025 left undone goes on in 2026."""
    due = date(2026, 12, 15)
    carry_items(
        own[YEAR, 2025].pk, own[YEAR, 2026].pk, due=due, **_who(datetime(2026, 1, 12, 9, tzinfo=LEGAL_ZONE))
    )


def _remind(duties: Sequence[PlanDuty], known: Picture, at: datetime) -> None:
    """Those without a plan for 2026 were reminded twice; one of them has a focal officer with an address."""
    name_focal(
        _unit(known, "H99.23"),
        "Trịnh Quốc Bình",
        "binh.tq@binhgiang.example",
        date(2026, 1, 5),
        **_said(2026, 1, 5),
    )
    this = next(one for one in duties if one.term == YEAR and one.first_year == 2026)
    for month, day in ((3, 2), (9, 14)):
        when = datetime(2026, month, day, 9, tzinfo=LEGAL_ZONE)
        if when < at:
            remind_missing(this.pk, by=Actor(name="Bùi Thanh Vân", username="he-thong", system=True), at=when)


def _committees() -> None:
    for place, (name, number, day) in enumerate(
        (("Ban Chỉ đạo cải cách hành chính tỉnh", "1105/QĐ-UBND", date(2021, 8, 16)),
         ("Ban Chỉ đạo chuyển đổi số tỉnh", "1302/QĐ-UBND", date(2021, 10, 4)))
    ):  # fmt: skip
        said = _said(day.year, day.month, day.day)
        board = keep_committee(name, number, day, day, **said)
        seat_members(
            board.pk,
            [
                NewSeat(who, post, role, since or day, until)
                for who, post, role, since, until, boards in SEATS
                if place in boards
            ],
            **said,
        )
        for number_, on, text, of in CONCLUSIONS:
            if of == place:
                record_conclusion(board.pk, number_, on, text, **_said(on.year, on.month, on.day))


def _inspections(known: Picture, chance: random.Random) -> None:
    home = _unit(known, "H99.08")
    for year in (2023, 2024, 2025, 2026):
        first, last = date(year, 8, 4), date(year, 9, 12)
        kind = DISTRICTS if year < 2025 else COMMUNES
        there = owing(known, first, (AGENCIES, kind))
        units = tuple(chance.sample(sorted(there), 6))
        new = NewInspection(
            f"Kiểm tra cải cách hành chính năm {year}", f"{year % 100 + 30}/KH-UBND", date(year, 3, 3), home, first, last, units,
            "Đỗ Xuân Trung",
        )  # fmt: skip
        one = record_inspection(new, **_said(year, 3, 5))
        seen = units if year < 2026 else units[:5]
        held = [
            Held(unit, add_days(first, 4 * place), f"Biên bản {place + 1}/BB-ĐKT")
            for place, unit in enumerate(seen)
        ]
        hold_inspections(one.pk, held, **_said(year, 9, 15))
        wanted = [
            NewFinding(unit, *found, due=date(year, 10, 31), content="TTHC")
            for unit in seen
            for found in chance.sample(FOUND, 2)
        ]
        rows = record_findings(one.pk, wanted, **_said(year, 9, 18))
        mended = rows if year < 2025 else rows[: 10 if year == 2025 else 6]
        done = [
            (row.pk, date(year, 10, chance.randrange(5, 31)), f"{chance.randrange(50, 300)}/BC-KP")
            for row in mended
        ]
        remedy_findings(done, **_said(year, 11, 5))


def _unit(known: Picture, code: str) -> int:
    unit = known.by_code(code)
    assert unit is not None  # named by the demo itself
    return unit
