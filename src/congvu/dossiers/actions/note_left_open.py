"""Note what a unit leaves open when a decision ends it: the log of the unit says how many dossiers wait for an heir."""

from collections.abc import Iterable
from datetime import datetime

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.stranded import left_by_units
from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.queries import picture
from congvu.organisation.queries.handovers import named_heirs

WHY = "Lãnh đạo đơn vị tiếp nhận chuyển các hồ sơ này ở trang «Hồ sơ của đơn vị đã giải thể»."


def note_left_open(unit_ids: Iterable[int], *, at: datetime) -> int:
    """One audit row for each of the units that open dossiers still name and nobody takes over from. Returns how many units.
    4 statements at most."""
    ended = set(unit_ids)
    if ended:
        ended -= set(named_heirs(ended))
    if not ended:
        return 0
    others = [unit for unit in picture().unit_ids if unit not in ended]
    left = [one for one in left_by_units(Visible(True, (), None), others) if one.unit_id in ended]
    rows: list[tuple[int, dict[str, int], dict[str, int]]] = [
        (one.unit_id, {}, {"dossiers": one.dossiers, "steps": one.steps}) for one in left
    ]
    if rows:
        record_many("organisation.left_open", "unit", rows, by=SYSTEM, at=at, why=WHY)
    return len(rows)
