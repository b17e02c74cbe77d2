"""Who retires in six months, and whose salary step is due; raised by one decision."""

from datetime import date
from typing import Any

import pytest

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.people.access import sight_of
from congvu.people.actions.enter import Step
from congvu.people.actions.salary import raise_due
from congvu.people.models import RetirementNotice, SalaryStep
from congvu.people.queries.card import card
from congvu.people.rules.codes import CONCURRENT
from congvu.people.tests.make import AT, PAPER, a_person, post

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_of_those_who_retire_soon(actors: Any, visit: Any) -> None:
    a_person(actors.home, "Lê Thị Đầu", birth=date(1969, 11, 3))  # 57: the end of 11/2026
    a_person(actors.home, "Lê Thị Giữa", birth=date(1970, 2, 3))  # 57 years 4 months: 06/2027
    a_person(actors.home, "Lê Văn Cuối", birth=date(1970, 2, 3), sex="nam")
    client = visit(actors.personnel)
    near = text_of(client.get("/nhan-su/sap-nghi-huu/"))
    assert "Lê Thị Đầu" in near and "30/11/2026" in near and "Quá hạn thông báo" in near
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


def test_who_has_had_the_letter_is_told_and_who_has_not_is_listed(actors: Any, visit: Any) -> None:
    first = a_person(actors.home, "Lê Thị Đầu", birth=date(1969, 11, 3))
    a_person(actors.home, "Lê Thị Sau", birth=date(1969, 12, 3))
    client = visit(actors.personnel)
    where = f"/nhan-su/{first.number}/thong-bao-huu/"
    assert client.get(f"{where}in/").content.startswith(b"%PDF-")
    wrong = client.post(where, {"number": "12/TB-SNV", "issued_on": "20/11/2190"})
    assert wrong.status_code == 422 and "tương lai" in text_of(wrong) and "12/TB-SNV" in text_of(wrong)
    assert client.post(where, {"number": "12/TB-SNV", "issued_on": "20/11/2026"}).status_code == 302
    listed = text_of(client.get("/nhan-su/sap-nghi-huu/"))
    assert "12/TB-SNV" in listed and "Lê Thị Sau" in listed
    untold = text_of(client.get("/nhan-su/sap-nghi-huu/?chua-bao=1"))
    assert "Lê Thị Đầu" not in untold and "Lê Thị Sau" in untold
    assert client.post(where, {"number": "13/TB-SNV", "issued_on": "20/11/2026"}).status_code == 302
    assert RetirementNotice.objects.get(superseded_at=None).number == "13/TB-SNV"
    verbs = AuditEntry.objects.filter(object_id=first.pk).values_list("verb", flat=True)
    assert {"people.issue_notice", "people.print_notice"} <= set(verbs)
    assert visit(actors.leader).get(where).status_code == 403


def test_the_letter_names_the_full_post_of_the_day_not_the_one_begun_last(actors: Any) -> None:
    held = (
        post(actors.home, "Trưởng phòng"),
        post(actors.centre, "Ủy viên", kind=CONCURRENT, valid_from=date(2026, 1, 1)),
    )
    made = a_person(actors.home, "Lê Thị Đầu", posts=held)
    found = card(made.number, sight_of(SYSTEM, AT.date(), picture()), AT.date())
    assert found is not None
    for day in (AT.date(), date(2020, 1, 1)):  # before the first post: the last full one all the same
        named = found.full_on(day)
        assert named is not None and named.position == "Trưởng phòng"
