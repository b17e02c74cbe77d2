"""Results nobody has fetched: never late, a group of their own, and a reminder to their owners."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person
from congvu.dossiers.actions.remind_collect import remind_collect
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep
from congvu.dossiers.queries.board import board
from congvu.dossiers.queries.work import Days, WorkFilter, work_counts, work_page
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import a_process, a_version, at
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
DAYS = Days(date(2026, 11, 20), date(2026, 11, 26))
REACHED = Person("Ông Chờ", "099190000777", "0912000777", "ong.cho@example.com")


@pytest.fixture
def short(office: Office) -> int:
    """The version of a procedure with one step of handling between reception and giving back."""
    version = a_version("1.000777", name="Thủ tục một bước")
    a_process(
        version,
        [
            ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"),
            ("Giải quyết", "LEAD", "COMPETENT", None, "2"),
            ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
        ],
    )
    return version.pk


def ready(office: Office, version: int, day: str, owner: Person = REACHED) -> int:
    """A dossier whose result is at the counter since `day`."""
    made = take(office, f"{day} 08:00", owner, version_id=version).id
    hand_over([made], by=office.place.clerk, at=at(f"{day} 09:00")).only()
    finish([made], by=office.place.specialist, at=at(f"{day} 10:00")).only()
    return made


def listed(office: Office, **asked: Any) -> list[tuple[str, int]]:
    actor = office.place.clerk
    rows = work_page(actor.units(), visible_to(actor, DAYS.today), WorkFilter(**asked), DAYS).rows
    return [(row.group(DAYS), row.dossier_id) for row in rows]


def test_a_result_that_waits_has_no_due_day_and_a_group_of_its_own(office: Office, short: int) -> None:
    waiting = ready(office, short, "2026-11-02")
    late = take(office, "2026-11-10 08:00", Person("Bà Muộn")).id
    assert DossierStep.objects.get(dossier_id=waiting, role="RETURN").due_on is None
    assert listed(office) == [("late", late), ("collect", waiting)]
    assert listed(office, group="late") == [("late", late)]
    assert listed(office, group="collect") == [("collect", waiting)]
    actor = office.place.clerk
    counts = work_counts(actor.units(), visible_to(actor, DAYS.today), WorkFilter(), DAYS)
    assert (counts["late"], counts["collect"], counts["undated"]) == (1, 1, 0)


def test_pages_join_over_what_has_no_day_what_waits_and_what_is_paused(office: Office, short: int) -> None:
    dated = [take(office, "2026-11-20 08:00", Person("Có Hạn")).id for _ in range(2)]
    bare = [take(office, "2026-11-20 08:00", Person("Không Hạn")).id for _ in range(2)]
    DossierStep.objects.filter(dossier_id__in=bare).update(due_on=None)
    waiting = [ready(office, short, "2026-11-16") for _ in range(3)]
    stopped = [take(office, "2026-11-20 08:00", Person("Tạm Dừng")).id for _ in range(2)]
    Dossier.objects.filter(pk__in=stopped).update(status=5)
    actor = office.place.clerk
    sight, cursor, seen = visible_to(actor, DAYS.today), "", []
    while True:
        page = work_page(actor.units(), sight, WorkFilter(), DAYS, cursor, limit=1)
        seen += [row.dossier_id for row in page.rows]
        cursor = page.next
        if not cursor:
            break
    assert seen == dated + bare + waiting + stopped
    assert [pk for _, pk in listed(office)] == seen


def test_the_list_tells_how_long_each_has_waited_in_eight_statements(
    office: Office, short: int, counting: Any
) -> None:
    ready(office, short, "2026-11-02")
    paused = take(office, "2026-11-19 08:00", Person("Anh Dừng")).id
    hand_over([paused], by=office.place.clerk, at=at("2026-11-19 09:00")).only()
    request_supplement([paused], "Đơn.", by=office.place.specialist, at=at("2026-11-19 10:00")).only()
    client = office.enter(office.place.clerk)
    client.get("/viec-cua-toi/")
    with counting(8):
        page = client.get("/viec-cua-toi/").content.decode()
    assert "Chờ người đến nhận" in page and "Chờ 14 ngày" in page and "Quá " not in page
    assert "Chờ người đến nhận" in client.get("/").content.decode()


def test_the_board_counts_what_waits_apart_from_what_is_late(office: Office, short: int) -> None:
    ready(office, short, "2026-11-02")
    place = office.place
    (line,) = board(visible_to(place.clerk, DAYS.today), DAYS.today, DAYS.near)
    assert (line.holds, line.collect, line.step_late, line.late, line.since) == (1, 1, 0, 0, None)
    page = office.enter(place.clerk).get("/bang-lien-thong/").content.decode()
    assert f"giu={place.centre.pk}&amp;han=cho-nhan" in page


def test_the_migration_takes_the_day_only_from_open_steps_that_wait(office: Office, short: int) -> None:
    waiting, running = (
        ready(office, short, "2026-11-02"),
        take(office, "2026-11-10 08:00", Person("Bà Muộn")).id,
    )
    DossierStep.objects.filter(dossier_id=waiting).update(due_on=date(2026, 11, 3))
    forget = import_module("congvu.dossiers.migrations.0018_results_wait_without_a_day").FORGET
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(forget)
    rows = DossierStep.objects.filter(dossier_id=waiting).values_list("role", "due_on")
    assert dict(rows) == {"RECEIVE": date(2026, 11, 3), "LEAD": date(2026, 11, 3), "RETURN": None}
    assert DossierStep.objects.get(dossier_id=running).due_on is not None


def test_a_reminder_is_written_once_a_day_and_only_to_who_can_be_reached(office: Office, short: int) -> None:
    place, when = office.place, at("2026-11-20 14:00")
    one, silent = (
        ready(office, short, "2026-11-16"),
        ready(office, short, "2026-11-16", Person("Không Điện Thoại")),
    )
    outcome = remind_collect([one, silent], by=place.clerk, at=when)
    assert [done.dossier_id for done in outcome.done] == [one]
    assert "không để lại số di động" in outcome.refused[0].refusal.what.lower()
    with pytest.raises(Refused, match="Hôm nay đã nhắc"):
        remind_collect([one], by=place.clerk, at=at("2026-11-20 16:00")).only()
    remind_collect([one], by=place.clerk, at=at("2026-11-23 08:00")).only()
    assert DossierEvent.objects.filter(dossier_id=one, verb="remind_collect").count() == 2
    with pytest.raises(Refused, match="từ bộ phận một cửa"):
        remind_collect([one], by=place.specialist, at=at("2026-11-24 08:00")).only()
    running = take(office, "2026-11-20 08:00", REACHED).id
    with pytest.raises(Refused, match="không có kết quả đang chờ"):
        remind_collect([running], by=place.clerk, at=when).only()


def test_the_clerk_reminds_from_the_page_of_the_dossier_and_from_the_counter(
    office: Office, short: int
) -> None:
    one = Dossier.objects.get(pk=ready(office, short, "2026-11-16"))
    client = office.enter(office.place.clerk)
    assert "Nhắc nhận kết quả" in client.get(f"/ho-so/{one.code}/").content.decode()
    page = client.get(f"/ho-so/{one.code}/viec/nhac-nhan/")
    assert page.status_code == 200 and "kết quả đang chờ" in page.content.decode()
    chosen = {
        "viec": "nhac-nhan",
        "chon": [f"{one.pk}.{one.version}"],
        "dong-y": "1",
        "ve": "/tra-ket-qua/",
    }
    assert "Đã xong" in client.post("/viec-cua-toi/hang-loat/", chosen).content.decode()
    assert "đã nhắc" in client.get("/tra-ket-qua/").content.decode()
