"""Xếp lương, nâng bậc: salary steps given by decision, one by one or a whole list."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.people.actions.enter import Step, step_row
from congvu.people.actions.recording import (
    Decision,
    again,
    locked,
    names_of,
    refuse_unless_keeps_files,
    refuse_without_decision,
    supersede,
    write,
)
from congvu.people.models import SalaryStep
from congvu.people.queries.law import grades_on
from congvu.people.rules.salary import following, grade


@transaction.atomic
def give_step(steps: Mapping[int, Step], *, decision: Decision, by: Actor, at: datetime) -> int:
    """Each person's step from a day on; the one before ends that day. Returns how many. 9 statements."""
    refuse_without_decision(decision)
    locked(steps)
    refuse_unless_keeps_files(list(steps), by, at)
    return _give(steps, _steps_of(list(steps)), decision, by, at)


@transaction.atomic
def raise_due(person_ids: Collection[int], *, decision: Decision, by: Actor, at: datetime) -> int:
    """Nâng bậc lương thường xuyên: the step that follows, each from the day it is due. Returns how many. 10 statements.

    Refuses someone without a step, or whose wait is not over on the day of the decision's recording.
    """
    refuse_without_decision(decision)
    locked(person_ids)
    refuse_unless_keeps_files(person_ids, by, at)
    grades, names, now = grades_on(at.date()), names_of(person_ids), _steps_of(person_ids)
    steps: dict[int, Step] = {}
    for person in person_ids:
        old = now.get(person)
        if old is None or old.next_due is None or old.next_due > at.date():
            due = f"đến {old.next_due:%d/%m/%Y}" if old and old.next_due else "chưa có bậc lương"
            raise Refused(
                f"{names.get(person, '')} chưa đến kỳ nâng bậc ({due}).",
                where="people",
                do="Bỏ chọn người này.",
                article="Thông tư 08/2013/TT-BNV, Điều 2",
            )
        step, over = following(grade(old.grade, grades), old.step, old.over_frame)
        steps[person] = Step(old.grade, step, old.next_due, over)
    return _give(steps, now, decision, by, at)


def _steps_of(person_ids: Collection[int]) -> dict[int, SalaryStep]:
    """The latest believed step of each. 1 statement."""
    rows = SalaryStep.objects.filter(person__in=person_ids, superseded_at=None).order_by("valid_from")
    return {row.person_id: row for row in rows}


def _give(
    steps: Mapping[int, Step], now: Mapping[int, SalaryStep], decision: Decision, by: Actor, at: datetime
) -> int:
    grades = grades_on(at.date())
    gone: list[SalaryStep] = []
    new: list[SalaryStep] = []
    opened: list[SalaryStep] = []
    for person, step in steps.items():
        old = now.get(person)
        if old is not None and old.valid_from >= step.valid_from:
            raise Refused(
                f"Bậc đang hưởng bắt đầu từ {old.valid_from:%d/%m/%Y}, không trước ngày này.",
                where="valid_from",
                do="Sửa ngày hưởng.",
            )
        if old is not None and (old.valid_to is None or old.valid_to > step.valid_from):
            gone.append(old)
            new.append(again(old, at, by, valid_to=step.valid_from))
        opened.append(step_row(person, step, grades, decision.fields(by, at)))
    supersede(gone, at)
    write([*new, *opened])
    _log(opened, now, decision, by, at)
    return len(opened)


def _log(
    rows: Sequence[SalaryStep], now: Mapping[int, SalaryStep], decision: Decision, by: Actor, at: datetime
) -> None:
    """The log says that a step was given and from when; what it pays stands in the file alone."""
    changed = [
        (
            row.person_id,
            {"from": now[row.person_id].valid_from.isoformat()} if row.person_id in now else None,
            {"from": row.valid_from.isoformat()},
        )
        for row in rows
    ]
    record_many("people.give_step", "person", changed, by=by, at=at, why=decision.number)
