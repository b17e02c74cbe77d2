"""To whom work goes back: the person who had it, who acts for them while they are away, or the unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Had:
    """Who did a step, as they stand today. `holds`: a role in the step's unit; `acting`: who acts for them now."""

    account_id: int
    name: str
    active: bool
    holds: bool
    acting_id: int | None = None
    acting: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """Who gets it (None: whoever of the unit takes it), in words, and for whom they hold it meanwhile."""

    officer_id: int | None
    words: str
    held_for: int | None = None


def back_to(had: Had | None) -> Back:
    """The person who had it when they still hold a role there and are not away; else who acts for them; else the unit."""
    if had is None:
        return Back(None, "việc chung của đơn vị (không ghi người đã làm)")
    if not (had.active and had.holds):
        return Back(None, f"việc chung của đơn vị ({had.name} không còn giữ vai trò ở đơn vị)")
    if had.acting_id is not None:
        return Back(had.acting_id, f"{had.acting}, giao thay {had.name} đang vắng", had.account_id)
    return Back(had.account_id, had.name)
