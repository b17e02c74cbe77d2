"""The list: found by code, phone, number, name; filtered; only what may be seen; out as a sheet in constant memory."""

import io
import tracemalloc
from datetime import date
from typing import Any

import pytest

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Person
from congvu.dossiers.queries.lists import ListFilter, capped_count, dossier_page
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.sheet import sheet
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def three(office: Office) -> list[str]:
    people = (
        Person("Nguyễn Thị Hạnh", "099190000123", "0900000123"),
        Person("Đặng Văn Đức", "099190000456", "0912345678"),
        Person("Hội Người trồng hồi", "", "0299100000"),
    )
    return [
        take(office, f"2026-11-1{n} 08:00", person, summary=f"Việc số {n}").code or ""
        for n, person in enumerate(people)
    ]


def names(actor: Actor, *, on: date = TODAY, **asked: Any) -> list[str]:
    page = dossier_page(visible_to(actor, TODAY), ListFilter(on=on, **asked))
    return [row.owner_name for row in page.rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen thi hanh", ["Nguyễn Thị Hạnh"]),
        ("dang duc", ["Đặng Văn Đức"]),
        ("0912 345 678", ["Đặng Văn Đức"]),
        ("0912", ["Đặng Văn Đức"]),
        ("099 190 000 456", ["Đặng Văn Đức"]),
        ("h99.01-261110-0001", ["Nguyễn Thị Hạnh"]),
        ("H99.01-26111", ["Hội Người trồng hồi", "Đặng Văn Đức", "Nguyễn Thị Hạnh"]),
        ("H99.01-%", []),
        ("viec so 2", ["Hội Người trồng hồi"]),
        ("' OR 1=1 --", []),
        ("!&|()", []),
    ],
)
def test_found_by_what_people_type(office: Office, three: list[str], typed: str, found: list[str]) -> None:
    assert names(office.place.clerk, text=typed) == found
    assert names(SYSTEM, text=typed) == found, "the same for one who may see everything"


def test_only_what_concerns_the_reader_is_listed_counted_and_sent_out(
    office: Office, three: list[str]
) -> None:
    place = office.place
    assert len(names(place.clerk)) == len(names(place.specialist)) == len(names(place.auditor)) == 3
    for actor in (place.stranger_clerk, place.admin):
        assert names(actor) == [] and names(actor, text="hanh") == []
        assert capped_count(visible_to(actor, TODAY), ListFilter(on=TODAY)) == 0
        sent = b"".join(office.enter(actor).get("/ho-so/tai-ve/"))
        assert b"worksheet" not in sent or "Hạnh".encode() not in sent
        page = office.enter(actor).get(f"/ho-so/{three[0]}/")
        assert page.status_code == 404


def test_filters(office: Office, three: list[str]) -> None:
    clerk = office.place.clerk
    assert names(clerk, received_from=date(2026, 11, 11), received_to=date(2026, 11, 11)) == ["Đặng Văn Đức"]
    assert names(clerk, late="dang-qua-han", on=date(2026, 11, 19)) == ["Đặng Văn Đức", "Nguyễn Thị Hạnh"]
    assert names(clerk, status=4) == []
    assert len(names(clerk, unit_id=office.place.police.pk)) == 3
    assert names(clerk, unit_id=office.place.stranger_clerk.units()[0]) == []


def test_pages_join_without_gap_or_double(office: Office) -> None:
    for _ in range(7):
        office.place.received("2026-11-20 08:00")  # one moment: the id decides the order
    for actor in (office.place.clerk, SYSTEM):
        sight, cursor, seen = visible_to(actor, TODAY), "", []
        while True:
            page = dossier_page(sight, ListFilter(on=TODAY), cursor, limit=3)
            seen += [row.id for row in page.rows]
            cursor = page.next
            if not cursor:
                break
        assert seen == sorted(seen, reverse=True) and len(set(seen)) == 7


def test_a_broken_cursor_is_refused_in_words(office: Office) -> None:
    with pytest.raises(Refused, match="Dấu trang"):
        dossier_page(visible_to(SYSTEM, TODAY), ListFilter(on=TODAY), "@@@")
    assert office.enter(office.place.clerk).get("/ho-so/?sau=@@@").status_code == 422


def test_a_wrong_day_is_said_beside_its_field(office: Office, three: list[str]) -> None:
    page = office.enter(office.place.clerk).get("/ho-so/?tu=31/02/2026&q=hanh").content.decode()
    assert "Không đọc được ngày" in page and 'value="31/02/2026"' in page and 'value="hanh"' in page


def test_statements_do_not_grow_with_the_list(office: Office, counting: Any) -> None:
    client = office.enter(office.place.chairman)
    client.get("/ho-so/")
    for n in range(60):
        made = take(office, "2026-11-20 08:00", Person(f"Người số {n}"))
        if n % 2:
            hand_over([made.id], by=office.place.clerk, at=at("2026-11-20 09:00"))
    with counting(8):
        page = client.get("/ho-so/")
    assert page.content.decode().count("data-row>") == 50
    with counting(8):
        client.get("/ho-so/?q=nguoi&trang-thai=2")


def test_the_sheet_holds_what_the_list_shows_and_opens(office: Office, three: list[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    answer = office.enter(office.place.clerk).get("/ho-so/tai-ve/?q=hanh")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][0] == "Mã hồ sơ" and len(rows) == 2
    assert rows[1][0] == three[0] and rows[1][3] == "Nguyễn Thị Hạnh"
    assert rows[1][13].date() == date(2026, 11, 17), "a due day is a date, not text"


def test_a_sheet_of_many_rows_needs_no_more_memory_and_text_is_never_a_formula() -> None:
    def peak(n: int) -> int:
        tracemalloc.start()
        for _ in sheet("Thử", ("a", "b"), (("=1+1", "x" * 50 + str(i)) for i in range(n))):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    small, large = peak(30_000), peak(90_000)
    assert large < small * 1.3
    raw = b"".join(sheet("Thử", ("a",), [("=1+1",)]))
    openpyxl = pytest.importorskip("openpyxl")
    cell = openpyxl.load_workbook(io.BytesIO(raw)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_unit_outside_the_readers_own_shows_only_what_concerns_both(
    office: Office, three: list[str]
) -> None:
    place = office.place
    assert len(names(place.specialist, unit_id=place.centre.pk)) == 3, (
        "received there, decided by the reader's unit"
    )
    assert names(place.stranger_clerk, unit_id=place.centre.pk) == []
    assert (
        capped_count(visible_to(place.stranger_clerk, TODAY), ListFilter(on=TODAY, unit_id=place.centre.pk))
        == 0
    )
    assert len(names(SYSTEM, unit_id=place.centre.pk)) == 3
