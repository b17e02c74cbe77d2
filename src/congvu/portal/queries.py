"""What the home page and the search gather from the areas below. Nothing here counts past a cap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.models import Dossier
from congvu.dossiers.queries.lists import DossierRow, ListFilter, capped_count, dossier_page
from congvu.dossiers.queries.work import COUNT_CAP, LATE, Days, WorkFilter, WorkRow, work_counts, work_page
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.ui.pager import Page
from congvu.foundation.workdays.queries import calendar_now
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.queries.find import FoundProcedure, search
from congvu.reports.access import WRITERS
from congvu.reports.models import ReportPart
from congvu.reports.queries.reports import late, open_parts

NEAR_DAYS = 3  # as "Việc của tôi" parts its groups
RED_LIST, FOUND, TODAY_CAP, OWED = 8, 10, 1000, 5


@dataclass(frozen=True, slots=True)
class OwedPart:
    """A part of a report a unit is asked for and has not sent."""

    part: ReportPart
    unit: str
    late: bool


@dataclass(frozen=True, slots=True)
class OfficeHome:
    """The day of an official. `counts` by group of urgency; `received_today` None for who does not receive."""

    calendar: Calendar
    known: Picture
    counts: dict[str, int]
    red: list[WorkRow]
    received_today: int | None


def office_home(actor: Actor, today: date) -> OfficeHome:
    """The day of an official. 5 statements: picture, calendar, counts, red list, received today."""
    known, calendar = picture(), calendar_now()
    units = _work_units(actor, known, today)
    days = Days(today, calendar.nth_working_day(today, NEAR_DAYS))
    sight = visible_to(actor, today, known)
    counts = work_counts(units, sight, WorkFilter(), days, COUNT_CAP)
    red = (
        work_page(units, sight, WorkFilter(group=LATE), days, limit=RED_LIST).rows if counts.get(LATE) else []
    )
    received = _received_today(actor, sight, today)
    return OfficeHome(calendar, known, counts, red, received)


def owed_parts(actor: Actor, today: date) -> list[OwedPart]:
    """The parts of reports the actor's own units still owe, the most urgent first. 1 statement besides the picture, none for
    who writes no report."""
    units = actor.units(*WRITERS)
    if not units:
        return []
    known = picture()
    parts = open_parts(sorted(units), OWED)
    return [OwedPart(one, known.name(one.unit_id, today), late(one, today)) for one in parts]


def own_dossiers(actor: Actor, today: date, cursor: str = "") -> Page[DossierRow]:
    """The dossiers of a citizen, newest first. 2 statements."""
    sight = visible_to(actor, today)
    return dossier_page(Visible(False, (), sight.account_id), ListFilter(on=today), cursor)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, at most ten of each; the flags say that more match."""

    dossiers: list[DossierRow]
    more_dossiers: bool
    procedures: list[FoundProcedure]
    more_procedures: bool


def find(actor: Actor, text: str, today: date) -> Found:
    """Dossiers the actor may see (code, phone, ID number, name) and procedures in force. 3 statements."""
    page = dossier_page(visible_to(actor, today), ListFilter(on=today, text=text), limit=FOUND)
    procedures = search(text, on=today, limit=FOUND)
    return Found(page.rows, bool(page.next), procedures[:FOUND], len(procedures) > FOUND)


def dossier_codes(ids: Iterable[int]) -> dict[int, str]:
    """The codes of dossiers by id, for the log; those without a code are left out. 1 statement, none for no ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = Dossier.objects.filter(id__in=wanted, code__isnull=False).values_list("id", "code")
    return {pk: code for pk, code in rows if code}


def _work_units(actor: Actor, known: Picture, today: date) -> tuple[int, ...]:
    """A leader looks at everything below; others at their own units."""
    own = actor.units(CLERK, SPECIALIST, LEADER)
    led = actor.units(LEADER)
    return tuple(sorted({*own, *known.subtree(led, today)})) if led else own


def _received_today(actor: Actor, sight: Visible, today: date) -> int | None:
    if not actor.has(CLERK):
        return None
    asked = ListFilter(on=today, received_from=today, received_to=today)
    return capped_count(sight, asked, TODAY_CAP)
