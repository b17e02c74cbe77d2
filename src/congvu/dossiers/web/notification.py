"""What a notification tells of, whether it came in time, and what silence means: in words, for officials and citizens."""

from dataclasses import dataclass
from datetime import date

from congvu.dossiers.models import DossierNotification
from congvu.dossiers.queries.notifications import notification_of
from congvu.dossiers.rules.notification import Timing, timing
from congvu.foundation.workdays.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class ToldOf:
    """A notification on a page."""

    row: DossierNotification
    timing: Timing


def told_of(dossier_id: int, told_on: date, calendar: Calendar) -> ToldOf | None:
    """The notification of a dossier, judged by the day it was received. 1 statement."""
    row = notification_of(dossier_id)
    if row is None:
        return None
    rule = row.rule
    return ToldOf(row, timing(row.event_on, told_on, rule.n, rule.unit, rule.side, calendar))
