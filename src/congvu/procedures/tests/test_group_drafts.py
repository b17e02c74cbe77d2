"""A group is written on a screen, checked in words, published as a version that never changes, and ended."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.tests.make_group import BIRTH, CARD, HOME, a_group
from congvu.foundation.audit.models import AuditEntry
from congvu.procedures.models import GroupDraft, ProcedureGroup
from congvu.procedures.queries.groups import group_by_code

pytestmark = pytest.mark.django_db
DRAFT, PUBLISH = "/nhom-thu-tuc/LT.02/ban-thao/", "/nhom-thu-tuc/LT.02/cong-bo/"
TODAY = date(2026, 11, 20)


@pytest.fixture
def editor(frozen_clock: Any, actors: Any, visit: Any) -> Any:
    a_group()
    return visit(actors.admin)


def typed(**more: str) -> dict[str, Any]:
    """Birth, then residence that waits for it; the declaration shared, the certificate a result."""
    rows = {
        "ten": "Khai sinh và thường trú", "can-cu": "Nghị định 63/2024/NĐ-CP", "tin-cay": "MEM", "viec": "luu", "mau": "1",
        "r1-tt": "1", "r1-ma": BIRTH, "r1-cho": "", "r1-dv": "",
        "r2-tt": "2", "r2-ma": HOME, "r2-cho": "1", "r2-dv": "",
        "r1-giay": ["g1", "g2"], "r1-g-g1": "chung", "r1-n-g1": "Tờ khai", "r1-g-g2": "",
        "r2-giay": ["g1", "g2"], "r2-g-g1": "chung", "r2-n-g1": "Tờ khai", "r2-g-g2": "kq-1",
    }  # fmt: skip
    return {**rows, **more}


def decision(**more: str) -> dict[str, str]:
    said = {"number": "15/QĐ-UBND", "issuer": "Chủ tịch UBND tỉnh", "decided_on": "18/11/2026"}
    return {**said, "valid_from": "20/11/2026", "viec": "cong-bo", **more}


def begun(client: Any) -> None:
    answer = client.post("/nhom-thu-tuc/them/", {"code": "LT.02", "name": "Khai sinh và thường trú"})
    assert answer.headers["Location"] == DRAFT


def test_a_group_is_begun_written_and_published_and_then_handed_in(editor: Any) -> None:
    begun(editor)
    assert editor.post(DRAFT, typed()).status_code == 302
    page = editor.get(DRAFT).content.decode()
    assert "Không thấy lỗi" in page
    assert "Đăng ký thường trú" in page
    assert 'value="to-khai"' in page
    answer = editor.post(PUBLISH, decision())
    assert answer.headers["Location"] == "/nhom-thu-tuc/LT.02/"
    found = group_by_code("LT.02", TODAY)
    assert found is not None
    assert [(one.code, one.after) for one in found.members] == [(BIRTH, ()), (HOME, (1,))]
    assert [(use.paper_key, use.share, use.result_of) for use in found.members[1].papers] == [
        ("g1", "to-khai", None),
        ("g2", "", 1),
    ]
    assert not GroupDraft.objects.exists()
    assert "Khai sinh và thường trú" in editor.get("/nhom-thu-tuc/").content.decode()
    verbs = AuditEntry.objects.filter(object_kind="procedures.group").values_list("verb", flat=True)
    assert {"create_group_draft", "save_group_draft", "publish_group"} <= set(verbs)


def test_rows_change_their_order_and_what_waits_follows(editor: Any) -> None:
    begun(editor)
    editor.post(DRAFT, typed(**{"r1-tt": "2", "r2-tt": "1"}))
    said = GroupDraft.objects.get().members
    assert [(one["procedure"], one["after"]) for one in said] == [(HOME, [2]), (BIRTH, [])]
    assert said[0]["papers"][1] == {"paper_key": "g2", "share": "", "result_of": 2}


def test_a_row_taken_out_takes_its_waits_and_results_along(editor: Any) -> None:
    begun(editor)
    editor.post(DRAFT, typed(**{"r1-bo": "1", "r3-ma": CARD, "r3-tt": "3"}))
    said = GroupDraft.objects.get().members
    assert [(one["procedure"], one["after"]) for one in said] == [(HOME, []), (CARD, [])]
    assert [use["paper_key"] for use in said[0]["papers"]] == ["g1"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"r2-ma": "9.999999"}, "Thủ tục «9.999999» không có, hoặc chưa được công bố"),
        ({"r2-ma": BIRTH}, "đứng hai lần"),
        ({"r1-cho": "2"}, "chờ lẫn nhau"),
        ({"r2-cho": "7"}, "chờ thủ tục thứ 7, không có trong nhóm"),
        ({"r2-cho": ""}, "nhưng thủ tục này không chờ nó"),
        ({"r2-ma": ""}, "ít nhất hai thủ tục"),
        ({"r1-dv": "H99.77"}, "Không có đơn vị mã «H99.77»"),
        ({"r2-g-g1": ""}, "Giấy dùng chung «to-khai» chỉ có ở một thủ tục"),
        ({"r1-g-g1": "", "r2-g-g1": ""}, "Giấy «Tờ khai» phải nộp riêng ở các thủ tục 1, 2"),
        ({"r2-g-g2": ""}, "không dùng kết quả nào"),
    ],
)
def test_what_is_wrong_or_odd_is_said_in_words_and_still_kept(
    editor: Any, change: dict[str, str], words: str
) -> None:
    begun(editor)
    assert editor.post(DRAFT, typed(**change)).status_code == 302
    assert words in editor.get(DRAFT).content.decode()
    assert words in editor.get(PUBLISH).content.decode()


def test_an_unsound_draft_is_not_published_and_the_decision_stays_typed(editor: Any) -> None:
    begun(editor)
    editor.post(DRAFT, typed(**{"r1-cho": "2"}))
    answer = editor.post(PUBLISH, decision())
    assert answer.status_code == 422
    assert 'value="15/QĐ-UBND"' in answer.content.decode()
    assert GroupDraft.objects.exists()
    assert group_by_code("LT.02", TODAY) is None


def test_a_published_group_is_changed_by_a_new_version_from_a_day_on(editor: Any) -> None:
    here = "/nhom-thu-tuc/LT.01/ban-thao/"
    assert "Lập bản thảo" in editor.get("/nhom-thu-tuc/LT.01/").content.decode()
    assert editor.post(here, {"viec": "lap"}).status_code == 302
    page = editor.get(here).content.decode()
    assert 'value="to-khai"' in page
    assert page.count("Là kết quả của 1.") == 4  # offered for each paper of the two others
    past = editor.post("/nhom-thu-tuc/LT.01/cong-bo/", decision(valid_from="19/11/2026"))
    assert past.status_code == 422
    assert "Ngày áp dụng đã qua" in past.content.decode()
    editor.post("/nhom-thu-tuc/LT.01/cong-bo/", decision(valid_from="01/12/2026"))
    old, new = group_by_code("LT.01", date(2026, 11, 30)), group_by_code("LT.01", date(2026, 12, 1))
    assert old is not None
    assert new is not None
    assert old.id != new.id
    assert new.members[1].papers == old.members[1].papers


def test_a_group_ends_by_decision_and_is_no_longer_handed_in(editor: Any) -> None:
    page = "/nhom-thu-tuc/LT.01/cong-bo/"
    assert editor.post(page, decision(viec="ket-thuc", valid_from="19/11/2026")).status_code == 422
    assert editor.post(page, decision(viec="ket-thuc")).status_code == 302
    assert group_by_code("LT.01", TODAY) is None
    assert ProcedureGroup.objects.get(code="LT.01").valid_to == TODAY
    again = editor.post(page, decision(viec="ket-thuc"))
    assert again.status_code == 422
    assert "không còn bản nào đang áp dụng" in again.content.decode()


def test_two_editors_the_second_keeps_what_was_typed(editor: Any) -> None:
    begun(editor)
    editor.post(DRAFT, typed())
    answer = editor.post(DRAFT, typed(ten="Tên khác"))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Người khác vừa lưu bản thảo này" in said
    assert 'value="Tên khác"' in said
    assert GroupDraft.objects.get().name == "Khai sinh và thường trú"


def test_a_draft_may_be_dropped_and_a_code_is_used_once(editor: Any) -> None:
    begun(editor)
    again = editor.post("/nhom-thu-tuc/them/", {"code": "LT.02", "name": "Khác"})
    assert again.status_code == 422
    assert "đã có" in again.content.decode()
    editor.post(DRAFT, {"viec": "bo"})
    assert not GroupDraft.objects.exists()
    assert editor.get(DRAFT).status_code == 404


def test_only_the_catalogues_editors_write_groups(actors: Any, visit: Any, frozen_clock: Any) -> None:
    a_group()
    for who in (actors.clerk, actors.leader):
        assert visit(who).get("/nhom-thu-tuc/LT.01/ban-thao/").status_code == 403
        assert "Lập bản thảo" not in visit(who).get("/nhom-thu-tuc/LT.01/").content.decode()


@pytest.mark.browser
def test_writing_a_group_can_be_read_by_everyone(
    page: Any, actors: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    a_group()
    enter(page, actors.admin)
    page.goto("/nhom-thu-tuc/LT.01/")
    with page.expect_navigation():
        page.get_by_role("button", name="Lập bản thảo").click()
    assert_accessible(page)
    keep_picture(page, "group-draft")
    page.goto("/nhom-thu-tuc/LT.01/cong-bo/")
    assert_accessible(page)
    keep_picture(page, "group-publish")
