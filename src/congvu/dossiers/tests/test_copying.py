"""What goes through COPY comes out as it went in."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.errors import UniqueViolation

from congvu.dossiers.bulk.copying import copy_in, line, take_ids
from congvu.foundation.clock import LEGAL_ZONE

TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=60)


@pytest.mark.django_db(transaction=True)
@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_comes_out_of_copy_as_it_went_in(texts: list[str]):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE words (n int, word text) ON COMMIT DROP")
        copy_in("words", ("n", "word"), [line(pair) for pair in enumerate(texts)])
        cursor.execute("SELECT word FROM words ORDER BY n")
        assert [row[0] for row in cursor.fetchall()] == texts


@pytest.mark.django_db
def test_every_kind_of_cell_comes_out_as_it_went_in():
    at = datetime(2026, 11, 20, 14, 59, 30, tzinfo=LEGAL_ZONE)
    row = (None, True, False, 7, Decimal("0.50"), date(2026, 11, 20), at, [1, 2], (), "\\N", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE cells (a text, b bool, c bool, d int, e numeric, f date, g timestamptz, h int[],"
            " i int[], j text, k text) ON COMMIT DROP"
        )
        copy_in("cells", tuple("abcdefghijk"), [line(row)])
        cursor.execute("SELECT * FROM cells")
        assert cursor.fetchone() == (*row[:7], [1, 2], [], "\\N", "")


@pytest.mark.django_db
def test_ids_are_fresh_and_ascending_and_no_lines_cost_no_statement():
    first, second = take_ids("dossiers_dossier_id_seq", 5), take_ids("dossiers_dossier_id_seq", 3)
    assert [*first, *second] == sorted({*first, *second})
    copy_in("no_such_table", ("a",), [])


@pytest.mark.django_db
def test_a_row_that_breaks_a_key_is_refused():
    with pytest.raises(UniqueViolation):
        copy_in("numbering_series", ("key", "last"), [line(("a", 1)), line(("a", 2))])
