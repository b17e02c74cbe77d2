"""Who may change the calendar. Everybody may read it."""

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.refusal import Refused


def may_change_calendar(actor: Actor) -> str:
    """ "" when the actor may change days, office hours and closures, else the reason why not. No statement."""
    return "" if actor.system or actor.has(ADMIN) else "Chỉ quản trị viên được sửa lịch làm việc."


def refuse_unless_may_change(actor: Actor) -> None:
    """Refuses an actor who may not change the calendar."""
    reason = may_change_calendar(actor)
    if reason:
        raise Refused(reason, do="Đề nghị quản trị viên của tỉnh ghi giúp, kèm quyết định.")
