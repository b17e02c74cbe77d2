"""The screens over HTTP: what each shows, what an event form does step by step, and what is refused."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation import queries
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.models import UnitEvent
from congvu.organisation.tests.make import a_unit

pytestmark = pytest.mark.django_db
Visit = Callable[[Any], Any]


def text_of(answer: Any) -> str:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return words.replace(" .", ".").replace(" ,", ",")


def statements(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def admin(visit: Visit, actors: Any) -> Any:
    return visit(actors.admin)


def test_the_tree_shows_the_day_asked_for_and_what_changed_since(visit: Visit, actors: Any) -> None:
    load_units()
    client = visit(actors.specialist)
    today = text_of(client.get("/to-chuc/?so-voi=30/06/2025"))
    assert "UBND xã Đồng Mỏ" in today
    assert "từ UBND" not in today, "communes of today are new units, not moved ones"
    assert "Không còn từ 30/06/2025 129 đơn vị" in today
    assert "UBND xã Sông Đôi nay là UBND xã Tân Lập (3/5), UBND xã Minh Tân (2/5)" in today
    before = text_of(client.get("/to-chuc/?ngay=30/6/2025"))
    assert "UBND huyện Yên Thủy" in before
    assert "UBND xã Sông Đôi" in before
    believed = text_of(client.get("/to-chuc/?ngay=2026-04-02&biet-den=2026-03-14"))
    assert "Phòng Chuyển đối số" in believed
    assert "Phòng Chuyển đổi số" not in believed
    assert client.get("/to-chuc/?ngay=32/13/2026").status_code == 422


def test_a_search_in_the_tree_ignores_marks(visit: Visit, actors: Any) -> None:
    client = visit(actors.leader)
    assert "1 đơn vị" in text_of(client.get("/to-chuc/?q=so noi vu"))
    assert "Không có đơn vị nào khớp" in text_of(client.get("/to-chuc/", {"q": "<script>alert(1)</script>"}))


def test_pages_take_as_many_statements_for_a_province_as_for_three_units(visit: Visit, actors: Any) -> None:
    client = visit(actors.specialist)
    decision = Decision("1/QĐ-UBND")
    at = datetime(2015, 1, 1, tzinfo=LEGAL_ZONE)
    rename(actors.home.id, "Sở Nội vụ tỉnh", effective=date(2024, 1, 1), decision=decision, by=SYSTEM, at=at)
    urls = ["/to-chuc/", "/to-chuc/?biet-den=20/11/2026", "/to-chuc/H98.08/", "/to-chuc/su-kien/"]
    small = {url: statements(client, url) for url in urls}
    load_units()
    assert {url: statements(client, url) for url in urls} == small
    assert max(small.values()) <= 8
    assert statements(client, "/to-chuc/H99.08/") == small["/to-chuc/H98.08/"]


def test_a_unit_page_tells_its_past_and_who_stands_for_it(visit: Visit, actors: Any) -> None:
    load_units()
    client = visit(actors.auditor)
    labour = text_of(client.get("/to-chuc/h99.09/"))
    assert "chấm dứt từ 01/03/2025. Nay là Sở Nội vụ" in labour
    home = text_of(client.get("/to-chuc/H99.08/"))
    assert "Tách ra đơn vị mới" in home
    assert "Quản lý nhà nước về tín ngưỡng, tôn giáo" in home
    assert "Hình thành từ" in home
    room = text_of(client.get("/to-chuc/H99.07.03/"))
    assert "Bản ghi đã thay (1)" in room
    assert client.get("/to-chuc/H99.999/").status_code == 404
    assert client.get("/to-chuc/'%3B--/").status_code == 404


def test_events_come_in_pages(visit: Visit, actors: Any) -> None:
    load_units()
    client = visit(actors.specialist)
    seen, url = 0, "/to-chuc/su-kien/"
    for _ in range(10):
        page = client.get(url).content.decode()
        seen += page.count('class="org-evt"')
        following = re.search(r'href="(\?sau=[^"]+)"', page)
        if following is None:
            break
        url = "/to-chuc/su-kien/" + following.group(1)
    assert seen == UnitEvent.objects.filter(superseded_at=None).count() > 60
    assert client.get("/to-chuc/su-kien/?sau=eyJ4").status_code == 422


COMMON = {
    "effective": "01/12/2026",
    "decision": "77/QĐ-UBND",
    "signed_on": "20/11/2026",
    "decided_by": "UBND tỉnh",
}


def press(client: Any, kind: str, data: dict[str, Any], step: str, seen: str = "") -> Any:
    return client.post(f"/to-chuc/su-kien/ghi/?loai={kind}", {**COMMON, **data, "buoc": step, "da_xem": seen})


def seen_in(answer: Any) -> str:
    found = re.search(r'name="da_xem" value="(\w+)"', answer.content.decode())
    assert found, text_of(answer)
    return found.group(1)


def record(client: Any, kind: str, data: dict[str, Any]) -> Any:
    """Preview, then record, as a person does."""
    before = UnitEvent.objects.count()
    shown = press(client, kind, data, "xem")
    assert shown.status_code == 200, text_of(shown)
    assert UnitEvent.objects.count() == before, "a preview records nothing"
    done = press(client, kind, data, "ghi", seen_in(shown))
    assert done.status_code == 302, text_of(done)
    return shown


def test_an_event_is_previewed_then_recorded_and_a_second_press_records_nothing(
    admin: Any, actors: Any
) -> None:
    data = {"unit": actors.home.id, "name": "Sở Nội vụ và Lao động"}
    shown = press(admin, "DOI_TEN", data, "xem")
    assert "Trước và sau, ngày 01/12/2026" in text_of(shown)
    assert "tên cũ: Sở Nội vụ" in text_of(shown)
    seen = seen_in(shown)
    assert press(admin, "DOI_TEN", data, "ghi", seen).status_code == 302
    again = press(admin, "DOI_TEN", data, "ghi", seen)
    assert again.status_code == 422
    assert "đã có tên" in text_of(again)
    assert UnitEvent.objects.count() == 1
    assert queries.unit_name(actors.home.id, date(2026, 12, 1)) == "Sở Nội vụ và Lao động"


def test_what_was_changed_after_the_preview_is_shown_again_before_it_is_recorded(
    admin: Any, actors: Any
) -> None:
    data = {"unit": actors.home.id, "name": "Tên Một"}
    seen = seen_in(press(admin, "DOI_TEN", data, "xem"))
    other = press(admin, "DOI_TEN", {**data, "name": "Tên Hai"}, "ghi", seen)
    assert other.status_code == 422
    assert "đã thay đổi từ lần xem trước" in text_of(other)
    assert UnitEvent.objects.count() == 0
    a_unit("H98.09", "Sở Tài chính", actors.province)
    stale = press(admin, "DOI_TEN", data, "ghi", seen)
    assert stale.status_code == 422
    assert UnitEvent.objects.count() == 0


def test_every_kind_of_event_can_be_recorded_from_its_form(admin: Any, actors: Any) -> None:
    province, home, centre = actors.province.id, actors.home.id, actors.centre.id
    unit = {"kind": "SO", "tier": "TINH", "parent": province, "short_name": ""}
    record(admin, "THANH_LAP", {**unit, "code": "H98.20", "name": "Sở Dân tộc"})
    people = queries.unit_by_code("H98.20").id
    record(admin, "CHUYEN_CAP_TREN", {"unit": people, "parent": home, "tier": ""})
    record(admin, "CHUYEN_GIAO_CHUC_NANG", {"what": "Quản lý hội", "giver": home, "receiver": people})
    new = {"code": "H98.21", "name": "Trung tâm Dịch vụ", "effective": "15/12/2026"}
    record(admin, "HOP_NHAT", {**unit, "sources": [people, centre], **new})
    service = queries.unit_by_code("H98.21").id
    later = {"effective": "01/01/2027"}
    off = {"unit": service, "to1_code": "H98.22", "to1_name": "Trung tâm Hai", "to1_share": "40%"}
    record(admin, "TACH", {**off, **later})
    two = queries.unit_by_code("H98.22").id
    record(admin, "SAP_NHAP", {"sources": [two], "target": service, "effective": "01/02/2027"})
    parts = {"to1_unit": home, "to1_share": "1/3", "to2_code": "H98.23", "to2_name": "Ba", "to2_share": "2/3"}
    record(admin, "CHIA", {"unit": service, **parts, "effective": "01/03/2027"})
    record(admin, "GIAI_THE", {"unit": queries.unit_by_code("H98.23").id, "effective": "01/04/2027"})
    kinds = set(UnitEvent.objects.values_list("kind", flat=True))
    assert kinds == {
        "THANH_LAP",
        "CHUYEN_CAP_TREN",
        "CHUYEN_GIAO_CHUC_NANG",
        "HOP_NHAT",
        "TACH",
        "SAP_NHAP",
        "CHIA",
        "GIAI_THE",
    }


def test_a_dissolution_asks_where_each_room_goes(admin: Any, actors: Any) -> None:
    room = a_unit("H98.08.01", "Phòng Tôn giáo", actors.home, "PHONG")
    first = press(admin, "GIAI_THE", {"unit": actors.home.id}, "xem")
    assert first.status_code == 422
    assert "Phòng Tôn giáo (H98.08.01) về đâu?" in text_of(first)
    shown = record(admin, "GIAI_THE", {"unit": actors.home.id, f"under_{room.id}": actors.centre.id})
    assert "2 vai trò" in text_of(shown) and "kết thúc cùng đơn vị" in text_of(shown)
    span = queries.picture().at(room.id, date(2026, 12, 1))
    assert span is not None
    assert span.parent_id == actors.centre.id


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("DOI_TEN", {"unit": "", "name": ""}, "Chưa chọn đơn vị"),
        ("DOI_TEN", {"unit": "HOME", "name": "X", "effective": "31/02/2026"}, "Không đọc được ngày"),
        ("DOI_TEN", {"unit": "999999", "name": "X"}, "Hãy chọn một lựa chọn hợp lệ"),
        (
            "DOI_TEN",
            {"unit": "HOME", "name": "X", "effective": "01/01/2019"},
            "không tồn tại vào ngày 01/01/2019",
        ),
        ("THANH_LAP", {"code": "sai", "name": "X", "kind": "SO", "tier": "TINH"}, "không phải mã định danh"),
        ("THANH_LAP", {"code": "H98.08", "name": "X", "kind": "SO", "tier": "TINH"}, "không dùng lại"),
        ("CHIA", {"unit": "HOME", "to1_unit": "CENTRE", "to1_share": "3/2"}, "không phải một phần"),
        ("CHIA", {"unit": "HOME", "to1_unit": "CENTRE", "to1_share": "1/2"}, "phải bằng đúng toàn bộ"),
        ("CHIA", {"unit": "HOME"}, "đơn vị nhận phải được chọn"),
        ("CHUYEN_CAP_TREN", {"unit": "PROVINCE", "parent": "HOME"}, "dưới chính nó"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_says_why(
    admin: Any, actors: Any, kind: str, data: dict[str, Any], words: str
) -> None:
    ids = {"HOME": actors.home.id, "CENTRE": actors.centre.id, "PROVINCE": actors.province.id}
    answer = press(admin, kind, {name: ids.get(value, value) for name, value in data.items()}, "xem")
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="77/QĐ-UBND"' in answer.content.decode()


def test_a_version_and_an_event_are_corrected_with_a_reason(admin: Any, actors: Any) -> None:
    record(admin, "DOI_TEN", {"unit": actors.home.id, "name": "Sở Nội vụ mới"})
    version = queries.picture().of(actors.home.id)[-1].id
    form = {
        "name": "Sở Nội vụ Mới",
        "short_name": "SNV",
        "kind": "SO",
        "tier": "TINH",
        "parent_id": actors.province.id,
    }
    url = f"/to-chuc/phien-ban/{version}/dinh-chinh/"
    assert "Chưa nhập lý do đính chính" in text_of(admin.post(url, form))
    assert admin.post(url, {**form, "why": "Viết hoa"}).status_code == 302
    assert queries.unit_name(actors.home.id, date(2026, 12, 1)) == "Sở Nội vụ Mới"
    assert admin.get(url).status_code == 404, "that version is superseded"
    event = UnitEvent.objects.get()
    url = f"/to-chuc/su-kien/{event.id}/dinh-chinh/"
    assert admin.get(url).status_code == 200
    done = admin.post(url, {**COMMON, "effective": "15/12/2026", "why": "Nhầm ngày"})
    assert done.status_code == 302
    assert queries.unit_name(actors.home.id, date(2026, 12, 10)) == "Sở Nội vụ"
    assert "đã đính chính ngày 20/11/2026" in text_of(admin.get("/to-chuc/H98.08/"))


def test_only_an_admin_sees_and_opens_the_forms(visit: Visit, actors: Any) -> None:
    leader = visit(actors.leader)
    assert "Ghi sự kiện" not in text_of(leader.get("/to-chuc/"))
    assert leader.get("/to-chuc/su-kien/ghi/").status_code == 403
    assert leader.post("/to-chuc/su-kien/ghi/?loai=DOI_TEN", {}).status_code == 403
    assert visit(actors.stranger).get("/to-chuc/").status_code == 302
    assert visit(actors.citizen).get("/to-chuc/").status_code == 403
