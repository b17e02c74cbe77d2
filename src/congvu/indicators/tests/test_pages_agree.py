"""What the page of a figure says is what every other reader is answered; a sheet enters what its trial showed."""

import re
from datetime import date, datetime
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from congvu.dossiers.actions.charge_fee import charge_fee
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.void_receipt import void_receipt
from congvu.dossiers.models import FeeEntry
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.tests.make import a_place, at
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.models import HandFigure
from congvu.indicators.queries.answer import answer
from congvu.indicators.queries.populations import source_of
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import reader_of, the_province
from congvu.indicators.rules.figure_sheet import HEADINGS
from congvu.indicators.tests.make import Ground
from congvu.indicators.tests.test_hand_figures import NOW, OCTOBER, defined, october, typed
from congvu.indicators.tests.test_maps import ground
from congvu.organisation.queries import picture
from congvu.organisation.tests.make import a_unit
from congvu.staffing.models import Scheme

pytestmark = pytest.mark.django_db
__all__ = ["ground"]
PAGE = "/thong-ke/so-lieu/vb.ban-hanh/?ky=thang&nam=2026&so=10"


def a_book(rows: list[tuple[Any, ...]]) -> BytesIO:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *rows):
        sheet.append(row)
    sheet.merge_cells("J4:J5")
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "so.xlsx"
    return file


def test_a_book_with_days_and_decimals_enters_what_its_trial_showed_and_no_refused_line(
    ground: Ground, make_person: Any, visit: Any
) -> None:
    defined("gio.hop", measure="giờ", name="Giờ họp")
    leader = visit(make_person("leader", ground.province))
    days = (datetime(2026, 10, 1), datetime(2026, 10, 31))
    said = ("12/BC", "Báo cáo quý")
    file = a_book(
        [
            ("gio.hop", "", *days, 12.345, None, None, "", "", *said),
            ("gio.hop", "H99.08", *days, 1500, None, None, "", "", *said),
            ("gio.hop", "H99.09", *days, 7, None, None, "", "", *said),
            ("gio.hop", "H99.31", *days, 8, None, None, "", "", "", said[1]),
        ]
    )
    tried = leader.post("/thong-ke/nhap-tay/tep/", {"file": file, "viec": "thu"}).content.decode()
    carried = re.search(r'name="bang"[^>]*value="([^"]*)"', tried) or re.search(
        r'name="bang"[^>]*>([^<]*)<', tried
    )
    assert carried is not None and "ô gộp" in tried
    text = unescape(carried.group(1))
    assert leader.post("/thong-ke/nhap-tay/tep/", {"bang": text, "viec": "ghi"}).status_code == 302
    numbers = {
        row.unit_id: (row.first, row.last, str(row.numerator.normalize()))
        for row in HandFigure.objects.all()
        if row.numerator
    }
    assert numbers == {None: (*OCTOBER, "12.345"), ground.units[0].pk: (*OCTOBER, "1.5E+3")}


def test_the_page_of_a_unit_is_cut_by_unit_alone(ground: Ground, make_person: Any, visit: Any) -> None:
    leader = visit(make_person("leader", ground.province))
    page = "/thong-ke/so-lieu/ho-so.tiep-nhan/?ky=thang&nam=2026&so=9&don-vi=H99.08"
    of_unit = leader.get(page).content.decode()
    for cut in ("month", "tier", "field", "channel", "procedure"):
        shown = leader.get(f"{page}&theo={cut}").content.decode()
        total = re.search(r'<div class="h3 mb-1">(.*?)</div>', shown, re.DOTALL)
        assert total is not None and total.group(1) in of_unit, cut
        assert "UBND xã Hòa Bình" not in shown and "Cấp xã" not in shown and '<svg class="ch"' not in shown


def test_the_page_of_a_figure_entered_by_hand_says_what_the_reader_is_answered(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    defined()
    office = a_unit("H99.08.01", "Chi cục Văn thư", ground.units[0])
    of_office = enter_figures([typed(5, unit=office.pk)], by=SYSTEM, at=NOW)[0]
    enter_figures([typed(20, unit=ground.units[0].pk), typed(7, unit=ground.units[1].pk)], by=SYSTEM, at=NOW)
    assert answer("vb.ban-hanh", *october()).value.numerator == 27, "the office is within its department"
    of_unit = answer("vb.ban-hanh", *october(), unit=ground.units[0].pk)
    assert of_unit.value.numerator == 20, "a unit's own number is not added to that of its office"
    leader = visit(make_person("leader", ground.province))
    with django_assert_max_num_queries(8):
        shown = leader.get(PAGE).content.decode()
    assert '<b class="num">27</b>' in shown
    assert '<b class="num">20</b>' in leader.get(f"{PAGE}&don-vi=H99.08").content.decode()
    later = datetime(2026, 11, 20, 15, tzinfo=LEGAL_ZONE)
    enter_figures([typed(9, unit=office.pk, replaces=of_office.pk), typed(30)], by=SYSTEM, at=later)
    then = f"{PAGE}&luc=2026-11-20T12:00:00%2B07:00"
    assert '<b class="num">27</b>' in leader.get(then).content.decode(), "as it was known then"
    now = leader.get(PAGE).content.decode()
    assert '<b class="num">30</b>' in now and "cộng các đơn vị được 27" in now


def test_a_voided_receipt_is_no_payment_from_the_moment_it_was_voided() -> None:
    place = a_place()
    one = place.received("2026-10-05 09:00").id
    charge_fee([one], 150_000, "Lệ phí", by=place.clerk, at=at("2026-10-05 09:10"))
    collect_fee([one], way=PayWay.TRANSFER, by=place.clerk, at=at("2026-10-05 09:20"))
    receipt = FeeEntry.objects.get(kind="paid")
    question, known = ask(*OCTOBER, today=date(2026, 11, 20)), picture()
    before = ask(*OCTOBER, today=date(2026, 11, 20), known_on=date(2026, 10, 5))
    paid, voided = (("paid", ("co",)),), (("voided", ("co",)),)

    def counted(code: str, where: Any, asked: Any) -> int:
        reader = the_province(asked, known)
        return sum(source_of(code).count([where], asked, reader, known)[0].values())

    assert counted("dossiers", paid, question) == 1
    void_receipt(receipt.pk, "Ghi nhầm", by=place.clerk, at=at("2026-10-06 10:00"))
    assert (counted("dossiers", paid, question), counted("payments", voided, question)) == (0, 1)
    assert (counted("dossiers", paid, before), counted("payments", voided, before)) == (1, 0)


def test_a_scheme_is_shown_to_whom_its_unit_is_shown(ground: Ground, make_person: Any) -> None:
    for unit in ground.units[:2]:
        Scheme.objects.create(
            unit=unit, version=1, state="APPROVED", drafted_at=NOW, drafted_by="Người thử", decision_number="1/QĐ",
            signed_on=date(2026, 1, 5), issuer="UBND tỉnh", valid_from=date(2026, 1, 10), approved_at=NOW,
            approved_by="Người thử",
        )  # fmt: skip
    question, known = ask(*OCTOBER, today=NOW.date()), picture()
    keeper = make_person("personnel", ground.units[0]).actor
    for reader, units in (
        (reader_of(keeper, NOW.date(), known), {ground.units[0].pk}),
        (the_province(question, known), {one.pk for one in ground.units[:2]}),
    ):
        assert set(source_of("schemes").count([()], question, reader, known)[0]) == units
        assert {
            row.unit_id for row in source_of("schemes").records((), question, reader, known).rows
        } == units
