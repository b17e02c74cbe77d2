"""Give what a dissolved or merged unit left open to the unit that took over from it."""

from datetime import datetime

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.actions.door import Office, moved, read
from congvu.dossiers.actions.move_units import UnitMove, write_moves
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.actions.outcome import NotDone, Outcome
from congvu.dossiers.queries.stranded import left_by
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.organisation.rules.succession import successors

AT_ONCE = 5000  # dossiers of one move; what is left over is moved by the next
LONGEST_REASON = 4000


def move_to_successor(from_unit: int, to_unit: int, reason: str, *, by: Actor, at: datetime) -> Outcome:
    """Move the open dossiers and steps of a unit that is gone to one that took over. 4 statements, AT_ONCE at most.

    Open steps get their own term anew, steps done stay where they were done, the promised day stays. Refuses: no
    reason, a unit that still exists, one that took nothing over by any decision, and anyone but a leader over it.
    """
    why = composed(reason)
    if not why or len(why) > LONGEST_REASON:
        raise Refused(
            "Chưa ghi căn cứ chuyển hồ sơ." if not why else f"Căn cứ dài {len(why)} ký tự.",
            where="reason",
            do="Ghi số quyết định sáp nhập, giải thể.",
        )
    known, day = picture(), at.date()
    if known.at(from_unit, day) is not None:
        raise Refused("Đơn vị này đang hoạt động.", where="from", do="Đổi cơ quan của từng hồ sơ nếu cần.")
    if to_unit not in {one.unit_id for one in successors(known, from_unit, day)}:
        raise Refused(
            "Không có quyết định nào giao đơn vị này tiếp nhận phần việc ấy.",
            where="to",
            do="Ghi sự kiện tổ chức (sáp nhập, chia, tách) trước, rồi chuyển hồ sơ.",
        )
    sight = visible_to(by, day, known)
    if not may_move_to(to_unit, by, sight):
        raise Refused("Việc của lãnh đạo đơn vị tiếp nhận hoặc cấp trên.", where=known.name(to_unit, day))
    ids = [one.id for one in left_by(sight, from_unit, AT_ONCE)]
    found, calendars, sight = read(ids, by=by, at=at)
    office = Office(by, at, calendars, sight)
    moves = [_move(found[one], from_unit, to_unit) for one in ids if one in found]
    done = write_moves("move_to_successor", moves, why, known, office) if moves else []
    written = {one.dossier_id for one in done}
    lost = [move.now for move in moves if move.now.id not in written]
    return Outcome(tuple(done), tuple(NotDone(now.id, now.code, moved(now.label)) for now in lost))


def may_move_to(unit_id: int, by: Actor, sight: Visible) -> bool:
    """Whether `by` is a leader over the unit that took over."""
    return by.system or sight.leads(unit_id)


def _move(now: DossierNow, old: int, new: int) -> UnitMove:
    return UnitMove(
        now,
        new if now.receiving_unit_id == old else now.receiving_unit_id,
        new if now.competent_unit_id == old else now.competent_unit_id,
        tuple((step, new) for step in now.open_steps if step.unit_id == old),
    )
