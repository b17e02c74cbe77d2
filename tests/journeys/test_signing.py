"""Signing in a real browser: from parallel agencies to a paper anyone can check; a hundred at once with an answer for each."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from congvu.config.testing.people import Somebody
from congvu.config.testing.tab import DESK, assert_accessible, enter
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierResult
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.keyed import SECRET
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.batch_work import work_all
from congvu.foundation.files.actions import read_stored
from congvu.foundation.identity.models import Account
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.verify import verify

pytestmark = pytest.mark.browser
MANY = 100


def come_in(tab: Any, actor: Any) -> None:
    """The tab becomes that person's."""
    enter(tab, Somebody(Account.objects.get(pk=actor.account_id), actor))


def many_at_the_signature(place: Any) -> list[int]:
    """A hundred dossiers that wait for the chairman."""
    made = receive(
        [place.intake(f"Người Nộp Số {n}", intake_key=uuid4()) for n in range(1, MANY + 1)],
        by=place.clerk,
        at=at("2026-11-18 08:00"),
    )
    ids = [one.id for one in made]
    assert len(hand_over(ids, by=place.clerk, at=at("2026-11-18 09:00")).done) == MANY
    assert len(complete_step(ids, by=place.specialist, at=at("2026-11-19 09:00")).done) == MANY
    assert len(complete_step(ids, by=place.police_officer, at=at("2026-11-20 09:00")).done) == MANY
    return ids


def test_a_leader_signs_a_hundred_and_reads_an_answer_for_each(
    page: Any, keyed: Any, frozen_clock: Any
) -> None:
    place = keyed.place
    ids = many_at_the_signature(place)
    come_in(page, place.chairman)
    page.goto("/viec-cua-toi/?so=200")
    page.get_by_label("Chọn tất cả việc trên trang").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Ký số").click()
    assert f"Ký số {MANY} hồ sơ" in page.locator("h1").inner_text()
    page.locator("[name=name]").fill("Chấp thuận cho hoạt động")
    page.get_by_label("Mật khẩu khóa ký (PIN)").fill(SECRET)
    # while the leader types, an agency asks for a paper, and a citizen takes the request back
    request_supplement([ids[40]], "Bổ sung điều lệ.", by=place.specialist, at=at("2026-11-20 14:31")).only()
    withdraw([ids[70]], "Người nộp xin rút.", by=place.clerk, at=at("2026-11-20 14:31")).only()
    with page.expect_navigation():
        page.keyboard.press("F9")
    assert "/viec-cua-toi/luot/" in page.url and page.get_by_text("Đang làm", exact=True).is_visible()
    assert_accessible(page, sizes=(DESK,))
    page.goto("/viec-cua-toi/")  # it may be left
    while work_all(frozen_clock.now):
        pass
    page.get_by_role("link", name="Lượt xử lý").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name=f"Ký số {MANY} hồ sơ").click()
    rows = page.locator("tbody tr[data-row]")
    assert rows.count() == MANY
    refused = [row.inner_text() for row in rows.all()[:3]]
    assert all("Chưa được" in told for told in refused[:2])
    for state in ("Yêu cầu bổ sung giấy tờ", "Công dân yêu cầu rút hồ sơ"):
        assert sum(f"đang ở trạng thái «{state}»" in told for told in refused) == 1
    assert "Đã xong" in refused[2]
    assert_accessible(page, sizes=(DESK,))
    assert Dossier.objects.filter(pk__in=ids, status=Status.FINISHED).count() == MANY - 2
    kept = DossierResult.objects.filter(dossier_id=ids[99]).select_related("file").get()
    assert kept.file is not None
    assert verify(read_stored(kept.file), key_ring().trust(), at=frozen_clock.now).valid


def at_the_agencies(place: Any, page: Any, code: str) -> None:
    """Both agencies do their part: the leading one drafts the result, the other gives its word."""
    come_in(page, place.specialist)
    page.goto(f"/ho-so/{code}/viec/trinh-ky/")
    page.get_by_label("Tên kết quả").fill("Quyết định cho phép thành lập chi nhánh")
    page.get_by_label("Nội dung trả lời").fill("Chi nhánh được hoạt động từ ngày ký.")
    assert_accessible(page, sizes=(DESK,))
    with page.expect_navigation():
        page.keyboard.press("F9")
    come_in(page, place.police_officer)
    page.goto(f"/ho-so/{code}/viec/chuyen-buoc/")
    with page.expect_navigation():
        page.keyboard.press("F9")


def test_from_parallel_agencies_to_a_paper_that_anyone_can_check(
    page: Any, keyed_parallel: Any, frozen_clock: Any, tmp_path: Path
) -> None:
    place = keyed_parallel.place
    made = place.received("2026-11-18 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-18 09:00")).only()
    at_the_agencies(place, page, made.code)
    come_in(page, place.chairman)
    page.goto(f"/ho-so/{made.code}/")
    assert (
        "Quyết định cho phép thành lập chi nhánh"
        in page.locator("#dt").locator("..").locator("..").inner_text()
    )
    assert_accessible(page)
    page.goto(f"/ho-so/{made.code}/viec/tra-lai/")
    page.get_by_label("Điều cần sửa").fill("Ghi rõ trụ sở.")
    with page.expect_navigation():
        page.keyboard.press("F9")
    assert "Lê Chuyên Viên" in page.locator("main").inner_text(), "back in the hands of who drafted it"
    come_in(page, place.specialist)
    page.goto("/viec-cua-toi/?cua=toi")
    assert made.code in page.locator("table.work").inner_text()
    page.goto(f"/ho-so/{made.code}/viec/trinh-ky/")
    page.get_by_label("Tên kết quả").fill("Quyết định cho phép thành lập chi nhánh")
    page.get_by_label("Nội dung trả lời").fill("Trụ sở tại 12 Đông Kinh.")
    with page.expect_navigation():
        page.keyboard.press("F9")
    come_in(page, place.chairman)
    page.goto(f"/ho-so/{made.code}/viec/ky-so/")
    page.get_by_label("Mật khẩu khóa ký (PIN)").fill(SECRET)
    with page.expect_navigation():
        page.keyboard.press("F9")
    with page.expect_download() as got:
        page.evaluate(
            "a => { const l = document.querySelector(a); l.setAttribute('download', ''); l.click(); }",
            "a[href*='/ket-qua/']",
        )
    paper = tmp_path / "ket-qua.pdf"
    got.value.save_as(paper)
    frozen_clock.move_to(datetime(2026, 11, 23, 9, 0))
    page.context.clear_cookies()
    page.goto("/kiem-tra-chu-ky/")
    page.get_by_label("Tệp PDF").set_input_files(paper)
    with page.expect_navigation():
        page.get_by_role("button", name="Kiểm tra").click()
    told = page.locator("main").inner_text()
    assert "Chữ ký hợp lệ" in told and "Vũ Chủ Tịch" in told and "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH" in told
    assert_accessible(page)
