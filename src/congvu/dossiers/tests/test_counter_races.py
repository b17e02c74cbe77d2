"""Two hands at the counter, the till or the signature at the same moment, each on a connection of its own: one stands."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.together import one_then, slowly
from congvu.dossiers.actions.ask_refund import ask_refund
from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.decide_refund import decide_refund
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.pay_refund import pay_refund
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.actions.submit_draft import DraftIn, submit_draft
from congvu.dossiers.models import (
    Dossier,
    DossierResult,
    DossierStep,
    DraftState,
    FeeEntry,
    RefundRequest,
    RefundState,
    ResultDraft,
)
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.conftest import Office, an_account
from congvu.dossiers.tests.keyed import SECRET, SIGNED_AT, a_mandate, keys, said
from congvu.dossiers.tests.make import Place, an_actor, at
from congvu.dossiers.tests.test_money_races import refusals
from congvu.dossiers.tests.test_two_at_once import at_once
from congvu.dossiers.web.signing import sign_dossiers
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.numbering.models import Series
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.models import Handover, Unit

pytestmark = pytest.mark.django_db(transaction=True)
NINE, TEN = at("2026-11-20 09:00"), at("2026-11-20 10:00")


@pytest.fixture
def place(office: Office) -> Iterator[Place]:
    yield office.place


def registered(place: Place) -> int:
    return register_online([place.intake(channel=2)], by=SYSTEM, at=NINE)[0].id


def test_two_clerks_receive_one_online_dossier_and_it_is_received_once(place: Place) -> None:
    other = an_actor(61, "Lý Một Cửa", "clerk", place.centre)
    one = registered(place)
    outcomes = at_once(
        one,
        lambda: receive_registered([one], by=place.clerk, at=TEN),
        lambda: receive_registered([one], by=other, at=TEN),
    )
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    (told,) = [refused.refusal for outcome in outcomes for refused in outcome.refused]
    assert "vừa được người khác xử lý" in told.what
    assert Series.objects.get().last == 1, "the loser burns no number"
    assert DossierStep.objects.filter(dossier=one, state=1).count() == 1
    assert AuditEntry.objects.filter(verb="receive", object_id=one).count() == 1


def test_one_receives_what_another_refuses_and_one_answer_stands(place: Place) -> None:
    one = registered(place)
    outcomes = at_once(
        one,
        lambda: receive_registered([one], by=place.clerk, at=TEN),
        lambda: refuse([one], "Sai thẩm quyền", by=place.clerk, at=TEN),
    )
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    found = Dossier.objects.get(pk=one)
    assert (found.code is not None) == (found.status == Status.RECEIVED)
    assert found.status in (Status.RECEIVED, Status.REFUSED)


def paid(place: Place) -> int:
    one = place.received("2026-11-16 08:00").id
    charge_fee([one], 150_000, "Phí thẩm định", by=place.clerk, at=NINE).only()
    collect_fee([one], by=place.clerk, at=NINE).only()
    return one


def asked(place: Place) -> RefundRequest:
    one = paid(place)
    ask_refund([one], 50_000, "Thu nhầm", by=place.clerk, at=NINE).only()
    return RefundRequest.objects.get(dossier_id=one)


def test_a_refund_asked_for_twice_at_once_is_one_request(place: Place) -> None:
    one = paid(place)
    outcomes = at_once(one, *[lambda: ask_refund([one], 100_000, "Thu nhầm", by=place.clerk, at=TEN)] * 2)
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    assert RefundRequest.objects.filter(dossier=one).count() == 1


@pytest.mark.parametrize("second", [True, False], ids=["approve, approve", "approve, refuse"])
def test_two_leaders_decide_on_one_refund_and_one_decision_stands(place: Place, second: bool) -> None:
    other = an_actor(62, "Phó Chủ tịch", "leader", place.province)
    request = asked(place)
    yes, no = {"approve": True, "decision": "1/QĐ"}, {"approve": False, "why": "Thu đúng"}
    answers = slowly(
        lambda: decide_refund(request.pk, **yes, by=place.chairman, at=TEN),  # type: ignore[arg-type]
        lambda: decide_refund(request.pk, **(yes if second else no), by=other, at=TEN),  # type: ignore[arg-type]
    )
    (told,) = refusals(answers)
    assert "Đề nghị này ở trạng thái" in told
    verbs = AuditEntry.objects.filter(
        object_id=request.dossier_id, verb__in=("approve_refund", "refuse_refund")
    )
    assert verbs.count() == 1
    request.refresh_from_db()
    state = RefundState.APPROVED if verbs.get().verb == "approve_refund" else RefundState.REFUSED
    assert request.state == state


def test_a_refund_paid_out_by_two_cashiers_leaves_the_drawer_once(place: Place) -> None:
    request = asked(place)
    decide_refund(request.pk, approve=True, decision="1/QĐ", by=place.chairman, at=TEN)
    answers = slowly(*[lambda: pay_refund(request.pk, PayWay.COUNTER, by=place.clerk, at=TEN)] * 2)
    assert len(refusals(answers)) == 1
    assert [one.amount for one in FeeEntry.objects.filter(kind="refunded")] == [50_000]


def test_two_leaders_sign_one_draft_and_one_result_is_kept(keyed: Office, settings: Any) -> None:
    place = keyed.place
    deputy = an_actor(63, "Mai Phó Chủ Tịch", "leader", place.province)
    an_account(deputy)
    keys()[0].issue(deputy.name, "UBND tỉnh Bình Giang").save(
        Path(settings.CONGVU_SIGNING) / "people" / f"{deputy.username}.p12", SECRET
    )
    a_mandate(deputy, place.province, "KT.", title="Phó Chủ tịch", head="Chủ tịch")
    made = place.received("2026-11-16 08:00").id
    hand_over([made], by=place.clerk, at=at("2026-11-16 09:00")).only()
    complete_step([made], by=place.specialist, at=at("2026-11-17 09:00")).only()
    draft = DraftIn("Quyết định cho phép", "Hội được hoạt động.")
    submit_draft({made: draft}, by=place.police_officer, at=at("2026-11-18 09:00")).only()

    def signing(who: Actor) -> Callable[[], Any]:
        return lambda: sign_dossiers([made], said(name=""), by=who, at=SIGNED_AT)

    outcomes = at_once(made, signing(place.chairman), signing(deputy))
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1], outcomes
    result = DossierResult.objects.get(dossier=made)
    assert result.signer in (place.chairman.name, deputy.name)
    assert ResultDraft.objects.get().state == DraftState.SIGNED
    assert AuditEntry.objects.filter(verb="sign", object_id=made).count() == 1


@pytest.mark.parametrize("first", ["hand over", "transfer"])
def test_work_handed_over_while_its_function_goes_to_another_unit_goes_along(
    place: Place, first: str
) -> None:
    heir = Unit.objects.get(code="H99.09")
    one = place.received("2026-11-19 08:00").id
    transfer_function(
        "Hội", place.home_affairs.pk, heir.pk, effective=date(2026, 11, 20),
        decision=Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh"), by=place.admin, at=at("2026-11-19 09:00"),
        chosen=(f"thu-tuc:{place.version.procedure_id}",),
    )  # fmt: skip
    acts: list[Callable[[], Any]] = [
        lambda: hand_over([one], by=place.clerk, at=NINE).only(),
        lambda: carry_out(at=NINE),
    ]
    before, after = acts if first == "hand over" else reversed(acts)
    answers = one_then(before, after)
    assert refusals(answers) == []
    carry_out(at=TEN)
    assert Handover.objects.get().problem == "" and Handover.objects.get().moved_at is not None
    found = Dossier.objects.get(pk=one)
    assert (found.competent_unit_id, found.receiving_unit_id) == (heir.pk, place.centre.pk)
    step = DossierStep.objects.get(dossier=one, state=1)
    assert (step.role, step.unit_id) == ("LEAD", heir.pk), "nothing is left with the unit that gave it"
