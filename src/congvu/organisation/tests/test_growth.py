"""The whole country's communes: the tree of a day and the pages beside it ask as little as for a handful of units."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.organisation.models import Unit, UnitVersion
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
COMMUNES = 3_321
MOST = 7  # statements, session and all: the tree of a day takes three, the page of a unit seven
_FILL = """
WITH made AS (
    INSERT INTO organisation_unit (code, kind, recorded_at)
    SELECT 'H98.' || (1000 + n), 'XA', '2025-06-16+07' FROM generate_series(1, %(count)s) n RETURNING id, code)
INSERT INTO organisation_unitversion
  (unit_id, name, name_folded, short_name, parent_id, tier, kind, sort_key, valid_from, recorded_at)
SELECT id, 'UBND xã ' || code, 'ubnd xa ' || code, '', %(parent)s, 'XA', 'XA', code, '2025-07-01', '2025-06-16+07' FROM made
"""


def test_the_tree_of_a_day_renders_with_every_commune_of_the_country(actors: Any, visit: Any) -> None:
    client = visit(actors.leader)
    pages = ("/to-chuc/", "/to-chuc/?ngay=01/01/2026", "/to-chuc/?so-voi=30/06/2025", "/to-chuc/H98.08/")
    client.get(pages[0])
    small = {page: _statements(client, page) for page in pages}
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {"count": COMMUNES, "parent": actors.province.pk})
    assert sum(node.tier == "XA" for node in picture().tree(date(2026, 1, 1))) == COMMUNES
    client.get(pages[0])  # the picture is read anew once
    assert {page: _statements(client, page) for page in pages} == small
    assert max(small.values()) <= MOST
    assert Unit.objects.count() == UnitVersion.objects.count() > COMMUNES


def _statements(client: Any, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
