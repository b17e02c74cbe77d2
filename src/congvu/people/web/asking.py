"""What every screen of people reads from its address: the day, the day of knowledge, the unit."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest

from congvu.foundation import clock
from congvu.foundation.ui.forms import day_asked
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight, sight_of
from congvu.people.queries.card import Card, card


@dataclass(frozen=True, slots=True)
class Moment:
    """The day asked for, and until which day recordings count (None: until now)."""

    on: date
    known: date | None

    @property
    def known_at(self) -> datetime | None:
        return None if self.known is None else clock.day_end(self.known)

    @property
    def query(self) -> str:
        """The same for links, "" for the present."""
        day = f"ngay={self.on:%d/%m/%Y}" if self.on != clock.today() else ""
        known = f"biet-den={self.known:%d/%m/%Y}" if self.known else ""
        return "&".join(part for part in (day, known) if part)


def moment(request: HttpRequest) -> Moment:
    """Out of `ngay` and `biet-den`. Refuses a day it cannot read."""
    return Moment(day_asked(request, "ngay") or clock.today(), day_asked(request, "biet-den"))


def looking(request: HttpRequest) -> tuple[Picture, Sight]:
    """The organisation and what the reader sees of its people. 1 statement."""
    known = picture()
    return known, sight_of(actor_of(request), clock.today(), known)


def found_or_404(request: HttpRequest, number: str, at: Moment) -> tuple[Card, Sight, bool]:
    """The person of a number, what the reader sees, and whether he keeps the file. 2 statements."""
    _, sight = looking(request)
    found = card(number, sight, at.on, at.known_at)
    if found is None:
        raise Http404
    return found, sight, found.home in sight.keeps
