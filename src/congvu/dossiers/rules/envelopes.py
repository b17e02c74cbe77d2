"""The state and the promised day of an envelope, derived from its members: never stored, so never wrong twice.

A member that waits for others opens when they ended with a result. When one of them ended without, it never opens: there
is no result to go on with (NĐ 61/2018, Điều 19.6), and the applicant is told so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from congvu.dossiers.rules import clock
from congvu.dossiers.rules.status import Status
from congvu.foundation.workdays.rules.calendar import Calendar


class MemberState(StrEnum):
    """Where a member stands, as the envelope shows it."""

    WAITING = "cho"
    CLOSED = "khong-mo"
    REGISTERED = "dang-ky"
    REFUSED = "tu-choi"
    HANDLING = "dang-giai-quyet"
    ASKS = "cho-nguoi-nop"
    STOPPED = "dung"
    READY = "xong"
    RETURNED = "da-tra"
    WITHDRAWN = "rut"

    @property
    def label(self) -> str:
        return _MEMBER_WORDS[self]


_MEMBER_WORDS = {
    MemberState.WAITING: "Chưa đến lượt",
    MemberState.CLOSED: "Không thực hiện",
    MemberState.REGISTERED: "Chờ tiếp nhận",
    MemberState.REFUSED: "Không được tiếp nhận",
    MemberState.HANDLING: "Đang giải quyết",
    MemberState.ASKS: "Chờ người nộp",
    MemberState.STOPPED: "Đang dừng",
    MemberState.READY: "Có kết quả, chờ trả",
    MemberState.RETURNED: "Đã trả kết quả",
    MemberState.WITHDRAWN: "Đã rút",
}
_OF_STATUS = {
    Status.REGISTERED: MemberState.REGISTERED,
    Status.RECEIVED: MemberState.HANDLING,
    Status.REFUSED: MemberState.REFUSED,
    Status.HANDLING: MemberState.HANDLING,
    Status.SUPPLEMENT: MemberState.ASKS,
    Status.PAYMENT: MemberState.ASKS,
    Status.WITHDRAWN: MemberState.WITHDRAWN,
    Status.STOPPED: MemberState.STOPPED,
    Status.FINISHED: MemberState.READY,
    Status.RETURNED: MemberState.RETURNED,
}


class EnvelopeState(StrEnum):
    """Where the whole stands."""

    REGISTERED = "dang-ky"
    HANDLING = "dang-giai-quyet"
    ASKS = "cho-nguoi-nop"
    STOPPED = "dung"
    PARTLY = "xong-mot-phan"
    READY = "xong"
    RETURNED = "da-tra"
    IN_PART = "ket-thuc-mot-phan"
    WITHDRAWN = "rut"
    REFUSED = "tu-choi"

    @property
    def label(self) -> str:
        return _ENVELOPE_WORDS[self]

    @property
    def ended(self) -> bool:
        """Whether nothing of it is left to do."""
        return self in _ENDED


_ENVELOPE_WORDS = {
    EnvelopeState.REGISTERED: "Chờ tiếp nhận",
    EnvelopeState.HANDLING: "Đang giải quyết",
    EnvelopeState.ASKS: "Chờ người nộp",
    EnvelopeState.STOPPED: "Có thủ tục đang dừng",
    EnvelopeState.PARTLY: "Đã có kết quả một phần",
    EnvelopeState.READY: "Đủ kết quả, chờ trả",
    EnvelopeState.RETURNED: "Đã trả đủ kết quả",
    EnvelopeState.IN_PART: "Kết thúc, có thủ tục không thực hiện",
    EnvelopeState.WITHDRAWN: "Đã rút",
    EnvelopeState.REFUSED: "Không được tiếp nhận",
}
_ENDED = (EnvelopeState.RETURNED, EnvelopeState.IN_PART, EnvelopeState.WITHDRAWN, EnvelopeState.REFUSED)
M, E = MemberState, EnvelopeState


def member_state(status: Status | None, closed: bool) -> MemberState:
    """The state of a member from the status of its dossier (None: not opened)."""
    if status is None:
        return M.CLOSED if closed else M.WAITING
    return _OF_STATUS[status]


def envelope_state(members: Iterable[MemberState]) -> EnvelopeState:
    """The state of an envelope from those of its members: what asks for someone's hand comes first."""
    seen = set(members)
    if M.REGISTERED in seen and seen <= {M.REGISTERED, M.WAITING, M.CLOSED, M.REFUSED}:
        return E.REGISTERED
    if M.ASKS in seen:
        return E.ASKS
    if M.STOPPED in seen:
        return E.STOPPED
    if seen & {M.HANDLING, M.WAITING, M.REGISTERED}:
        return E.PARTLY if seen & {M.READY, M.RETURNED} else E.HANDLING
    if M.READY in seen:
        return E.READY
    if M.RETURNED in seen:
        return E.RETURNED if seen == {M.RETURNED} else E.IN_PART
    if M.WITHDRAWN in seen:
        return E.WITHDRAWN if seen <= {M.WITHDRAWN, M.CLOSED} else E.IN_PART
    return E.REFUSED


@dataclass(frozen=True, slots=True)
class MemberClock:
    """What decides a member's day. `due` and `ended_on` are those of its dossier once opened."""

    position: int
    after: tuple[int, ...]
    term_n: int | None
    term_unit: str
    calendar: Calendar
    opened: bool = False
    due: date | None = None
    ended_on: date | None = None
    closed: bool = False


def promised_days(
    members: Sequence[MemberClock], started_at: datetime, start_policy: str = clock.START_POLICY
) -> Mapping[int, date | None]:
    """The day of each member: its own once opened; before that its term, counted from the latest of those it waits
    for. None: no day is promised, by it or by one it waits for. Closed members have no day and are left out."""
    by_position = {one.position: one for one in members if not one.closed}
    found: dict[int, date | None] = {}

    def day(position: int) -> date | None:
        if position not in found:
            one = by_position[position]
            found[position] = _day_of(one, [day(other) for other in one.after if other in by_position])
        return found[position]

    def _day_of(one: MemberClock, before: list[date | None]) -> date | None:
        if one.opened:
            return one.ended_on or one.due
        if one.term_n is None or None in before:
            return None
        closes = (_close_of(last, one.calendar, started_at) for last in before if last is not None)
        start = max(closes, default=started_at)
        return clock.first_due(max(start, started_at), one.term_n, one.term_unit, one.calendar, start_policy)[
            0
        ]

    for position in by_position:
        day(position)
    return found


def promised_day(days: Mapping[int, date | None]) -> date | None:
    """The one day the citizen is told: the latest of the members; None when one of them promises none."""
    known = [one for one in days.values() if one is not None]
    return max(known) if known and len(known) == len(days) else None


def opens(after: Sequence[int], goes_on: Mapping[int, bool | None]) -> bool | None:
    """Whether a member opens now. `goes_on`: of each member, True ended with a result, False ended without, None not yet.

    None: it goes on waiting. False: it never opens.
    """
    states = [goes_on.get(position) for position in after]
    if any(one is False for one in states):
        return False
    return True if all(states) else None


def _close_of(day: date, calendar: Calendar, like: datetime) -> datetime:
    """The last moment of the office on a day, in the zone of `like`: the latest a predecessor may end in time."""
    sessions = calendar.sessions(day)
    minutes = sessions[-1][1] if sessions else 17 * 60
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=like.tzinfo)
