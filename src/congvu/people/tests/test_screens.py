"""The screens of people: who may open them, what each sees, within the budget."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.organisation.tests.make import a_unit
from congvu.people.models import Appointment
from congvu.people.tests.make import a_person

pytestmark = pytest.mark.django_db
STATEMENTS = 8  # of which two say who asks


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_name_is_found_without_diacritics_and_opens_the_person(actors: Any, visit: Any) -> None:
    made = a_person(actors.home)
    a_person(actors.home, "Trần Văn Nam")
    client = visit(actors.personnel)
    listed = text_of(client.get("/nhan-su/?q=hanh thi"))
    assert "Nguyễn Thị Hạnh" in listed and "Trần Văn Nam" not in listed
    assert made.number in text_of(client.get(f"/nhan-su/?q={made.number.lower()}"))
    page = text_of(client.get(f"/nhan-su/{made.number}/"))
    assert "Sở Nội vụ" in page and "Đang giữ" in page and "12/03/1985" not in page


def test_people_are_listed_by_given_name_a_page_at_a_time(actors: Any, visit: Any) -> None:
    for n in range(53):
        a_person(actors.home, f"Lê Văn {chr(65 + n % 26)}{n:02d}")
    client = visit(actors.personnel)
    first = client.get("/nhan-su/")
    assert len(first.context["lines"]) == 50
    then = client.get("/nhan-su/", {"sau": first.context["page"].next})
    assert len(then.context["lines"]) == 3
    shown = [one.row.sort_key for answer in (first, then) for one in answer.context["lines"]]
    assert shown == sorted(shown)


def test_a_leader_sees_his_own_units_only(actors: Any, visit: Any) -> None:
    elsewhere = a_unit("H98.16", "Sở Xây dựng", actors.province)
    mine, theirs = a_person(actors.home), a_person(elsewhere, "Trần Văn Nam")
    leader = visit(actors.leader)
    listed = text_of(leader.get("/nhan-su/"))
    assert mine.number in listed and theirs.number not in listed
    assert leader.get(f"/nhan-su/{theirs.number}/").status_code == 404
    assert leader.get(f"/nhan-su/{mine.number}/").status_code == 200
    assert leader.get(f"/nhan-su/{mine.number}/bo-tri/").status_code == 403


def test_someone_is_entered_and_moved_by_form(actors: Any, visit: Any) -> None:
    client = visit(actors.personnel)
    elsewhere = a_unit("H98.16", "Sở Xây dựng", actors.province)
    typed = {
        "name": "Nguyễn Thị Hạnh", "birth": "12/3/1985", "sex": "nu", "ethnicity": "Tày", "unit_id": actors.home.pk,
        "position": "Chuyên viên", "pool": "cong_chuc", "kind": "full", "since": "1/1/2021", "decision": "15/QĐ-SNV",
    }  # fmt: skip
    refused = client.post("/nhan-su/lap-ho-so/", {**typed, "birth": "12/3/2190"})
    assert refused.status_code == 422
    assert "ở tương lai" in text_of(refused) and "Nguyễn Thị Hạnh" in text_of(refused)
    made = client.post("/nhan-su/lap-ho-so/", typed)
    assert made.status_code == 302
    where = made.headers["Location"]
    form = {
        "unit_id": elsewhere.pk, "position": "Phó Trưởng phòng", "pool": "cong_chuc", "since": "01/12/2026",
        "decision": "16/QĐ-SNV",
    }  # fmt: skip
    assert client.post(f"{where}bo-tri/?viec=dieu-dong", form).status_code == 302
    again = client.post(f"{where}bo-tri/?viec=kiem-nhiem", {**form, "kind": "full"})
    assert "đang giữ một vị trí chuyên trách" in text_of(again)
    told = text_of(client.get(where))
    assert "Điều động, bổ nhiệm chỗ khác" in told and "Sở Xây dựng" in told
    now = Appointment.objects.get(superseded_at=None, valid_to=None)
    assert (now.unit_id, now.valid_from) == (elsewhere.pk, date(2026, 12, 1))


def test_no_screen_asks_more_with_more_people(actors: Any, visit: Any) -> None:
    client = visit(actors.personnel)
    made = a_person(actors.home)
    where = f"/nhan-su/{made.number}/"
    urls = [
        "/nhan-su/", "/nhan-su/?don-vi=H98&q=ha", "/nhan-su/?muc=cv", where, f"{where}bo-tri/", f"{where}ho-so/",
        f"{where}xin-doc/",
        f"{where}ho-so/dinh-chinh/", f"{where}ho-so/luong/", f"{where}ho-so/muc/", f"{where}ho-so/tai-lieu/",
        f"{where}ho-so/giao-nhan/", f"{where}thong-bao-huu/", f"{where}ho-so/nhay-cam/",
        "/nhan-su/yeu-cau/", "/nhan-su/sap-nghi-huu/?thang=24", "/nhan-su/nang-luong/", "/nhan-su/chat-luong/",
        "/nhan-su/nhap/", "/nhan-su/lap-ho-so/", "/nhan-su/luu-giu/", "/nhan-su/luu-giu/het-han/",
    ]  # fmt: skip
    few = [_statements(client, url) for url in urls]
    for n in range(40):
        a_person(actors.home, f"Hà Văn {chr(65 + n % 26)}{n}")
    assert [_statements(client, url) for url in urls] == few
    assert max(few) <= STATEMENTS


def _statements(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
