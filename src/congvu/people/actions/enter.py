"""Lập hồ sơ: people enter the register, each with the lines of the form, first posts and salary step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.actions.limits import newcomers, refuse_beyond_posts
from congvu.people.actions.recording import (
    Decision,
    new_ids,
    refuse_unit_not_there,
    refuse_unless_may_keep,
    write,
)
from congvu.people.models import Appointment, Person, PersonVersion, SalaryStep
from congvu.people.queries.law import grades_on
from congvu.people.rules.record import Facts, Held, Post, checked, checked_post, refuse_second_full, sort_key
from congvu.people.rules.salary import Grades, grade, next_due


@dataclass(frozen=True, slots=True)
class Step:
    """A salary step: its grade and number, from when it is paid, from when the wait for the next one runs."""

    grade: str
    step: int
    valid_from: date
    over_frame: int = 0
    counted_from: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Someone to be entered. `number` "" is given by the system."""

    facts: Facts
    posts: tuple[Post, ...]
    number: str = ""
    salary: Step | None = None


@transaction.atomic
def enter(
    people: Sequence[NewPerson], *, decision: Decision, by: Actor, at: datetime, recruiting: bool = False
) -> list[Person]:
    """Write the people, in order. 12 statements for any number, and those of the guards of posts for who is taken in anew
    and so needs a free post: all when `recruiting`, else whose post begins when the office's register was kept already.
    Who was here before that is only written down.

    Refuses: a post in a unit the actor does not keep or that was not there, two full posts at once, a number or a
    citizen number that somebody has, facts that cannot be.
    """
    known, today = picture(), at.date()
    ready = [prepared(one, today, known) for one in people]
    refuse_unless_may_keep(by, at, known, {post.unit_id for one in ready for post in one.posts})
    _refuse_taken(ready)
    posts = [post for one in ready for post in one.posts]
    anew = posts if recruiting else [posts[at] for at in newcomers(posts, known, today)]
    refuse_beyond_posts(anew, (), today)
    grades = grades_on(today) if any(one.salary for one in ready) else {}
    ids = new_ids(len(ready))
    rows = [
        Person(id=pk, number=one.number or f"CB{pk:06d}", recorded_at=at)
        for pk, one in zip(ids, ready, strict=True)
    ]
    _write_people(rows)
    paper = decision.fields(by, at)
    pairs = list(zip(ids, ready, strict=True))
    write([version_row(pk, one.facts, one.facts.birth, paper) for pk, one in pairs])
    write([post_row(pk, post, paper) for pk, one in pairs for post in one.posts])
    write([step_row(pk, one.salary, grades, paper) for pk, one in pairs if one.salary])
    record_many(
        "people.enter",
        "person",
        [
            (row.pk, None, {"number": row.number, "name": one.facts.name})
            for row, one in zip(rows, ready, strict=True)
        ],
        by=by,
        at=at,
        why=decision.number,
    )
    return rows


def _write_people(rows: Sequence[Person]) -> None:
    try:
        Person.objects.bulk_create(rows, batch_size=5000)
    except IntegrityError as clash:  # somebody else gave a number away since `_refuse_taken` looked
        numbers = ", ".join(row.number for row in rows[:3]) + (", …" if len(rows) > 3 else "")
        raise Refused(
            f"Số hiệu {numbers} vừa được cấp cho người khác.",
            where="number",
            do="Để trống để hệ thống cấp số.",
        ) from clash


def prepared(one: NewPerson, today: date, known: Picture) -> NewPerson:
    """The person, checked by every rule that needs no database. Refuses with the field that is wrong."""
    facts = checked(one.facts, today)
    if not one.posts:
        raise Refused("Chưa ghi vị trí công tác nào.", where="posts", do="Ghi ít nhất một đơn vị, chức danh.")
    posts: list[Post] = []
    for post in map(checked_post, one.posts):
        refuse_unit_not_there(post, known)
        refuse_second_full(
            facts.name,
            post,
            [Held(p.kind, p.valid_from, p.valid_to, known.name(p.unit_id, p.valid_from)) for p in posts],
        )
        if post.valid_from <= facts.birth:
            raise Refused("Ngày nhận vị trí trước ngày sinh.", where="valid_from", do="Kiểm tra lại ngày.")
        posts.append(post)
    return NewPerson(facts, tuple(posts), one.number.strip().upper()[:20], one.salary)


def taken(numbers: Collection[str], citizen_numbers: Collection[str]) -> tuple[set[str], dict[str, str]]:
    """Numbers of files already given, and whose file has a citizen number ({citizen number: file}). 2 statements."""
    given = set(
        Person.objects.filter(number__in=[one for one in numbers if one]).values_list("number", flat=True)
    )
    owners = PersonVersion.objects.filter(
        citizen_number__in=[one for one in citizen_numbers if one], superseded_at=None
    )
    return given, dict(owners.values_list("citizen_number", "person__number"))


def _refuse_taken(people: Sequence[NewPerson]) -> None:
    seen: set[str] = set()
    for one in people:
        for number in (one.number, one.facts.citizen_number):
            if number and number in seen:
                raise Refused(f"Số {number} ghi cho hai người.", where="number", do="Sửa một trong hai.")
            seen.add(number)
    given, owners = taken([one.number for one in people], [one.facts.citizen_number for one in people])
    for one in people:
        if one.number in given:
            raise Refused(f"Số hiệu {one.number} đã cấp.", where="number", do="Để trống để hệ thống cấp số.")
        owner = owners.get(one.facts.citizen_number)
        if owner:
            raise Refused(
                f"Số định danh này đã có ở hồ sơ {owner}.",
                where="citizen_number",
                do="Mở hồ sơ đó thay vì lập hồ sơ mới.",
            )


def version_row(person: int, facts: Facts, since: date, paper: dict[str, object]) -> PersonVersion:
    return PersonVersion(
        person_id=person, name=facts.name, name_folded=fold(facts.name), sort_key=sort_key(facts.name), birth=facts.birth,
        sex=facts.sex, ethnicity=facts.ethnicity, citizen_number=facts.citizen_number, hired_on=facts.hired_on,
        qualification=facts.qualification, politics=facts.politics, details=dict(facts.details), valid_from=since, **paper,
    )  # fmt: skip


def post_row(person: int, post: Post, paper: dict[str, object]) -> Appointment:
    return Appointment(
        person_id=person, unit_id=post.unit_id, kind=post.kind, pool=post.pool, position=post.position,
        valid_from=post.valid_from, valid_to=post.valid_to, **paper,
    )  # fmt: skip


def step_row(person: int, step: Step, grades: Grades, paper: dict[str, object]) -> SalaryStep:
    """A row of a step, with its coefficient and the day the next one is due, by the law table. Refuses what it lacks."""
    of, counted = grade(step.grade, grades), step.counted_from or step.valid_from
    return SalaryStep(
        person_id=person, grade=of.code, step=step.step, coefficient=of.coefficient(step.step), over_frame=step.over_frame,
        counted_from=counted, next_due=next_due(of, step.step, step.over_frame, counted), valid_from=step.valid_from, **paper,
    )  # fmt: skip
