"""The screens of moving running dossiers to a newer version: counts, preview, act, log, undo."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.models import Dossier, VersionMove
from congvu.dossiers.rules.move_terms import DueChoice
from congvu.dossiers.tests.conftest import Office, an_account
from congvu.dossiers.tests.make import at
from congvu.dossiers.tests.test_move_version import (
    in_appraisal,
    new_process,
    new_version,
    process_two,
    received,
    with_the_police,
)
from congvu.procedures.models import ProcessVersion

pytestmark = pytest.mark.django_db
PAGE = "/thu-tuc/1.012939/ho-so-dang-chay/"
SAID = {"number": "88/QĐ-UBND", "signed_on": "18/11/2026", "about": "Chuyển hồ sơ sang quy trình mới"}


@pytest.fixture
def changed(office: Office) -> tuple[Office, list[int], dict[str, Any]]:
    """Three dossiers at three steps; then a new version and a new process are in force."""
    ids = [received(office), in_appraisal(office), with_the_police(office)]
    first = ProcessVersion.objects.get(number=1)
    new_version(office, (10, "NGAY_LAM_VIEC"), ("Đơn đề nghị", "Điều lệ", "Giấy ủy quyền"))
    new_process(office, process_two(office))
    return office, ids, {"ban": office.place.version.pk, "quy-trinh": first.pk}


def text(client: Client, url: str, **data: Any) -> str:
    return re.sub(r"\s+", " ", client.get(url, data).content.decode())


def test_the_page_counts_by_version_and_leads_to_the_preview(changed: Any, counting: Any) -> None:
    office, _, where = changed
    client = office.enter(office.place.admin)
    with counting(8):
        shown = text(client, PAGE)
    assert "Bản 1, quy trình 1" in shown and urlencode(where).replace("&", "&amp;") in shown
    assert "Đang có hiệu lực: bản 2, quy trình 2" in shown
    assert 'data-l="hồ sơ đang chạy">3<' in shown


def test_the_preview_says_of_each_dossier_what_would_become_of_it(changed: Any, counting: Any) -> None:
    office, ids, where = changed
    client = office.enter(office.place.admin)
    text(client, f"{PAGE}xem-truoc/", **where)
    with counting(8):
        shown = text(client, f"{PAGE}xem-truoc/", **where)
    assert "Góp ý: Sở Y tế" in shown and "Kiểm tra trùng" in shown and "giữ ngày đã hẹn" in shown
    assert "Giấy ủy quyền" in shown and "không đòi thêm" in shown
    assert "Nguyễn Thị Mẫu" not in shown, "who publishes moves dossiers without reading whose they are"
    only = text(client, f"{PAGE}xem-truoc/", **where, doi="UNIT")
    codes = dict(Dossier.objects.values_list("pk", "code"))
    assert codes[ids[2]] in only and codes[ids[0]] not in only


def test_the_officer_may_say_that_a_step_has_no_counterpart(changed: Any) -> None:
    office, _, where = changed
    client = office.enter(office.place.admin)
    shown = text(client, f"{PAGE}xem-truoc/", **where, **{"buoc-3": "-"})
    assert "«Góp ý» không có bước tương ứng ở bản mới" in shown
    twice = client.get(f"{PAGE}xem-truoc/", {**where, "buoc-3": "3"})
    assert twice.status_code == 422 and "cùng ứng với bước mới" in twice.content.decode()


def test_a_mapping_refused_keeps_every_choice_and_moves_nobody(changed: Any, counting: Any) -> None:
    office, _, where = changed
    client = office.enter(office.place.admin)
    chosen = {**where, "buoc-2": "2", "buoc-3": "2", "han": DueChoice.FOLLOW.value}
    client.get(f"{PAGE}xem-truoc/", where)
    with counting(8):
        answer = client.get(f"{PAGE}xem-truoc/", chosen)
    shown = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 422
    for step in (2, 3):
        select = re.search(rf'<select[^>]*name="buoc-{step}">(.*?)</select>', shown)
        assert select is not None and '<option value="2" selected>' in select[1]
    assert f'value="{DueChoice.FOLLOW.value}" checked' in shown
    assert "3</span> hồ sơ đang chạy" in shown and 'name="chon"' not in shown, "counted, and none can move"
    posted = client.post(f"{PAGE}xem-truoc/", {**chosen, **SAID})
    assert posted.status_code == 422 and "88/QĐ-UBND" in posted.content.decode(), "nothing typed is lost"
    assert not VersionMove.objects.exists()


def test_it_moves_logs_and_takes_back(changed: Any, counting: Any) -> None:
    office, ids, where = changed
    client = office.enter(office.place.admin)
    refused = client.post(f"{PAGE}xem-truoc/", {**where, **SAID, "about": ""})
    assert refused.status_code == 422 and "88/QĐ-UBND" in refused.content.decode(), "nothing typed is lost"
    done = client.post(f"{PAGE}xem-truoc/", {**where, **SAID}, follow=True).content.decode()
    assert "Đã chuyển 3 hồ sơ." in done and "Hoàn tác" in done
    move = VersionMove.objects.get()
    complete_step([ids[1]], by=office.place.specialist, at=at("2026-11-20 14:40")).only()
    with counting(8):
        log = text(client, f"{PAGE}lan/{move.pk}/")
    assert "Đã có việc mới" in log and "88/QĐ-UBND, 18/11/2026" in log
    back = client.post(
        f"{PAGE}lan/{move.pk}/", {"why": "Quyết định bị thu hồi"}, follow=True
    ).content.decode()
    assert "Đã đưa 2 hồ sơ về như trước" in back and "1 hồ sơ đã được xử lý tiếp" in back
    assert "Đã hoàn tác" in text(client, PAGE)


def test_only_those_ticked_are_moved(changed: Any) -> None:
    office, ids, where = changed
    client = office.enter(office.place.admin)
    client.post(f"{PAGE}xem-truoc/", {**where, **SAID, "chon": [ids[0], "x"]})
    moved = Dossier.objects.exclude(procedure_version=office.place.version).values_list("pk", flat=True)
    assert list(moved) == [ids[0]]


def test_the_history_of_the_dossier_tells_of_the_move(changed: Any) -> None:
    office, ids, where = changed
    office.enter(office.place.admin).post(f"{PAGE}xem-truoc/", {**where, **SAID})
    leader = office.enter(office.place.leader)
    for one in ids:
        shown = text(leader, f"/ho-so/{Dossier.objects.get(pk=one).code}/")
        assert "Chuyển phiên bản thủ tục, quy trình" in shown and "88/QĐ-UBND ngày 18/11/2026" in shown


def test_a_leader_sees_his_own_and_strangers_to_the_work_get_nothing(changed: Any, counting: Any) -> None:
    office, ids, where = changed
    place = office.place
    elsewhere = replace(place.leader.held[0], unit_id=place.stranger_clerk.held[0].unit_id)
    health = replace(place.leader, account_id=99, username="y-te", held=(elsewhere,))
    an_account(health)
    assert "Không có hồ sơ nào" in text(office.enter(health), PAGE)
    for who in (place.clerk, place.specialist, place.auditor):
        assert office.enter(who).get(PAGE).status_code == 403
    code = Dossier.objects.get(pk=ids[0]).code
    leader = office.enter(place.leader)
    assert f'href="/ho-so/{code}/"' in text(leader, f"{PAGE}xem-truoc/", **where)
    with counting(8):
        text(leader, f"{PAGE}xem-truoc/", **where)


def test_an_address_typed_by_hand_is_not_found_and_harms_nothing(changed: Any) -> None:
    office, _, where = changed
    client = office.enter(office.place.admin)
    for wrong in ({"ban": "x"}, {**where, "ban": "999999"}, {**where, "quy-trinh": "' OR 1"}, {}):
        assert client.get(f"{PAGE}xem-truoc/", wrong).status_code in (200, 404)
    assert client.get(f"{PAGE}lan/999/").status_code == 404
    assert client.get("/thu-tuc/khong-co/ho-so-dang-chay/").status_code == 404
    assert (
        client.get(f"{PAGE}xem-truoc/", {**where, "buoc-1": "99999", "han": "x", "giay": "y"}).status_code
        == 200
    )


def test_very_many_are_looked_at_in_parts_and_moved_in_turns_with_the_decision_kept(
    changed: Any, monkeypatch: Any, counting: Any
) -> None:
    office, ids, where = changed
    client = office.enter(office.place.admin)
    for name in ("running", "move_preview"):
        monkeypatch.setattr(f"congvu.dossiers.web.{name}.AT_ONCE", 1)
        monkeypatch.setattr(f"congvu.dossiers.web.{name}.MOST", 2)
    told = text(client, PAGE)
    assert "Chuyển 3 lượt, mỗi lượt 1 hồ sơ; xem trước từng phần 2 hồ sơ." in told, "said beforehand"
    shown = text(client, f"{PAGE}xem-truoc/", **where)
    assert f"tu={ids[1]}" in shown and "2</span> hồ sơ đang chạy theo bản cũ, trong phần này" in shown
    assert 'còn <b class="num">2</b> lượt' in shown
    with counting(8):
        rest = text(client, f"{PAGE}xem-truoc/", **where, tu=ids[1])
    codes = dict(Dossier.objects.values_list("pk", "code"))
    assert codes[ids[2]] in rest and codes[ids[0]] not in rest and "Về phần đầu" in rest
    again = client.post(f"{PAGE}xem-truoc/", {**where, **SAID}, follow=True)
    page = re.sub(r"\s+", " ", again.content.decode())
    assert again.redirect_chain[0][0].startswith(f"{PAGE}xem-truoc/?") and "Còn 1 hồ sơ" in page
    assert 'value="88/QĐ-UBND"' in page and 'value="18/11/2026"' in page, "nothing is typed twice"
    assert VersionMove.objects.get().dossiers == 1
    assert f"/lan/{VersionMove.objects.get().pk}/" in text(client, PAGE)
