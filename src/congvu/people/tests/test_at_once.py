"""One sheet of people brought twice at the same moment, each on its own connection: everybody is entered once."""

from typing import Any

import pytest

from congvu.config.testing.together import slowly
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_xlsx
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.import_people import Report, import_people
from congvu.people.models import Person, PersonVersion
from congvu.people.tests.make import AT, PAPER, a_person
from congvu.people.tests.test_import import GOOD, sheet

pytestmark = pytest.mark.django_db(transaction=True)
BARE = ("Lê Văn Ba", "01/02/1990", "Nam", "", "", "H99.08", "Chuyên viên")


@pytest.fixture
def office() -> Any:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    return a_unit("H99.08", "Sở Nội vụ", root)


def brought(content: bytes) -> Report:
    return import_people(read_xlsx("ds.xlsx", content), dry_run=False, decision=PAPER, by=SYSTEM, at=AT)


def test_a_sheet_imported_twice_at_once_enters_everybody_once(office: Any) -> None:
    content = sheet(GOOD, BARE)
    answers: list[Report] = slowly(*[lambda: brought(content)] * 2)
    assert not [one for one in answers if isinstance(one, Exception)]
    assert sorted(one.entered for one in answers) == [0, 2]
    (later,) = [one for one in answers if not one.entered]
    assert all("hồ sơ" in row.problems[0][1] for row in later.rows)
    assert Person.objects.count() == PersonVersion.objects.count() == 2


def test_one_number_given_to_two_people_at_once_is_refused_in_words(office: Any) -> None:
    answers = slowly(
        lambda: a_person(office, "Phạm Văn Tư", number="CB-7"),
        lambda: a_person(office, "Phạm Thị Năm", number="CB-7"),
    )
    (told,) = [one for one in answers if isinstance(one, Exception)]
    assert isinstance(told, Refused) and "CB-7" in told.what and told.do
    assert Person.objects.count() == 1
