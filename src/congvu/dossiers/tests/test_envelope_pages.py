"""An envelope on screen: received from one form, found by either code, given back in parts, withdrawn whole."""

import re
from typing import Any

import pytest

from congvu.dossiers.actions.envelope_rows import ReceivedEnvelope
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.models import Dossier, Envelope, EnvelopeMember
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.make import at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.dossiers.tests.test_envelopes import born
from congvu.procedures.models import CasePaper

FORM = "/tiep-nhan/lien-thong/LT.01/"


@pytest.fixture
def made(office: Any) -> ReceivedEnvelope:
    group = a_group()
    wanted = an_envelope(office.place, group, account=office.citizen.account_id)
    return receive_envelope(wanted, by=office.place.clerk, at=at("2026-11-20 09:00"))


def filled(office: Any, **more: str) -> dict[str, str]:
    home = str(office.place.home_affairs.pk)
    paper = CasePaper.objects.get(case__version__procedure__code="2.000001", stable_key="g2")
    return {
        "khoa": "11111111-1111-4111-8111-111111111111", "name": "Nguyễn Thị Mẫu", "number": "099190000123",
        "phone": "0900000123", "return_method": "0", "subject_kind": "1", "copies": "1", "viec": "nhan",
        "giai-quyet-1": home, "giai-quyet-2": home, "giai-quyet-3": home,
        "s-to-khai-co-mat": "1", "s-to-khai-co": "1", "s-to-khai-chinh": "1",
        f"g1-{paper.pk}-co-mat": "1", f"g1-{paper.pk}-co": "1", f"g1-{paper.pk}-chinh": "1", **more,
    }  # fmt: skip


def test_the_form_asks_each_paper_once_and_never_for_a_result(office: Any) -> None:
    a_group()
    said = office.enter(office.place.clerk).get(FORM).content.decode()
    assert said.count('name="s-to-khai-tep"') == 1
    assert said.count("Không phải nộp") == 1  # one result, for both that need it
    assert "bắt đầu khi có kết quả Đăng ký khai sinh" in said


def test_one_form_receives_and_leads_to_one_receipt(office: Any, counting: Any) -> None:
    a_group()
    client = office.enter(office.place.clerk)
    answer = client.post(FORM, filled(office))
    assert answer.status_code == 302, re.findall(r"<li>.*?</li>", answer.content.decode())
    row = Envelope.objects.get()
    assert answer.headers["Location"] == f"/ho-so-lien-thong/{row.code}/giay-hen/"
    slip = client.get(answer.headers["Location"]).content.decode()
    assert "27/11/2026" in slip
    assert "cấp khi đến lượt" in slip
    waiting = EnvelopeMember.objects.get(envelope=row, position=2)
    assert [one["name"] for one in waiting.papers] == ["Tờ khai"]


def test_a_paper_missing_keeps_what_was_typed_and_writes_nothing(office: Any) -> None:
    a_group()
    data = {name: value for name, value in filled(office).items() if not name.endswith("-co")}
    answer = office.enter(office.place.clerk).post(FORM, data)
    assert answer.status_code == 422
    assert "Thiếu giấy số 1, 2" in answer.content.decode()
    assert "Nguyễn Thị Mẫu" in answer.content.decode()
    assert not Envelope.objects.exists()


def test_either_code_finds_the_envelope_and_the_name_is_masked(
    office: Any, made: ReceivedEnvelope, client: Any
) -> None:
    whole = client.get(f"/tra-cuu/?ma={made.code}").content.decode()
    assert "Nguyễn Thị M••••" in whole
    assert "Đăng ký thường trú" in whole
    part = client.get(f"/tra-cuu/?ma={made.members[0].code}").content.decode()
    assert f"?ma={made.code}" in part


def test_the_counter_gives_back_in_parts_and_withdraws_the_rest(office: Any, made: ReceivedEnvelope) -> None:
    born(office.place, made)
    client = office.enter(office.place.clerk)
    page = f"/ho-so-lien-thong/{made.code}/"
    box = re.search(r'name="chon" value="([\d.]+)"', client.get(page).content.decode())
    assert box is not None
    sent = {"viec": "tra", "chon": box[1], "received_by": "Nguyễn Thị Mẫu", "method": "2"}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, {"viec": "rut", "reason": ""}).status_code == 422
    assert client.post(page, {"viec": "rut", "reason": "Chuyển nơi ở"}).status_code == 302
    states = dict(Dossier.objects.values_list("procedure__code", "status"))
    assert states == {"2.000001": Status.RETURNED, "2.000002": Status.WITHDRAWN, "2.000003": Status.WITHDRAWN}
    assert "Kết thúc, có thủ tục không thực hiện" in client.get(page).content.decode()


def test_withdrawing_before_the_first_is_handed_over_closes_all(office: Any, made: ReceivedEnvelope) -> None:
    client = office.enter(office.place.clerk)
    page = f"/ho-so-lien-thong/{made.code}/"
    assert client.post(page, {"viec": "rut", "reason": "Nộp lại nơi khác"}).status_code == 302
    assert "Đã rút" in client.get(page).content.decode()
    assert client.post(page, {"viec": "rut", "reason": "Lần nữa"}).status_code == 422


def test_envelopes_are_found_as_dossiers_are_without_diacritics_and_by_a_members_code(
    office: Any, made: ReceivedEnvelope
) -> None:
    client = office.enter(office.place.clerk)
    for typed in ("nguyen thi mau", "mẫu nguyễn", "099190000123", made.members[0].code):
        assert made.code in client.get("/ho-so-lien-thong/", {"q": typed}).content.decode(), typed
    for typed in ("%", "trần văn khác", "0991_0000123"):
        assert made.code not in client.get("/ho-so-lien-thong/", {"q": typed}).content.decode(), typed


def test_the_citizen_sees_one_place_with_the_procedures_beneath(
    office: Any, made: ReceivedEnvelope, counting: Any
) -> None:
    client = office.enter(office.citizen)
    listed = client.get("/ho-so-cua-toi/").content.decode()
    assert made.code in listed
    assert made.members[0].code not in listed
    with counting(8):
        own = client.get(f"/ho-so-cua-toi/lien-thong/{made.id}/").content.decode()
    assert made.members[0].code in own
    assert "bạn chưa phải làm gì" in own


def test_another_counter_does_not_see_it_nor_give_back(office: Any, made: ReceivedEnvelope) -> None:
    client = office.enter(office.place.stranger_clerk)
    assert client.get(f"/ho-so-lien-thong/{made.code}/").status_code == 404
    assert made.code not in client.get("/ho-so-lien-thong/").content.decode()
    specialist = office.enter(office.place.specialist)  # concerned, but not the counter
    page = specialist.get(f"/ho-so-lien-thong/{made.code}/")
    assert page.status_code == 200
    assert "Rút hồ sơ liên thông" not in page.content.decode()
    assert (
        specialist.post(f"/ho-so-lien-thong/{made.code}/", {"viec": "rut", "reason": "x"}).status_code == 422
    )


@pytest.mark.browser
def test_the_envelope_can_be_read_by_everyone(
    page: Any, office: Any, made: ReceivedEnvelope, enter: Any, assert_accessible: Any
) -> None:
    from congvu.config.testing.people import Somebody
    from congvu.foundation.identity.models import Account

    enter(page, Somebody(Account.objects.get(pk=office.place.clerk.account_id), office.place.clerk))
    for path in (f"/ho-so-lien-thong/{made.code}/", FORM, f"/ho-so-lien-thong/{made.code}/giay-hen/"):
        page.goto(path)
        assert_accessible(page)
