"""The portal's screens: home by role, sign-in, accounts, audit, search."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from congvu.dossiers.tests.make import a_place
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.models import Account, Grant
from congvu.organisation.tests.make import a_unit

PASSWORD = "mat-khau-thu-2026"
pytestmark = pytest.mark.django_db
STATEMENTS = 8  # of which two say who asks


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(
    "role", ["clerk", "specialist", "leader", "personnel", "auditor", "admin", "citizen", "stranger"]
)
def test_home_answers_every_role_within_its_budget(
    actors: Any, visit: Any, django_assert_max_num_queries: Any, role: str
) -> None:
    client = visit(actors.of(role))
    client.get("/")  # calendars and the tree are kept after the first
    with django_assert_max_num_queries(STATEMENTS):
        answer = client.get("/")
    assert answer.status_code == 200
    greeted = "Bạn cần làm gì?" if role == "stranger" else f"Chào {actors.of(role).account.name}"
    assert greeted in text_of(answer)


def test_signing_in_leads_back_and_shows_the_office(actors: Any) -> None:
    client = Client()
    answer = client.post(
        "/dang-nhap/", {"username": "mot.cua", "password": PASSWORD, "next": "/nhat-ky/?loai=unit"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nhat-ky/?loai=unit")
    assert "Công chức một cửa · Trung tâm Phục vụ hành chính công tỉnh" in text_of(client.get("/"))


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "evil"])
def test_signing_in_never_leads_elsewhere(actors: Any, target: str) -> None:
    answer = Client().post("/dang-nhap/", {"username": "mot.cua", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_keeps_the_name_and_not_the_password(actors: Any) -> None:
    answer = Client().post("/dang-nhap/", {"username": "mot.cua", "password": "bi-mat-sai"})
    assert answer.status_code == 422
    assert 'value="mot.cua"' in text_of(answer)
    assert "bi-mat-sai" not in text_of(answer)
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in text_of(answer)


def test_too_many_tries_say_when_to_come_back(actors: Any) -> None:
    client = Client()
    for _ in range(10):
        client.post("/dang-nhap/", {"username": "mot.cua", "password": "sai"})
    answer = client.post("/dang-nhap/", {"username": "mot.cua", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Thử lại sau 14:45" in text_of(answer)


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(actors: Any, visit: Any) -> None:
    here, elsewhere = visit(actors.clerk), visit(actors.clerk)
    new = "mot cau dai de nho"
    answer = here.post("/doi-mat-khau/", {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302
    assert here.get("/doi-mat-khau/").status_code == 200
    assert elsewhere.get("/doi-mat-khau/").status_code == 302


def test_a_closed_account_is_out_at_once(actors: Any, visit: Any) -> None:
    client = visit(actors.admin)
    Account.objects.filter(pk=actors.admin.account.pk).update(is_active=False)
    assert client.get("/tai-khoan/").headers["Location"].startswith("/dang-nhap/")


def test_signing_out_needs_a_form_and_forgets(actors: Any, visit: Any) -> None:
    client = visit(actors.clerk)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/doi-mat-khau/").status_code == 302


def test_only_an_administrator_keeps_accounts(actors: Any, visit: Any) -> None:
    for role in ("clerk", "specialist", "leader", "personnel", "auditor", "citizen"):
        assert visit(actors.of(role)).get("/tai-khoan/").status_code == 403
        assert visit(actors.of(role)).post("/tai-khoan/moi/", {"username": "x.y.z"}).status_code == 403
    assert visit(actors.admin).get("/tai-khoan/").status_code == 200


def test_an_account_from_its_creation_to_its_first_work(actors: Any, visit: Any) -> None:
    admin = visit(actors.admin)
    made = admin.post("/tai-khoan/moi/", {"username": "moi.vao", "name": "Mới Vào", "citizen_number": ""})
    assert made.headers["Cache-Control"] == "private, no-store"
    account = Account.objects.get(username="moi.vao")
    password = text_of(made).split('<span class="code">')[2].split("<")[0]
    where = reverse("account", args=[account.pk])
    granted = admin.post(
        where,
        {
            "viec": "giao",
            "giao-role": "clerk",
            "giao-unit": actors.centre.pk,
            "giao-valid_from": "20/11/2026",
        },
    )
    assert granted.headers["Location"] == where

    newcomer = Client()
    newcomer.post("/dang-nhap/", {"username": "moi.vao", "password": password})
    assert newcomer.get("/").headers["Location"] == "/doi-mat-khau/"
    newcomer.post(
        "/doi-mat-khau/", {"old": password, "new": "mot cau dai de nho", "again": "mot cau dai de nho"}
    )
    assert newcomer.get("/").status_code == 200


def test_a_refused_grant_shows_why_and_keeps_what_was_chosen(actors: Any, visit: Any) -> None:
    admin, where = visit(actors.admin), reverse("account", args=[actors.clerk.account.pk])
    form = {
        "viec": "giao",
        "giao-role": "clerk",
        "giao-unit": actors.centre.pk,
        "giao-valid_from": "20/11/2026",
    }
    answer = admin.post(where, form)
    assert answer.status_code == 422
    assert "đã có vai trò Công chức một cửa" in text_of(answer)
    assert f'<option value="{actors.centre.pk}" selected>' in text_of(answer)
    assert Grant.objects.filter(account=actors.clerk.account).count() == 1


@pytest.mark.parametrize(
    "form",
    [{"viec": "la"}, {}, {"viec": "thoi", "thoi-grant": "x"}, {"viec": "thoi-thay", "delegation": "1e9"}],
)
def test_a_form_that_is_not_ours_is_refused_in_words(actors: Any, visit: Any, form: dict[str, str]) -> None:
    answer = visit(actors.admin).post(reverse("account", args=[actors.clerk.account.pk]), form)
    assert answer.status_code == 422


def test_the_account_page_and_the_list_do_not_ask_per_row(
    actors: Any, visit: Any, make_person: Any, django_assert_max_num_queries: Any
) -> None:
    admin = visit(actors.admin)
    for n in range(40):
        make_person("clerk", actors.centre, username=f"them{n}", name=f"Thêm {n}")
    with django_assert_max_num_queries(6):
        assert "Thêm 39" in text_of(admin.get("/tai-khoan/"))
    with django_assert_max_num_queries(STATEMENTS):
        admin.get(reverse("account", args=[actors.clerk.account.pk]))
    assert "Không có tài khoản nào khớp" in text_of(admin.get("/tai-khoan/?q=%3Cscript%3E"))


def test_the_log_is_read_by_page_and_by_filter(
    actors: Any, visit: Any, frozen_clock: Any, django_assert_max_num_queries: Any
) -> None:
    from congvu.foundation.audit.actions import record_many

    rows = [(n, {"name": "cũ"}, {"name": f"mới {n}"}) for n in range(1, 121)]
    record_many("unit-renamed", "unit", rows, by=actors.admin.actor, at=frozen_clock.now, why="QĐ 1")
    auditor = visit(actors.auditor)
    with django_assert_max_num_queries(6):
        first = text_of(auditor.get("/nhat-ky/"))
    assert "mới 120" in first
    assert not re.search(r"mới 70\s*<", first)
    following = first.split('rel="next" href="')[1].split('"')[0]
    second = text_of(auditor.get("/nhat-ky/" + following.replace("&amp;", "&")))
    assert re.search(r"mới 70\s*<", second)
    one = text_of(auditor.get("/nhat-ky/?loai=unit&ma=7"))
    assert one.count("data-row") - one.count("data-list") <= 1
    assert "<del>cũ</del> → mới 7" in one
    assert "Không có dòng nhật ký nào khớp" in text_of(auditor.get("/nhat-ky/?tu=21/11/2026"))
    assert "mới 120" in text_of(auditor.get("/nhat-ky/?tu=20/11/2026&den=20/11/2026&ai=quan.tri"))
    assert "Không có tài khoản này." in text_of(auditor.get("/nhat-ky/?ai=khong.co"))


@pytest.mark.parametrize(
    "query", ["ma=abc", "tu=32/13/2026", "sau=xyz", "ma=99999999999999999999", "loai=khong-co"]
)
def test_bad_filters_are_answered_in_words(actors: Any, visit: Any, query: str) -> None:
    answer = visit(actors.auditor).get(f"/nhat-ky/?{query}")
    assert answer.status_code in (200, 422)
    assert "Nhật ký" in text_of(answer) or "Dấu trang" in text_of(answer)


def test_what_people_typed_stays_text_in_the_log(actors: Any, visit: Any, frozen_clock: Any) -> None:
    from congvu.foundation.audit.actions import record

    record("x", "unit", 1, by=actors.admin.actor, at=frozen_clock.now, why="<script>alert(1)</script>")
    assert "<script>alert(1)" not in text_of(visit(actors.auditor).get("/nhat-ky/"))


def test_the_home_of_those_who_handle_shows_what_burns(
    visit: Any, make_person: Any, frozen_clock: Any, django_assert_max_num_queries: Any
) -> None:
    place = a_place()
    late = place.received("2026-11-02 09:00", owner="Nguyễn Thị Mẫu")
    fresh = place.received("2026-11-20 09:00", owner="Trần Văn Mới")
    clerk = make_person("clerk", place.centre, username="quay.3")
    client = visit(clerk)
    client.get("/")
    with django_assert_max_num_queries(STATEMENTS):
        text = text_of(client.get("/"))
    assert late.code in text
    assert fresh.code not in text
    assert "Tiếp nhận" in text
    assert "Quá " in text
    opened = client.get("/viec-cua-toi/?nhom=qua-han")
    assert late.code in text_of(opened)
    assert fresh.code in text_of(client.get("/ho-so/?tu=20/11/2026&den=20/11/2026"))


def test_a_step_due_on_friday_reads_late_on_saturday_not_due_today(
    visit: Any, make_person: Any, frozen_clock: Any
) -> None:
    place = a_place()
    place.received("2026-11-20 09:00", owner="Nguyễn Thị Mẫu")  # its first step ends the same day, Friday
    clerk = visit(make_person("clerk", place.centre, username="quay.3"))
    frozen_clock.move_to(datetime(2026, 11, 21, 9, 0))
    red = text_of(clerk.get("/")).split('id="do"')[1].split("</table>")[0]
    assert "Quá hạn" in red
    assert "Hôm nay" not in red


def test_a_citizen_sees_the_own_dossiers_and_no_others(
    visit: Any, make_person: Any, frozen_clock: Any
) -> None:
    place = a_place()
    me = make_person("citizen", username="toi", citizen_number="099190000123")
    mine = place.received("2026-11-18 09:00", owner_account_id=me.account.pk)
    other = place.received("2026-11-18 09:05", owner="Người Khác")
    text = text_of(visit(me).get("/"))
    assert mine.code in text
    assert other.code not in text


def test_an_exact_code_opens_its_dossier_and_words_find_it_without_marks(
    visit: Any, make_person: Any, frozen_clock: Any
) -> None:
    place = a_place()
    one = place.received("2026-11-18 09:00", owner="Nguyễn Thị Hạnh")
    clerk = visit(make_person("clerk", place.centre))
    assert clerk.get("/tim/", {"q": one.code}).headers["Location"].endswith(f"/ho-so/{one.code}/")
    assert one.code in text_of(clerk.get("/tim/", {"q": "nguyen thi hanh"}))
    elsewhere = visit(make_person("clerk", a_unit("H97.01", "Nơi khác")))
    assert one.code not in text_of(elsewhere.get("/tim/", {"q": "nguyen thi hanh"}))


def test_a_code_with_month_13_is_told_wherever_it_is_typed(actors: Any, visit: Any) -> None:
    clerk, code = visit(actors.clerk), "H99.08-261320-0001"
    for path in (f"/tim/?q={code}", f"/ho-so/?q={code.lower()}", f"/ho-so/{code}/", f"/tra-cuu/?ma={code}"):
        assert "tháng 13, không có tháng này" in text_of(clerk.get(path)), path
    assert "tháng này" not in text_of(clerk.get("/tim/?q=H99.08-261120-0001"))


def test_search_finds_nothing_kindly_and_never_breaks(actors: Any, visit: Any) -> None:
    clerk = visit(actors.clerk)
    for typed in (
        "",
        "H99.08-261320-0001",
        "%",
        "'; DROP TABLE x; --",
        "nguyen thi",
        "0900",
        "\u0300",
        "a" * 5000,
    ):
        assert clerk.get("/tim/", {"q": typed}).status_code == 200, typed


def test_the_session_is_signed() -> None:
    client = Client()
    client.cookies["sessionid"] = signing.dumps({"_auth_user_id": "1"}, key="another key")
    assert client.get("/tai-khoan/").headers["Location"].startswith("/dang-nhap/")
    assert not AuditEntry.objects.exists()
