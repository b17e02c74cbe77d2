"""The one door through which a dossier changes after its reception.

A verb is a function `decide(now, office) -> Change` that raises Refused. The door reads the set through the access
predicate (1 statement), lets the verb decide on each, and writes what was decided (1 statement, atomic by itself).
Between the two nothing is locked: the write leaves alone any dossier whose version moved, and the door says so, or
reads and decides again when the caller did not name the version it had seen.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.holding import hold_envelopes, hold_families
from congvu.dossiers.actions.now import Change, DossierNow, dossier_now
from congvu.dossiers.actions.one_dossier import is_plain, write_one
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
from congvu.dossiers.models import Tie
from congvu.dossiers.queries.calendars import Calendars, step_due
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.status import Status, may_become
from congvu.dossiers.rules.steps import OPEN, SIGN, StepSpec
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import Statement, statement

BULK = "congvu.dossiers.bulk"
HANDLERS = (
    CLERK,
    SPECIALIST,
    LEADER,
)  # to see a dossier, as an auditor or its owner does, is not to handle it
APART = "Hồ sơ này thuộc một hồ sơ liên thông chưa được tiếp nhận, không xử lý riêng."
_read = json.JSONDecoder().raw_decode  # what json.loads calls in the end
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
    """The dossiers of the set that `by` may see, by id, the calendars in force, what `by` sees. 1 statement."""
    sight = visible_to(by, at.date())
    return *read_within(ids, sight), sight


def read_within(ids: Iterable[int], sight: Visible) -> tuple[dict[int, DossierNow], Calendars]:
    """The dossiers of the set within `sight`, by id, and the calendars in force. 1 statement."""
    wanted, condition = list(ids), sight.sql("d", few=True)
    if len(wanted) == 1:
        rows = _loading("load_one", condition).rows({"id": wanted[0], **sight.params})
        if not rows:
            return {}, Calendars(0)
        now = dossier_now(_read(rows[0][0])[0])
        return {now.id: now}, Calendars(rows[0][1] or 0)
    found, number = _loading("load", condition).rows({"ids": wanted, **sight.params})[0]
    return {one[0]: dossier_now(one) for one in found or ()}, Calendars(number or 0)


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
        "Hồ sơ vừa được người khác xử lý, dữ liệu trên màn hình đã cũ.",
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


def write(verb: str, changes: list[Change], *, by: Actor, at: datetime, resuming: bool = False) -> set[int]:
    """Write the changes; returns the ids written. 1 statement.

    A verb usually decides the same for all: equal decisions travel once, with the ids they are for.
    """
    resuming = resuming and any(c.now.pauses for c in changes)  # read under the version the write insists on
    if len(changes) == 1 and not resuming and is_plain(changes[0]):
        return {changes[0].now.id} if write_one(verb, changes[0], by=by, at=at) else set()
    params: dict[str, Any] = {
        **_decisions(changes), **_step_moves(changes), **_openings(changes), "verb": verb, "at": at, "actor": by.account_id,
        "actor_name": by.name, "office": by.office_id,
    }  # fmt: skip
    parts = ""
    if any(change.fees for change in changes):
        parts = statement(BULK, "fees").text
        params |= {"fees": _fees(changes), "fee_year": at.year, "fee_day": at.date()}
    few = len(changes) <= _FEW
    if not (resuming or any(change.pause for change in changes)):
        return {row[0] for row in _applying(parts, few).rows(params)}
    params["resuming"] = resuming
    params["pausing"] = json.dumps(
        [
            {"dossier": c.now.id, "kind": c.pause[0], "policy": c.pause[1], "citation": c.pause[2]}
            for c in changes
            if c.pause
        ]
    )
    return {row[0] for row in _applying(statement(BULK, "pauses").text + parts, few).rows(params)}


_FEW = 16


@cache
def _applying(parts: str, few: bool) -> Statement:
    """apply.sql with its parts. A few dossiers are named twice: a plan made on empty tables would read the whole index
    and hash it. For many the list would be searched for each, which costs more than that."""
    named = (
        ("d.id = ANY(%(ids)s::bigint[]) AND ", "s.id = ANY(%(step_ids)s::bigint[]) AND ") if few else ("", "")
    )
    found = statement(BULK, "apply").with_part("pauses", parts)
    return found.with_part("few", named[0]).with_part("few_steps", named[1])


def _fees(changes: list[Change]) -> str:
    """The entries of the ledger, numbered in order: receipts follow it."""
    entries = [(c.now.id, one) for c in changes for one in c.fees]
    return json.dumps(
        [{"nth": nth, "dossier": dossier, **asdict(one)} for nth, (dossier, one) in enumerate(entries)]
    )


_DECIDED = (
    "status_from", "status", "due_on", "due_at", "ended_at", "ended_on", "returned_at", "supplements", "extensions",
    "delivery", "money", "flagged", "calendar_version", "step", "reason",
)  # fmt: skip
_MOVED = ("state", "note", "branch", "facts", "due_on", "due_at", "officer", "held_for")
_OPENED = ("position", "round", "name", "unit", "role", "due_on", "due_at", "officer", "held_for")


def _decisions(changes: list[Change]) -> dict[str, str]:
    """The dossiers and the versions read, each with the number of its decision."""
    numbers: dict[tuple[Any, ...], int] = {}
    alike = []
    for c in changes:
        values = (
            c.now.status, c.status, c.due_on, c.due_at, c.ended_at, c.ended_on, c.returned_at, c.supplements,
            c.extensions, c.delivery, c.money, c.flagged, c.calendar_version, c.step, c.reason,
        )  # fmt: skip
        alike.append(numbers.setdefault(values, len(numbers)))
    return {
        "ids": _array([c.now.id for c in changes]),
        "versions": _array([c.now.version for c in changes]),
        "alike": _array(alike),
        "decisions": _numbered(_DECIDED, numbers),
    }


def _step_moves(changes: list[Change]) -> dict[str, str]:
    """The steps that close, start anew or change hands, and their dossiers, each with the number of its move."""
    numbers: dict[tuple[Any, ...], int] = {}
    steps, dossiers, alike = [], [], []
    for c in changes:
        moves: list[tuple[int, tuple[Any, ...]]] = [
            (one.step.id, (one.state, one.note, one.branch, _facts(one.facts), None, None, None, None))
            for one in c.closing
        ]
        moves += [
            (step.id, (OPEN, None, None, None, due_on, due_at, None, None))
            for step, due_on, due_at in c.restarting
        ]
        moves += [
            (one.step.id, (None, None, None, None, None, None, one.officer_id or 0, one.held_for or 0))
            for one in c.assigning
        ]
        for step_id, values in moves:
            steps.append(step_id)
            dossiers.append(c.now.id)
            alike.append(numbers.setdefault(values, len(numbers)))
    return {
        "step_ids": _array(steps),
        "step_dossiers": _array(dossiers),
        "step_alike": _array(alike),
        "moves": _numbered(_MOVED, numbers),
    }


def _openings(changes: list[Change]) -> dict[str, str]:
    """The dossiers with a step that opens, each with the number of its opening."""
    numbers: dict[tuple[Any, ...], int] = {}
    dossiers, alike = [], []
    for c in changes:
        for one in c.opening:
            spec = one.spec
            values = (
                spec.position,
                one.round,
                spec.name,
                one.unit_id,
                spec.role,
                one.due_on,
                one.due_at,
                one.officer_id,
                one.held_for,
            )
            dossiers.append(c.now.id)
            alike.append(numbers.setdefault(values, len(numbers)))
    return {
        "open_dossiers": _array(dossiers),
        "open_alike": _array(alike),
        "openings": _numbered(_OPENED, numbers),
    }


def _facts(facts: dict[str, str] | None) -> str | None:
    return json.dumps(facts, sort_keys=True) if facts else None


def _array(numbers: list[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _numbered(names: tuple[str, ...], numbers: dict[tuple[Any, ...], int]) -> str:
    return json.dumps(
        [{"nth": nth, **dict(zip(names, values, strict=True))} for values, nth in numbers.items()],
        default=plain,
    )


def plain(value: object) -> str:
    """Dates and moments as ISO text for the JSON parameters."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a statement's parameters")
