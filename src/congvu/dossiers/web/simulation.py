"""Trying a process on the arrivals of the past year: what to try, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import movable_by
from congvu.dossiers.actions.simulate import order_simulation
from congvu.dossiers.models import Simulation
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.simulations import (
    arrivals,
    branches_taken,
    processes_to_try,
    simulation,
    simulations_of,
)
from congvu.dossiers.rules.trials import FEWEST_DOSSIERS, Inputs
from congvu.dossiers.web.simulation_form import SPREAD_WORDS, Start, fields_of, read
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.track_picture import px
from congvu.foundation.workdays.days import add_months, previous_day
from congvu.foundation.workdays.queries import current_version
from congvu.organisation.queries import picture
from congvu.procedures.queries.versions import procedure_by_code
from congvu.procedures.rules.process.graph import HOURS_PER_DAY

SLOW = 30  # seconds a trial may wait before the page says that nobody works it off
BUSY = 0.9  # share of the time from which officers cannot keep up with chance
SWAMPED = 0.99  # busy all the year: one more officer may not be seen in the figures


def simulations(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-tuc/<code>/mo-phong/`: what to try, and the trials kept. 8 statements; the post 12."""
    graphs = processes_to_try(code)
    if not graphs:
        return _nothing(request, code)
    procedure = graphs[0].version.procedure
    if procedure is None:
        raise Http404("Không có thủ tục này.")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    known = picture()
    sight, first = movable_by(actor, today, known), add_months(today, -12)
    choosing = [one.version.pk for one in graphs if any(len(step.branches) > 1 for step in one.graph.steps)]
    year = arrivals(sight, procedure.pk, first, previous_day(today))
    units = tuple((unit, known.name(unit, today), count) for unit, count in year.units())
    names = {
        step.agency.words: known.name(step.agency.unit_id, today)
        for one in graphs
        for step in one.graph.steps
        if step.agency.unit_id is not None
    }
    taken = branches_taken(sight, choosing, first, previous_day(today))
    start = Start(tuple(graphs), year, units, taken, names)
    typed = {name: str(value) for name, value in (request.POST or request.GET).items()}
    refusal = None
    if request.method == "POST":
        try:
            inputs, seed = read(start, typed, Calendars(current_version()).of(None))
            made = order_simulation(procedure.pk, inputs, seed, by=actor, at=clock.now())
        except Refused as problem:
            refusal = problem
        else:
            messages.success(request, "Đã đặt mô phỏng.")
            return HttpResponseRedirect(reverse("simulation", args=[code, made.pk]))
    context = {
        "procedure": procedure,
        "year": year,
        "few": year.total(0) < FEWEST_DOSSIERS,
        "kept": simulations_of(procedure.pk),
        "refusal": refusal,
        **fields_of(start, typed),
    }
    status = FORM_STATUS if refusal is not None else 200
    return render(request, "dossiers/web/simulations.html", context, status=status)


def simulation_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/thu-tuc/<code>/mo-phong/<số>/`: how far it is, then what came out. 4 statements."""
    procedure = procedure_by_code(code)
    found = simulation(procedure.pk, pk) if procedure is not None else None
    if procedure is None or found is None:
        raise Http404("Không có mô phỏng này.")
    waiting = found.state in (Simulation.State.WAITING, Simulation.State.RUNNING)
    inputs = Inputs.of(found.inputs)
    context = {
        "procedure": procedure,
        "one": found,
        "waiting": waiting,
        "slow": waiting and (clock.now() - found.ordered_at).total_seconds() > SLOW,
        "inputs": inputs,
        "per_day": _plain(inputs.per_day),
        "term_days": _plain(inputs.term_days),
        "first": date.fromisoformat(inputs.first),
        "last": date.fromisoformat(inputs.last),
        "spread": SPREAD_WORDS[inputs.spread],
        "staff": [(inputs.names.get(agency, agency), n) for agency, n in inputs.staff.items()],
        "again": urlencode(inputs.typed),
        "answer": None if found.result is None else _answer(inputs, found.result),
    }
    if request.htmx:  # type: ignore[attr-defined]
        answer = render(request, "dossiers/web/_simulation_progress.html", context)
        if not waiting:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "dossiers/web/simulation_page.html", context)


def _nothing(request: HttpRequest, code: str) -> HttpResponse:
    """A procedure without a process: its dossiers go the plain way, there is nothing to try."""
    procedure = procedure_by_code(code)
    if procedure is None:
        raise Http404("Không có thủ tục này.")
    return render(request, "dossiers/web/simulations.html", {"procedure": procedure, "none": True})


@dataclass(frozen=True, slots=True)
class Bar:
    """The mean queue of one part of the year, drawn."""

    x: str
    y: str
    height: str
    value: float


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency's figures in one process."""

    name: str
    said: dict[str, Any]
    bars: tuple[Bar, ...]
    peak: float
    overloaded: bool
    busy_words: str

    @property
    def swamped(self) -> bool:
        """Whether more comes than its officers can ever work off: the queue only grows."""
        return bool(self.said["busy"] >= SWAMPED)


def _plain(n: float | None) -> str:
    """ "3", "2,5": a whole number has no decimals."""
    return formats.number(n if n is None or n != int(n) else int(n))


def _answer(inputs: Inputs, result: dict[str, Any]) -> dict[str, Any]:
    """The result as the page tells it."""
    tried = [
        {
            "name": name,
            **said,
            **_late(said["late"]),
            "days": None if said["hours"] is None else said["hours"]["mean"] / HOURS_PER_DAY,
            "agencies": [_agency(one, inputs.names) for one in said["agencies"]],
        }
        for (name, _), said in zip(inputs.processes, result["processes"], strict=True)
    ]
    first = tried[0]
    agencies = [line for line in first["agencies"] if line.said["done"]]
    worst = max(agencies, key=lambda line: line.said["mean_wait"] * line.said["done"], default=None)
    return {
        "tried": tried,
        "runs": result["runs"],
        "expected": result["expected"],
        "worst": worst if worst is not None and worst.said["mean_wait"] > 0 else None,
        "more": [
            {
                **one,
                **_late(one["late"]),
                "name": inputs.names.get(one["agency"], one["agency"]),
                "gain": _gain(one["gain"]),
            }
            for one in result["more"]
        ],
        "differ": _differ(tried, result["difference"]) if len(tried) > 1 else None,
    }


def _agency(said: dict[str, Any], names: Mapping[str, str]) -> AgencyLine:
    peak = max(said["queue"], default=0.0)
    bars = tuple(
        Bar(
            px(4 + at * 10),
            px(60 - 52 * value / peak if peak else 60),
            px(52 * value / peak if peak else 0),
            value,
        )
        for at, value in enumerate(said["queue"])
    )
    return AgencyLine(
        names.get(said["name"], said["name"]), said, bars, peak, said["busy"] >= BUSY, _percent(said["busy"])
    )


def _late(said: dict[str, float] | None) -> dict[str, str]:
    """The late share and its interval in words."""
    if said is None:
        return {"late_words": "", "late_range": ""}
    return {
        "late_words": _percent(said["mean"]),
        "late_range": f"{_percent(said['low'])} đến {_percent(said['high'])}",
    }


def _percent(share: float) -> str:
    return f"{formats.number(100 * share, 1)}%"


def _gain(said: dict[str, float] | None) -> str:
    """How many points of the late share one more officer saves; chance alone is not called a gain."""
    if said is None:
        return "–"
    return "không rõ" if said["low"] <= 0 else f"{formats.number(100 * said['mean'], 1)} điểm %"


def _differ(tried: list[dict[str, Any]], said: dict[str, float] | None) -> str:
    """Whether the two late shares are apart beyond chance."""
    if said is None:
        return ""
    if said["low"] <= 0 <= said["high"]:
        return "Hai quy trình không khác nhau rõ về tỷ lệ trễ hạn."
    points = formats.number(abs(100 * said["mean"]), 1)
    return f"{tried[0]['name']} trễ hạn {'nhiều' if said['mean'] > 0 else 'ít'} hơn {points} điểm %, ngoài phạm vi may rủi."
