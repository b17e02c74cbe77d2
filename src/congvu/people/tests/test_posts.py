"""Posts: entered, added, moved, ended; never two full ones at once; counted once on any day, as known on any day."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.appoint import appoint, end_posts, leave, move
from congvu.people.actions.enter import NewPerson, enter
from congvu.people.models import Appointment, Person, PersonVersion
from congvu.people.queries.present import present
from congvu.people.rules.codes import CIVIL, CONCURRENT, CONTRACT, FULL, RETIRED, SECONDED, TERM_OVER
from congvu.people.tests.make import AT, PAPER, a_person, facts, post

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def office() -> Any:
    return a_unit("H99", "UBND tỉnh", kind="UBND")


@pytest.fixture
def home(office: Any) -> Any:
    return a_unit("H99.08", "Sở Nội vụ", office)


@pytest.fixture
def works(office: Any) -> Any:
    return a_unit("H99.16", "Sở Xây dựng", office)


def test_a_person_is_entered_with_a_number_a_post_and_a_line_in_the_log(home: Any) -> None:
    made = a_person(home)
    assert made.number == f"CB{made.pk:06d}"
    assert present(None, TODAY) == {home.pk: {CIVIL: 1}}
    entry = AuditEntry.objects.get(verb="people.enter")
    assert (entry.object_id, entry.after) == (made.pk, {"name": "Nguyễn Thị Hạnh", "number": made.number})


def test_decomposed_unicode_is_the_same_name(home: Any) -> None:
    a_person(home, "Nguyê\u0303n  Thi\u0323 Ha\u0323nh")
    assert PersonVersion.objects.get().name == "Nguyễn Thị Hạnh"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"birth": date(2190, 3, 12)}, "birth"),
        ({"birth": date(1885, 3, 12)}, "birth"),
        ({"name": "Hạnh"}, "name"),
        ({"sex": "x"}, "sex"),
        ({"citizen_number": "12345"}, "citizen_number"),
        ({"hired_on": date(1980, 1, 1)}, "hired_on"),
    ],
)
def test_facts_that_cannot_be_are_refused_by_field(home: Any, wrong: dict[str, Any], where: str) -> None:
    one = NewPerson(facts(**{"name": "Nguyễn Thị Hạnh", **wrong}), (post(home),))
    with pytest.raises(Refused) as told:
        enter([one], decision=PAPER, by=SYSTEM, at=AT)
    assert told.value.where == where
    assert not Person.objects.exists()


def test_a_second_full_post_is_refused_in_words_and_by_the_database(home: Any, works: Any) -> None:
    made = a_person(home)
    with pytest.raises(Refused, match="đang giữ một vị trí chuyên trách tại Sở Nội vụ từ 01/01/2021"):
        appoint([(made.pk, post(works))], decision=PAPER, by=SYSTEM, at=AT)
    row = Appointment.objects.get()
    row.pk, row.unit_id = None, works.pk
    with pytest.raises(DatabaseError, match="appointment_one_full_post"), transaction.atomic():
        row.save(force_insert=True)


def test_a_concurrent_post_stands_beside_and_is_not_counted(home: Any, works: Any) -> None:
    made = a_person(home)
    appoint([(made.pk, post(works, kind=CONCURRENT))], decision=PAPER, by=SYSTEM, at=AT)
    assert present(None, TODAY) == {home.pk: {CIVIL: 1}}


def test_a_move_ends_one_post_and_begins_the_other_the_same_day(home: Any, works: Any) -> None:
    made = a_person(home)
    day = date(2026, 12, 1)
    move([(made.pk, post(works, "Phó Trưởng phòng", valid_from=day))], decision=PAPER, by=SYSTEM, at=AT)
    assert present(None, date(2026, 11, 30)) == {home.pk: {CIVIL: 1}}
    assert present(None, day) == {works.pk: {CIVIL: 1}}


def test_secondment_keeps_the_head_where_it_came_from_and_has_an_end(home: Any, works: Any) -> None:
    made = a_person(home)
    away = post(works, kind=SECONDED, valid_from=date(2026, 12, 1))
    with pytest.raises(Refused, match="Biệt phái không quá 36 tháng"):
        appoint([(made.pk, away)], decision=PAPER, by=SYSTEM, at=AT)
    within = post(works, kind=SECONDED, valid_from=date(2026, 12, 1), valid_to=date(2029, 12, 1))
    appoint([(made.pk, within)], decision=PAPER, by=SYSTEM, at=AT)
    assert present(None, date(2027, 1, 1)) == {home.pk: {CIVIL: 1}}


def test_who_leaves_is_counted_until_the_day_before(home: Any) -> None:
    made = a_person(home)
    leave([made.pk], date(2026, 12, 1), RETIRED, decision=PAPER, by=SYSTEM, at=AT)
    assert present([home.pk], date(2026, 11, 30)) == {home.pk: {CIVIL: 1}}
    assert present([home.pk], date(2026, 12, 1)) == {}
    with pytest.raises(Refused, match="không còn giữ vị trí nào"):
        leave([made.pk], date(2026, 12, 2), RETIRED, decision=PAPER, by=SYSTEM, at=AT)


def test_a_count_as_known_on_a_day_never_changes(home: Any) -> None:
    early = datetime(2026, 1, 5, 8, tzinfo=LEGAL_ZONE)
    made = a_person(home, at=early)
    known = datetime(2026, 6, 30, 23, 59, tzinfo=LEGAL_ZONE)
    before = present(None, date(2026, 6, 30), known)
    leave([made.pk], date(2026, 6, 1), RETIRED, decision=PAPER, by=SYSTEM, at=AT)
    assert present(None, date(2026, 6, 30)) == {}
    assert present(None, date(2026, 6, 30), known) == before == {home.pk: {CIVIL: 1}}


def test_rows_are_superseded_and_never_edited(home: Any) -> None:
    made = a_person(home)
    old = Appointment.objects.get()
    end_posts([old.pk], date(2026, 12, 1), TERM_OVER, decision=PAPER, by=SYSTEM, at=AT)
    assert Appointment.objects.filter(person=made).count() == 2
    with pytest.raises(DatabaseError, match="chỉ được thay bằng dòng mới"), transaction.atomic():
        Appointment.objects.filter(pk=old.pk).update(position="Khác")
    with pytest.raises(DatabaseError, match="chỉ được thay bằng dòng mới"), transaction.atomic():
        PersonVersion.objects.all().delete()


def test_a_post_needs_its_unit_on_its_days(office: Any) -> None:
    gone = a_unit("H99.05", "Sở Giao thông vận tải", office, until=date(2025, 3, 1))
    with pytest.raises(Refused, match="Đơn vị Sở Giao thông vận tải chấm dứt từ 01/03/2025"):
        a_person(gone)
    a_person(gone, posts=(post(gone, valid_to=date(2025, 3, 1)),))
    with pytest.raises(Refused, match="chưa có hoặc không còn"):
        a_person(gone, posts=(post(gone, valid_from=date(2019, 1, 1)),))


def test_a_number_is_given_once_and_a_citizen_number_belongs_to_one(home: Any) -> None:
    a_person(home, number="H99-1", citizen_number="099190000123")
    with pytest.raises(Refused, match="Số hiệu H99-1 đã cấp"):
        a_person(home, "Trần Văn Nam", number="h99-1")
    with pytest.raises(Refused, match="đã có ở hồ sơ H99-1"):
        a_person(home, "Trần Văn Nam", citizen_number="099190000123")


def test_statements_do_not_grow_with_the_people(home: Any) -> None:
    def many(first: int, count: int) -> list[NewPerson]:
        return [
            NewPerson(
                facts(f"Nguyễn Văn {chr(65 + n % 26)}", citizen_number=f"{first + n:012d}"), (post(home),)
            )
            for n in range(count)
        ]

    few, plenty = _Counted(), _Counted()
    with connection.execute_wrapper(few):
        enter(many(0, 2), decision=PAPER, by=SYSTEM, at=AT)
    with connection.execute_wrapper(plenty):
        enter(many(100, 60), decision=PAPER, by=SYSTEM, at=AT)
    assert few.count == plenty.count <= 11
    assert present([home.pk], TODAY) == {home.pk: {CIVIL: 62}}
    assert present([home.pk], TODAY).get(home.pk, {}).get(CONTRACT, 0) == 0
    assert Appointment.objects.filter(kind=FULL).count() == 62


class _Counted:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)
