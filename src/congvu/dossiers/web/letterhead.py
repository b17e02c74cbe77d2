"""What heads a printed form: the issuing body, the place, and the hour its office closes."""

from datetime import date

from congvu.foundation.papers.head import place
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.kinds import vn_time
from congvu.organisation.rules.picture import Picture


def letterhead(known: Picture, unit_id: int, on: date) -> dict[str, str]:
    """The two lines of the issuing body, and the place. No statement."""
    span = known.at(unit_id, on)
    parent = known.name(span.parent_id, on) if span is not None and span.parent_id else ""
    return {"parent": parent, "unit": known.name(unit_id, on), "place": place()}


def closing_hour(calendar: Calendar, day: date | None) -> str:
    """When the office closes on a day ("17:00"); "" on a day off or without a day."""
    sessions = calendar.sessions(day) if day else ()
    return vn_time(sessions[-1][1]) if sessions else ""
