"""A country's communes and thirty thousand people: pages of the organisation, of people and of posts ask as few statements
as for a tenth of them; lists read no more rows, tables that count everybody read no more than in proportion."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.staffing.tests.province import COMMUNES, EACH, fill

pytestmark = pytest.mark.django_db
TENTH = COMMUNES // 10
MOST = 8
LISTS = (
    "/nhan-su/", "/nhan-su/?q=thu", "/nhan-su/?don-vi=H98.X7", "/nhan-su/?don-vi=H98", "/nhan-su/nang-luong/",
    "/nhan-su/yeu-cau/", "/nhan-su/luu-giu/", "/nhan-su/luu-giu/het-han/", "/bien-che/vi-tri/", "/bien-che/tinh-gian/",
    "/bien-che/tieu-chuan/",
)  # fmt: skip
# What counts everybody, or looks through all of something: in proportion, never more.
TABLES = (
    "/to-chuc/", "/to-chuc/?so-voi=30/06/2025", "/to-chuc/?ngay=31/12/2021", "/to-chuc/su-kien/", "/to-chuc/H98/",
    "/to-chuc/H98.X7/", "/to-chuc/H98.O7/", "/to-chuc/chuc-nang/", "/to-chuc/chuc-nang/ma-tran/?cap=XA",
    "/to-chuc/chuc-nang/giong-nhau/", "/to-chuc/mot-cua/", "/to-chuc/iso/", "/nhan-su/sap-nghi-huu/",
    "/nhan-su/cho-sap-xep/", "/nhan-su/chat-luong/", "/nhan-su/chat-luong/?ban-do=31/12/2021", "/bien-che/",
    "/bien-che/?ban-do=31/12/2021", "/bien-che/quyet-dinh/", "/bien-che/don-vi/H98/", "/bien-che/don-vi/H98.X7/",
    "/bien-che/co-cau-ngach/", "/ban-do/",
)  # fmt: skip


def test_pages_cost_no_more_with_every_commune_and_thirty_thousand_people(
    actors: Any, make_person: Any, visit: Any
) -> None:
    readers = [visit(actors.personnel), visit(make_person("leader", actors.province, username="chu.tich"))]
    fill(actors.province, 1, TENTH)
    small = [_costs(client) for client in readers]
    fill(actors.province, TENTH + 1, COMMUNES)
    large = [_costs(client) for client in readers]
    for before, after in zip(small, large, strict=True):
        assert {page: statements for page, (statements, _) in after.items()} == {
            page: statements for page, (statements, _) in before.items()
        }
        assert {page: n for page, (n, _) in after.items() if n > MOST} == {}
        grown = {
            page: (before[page][1], rows)
            for page, (_, rows) in after.items()
            if rows > (2 * before[page][1] + 400 if page in LISTS else 12 * before[page][1] + 2_000)
        }
        assert grown == {}
    assert COMMUNES * EACH > 29_000


def _costs(client: Any) -> dict[str, tuple[int, int]]:
    """Statements and rows read of each page the reader may open, once caches are warm."""
    found: dict[str, tuple[int, int]] = {}
    for page in (*LISTS, *TABLES):
        if client.get(page).status_code == 403:
            continue
        before = _read()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200, page
        found[page] = len(captured), _read() - before
    return found


def _read() -> int:
    """Rows read in this transaction so far, out of the tables of these areas."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
            " WHERE relname ~ '^(organisation|people|staffing)_'"
        )
        return int(cursor.fetchone()[0] or 0)
