"""A real city's processes: published through the actions, and a flood through them that no rule of theirs forbids."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.db.models import F

from congvu.demo import city, flood
from congvu.demo.samples_city import CITY
from congvu.demo.tests.make import NOW, PLACES, a_catalogue, staffed
from congvu.demo.units import load_units
from congvu.dossiers.access import Visible
from congvu.dossiers.models import Dossier, DossierPause, DossierStep, FeeEntry, OpinionRequest, StepState
from congvu.dossiers.queries.conformance import By, ConformanceAsked, conformance
from congvu.dossiers.queries.offers import road
from congvu.dossiers.queries.reconcile import fee_sums
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.queries import calendar_now
from congvu.procedures.models import ProcessStep, ProcessVersion, StepLink
from congvu.procedures.queries.graphs import stored_process
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.lint import lint

pytestmark = pytest.mark.django_db
ALL = Visible(True, (), None)
# a step cancelled when the dossier left the road was still open in the game
_STATES = {
    StepState.OPEN: run.OPEN, StepState.DONE: run.DONE, StepState.CANCELLED: run.OPEN, StepState.SET_ASIDE: run.SUPERSEDED,
}  # fmt: skip
MEANT = {"late"}  # deviations the flood means to make


def test_the_citys_processes_are_published_once_and_lint_finds_nothing() -> None:
    load_units()
    assert city.load(by=SYSTEM, at=NOW) == len(CITY) == 27
    assert city.load(by=SYSTEM, at=NOW) == 0
    published = ProcessVersion.objects.filter(state="PUBLISHED")
    for process in published:
        assert lint(stored_process(process.pk).graph, on=NOW.date()) == [], process.code
    steps = ProcessStep.objects.filter(process_version__in=published)
    assert steps.values("agency_kind", "unit").distinct().count() >= 5
    links = StepLink.objects.filter(from_step__in=steps)
    assert links.filter(back=True).count() == len(CITY)
    assert steps.filter(join="ANY").exists()
    assert {one.was[:2] for one in CITY} == {"DT", "KT", "TP"}


def _pour() -> None:
    """A year of six dossiers a working day through the city's processes in its seven wards, and 200 others."""
    units = load_units()
    a_catalogue()
    city.load(by=SYSTEM, at=datetime(2025, 7, 1, 7, tzinfo=LEGAL_ZONE))
    what, roster = staffed(units, communes=7)
    assert len(what.city) == 7 * len(CITY)
    flood.pour(what, roster, calendar_now(), count=200, until=NOW, seed=3, places=PLACES, city=6)


def test_a_flood_conforms_to_its_processes_but_for_the_deviations_it_means_to_make() -> None:
    _pour()
    asked = ConformanceAsked(date(2025, 11, 20), NOW.date(), NOW.date(), By.PROCEDURE)
    total = conformance(ALL, asked).total
    assert total.dossiers > 1_500
    assert {kind.value for kind, count in total.kinds.items() if count} == MEANT
    assert total.conforming > 0.6 * total.dossiers


def test_the_steps_of_every_poured_dossier_replay_to_where_it_stands() -> None:
    _pour()
    steps: dict[int, list[DossierStep]] = {}
    for one in DossierStep.objects.order_by("done_at", "id"):
        steps.setdefault(one.dossier_id, []).append(one)
    went = Counter[str]()
    for dossier, process in Dossier.objects.filter(pk__in=steps).values_list("pk", "process_id"):
        graph, rows = road(process).graph, steps[dossier]
        key = {place: name for name, place in graph.position.items()}
        done = [one for one in rows if one.branch is not None or one.state == StepState.DONE]
        state = run.replay(graph, [(key[one.position], one.branch) for one in done])
        held = {(one.key, one.round): one.state for one in state.instances}
        assert held == {(key[one.position], one.round): _STATES[one.state] for one in rows}
        went["rework"] += any(one.round > 1 for one in rows)
        went["choice"] += any(one.facts for one in rows)
        went["at once"] += any(len(branch.targets) > 1 for step in graph.steps for branch in step.branches)
    assert min(went.values()) > 20 and len(went) == 3, went


def test_a_flood_has_opinions_supplements_and_a_ledger_that_can_be_reconciled() -> None:
    _pour()
    answered = OpinionRequest.objects.exclude(answered_at=None)
    assert answered.count() > 10 and answered.filter(answered_on__gt=F("due_on")).exists()
    assert DossierPause.objects.filter(kind="supplement").count() > 20
    sums = fee_sums(ALL, date(2025, 11, 20), NOW.date())
    assert len(sums) > 5 and all(one.paid and one.online and one.counter for one in sums if one.receipts > 30)
    kinds = Counter(FeeEntry.objects.values_list("kind", flat=True))
    assert set(kinds) == {"charged", "paid", "waived", "refunded", "dropped"}
    for unit, year in set(FeeEntry.objects.filter(kind="paid").values_list("unit", "receipt_year")):
        paid = FeeEntry.objects.filter(kind="paid", unit=unit, receipt_year=year).order_by("at", "id")
        numbers = list(paid.values_list("receipt_no", flat=True))
        assert numbers == list(range(1, len(numbers) + 1)), (
            "receipts count up with the payments, without a gap"
        )
