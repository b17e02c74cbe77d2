"""Whose hands a step is in: taken, assigned, moved while somebody is away, given back."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.actions.assign import assign_step, give_back_step, take_step
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep
from congvu.dossiers.tests.conftest import Office, an_account
from congvu.dossiers.tests.make import an_actor, at
from congvu.foundation.identity.models import Delegation
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 14:32")


@pytest.fixture
def team(office: Office) -> Any:
    """Home affairs with a second specialist."""
    other = an_actor(40, "Cao Đồng Nghiệp", "specialist", office.place.home_affairs)
    an_account(other)
    return other


def handled(office: Office, n: int = 1) -> list[int]:
    ids = [office.place.received("2026-11-20 08:00").id for _ in range(n)]
    hand_over(ids, by=office.place.clerk, at=at("2026-11-20 09:00"))
    return ids


def step(dossier: int) -> DossierStep:
    return DossierStep.objects.get(dossier_id=dossier, state=1)


def test_a_step_is_taken_once_and_the_due_day_stays(office: Office, team: Any) -> None:
    (one,) = handled(office)
    due = step(one).due_on
    take_step([one], by=office.place.specialist, at=NOW).only()
    assert (step(one).officer_id, step(one).due_on, step(one).state) == (2, due, 1)
    (refused,) = take_step([one], by=team, at=NOW).refused
    assert "người khác đã nhận" in refused.refusal.what
    (again,) = take_step([one], by=office.place.specialist, at=NOW).refused
    assert "ở tay bạn" in again.refusal.what
    assert "Lê Chuyên Viên nhận việc" in DossierEvent.objects.get(verb="take_step").reason


def test_a_leader_assigns_a_set_to_an_officer_of_the_unit(office: Office, team: Any, counting: Any) -> None:
    ids = handled(office, 3)
    with counting(6):
        outcome = assign_step(ids, 40, "Việc gấp", by=office.place.leader, at=NOW)
    assert len(outcome.done) == 3 and step(ids[2]).officer_id == 40
    assert "Giao Cao Đồng Nghiệp: Việc gấp" in DossierEvent.objects.filter(verb="assign_step")[0].reason
    (foreign,) = assign_step(ids[:1], 3, by=office.place.leader, at=NOW).refused
    assert "không giữ vai trò" in foreign.refusal.what
    (not_leader,) = assign_step(ids[:1], 2, by=office.place.specialist, at=NOW).refused
    assert "lãnh đạo" in not_leader.refusal.what
    (unknown,) = assign_step(ids[:1], 99999, by=office.place.leader, at=NOW).refused
    assert "không giữ vai trò" in unknown.refusal.what


def test_of_two_steps_under_one_leader_the_one_named_is_assigned_and_taken(office_parallel: Office) -> None:
    place = office_parallel.place
    (one,) = handled(office_parallel)
    (which,) = assign_step([one], 3, by=place.chairman, at=NOW).refused
    assert "chọn đúng bước" in which.refusal.do
    client = office_parallel.enter(place.chairman)
    code = Dossier.objects.get(pk=one).code
    page = client.get(f"/ho-so/{code}/viec/phan-cong/").content.decode()
    assert "Bước 2. Thẩm định" in page and "Bước 3. Góp ý" in page
    sent = {"position": 3, "officer": 3, "reason": ""}
    assert client.post(f"/ho-so/{code}/viec/phan-cong/", sent).status_code == 302
    assert dict(DossierStep.objects.filter(dossier=one, state=1).values_list("position", "officer_id")) == {
        2: None,
        3: 3,
    }
    assert client.post(f"/ho-so/{code}/viec/nhan-viec/", {"position": 2}).status_code == 302
    assert DossierStep.objects.get(dossier=one, position=2).officer_id == place.chairman.account_id


def test_the_leader_of_another_step_gives_back_nothing(office_parallel: Office) -> None:
    place = office_parallel.place
    other = an_actor(41, "Tô Công An", "specialist", place.police)
    an_account(other)
    (one,) = handled(office_parallel)
    take_step([one], 3, by=place.police_officer, at=NOW).only()
    assign_step([one], 41, away=True, position=3, by=place.chairman, at=NOW).only()
    with pytest.raises(Refused, match="Việc của lãnh đạo đơn vị giữ bước"):
        give_back_step([one], 3, by=place.leader, at=NOW).only()
    give_back_step([one], 3, by=place.chairman, at=NOW).only()
    assert DossierStep.objects.get(dossier=one, position=3).officer_id == 3


def test_while_away_the_work_moves_and_comes_back(office: Office, team: Any) -> None:
    place, ids = office.place, handled(office, 2)
    take_step(ids, by=place.specialist, at=NOW)
    Delegation.objects.create(
        absent_id=2,
        acting_id=40,
        valid_from=date(2026, 11, 20),
        valid_to=date(2026, 11, 27),
        reason="Nghỉ phép",
    )
    client = office.enter(place.leader)
    page = client.get("/phan-cong/?nguoi=2").content.decode()
    assert "Đang vắng" in page and page.count("data-row-check") == 2
    versions = dict(Dossier.objects.filter(pk__in=ids).values_list("id", "version"))
    chosen = [f"{pk}.{version}" for pk, version in versions.items()]
    sent = {"nguoi": 2, "chon": chosen, "viec": "giao", "den": "", "vang": "1"}
    assert client.post("/phan-cong/", sent).status_code == 422
    assert client.post("/phan-cong/", {**sent, "den": "40"}).status_code == 302
    assert {(step(pk).officer_id, step(pk).held_for) for pk in ids} == {(40, 2)}
    complete_step(ids[:1], by=team, at=NOW).only()  # what is done meanwhile stays done
    page = client.get("/phan-cong/?nguoi=2").content.decode()
    assert "Người khác đang giữ thay" in page and page.count("data-row-check") == 1
    version = Dossier.objects.get(pk=ids[1]).version
    client.post("/phan-cong/", {"nguoi": 2, "chon": f"{ids[1]}.{version}", "viec": "tra"})
    assert (step(ids[1]).officer_id, step(ids[1]).held_for) == (2, None)
    assert "Trả lại Lê Chuyên Viên" in DossierEvent.objects.get(verb="give_back_step").reason


def test_nothing_is_given_back_that_nobody_holds(office: Office, team: Any) -> None:
    (one,) = handled(office)
    (refused,) = give_back_step([one], 2, by=office.place.leader, at=NOW).refused
    assert "không ai giữ thay" in refused.refusal.what


def test_the_list_shows_mine_and_nobodys(office: Office, team: Any) -> None:
    mine, free = handled(office, 2)
    take_step([mine], by=office.place.specialist, at=NOW)
    codes = dict(Dossier.objects.values_list("id", "code"))
    client = office.enter(office.place.specialist)
    own = client.get("/viec-cua-toi/?cua=toi").content.decode()
    assert codes[mine] in own and codes[free] not in own
    nobodys = client.get("/viec-cua-toi/?cua=chua").content.decode()
    assert codes[free] in nobodys and codes[mine] not in nobodys


def test_a_set_is_assigned_and_taken_on_the_screen(office: Office, team: Any, counting: Any) -> None:
    ids = handled(office, 3)
    chosen = [f"{pk}.{Dossier.objects.get(pk=pk).version}" for pk in ids]
    leader = office.enter(office.place.leader)
    asked = leader.post("/viec-cua-toi/hang-loat/", {"viec": "phan-cong", "chon": chosen}).content.decode()
    assert "Cao Đồng Nghiệp" in asked
    sent = {"viec": "phan-cong", "chon": chosen, "officer": "40", "dong-y": "1"}
    assert leader.post("/viec-cua-toi/hang-loat/", sent).status_code == 200
    assert step(ids[0]).officer_id == 40
    code = Dossier.objects.get(pk=ids[0]).code
    assert "Lê Chuyên Viên" in leader.get(f"/ho-so/{code}/viec/phan-cong/").content.decode()
    assert office.enter(office.place.specialist).get("/phan-cong/").status_code == 403
    leader.get("/phan-cong/")
    with counting(8):
        leader.get("/phan-cong/?nguoi=40")
