"""Put right the agency a dossier was sent to (đổi cơ quan giải quyết)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, moved, read
from congvu.dossiers.actions.move_units import UnitMove, write_moves
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.actions.outcome import NotDone, Outcome
from congvu.dossiers.rules.status import OPEN, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture

LONGEST_REASON = 4000
MOVABLE = OPEN | {Status.REGISTERED}


def change_competent(
    ids: Iterable[int],
    unit_id: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Make `unit_id` the competent unit of a set of open dossiers. 3 statements for any size.

    Its open steps go along and get their own term anew; steps done stay where they were done; the day promised to the
    applicant stays. Open requests for opinions go with the step they were asked from, so that the answer reaches who handles
    the dossier; one asked of the new unit itself is withdrawn with the reason. Refuses: no reason, a unit that does not
    exist that day, the unit it has already, a dossier that ended, and anyone but the clerk or leader of the unit that
    received it.
    """
    why = composed(reason)
    if not why or len(why) > LONGEST_REASON:
        raise Refused(
            "Chưa ghi lý do đổi cơ quan giải quyết." if not why else f"Lý do dài {len(why)} ký tự.",
            where="reason",
            do="Ghi vì sao cơ quan cũ không đúng thẩm quyền, và căn cứ." if not why else "Rút gọn lý do.",
        )
    known = picture()
    if known.at(unit_id, at.date()) is None:
        raise Refused(
            "Đơn vị này không hoạt động vào ngày ấy.", where="unit", do="Chọn đơn vị trong danh sách."
        )
    asked = list(dict.fromkeys(ids))
    found, calendars, sight = read(asked, by=by, at=at)
    office = Office(by, at, calendars, sight)
    refused: dict[int, NotDone] = {}
    moves = []
    for dossier_id in asked:
        now = found.get(dossier_id)
        try:
            if now is None:
                raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
            if seen is not None and seen.get(dossier_id, now.version) != now.version:
                raise moved(now.label)
            moves.append(_decide(now, unit_id, office))
        except Refused as refusal:
            refused[dossier_id] = NotDone(dossier_id, now.code if now else None, refusal)
    done = (
        {one.dossier_id: one for one in write_moves("change_competent", moves, why, known, office)}
        if moves
        else {}
    )
    for move in moves:
        if move.now.id not in done:
            refused[move.now.id] = NotDone(move.now.id, move.now.code, moved(move.now.label))
    return Outcome(
        tuple(done[i] for i in asked if i in done), tuple(refused[i] for i in asked if i in refused)
    )


def why_not_theirs(now: DossierNow, by: Actor) -> str:
    """ "" for the clerk or leader of the unit that received the dossier; else the reason."""
    if by.system or now.receiving_unit_id in by.units(CLERK, LEADER):
        return ""
    return "Việc của công chức một cửa hoặc lãnh đạo nơi tiếp nhận."


def _decide(now: DossierNow, unit_id: int, office: Office) -> UnitMove:
    if now.status not in MOVABLE:
        raise Refused(
            f"Hồ sơ đang ở trạng thái «{now.status.label}», không đổi cơ quan giải quyết được.",
            where=now.label,
            do="Sai sót của hồ sơ đã trả thì lập hồ sơ đính chính.",
        )
    why = why_not_theirs(now, office.by)
    if why:
        raise Refused(why, where=now.label, do="Báo bộ phận một cửa nơi tiếp nhận.")
    old, receiving = now.competent_unit_id, now.receiving_unit_id
    if unit_id == old:
        raise Refused("Hồ sơ đã thuộc cơ quan này.", where="unit", do="Chọn cơ quan khác.")
    steps = []
    for step in now.open_steps:
        spec = now.road.specs.get(step.position)
        goes = spec is None or (spec.unit(receiving, old), spec.unit(receiving, unit_id)) == (old, unit_id)
        if step.unit_id == old and goes:
            steps.append((step, unit_id))
    return UnitMove(now, receiving, unit_id, tuple(steps))
