"""The pages of notices: the outbox, its decisions, the words, the dossier's own page."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from congvu.config.testing.people import Somebody
from congvu.dossiers.actions.intake import Person, Received
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.write_notices import write_notices
from congvu.dossiers.models import DossierReach
from congvu.dossiers.queries.outbox import Asked, outbox_page
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office, an_account
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.chain import seal
from congvu.foundation.identity.models import Account
from congvu.foundation.notices.models import Channel, Notice, NoticeState, NoticeTemplate

MORNING = at("2026-11-20 09:00")
S = NoticeState
MAU = Person("Nguyễn Thị Mẫu", "099190000123", "0900000123", "mau@example.com")


def told(office: Office, **more: Any) -> Received:
    """A dossier received, and its two notices."""
    intake = replace(office.place.intake(owner_account_id=CITIZEN_ID, **more), owner=MAU)
    made = receive([intake], by=office.place.clerk, at=at("2026-11-20 14:00"))[0]
    seal(at=at("2026-11-20 14:01"))
    write_notices(("email", "sms"), "", at=at("2026-11-20 14:02"))
    return made


def test_who_keeps_the_outbox_sees_lines_and_no_letter(office: Office, counting: Any) -> None:
    made = told(office)
    with counting(8):
        page = office.enter(office.place.admin).get("/thong-bao/").content.decode()
    assert made.code in page and "m•••@example.com" in page and "0900•••123" in page
    assert "mau@example.com" not in page and "0900000123" not in page
    assert "Kính gửi" not in page and "Nguyễn Thị Mẫu" not in page
    assert f"/ho-so/{made.code}/" not in page, "keeping gateways gives no right to read dossiers"


def test_a_head_sees_those_of_the_own_dossiers(office: Office) -> None:
    made = told(office)
    assert made.code in office.enter(office.place.leader).get("/thong-bao/").content.decode()
    elsewhere = replace(office.place.leader, account_id=30, username="giam.doc.y.te", name="Khác")
    far = replace(
        elsewhere, held=(replace(elsewhere.held[0], unit_id=office.place.stranger_clerk.held[0].unit_id),)
    )
    an_account(far)
    client = office.enter(far)
    assert made.code not in client.get("/thong-bao/").content.decode()
    Notice.objects.update(state=S.FAILED)
    client.post("/thong-bao/", {"viec": "gui-lai", "chon": list(Notice.objects.values_list("pk", flat=True))})
    assert set(Notice.objects.values_list("state", flat=True)) == {S.FAILED}


def many(office: Office, count: int) -> None:
    """Notices of a dossier that the police's leader does not see."""
    about = Notice.objects.values_list("about_id", flat=True)[0]
    Notice.objects.bulk_create(
        Notice(key=f"nhieu:{n}:{about}:{Notice.objects.count()}", channel="email", to="a@example.com", text="x", about_id=about,
               kind="receive", created_at=MORNING, next_try_at=MORNING, changed_at=MORNING)
        for n in range(count)
    )  # fmt: skip


def read_so_far() -> dict[str, int]:
    """Rows and index entries read in this transaction, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
            " WHERE relname IN ('notices_notice', 'dossiers_dossier', 'dossiers_reach')"
        )
        return dict(cursor.fetchall())


def test_a_page_of_a_part_of_the_outbox_costs_the_same_however_long_it_is(
    office: Office, monkeypatch: Any
) -> None:
    monkeypatch.setattr("congvu.dossiers.queries.outbox.WALK", 40)
    told(office)
    far = replace(
        office.place.leader,
        held=(replace(office.place.leader.held[0], unit_id=office.place.stranger_clerk.held[0].unit_id),),
    )
    costs = []
    for _ in range(2):
        many(office, 1500)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE notices_notice, dossiers_dossier, dossiers_reach")
        before = read_so_far()
        page = outbox_page(far, MORNING.date(), Asked())
        costs.append({table: count - before[table] for table, count in read_so_far().items()})
        assert page.rows == [] and page.next
    assert costs[0] == costs[1] and max(costs[0].values()) <= 5 * 40, costs


def test_a_head_comes_to_the_end_of_the_own_notices_whatever_lies_between(
    office: Office, monkeypatch: Any
) -> None:
    monkeypatch.setattr("congvu.dossiers.queries.outbox.WALK", 40)
    monkeypatch.setattr("congvu.dossiers.web.outbox.WALK", 40)
    mine = told(office)
    elsewhere = told(office)
    DossierReach.objects.filter(dossier_id=elsewhere.id).delete()
    Notice.objects.filter(about_id=mine.id).update(about_id=elsewhere.id)
    many(office, 100)
    Notice.objects.filter(pk__in=[Notice.objects.order_by("id")[n].pk for n in (0, 1, 45)]).update(
        about_id=mine.id
    )
    client, url, found, pages = office.enter(office.place.leader), "/thong-bao/", 0, 0
    while url:
        shown = client.get(url).content.decode()
        found, pages = found + shown.count("<tr data-row>"), pages + 1
        following = re.search(r'href="(\?[^"]*sau=[^"]*)"', shown)
        assert ("Đã tìm trong" in shown) == (following is not None)
        url = "/thong-bao/" + following[1].replace("&amp;", "&") if following else ""
    assert (found, pages) == (3, 3)


@pytest.mark.parametrize(("asked", "shown"), [("", 2), ("tt=can-xem", 1), ("tt=waiting", 1), ("kenh=sms", 1),
                                             ("tt=sent", 0), ("ma=khong-co", 0)])  # fmt: skip
def test_the_filters_narrow(office: Office, asked: str, shown: int) -> None:
    told(office)
    Notice.objects.filter(channel="email").update(state=S.UNCERTAIN)
    page = office.enter(office.place.admin).get(f"/thong-bao/?{asked}").content.decode()
    assert page.count("<tr data-row>") == shown


def test_the_pages_follow_one_another(office: Office) -> None:
    for _ in range(26):
        told(office)
    client = office.enter(office.place.admin)
    first = client.get("/thong-bao/").content.decode()
    assert first.count("<tr data-row>") == 50
    following = re.search(r'href="(\?[^"]*sau=[^"]*)"', first)
    assert following is not None
    assert (
        client.get("/thong-bao/" + following[1].replace("&amp;", "&")).content.decode().count("<tr data-row>")
        == 2
    )


@pytest.mark.parametrize(
    ("button", "before", "after"),
    [
        ("gui-lai", S.UNCERTAIN, S.WAITING),
        ("da-den", S.UNCERTAIN, S.SENT),
        ("thu-hoi", S.FAILED, S.WITHDRAWN),
    ],
)
def test_a_set_is_decided_and_what_cannot_be_is_told(
    office: Office, button: str, before: S, after: S
) -> None:
    told(office)
    Notice.objects.filter(channel="email").update(state=before)
    Notice.objects.filter(channel="sms").update(state=S.SENT)
    chosen = list(Notice.objects.values_list("pk", flat=True))
    client = office.enter(office.place.admin)
    answer = client.post("/thong-bao/?tt=can-xem", {"viec": button, "chon": chosen}, follow=True)
    assert answer.redirect_chain == [("/thong-bao/?tt=can-xem", 302)]
    assert Notice.objects.get(channel="email").state == after
    assert Notice.objects.get(channel="sms").state == S.SENT
    assert "1 thông báo để nguyên" in answer.content.decode()


@pytest.mark.parametrize(
    "said", [{}, {"viec": "gui-lai"}, {"viec": "la", "chon": "1"}, {"viec": "gui-lai", "chon": "x"}]
)
def test_nonsense_is_refused_in_words(office: Office, said: dict[str, str]) -> None:
    assert office.enter(office.place.admin).post("/thong-bao/", said).status_code == 422


def test_the_dossier_shows_what_was_told_to_officials_and_to_its_owner(office: Office, counting: Any) -> None:
    made = told(office)
    Notice.objects.filter(channel="sms").update(state=S.FAILED, why="Máy chủ trả lời 550")
    clerk = office.enter(office.place.clerk)
    clerk.get(f"/ho-so/{made.code}/")
    with counting(8):
        page = clerk.get(f"/ho-so/{made.code}/").content.decode()
    assert "Thông báo cho người nộp" in page and "m•••@example.com" in page and "Máy chủ trả lời 550" in page
    own = office.enter(office.citizen).get(f"/ho-so-cua-toi/{made.id}/").content.decode()
    assert "Đã báo cho bạn" in own and "Kính gửi Nguyễn Thị Mẫu" in own and "550" not in own


BASE = "/thong-bao/mau/tiep-nhan"


def test_the_words_are_changed_from_a_version_on_and_given_back(office: Office) -> None:
    client = office.enter(office.place.admin)
    assert "Lời mặc định" in client.get("/thong-bao/mau/").content.decode()
    saved = client.post(f"{BASE}/sms/", {"text": "Đã nhận {ma_ho_so}", "viec": "luu"})
    assert saved.status_code == 302
    assert "Của đơn vị, bản 1" in client.get("/thong-bao/mau/").content.decode()
    told(office)
    assert Notice.objects.get(channel="sms").text.startswith("Đã nhận H99.01-261120-")
    client.post(f"{BASE}/sms/", {"viec": "mac-dinh"})
    newest = NoticeTemplate.objects.order_by("-version")[0]
    assert (newest.version, newest.text, newest.channel) == (2, "", Channel.SMS)


def test_an_unknown_place_is_named_and_nothing_typed_is_lost(office: Office) -> None:
    answer = office.enter(office.place.admin).post(f"{BASE}/sms/", {"text": "Cán bộ {ten_can_bo} đã nhận"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không có chỗ điền {ten_can_bo}" in page and "Cán bộ {ten_can_bo} đã nhận" in page
    assert not NoticeTemplate.objects.exists()


def test_the_preview_fills_the_sample_and_counts_the_sms(office: Office) -> None:
    client = office.enter(office.place.admin)
    marked = client.post(
        f"{BASE}/sms/", {"text": "Đã nhận hồ sơ {ma_ho_so}. " * 3, "viec": "xem"}
    ).content.decode()
    assert "Đã nhận hồ sơ H99.01-261120-0001." in marked and "2 tin" in marked and "67 khi nối" in marked
    plain = client.post(
        f"{BASE}/sms/", {"text": "Đã nhận hồ sơ {ma_ho_so}. " * 3, "unmarked": "on", "viec": "xem"}
    ).content.decode()
    assert "Da nhan ho so H99.01-261120-0001." in plain and "1 tin" in plain
    assert not NoticeTemplate.objects.exists()


def test_a_kind_can_be_silenced(office: Office) -> None:
    client = office.enter(office.place.admin)
    client.post(f"{BASE}/email/", {"subject": "x", "text": "y", "silent": "on", "viec": "luu"})
    told(office)
    assert [one.channel for one in Notice.objects.all()] == ["sms"]
    assert "Không gửi" in client.get("/thong-bao/mau/").content.decode()


@pytest.mark.parametrize("path", ["/thong-bao/mau/khong-co/sms/", "/thong-bao/mau/tiep-nhan/zalo/"])
def test_a_template_there_is_not_is_not_found(office: Office, path: str) -> None:
    assert office.enter(office.place.admin).get(path).status_code == 404


@pytest.mark.browser
def test_the_pages_of_notices_can_be_read_by_everyone(
    page: Any, office: Office, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    told(office)
    Notice.objects.filter(channel="email").update(
        state=S.UNCERTAIN, why="Chương trình dừng giữa chừng khi đang gửi."
    )
    admin = office.place.admin
    enter(page, Somebody(Account.objects.get(pk=admin.account_id), admin))
    for name, path in (
        ("outbox", "/thong-bao/"),
        ("notice-templates", "/thong-bao/mau/"),
        ("notice-template", f"{BASE}/sms/"),
        ("notice-template-mail", f"{BASE}/email/"),
    ):
        page.goto(path)
        assert_accessible(page)
        keep_picture(page, name)
    page.goto("/thong-bao/")
    page.check("[data-row-check] >> nth=0")
    page.check("[data-row-check] >> nth=1")
    with page.expect_navigation():
        page.click("button[value=da-den]")
    assert "Đã xác nhận đến nơi 1 thông báo" in page.inner_text("body")
