"""The registers over HTTP: what each list counts and shows, what its forms do, and who may."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from congvu.demo import registers
from congvu.demo.units import load_units
from congvu.foundation.identity.roles import ADMIN, PERSONNEL
from congvu.organisation.models import (
    AssignedFunction,
    Autonomy,
    Delegation,
    Judgement,
    OneStopFacility,
    QualityAudit,
    QualitySystem,
    UnitFunctionVersion,
)
from congvu.organisation.tests.test_functions import HEAD, sheet
from congvu.organisation.tests.test_screens import statements, text_of

pytestmark = pytest.mark.django_db
Visit = Callable[[Any], Any]
PAGES = (
    "/to-chuc/chuc-nang/",
    "/to-chuc/chuc-nang/ma-tran/",
    "/to-chuc/chuc-nang/ma-tran/?cap=XA",
    "/to-chuc/chuc-nang/giong-nhau/",
    "/to-chuc/chuc-nang/cho-nhan/",
    "/to-chuc/chuc-nang/luat-giao/",
    "/to-chuc/phan-cap/",
    "/to-chuc/mot-cua/",
    "/to-chuc/iso/",
    "/to-chuc/tu-chu/",
)
PAPER = {
    "decision": "9/QĐ-UBND",
    "signed_on": "1/10/2026",
    "decided_by": "UBND tỉnh",
    "valid_from": "1/11/2026",
}


@pytest.fixture
def province(actors: Any) -> Any:
    """The demo's units and registers beside the people of the tests."""
    load_units()
    registers.load()
    return actors


@pytest.fixture
def keeper(visit: Visit, actors: Any) -> Any:
    return visit(actors.personnel)


def test_a_register_asks_as_much_of_a_province_as_of_nothing(visit: Visit, actors: Any) -> None:
    client = visit(actors.leader)
    small = {url: statements(client, url) for url in (*PAGES, "/to-chuc/H98.08/so/", "/to-chuc/H98.08/")}
    assert max(small.values()) <= 8, small
    load_units()
    registers.load()
    large = {url: statements(client, url) for url in PAGES}
    small["/to-chuc/chuc-nang/cho-nhan/"] += 1  # where something waits, who was named to take over is asked
    assert large == {url: small[url] for url in PAGES}
    units = {
        url: statements(client, url)
        for url in ("/to-chuc/H99.08/so/", "/to-chuc/H99.17.71/so/", "/to-chuc/H99.01/so/")
    }
    assert max(units.values()) <= 8, units


def test_each_list_counts_and_its_numbers_open_the_units(visit: Visit, province: Any) -> None:
    client = visit(province.leader)
    iso = client.get("/to-chuc/iso/")
    assert "Có ISO: sở, ban, văn phòng cấp tỉnh 16 /17" in text_of(iso)
    lacking = text_of(client.get("/to-chuc/iso/?nhom=so&chi=chua"))
    assert "Sở Dân tộc và Tôn giáo Chưa có" in lacking
    assert "Sở Tư pháp" not in lacking
    assert "Sở Tư pháp" in text_of(client.get("/to-chuc/iso/?nhom=so&chi=co"))
    before = text_of(client.get("/to-chuc/iso/?ngay=1/6/2015"))
    assert "sở, ban, văn phòng cấp tỉnh 0 /" in before
    due = text_of(client.get("/to-chuc/iso/?chi=den-han"))
    assert "TCVN ISO 9001:2015" in due
    assert "chưa đối chiếu" in due, "the time between audits is from memory"
    some = text_of(client.get("/to-chuc/tu-chu/"))
    assert "Có tự chủ 6 /11" in some
    assert "theo cách tính: Nhóm 3a" in some
    assert "Trung tâm Văn hóa nghệ thuật tỉnh" in text_of(client.get("/to-chuc/tu-chu/?nhom=CHUA_GIAO"))
    old = text_of(client.get("/to-chuc/mot-cua/?ngay=1/6/2024"))
    assert "UBND huyện Yên Thủy" in old
    assert "Chưa ghi 4 /62" in text_of(client.get("/to-chuc/mot-cua/"))
    look = text_of(client.get("/to-chuc/phan-cap/?chi=can-xem"))
    assert "Thiếu thời hạn" in look
    assert "Đơn vị không còn" in look
    assert "dưới 5 tỷ đồng" in look
    assert "karaoke" not in look


def test_the_matrix_and_its_lists(visit: Visit, province: Any) -> None:
    client = visit(province.auditor)
    page = client.get("/to-chuc/chuc-nang/ma-tran/")
    told = text_of(page)
    assert "Cặp giống nhau chưa kết luận" in told
    assert "Chức năng luật giao chưa ai giữ 7 /" in told
    assert "Chức năng chờ đơn vị mới nhận 2" in told
    link = re.search(r'href="([^"]*linh-vuc=C%E1%BA%A3i[^"]*)"', page.content.decode())
    assert link
    assert "cải cách chế độ công vụ" in text_of(client.get(link.group(1).replace("&amp;", "&")))
    nobody = text_of(client.get("/to-chuc/chuc-nang/luat-giao/?chi=chua-ai-giu"))
    assert "bình đẳng giới" in nobody
    assert "Giống" in nobody, "the nearest function is proposed"
    assert "60 đơn vị" in text_of(client.get("/to-chuc/chuc-nang/luat-giao/?cap=XA"))
    pairs = text_of(client.get("/to-chuc/chuc-nang/giong-nhau/"))
    assert "Kiểm soát thủ tục hành chính" in pairs
    assert "đề nghị giao một đầu mối" in pairs
    assert "Là trùng" in pairs
    assert 'name="reason"' not in client.get("/to-chuc/chuc-nang/giong-nhau/").content.decode()


def test_sheets_hold_the_same_as_the_screens(visit: Visit, province: Any) -> None:
    client = visit(province.leader)
    for page in (
        "chuc-nang/",
        "chuc-nang/ma-tran/",
        "chuc-nang/luat-giao/",
        "phan-cap/",
        "mot-cua/",
        "iso/",
        "tu-chu/",
    ):
        answer = client.get(f"/to-chuc/{page}tai-ve/?ngay=20/11/2026")
        rows = list(
            load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
        )
        assert rows[2][0] == "Tính đến ngày 20/11/2026"
        assert len(rows) > 10, page
    money = [row for row in rows if row[0] == "Bệnh viện Đa khoa tỉnh"]
    assert money[0][3] == 486_300_000_000


def test_a_pair_is_judged_from_the_page_and_a_refusal_loses_nothing(keeper: Any, province: Any) -> None:
    url = "/to-chuc/chuc-nang/giong-nhau/"
    page = keeper.get(url).content.decode()
    one, other = re.search(
        r'name="one" value="(\d+)"><input type="hidden" name="other" value="(\d+)"', page
    ).groups()
    bare = keeper.post(url, {"one": one, "other": other, "verdict": "CO", "reason": ""})
    assert bare.status_code == 422
    assert "Lý do phải có" in text_of(bare)
    done = keeper.post(url, {"one": one, "other": other, "verdict": "KHONG", "reason": "khác phạm vi"})
    assert done.status_code == 302
    assert Judgement.objects.filter(superseded_at=None).count() == 3
    assert "khác phạm vi" in text_of(keeper.get(url))


def test_a_waiting_function_is_accepted_by_a_person(keeper: Any, province: Any) -> None:
    url = "/to-chuc/chuc-nang/cho-nhan/"
    page = keeper.get(url).content.decode()
    functions = re.findall(r'name="functions" value="(\d+)"', page)
    assert len(functions) == 2
    proposed = re.search(r'<option value="(\d+)" selected>[^<]*Sở Nội vụ \(H99.08\)', page)
    assert proposed, "the heir is proposed"
    form = {"functions": functions, "receiver": proposed.group(1)}
    assert "Thiếu số" in text_of(keeper.post(url, form))
    assert "Chọn đơn vị nhận" in text_of(keeper.post(url, {**form, "receiver": ""}))
    assert keeper.post(url, {**form, "decision": "88/QĐ-UBND"}).status_code == 302
    assert "Không có chức năng nào chờ nhận" in text_of(keeper.get(url))
    assert "Giáo dục nghề nghiệp" in text_of(keeper.get("/to-chuc/H99.08/so/"))
    unit = text_of(keeper.get("/to-chuc/H99.08/"))
    assert "trong 11 chức năng" in unit
    assert "ISO TCVN ISO 9001:2015" in unit
    assert "Tự chủ Nhóm 3b" in text_of(keeper.get("/to-chuc/H99.17.72/"))


def test_an_assigned_function_is_matched_by_a_person(keeper: Any, province: Any) -> None:
    page = keeper.get("/to-chuc/chuc-nang/luat-giao/?chi=chua-ai-giu").content.decode()
    url = re.search(r'href="(/to-chuc/chuc-nang/luat-giao/\d+/\d+/)', page).group(1)  # type: ignore[union-attr]
    assert "Có phải chức năng luật giao không" in text_of(keeper.get(url))
    assert keeper.post(url, {"verdict": "CO", "reason": ""}).status_code == 422
    assert keeper.post(url, {"verdict": "CO", "reason": "cùng nội dung"}).status_code == 302
    assert "Chưa ai giữ 6 /" in text_of(keeper.get("/to-chuc/chuc-nang/luat-giao/"))
    assert keeper.get("/to-chuc/chuc-nang/luat-giao/999/999/").status_code == 302


def posted(client: Any, url: str, data: dict[str, Any]) -> None:
    answer = client.post(url, {**PAPER, **data})
    assert answer.status_code == 302, text_of(answer)


def test_every_form_records_its_entry(keeper: Any, actors: Any) -> None:
    home, centre, province = actors.home.pk, actors.centre.pk, actors.province.pk
    function = {"unit": home, "field": "Hội", "text": "Quản lý hội", "legal_basis": "NĐ 126/2024"}
    posted(keeper, "/to-chuc/chuc-nang/ghi/", function)
    again = keeper.post("/to-chuc/chuc-nang/ghi/", {**PAPER, **function})
    assert again.status_code == 422
    assert "đã có chức năng" in text_of(again)
    assert 'value="9/QĐ-UBND"' in again.content.decode(), "nothing typed is lost"
    assigned = {"tier": "TINH", "field": "Hội", "text": "Quản lý hội", "legal_basis": "Luật"}
    posted(keeper, "/to-chuc/chuc-nang/luat-giao/ghi/", assigned)
    file = io.BytesIO(sheet(HEAD, (1, "Quỹ", "Quản lý quỹ", "Tỉnh", "NĐ 136/2024")))
    file.name = "danh-muc.xlsx"
    posted(keeper, "/to-chuc/chuc-nang/luat-giao/nhap/", {"file": file})
    power = {
        "form": "UY_QUYEN",
        "field": "Hội",
        "what": "Cho phép lập hội",
        "giver": province,
        "receiver": home,
    }
    posted(keeper, "/to-chuc/phan-cap/ghi/", {**power, "valid_to": "31/12/2027"})
    posted(keeper, "/to-chuc/phan-cap/ghi/", {**power, "receiver": ""})
    counted = dict.fromkeys(("area", "counters", "computers", "scanners", "look_up_screens", "cameras"), 3)
    posted(
        keeper,
        "/to-chuc/mot-cua/ghi/",
        {"unit": centre, "level": "HIEN_DAI", "queue_machine": "on", **counted},
    )
    iso = {"unit": home, "standard": "TCVN ISO 9001:2015", "procedures": 40, "scope": "Thủ tục hành chính"}
    posted(keeper, "/to-chuc/iso/ghi/", iso)
    audit = {
        "unit": home,
        "kind": "NOI_BO",
        "held_on": "10/11/2026",
        "auditor": "Ban ISO",
        "nonconformities": 1,
    }
    posted(keeper, "/to-chuc/iso/danh-gia/ghi/", audit)
    money = {"unit": centre, "revenue": 70, "spending": 100, "group": "", "valid_to": "31/12/2030"}
    posted(keeper, "/to-chuc/tu-chu/ghi/", money)
    assert [row.valid_to.isoformat() for row in Delegation.objects.exclude(valid_to=None)] == ["2028-01-01"]
    assert Delegation.objects.get(to_unit=None).to_tier == "XA"
    assert Autonomy.objects.get().group == "3A"
    assert OneStopFacility.objects.get().queue_machine
    assert AssignedFunction.objects.count() == 2
    assert QualityAudit.objects.count() == QualitySystem.objects.count() == 1
    told = text_of(keeper.get("/to-chuc/H98.08/so/"))
    for words in (
        "Quản lý hội",
        "Ủy quyền, nhận từ UBND tỉnh",
        "TCVN ISO 9001:2015",
        "Đánh giá nội bộ 10/11/2026",
    ):
        assert words in told
    assert "Mô hình Một cửa hiện đại" in text_of(keeper.get("/to-chuc/H98.01/so/"))


def test_an_entry_is_opened_ended_and_withdrawn(keeper: Any, actors: Any, visit: Visit) -> None:
    iso = {"unit": actors.home.pk, "standard": "TCVN ISO 9001:2015", "procedures": 4, "scope": "Thủ tục"}
    posted(keeper, "/to-chuc/iso/ghi/", iso)
    url = f"/to-chuc/muc/iso/{QualitySystem.objects.get().pk}/"
    assert "Kết thúc bằng văn bản" in text_of(keeper.get(url))
    assert "Kết thúc bằng văn bản" not in text_of(visit(actors.leader).get(url))
    assert visit(actors.leader).post(url, {"viec": "rut", "why": "x"}).status_code == 200
    assert QualitySystem.objects.get().superseded_at is None, "a leader reads"
    assert (
        keeper.post(url, {"viec": "het", "on": "1/1/2020", "decision": "1/QĐ", "why": "x"}).status_code == 422
    )
    assert (
        keeper.post(
            url, {"viec": "het", "on": "15/11/2026", "decision": "1/QĐ", "why": "hết hạn"}
        ).status_code
        == 302
    )
    assert "đã được thay hoặc rút" in text_of(keeper.get(url))
    newest = QualitySystem.objects.get(superseded_at=None)
    assert "1/QĐ: hết hạn" in text_of(keeper.get(f"/to-chuc/muc/iso/{newest.pk}/"))
    assert keeper.post(f"/to-chuc/muc/iso/{newest.pk}/", {"viec": "rut", "why": ""}).status_code == 422
    assert keeper.post(f"/to-chuc/muc/iso/{newest.pk}/", {"viec": "rut", "why": "nhầm sở"}).status_code == 302
    assert not QualitySystem.objects.filter(superseded_at=None).exists()
    for wrong in ("/to-chuc/muc/khong-co/1/", "/to-chuc/muc/iso/999999/"):
        assert keeper.get(wrong).status_code == 404


def test_the_transfer_form_asks_which_functions_go(visit: Visit, actors: Any) -> None:
    keeper, admin = visit(actors.personnel), visit(actors.admin)
    function = {"unit": actors.home.pk, "field": "Hội", "text": "Quản lý hội", "legal_basis": "NĐ 126/2024"}
    posted(keeper, "/to-chuc/chuc-nang/ghi/", function)
    row = UnitFunctionVersion.objects.get()
    form = {
        "giver": actors.home.pk,
        "receiver": actors.centre.pk,
        "functions": [row.function_id],
        "effective": "01/12/2026",
        "decision": "77/QĐ-UBND",
        "buoc": "xem",
    }
    url = "/to-chuc/su-kien/ghi/?loai=CHUYEN_GIAO_CHUC_NANG"
    shown = admin.post(url, form)
    assert shown.status_code == 200, text_of(shown)
    assert "Chức năng bên chuyển đang giữ" in text_of(shown)
    seen = re.search(r'name="da_xem" value="(\w+)"', shown.content.decode()).group(1)  # type: ignore[union-attr]
    assert admin.post(url, {**form, "buoc": "ghi", "da_xem": seen}).status_code == 302
    told = text_of(admin.get("/to-chuc/H98.01/so/?ngay=1/12/2026"))
    assert "Quản lý hội" in told
    assert "Quản lý hội" not in text_of(admin.get("/to-chuc/H98.08/so/?ngay=1/12/2026"))


def test_who_reads_and_who_writes(visit: Visit, actors: Any) -> None:
    for name in ("personnel", "admin", "leader", "auditor"):
        client = visit(getattr(actors, name))
        assert all(client.get(url).status_code == 200 for url in PAGES)
        may = actors.of(name).actor.has(PERSONNEL, ADMIN)
        assert client.get("/to-chuc/phan-cap/ghi/").status_code == (200 if may else 403)
        assert ("Ghi phân cấp, ủy quyền" in text_of(client.get("/to-chuc/phan-cap/"))) is may
        assert "Các sổ của tổ chức" in client.get("/to-chuc/").content.decode()
    page = visit(actors.leader).get("/to-chuc/iso/").content.decode()
    assert "/ghi/" not in page, "nobody is shown a way that is closed to them"
    for name in ("clerk", "specialist", "citizen"):
        client = visit(getattr(actors, name))
        assert all(client.get(url).status_code == 403 for url in PAGES)
    assert "Các sổ của tổ chức" not in visit(actors.clerk).get("/to-chuc/").content.decode()
    day = {"ngay": "32/13/2026"}
    assert all(visit(actors.leader).get(url.split("?")[0], day).status_code == 422 for url in PAGES)
