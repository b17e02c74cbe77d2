"""The careers of the demo's people written down by COPY: persons, posts, salary steps, training, the log of the entering."""

import json
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from congvu.demo.bareload import bare
from congvu.demo.careers import Career, Province, Seat, days_of, days_of_change
from congvu.demo.people import FAMILY, GIVEN, MIDDLE
from congvu.demo.staff import PAPER
from congvu.demo.units import FOUNDED
from congvu.dossiers.bulk.copying import cell, copy_in, line, take_ids
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.text import fold
from congvu.foundation.workdays.days import add_days, add_months
from congvu.organisation.models import UnitEvent
from congvu.organisation.queries import picture
from congvu.people.models import Appointment
from congvu.people.queries.law import RETIREMENT, grades_on, personnel_rules
from congvu.people.rules.codes import CIVIL, CONTRACT, FEMALE, FULL, POOLS
from congvu.people.rules.record import sort_key
from congvu.people.rules.retirement import ages_of
from congvu.people.rules.salary import Grade, Grades, following, next_due
from congvu.staffing.models import QuotaDecision
from congvu.staffing.queries.ledger import balances
from congvu.staffing.queries.room import beyond_posts
from congvu.staffing.rules.kinds import ISSUED

_DATED = ("decision_number", "decision_date", "decided_by", "recorded_at", "recorded_by")
_COLUMNS = {
    "people_person": ("id", "number", "recorded_at"),
    "people_personversion": (
        "person_id", "name", "name_folded", "sort_key", "birth", "sex", "ethnicity", "citizen_number", "hired_on",
        "qualification", "politics", "details", "valid_from", *_DATED,
    ),
    "people_appointment": (
        "person_id", "unit_id", "kind", "pool", "position", "valid_from", "valid_to", "ending", "ending_decision",
        "followed_id", *_DATED,
    ),
    "people_salarystep": (
        "person_id", "grade", "step", "coefficient", "over_frame", "counted_from", "next_due", "valid_from", "valid_to",
        *_DATED,
    ),
    "people_filepart": (
        "person_id", "kind", "code", "title", "note", "first", "recorded_at", "recorded_by",
    ),
    "audit_auditentry": ("at", "actor_name", "verb", "object_kind", "object_id", "why", "after"),
}  # fmt: skip
TABLES = tuple(table for table in _COLUMNS if table.startswith("people"))
_PEOPLES = ("Kinh",) * 15 + ("Tày", "Nùng", "Dao", "Mường", "Mông")
_GRADES = {
    "Giáo viên mầm non": "V.07.02.26", "Giáo viên tiểu học": "V.07.03.29", "Giáo viên trung học cơ sở": "V.07.04.32",
    "Giáo viên trung học phổ thông": "V.07.05.15", "Bác sĩ": "V.08.01.03", "Điều dưỡng": "V.08.05.12",
    "Kỹ thuật y": "V.08.07.18", "Kế toán viên": "06.031", "Cán sự": "01.004", "Nhân viên lái xe": "01.010",
}  # fmt: skip
_TRAINED = (
    ("qlnn", "Bồi dưỡng ngạch chuyên viên"), ("ly_luan", "Trung cấp lý luận chính trị"), ("tin_hoc", "Tin học cơ bản"),
    ("boi_duong", "Bồi dưỡng theo vị trí việc làm"), ("ngoai_ngu", "Tiếng Anh bậc 2"),
)  # fmt: skip
_LATE = 0.03  # of the steps of the last year that nobody raised in time


def load(*, at: datetime, seed: int, pools: Collection[str] = tuple(POOLS)) -> int:
    """Everybody who held a post of the ledger since 2015, beside those who are there already. Returns how many people.

    Needs an open transaction. Some 40 statements and a COPY a table. Refuses to leave more people than posts anywhere.
    """
    known, today = picture(), at.date()
    decided = QuotaDecision.objects.filter(state=ISSUED).values_list("effective", flat=True)
    starts = days_of_change(decided, (flow.effective for flow in known.flows), FOUNDED, today)
    posts = [one.posts for one in balances(starts, known)]
    there = Appointment.objects.filter(kind=FULL, superseded_at=None).values_list(
        "unit_id", "pool", "position", "valid_from", "decision_number", "valid_to"
    )
    days = days_of(starts, today, posts, [Seat(*row) for row in there], known)
    numbers = dict(UnitEvent.objects.values_list("id", "decision_number"))
    ages = ages_of(personnel_rules(today)[RETIREMENT].value)
    careers = Province(known, ages, numbers, pools, seed).walk(days, today)
    _write(careers, grades_on(today), at, seed)
    for on in (*starts, today):
        beyond = beyond_posts(on, known)
        if beyond:
            raise RuntimeError(f"more people than posts on {on}: {beyond[:3]}")
    return len(careers)


def _write(careers: Sequence[Career], grades: Grades, at: datetime, seed: int) -> None:
    lines: dict[str, list[str]] = {table: [] for table in _COLUMNS}
    pen = _Pen(grades, at, random.Random(f"careers written {seed}"))
    ids = take_ids("people_person_id_seq", len(careers))
    for pk, one in zip(ids, careers, strict=True):
        for table, row in pen.rows(pk, one):
            lines[table].append(line(row))
    with bare(TABLES):
        for table, columns in _COLUMNS.items():
            more, cells = _unsaid(table, columns)
            copy_in(table, (*more, *columns), [cells + row for row in lines.pop(table)])


def _unsaid(table: str, columns: Sequence[str]) -> tuple[list[str], str]:
    """Columns of which a career says nothing: what the model gives a new row, as the beginning of a line."""
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    fields = [
        one
        for one in model._meta.concrete_fields
        if one.column not in columns and one.has_default() and one.get_default() is not None
    ]
    return [str(one.column) for one in fields], "".join(f"{cell(one.get_default())}\t" for one in fields)


@dataclass(slots=True)
class _Pen:
    """Writes one person after the other."""

    grades: Grades
    at: datetime
    chance: random.Random

    def rows(self, pk: int, one: Career) -> Iterator[tuple[str, Sequence[object]]]:
        """(table, row) of everything that is known of a person."""
        chance, number = self.chance, f"CB{pk:06d}"
        names = 0 if one.sex == FEMALE else 1
        name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[names])} {chance.choice(GIVEN[names])}"
        level = (
            "TC"
            if one.seats[-1].pool == CONTRACT
            else chance.choice(("DH",) * 13 + ("THS",) * 4 + ("CD", "CD", "TC"))
        )
        politics = (
            chance.choice(("TC", "SC", "", ""))
            if one.seats[-1].pool == CIVIL
            else chance.choice(("SC", "", "", ""))
        )
        citizen = f"099{names ^ 1}{one.birth.year % 100:02d}{pk % 10**6:06d}"
        paper = (PAPER.number, PAPER.signed_on, PAPER.by, self.at, SYSTEM.name)
        yield "people_person", (pk, number, self.at)
        yield "people_personversion", (
            pk, name, fold(name), sort_key(name), one.birth, one.sex, chance.choice(_PEOPLES), citizen, one.hired, level,
            politics, '{"home_place": "Bình Giang", "general_education": "12/12"}', one.birth, *paper,
        )  # fmt: skip
        for seat in one.seats:
            yield "people_appointment", (
                pk, seat.unit, FULL, seat.pool, seat.position, seat.since, seat.until, seat.ending, seat.ending_decision,
                seat.event, seat.decision, seat.since, "", self.at, SYSTEM.name,
            )  # fmt: skip
        for row in self._steps(one):
            yield "people_salarystep", (pk, *row, *paper)
        if chance.random() < 0.7:
            code, title = chance.choice(_TRAINED)
            day = add_days(one.seats[0].since, chance.randrange(30, 300))
            yield "people_filepart", (pk, "training", code, title, "", day, self.at, SYSTEM.name)
        told = json.dumps({"number": number, "name": name}, ensure_ascii=False)
        yield "audit_auditentry", (self.at, SYSTEM.name, "people.enter", "person", pk, PAPER.number, told)

    def _steps(self, one: Career) -> Iterator[Sequence[object]]:
        """Every step since 2015, each when the one before had been waited out."""
        of = self._grade(one)
        end = one.leaves if one.gone else None
        last = end or self.at.date()
        year_ago = add_months(last, -12)
        step, over, since = 1, 0, one.hired
        if of.code == "01.002":  # came up from the grade below after its fifth step
            since = add_months(since, 15 * 12)
        while since < last:
            due = next_due(of, step, over, since)
            forgotten = end is None and due > year_ago and self.chance.random() < _LATE
            until = due if due < last and not forgotten else end
            if until is None or until > FOUNDED:
                yield of.code, step, of.coefficient(step), over, since, due, since, until
            if until is None or until == end:
                return
            since = until
            step, over = following(of, step, over)

    def _grade(self, one: Career) -> Grade:
        seat = one.seats[-1]
        code = _GRADES.get(seat.position, "01.005" if seat.pool == CONTRACT else "01.003")
        old = (one.leaves if one.gone else self.at.date()).year - one.hired.year > 18
        if code == "01.003" and old and self.chance.random() < 0.3:
            code = "01.002"
        return self.grades[code]
