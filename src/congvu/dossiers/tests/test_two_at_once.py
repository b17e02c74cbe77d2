"""Two officers act on one dossier at the same moment, each on a connection of its own: one winner, one clear message.

The dossier's row is held locked until both have read it and wait to write, so they meet every time.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.report_payment import PaymentReport, report_payment
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep, FeeEntry, StepState
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
NINE, TEN = at("2026-11-20 09:00"), at("2026-11-20 10:00")
Act = Callable[[], Any]


@pytest.fixture
def place() -> Iterator[Place]:
    forget()
    yield a_place(parallel=True)
    forget()


def at_once(dossier: int, *acts: Act) -> list[Any]:
    """What each act answered, or the Refused it raised, when all had read the dossier before any could write."""

    def run(act: Act) -> Any:
        try:
            return act()
        except Refused as why:
            return why
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as hands:
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=dossier)
            under_way: list[Future[Any]] = [hands.submit(run, act) for act in acts]
            _until_all_wait(len(acts))
        return [one.result(timeout=20) for one in under_way]


def _until_all_wait(count: int) -> None:
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot(), count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[1] == count:
                return
        time.sleep(0.02)
    raise AssertionError("the acts never met at the dossier")


def received(place: Place) -> int:
    return place.received("2026-11-20 08:00").id


def handled(place: Place) -> int:
    one = received(place)
    hand_over([one], by=place.clerk, at=NINE).only()
    return one


def signed(place: Place) -> int:
    """At the signature, the agencies done."""
    one = handled(place)
    complete_step([one], by=place.specialist, at=NINE).only()
    complete_step([one], by=place.police_officer, at=NINE).only()
    return one


def finished(place: Place) -> int:
    one = signed(place)
    finish([one], by=place.chairman, at=NINE).only()
    return one


def owing(place: Place) -> int:
    one = handled(place)
    charge_fee([one], 50_000, "Lệ phí", by=place.clerk, at=NINE).only()
    return one


Verb = Callable[[Place, list[int], dict[str, Any]], Outcome]
PAIRS: dict[str, tuple[Callable[[Place], int], Verb, Verb]] = {
    "hand over, hand over": (
        received,
        lambda p, ids, how: hand_over(ids, by=p.clerk, **how),
        lambda p, ids, how: hand_over(ids, by=p.clerk, **how),
    ),
    "complete, withdraw": (
        handled,
        lambda p, ids, how: complete_step(ids, by=p.specialist, **how),
        lambda p, ids, how: withdraw(ids, "Đơn xin rút", by=p.clerk, **how),
    ),
    "finish, stop": (
        signed,
        lambda p, ids, how: finish(ids, by=p.chairman, **how),
        lambda p, ids, how: stop(ids, "Có đơn kiện", by=p.chairman, **how),
    ),
    "supplement, stop": (
        handled,
        lambda p, ids, how: request_supplement(ids, "Thiếu đơn", by=p.specialist, **how),
        lambda p, ids, how: stop(ids, "Có đơn kiện", by=p.leader, **how),
    ),
    "collect, waive": (
        owing,
        lambda p, ids, how: collect_fee(ids, by=p.clerk, **how),
        lambda p, ids, how: waive_fee(ids, "Hộ nghèo", by=p.clerk, **how),
    ),
    "return, return": (
        finished,
        lambda p, ids, how: return_result(ids, by=p.clerk, **how),
        lambda p, ids, how: return_result(ids, by=p.clerk, **how),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_who_saw_the_same_dossier_one_wins_and_the_other_is_told(place: Place, pair: str) -> None:
    begin, one, other = PAIRS[pair]
    dossier = begin(place)
    before = _counts(dossier)
    how = {"at": TEN, "seen": {dossier: Dossier.objects.get(pk=dossier).version}}
    outcomes = at_once(dossier, lambda: one(place, [dossier], how), lambda: other(place, [dossier], how))
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    (told,) = [refused.refusal for outcome in outcomes for refused in outcome.refused]
    assert "vừa được người khác xử lý" in told.what and told.do
    assert _counts(dossier) == tuple(count + 1 for count in before), "one act, one event, one audit row"


def test_two_agencies_that_finish_the_branches_of_a_join_at_once_both_succeed_and_it_opens_once(
    place: Place,
) -> None:
    for with_seen in (False, True):
        dossier = handled(place)
        seen = {dossier: Dossier.objects.get(pk=dossier).version} if with_seen else None
        outcomes = at_once(
            dossier,
            lambda dossier=dossier, seen=seen: complete_step([dossier], by=place.specialist, at=TEN, seen=seen),
            lambda dossier=dossier, seen=seen: complete_step([dossier], by=place.police_officer, at=TEN, seen=seen),
        )  # fmt: skip
        assert [len(outcome.done) for outcome in outcomes] == [1, 1]
        steps = DossierStep.objects.filter(dossier=dossier).order_by("position")
        assert list(steps.values_list("position", "state")) == [
            (1, StepState.DONE), (2, StepState.DONE), (3, StepState.DONE), (4, StepState.OPEN),
        ]  # fmt: skip


def test_a_form_older_than_another_agencys_work_still_completes_but_not_one_older_than_its_own(
    place: Place,
) -> None:
    dossier = handled(place)
    seen = {dossier: Dossier.objects.get(pk=dossier).version}
    complete_step([dossier], by=place.police_officer, at=NINE, seen=seen).only()
    complete_step([dossier], by=place.specialist, at=TEN, seen=seen).only()
    with pytest.raises(Refused, match="vừa được người khác xử lý"):
        complete_step([dossier], by=place.chairman, at=TEN, seen=seen).only()


def test_two_of_one_agency_who_finish_its_step_at_once_finish_it_once(place: Place) -> None:
    dossier = handled(place)
    outcomes = at_once(
        dossier,
        lambda: complete_step([dossier], by=place.specialist, at=TEN),
        lambda: complete_step([dossier], by=place.specialist, at=TEN),
    )
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    (told,) = [refused.refusal for outcome in outcomes for refused in outcome.refused]
    assert "thuộc đơn vị hoặc vai trò khác" in told.what


def test_a_payment_reported_twice_at_once_is_one_payment(place: Place) -> None:
    dossier = owing(place)
    code = Dossier.objects.get(pk=dossier).code
    report = PaymentReport("cong", "T-1", str(code), 50_000)
    said = at_once(dossier, *(lambda: report_payment(report, by=place.clerk, at=TEN) for _ in range(2)))
    assert sorted(said) == [False, True]
    assert FeeEntry.objects.filter(dossier=dossier, kind="paid").count() == 1
    assert AuditEntry.objects.filter(object_id=dossier, verb="report_payment").count() == 1


def _counts(dossier: int) -> tuple[int, int]:
    return (
        DossierEvent.objects.filter(dossier=dossier).count(),
        AuditEntry.objects.filter(object_kind="dossier", object_id=dossier).count(),
    )
