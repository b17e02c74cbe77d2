"""Form 06 by hand: one dossier at a time, from its events, in the words of the law pages. Shares no code with ours."""

from collections.abc import Sequence
from datetime import date, timedelta

from congvu.foundation.clock import LEGAL_ZONE
from congvu.indicators.tests.make import Happened, History


def state_at(history: History, day: date, known: date | None = None) -> Happened | None:
    """The last event by the end of `day` (and recorded by the end of `known`)."""
    past = [
        e
        for e in history.events
        if e.at.astimezone(LEGAL_ZONE).date() <= day
        and (known is None or (e.recorded or e.at).astimezone(LEGAL_ZONE).date() <= known)
    ]
    return max(enumerate(past), key=lambda pair: (pair[1].at, pair[0]))[1] if past else None


def cells_of(history: History, start: date, end: date, known: date | None = None) -> list[str]:
    """The columns this dossier is counted in; none when it is not in the form."""
    now = state_at(history, end, known)
    if now is None or history.received_on is None or history.received_on > end or now.status in (1, 3):
        return []
    over = now.status in (7, 9, 10)
    if over and not (now.ended_on and start <= now.ended_on <= end):
        return []
    cells = ["c3"]
    if history.received_on < start:
        cells.append("c6")
    else:
        cells.append("c4" if history.channel == 2 else "c5")
    if over:
        assert now.ended_on is not None
        cells.append("c7")
        if now.status == 7 or now.due_on is None or now.ended_on == now.due_on:
            cells.append("c9")
        else:
            cells.append("c8" if now.ended_on < now.due_on else "c10")
    else:
        cells.append("c11")
        late = now.status in (2, 4) and now.due_on is not None and now.due_on < end
        cells.append("c13" if late else "c12")
    return cells


def counted(
    histories: Sequence[History], start: date, end: date, known: date | None = None
) -> dict[str, int]:
    total = {f"c{n}": 0 for n in range(3, 14)}
    for history in histories:
        for cell in cells_of(history, start, end, known):
            total[cell] += 1
    return total


def day_after(day: date, n: int) -> date:
    return day + timedelta(days=n)
