"""Who owes which plan on a day and who has it, for several duties at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Q, Value
from django.db.models.functions import JSONObject

from congvu.organisation.rules.picture import Picture
from congvu.tasks.models import Plan, PlanDuty, PlanReminder
from congvu.tasks.rules.coverage import Coverage, Have, coverage


@dataclass(frozen=True, slots=True)
class Told:
    """A duty and where its units stand; `exempt`: those let off, with the reason."""

    duty: PlanDuty
    coverage: Coverage
    exempt: dict[int, str]


def duties(
    year: int | None = None, ids: Sequence[int] = (), known_at: datetime | None = None
) -> list[PlanDuty]:
    """Duties for plans of a year or of a period it lies in, plans of a year first; each with who was let off, as known at a
    moment. 1 statement."""
    let_off = Q(exempt__isnull=False)
    if known_at is not None:
        let_off &= Q(exempt__recorded_at__lte=known_at)
    found = PlanDuty.objects.annotate(
        let_off=JSONBAgg(
            JSONObject(unit="exempt__unit_id", why="exempt__why"),
            filter=let_off,
            default=Value("[]"),
        )
    )
    if year is not None:
        found = found.filter(first_year__lte=year, last_year__gte=year)
    return list((found.filter(pk__in=ids) if ids else found).order_by("-term", "-first_year", "id"))


def duty_years() -> list[int]:
    """The years some plan is owed for, the last first. 1 statement."""
    spans = PlanDuty.objects.values_list("first_year", "last_year")
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


def covered(
    wanted: Sequence[PlanDuty], on: date, known: Picture, known_at: datetime | None = None
) -> list[Told]:
    """Where every unit that owes stands on a day, for each duty of `duties`, as known at a moment. 1 statement, however many."""
    if not wanted:
        return []
    keys = Q()
    for one in wanted:
        keys |= Q(subject=one.subject, term=one.term, first_year=one.first_year, last_year=one.last_year)
    rows = Plan.objects.filter(keys)
    if known_at is not None:
        rows = rows.filter(drafted_at__lte=known_at)
    plans: dict[tuple[str, str, int, int], list[Have]] = {}
    for row in rows.values_list(
        "subject", "term", "first_year", "last_year", "id", "unit_id", "keeper_id", "number", "issued_on",
        "drafted_on", "issued_at",
    ).order_by("id"):  # fmt: skip
        subject, term, first, last, number_id, unit, keeper, number, out, drafted, issued_at = row
        known_then = known_at is None or (issued_at is not None and issued_at <= known_at)
        have = Have(number_id, unit, keeper, number, out if known_then else None, drafted)
        plans.setdefault((subject, term, first, last), []).append(have)
    found = []
    for one in wanted:
        exempt = {row["unit"]: row["why"] for row in one.let_off}  # type: ignore[attr-defined]
        held = plans.get((one.subject, one.term, one.first_year, one.last_year), ())
        told = coverage(known, on, one.classes, held, due_on=one.due_on, exempt=exempt)
        found.append(Told(one, told, exempt))
    return found


def reminders(unit_ids: Sequence[int], limit: int = 10) -> list[PlanReminder]:
    """The last reminders units were given, newest first. 1 statement."""
    found = PlanReminder.objects.filter(unit__in=unit_ids).select_related("duty")
    return list(found.order_by("-on", "-id")[:limit])


def reminded(duty_id: int) -> dict[int, tuple[date, int]]:
    """Unit -> the last day it was reminded of this plan, and how often. 1 statement."""
    found: dict[int, tuple[date, int]] = {}
    for unit, on in PlanReminder.objects.filter(duty=duty_id).order_by("on").values_list("unit_id", "on"):
        found[unit] = (on, found.get(unit, (on, 0))[1] + 1)
    return found
