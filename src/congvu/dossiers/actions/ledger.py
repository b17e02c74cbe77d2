"""From a dossier's ledger (start, pauses, extension) to its due day."""

from congvu.dossiers.actions.door import Office
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.rules import clock


def ledger_of(now: DossierNow) -> clock.Ledger:
    """The ledger of a received dossier."""
    return clock.Ledger(
        started_at=now.received_at or now.opened_at,
        term_n=now.term_n,
        term_unit=now.term_unit,
        start_policy=now.start_policy,
        pause_policy=now.pause_policy,
        pauses=tuple((pause.started_at, pause.ended_at) for pause in now.pauses),
        extended_to=now.extension[1] if now.extension else None,
        extended_at=now.extension[0] if now.extension else None,
    )


def due_after(now: DossierNow, office: Office) -> clock.Day:
    """The due day of the ledger as it stands, by the calendar of the competent unit."""
    return clock.due_of(ledger_of(now), office.calendars.of(now.competent_unit_id))
