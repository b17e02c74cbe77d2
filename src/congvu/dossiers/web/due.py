"""The due day of a dossier as the page explains it: the sheet of days and the reasons, as known now or on a day."""

from datetime import date, datetime

from congvu.dossiers.queries.detail import Detail
from congvu.dossiers.rules import clock
from congvu.dossiers.web.words import term
from congvu.foundation.clock import legal
from congvu.foundation.ui import formats
from congvu.foundation.ui.due_calendar import DueCalendar, Pause, build
from congvu.foundation.workdays.days import previous_day
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.due import Due

_PAUSE_WORDS = {
    "supplement": "chờ bổ sung giấy tờ",
    "payment": "chờ nghĩa vụ tài chính",
    "stopped": "dừng giải quyết",
}


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


def due_sheet(found: Detail, answer: Due, today: date, calendar_words: str = "") -> DueCalendar:
    """The sheet under "Vì sao hẹn …"."""
    pauses = [
        Pause(
            legal(one.started_at).date(),
            previous_day(legal(one.ended_at).date()) if one.ended_at else None,
            f"{_PAUSE_WORDS.get(one.kind, one.kind)} ({formats.moment(one.started_at)})",
            one.citation,
        )
        for one in found.pauses
    ]
    return sheet_of(answer, today, term(found.term_n, found.term_unit), calendar_words, pauses)


def sheet_of(
    answer: Due, today: date, term_words: str, calendar_words: str = "", pauses: list[Pause] | None = None
) -> DueCalendar:
    """The sheet of any due day. A pause that ended the day it began leaves no day out of the count."""
    return build(
        answer.trace,
        received=answer.start.date(),
        due=answer.date,
        today=today,
        term=term_words,
        until=formats.hour(answer.moment) if answer.moment else "",
        pauses=[one for one in pauses or () if one.last is None or one.last >= one.first],
        calendar_words=calendar_words,
    )
