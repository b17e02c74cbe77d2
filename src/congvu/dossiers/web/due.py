"""The due day of a dossier recomputed from its ledger, as known now or on a day."""

from datetime import datetime

from congvu.dossiers.queries.detail import Detail
from congvu.dossiers.rules import clock
from congvu.foundation.ui import formats
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.due import Due


def ledger_of(found: Detail, known_at: datetime | None = None) -> clock.Ledger:
    """The ledger of the dossier; with `known_at`, only what had happened by then."""
    pauses = [
        (
            one.started_at,
            one.ended_at if known_at is None or (one.ended_at and one.ended_at <= known_at) else None,
        )
        for one in found.pauses
        if known_at is None or one.started_at <= known_at
    ]
    extension = (
        found.extension if found.extension and (known_at is None or found.extension.at <= known_at) else None
    )
    return clock.Ledger(
        started_at=found.received_at or found.opened_at,
        term_n=found.term_n,
        term_unit=found.term_unit,
        start_policy=found.start_policy,
        pause_policy=found.pause_policy,
        pauses=tuple(pauses),
        extended_to=extension.due_after if extension else None,
        extended_at=extension.at if extension else None,
    )


def explained(found: Detail, calendar: Calendar, known_at: datetime | None = None) -> Due | None:
    """The due day with its trace, recomputed from the ledger; None when no day is promised or none received it."""
    return clock.explain(ledger_of(found, known_at), calendar) if found.received_at else None


def told_sentence(found: Detail, answer: Due, plain: str) -> str:
    """The sentence above the sheet; a dossier whose clock stands says so, since its day will move."""
    pause = found.open_pause
    if not answer.suspended or pause is None:
        return plain
    return (
        f"Đang tạm dừng từ {formats.moment(pause.started_at)}: ngày hẹn được tính lại khi tiếp tục."
        f" Dưới đây là hạn {answer.term.words()} như trước khi dừng."
    )
