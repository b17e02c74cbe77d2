"""Results by post: on record with their numbers, told to their owners, and to nobody else."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.config.testing.people import Somebody
from congvu.dossiers.actions.change_contact import change_contact
from congvu.dossiers.actions.collect_parcel import collect_parcel
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person, Received
from congvu.dossiers.actions.parcel_back import parcel_back
from congvu.dossiers.actions.post_result import MOST, Parcel, post_result
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.write_notices import write_notices
from congvu.dossiers.models import Dossier, DossierEvent, DossierResult, DossierStep, Posting
from congvu.dossiers.queries.give_back import came_back
from congvu.dossiers.rules.contact import Contact
from congvu.dossiers.rules.post import check_digit
from congvu.dossiers.rules.status import Delivery, Status
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.make import Place, at
from congvu.foundation.audit.chain import seal
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.models import Account
from congvu.foundation.notices.models import Notice
from congvu.foundation.refusal import Refused

GOOD, OTHER = "EA123456785VN", "RN473124829GB"


@pytest.fixture
def place(office: Office) -> Place:
    return office.place


def ready(place: Place, count: int = 1, **more: Any) -> list[Received]:
    """Dossiers whose results wait to be posted. The steps between are cut short."""
    owner = Person("Nguyễn Thị Mẫu", "099190000123", "0900000123", "mau@example.com", "12 Trần Phú")
    made = receive(
        [replace(place.intake(return_method=1, **more), owner=owner) for _ in range(count)],
        by=place.clerk, at=at("2026-11-16 08:30"),
    )  # fmt: skip
    ids = [one.id for one in made]
    hand_over(ids, by=place.clerk, at=at("2026-11-16 09:00"))
    from congvu.dossiers.actions.complete_step import complete_step

    complete_step(ids, by=place.specialist, at=at("2026-11-17 09:00"))
    complete_step(ids, by=place.police_officer, at=at("2026-11-17 10:00"))
    done = finish(ids, ResultIn("Quyết định"), by=place.chairman, at=at("2026-11-18 09:00"))
    assert len(done.done) == count, [one.refusal.what for one in done.refused]
    return list(made)


def post(place: Place, *parcels: Parcel, when: str = "2026-11-25 10:00") -> list[Any]:
    return post_result(parcels, by=place.clerk, at=at(when))


def test_a_posted_result_is_returned_and_stays_in_time(place: Place) -> None:
    (made,) = ready(place)
    (posted,) = post(place, Parcel(made.code or "", "ea 123 456 785 vn"))
    assert posted.refusal is None
    kept = Dossier.objects.get(pk=made.id)
    assert (kept.status, kept.delivery, kept.ended_on.isoformat()) == (
        Status.RETURNED,
        Delivery.POSTED,
        "2026-11-18",
    )
    parcel = Posting.objects.get(dossier=kept)
    assert (parcel.number, parcel.carrier, parcel.posted_by) == (
        GOOD,
        "Bưu điện Việt Nam",
        place.clerk.account_id,
    )
    assert not DossierStep.objects.filter(dossier=kept, state=1).exists()


def test_each_row_has_its_answer_and_the_good_ones_are_written(place: Place) -> None:
    first, second, third = ready(place, 3)
    waiting = place.received()
    found = post(
        place,
        Parcel(first.code or "", GOOD),
        Parcel(second.code or "", "EA123456786VN"),
        Parcel("H99.01-261120-9999", GOOD),
        Parcel(waiting.code or "", GOOD),
        Parcel(first.code or "", OTHER),
        Parcel(third.code or "", GOOD, "Viettel Post"),
    )
    words = [one.refusal.what if one.refusal else "" for one in found]
    assert words[0] == words[5] == ""
    assert "chữ số kiểm tra" in words[1]
    assert "Không tìm thấy" in words[2]
    assert "trạng thái" in words[3]
    assert "hai dòng" in words[4]
    assert sorted(Posting.objects.values_list("carrier", flat=True)) == ["Bưu điện Việt Nam", "Viettel Post"]


def test_told_again_nothing_changes_and_a_wrong_number_is_put_right(place: Place) -> None:
    (made,) = ready(place)
    parcel = Parcel(made.code or "", GOOD)
    post(place, parcel)
    (again,) = post(place, parcel, when="2026-11-25 11:00")
    assert again.refusal is None and "từ trước" in again.words
    (right,) = post(place, Parcel(made.code or "", OTHER), when="2026-11-25 12:00")
    assert "Đã sửa" in right.words and GOOD in right.words
    kept = Posting.objects.get()
    assert (kept.number, kept.posted_at) == (OTHER, at("2026-11-25 10:00"))
    entry = AuditEntry.objects.get(verb="amend_posting")
    assert (entry.before["number"], entry.after["number"]) == (GOOD, OTHER)


def test_a_clerk_of_another_place_finds_nothing_to_post(place: Place) -> None:
    (made,) = ready(place)
    (answer,) = post_result(
        [Parcel(made.code or "", GOOD)], by=place.stranger_clerk, at=at("2026-11-25 10:00")
    )
    assert answer.refusal is not None and "Không tìm thấy" in answer.refusal.what
    assert not Posting.objects.exists()


def test_who_only_reads_corrects_no_number(place: Place) -> None:
    (made,) = ready(place)
    post(place, Parcel(made.code or "", GOOD))
    (answer,) = post_result([Parcel(made.code or "", OTHER)], by=place.auditor, at=at("2026-11-25 10:00"))
    assert answer.refusal is not None
    assert Posting.objects.get().number == GOOD


def test_posting_without_a_number_is_refused(place: Place) -> None:
    (made,) = ready(place)
    with pytest.raises(Refused, match="số hiệu"):
        return_result([made.id], method=Delivery.POSTED, by=place.clerk, at=at("2026-11-25 10:00"))


def test_a_set_costs_what_one_costs(place: Place) -> None:
    made = ready(place, 40)
    parcels = [Parcel(one.code or "", f"EA{n:08d}{check_digit(f'{n:08d}')}VN") for n, one in enumerate(made)]
    with CaptureQueriesContext(connection) as asked:
        answers = post_result(parcels, by=place.clerk, at=at("2026-11-25 10:00"))
    assert all(one.refusal is None for one in answers)
    assert len(asked) <= 8 + 2, [one["sql"][:90] for one in asked]  # the two of the savepoint
    with pytest.raises(Refused, match=str(MOST)):
        post_result([parcels[0]] * (MOST + 1), by=place.clerk, at=at("2026-11-25 10:00"))


def tell(when: str) -> None:
    seal(at=at(when))
    write_notices(("email", "sms"), "", at=at(when))


def test_the_owner_is_told_the_number_and_the_right_one_when_it_was_wrong(place: Place) -> None:
    (made,) = ready(place)
    post(place, Parcel(made.code or "", GOOD))
    tell("2026-11-25 10:05")
    post(place, Parcel(made.code or "", OTHER), when="2026-11-25 11:00")
    tell("2026-11-25 11:05")
    sms = Notice.objects.filter(kind="da-gui-buu-chinh", channel="sms").order_by("id")
    assert [one.text for one in sms] == [
        f"Ket qua ho so {made.code} da gui buu chinh ngay 25/11/2026, so hieu {number}."
        for number in (GOOD, OTHER)
    ]


def test_who_takes_the_result_at_the_counter_is_not_told_of_it(place: Place) -> None:
    (made,) = ready(place)
    return_result([made.id], "Nguyễn Thị Mẫu", by=place.clerk, at=at("2026-11-25 10:00")).only()
    tell("2026-11-25 10:05")
    assert not Notice.objects.filter(kind="da-gui-buu-chinh").exists()


def test_the_number_is_shown_to_the_owner_and_to_nobody_with_the_code_alone(office: Office) -> None:
    (made,) = ready(office.place, owner_account_id=CITIZEN_ID)
    post(office.place, Parcel(made.code or "", GOOD))
    own = office.enter(office.citizen)
    assert GOOD in own.get(f"/ho-so-cua-toi/{made.id}/").content.decode()
    stranger = office.enter(office.place.auditor).__class__()
    public = stranger.get(f"/tra-cuu/?ma={made.code}").content.decode()
    assert "Đã gửi bưu chính" in public and GOOD not in public
    assert GOOD in office.enter(office.place.clerk).get(f"/ho-so/{made.code}/").content.decode()


def test_the_page_lists_what_waits_and_takes_a_pasted_table(office: Office, counting: Any) -> None:
    first, second = ready(office.place, 2)
    client = office.enter(office.place.clerk)
    with counting(8):
        page = client.get("/tra-ket-qua/buu-chinh/").content.decode()
    assert first.code in page and "12 Trần Phú" in page
    answer = client.post(
        "/tra-ket-qua/buu-chinh/",
        {
            f"so-{first.code}": GOOD,
            "bang": f"Mã\tSố hiệu\n{second.code}\tEA123456786VN\nH99.01-261120-7777\t{GOOD}",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Đã ghi <span" in page and "chữ số kiểm tra" in page
    assert f"H99.01-261120-7777\t{GOOD}" in page, "what was refused stays to be mended"
    assert Posting.objects.get().dossier_id == first.id


def test_nothing_typed_says_so_and_everything_refused_keeps_it(office: Office) -> None:
    (made,) = ready(office.place)
    client = office.enter(office.place.clerk)
    assert client.post("/tra-ket-qua/buu-chinh/", {}).status_code == 422
    answer = client.post("/tra-ket-qua/buu-chinh/", {f"so-{made.code}": "EA123456786VN", "don-vi": "Viettel"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="EA123456786VN"' in page and 'value="Viettel"' in page and 'aria-invalid="true"' in page


def test_the_form_of_one_dossier_asks_for_the_number_too(office: Office) -> None:
    (made,) = ready(office.place)
    client = office.enter(office.place.clerk)
    path = f"/ho-so/{made.code}/viec/tra-ket-qua/"
    wrong = client.post(path, {"method": "3", "received_by": "", "tracking": ""})
    assert wrong.status_code == 422 and "Chưa ghi số hiệu bưu gửi." in wrong.content.decode()
    nobody = client.post(path, {"method": "2", "received_by": ""})
    assert nobody.status_code == 422 and "Chưa nhập người nhận kết quả." in nobody.content.decode()
    assert client.post(path, {"method": "3", "tracking": GOOD, "carrier": ""}).status_code == 302
    assert Posting.objects.get().number == GOOD


@pytest.mark.browser
def test_the_page_of_the_post_can_be_used_by_everyone(
    page: Any, office: Office, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    first, second = ready(office.place, 2)
    enter(page, Somebody(Account.objects.get(pk=office.place.clerk.account_id), office.place.clerk))
    page.goto("/tra-ket-qua/buu-chinh/")
    assert_accessible(page)
    page.fill(f"[name='so-{first.code}']", GOOD)
    page.fill(f"[name='so-{second.code}']", "EA123456786VN")
    with page.expect_navigation():
        page.click("main button[type=submit]")
    assert_accessible(page)
    keep_picture(page, "postal")
    assert "Đã ghi 1, chưa được 1" in page.inner_text("main")


def test_a_parcel_that_came_back_is_told_its_address_mended_and_sent_again(place: Place) -> None:
    (one,) = ready(place)
    post(place, Parcel(str(one.code), "EA123456785VN"))
    contact = Contact("0900000123", "", "Số 5 phố Mới", 1, 3)
    how: dict[str, Any] = {"by": place.clerk, "at": at("2026-11-27 09:00")}
    with pytest.raises(Refused, match="không còn gì"):
        change_contact([one.id], contact, "Gọi điện", **how).only()
    parcel_back([one.id], "Không có người nhận", **how).only()
    (listed,) = came_back((place.centre.pk,))
    assert (listed.code, listed.number, listed.why) == (one.code, "EA123456785VN", "Không có người nhận")
    assert came_back((place.police.pk,)) == []
    with pytest.raises(Refused, match="đang trên đường"):
        parcel_back([one.id], "Lần nữa", **how).only()
    change_contact([one.id], contact, "Gọi điện", **how).only()
    (answer,) = post(place, Parcel(str(one.code), "XY12345"), when="2026-11-27 10:00")
    assert (answer.refusal, answer.words) == (None, "Đã gửi lại, trước là EA123456785VN.")
    kept = Posting.objects.get()
    assert (kept.number, kept.posted_at, kept.came_back_at) == ("XY12345", at("2026-11-27 10:00"), None)
    assert AuditEntry.objects.filter(verb="post_again").count() == 1
    assert Dossier.objects.get(pk=one.id).returned_at == at("2026-11-25 10:00")
    last = DossierEvent.objects.filter(dossier_id=one.id).order_by("id").last()
    assert last is not None and (last.verb, last.reason) == (
        "post_again", "XY12345, Bưu điện Việt Nam; trước là EA123456785VN",
    )  # fmt: skip
    assert came_back((place.centre.pk,)) == []
    seal(at=at("2026-11-27 11:00"))
    write_notices(("sms",), "", at=at("2026-11-27 11:00"))
    kinds = list(Notice.objects.filter(about_id=one.id).values_list("kind", flat=True))
    assert "buu-gui-tra-lai" in kinds and kinds.count("da-gui-buu-chinh") == 2


def test_what_the_post_brought_back_is_collected_at_the_counter(office: Office) -> None:
    place = office.place
    (one,) = ready(place)
    post(place, Parcel(str(one.code), "EA123456785VN"))
    parcel_back([one.id], "Sai địa chỉ", by=place.clerk, at=at("2026-11-27 09:00")).only()
    client = office.enter(place.clerk)
    assert "Sai địa chỉ" in client.get("/tra-ket-qua/buu-chinh/").content.decode()
    assert "Bưu chính trả lại" in client.get("/tra-ket-qua/").content.decode()
    scanned = client.get(f"/tra-ket-qua/?q={one.code}")
    assert scanned.headers["Location"] == f"/ho-so/{one.code}/viec/nhan-buu-gui-tra-lai/"
    page = client.get(f"/ho-so/{one.code}/").content.decode()
    assert "Bưu chính trả lại, chờ nhận" in page
    assert "bị trả lại 27/11/2026: Sai địa chỉ" in page and "nhan-buu-gui-tra-lai" in page
    answer = client.post(f"/ho-so/{one.code}/viec/nhan-buu-gui-tra-lai/", {"received_by": "Nguyễn Thị Mẫu"})
    assert answer.status_code == 302
    kept = Dossier.objects.get(pk=one.id)
    assert (kept.delivery, kept.returned_at) == (Delivery.HANDED_OVER, at("2026-11-25 10:00"))
    assert DossierResult.objects.get(dossier_id=one.id).received_by == "Nguyễn Thị Mẫu"
    assert came_back((place.centre.pk,)) == []
    (late,) = post(place, Parcel(str(one.code), "XY12345"), when="2026-11-27 11:00")
    assert late.refusal is not None and "đã có người nhận" in late.refusal.what
    with pytest.raises(Refused, match="đang chờ nhận"):
        collect_parcel([one.id], "Ai đó", by=place.clerk, at=at("2026-11-27 12:00")).only()
