"""Lập đề án vị trí việc làm: a new version of a unit's scheme, its positions written, changed, taken out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture
from congvu.people.queries.law import grades_on
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.models import JobPosition, PositionLine, Scheme
from congvu.staffing.rules.kinds import DRAFT
from congvu.staffing.rules.schemes import APPROVED, SCHEME_STATES, Job, checked_job

COPIED = (
    "position_id",
    "place",
    "code",
    "name",
    "group",
    "pool",
    "grade",
    "holders",
    "tasks",
    "product",
    "frame",
)


@transaction.atomic
def draft_scheme(unit_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Scheme]:
    """A draft for each unit, begun with the positions of its last approved version; a unit that has a version under
    way keeps that one. 9 statements for any number of units. Returns the version under way of each, in the order asked.

    Refuses a unit that does not stand today.
    """
    refuse_unless_may_write(by)
    known = picture()
    for unit in unit_ids:
        if known.at(unit, at.date()) is None:
            raise Refused("Đơn vị này hiện không hoạt động.", where="unit", do="Chọn đơn vị đang hoạt động.")
    list(
        Unit.objects.select_for_update(no_key=True).filter(pk__in=unit_ids).order_by("pk")
    )  # one draft a unit
    open_now = {
        one.unit_id: one
        for one in Scheme.objects.select_for_update().filter(unit__in=unit_ids).exclude(state=APPROVED)
    }
    wanted = [unit for unit in dict.fromkeys(unit_ids) if unit not in open_now]
    rows = Scheme.objects.filter(unit__in=wanted).values_list("unit").annotate(last=Max("version"))
    last = dict(rows)
    new = Scheme.objects.bulk_create(
        Scheme(
            unit_id=unit, version=last.get(unit, 0) + 1, state=DRAFT, drafted_at=at, drafted_by=by.name[:200]
        )
        for unit in wanted
    )
    _copy(new)
    record_many(
        "staffing.draft_scheme", "scheme", [(one.pk, None, {"unit": one.unit_id, "version": one.version}) for one in new],
        by=by, at=at,
    )  # fmt: skip
    found = open_now | {one.unit_id: one for one in new}
    return [found[unit] for unit in unit_ids]


def _copy(new: Sequence[Scheme]) -> None:
    """Begin each draft with the positions of the version before it, the same identities. 2 statements."""
    before = {(one.unit_id, one.version - 1): one.pk for one in new}
    lines = PositionLine.objects.filter(
        scheme__unit__in=[one.unit_id for one in new], scheme__state=APPROVED
    ).select_related("scheme")
    PositionLine.objects.bulk_create(
        PositionLine(scheme_id=draft, **{name: getattr(line, name) for name in COPIED})
        for line in lines.order_by("scheme_id", "place")
        if (draft := before.get((line.scheme.unit_id, line.scheme.version))) is not None
    )


@transaction.atomic
def write_positions(
    scheme_id: int, jobs: Sequence[tuple[int | None, Job]], *, by: Actor, at: datetime
) -> list[PositionLine]:
    """Write positions into a draft: new ones (None), and those it has under their position's number, written anew.
    5 statements and two for each position changed. Refuses a version that is no draft, a code used twice."""
    refuse_unless_may_write(by)
    held = held_draft(scheme_id)
    grades = grades_on(at.date())
    lines = {line.position_id: line for line in PositionLine.objects.filter(scheme=held)}
    place = max((line.place for line in lines.values()), default=0)
    fresh: list[tuple[JobPosition, Job]] = []
    changed: list[tuple[PositionLine, dict[str, Any] | None]] = []
    codes = {line.position_id: line.code for line in lines.values()}
    for position, job in jobs:
        if position is not None and position not in lines:
            raise Refused("Vị trí này không còn trong đề án.", do="Tải lại trang đề án.")
        clean = checked_job(job, grades, [code for one, code in codes.items() if one != position])
        if position is None:
            fresh.append((JobPosition(unit_id=held.unit_id, recorded_at=at), clean))
            codes[-len(fresh)] = clean.code
        else:
            codes[position] = clean.code
            line = lines[position]
            before = _facts(line)
            _fill(line, clean)
            line.save()
            changed.append((line, before))
    JobPosition.objects.bulk_create([one for one, _ in fresh])
    new = [
        _fill(PositionLine(scheme=held, position=one, place=place + nth), job)
        for nth, (one, job) in enumerate(fresh, 1)
    ]
    written = [*(line for line, _ in changed), *PositionLine.objects.bulk_create(new)]
    told = [(line, before) for line, before in changed] + [(line, None) for line in new]
    record_many(
        "staffing.write_position",
        "scheme",
        [(held.pk, before, _facts(line)) for line, before in told],
        by=by,
        at=at,
    )
    return written


@transaction.atomic
def remove_positions(scheme_id: int, position_ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Take positions out of a draft. 4 statements. What earlier versions say of them stays. Returns how many."""
    refuse_unless_may_write(by)
    held = held_draft(scheme_id)
    gone = list(PositionLine.objects.filter(scheme=held, position__in=position_ids))
    PositionLine.objects.filter(pk__in=[line.pk for line in gone]).delete()
    record_many(
        "staffing.remove_position", "scheme", [(held.pk, _facts(line), None) for line in gone], by=by, at=at
    )
    return len(gone)


@transaction.atomic
def discard_scheme(scheme_id: int, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. 4 statements."""
    refuse_unless_may_write(by)
    held = held_draft(scheme_id)
    record("staffing.discard_scheme", "scheme", held.pk, by=by, at=at, before={"version": held.version})
    held.delete()


def held_draft(scheme_id: int) -> Scheme:
    """The draft, locked. 1 statement. Refuses a version that is no draft any more."""
    held = Scheme.objects.select_for_update(of=("self",)).filter(pk=scheme_id).first()
    if held is None:
        raise Refused("Không có đề án này.", do="Mở lại danh sách đề án.")
    if held.state != DRAFT:
        raise Refused(
            f"Đề án đang ở bước «{SCHEME_STATES[held.state]}», không sửa được.",
            do="Đã trình thì đề nghị trả lại; đã phê duyệt thì lập phiên bản mới.",
        )
    return held


def _fill(line: PositionLine, job: Job) -> PositionLine:
    for name in ("code", "name", "group", "pool", "grade", "holders", "tasks", "product"):
        setattr(line, name, getattr(job, name))
    line.frame = [[one.name, one.level] for one in job.frame]
    return line


def _facts(line: PositionLine) -> dict[str, Any]:
    return {
        "position": line.position_id, "code": line.code, "name": line.name, "pool": line.pool, "grade": line.grade,
        "holders": line.holders,
    }  # fmt: skip
