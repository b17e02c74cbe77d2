"""A refund is asked for by one person, approved by another, and only then leaves the drawer."""

from typing import Any

import pytest

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.ask_refund import ask_refund
from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.decide_refund import decide_refund
from congvu.dossiers.actions.pay_refund import pay_refund
from congvu.dossiers.models import DossierEvent, FeeEntry, RefundRequest, RefundState
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, an_actor, at
from congvu.foundation.identity.roles import LEADER
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 09:00")


def paid(place: Place, amount: int = 150_000) -> int:
    one = place.received("2026-11-16 08:00").id
    charge_fee([one], amount, "Phí thẩm định", by=place.clerk, at=NOW).only()
    collect_fee([one], by=place.clerk, at=NOW).only()
    return one


def asked(place: Place, amount: int = 50_000, of: int = 150_000) -> RefundRequest:
    one = paid(place, of)
    ask_refund([one], amount, "Thu nhầm", by=place.clerk, at=NOW).only()
    return RefundRequest.objects.get(dossier_id=one)


def test_asked_approved_by_another_and_paid_out_stands_in_the_ledger_and_the_history(office: Office) -> None:
    place = office.place
    request = asked(place)
    assert not FeeEntry.objects.filter(kind="refunded").exists(), "asking moves no money"
    decide_refund(request.pk, approve=True, decision="12/QĐ ngày 20/11/2026", by=place.chairman, at=NOW)
    assert not FeeEntry.objects.filter(kind="refunded").exists(), "nor does approving"
    pay_refund(request.pk, PayWay.TRANSFER, by=place.clerk, at=NOW)
    entry = FeeEntry.objects.get(kind="refunded")
    assert (entry.amount, entry.way, entry.reference) == (50_000, "chuyen-khoan", "12/QĐ ngày 20/11/2026")
    verbs = DossierEvent.objects.filter(dossier_id=request.dossier_id).values_list("verb", flat=True)
    assert {"ask_refund", "approve_refund", "refund_fee"} <= set(verbs)
    with pytest.raises(Refused, match="Đã chi trả"):
        pay_refund(request.pk, PayWay.TRANSFER, by=place.clerk, at=NOW)
    assert FeeEntry.objects.filter(kind="refunded").count() == 1


def test_who_asked_does_not_approve_and_a_clerk_approves_nothing(office: Office) -> None:
    place = office.place
    one = paid(place)
    ask_refund([one], 10_000, "Thu nhầm", by=place.chairman, at=NOW).only()
    request = RefundRequest.objects.get()
    with pytest.raises(Refused, match="không tự duyệt"):
        decide_refund(request.pk, approve=True, decision="1/QĐ", by=place.chairman, at=NOW)
    with pytest.raises(Refused, match="do lãnh đạo nơi thu"):
        decide_refund(request.pk, approve=True, decision="1/QĐ", by=place.clerk, at=NOW)
    assert RefundRequest.objects.get().state == RefundState.ASKED


def test_a_refusal_has_its_reason_and_lets_it_be_asked_anew(office: Office) -> None:
    place = office.place
    request = asked(place)
    with pytest.raises(Refused, match="lý do không duyệt"):
        decide_refund(request.pk, approve=False, by=place.chairman, at=NOW)
    decide_refund(request.pk, approve=False, why="Thu đúng mức", by=place.chairman, at=NOW)
    event = DossierEvent.objects.get(verb="refuse_refund")
    assert "Thu đúng mức" in event.reason
    with pytest.raises(Refused, match="Không duyệt"):
        pay_refund(request.pk, PayWay.COUNTER, by=place.clerk, at=NOW)
    ask_refund([request.dossier_id], 20_000, "Xin xét lại", by=place.clerk, at=NOW).only()


def test_one_request_at_a_time_never_more_than_was_paid(office: Office) -> None:
    place = office.place
    one = paid(place)
    with pytest.raises(Refused, match="chưa hoàn trả 150000"):
        ask_refund([one], 150_001, "Thu nhầm", by=place.clerk, at=NOW).only()
    ask_refund([one], 100_000, "Thu nhầm", by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="chưa xong"):
        ask_refund([one], 1, "Nữa", by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="bộ phận một cửa"):
        ask_refund([paid(place)], 1, "Nữa", by=place.specialist, at=NOW).only()


def test_above_the_limit_a_leader_of_the_one_stop_alone_does_not_approve(office: Office) -> None:
    place = office.place
    request = asked(place, 6_000_000, of=6_000_000)
    own = an_actor(77, "Giám đốc Trung tâm", LEADER, place.centre)
    with pytest.raises(Refused, match="cấp trên"):
        decide_refund(request.pk, approve=True, decision="1/QĐ", by=own, at=NOW)
    small = asked(place, 4_000_000, of=4_000_000)
    decide_refund(small.pk, approve=True, decision="1/QĐ", by=own, at=NOW)
    decide_refund(request.pk, approve=True, decision="2/QĐ", by=place.chairman, at=NOW)
    assert set(RefundRequest.objects.values_list("state", flat=True)) == {RefundState.APPROVED}


def test_a_leader_elsewhere_who_sees_the_dossier_does_not_approve(office: Office) -> None:
    place = office.place
    request = asked(place)
    other = an_actor(78, "Giám đốc Sở", LEADER, place.home_affairs)
    assert visible_to(other, NOW.date()).units, "the dossier concerns the department"
    with pytest.raises(Refused, match="do lãnh đạo nơi thu"):
        decide_refund(request.pk, approve=True, decision="1/QĐ", by=other, at=NOW)


def test_the_pages_carry_it_from_the_dossier_to_the_drawer(office: Office, counting: Any) -> None:
    place = office.place
    one = paid(place)
    clerk, chairman = office.enter(place.clerk), office.enter(place.chairman)
    code = FeeEntry.objects.filter(dossier_id=one)[0].dossier.code
    said = {"amount": "50.000", "reason": "Thu nhầm"}
    assert clerk.post(f"/ho-so/{code}/viec/hoan-phi/", said).status_code == 302
    pk = RefundRequest.objects.get().pk
    assert f'<a href="/thu-phi/hoan-tra/{pk}/">Chờ duyệt</a>' in clerk.get(f"/ho-so/{code}/").content.decode()
    with counting(8):
        assert "Thu nhầm" in chairman.get("/thu-phi/hoan-tra/").content.decode()
    assert "do lãnh đạo nơi thu, hoặc cấp trên" in clerk.get(f"/thu-phi/hoan-tra/{pk}/").content.decode()
    page = f"/thu-phi/hoan-tra/{pk}/"
    assert "5.000.000" in chairman.get(page).content.decode()
    assert chairman.post(page, {"approve": "1"}).status_code == 422
    decided = {"viec": "duyet", "approve": "1", "decision": "12/QĐ"}
    assert chairman.post(page, decided).status_code == 302
    late = chairman.post(page, {"viec": "duyet", "approve": "0", "why": "Thu đúng"})
    assert late.status_code == 422 and "ở trạng thái «Đã duyệt, chờ chi»" in late.content.decode()
    assert not FeeEntry.objects.filter(kind="refunded").exists(), "a late no pays nothing out"
    assert clerk.post(page, {"viec": "chi", "way": "quay"}).status_code == 302
    assert "chi trả" in clerk.get("/thu-phi/hoan-tra/?xong=1").content.decode()
    assert RefundRequest.objects.get().state == RefundState.PAID
    assert office.enter(place.stranger_clerk).get(page).status_code == 404
