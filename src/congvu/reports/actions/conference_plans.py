"""Plans a conference's file says were issued: drafted and issued through the book of plans."""

from datetime import datetime

from congvu.foundation.identity.actor import Actor
from congvu.reports.actions.conference_areas import units_of
from congvu.reports.rules.conference import Conference, Record
from congvu.tasks.actions.draft_plan import NewPlan, draft_plan
from congvu.tasks.actions.issue_plan import Issue, issue_plan
from congvu.tasks.models import Plan
from congvu.tasks.rules.kinds import ISSUED, PERIOD, REFORM, YEAR


def load_plans(conference: Conference, record: Record, *, by: Actor, at: datetime) -> int:
    """A plan of each unit for the year or period, issued on the day. Returns how many were not there yet."""
    units = units_of(conference, record)
    first = int(record.facts["year_first"] or record.since.year)
    last = int(record.facts["year_last"] or first)
    term = YEAR if first == last else PERIOD
    there = set(
        Plan.objects.filter(
            unit__in=units, subject=REFORM, term=term, first_year=first, last_year=last, state=ISSUED
        ).values_list("unit_id", flat=True)
    )
    fresh = [unit for unit in units if unit not in there]
    name = str(record.facts["name"])
    wanted = [NewPlan(unit, REFORM, term, first, last, name, drafted_on=record.since) for unit in fresh]
    drafts = draft_plan(wanted, by=by, at=at, reuse=True) if wanted else []
    issue_plan([Issue(one.pk, record.paper, record.since, record.issuer) for one in drafts], by=by, at=at)
    return len(fresh)
