"""Hot statements write their values as psycopg would, and read rows with psycopg's own adapters."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, connection

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.sql import Statement

pytestmark = pytest.mark.django_db


class Shade(IntEnum):
    DARK = 7


VALUES = [
    ("bigint", -(2**62)), ("int", Shade.DARK), ("boolean", True), ("boolean", False), ("text", ""), ("text", None),
    ("text", "Nguyễn «Ơ» \\ '\" {}"), ("date", date(2026, 11, 21)), ("timestamptz", datetime(1975, 4, 30, 4, tzinfo=UTC)),
    ("timestamptz", datetime(2026, 11, 21, 8, 0, 0, 123, tzinfo=LEGAL_ZONE)), ("bigint[]", [1, 2, 3]), ("bigint[]", []),
    ("text[]", ["a,b", 'c"']), ("numeric", Decimal("0.5")), ("uuid", UUID(int=5)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_value_comes_back_as_it_went(kind: str, value: Any) -> None:
    echo = Statement("echo", f"-- Hot.\nSELECT %(one)s::{kind}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}", [value])
        as_django = cursor.fetchone()
    assert [echo.rows({"one": value}), echo.rows({"one": value})] == [[as_django], [as_django]]


def test_a_statement_prepared_once_reads_each_answer_anew() -> None:
    pair = Statement("pair", "-- Hot.\nSELECT n, %(word)s::text FROM generate_series(1, %(last)s::int) AS n")
    assert pair.rows({"word": "a", "last": 2}) == [(1, "a"), (2, "a")]
    assert pair.rows({"word": None, "last": 1}) == [(1, None)]
    assert pair.rows({"word": "b", "last": 0}) == []


def test_a_text_with_a_zero_in_it_is_refused_not_cut() -> None:
    with pytest.raises(DataError):
        Statement("text", "-- Hot.\nSELECT %(one)s::text").rows({"one": "a\0b"})
