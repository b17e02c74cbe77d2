"""How a past case becomes a dossier and its events: plain values, ready for the tables.

A log's wall clock is kept and read as legal time: what happened on the 5th there is a dossier of the 5th here, so
that statistics by day give what the log itself says (its offset stays in the words of the first event).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from congvu.dossiers.rules.eventlog.cases import WORDS, PastCase, PastEvent
from congvu.dossiers.rules.status import Channel, Status
from congvu.foundation.text import fold

OPENED, HAPPENED, ENDED = "receive", "past_event", "finish"  # verbs of the events
_ONLINE = ("internet", "online", "web", "e mail", "email", "truc tuyen", "mang")
_POST = ("post", "mail", "buu chinh", "buu dien", "bcci")
_LONGEST = 4000
_LEGAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # rules read no clock, not even its zone


class Moment(NamedTuple):
    """One event row: what happened and the state it left."""

    at: datetime
    verb: str
    status_from: Status | None
    status_to: Status
    ended_on: date | None
    reason: str


def legal_wall(at: datetime) -> datetime:
    """The wall clock of the log, as legal time."""
    return at.replace(tzinfo=_LEGAL_ZONE)


def channel_of(label: str) -> Channel:
    """The channel a label means; what is neither online nor post was handed in directly."""
    folded = fold(label)
    if any(word in folded for word in _ONLINE):
        return Channel.ONLINE
    return Channel.POST if any(word in folded.split() or word == folded for word in _POST) else Channel.DIRECT


def status_of(case: PastCase) -> Status:
    """Ended cases are closed for good; the others are being handled."""
    return Status.HANDLING if case.ended_at is None else Status.RETURNED


def history(case: PastCase) -> Iterator[Moment]:
    """The events of a dated case, in order: its opening, what the log tells, its end. Events with no moment stand
    where the log has them, at the moment before them."""
    if case.opened_at is None:
        return
    opened, ended = legal_wall(case.opened_at), legal_wall(case.ended_at) if case.ended_at else None
    ended_on = ended.date() if ended else None
    yield Moment(opened, OPENED, None, Status.HANDLING, None, _opening_words(case))
    over, last = False, opened
    for event in case.events:
        last = legal_wall(event.at) if event.at else last
        if ended is not None and not over and last > ended:
            over = True
            yield Moment(ended, ENDED, Status.HANDLING, Status.RETURNED, ended_on, "")
        state = Status.RETURNED if over else Status.HANDLING
        yield Moment(last, HAPPENED, state, state, ended_on if over else None, _event_words(event))
    if ended is not None and not over:
        yield Moment(ended, ENDED, Status.HANDLING, Status.RETURNED, ended_on, "")


def _opening_words(case: PastCase) -> str:
    doubts = "; ".join(WORDS[doubt] for doubt in case.doubts)
    said = "; ".join(f"{name} = {value}" for name, value in case.attributes.items() if value)
    return "\n".join(
        part
        for part in (f"Cần xem: {doubts}." if doubts else "", f"Nhật ký gốc: {said}" if said else "")
        if part
    )[:_LONGEST]


def _event_words(event: PastEvent) -> str:
    """What was done, by whom (a pseudonym), where; "complete" says nothing that the row does not."""
    due = f"hạn {event.due_on:%d/%m/%Y}" if event.due_on else ""
    lifecycle = "" if event.lifecycle.lower() == "complete" else event.lifecycle
    return " · ".join(
        part for part in (event.activity, lifecycle, event.unit_label, event.person_ref, due) if part
    )[:_LONGEST]
