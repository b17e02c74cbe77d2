"""The simulation page: what it starts from, the trial in the background, its answer, and that it can be repeated."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from congvu.dossiers.actions.simulate import order_simulation, simulate_next
from congvu.dossiers.models import Simulation
from congvu.dossiers.queries.simulations import Year
from congvu.dossiers.rules.trials import Inputs, simulated
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import at
from congvu.dossiers.tests.test_branches import branching
from congvu.dossiers.tests.test_move_version import new_process, process_two, received
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.queries import calendar_now
from congvu.procedures.models import ProcessVersion

pytestmark = pytest.mark.django_db
PAGE = "/thu-tuc/1.012939/mo-phong/"
LATER = at("2026-11-20 14:33")


def later() -> Any:
    return LATER


def text(client: Client, url: str, **data: Any) -> str:
    return re.sub(r"\s+", " ", client.get(url, data).content.decode())


def ordered(office: Office, **typed: Any) -> Simulation:
    answer = office.enter(office.place.admin).post(PAGE, {"moi-ngay": "0,3", **typed})
    assert answer.status_code == 302, re.sub(r"\s+", " ", answer.content.decode())[:3000]
    return Simulation.objects.latest("id")


def test_the_page_starts_from_the_arrivals_of_the_year(office: Office, counting: Any) -> None:
    for _ in range(3):
        received(office)
    client = office.enter(office.place.admin)
    text(client, PAGE)
    with counting(8):
        shown = text(client, PAGE)
    assert "Sở Nội vụ (3 hồ sơ)" in shown and "20/11/2025 đến 19/11/2026" in shown
    assert 'chỉ có <b class="num">3</b> hồ sơ' in shown and "chưa đối chiếu" in shown
    refused = client.post(PAGE, {"gio-1": "7,5"})
    assert refused.status_code == 422 and 'value="7,5"' in refused.content.decode(), "nothing typed is lost"
    assert "Năm qua chỉ có 3 hồ sơ" in refused.content.decode()


def test_a_trial_is_worked_off_and_told(office: Office, counting: Any) -> None:
    new_process(office, process_two(office))
    one = ordered(office, **{"gio-2": "6", "ban": "2", "so-voi": "1"})
    client = office.enter(office.place.admin)
    url = f"{PAGE}{one.pk}/"
    waiting = text(client, url)
    assert "Đang chờ" in waiting and 'http-equiv="refresh"' in waiting, "it refreshes without scripts too"
    assert simulate_next(later) and not simulate_next(later)
    with counting(8):
        shown = text(client, url)
    assert "khoảng tin cậy 95%" in shown and "Quy trình 2" in shown and "Quy trình 1" in shown
    assert "Nếu thêm một người" in shown and "Dồn nhiều nhất ở" in shown and "sim-q" in shown
    again = client.get(url, headers={"HX-Request": "true"})
    assert again["HX-Refresh"] == "true"
    assert "gio-2=6" in shown and 'value="6"' in text(client, PAGE, **{"gio-2": "6"})


def test_the_same_inputs_and_seed_give_the_same_answer_even_when_the_draft_has_changed(
    office: Office,
) -> None:
    one = ordered(office, mam="42")
    simulate_next(later)
    one.refresh_from_db()
    ProcessVersion.objects.filter(procedure=office.place.version.procedure).update(valid_to=date(2026, 11, 1))
    assert one.result == json.loads(json.dumps(simulated(Inputs.of(one.inputs), 42)))
    assert (
        one.result["processes"] != json.loads(json.dumps(simulated(Inputs.of(one.inputs), 43)))["processes"]
    )


def test_one_more_officer_where_it_queues_makes_fewer_late(office: Office) -> None:
    one = ordered(
        office, **{"moi-ngay": "1", "gio-1": "8,8", "so-voi": "", "thoi-han": "5", "dao-dong": "nhieu"}
    )
    simulate_next(later)
    one.refresh_from_db()
    assert one.result is not None
    late = one.result["processes"][0]["late"]
    helped = next(each for each in one.result["more"] if each["agency"] == "Cơ quan có thẩm quyền")
    assert late["low"] > helped["late"]["high"] and helped["officers"] == 2


def test_an_agency_that_can_never_keep_up_is_told_plainly(office: Office) -> None:
    one = ordered(office, **{"moi-ngay": "6", "gio-2": "16", "so-voi": ""})
    simulate_next(later)
    shown = text(office.enter(office.place.admin), f"{PAGE}{one.pk}/")
    assert "làm không xuể" in shown and "<dd>6 hồ sơ mỗi ngày" in shown
    calm = ordered(office, **{"moi-ngay": "0,3", "so-voi": ""})
    simulate_next(later)
    assert "làm không xuể" not in text(office.enter(office.place.admin), f"{PAGE}{calm.pk}/")


def test_shares_of_branches_are_asked_for_and_kept(office: Office, counting: Any) -> None:
    branching(office.place)
    leader = office.enter(office.place.leader)
    text(leader, PAGE)
    with counting(8):
        shown = text(leader, PAGE)
    assert "Tỷ lệ rẽ nhánh" in shown and "Ý kiến = thiếu → làm lại Thẩm định" in shown
    one = ordered(office, **{"ban": "2", "so-voi": "", "ty-le-2-2-0": "100", "ty-le-2-2-1": "0"})
    simulate_next(later)
    one.refresh_from_db()
    police = next(each for each in one.result["processes"][0]["agencies"] if each["name"] == "Công an tỉnh")  # type: ignore[index]
    assert police["done"] > 0
    bad = office.enter(office.place.admin).post(
        PAGE, {"moi-ngay": "2", "ban": "2", "ty-le-2-2-0": "0", "ty-le-2-2-1": "0"}
    )
    assert "đều bằng 0" in bad.content.decode()


def test_dossiers_of_a_day_off_come_on_the_next_working_day() -> None:
    year = Year(
        date(2026, 11, 13), date(2026, 11, 17), {(1, date(2026, 11, 14)): 2, (2, date(2026, 11, 16)): 3}
    )
    calendar = calendar_now()
    assert year.per_working_day(0, calendar) == [0, 5, 0]
    assert year.per_working_day(1, calendar) == [0, 2, 0] and year.total(2) == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"gio-1": "nhiều"}, "giờ làm bước"),
        ({"nguoi-0": "0"}, "số người của"),
        ({"mam": "-1"}, "mầm ngẫu nhiên"),
        ({"moi-ngay": "400"}, "ngoài khả năng"),
        ({"thoi-han": "0"}, "thời hạn"),
        ({"dao-dong": "x"}, "Mầm ngẫu nhiên"),
        ({"ban": "99"}, "Chưa chọn quy trình"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_what_was_typed(office: Office, typed: Any, said: str) -> None:
    answer = office.enter(office.place.admin).post(PAGE, {"moi-ngay": "2", **typed})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_a_trial_that_fails_says_so_and_one_left_behind_is_begun_again(office: Office) -> None:
    one = ordered(office)
    Simulation.objects.filter(pk=one.pk).update(state=1, started_at=at("2026-11-20 14:00"))
    assert simulate_next(later), "its worker died half an hour ago"
    broken = ordered(office)
    broken.inputs["staff"] = dict.fromkeys(broken.inputs["staff"], 0)
    broken.save()
    assert simulate_next(later)
    broken.refresh_from_db()
    assert (broken.state, "không có người" in broken.problem) == (3, True)
    assert "không có người" in text(office.enter(office.place.admin), f"{PAGE}{broken.pk}/")


def test_only_who_may_orders_one(office: Office) -> None:
    one = ordered(office)
    inputs = Inputs.of(one.inputs)
    for who in (office.place.clerk, office.place.specialist, office.place.auditor):
        assert office.enter(who).get(PAGE).status_code == 403
        with pytest.raises(Refused, match="Việc của quản trị viên"):
            order_simulation(office.place.version.procedure_id, inputs, 1, by=who, at=LATER)
    assert office.enter(office.place.admin).get(f"{PAGE}999/").status_code == 404
    assert office.enter(office.place.admin).get("/thu-tuc/khong-co/mo-phong/").status_code == 404
