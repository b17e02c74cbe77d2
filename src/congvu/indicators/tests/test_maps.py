"""Statistics by unit as the units were then and on the map of any day: same totals, same identities, the same records."""

import re
import zipfile
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest

from congvu.config.cli.form06 import document
from congvu.dossiers.models import FormerUnit
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.form06 import By, Form06, form06
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.rules.changes import NewUnit

pytestmark = pytest.mark.django_db
FORM, BOOK = "/thong-ke/bieu-06/", "/thong-ke/bieu-06/tai-ve/"
FIRST, LAST, TODAY = date(2026, 9, 1), date(2026, 9, 30), date(2026, 11, 20)
MERGED, DIVIDED = date(2026, 10, 1), date(2026, 11, 1)
SEPTEMBER = "?ky=thang&nam=2026&so=9&theo=unit"


def a_case(unit: int, day: int, *, ended: int | None = None, due: int = 20) -> History:
    begun, due_on = moment(date(2026, 9, day)), date(2026, 9, due)
    events = [Happened(begun, 2, due_on, recorded=begun)]
    if ended is not None:
        over = moment(date(2026, 9, ended))
        events.append(Happened(over, 9, due_on, date(2026, 9, ended), recorded=over))
    return History(1, date(2026, 9, day), tuple(events), 0, unit)


@pytest.fixture
def ground(frozen_clock: Any) -> Ground:
    """Five dossiers of the first agency, two of the second, three of the commune; then the second goes whole into the
    first, and the commune is divided: two fifths to an old neighbour, the rest to a new one."""
    ground = Ground()
    lives = [a_case(0, 1 + n, ended=15) for n in range(4)] + [a_case(0, 9)]
    lives += [a_case(1, 3, ended=25), a_case(1, 4)]
    lives += [a_case(2, 5, ended=10), a_case(2, 6), a_case(2, 7, ended=28)]
    ground.ids = ground.write(lives)  # type: ignore[attr-defined]
    return ground


def reorganise(ground: Ground) -> None:
    home, health, commune = ground.units
    signed = Decision("1/NQ-HĐND", date(2026, 9, 30), "HĐND tỉnh")
    merge([health.pk], home.pk, effective=MERGED, decision=signed, by=SYSTEM, at=moment(MERGED))
    new = NewUnit("H99.32", "UBND xã Mới", "UBND", "XA", ground.province.pk)
    receivers = [Receiver(home.pk, Fraction(2, 5)), Receiver(new, Fraction(3, 5))]
    split(
        commune.pk, receivers, ceases=True, under={}, effective=DIVIDED, decision=signed, by=SYSTEM,
        at=moment(DIVIDED),
    )  # fmt: skip


def of_september(map_on: date | None = None, known_on: date | None = None) -> Form06:
    return form06(SYSTEM, FIRST, LAST, today=TODAY, by=By.UNIT, map_on=map_on, known_on=known_on)


def test_as_it_was_then_nothing_that_happened_later_shows(ground: Ground) -> None:
    before = of_september()
    reorganise(ground)
    after = of_september()
    assert [(row.key, row.counts) for row in after.rows] == [(row.key, row.counts) for row in before.rows]
    assert {row.key: row.counts.c3 for row in after.rows} == {"H99.08": 5, "H99.09": 2, "H99.31": 3}


@pytest.mark.parametrize("on", [date(2026, 8, 1), MERGED, DIVIDED, TODAY])
def test_on_every_map_the_totals_and_the_identities_hold(ground: Ground, on: date) -> None:
    reorganise(ground)
    told = of_september(on)
    assert all(holds for _, holds in told.identities)
    assert sum(row.counts.c3 for row in told.rows) == told.total.c3 == 10


def test_on_todays_map_mergers_add_up_and_divided_units_give_by_their_shares(ground: Ground) -> None:
    reorganise(ground)
    told = of_september(TODAY)
    assert {row.key: row.counts.c3 for row in told.rows} == {
        "H99.08": 5 + 2 + Fraction(6, 5),
        "H99.32": Fraction(9, 5),
    }
    merged_only = of_september(MERGED)
    assert {row.key: row.counts.c3 for row in merged_only.rows} == {"H99.08": 7, "H99.31": 3}
    paper = document(told)
    assert paper["map"] == TODAY and paper["rows"][0]["c3"] == "41/5" and paper["total"]["c3"] == 10
    new = next(one for one in paper["allocation"] if one["key"] == "H99.32")
    assert new["from"] == [{"key": "H99.31", "name": "UBND xã Hòa Bình", "share": "3/5", "decimal": 0.6}]


def test_a_dossier_given_to_another_agency_later_is_counted_where_it_was(ground: Ground) -> None:
    moved, home, health = ground.ids[4], *ground.units[:2]  # type: ignore[attr-defined]
    before = of_september()
    known_before = of_september(known_on=date(2026, 10, 14))
    from congvu.dossiers.models import Dossier

    given = moment(date(2026, 10, 15))
    Dossier.objects.filter(pk=moved).update(competent_unit=health, last_event_at=given)
    FormerUnit.objects.create(dossier_id=moved, unit=home, tier="TINH", until=given, recorded_at=given)
    assert of_september().rows == before.rows
    assert of_september(known_on=date(2026, 10, 14)).rows == known_before.rows
    october = form06(SYSTEM, date(2026, 10, 1), date(2026, 10, 31), today=TODAY, by=By.UNIT)
    assert {row.key: row.counts.c11 for row in october.rows} == {"H99.09": 2, "H99.31": 1}


def test_a_number_of_the_map_opens_the_records_of_all_it_is_made_of(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    client = visit(make_person("leader", ground.province))
    query = f"{SEPTEMBER}&ban-do=01/10/2026"
    text = client.get(FORM + query).content.decode()
    links = re.findall(r'<a class="d" href="([^"#]+)#ban-ghi"[^>]*>([\d.,]+)</a>', text)
    assert len(links) > 10
    for url, n in links:
        with django_assert_max_num_queries(8):
            opened = client.get(FORM + url.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<a class="code" href="/ho-so/|<span class="code">T-', opened)) >= int(n), url
    query = f"{SEPTEMBER}&ban-do=20/11/2026&biet=19/11/2026&dong=H99.32&mo=c3"
    with django_assert_max_num_queries(8):
        text = client.get(FORM + query).content.decode()
    assert "3/5 của UBND xã Hòa Bình" in text and 'id="phan-bo"' in text and ">1,8</" in text
    book = zipfile.ZipFile(
        BytesIO(b"".join(client.get(BOOK + f"{SEPTEMBER}&ban-do=20/11/2026").streaming_content))
    )
    assert "Phân bổ" in book.read("xl/workbook.xml").decode()
    assert "3/5" in book.read("xl/sharedStrings.xml").decode()
    records = client.get(BOOK + query)
    sheet = zipfile.ZipFile(BytesIO(b"".join(records.streaming_content))).read("xl/worksheets/sheet1.xml")
    assert sheet.decode().count("<row ") == 1 + 3


def test_a_map_day_that_is_none_is_said_in_words(ground: Ground, make_person: Any, visit: Any) -> None:
    client = visit(make_person("leader", ground.province))
    for typed in ("32/1/2026", "1/1/1500", "hôm nay"):
        answer = client.get(f"{FORM}{SEPTEMBER}&ban-do={typed}")
        assert answer.status_code == 422 and "ban-do" in answer.content.decode()


def test_on_time_by_agency_follows_the_map_and_opens_the_records_of_all(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    client = visit(make_person("leader", ground.province))
    page = "/thong-ke/dung-han/?nam=2026"
    then = client.get(page).content.decode()
    assert "Sở Y tế" in then and "UBND xã Hòa Bình" in then
    with django_assert_max_num_queries(8):
        today = client.get(f"{page}&ban-do=20/11/2026").content.decode()
    assert "UBND xã Mới" in today and ">1,2</a>" in today, "three fifths of the two that ended"
    url = next(u for u in re.findall(r'href="(\?[^"#]+don-vi=H99.08&amp;mo=xong)', today))
    with django_assert_max_num_queries(8):
        opened = client.get("/thong-ke/dung-han/" + url.replace("&amp;", "&")).content.decode()
    assert "2/5 của UBND xã Hòa Bình" in opened
    assert len(re.findall(r'<a class="code" href="/ho-so/|<span class="code">T-', opened)) == 4 + 1 + 2
    assert client.get(f"{page}&ban-do=hom").status_code == 422


def test_reuse_by_agency_follows_the_map(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    client, page = visit(make_person("leader", ground.province)), f"/thong-ke/tai-su-dung/{SEPTEMBER}"
    with django_assert_max_num_queries(8):
        text = client.get(f"{page}&ban-do=20/11/2026&mo=tiep-nhan&dong=H99.08").content.decode()
    assert ">8,2</" in text and "2/5 của UBND xã Hòa Bình" in text
    assert len(re.findall(r'<a class="code" href="/ho-so/|<span class="code">T-', text)) == 10
    for query in ("", "&dong=H99.32&mo=tiep-nhan"):
        sent = client.get(f"/thong-ke/tai-su-dung/tai-ve/{SEPTEMBER}&ban-do=20/11/2026{query}")
        assert zipfile.ZipFile(BytesIO(b"".join(sent.streaming_content))).namelist()
