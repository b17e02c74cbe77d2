"""The share of dossiers that used a paper again: counted once, every number opens as many, through the access predicate."""

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from congvu.dossiers.access import Visible
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.models import DossierPaper, EnvelopeMember
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.dossiers.tests.test_envelopes import born
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.reuse import reuse_of, reuse_records
from congvu.indicators.rules.reuse import Asked, Reuse

pytestmark = pytest.mark.django_db
PAGE, BOOK = "/thong-ke/tai-su-dung/", "/thong-ke/tai-su-dung/tai-ve/"
ALL = Visible(True, (), None)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
NOVEMBER = "?ky=thang&nam=2026&so=11"


@pytest.fixture
def lived(frozen_clock: Any) -> Place:
    """A birth, the two procedures that took its certificate as their paper, and two dossiers that used nothing."""
    place = a_place()
    made = receive_envelope(an_envelope(place, a_group()), by=place.clerk, at=at("2026-11-20 09:00"))
    born(place, made)
    for when in ("2026-11-19 09:00", "2026-10-30 09:00"):
        place.received(when)
    home = EnvelopeMember.objects.get(envelope=made.id, position=2).dossier_id
    frozen_clock.move_to(at("2026-11-30 10:00"))
    DossierPaper.objects.filter(dossier=home, name="Tờ khai").update(digitised=Digitised.REUSED_PAPER)
    return place


def test_a_dossier_that_used_both_kinds_counts_once(lived: Place) -> None:
    question = ask(FIRST, LAST, today=LAST)
    assert reuse_of(question, ALL, By.UNIT).total == Reuse(received=4, reused=2, result=2, paper=1)
    assert reuse_of(question, ALL, By.FORM).total == Reuse(4, 2, 2, 1)


@pytest.mark.parametrize("by", [By.FORM, By.UNIT])
def test_every_number_is_the_number_of_its_dossiers(lived: Place, by: By) -> None:
    question = ask(FIRST, LAST, today=LAST)
    told = reuse_of(question, ALL, by)
    for row in (*told.rows, told.row("")):
        for asked in Asked:
            found = reuse_records(ALL, question, by, row.key, asked, today=LAST)
            assert len(found.rows) == row.counts.of(asked)


def test_a_paper_added_after_the_period_changes_nothing_in_it(lived: Place) -> None:
    question = ask(FIRST, date(2026, 11, 20), today=LAST)
    before = reuse_of(question, ALL, By.UNIT).total
    late = DossierPaper.objects.order_by("id").filter(name="Giấy chứng sinh").first()
    assert late is not None
    DossierPaper.objects.filter(pk=late.pk).update(
        digitised=Digitised.REUSED_RESULT, added_at=at("2026-11-25 09:00")
    )
    assert reuse_of(question, ALL, By.UNIT).total == before
    assert reuse_of(ask(FIRST, LAST, today=LAST), ALL, By.UNIT).total.reused == 3


def test_who_sees_nothing_counts_nothing(lived: Place) -> None:
    question = ask(FIRST, LAST, today=LAST)
    assert reuse_of(question, Visible(False, (), None), By.UNIT).total == Reuse()
    concerned = Visible(False, (lived.police.pk,), None)  # of the four one passes through its hands
    assert reuse_of(question, concerned, By.UNIT).total == Reuse(received=1)


def test_the_page_opens_its_numbers_within_its_budget_and_gives_a_book(
    lived: Place, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    client = visit(make_person("leader", lived.province))
    text = client.get(PAGE + NOVEMBER).content.decode()
    assert '<b class="num">50,0%</b>' in text
    links = set(re.findall(r'<a class="(?:d|q num)" href="([^"#]+)#ban-ghi"[^>]*>(\d+)</a>', text))
    assert len(links) >= 5
    for url, n in links:
        with django_assert_max_num_queries(8):
            opened = client.get(PAGE + url.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<a class="code" href="/ho-so/', opened)) == int(n), url
    for query in ("", "&theo=unit", "&mo=dung-lai"):
        sent = b"".join(client.get(BOOK + NOVEMBER + query).streaming_content)
        assert "xl/workbook.xml" in zipfile.ZipFile(BytesIO(sent)).namelist()
    assert client.get(PAGE + NOVEMBER + "&mo=khac").status_code == 422
    assert client.get(PAGE + "?ky=tu-chon&tu=32/1/2026&den=").status_code == 422
