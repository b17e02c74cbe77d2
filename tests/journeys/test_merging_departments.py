"""Two departments with open dossiers and people become one, in a real browser: previewed, recorded, handed over, accepted,
gone on with, and undone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing.people import Somebody
from congvu.config.testing.tab import assert_accessible, enter, picture
from congvu.config.wiring import REACTIONS
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.conftest import an_account
from congvu.dossiers.tests.make import an_actor, at
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.identity.models import Account
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.models import Unit, UnitEvent
from congvu.people.queries.present import present
from congvu.people.tests.make import a_person
from congvu.staffing.tests.make import a_decision, a_line

pytestmark = pytest.mark.browser
NOW = at("2026-11-20 14:32")


def come_in(tab: Any, actor: Any) -> None:
    enter(tab, Somebody(Account.objects.get(pk=actor.account_id), actor))


def press(tab: Any, name: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=name).click()


def the_worker() -> None:
    """What the worker does within five seconds."""
    work_off(REACTIONS, at=NOW)
    carry_out(at=NOW)


def test_two_departments_with_open_dossiers_and_people_become_one(
    page: Any, phone: Any, live: Any, office: Any, tmp_path: Path
) -> None:
    place, health = office.place, Unit.objects.get(code="H99.09")
    head = an_actor(30, "Mai Giám Đốc", "leader", health)
    an_account(head)
    a_decision(a_line(place.home_affairs, 40), a_line(health, 25))
    for nth in range(3):
        a_person(place.home_affairs, f"Nguyễn Văn {nth}")
    ids = [place.received("2026-11-16 08:00").id for _ in range(3)]
    hand_over(ids, by=place.clerk, at=at("2026-11-16 09:00")).only()
    _previewed_and_recorded(page, place, tmp_path)
    the_worker()
    assert set(Dossier.objects.filter(pk__in=ids).values_list("competent_unit_id", flat=True)) == {health.pk}
    assert sum(sum(pools.values()) for pools in present([health.pk], date(2026, 11, 20)).values()) == 3
    _accepted(page, phone, head, tmp_path)
    _gone_on_with(page, place)
    _undone(page, place, tmp_path)
    the_worker()
    assert set(Dossier.objects.filter(pk__in=ids).values_list("competent_unit_id", flat=True)) == {
        place.home_affairs.pk
    }
    assert (
        sum(sum(pools.values()) for pools in present([place.home_affairs.pk], date(2026, 11, 20)).values())
        == 3
    )


def _previewed_and_recorded(page: Any, place: Any, tmp_path: Path) -> None:
    come_in(page, place.admin)
    page.goto("/to-chuc/su-kien/ghi/?loai=SAP_NHAP")
    page.get_by_label("Các đơn vị sáp nhập").select_option(label="\u2003Sở Nội vụ (H99.08)")
    page.get_by_role("combobox", name="Đơn vị nhận").select_option(label="\u2003Sở Y tế (H99.09)")
    page.get_by_label("Số, ký hiệu quyết định").fill("15/NQ-HĐND")
    page.get_by_label("Ngày hiệu lực").fill("20/11/2026")
    press(page, "Xem trước và sau")
    told = page.locator("main").inner_text()
    assert "Đi sang đơn vị khác" in told and "3 hồ sơ" in told and "3 người" in told and "40 biên chế" in told
    assert_accessible(page)
    picture(page, "sap-nhap-xem-truoc", tmp_path)
    press(page, "Ghi sự kiện")
    assert "Đã ghi: Sáp nhập" in page.locator("#thong-bao").inner_text()


def _accepted(page: Any, phone: Any, head: Any, tmp_path: Path) -> None:
    come_in(phone, head)
    phone.goto("/to-chuc/ban-giao/?cho-ky")
    assert_accessible(phone)
    picture(phone, "ban-giao-390", tmp_path)
    come_in(page, head)
    page.goto("/to-chuc/ban-giao/?cho-ky")
    assert_accessible(page)
    picture(page, "ban-giao", tmp_path)
    with page.expect_navigation():
        page.get_by_role("link", name="Sở Nội vụ").click()
    assert_accessible(page)
    picture(page, "bien-ban", tmp_path)
    page.get_by_label("Lý do không đồng ý: Người giữ vị trí").fill("Một người còn biệt phái ở cơ quan khác.")
    press(page, "Ký nhận bàn giao")
    told = page.locator("main").inner_text()
    assert "Đã ký nhận, có ý kiến" in told and "Một người còn biệt phái" in told
    picture(page, "bien-ban-da-ky", tmp_path)


def _gone_on_with(page: Any, place: Any) -> None:
    """Whoever worked at the old department came along, and finds the work on the list."""
    come_in(page, place.specialist)
    page.goto("/viec-cua-toi/")
    assert page.locator("main").inner_text().count("H99.01-261116-") >= 3


def _undone(page: Any, place: Any, tmp_path: Path) -> None:
    come_in(page, place.admin)
    page.goto(f"/to-chuc/su-kien/{UnitEvent.objects.get().pk}/hoan-tac/")
    assert "3 hồ sơ" in page.locator("main").inner_text()
    assert_accessible(page)
    picture(page, "hoan-tac", tmp_path)
    page.get_by_label("Lý do, căn cứ hoàn tác").fill("QĐ 16/QĐ-UBND bãi bỏ.")
    press(page, "Hoàn tác sự kiện")
    assert "Đã hoàn tác" in page.locator("#thong-bao").inner_text()
