"""What the step verbs share: which open step is the actor's to close, and closing it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from congvu.dossiers.actions.door import Office
from congvu.dossiers.actions.now import Change, DossierNow, StepClosing, StepNow, StepOpening
from congvu.dossiers.queries.calendars import Calendars, step_due
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.steps import CANCELLED, DONE, RECEIVE, RETURN, SET_ASIDE, SIGN, Onward, Road
from congvu.foundation.identity.roles import CLERK, SIGNER, SPECIALIST
from congvu.foundation.refusal import Refused

# Who may close which step in the unit that holds it. A leader may do any work of the units below.
_ROLES = {RECEIVE: (CLERK,), RETURN: (CLERK,), SIGN: ()}


def is_theirs(step: StepNow, office: Office) -> bool:
    """Whether the actor may close `step`: by a role in its unit, as leader over it, or to sign by order."""
    if office.by.system:
        return True
    if step.role == SIGN and step.unit_id in office.by.units(SIGNER):
        return True
    if step.unit_id in office.by.units(*_ROLES.get(step.role, (SPECIALIST,))) and step.role != SIGN:
        return True
    return office.sight.leads(step.unit_id)


def step_of(now: DossierNow, office: Office, position: int | None = None) -> StepNow:
    """The open step the actor is to close; refuses when none is open, none is theirs, or several are and none is named."""
    candidates = [step for step in now.open_steps if position is None or step.position == position]
    if not candidates:
        raise Refused("Không có bước nào đang mở.", where=now.label, do="Mở hồ sơ để xem hồ sơ đang ở đâu.")
    theirs = [step for step in candidates if is_theirs(step, office)]
    if not theirs:
        raise Refused(
            "Bước đang làm thuộc đơn vị hoặc vai trò khác.",
            where=now.label,
            do="Chờ đơn vị đó chuyển, hoặc nhắc việc.",
        )
    if len(theirs) > 1:
        raise Refused(
            "Bạn có nhiều bước đang mở ở hồ sơ này.", where=now.label, do="Mở hồ sơ và chọn đúng bước."
        )
    return theirs[0]


def onward(now: DossierNow, step: StepNow, facts: Mapping[str, str] | None = None) -> Onward:
    """What completing `step` does, by the facts recorded so far and with it. Refuses when no branch fits them."""
    return now.road.complete(now.trail, step.position, now.facts | dict(facts or {}))


def close(
    change: Change, step: StepNow, office: Office, note: str, facts: Mapping[str, str] | None = None
) -> Onward:
    """Close `step` in the change and open what follows, each with its own clock; rework sets aside what it redoes."""
    now = change.now
    to = onward(now, step, facts)
    change.step = step.position
    redone = step if (step.position, step.round) in to.set_aside else None
    state = SET_ASIDE if redone else DONE
    change.closing.append(StepClosing(step, state, note, to.branch, dict(facts) if facts else None))
    change.closing += [
        StepClosing(one, SET_ASIDE)
        for one in now.steps
        if one is not redone and (one.position, one.round) in to.set_aside
    ]
    for spec, nth in to.opened:
        unit = now.unit_of(spec)
        # the clock ends with the result: how long it then lies at the counter is nobody's delay
        due = clock.NO_DAY if to.only_return_is_left else office.step_due(spec, unit)
        change.opening.append(StepOpening(spec, unit, nth, *due))
    return to


def cancel_rest(change: Change) -> None:
    """Cancel every step still open: the dossier ends here."""
    touched = {one.step.id for one in change.closing}
    change.closing += [
        StepClosing(step, CANCELLED) for step in change.now.open_steps if step.id not in touched
    ]
    change.opening.clear()


def restart_open_steps(change: Change, office: Office) -> None:
    """After a pause each open step gets its own term anew, from now."""
    specs = change.now.road.specs
    for step in change.now.open_steps:
        due = office.step_due(specs[step.position], step.unit_id)
        change.restarting.append((step, *due))


def first_steps(
    road: Road, receiving: int, competent: int, calendars: Calendars, at: datetime
) -> list[dict[str, Any]]:
    """The steps that open at reception, as rows of bulk/receive.sql and bulk/accept.sql."""
    rows = []
    for spec in road.first:
        unit = spec.unit(receiving, competent)
        due_on, due_at = step_due(spec, unit, calendars, at)
        rows.append({
            "position": spec.position, "name": spec.name, "unit": unit, "role": spec.role, "due_on": due_on,
            "due_at": due_at,
        })  # fmt: skip
    return rows
