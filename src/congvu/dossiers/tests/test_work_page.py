"""My work: urgency first, filters, pages, many at once; the number of statements does not grow with the list."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.models import Dossier, DossierStep
from congvu.dossiers.queries.work import Days, WorkFilter, overflows, work_counts, work_page
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at

pytestmark = pytest.mark.django_db
DAYS = Days(date(2026, 11, 20), date(2026, 11, 26))


def handed(office: Office, when: str, owner: str) -> int:
    """A dossier received and handed to home affairs; its step there is due two working days later."""
    made = take(office, f"{when} 08:00", Person(owner))
    hand_over([made.id], by=office.place.clerk, at=at(f"{when} 09:00"))
    return made.id


@pytest.fixture
def four(office: Office) -> dict[str, int]:
    """One late, one due today, one soon, one paused."""
    made = {
        "late": handed(office, "2026-11-10", "Ông Muộn"),
        "today": handed(office, "2026-11-18", "Bà Hôm Nay"),
        "near": handed(office, "2026-11-20", "Chị Sắp Đến"),
        "paused": handed(office, "2026-11-09", "Anh Tạm Dừng"),
    }
    request_supplement(
        [made["paused"]], "Bổ sung đơn.", by=office.place.specialist, at=at("2026-11-10 08:00")
    )
    return made


def test_steps_stand_in_groups_of_urgency_with_their_counts(office: Office, four: dict[str, int]) -> None:
    actor = office.place.specialist
    page = work_page(actor.units(), visible_to(actor, DAYS.today), WorkFilter(), DAYS)
    assert [row.group(DAYS) for row in page.rows] == ["late", "today", "near", "paused"]
    assert [row.dossier_id for row in page.rows] == [
        four["late"],
        four["today"],
        four["near"],
        four["paused"],
    ]
    counts = work_counts(actor.units(), visible_to(actor, DAYS.today), WorkFilter(), DAYS)
    assert overflows(counts) == frozenset()
    assert counts == {"late": 1, "today": 1, "near": 1, "later": 0, "undated": 0, "collect": 0, "paused": 1}


def test_only_the_units_own_open_steps_are_work(office: Office, four: dict[str, int]) -> None:
    other = office.place.police_officer
    assert work_page(other.units(), visible_to(other, DAYS.today), WorkFilter(), DAYS).rows == []
    clerk = office.place.clerk
    office.place.received("2026-11-20 10:00")
    rows = work_page(clerk.units(), visible_to(clerk, DAYS.today), WorkFilter(), DAYS).rows
    assert [row.role for row in rows] == ["RECEIVE"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (WorkFilter(text="ong muon"), ["late"]),
        (WorkFilter(group="today"), ["today"]),
        (WorkFilter(group="paused"), ["paused"]),
        (WorkFilter(role="SIGN"), []),
        (WorkFilter(mine=999), []),
        (WorkFilter(text="%%%"), []),
    ],
)
def test_filters_narrow(office: Office, four: dict[str, int], asked: WorkFilter, found: list[str]) -> None:
    actor = office.place.specialist
    rows = work_page(actor.units(), visible_to(actor, DAYS.today), asked, DAYS).rows
    assert [row.dossier_id for row in rows] == [four[name] for name in found]


def test_pages_join_without_gap_or_double_across_the_groups(office: Office, four: dict[str, int]) -> None:
    for n in range(7):
        handed(office, "2026-11-19", f"Người số {n}")
    DossierStep.objects.filter(dossier_id=four["near"], state=1).update(due_on=None)
    actor, seen, cursor = office.place.specialist, [], ""
    sight = visible_to(actor, DAYS.today)
    whole = [row.step_id for row in work_page(actor.units(), sight, WorkFilter(), DAYS).rows]
    while True:
        page = work_page(actor.units(), sight, WorkFilter(), DAYS, cursor, limit=3)
        seen += [row.step_id for row in page.rows]
        cursor = page.next
        if not cursor:
            break
    assert seen == whole and len(whole) == 11


def test_many_at_once_are_shown_first_then_done_with_a_line_each(
    office: Office, four: dict[str, int]
) -> None:
    client = office.enter(office.place.specialist)
    chosen = [
        f"{one.pk}.{one.version}" for one in Dossier.objects.filter(pk__in=four.values()).order_by("pk")
    ]
    asked = client.post(
        "/viec-cua-toi/hang-loat/", {"viec": "chuyen-buoc", "chon": chosen, "ve": "/viec-cua-toi/?q=x"}
    )
    page = asked.content.decode()
    assert asked.status_code == 200 and "Sẽ làm" in page and "Không làm được" in page
    assert DossierStep.objects.filter(role="LEAD", state=1).count() == 4, "looking changes nothing"
    done = client.post(
        "/viec-cua-toi/hang-loat/", {"viec": "chuyen-buoc", "chon": chosen, "dong-y": "1", "note": "Đủ"}
    )
    lines = done.content.decode()
    assert lines.count("Đã xong") == 3 and lines.count("Chưa được") == 1
    assert DossierStep.objects.filter(role="LEAD", state=2).count() == 3
    again = client.post(
        "/viec-cua-toi/hang-loat/", {"viec": "chuyen-buoc", "chon": chosen, "dong-y": "1", "note": "Đủ"}
    )
    assert again.status_code == 422 and "vừa được người khác xử lý" in again.content.decode()
    assert DossierStep.objects.filter(role="COOPERATE", state=1).count() == 3, "a stale form does nothing"


@pytest.mark.parametrize("chosen", [[], ["nonsense"], ["1.1"] * 501])
def test_a_bad_choice_is_refused_in_words(office: Office, chosen: list[str]) -> None:
    answer = office.enter(office.place.specialist).post(
        "/viec-cua-toi/hang-loat/", {"viec": "hoan-thanh", "chon": chosen}
    )
    assert answer.status_code == 422


def test_the_way_back_never_leaves_the_site(office: Office, four: dict[str, int]) -> None:
    one = Dossier.objects.get(pk=four["late"])
    page = office.enter(office.place.specialist).post(
        "/viec-cua-toi/hang-loat/",
        {"viec": "chuyen-buoc", "chon": [f"{one.pk}.{one.version}"], "ve": "//evil.example/"},
    )
    assert "evil.example" not in page.content.decode()


def test_statements_do_not_grow_with_the_list(office: Office, four: dict[str, int], counting: Any) -> None:
    client: Client = office.enter(office.place.specialist)
    client.get("/viec-cua-toi/")
    with counting(8):
        client.get("/viec-cua-toi/?nhom=qua-han")
    for n in range(40):
        handed(office, "2026-11-12", f"Người số {n}")
    with counting(8):
        page = client.get("/viec-cua-toi/?nhom=qua-han")
    assert page.content.decode().count("data-row>") == 41


def test_the_leader_sees_the_units_below_when_asked(office: Office, four: dict[str, int]) -> None:
    client = office.enter(office.place.chairman)
    assert "Ông Muộn" not in client.get("/viec-cua-toi/").content.decode()
    assert "Ông Muộn" in client.get("/viec-cua-toi/?cua=duoi").content.decode()


def test_counts_stop_at_the_cap_and_say_which_groups_hold_more(office: Office, four: dict[str, int]) -> None:
    actor = office.place.specialist
    sight = visible_to(actor, DAYS.today)
    counts = work_counts(actor.units(), sight, WorkFilter(), DAYS, cap=2)
    assert counts == {"late": 1, "today": 1, "near": 0, "later": 0, "undated": 0, "collect": 0, "paused": 1}
    assert overflows(counts, cap=2) == {"today", "near", "later", "undated", "collect", "paused"}


def test_the_sheet_of_work_holds_every_page_of_the_list(
    office: Office, four: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr("congvu.dossiers.web.work_sheet.PAGE", 3)
    answer = office.enter(office.place.specialist).get("/viec-cua-toi/tai-ve/")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows] == ["Ông Muộn", "Bà Hôm Nay", "Chị Sắp Đến", "Anh Tạm Dừng"]
    assert rows[0][0].date() == date(2026, 11, 12) and rows[3][10] is None


@pytest.mark.parametrize("named", [0, 12])
def test_a_few_units_and_many_are_merged_alike(
    office: Office, four: dict[str, int], named: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congvu.dossiers.queries.compose.NAMED_UNITS", named)
    place = office.place
    place.received("2026-11-20 08:00")
    units = (place.centre.pk, place.home_affairs.pk, place.police.pk)
    sight = visible_to(place.chairman, DAYS.today)
    rows = work_page(units, sight, WorkFilter(), DAYS).rows
    assert [row.group(DAYS) for row in rows] == ["late", "today", "today", "near", "paused"]
    assert sum(work_counts(units, sight, WorkFilter(), DAYS).values()) == 5
