"""Pilots of an index that a conference's file names: the index as far as it is known, a round of the year, who takes part."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.models import Evidence
from congvu.indices.actions.draft_set import Heading, approve_set, draft_set
from congvu.indices.actions.open_round import Opening, add_participants, open_round
from congvu.indices.models import IndexSet, Round, Sheet
from congvu.indices.rules.scoring import Judged
from congvu.indices.rules.sets import APPROVED, PERCENT
from congvu.indices.rules.tree import EXCLUDE, Node
from congvu.reports.actions.conference_areas import units_of
from congvu.reports.rules.conference import Conference, Record

_WHOLE = Decimal(100)
_UNKNOWN = "Toàn bộ chỉ số (văn bản không nêu tiêu chí)"


def load_pilots(conference: Conference, record: Record, *, by: Actor, at: datetime) -> int:
    """The units of a pilot become participants of the index's round of that year. Returns how many were not there yet."""
    units = units_of(conference, record)
    year = int(record.facts["year"] or record.since.year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    index = _index_of(record, year, by, at)
    held = Round.objects.filter(set=index, first=first, last=last).first()
    if held is None:
        open_round(
            Opening(index.pk, f"{index.name}, {year}", first, last, units, pilot=record.paper), by=by, at=at
        )
        return len(units)
    there = set(Sheet.objects.filter(round=held, unit__in=units).values_list("unit_id", flat=True))
    fresh = [unit for unit in units if unit not in there]
    if fresh:
        add_participants(held, fresh, ())
    return len(fresh)


def _index_of(record: Record, year: int, by: Actor, at: datetime) -> IndexSet:
    """The index of that year; one nobody wrote down yet gets a single criterion, and the badge of what is not compared."""
    code, edition = str(record.facts["index"]), str(year)
    found = IndexSet.objects.filter(code=code, edition=edition, state=APPROVED).first()
    if found is not None:
        return found
    heading = Heading(
        code, edition, str(record.facts["name"]) or code, "TINH", PERCENT, _WHOLE, Decimal(0), EXCLUDE, "",
        f"{record.paper}, {record.issuer}", Evidence.MEM,
    )  # fmt: skip
    drafted = draft_set(heading, [Node("1", _UNKNOWN, Fraction(_WHOLE), Judged())], by=by, at=at)
    return approve_set(drafted.pk, record.paper, record.signed, by=by, at=at)
