"""A record of handing over as people read it: two names, lines with what is said against them, how far it is."""

from dataclasses import dataclass

from congvu.foundation import clock
from congvu.organisation.models import Handover
from congvu.organisation.queries.following import kinds
from congvu.organisation.rules.following import GOES, STAYS, Kind
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of thing in a record, with what is said against it."""

    kind: Kind
    found: int
    moved: int
    disagreed: str

    @property
    def agrees(self) -> bool:
        return self.kind.way == STAYS or self.found == self.moved

    @property
    def left(self) -> int:
        return 0 if self.kind.way == STAYS else self.found - self.moved


@dataclass(frozen=True, slots=True)
class Record:
    """A record as people read it, with the names the units had on the day."""

    row: Handover
    kind_name: str
    giver: str
    giver_code: str
    taker: str
    taker_code: str
    lines: list[Line]
    state: tuple[str, str]

    @property
    def goods(self) -> list[Line]:
        return [line for line in self.lines if line.kind.way != STAYS]


def record_of(one: Handover, known: Picture) -> Record:
    """A record with its lines in order. No statement, when the lines came with it."""
    giver, taker = (
        known.nearest(one.from_unit_id, one.effective),
        known.nearest(one.to_unit_id, one.effective),
    )
    told = kinds()
    lines = [
        Line(told[line.kind], line.found, line.moved, line.disagreed)
        for line in sorted(one.lines.all(), key=lambda line: line.place)
        if line.kind in told
    ]
    return Record(
        one,
        "Hoàn tác" if one.undoes_id else EVENT_KINDS[one.event.kind],
        giver.name if giver else "đơn vị đã hoàn tác",
        giver.code if giver else "",
        taker.name if taker else "đơn vị đã hoàn tác",
        taker.code if taker else "",
        lines,
        _state(one, any(line.kind.way == GOES for line in lines)),
    )


def _state(one: Handover, something_went: bool) -> tuple[str, str]:
    """Chip and word. Where only posts were counted, which the ledger carries by itself, nobody has to accept anything."""
    if one.cancelled_at is not None:
        return "idle", "Đã hủy trước khi chuyển"
    if one.accepted_at is not None:
        against = any(line.disagreed for line in one.lines.all())
        return ("soon", "Đã ký nhận, có ý kiến") if against else ("ok", "Đã ký nhận")
    if one.problem:
        return "late", "Chưa chuyển được"
    if one.moved_at is not None:
        return ("now", "Chờ ký nhận") if something_went else ("ok", "Không phải ký nhận")
    if one.progress:
        return "now", "Đang chuyển"
    return "idle", "Chờ đến ngày" if one.effective > clock.today() else "Sắp chuyển"
