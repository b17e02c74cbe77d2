"""What the step verbs share: which open step is the actor's to close, and closing it."""

from datetime import datetime
from typing import Any

from congvu.dossiers.actions.door import Office
from congvu.dossiers.actions.now import Change, DossierNow, StepNow, StepOpening
from congvu.dossiers.queries.calendars import Calendars, step_due
from congvu.dossiers.queries.offers import StepSpec
from congvu.dossiers.rules.steps import CANCELLED, DONE, RECEIVE, RETURN, SIGN, Way
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused

# Who may close which step in the unit that holds it. A leader may do any work of the units below.
_ROLES = {RECEIVE: (CLERK,), RETURN: (CLERK,), SIGN: ()}


def is_theirs(step: StepNow, office: Office) -> bool:
    """Whether the actor may close `step`: by a role in its unit, or as leader over it."""
    if office.by.system:
        return True
    if step.unit_id in office.by.units(*_ROLES.get(step.role, (SPECIALIST,))) and step.role != SIGN:
        return True
    return office.by.has(LEADER) and (office.sight.everything or step.unit_id in office.sight.units)


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


def close(change: Change, step: StepNow, office: Office, note: str) -> None:
    """Close `step` in the change and open what follows, each with its own clock."""
    now = change.now
    change.step = step.position
    change.closing.append((step, DONE, note))
    for spec in now.way.opened_by(step.position, now.done):
        unit = spec.unit(now.receiving_unit_id, now.competent_unit_id)
        change.opening.append(StepOpening(spec, unit, *office.step_due(spec, unit)))


def cancel_rest(change: Change) -> None:
    """Cancel every step still open: the dossier ends here."""
    touched = {step.position for step, _, _ in change.closing}
    change.closing += [
        (step, CANCELLED, "") for step in change.now.open_steps if step.position not in touched
    ]
    change.opening.clear()


def restart_open_steps(change: Change, office: Office) -> None:
    """After a pause each open step gets its own term anew, from now."""
    way = change.now.way
    for step in change.now.open_steps:
        due = office.step_due(way.steps[step.position], step.unit_id)
        change.restarting.append((step, *due))


def first_steps(
    way: Way[StepSpec], receiving: int, competent: int, calendars: Calendars, at: datetime
) -> list[dict[str, Any]]:
    """The steps that open at reception, as rows of bulk/receive.sql and bulk/accept.sql."""
    rows = []
    for spec in way.first:
        unit = spec.unit(receiving, competent)
        due_on, due_at = step_due(spec, unit, calendars, at)
        rows.append({
            "position": spec.position, "name": spec.name, "unit": unit, "role": spec.role, "due_on": due_on,
            "due_at": due_at,
        })  # fmt: skip
    return rows
