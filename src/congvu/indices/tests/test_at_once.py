"""PAPI's files brought twice at the same moment, each on its own connection: every number is kept once."""

import pytest

from congvu.config.testing.together import slowly
from congvu.foundation.identity.actor import SYSTEM
from congvu.indices.actions.import_index import import_index
from congvu.indices.models import Entry, IndexSet, Round, Sheet
from congvu.indices.tests.make import AT
from congvu.indices.tests.test_import_index import FILES

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_files_imported_twice_at_once_are_stored_once() -> None:
    answers = slowly(*[lambda: import_index(FILES, by=SYSTEM, at=AT)] * 2)
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert sorted((one.stored, one.unchanged) for one in answers) == [(0, 9), (9, 0)]
    assert (IndexSet.objects.count(), Round.objects.count(), Sheet.objects.count()) == (2, 2, 4)
    assert Entry.objects.count() == 9


def test_a_correction_imported_twice_at_once_is_one_new_line() -> None:
    import_index(FILES, by=SYSTEM, at=AT)
    better = {**FILES, "papi_2019.csv": FILES["papi_2019.csv"].replace(b"0.9", b"0.8")}
    answers = slowly(*[lambda: import_index(better, by=SYSTEM, at=AT)] * 2)
    assert sorted(one.stored for one in answers) == [0, 1]
    assert Entry.objects.count() == 10
