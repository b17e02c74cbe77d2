"""The process editor in a real browser: the drawing follows what is typed; it works without scripts and on a phone."""

from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.tab import assert_accessible, enter, picture
from congvu.organisation.tests.make import a_unit
from congvu.procedures.actions.set_process import draft_graph
from congvu.procedures.models import Procedure, ProcessVersion
from congvu.procedures.queries.graphs import stored_process
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import Agency, Branch, Process
from congvu.procedures.tests.make import ADMIN, AT, a_published
from congvu.procedures.tests.process.make import a_return, a_step

pytestmark = pytest.mark.browser
URL = "/thu-tuc/1.012939/quy-trinh/"


@pytest.fixture
def drafted(live: Any) -> Procedure:
    """A draft with agencies at once, a choice, rework and one error: rework without a limit."""
    police, procedure = a_unit("H98.24", "Công an tỉnh"), a_published()
    receiver = Agency("RECEIVER")
    back = Branch(("tham-dinh",), (Condition("ket_luan", "=", "không đạt"),), back=True)
    process = Process(
        (
            a_step("nhan", "tham-dinh", "y-kien", name="Tiếp nhận, số hóa, chuyển hồ sơ", agency=receiver, role="RECEIVE"),
            a_step("tham-dinh", "ky", name="Thẩm định hồ sơ", officer="specialist"),
            a_step("y-kien", "ky", name="Có ý kiến về an ninh, trật tự", agency=Agency("FIXED", police.pk),
                   role="COOPERATE", kind="OPINION"),
            a_step("ky", branches=(back, Branch(("tra",))), name="Lãnh đạo duyệt, ký", role="SIGN", officer="leader"),
            a_return("tra", name="Trả kết quả"),
        )
    )  # fmt: skip
    draft_graph(procedure.pk, process, by=ADMIN, at=AT)
    return procedure


def test_the_drawing_and_the_findings_follow_what_is_typed(
    page: Any, drafted: Procedure, actors: Any, tmp_path: Path
) -> None:
    enter(page, actors.admin)
    page.goto(URL)
    assert_accessible(page)
    picture(page, "soan-quy-trinh", tmp_path)
    assert "chưa có số lần tối đa" in page.locator("#xem").inner_text()
    cell = page.get_by_label("Rẽ nhánh, bước 4")
    cell.fill("nếu ket_luan = không đạt → làm lại 2 (tối đa 3 lần); còn lại → 5")
    page.locator("#xem", has_text="Không có lỗi").wait_for()
    page.get_by_label("Công việc, bước 5").fill("Trả kết quả tận nhà")
    page.locator("#xem svg text", has_text="Trả kết quả tận").wait_for()
    cell.fill("nếu trời mưa")
    page.locator("#xem", has_text="Chưa vẽ được").wait_for()
    cell.fill("nếu ket_luan = không đạt → làm lại 2 (tối đa 3 lần); còn lại → 5")
    page.locator("#xem", has_text="Không có lỗi").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu bản thảo").click()
    page.get_by_label("Áp dụng từ ngày").fill("20/11/2026")
    with page.expect_navigation():
        page.get_by_role("button", name="Công bố bản thảo đã lưu").click()
    assert "áp dụng từ 20/11/2026" in page.locator("#thong-bao").inner_text()
    graph = stored_process(ProcessVersion.objects.get(state="PUBLISHED").pk).graph
    assert (
        graph.by_key["ky"].branches[0].max_rounds == 3 and graph.by_key["tra"].name == "Trả kết quả tận nhà"
    )
    picture(page, "quy-trinh-da-cong-bo", tmp_path)
    assert_accessible(page)


def test_without_scripts_a_button_draws_what_is_typed(
    plain: Any, drafted: Procedure, actors: Any, tmp_path: Path
) -> None:
    enter(plain, actors.admin)
    plain.goto(URL)
    plain.get_by_label("Công việc, bước 6").fill("Lưu hồ sơ")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Xem sơ đồ, thêm dòng").click()
    assert plain.locator("#xem svg text", has_text="6. Lưu hồ sơ").count() == 1
    assert plain.get_by_label("Công việc, bước 9").count() == 1, "there are empty rows again"
    assert ProcessVersion.objects.get().steps.count() == 5, "looking stores nothing"


def test_a_phone_reads_the_process(phone: Any, drafted: Procedure, actors: Any, tmp_path: Path) -> None:
    enter(phone, actors.admin)
    phone.goto(URL)
    assert_accessible(phone)
    picture(phone, "soan-quy-trinh-390", tmp_path)
    wide = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "the page itself does not scroll sideways"
