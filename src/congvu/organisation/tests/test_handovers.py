"""Handing over: previewed with the event, moved on its day, accepted by the receiver; refused when something gets lost."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.identity.models import Grant
from congvu.foundation.numbering.actions import take
from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.actions.accept_handover import accept_handover
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.correct import correct_event
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rehearse import conserving
from congvu.organisation.models import Handover, HandoverLine, UnitEvent
from congvu.organisation.rules.following import COUNTED, Going, Kind, Share
from congvu.organisation.rules.picture import Picture
from congvu.organisation.tests.make import a_unit
from congvu.organisation.tests.test_screens import press, text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
PAPER = Decision("77/QĐ-UBND", date(2026, 11, 20), "UBND tỉnh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LEGAL_ZONE)


ON_THE_DAY = at("2026-12-01 00:01")


@pytest.fixture
def merged(actors: Any) -> Any:
    """Home affairs (two roles, two series) goes into finance on 1 December."""
    finance = a_unit("H98.09", "Sở Tài chính", actors.province)
    for key in ("dossier:H98.08:261120", f"receipt:{actors.home.id}:2026", "dossier:H98.01:261120"):
        take(key)
    merge([actors.home.id], finance.id, effective=DAY, decision=PAPER, by=SYSTEM, at=at("2026-11-20 10:00"))
    return finance


def test_the_preview_says_what_goes_along_and_where(visit: Any, actors: Any) -> None:
    finance = a_unit("H98.09", "Sở Tài chính", actors.province)
    take("dossier:H98.08:261120")
    admin = visit(actors.admin)
    shown = text_of(press(admin, "SAP_NHAP", {"sources": [actors.home.id], "target": finance.id}, "xem"))
    assert "Đi sang đơn vị khác" in shown
    roles = Grant.objects.filter(unit_id=actors.home.id).count()
    assert f"Vai trò trong hệ thống {roles} vai trò Sở Tài chính" in shown
    assert "1 dãy số giữ nguyên, đóng lại" in shown
    assert "Biên chế được giao" in shown and "Tổng trước và sau" in shown
    assert not Handover.objects.exists(), "a preview keeps nothing"
    with CaptureQueriesContext(connection) as captured:
        admin.get("/to-chuc/su-kien/ghi/?loai=SAP_NHAP")
    assert len(captured) <= 8


def test_a_planned_event_moves_on_its_day_and_once(merged: Any) -> None:
    assert carry_out(at=at("2026-11-30 23:59")) == 0
    assert carry_out(at=ON_THE_DAY) == 1
    one = Handover.objects.get()
    lines = {line.kind: (line.found, line.moved) for line in one.lines.all()}
    assert lines == {"role": (lines["role"][0],) * 2, "series": (2, 0)}
    assert one.moved_at == ON_THE_DAY
    assert AuditEntry.objects.filter(verb="organisation.handed_over", object_id=one.id).count() == 1
    assert carry_out(at=ON_THE_DAY) == 0


def test_a_leader_of_the_receiving_unit_accepts_and_says_what_does_not_agree(
    merged: Any, visit: Any, actors: Any, make_person: Any, frozen_clock: Any
) -> None:
    frozen_clock.move_to(ON_THE_DAY)
    one = Handover.objects.get()
    receiver = make_person("leader", merged)
    url = f"/to-chuc/ban-giao/{one.id}/"
    waiting = visit(receiver)
    assert "Sắp chuyển" in text_of(waiting.get("/to-chuc/ban-giao/"))
    early = waiting.post(url)
    assert early.status_code == 422 and "Chưa chuyển xong" in text_of(early)
    carry_out(at=ON_THE_DAY)
    with CaptureQueriesContext(connection) as captured:
        shown = waiting.get(url)
    assert len(captured) <= 8 and "Ký nhận bàn giao" in text_of(shown)
    elsewhere = make_person("leader", actors.centre)
    assert visit(elsewhere).get(url).status_code == 404
    given = visit(actors.admin).post(url)
    assert given.status_code == 422 and "Chỉ lãnh đạo đơn vị nhận" in text_of(given)
    done = waiting.post(url, {"khong-role": "Thiếu một vai trò chuyên viên."}, follow=True)
    told = text_of(done)
    assert "Đã ký nhận, có ý kiến" in told and "Thiếu một vai trò chuyên viên." in told
    one.refresh_from_db()
    assert (one.accepted_by, one.accepted_name) == (receiver.account.pk, receiver.account.name)
    assert (
        accept_handover(one.id, {"role": "khác"}, by=receiver.actor, at=ON_THE_DAY).accepted_at
        == one.accepted_at
    )
    assert HandoverLine.objects.get(kind="role").disagreed == "Thiếu một vai trò chuyên viên."
    assert "Không có biên bản nào chờ" in text_of(waiting.get("/to-chuc/ban-giao/?cho-ky"))


class Leaking:
    """An area in which an event loses something, and one thing always stays behind."""

    kinds = (Kind("thing", "Đồ vật", "món", COUNTED), Kind("stuck", "Việc mắc kẹt", "việc"))
    lost = 0

    def count(self, unit_ids: Any, day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        return {(unit, "stuck"): 1 for unit in unit_ids}

    def examples(self, unit_ids: Any, day: date, limit: int) -> list[Any]:
        return []

    def left(self, unit_ids: Any, day: date) -> Mapping[tuple[int, str], int]:
        return {(unit, "stuck"): 1 for unit in unit_ids}

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        self.lost += 1
        return {"thing": 10 - self.lost}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        return Share()


LEAKING = (Leaking(),)


def test_an_event_after_which_the_totals_differ_is_refused(actors: Any, settings: Any) -> None:
    settings.FOLLOWERS_OF_UNITS = f"{__name__}.LEAKING"
    finance = a_unit("H98.09", "Sở Tài chính", actors.province)
    said: Any = {"effective": DAY, "decision": PAPER, "by": SYSTEM, "at": at("2026-11-20 10:00")}
    with pytest.raises(Refused) as told:
        conserving(lambda: merge([actors.home.id], finance.id, **said), DAY)
    assert "Tổng trước và sau không khớp: đồ vật từ 9 thành 8" in told.value.what
    assert not UnitEvent.objects.exists() and queries.picture_now().at(actors.home.id, DAY) is not None


def test_a_record_with_something_left_behind_is_not_closed_and_says_what(merged: Any, settings: Any) -> None:
    settings.FOLLOWERS_OF_UNITS = f"{__name__}.LEAKING"
    assert carry_out(at=ON_THE_DAY) == 0
    one = Handover.objects.get()
    assert one.moved_at is None and "còn 1 việc ở bên giao" in one.problem
    assert carry_out(at=ON_THE_DAY) == 0, "left alone until somebody asks again"
    settings.FOLLOWERS_OF_UNITS = "congvu.config.wiring.FOLLOWERS"
    assert carry_out(at=ON_THE_DAY, again=True) == 1
    one.refresh_from_db()
    assert one.moved_at is not None and one.problem == ""


def test_an_event_is_undone_on_its_screen_after_what_goes_back_was_shown(
    merged: Any, visit: Any, actors: Any, frozen_clock: Any
) -> None:
    frozen_clock.move_to(ON_THE_DAY)
    carry_out(at=ON_THE_DAY)
    event, admin = UnitEvent.objects.get(), visit(actors.admin)
    url = f"/to-chuc/su-kien/{event.id}/hoan-tac/"
    assert url in admin.get("/to-chuc/su-kien/").content.decode()
    with CaptureQueriesContext(connection) as captured:
        shown = text_of(admin.get(url))
    moved = HandoverLine.objects.get(kind="role").moved
    assert len(captured) <= 8 and f"Sở Tài chính Sở Nội vụ {moved} vai trò" in shown
    assert admin.post(url, {"why": ""}).status_code == 422
    done = admin.post(url, {"why": "QĐ 80/QĐ-UBND bãi bỏ."}, follow=True)
    assert "Đã hoàn tác bằng một sự kiện đính chính" in text_of(done)
    assert carry_out(at=ON_THE_DAY) == 1
    assert queries.picture().at(actors.home.id, DAY) is not None
    assert Grant.objects.filter(unit_id=actors.home.id, valid_to=None, valid_from=DAY).count() == moved
    back = Handover.objects.get(undoes__isnull=False)
    assert HandoverLine.objects.get(handover=back).moved == moved
    assert "Hoàn tác" in text_of(admin.get(f"/to-chuc/ban-giao/{back.id}/"))
    listed = text_of(admin.get("/to-chuc/su-kien/"))
    assert "Hoàn tác : Sở" in listed and "QĐ 80/QĐ-UBND bãi bỏ." in listed
    assert admin.get(url).status_code == 404


def test_a_planned_event_put_on_another_day_hands_over_on_that_day(merged: Any) -> None:
    later = date(2026, 12, 5)
    event = UnitEvent.objects.get()
    correct_event(event.id, effective=later, why="Nhầm ngày.", by=SYSTEM, at=at("2026-11-21 08:00"))
    assert carry_out(at=ON_THE_DAY) == 0
    assert carry_out(at=at("2026-12-05 00:01")) == 1
