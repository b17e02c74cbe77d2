"""Bố trí, điều động, biệt phái, kiêm nhiệm, thôi giữ: the verbs that change who holds which post."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months
from congvu.organisation.queries import picture
from congvu.people.actions.enter import post_row
from congvu.people.actions.limits import refuse_beyond_posts
from congvu.people.actions.recording import (
    Decision,
    again,
    held,
    locked,
    names_of,
    posts_of,
    refuse_unit_not_there,
    refuse_unless_may_keep,
    refuse_without_decision,
    supersede,
    told,
    write,
)
from congvu.people.models import Appointment
from congvu.people.queries.law import SECONDMENT, personnel_rules
from congvu.people.rules.codes import ENDINGS, FULL, LEAVING, MOVED, SECONDED
from congvu.people.rules.record import Post, checked_post, refuse_second_full


@transaction.atomic
def appoint(entries: Sequence[tuple[int, Post]], *, decision: Decision, by: Actor, at: datetime) -> int:
    """Give each person a post beside those held. Returns how many. 7 statements, 8 with a secondment, and those of
    the guards of posts.

    Refuses a second full post at once, more people than posts, a unit that is not there, a secondment longer than the law allows.
    """
    refuse_without_decision(decision)
    known, ids = picture(), [person for person, _ in entries]
    locked(ids)
    now, names = posts_of(ids), names_of(ids)
    posts = [(person, checked_post(post)) for person, post in entries]
    refuse_unless_may_keep(by, at, known, _units(now, posts))
    _refuse_long_secondment([post for _, post in posts], at.date())
    for person, post in posts:
        refuse_unit_not_there(post, known)
        refuse_second_full(names.get(person, ""), post, held(now[person], known))
    refuse_beyond_posts([post for _, post in posts], (), at.date())
    rows = write([post_row(person, post, decision.fields(by, at)) for person, post in posts])
    _audit("people.appoint", [(row.person_id, None, row) for row in rows], decision, by, at)
    return len(rows)


@transaction.atomic
def move(entries: Sequence[tuple[int, Post]], *, decision: Decision, by: Actor, at: datetime) -> int:
    """Move each person: the full post held that day ends, the new one begins the same day. 8 statements and
    those of the guards of posts.

    What else the person holds (kiêm nhiệm) stays. Refused for someone without a full post on that day.
    """
    refuse_without_decision(decision)
    known, ids = picture(), [person for person, _ in entries]
    locked(ids)
    now, names = posts_of(ids), names_of(ids)
    posts = [(person, checked_post(replace(post, kind=FULL))) for person, post in entries]
    refuse_unless_may_keep(by, at, known, _units(now, posts))
    gone: list[Appointment] = []
    new: list[Appointment] = []
    for person, post in posts:
        refuse_unit_not_there(post, known)
        old = next((one for one in now[person] if one.kind == FULL and _covers(one, post.valid_from)), None)
        if old is None or old.valid_from == post.valid_from:
            raise Refused(
                f"{names.get(person, '')} không giữ vị trí chuyên trách nào trước ngày {post.valid_from:%d/%m/%Y}.",
                where="valid_from",
                do="Chọn «bố trí» thay cho «điều động», hoặc sửa ngày.",
            )
        others = [one for one in now[person] if one is not old]
        refuse_second_full(names.get(person, ""), post, held(others, known))
        gone.append(old)
        new.append(_ended(old, post.valid_from, MOVED, decision, at, by))
        new.append(post_row(person, post, decision.fields(by, at)))
    left = [Post(old.unit_id, old.kind, old.pool, old.position, old.valid_from) for old in gone]
    refuse_beyond_posts([post for _, post in posts], left, at.date())
    supersede(gone, at)
    write(new)
    opened = new[1::2]
    _audit(
        "people.move",
        [(old.person_id, old, row) for old, row in zip(gone, opened, strict=True)],
        decision,
        by,
        at,
    )
    return len(gone)


@transaction.atomic
def end_posts(
    post_ids: Collection[int], day: date, ending: str, *, decision: Decision, by: Actor, at: datetime
) -> int:
    """End posts: `day` is the first day they are not held. Returns how many. 7 statements."""
    refuse_without_decision(decision)
    rows = list(Appointment.objects.filter(pk__in=post_ids, superseded_at=None))
    if len(rows) != len(set(post_ids)):
        raise Refused("Vị trí này vừa được người khác sửa.", do="Tải lại trang rồi làm lại.")
    locked([row.person_id for row in rows])
    return _end(rows, day, ending, decision, by, at)


@transaction.atomic
def leave(
    person_ids: Collection[int], day: date, ending: str, *, decision: Decision, by: Actor, at: datetime
) -> int:
    """People leave: all they hold ends; `day` is the first day of not being here. Returns how many. 7 statements."""
    refuse_without_decision(decision)
    if ending not in LEAVING:
        raise Refused("Chưa chọn lý do thôi làm việc.", where="ending", do="Chọn trong danh sách.")
    locked(person_ids)
    rows = [
        row
        for posts in posts_of(person_ids).values()
        for row in posts
        if row.valid_to is None or row.valid_to > day
    ]
    if {row.person_id for row in rows} != set(person_ids):
        raise Refused(
            "Có người không còn giữ vị trí nào vào ngày ấy.", where="valid_from", do="Bỏ chọn người đó."
        )
    _end(rows, day, ending, decision, by, at)
    return len(set(person_ids))


def _end(
    rows: Sequence[Appointment], day: date, ending: str, decision: Decision, by: Actor, at: datetime
) -> int:
    if ending not in ENDINGS:
        raise Refused(f"Không có lý do «{ending}».", where="ending", do="Chọn trong danh sách.")
    refuse_unless_may_keep(by, at, picture(), {row.unit_id for row in rows})
    late = next((row for row in rows if row.valid_to is not None and row.valid_to <= day), None)
    if late is not None:
        raise Refused(
            f"Vị trí {late.position} đã thôi từ {late.valid_to:%d/%m/%Y}.", where="valid_from", do="Sửa ngày."
        )
    supersede(rows, at)
    write([_ended(row, day, ending, decision, at, by) for row in rows if row.valid_from < day])
    changed = [(row.person_id, row, None) for row in rows]
    _audit("people.end_post", changed, decision, by, at, {"ending": ENDINGS[ending], "to": day.isoformat()})
    return len(rows)


def _ended(
    row: Appointment, day: date, ending: str, decision: Decision, at: datetime, by: Actor
) -> Appointment:
    return again(row, at, by, valid_to=day, ending=ending, ending_decision=decision.number[:100])


def _covers(post: Appointment, day: date) -> bool:
    return post.valid_from <= day and (post.valid_to is None or day < post.valid_to)


def _units(now: Mapping[int, list[Appointment]], posts: Sequence[tuple[int, Post]]) -> set[int]:
    """The units whose keeper must agree: those the posts go to, and where the people are now."""
    latest = {person: of[-1].unit_id for person, of in now.items() if of}
    return {post.unit_id for _, post in posts} | set(latest.values())


def _refuse_long_secondment(posts: Sequence[Post], today: date) -> None:
    if not any(post.kind == SECONDED for post in posts):
        return
    rule = personnel_rules(today)[SECONDMENT]
    for post in posts:
        latest = add_months(post.valid_from, int(rule.value))
        if post.kind == SECONDED and (post.valid_to is None or post.valid_to > latest):
            raise Refused(
                f"Biệt phái không quá {rule.value} tháng, phải hết trước {latest:%d/%m/%Y}.",
                where="valid_to",
                do="Ghi ngày hết biệt phái; gia hạn bằng quyết định mới.",
                article=rule.citation,
            )


def _audit(
    verb: str,
    changed: Sequence[tuple[int, Appointment | None, Appointment | None]],
    decision: Decision,
    by: Actor,
    at: datetime,
    after: Mapping[str, Any] | None = None,
) -> None:
    rows = [(person, told(old) if old else None, told(new) if new else after) for person, old, new in changed]
    record_many(verb, "person", rows, by=by, at=at, why=decision.number)
