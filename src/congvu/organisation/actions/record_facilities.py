"""Ghi cơ sở vật chất, mô hình của bộ phận một cửa."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import Period, begin_keeping, dated, make_room, refuse_absent, write
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import OneStopFacility
from congvu.organisation.queries import picture
from congvu.organisation.rules.facilities import COUNTED, LEVELS

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Equipment:
    """A one-stop unit as it was found equipped."""

    unit_id: int
    level: str
    area: int = 0
    counters: int = 0
    computers: int = 0
    scanners: int = 0
    look_up_screens: int = 0
    cameras: int = 0
    queue_machine: bool = False
    rating_device: bool = False
    guides: bool = False


@transaction.atomic
def record_facilities(
    found: Sequence[Equipment], period: Period, *, decision: Decision, by: Actor, at: datetime
) -> list[OneStopFacility]:
    """The state of one-stop units from a day on; what was recorded before ends there. 7 statements, however many."""
    begin_keeping(by)
    known, common = picture(), dated(period, decision, by, at)
    for one in found:
        refuse_absent(known, one.unit_id, period.start, "unit")
        if one.level not in LEVELS:
            raise Refused("Chưa chọn mô hình.", where="level", do="Chọn một cửa, liên thông hoặc hiện đại.")
        wrong = next((name for name in COUNTED if not 0 <= getattr(one, name) <= MOST), None)
        if wrong is not None:
            raise Refused(f"{COUNTED[wrong]} không đọc được.", where=wrong, do="Nhập số từ 0.")
    make_room(OneStopFacility, {one.unit_id for one in found}, period, decision, by=by, at=at)
    rows = [OneStopFacility(**asdict(one), **common) for one in found]
    return write(rows, "organisation.record_facilities", by=by, at=at, why=common["decision_number"])
