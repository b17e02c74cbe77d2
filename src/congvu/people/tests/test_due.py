"""Who retires in six months, and whose salary step is due; raised by one decision."""

from datetime import date
from typing import Any

import pytest

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.people.actions.enter import Step
from congvu.people.actions.salary import raise_due
from congvu.people.models import SalaryStep
from congvu.people.tests.make import AT, PAPER, a_person

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_of_those_who_retire_soon(actors: Any, visit: Any) -> None:
    a_person(actors.home, "Lê Thị Đầu", birth=date(1969, 11, 3))  # 57: the end of 11/2026
    a_person(actors.home, "Lê Thị Giữa", birth=date(1970, 2, 3))  # 57 years 4 months: 06/2027
    a_person(actors.home, "Lê Văn Cuối", birth=date(1970, 2, 3), sex="nam")
    client = visit(actors.personnel)
    near = text_of(client.get("/nhan-su/sap-nghi-huu/"))
    assert "Lê Thị Đầu" in near and "30/11/2026" in near and "Đã đến hạn thông báo" in near
    assert "Lê Thị Giữa" not in near
    year = text_of(client.get("/nhan-su/sap-nghi-huu/?thang=12"))
    assert "30/06/2027" in year and "57 tuổi 4 tháng" in year and "Lê Văn Cuối" not in year
    assert "chưa đối chiếu" in year


def test_those_due_are_raised_by_one_decision_each_from_their_own_day(actors: Any, visit: Any) -> None:
    ready = a_person(actors.home, "Lê Thị Một", salary=Step("01.003", 3, date(2023, 10, 1)))
    last = a_person(actors.home, "Lê Thị Hai", salary=Step("01.005", 12, date(2024, 11, 1)))
    early = a_person(actors.home, "Lê Thị Ba", salary=Step("01.003", 3, date(2024, 1, 1)))
    client = visit(actors.personnel)
    listed = text_of(client.get("/nhan-su/nang-luong/"))
    assert "Lê Thị Một" in listed and "Lê Thị Hai" in listed and "Lê Thị Ba" not in listed
    with pytest.raises(Refused, match="Lê Thị Ba chưa đến kỳ nâng bậc"):
        raise_due([early.pk], decision=PAPER, by=SYSTEM, at=AT)
    sent = {"nguoi": [ready.pk, last.pk], "decision": "30/QĐ-SNV"}
    assert client.post("/nhan-su/nang-luong/", {**sent, "nguoi": []}).status_code == 422
    assert client.post("/nhan-su/nang-luong/", sent).status_code == 302
    one = SalaryStep.objects.get(person=ready, superseded_at=None, valid_to=None)
    assert (one.step, one.valid_from, one.next_due) == (4, date(2026, 10, 1), date(2029, 10, 1))
    two = SalaryStep.objects.get(person=last, superseded_at=None, valid_to=None)
    assert (two.step, two.over_frame, two.next_due) == (12, 5, date(2027, 11, 1))
    assert "Không có ai đến kỳ" in text_of(client.get("/nhan-su/nang-luong/"))


def test_a_leader_sees_who_retires_and_no_salary(actors: Any, visit: Any) -> None:
    a_person(actors.home, "Lê Thị Đầu", birth=date(1969, 11, 3))
    leader = visit(actors.leader)
    assert "Lê Thị Đầu" in text_of(leader.get("/nhan-su/sap-nghi-huu/"))
    assert leader.get("/nhan-su/nang-luong/").status_code == 403
