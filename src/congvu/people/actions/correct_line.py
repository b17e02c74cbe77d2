"""Đính chính theo quyết định: a wrong post, salary step or line of the file is put right by a later decision that names it.

The wrong row is superseded, the right one takes its place, and the ledger of corrections shows both. What was recorded
just before and ended where the wrong line began follows it, so that no day is left without a line by the correction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.people.actions.correct import PART_CODES
from congvu.people.actions.correcting import (
    Ground,
    checked_ground,
    old_paper,
    part_words,
    post_words,
    step_words,
    to_ledger,
)
from congvu.people.actions.enter import Step, step_row
from congvu.people.actions.limits import refuse_beyond_posts
from congvu.people.actions.papers import Paper, checked_paper
from congvu.people.actions.recording import (
    again,
    held,
    keeping,
    names_of,
    posts_of,
    refuse_unit_not_there,
    refuse_unless_may_keep,
    supersede,
    write,
)
from congvu.people.models import Appointment, Correction, FilePart, SalaryStep
from congvu.people.queries.law import grades_on
from congvu.people.rules.codes import FULL, MOVED
from congvu.people.rules.record import Post, checked_post, refuse_second_full

GONE = "Dòng này vừa được sửa, hoặc không có trong hồ sơ."


@dataclass(frozen=True, slots=True)
class Line:
    """A training or a relative, as it should read."""

    code: str
    title: str
    note: str = ""
    first: date | None = None
    last: date | None = None


@transaction.atomic
def correct_post(
    person_id: int, post_id: int, post: Post | None, *, ground: Ground, by: Actor, at: datetime
) -> Correction:
    """A post as it should have been recorded; None: it never was. 12 statements and those of the guards of posts.

    The unit, title, pool, kind and days may be wrong; how the post ended stays. Refuses two full posts on a day, and
    striking out the only post: nobody would keep the file.
    """
    keeping(person_id, by, at)
    posts = posts_of([person_id])[person_id]
    old = next((one for one in posts if one.pk == post_id), None)
    if old is None:
        raise Refused(GONE, do="Tải lại trang.")
    clean = checked_ground(ground, old.decision_number, old.decision_date)
    known = picture()
    before = [one for one in posts if _led_to(one, old)]
    if post is None:
        if len(posts) == 1:
            raise Refused("Hủy dòng này thì người này không còn vị trí nào.", do="Sửa dòng thay vì hủy.")
        gone, rows = before, [_reopened(one, old, at, by) for one in before]
    else:
        new = checked_post(post)
        refuse_unless_may_keep(by, at, known, {new.unit_id})
        refuse_unit_not_there(new, known)
        gone = before if new.kind == FULL and new.valid_from != old.valid_from else []
        rows = [_moved_end(one, new.valid_from, at, by) for one in gone]
        others = [one for one in posts if one is not old and one not in gone]
        refuse_second_full(names_of([person_id]).get(person_id, ""), new, held([*others, *rows], known))
        rows.append(_right_post(old, new, at, by))
        was = Post(old.unit_id, old.kind, old.pool, old.position, old.valid_from)
        sits = old.kind == FULL and (old.valid_to is None or old.valid_to > at.date())
        lost = [was] if sits else []  # only such a post frees a place
        refuse_beyond_posts([new], lost, at.date())
    supersede([old, *gone], at)
    made = write(rows)[-1:] if post is not None else write(rows)[:0]
    became = post_words(made[0], known) if made else ""
    return to_ledger(
        old, Correction.POST, made[0].pk if made else None, (post_words(old, known), became), clean, by, at
    )


def _led_to(one: Appointment, old: Appointment) -> bool:
    """A full post that ended by the move the wrong line recorded."""
    return one.kind == old.kind == FULL and one.valid_to == old.valid_from and one.ending == MOVED


def _reopened(row: Appointment, old: Appointment, at: datetime, by: Actor) -> Appointment:
    """The post before a struck-out one holds on as the struck-out one would have."""
    return again(row, at, by, valid_to=old.valid_to, ending=old.ending, ending_decision=old.ending_decision)


def _right_post(old: Appointment, new: Post, at: datetime, by: Actor) -> Appointment:
    ending = (old.ending, old.ending_decision) if new.valid_to else ("", "")
    return again(
        old, at, by, unit_id=new.unit_id, kind=new.kind, pool=new.pool, position=new.position, valid_from=new.valid_from,
        valid_to=new.valid_to, ending=ending[0], ending_decision=ending[1],
    )  # fmt: skip


@transaction.atomic
def correct_step(
    person_id: int, step_id: int, step: Step | None, *, ground: Ground, by: Actor, at: datetime
) -> Correction:
    """A salary step as it should have been given; None: it never was. 11 statements.

    The step before ends where the right one begins; struck out, it holds on as if nothing had come.
    """
    keeping(person_id, by, at)
    steps = list(SalaryStep.objects.filter(person=person_id, superseded_at=None).order_by("valid_from"))
    old = next((one for one in steps if one.pk == step_id), None)
    if old is None:
        raise Refused(GONE, do="Tải lại trang.")
    clean = checked_ground(ground, old.decision_number, old.decision_date)
    before = [one for one in steps if one.valid_to == old.valid_from]
    if step is None:
        gone, rows = before, [again(one, at, by, valid_to=old.valid_to) for one in before]
    else:
        _refuse_out_of_order(step, old, steps)
        right = step_row(person_id, step, grades_on(at.date()), old_paper(old, by, at))
        right.valid_to = old.valid_to
        gone = before if step.valid_from != old.valid_from else []
        rows = [*(again(one, at, by, valid_to=step.valid_from) for one in gone), right]
    supersede([old, *gone], at)
    made = write(rows)[-1:] if step is not None else write(rows)[:0]
    words = (step_words(old), step_words(made[0]) if made else "")
    return to_ledger(old, Correction.STEP, made[0].pk if made else None, words, clean, by, at)


def _refuse_out_of_order(step: Step, old: SalaryStep, steps: Sequence[SalaryStep]) -> None:
    """The right step begins after those before the wrong one and before that which follows it."""
    if old.valid_to is not None and step.valid_from >= old.valid_to:
        raise Refused(
            f"Bậc sau bắt đầu từ {old.valid_to:%d/%m/%Y}, bậc này phải trước đó.", where="valid_from", do="Sửa ngày."
        )  # fmt: skip
    for one in steps:
        if one.valid_from < old.valid_from and one.valid_from >= step.valid_from:
            raise Refused(
                f"Bậc trước bắt đầu từ {one.valid_from:%d/%m/%Y}, không sau bậc này.", where="valid_from", do="Sửa ngày."
            )  # fmt: skip


@transaction.atomic
def correct_part(
    person_id: int, part_id: int, part: Line | Paper | None, *, ground: Ground, by: Actor, at: datetime
) -> Correction:
    """A training, a relative or a paper as it should read; None: taken out. 8 statements. A paper keeps its scan."""
    keeping(person_id, by, at)
    old = FilePart.objects.filter(pk=part_id, person=person_id, superseded_at=None).first()
    if old is None:
        raise Refused(GONE, do="Tải lại trang.")
    clean = checked_ground(
        ground, old.number if old.kind == "paper" else "", old.first if old.kind == "paper" else None
    )
    if old.destruction_id is not None:
        raise Refused("Tài liệu đã hủy, không sửa được.", do="Xem mục lục hồ sơ.")
    FilePart.objects.filter(pk=old.pk, superseded_at=None).update(superseded_at=at)
    new = _right_part(old, part, by, at) if part is not None else None
    if new is not None:
        new.save(force_insert=True)
    words = (part_words(old), part_words(new) if new is not None else "")
    hidden = old.sensitive or (new is not None and new.sensitive)
    return to_ledger(old, Correction.PART, new.pk if new else None, words, clean, by, at, sensitive=hidden)


def _right_part(old: FilePart, part: Line | Paper, by: Actor, at: datetime) -> FilePart:
    common: dict[str, Any] = {
        "person_id": old.person_id,
        "kind": old.kind,
        "recorded_at": at,
        "recorded_by": by.name[:200],
    }
    if isinstance(part, Paper):
        paper = checked_paper(part, at.date())
        return FilePart(
            **common, code=paper.code, title=paper.title, note=paper.note, first=paper.dated, number=paper.number,
            issuer=paper.issuer, sheets=paper.sheets, sensitive=paper.sensitive, file_id=old.file_id, file_name=old.file_name,
        )  # fmt: skip
    title = composed(part.title)[:300]
    if part.code not in PART_CODES[old.kind]:
        raise Refused("Chưa chọn loại.", where="code", do="Chọn trong danh sách.")
    if not title:
        raise Refused("Chưa ghi nội dung.", where="title", do="Ghi tên lớp hoặc họ tên.")
    if part.first and part.last and part.last < part.first:
        raise Refused("Ngày cuối trước ngày đầu.", where="last", do="Sửa một trong hai ngày.")
    return FilePart(
        **common,
        code=part.code,
        title=title,
        note=composed(part.note)[:500],
        first=part.first,
        last=part.last,
    )


def _moved_end(row: Appointment, day: date, at: datetime, by: Actor) -> Appointment:
    if day <= row.valid_from:
        raise Refused(
            f"Vị trí trước bắt đầu từ {row.valid_from:%d/%m/%Y}, không sau vị trí này.", where="valid_from", do="Sửa ngày."
        )  # fmt: skip
    return again(row, at, by, valid_to=day)
