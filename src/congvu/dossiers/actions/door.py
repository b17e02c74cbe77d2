"""The one door through which a dossier changes after its reception.

A verb is a function `decide(now, office) -> Change` that raises Refused. The door reads the set through the access
predicate (1 statement, 1 more when some of it went along with a unit's work), lets the verb decide on each, and writes
what was decided (1 statement, atomic by itself).
Between the two nothing is locked: the write leaves alone any dossier whose version moved, and the door says so, or
reads and decides again when the caller did not name the version it had seen.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db import transaction

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.dossier_set import write
from congvu.dossiers.actions.holding import hold_envelopes, hold_families
from congvu.dossiers.actions.now import Change, DossierNow, dossier_now
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
from congvu.dossiers.models import Tie
from congvu.dossiers.queries.calendars import Calendars, step_due
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.status import Status, may_become
from congvu.dossiers.rules.steps import SIGN, StepSpec
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import Statement, statement

# To see a dossier, as an auditor or its owner does, is not to handle it.
HANDLERS = (CLERK, SPECIALIST, LEADER)
APART = "Hồ sơ này thuộc một hồ sơ liên thông chưa được tiếp nhận, không xử lý riêng."
_read = json.JSONDecoder().raw_decode  # what json.loads calls in the end
_FOLLOWED = int(Tie.FOLLOWED)
_AGAIN = 3  # parallel agencies finish steps of one dossier at once; the loser simply reads again


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts, when, and by which calendars: what a verb needs beside the dossier."""

    by: Actor
    at: datetime
    calendars: Calendars
    sight: Visible
    _dues: dict[tuple[int, StepSpec], clock.Day] = field(default_factory=dict)

    def step_due(self, spec: StepSpec, unit: int) -> clock.Day:
        """The due day of a step that starts now, by the calendar of its unit; worked out once for a whole set."""
        found = self._dues.get((unit, spec))
        if found is None:
            found = self._dues[unit, spec] = step_due(spec, unit, self.calendars, self.at)
        return found


Decide = Callable[[DossierNow, Office], Change]
Stands = Callable[[DossierNow, Office], bool]
Then = Callable[[list[Change]], None]


def perform(
    verb: str,
    ids: Iterable[int],
    decide: Decide,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
    resuming: bool = False,
    then: Then | None = None,
    stands: Stands | None = None,
    whole: bool = False,
) -> Outcome:
    """Do `verb` to a set. 2 statements for any size (2 more for each time someone else was faster).

    `seen` names the version the user had on the screen: a dossier that moved since is refused, not overwritten.
    `stands` says of a dossier that moved whether what the user saw holds all the same.
    `resuming` ends the open pause of each dossier done. `then` is called with the changes written that others wait for
    (`others_wait`), in the same transaction; it costs nothing when there are none. `whole`: an envelope moves, not one
    member of it (`refuse_apart`).
    """
    asked = list(dict.fromkeys(ids))
    done: dict[int, Done] = {}
    refused: dict[int, NotDone] = {}
    left = asked
    for _ in range(_AGAIN):
        changes = _decide_all(left, decide, refused, by=by, at=at, seen=seen, stands=stands, whole=whole)
        written = _written(verb, changes, then, by=by, at=at, resuming=resuming) if changes else set()
        left = []
        for change in changes:
            now = change.now
            if now.id in written:
                done[now.id] = Done(now.id, now.code, change.due_on)
            else:
                left.append(now.id)
        if not left:
            break
    for lost in left:
        refused[lost] = NotDone(lost, None, moved(str(lost)))
    return Outcome(
        tuple([done[i] for i in asked if i in done]), tuple([refused[i] for i in asked if i in refused])
    )


def others_wait(change: Change) -> bool:
    """Whether something else moves with this change: an envelope or a step waited for its end, a draft for its signature,
    or a step that opens begins a dossier of its own."""
    if signature_is_past(change):
        return True
    if change.now.ties and change.now.ended_on is None:
        return change.ended_on is not None or change.status == Status.REFUSED
    return any(one.spec.sub_procedure for one in change.opening)


def signature_is_past(change: Change) -> bool:
    """Whether the last step of signing closes and no other opens: a draft that still waits has nobody to sign it. Asked of
    dossiers with a draft only: without one there is nothing to return."""
    if not change.now.ties & Tie.DRAFT:
        return False
    signing = {one.id for one in change.now.open_steps if one.role == SIGN}
    if not signing or any(one.spec.role == SIGN for one in change.opening):
        return False
    return signing <= {one.step.id for one in change.closing}


def _written(
    verb: str, changes: list[Change], then: Then | None, *, by: Actor, at: datetime, resuming: bool
) -> set[int]:
    """The ids written; what others wait for is followed in the same transaction."""
    moving = [one for one in changes if others_wait(one)] if then is not None else []
    if then is None or not moving:
        return write(verb, changes, by=by, at=at, resuming=resuming)
    with transaction.atomic():
        hold_envelopes(moving)
        hold_families(moving)
        written = write(verb, changes, by=by, at=at, resuming=resuming)
        then([one for one in moving if one.now.id in written])
    return written


def read(ids: Iterable[int], *, by: Actor, at: datetime) -> tuple[dict[int, DossierNow], Calendars, Visible]:
    """The dossiers of the set that `by` may see, by id, the calendars in force, what `by` sees. 1-2 statements."""
    sight = visible_to(by, at.date())
    return *read_within(ids, sight), sight


def read_within(ids: Iterable[int], sight: Visible) -> tuple[dict[int, DossierNow], Calendars]:
    """The dossiers of the set within `sight`, by id, and the calendars in force. 1 statement, 1 more when some went along
    with a unit's work."""
    wanted, condition = list(ids), sight.sql("d", few=True)
    if len(wanted) == 1:
        rows = _loading("load_one", condition).rows({"id": wanted[0], **sight.params})
        if not rows:
            return {}, Calendars(0)
        now = dossier_now(_read(rows[0][0])[0])
        _follow_given([now] if now.ties & _FOLLOWED else [])
        return {now.id: now}, Calendars(rows[0][1] or 0)
    found, number = _loading("load", condition).rows({"ids": wanted, **sight.params})[0]
    told = {one[0]: dossier_now(one) for one in found or ()}
    _follow_given([one for one in told.values() if one.ties & _FOLLOWED])
    return told, Calendars(number or 0)


def _follow_given(dossiers: list[DossierNow]) -> None:
    """Who has what these went along with. 1 statement, none for an empty list."""
    if not dossiers:
        return
    by_id = {one.id: one for one in dossiers}
    for dossier_id, giver, taker in statement(BULK, "given").rows({"ids": list(by_id)}):
        by_id[dossier_id].given.append((giver, taker))


@cache
def _loading(name: str, condition: str) -> Statement:
    return statement(BULK, name).with_part("now", statement(BULK, "now").text).with_condition(condition)


def _decide_all(
    ids: list[int],
    decide: Decide,
    refused: dict[int, NotDone],
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None,
    stands: Stands | None,
    whole: bool,
) -> list[Change]:
    found, calendars, sight = read(ids, by=by, at=at)
    office = Office(by, at, calendars, sight)
    changes = []
    for dossier_id in ids:
        now = found.get(dossier_id)
        try:
            if now is None:
                raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
            if not (by.system or by.has(*HANDLERS)):
                raise Refused("Tài khoản của bạn chỉ được xem hồ sơ này.", where=now.label)
            stale = seen is not None and seen.get(dossier_id, now.version) != now.version
            if stale and not (stands is not None and stands(now, office)):
                raise moved(now.label)
            change = decide(now, office)
            if change.status != now.status and not whole:
                refuse_apart(now)
            changes.append(change)
        except Refused as why:
            refused[dossier_id] = NotDone(dossier_id, now.code if now else None, why)
    return changes


def apart(now: DossierNow) -> bool:
    """Whether a dossier still waits at the door as part of an envelope: it is received or refused with all of it."""
    return bool(now.ties & Tie.ENVELOPE) and now.received_at is None


def refuse_apart(now: DossierNow) -> None:
    """Refuse to decide alone of a member of an envelope that was not yet received."""
    if apart(now):
        raise Refused(
            APART, where=now.label, do="Mở hồ sơ liên thông để tiếp nhận, từ chối hoặc yêu cầu bổ sung cả bộ."
        )


def moved(label: str) -> Refused:
    return Refused(
        "Hồ sơ vừa được người khác xử lý, hoặc chính bạn đã gửi biểu mẫu này; dữ liệu trên màn hình đã cũ.",
        where=label,
        do="Mở lại hồ sơ rồi làm tiếp.",
    )


def step_to(
    now: DossierNow, status: Status, *, reason: str = "", only_from: Collection[Status] | None = None
) -> Change:
    """A change of status, refused when the machine of section 1.6 does not allow it, or the verb is not for this status:
    a dossier that waits also becomes "handled" again, but not by being handed over."""
    if not may_become(now.status, status) or (only_from is not None and now.status not in only_from):
        raise Refused(
            f"Hồ sơ đang ở trạng thái «{now.status.label}», không thể chuyển sang «{status.label}».",
            where=now.label,
            do="Mở hồ sơ để xem việc có thể làm tiếp.",
        )
    return Change.of(now, status, reason=reason)
