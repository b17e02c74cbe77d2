"""Ghi người thuộc diện tinh giản vào đợt; bỏ ra; duyệt cả đợt bằng quyết định. People released, never posts.

Whoever is in the register is released as the register knows them, once; when the batch is approved their posts end in
the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rules_at
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.formats import number
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.actions.appoint import leave
from congvu.people.actions.recording import Decision, locked, posts_of, refuse_unless_may_keep
from congvu.people.models import Appointment, PersonVersion, SalaryStep
from congvu.people.queries.law import RETIREMENT, personnel_rules
from congvu.people.rules.codes import FULL, RESIGNED, RETIRED, UNPAID
from congvu.people.rules.retirement import Ages, ages_of, retirement_of
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.models import Release
from congvu.staffing.rules.kinds import POOLS
from congvu.staffing.rules.streamlining import (
    CATEGORIES,
    EARLY,
    LEAVE,
    MOVED,
    PACK_RULES,
    STREAMLINED,
    Allowance,
    Facts,
    months_before,
    worked_out,
)

ENDED_AS = {EARLY: RETIRED, LEAVE: RESIGNED, MOVED: UNPAID}  # why the posts of who left by a regime ended


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person who leaves: who, from where, why, by which regime, with what the money depends on. With `person_id` the
    register says who it is and where, and the months of an early retirement when `facts` leaves them at 0."""

    name: str
    born: date | None
    title: str
    unit_id: int
    pool: str
    category: str
    article: str
    leaves_on: date
    facts: Facts
    person_id: int | None = None
    pack: str = STREAMLINED
    extra_pay: int = 0
    ratings: str = ""
    sex: str = ""
    qualification: str = ""
    coefficient: Decimal | None = None


def of_register(
    person_id: int, category: str, article: str, leaves_on: date, facts: Facts, **more: Any
) -> Leaving:
    """Someone of the register: name, birth, title, unit and pool are read there when the case is recorded."""
    return Leaving("", None, "", 0, "", category, article, leaves_on, facts, person_id=person_id, **more)


def money_rules(day: date) -> dict[str, LawRule]:
    """The rules of money of every pack in force on a day, by code. 1 statement."""
    prefixes = tuple(PACK_RULES.values())
    return {row.code: row for row in rules_at(day) if row.code.startswith(prefixes)}


def estimate(
    pack: str, facts: Facts, leaves_on: date, rules: Mapping[str, LawRule]
) -> tuple[Allowance, LawRule]:
    """The money by the pack's rule in force on the day of leaving, and that rule, of `rules`. No statement."""
    rule = rules.get(f"{PACK_RULES.get(pack, '')}{facts.regime}")
    if rule is None:
        raise Refused(
            f"Chưa có quy định của gói và chế độ này cho ngày {leaves_on:%d/%m/%Y}.",
            where="regime",
            do="Chọn gói, chế độ khác, hoặc kiểm tra thời điểm nghỉ.",
        )
    return worked_out(pack, facts, {**rule.value, "article": rule.citation}), rule


@transaction.atomic
def record_release(
    year: int, half: int, leaving: Sequence[Leaving], *, by: Actor, at: datetime
) -> list[Release]:
    """Put people into a batch (two a year). 3 statements and one a day of leaving for the rules, 6 more when some are of the
    register. Refuses a batch approved, and who was released already or holds no full post."""
    refuse_unless_may_write(by)
    if half not in (1, 2):
        raise Refused("Mỗi năm có hai đợt: 1 và 2.", where="half", do="Chọn đợt 1 hoặc đợt 2.")
    if Release.objects.filter(year=year, half=half, approved_at__isnull=False).exists():
        raise Refused(f"Đợt {half} năm {year} đã duyệt.", where="half", do="Ghi vào đợt sau.")
    known = picture()
    rules = {day: money_rules(day) for day in {one.leaves_on for one in leaving}}
    rows = []
    for one in _known(leaving, known, by, at):
        if one.category not in CATEGORIES or one.pool not in POOLS:
            raise Refused("Diện tinh giản hoặc nhóm không có trong danh mục.", where="category")
        if not composed(one.name) or one.born is None:
            raise Refused("Thiếu họ tên hoặc ngày sinh.", where="name", do="Ghi họ tên, ngày sinh.")
        if known.at(one.unit_id, previous_day(one.leaves_on)) is None:
            raise Refused(
                "Đơn vị không hoạt động vào ngày nghỉ.", where="unit", do="Kiểm tra đơn vị và ngày."
            )
        told, rule = estimate(one.pack, one.facts, one.leaves_on, rules[one.leaves_on])
        rows.append(_row(one, one.born, told, rule, year, half, by, at))
    written = Release.objects.bulk_create(rows)
    record_many(
        "staffing.record_release", "release", [(row.id, None, _facts(row)) for row in written],
        by=by, at=at, why=f"Đợt {half} năm {year}",
    )  # fmt: skip
    return written


def _known(leaving: Sequence[Leaving], known: Picture, by: Actor, at: datetime) -> list[Leaving]:
    """The cases, those of the register told as the register knows the people, who are locked. 6 statements."""
    ids = [one.person_id for one in leaving if one.person_id is not None]
    if not ids:
        return list(leaving)
    if len(set(ids)) < len(ids):
        raise Refused("Một người ghi hai lần.", where="name", do="Bỏ một dòng.")
    locked(ids)
    versions = {
        row.person_id: row
        for row in PersonVersion.objects.filter(person__in=ids, superseded_at=None).order_by("valid_from")
    }
    _refuse_released(ids, versions)
    posts = posts_of(ids)
    steps = {
        row.person_id: row.coefficient
        for row in SalaryStep.objects.filter(person__in=ids, superseded_at=None).order_by("valid_from")
    }
    ages = ages_of(personnel_rules(at.date())[RETIREMENT].value)
    told = []
    for one in leaving:
        if one.person_id is None:
            told.append(one)
            continue
        about = versions[one.person_id]
        post = _full_post(posts[one.person_id], one.leaves_on, about.name)
        refuse_unless_may_keep(by, at, known, [post.unit_id])
        told.append(
            replace(
                one, name=about.name, born=about.birth, title=post.position, unit_id=post.unit_id, pool=post.pool,
                sex=about.sex, qualification=about.qualification, coefficient=steps.get(one.person_id),
                facts=_with_months(one, about, ages),
            )
        )  # fmt: skip
    return told


def _refuse_released(ids: Sequence[int], versions: dict[int, PersonVersion]) -> None:
    again = Release.objects.filter(person__in=ids).order_by("year", "half").first()
    if again is not None and again.person_id is not None:
        raise Refused(
            f"{versions[again.person_id].name} đã ở đợt {again.half} năm {again.year}"
            f"{f', {again.decision_number}' if again.decision_number else ''}; mỗi người chỉ tinh giản một lần.",
            where="name",
            do="Kiểm tra lại người, hoặc bỏ khỏi đợt kia nếu chưa duyệt.",
        )


def _full_post(posts: Sequence[Appointment], leaves_on: date, name: str) -> Appointment:
    """The full post still held on the last day of work. Refuses who holds none."""
    last = previous_day(leaves_on)
    for post in posts:
        if post.kind == FULL and post.valid_from <= last and (post.valid_to is None or post.valid_to > last):
            return post
    raise Refused(
        f"{name} không giữ vị trí chuyên trách nào vào ngày {last:%d/%m/%Y}.",
        where="leaves_on",
        do="Kiểm tra người và thời điểm nghỉ.",
    )


def _with_months(one: Leaving, about: PersonVersion, ages: Ages) -> Facts:
    if one.facts.regime != EARLY or one.facts.months_early:
        return one.facts
    last_day = retirement_of(about.birth, about.sex, ages).last_day
    return replace(one.facts, months_early=months_before(one.leaves_on, last_day))


def _row(
    one: Leaving, born: date, told: Allowance, rule: LawRule, year: int, half: int, by: Actor, at: datetime
) -> Release:
    parts = [
        [part.what, number(Decimal(part.months.numerator) / part.months.denominator), part.money]
        for part in told.parts
    ]
    return Release(
        year=year, half=half, person_id=one.person_id, name=composed(one.name)[:120], born=born,
        title=composed(one.title)[:120], unit_id=one.unit_id, pool=one.pool, category=one.category,
        article=composed(one.article)[:200], pack=one.pack, regime=one.facts.regime, leaves_on=one.leaves_on,
        salary=one.facts.salary, insured_months=one.facts.insured_months, months_early=one.facts.months_early,
        months_since=one.facts.months_since, sex=one.sex, qualification=one.qualification, coefficient=one.coefficient,
        extra_pay=one.extra_pay, ratings=composed(one.ratings)[:200], money=told.money, parts=parts,
        rule_citation=rule.citation, rule_evidence=rule.evidence, recorded_at=at, recorded_by=by.name,
    )  # fmt: skip


@transaction.atomic
def remove_release(release_ids: Iterable[int], *, by: Actor, at: datetime, why: str = "") -> int:
    """Take people out of a batch that is not approved. 3 statements. Returns how many."""
    refuse_unless_may_write(by)
    found = list(Release.objects.select_for_update(of=("self",)).filter(id__in=list(release_ids)))
    if any(row.approved_at is not None for row in found):
        raise Refused("Đợt đã duyệt, không bỏ người ra được.", do="Báo cáo cơ quan đã duyệt.")
    record_many(
        "staffing.remove_release",
        "release",
        [(row.id, _facts(row), None) for row in found],
        by=by,
        at=at,
        why=why,
    )
    Release.objects.filter(id__in=[row.id for row in found]).delete()
    return len(found)


@transaction.atomic
def approve_batch(year: int, half: int, decided: str, *, by: Actor, at: datetime) -> int:
    """Approve everybody of a batch by a decision; from then on the list stands, and the posts of those of the register
    end on their days. 3 statements, and those of `leave` for each day and regime. Again: nothing."""
    refuse_unless_may_write(by)
    if not composed(decided):
        raise Refused("Thiếu số quyết định phê duyệt.", where="number", do="Ghi số, ký hiệu quyết định.")
    waiting = list(
        Release.objects.select_for_update(of=("self",)).filter(year=year, half=half, approved_at=None)
    )
    Release.objects.filter(id__in=[row.id for row in waiting]).update(
        approved_at=at, approved_by=by.name, decision_number=composed(decided)[:100]
    )
    _end_posts(waiting, Decision(decided), by, at)
    after = {"decision": composed(decided)[:100]}
    record_many(
        "staffing.approve_batch",
        "release",
        [(row.id, None, after) for row in waiting],
        by=by,
        at=at,
        why=f"Đợt {half} năm {year}",
    )
    return len(waiting)


def _end_posts(rows: Sequence[Release], decision: Decision, by: Actor, at: datetime) -> None:
    """All that the people of the register hold ends on the day each leaves."""
    people = {row.person_id: row for row in rows if row.person_id is not None}
    if not people:
        return
    locked(list(people))
    for person, posts in posts_of(list(people)).items():
        _full_post(posts, people[person].leaves_on, people[person].name)
    together: dict[tuple[date, str], list[int]] = {}
    for person, row in people.items():
        together.setdefault((row.leaves_on, ENDED_AS[row.regime]), []).append(person)
    for (day, ending), ids in sorted(together.items()):
        leave(ids, day, ending, decision=decision, by=by, at=at)


def _facts(row: Release) -> dict[str, Any]:
    kept = ("name", "person_id", "unit_id", "pool", "category", "pack", "regime", "money")
    return {**{name: getattr(row, name) for name in kept}, "leaves_on": row.leaves_on.isoformat()}
