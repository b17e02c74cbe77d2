"""What a simulation starts from: the year's arrivals, the branches taken, the processes to try; and the trials kept."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.access import Visible
from congvu.dossiers.models import Simulation
from congvu.dossiers.queries.compose import BULK
from congvu.foundation.sql import statement
from congvu.foundation.workdays.days import each_day
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.procedures.models import ProcessVersion
from congvu.procedures.queries.graphs import VersionGraph, graphs_of
from congvu.procedures.rules.words import VersionState

MOST_PROCESSES = 3


@dataclass(frozen=True, slots=True)
class Year:
    """The dossiers received in a period: (deciding unit, day) -> how many."""

    first: date
    last: date
    counts: dict[tuple[int, date], int]

    def units(self) -> list[tuple[int, int]]:
        """(unit, dossiers), most first."""
        found: Counter[int] = Counter()
        for (unit, _), count in self.counts.items():
            found[unit] += count
        return found.most_common(30)

    def total(self, unit: int) -> int:
        """The dossiers of a unit; 0: of all."""
        return sum(count for (one, _), count in self.counts.items() if unit in (0, one))

    def per_working_day(self, unit: int, calendar: Calendar) -> list[int]:
        """The dossiers of each working day of the period; those of a day off come on the next."""
        by_day: Counter[date] = Counter()
        for (one, day), count in self.counts.items():
            if unit in (0, one):
                by_day[day] += count
        found, waiting = [], 0
        for day in each_day(self.first, self.last):
            waiting += by_day[day]
            if calendar.works(day):
                found.append(waiting)
                waiting = 0
        return found


def arrivals(sight: Visible, procedure_id: int, first: date, last: date) -> Year:
    """The arrivals of a period. 1 statement."""
    if sight.nothing:
        return Year(first, last, {})
    found = statement(BULK, "simulation_arrivals").with_condition(sight.sql("d"))
    rows = found.rows({"procedure": procedure_id, "first": first, "last": last, **sight.params})
    return Year(first, last, {(unit, day): count for unit, day, count in rows})


def branches_taken(
    sight: Visible, processes: list[int], first: date, last: date
) -> dict[tuple[int, int], dict[int, int]]:
    """(process, position) -> branch -> how often it was taken. 1 statement, none without processes."""
    if sight.nothing or not processes:
        return {}
    found = statement(BULK, "simulation_branches").with_condition(sight.sql("d"))
    taken: dict[tuple[int, int], dict[int, int]] = {}
    params = {"processes": processes, "first": first, "last": last, **sight.params}
    for process, position, branch, count in found.rows(params):
        taken.setdefault((process, position), {})[branch] = count
    return taken


def processes_to_try(code: str) -> list[VersionGraph]:
    """The draft and the newest published processes of a procedure, newest first. 3 statements, 1 when there is none."""
    found = (
        ProcessVersion.objects.filter(procedure__code=code)
        .exclude(state=VersionState.LOADING.value)
        .select_related("procedure")
        .defer("original")
        .order_by("-number")[:MOST_PROCESSES]
    )
    return graphs_of(list(found))


def simulations_of(procedure_id: int, limit: int = 20) -> list[Simulation]:
    """The trials of a procedure, newest first, without what is large. 1 statement."""
    found = Simulation.objects.filter(procedure_id=procedure_id).defer("inputs", "result")
    return list(found.order_by("-id")[:limit])


def simulation(procedure_id: int, pk: int) -> Simulation | None:
    """One trial. 1 statement."""
    return Simulation.objects.filter(procedure_id=procedure_id, pk=pk).first()
