"""Whose hands an open step is in: taken (nhận việc), assigned (phân công), handed over while away, given back."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow, StepAssigning, StepNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import is_theirs, step_of
from congvu.dossiers.queries.staff import Colleague, colleague
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


def take_step(
    ids: Iterable[int],
    position: int | None = None,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """The actor takes the open step of each dossier that is theirs to do. 2 statements. Refuses one in other hands.

    `position` names it when several are open.
    """

    def decide(now: DossierNow, office: Office) -> Change:
        step = step_of(now, office, position)
        if step.officer_id == by.account_id:
            raise Refused("Bước này đã ở tay bạn.", where=now.label, do="Mở hồ sơ để làm tiếp.")
        if step.officer_id is not None:
            raise Refused(
                "Bước này người khác đã nhận.", where=now.label, do="Đề nghị lãnh đạo đơn vị phân công lại."
            )
        return _into_hands(now, step, by.account_id, None, f"{by.name} nhận việc")

    return perform("take_step", ids, decide, by=by, at=at, seen=seen)


def assign_step(
    ids: Iterable[int],
    officer_id: int,
    reason: str = "",
    *,
    away: bool = False,
    position: int | None = None,
    held_by: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """A leader puts the open step of each dossier into an officer's hands. 3 statements for any number.

    `position` names the step when several are open, `held_by` whose it is now. `away`: whoever held it is away and gets it
    back on return (`give_back_step`). Refuses anyone but a leader over the unit, and an officer without a role there that day.
    """
    to = colleague(officer_id, at.date())

    def decide(now: DossierNow, office: Office) -> Change:
        step = _led(now, office, position, held_by)
        if to is None or step.unit_id not in to.units:
            raise Refused(
                "Người này không giữ vai trò xử lý ở đơn vị của bước.",
                where=now.label,
                do="Chọn người của đơn vị.",
            )
        if step.officer_id == officer_id:
            raise Refused(f"Bước này đã giao {to.name}.", where=now.label, do="Chọn người khác.")
        words = f"Giao {to.name}{', thay người đang vắng' if away and step.officer_id else ''}"
        return _into_hands(now, step, officer_id, step.officer_id if away else None, _told(words, reason))

    return perform("assign_step", ids, decide, by=by, at=at, seen=seen)


def give_back_step(
    ids: Iterable[int], owner_id: int, *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Steps held for an officer who was away go back to them. 3 statements. Refuses one that nobody holds for them."""
    owner: Colleague | None = colleague(owner_id, at.date())

    def decide(now: DossierNow, office: Office) -> Change:
        step = next((one for one in now.open_steps if one.held_for == owner_id), None)
        if step is None or owner is None or step.unit_id not in owner.units:
            raise Refused(
                "Bước này không ai giữ thay người ấy, hoặc người ấy không còn ở đơn vị.", where=now.label,
                do="Tải lại trang.",
            )  # fmt: skip
        if owner_id != by.account_id and not _leads(step, office):
            raise _leaders_work(now)
        return _into_hands(now, step, owner_id, None, f"Trả lại {owner.name} sau khi vắng")

    return perform("give_back_step", ids, decide, by=by, at=at, seen=seen)


def may_take(now: DossierNow, office: Office) -> str:
    """ "" when the actor may take the dossier's open step; else why not."""
    theirs = [one for one in now.open_steps if is_theirs(one, office)]
    if not theirs:
        return "Bước đang làm thuộc đơn vị hoặc vai trò khác."
    if any(one.officer_id is None for one in theirs):
        return ""
    mine = all(one.officer_id == office.by.account_id for one in theirs)
    return "Bước này đã ở tay bạn." if mine else "Bước này người khác đã nhận."


def may_assign(now: DossierNow, office: Office) -> str:
    """ "" when the actor may assign the dossier's open step; else why not."""
    return "" if any(_leads(one, office) for one in now.open_steps) else _leaders_work(now).what


def _leads(step: StepNow, office: Office) -> bool:
    return office.by.system or office.sight.leads(step.unit_id)


def _led(now: DossierNow, office: Office, position: int | None, held_by: int | None) -> StepNow:
    """The open step meant, in a unit the actor leads; refuses for anyone else, and when several could be meant."""
    found = [
        one
        for one in now.open_steps
        if _leads(one, office) and position in (None, one.position) and held_by in (None, one.officer_id)
    ]
    if not found:
        raise _leaders_work(now)
    if len(found) > 1:
        raise Refused(
            "Bạn có nhiều bước đang mở ở hồ sơ này.", where=now.label, do="Mở hồ sơ và chọn đúng bước."
        )
    return found[0]


def _leaders_work(now: DossierNow) -> Refused:
    return Refused(
        "Việc của lãnh đạo đơn vị giữ bước.", where=now.label, do="Đề nghị lãnh đạo đơn vị phân công."
    )


def _into_hands(
    now: DossierNow, step: StepNow, officer: int | None, held_for: int | None, reason: str
) -> Change:
    change = Change.of(now, now.status, reason=reason)
    change.step = step.position
    change.assigning.append(StepAssigning(step, officer, held_for))
    return change


def _told(words: str, reason: str) -> str:
    why = composed(reason)
    return f"{words}: {why}" if why else words


__all__ = ["assign_step", "give_back_step", "may_assign", "may_take", "take_step"]
