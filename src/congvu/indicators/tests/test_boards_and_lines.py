"""Boards people compose, lines figures cross, comparisons: what is shown, who may, how many statements."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from congvu.dossiers.tests.make import a_place
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.compose_boards import Composed, compose_boards
from congvu.indicators.actions.define_figures import Definition, define_figures
from congvu.indicators.actions.set_lines import Line, drop_lines, look_at_lines, set_lines
from congvu.indicators.models import Board, Crossing, FigureLine
from congvu.indicators.queries.boards import board_of, crossings_of
from congvu.indicators.rules.definitions import Value
from congvu.indicators.rules.figures import BY_FIGURE, FIGURES
from congvu.indicators.rules.lines import Direction, apart, crossed, span_of
from congvu.indicators.tests.make import Ground
from congvu.indicators.tests.test_form06_ten_dossiers import Ten
from congvu.indicators.tests.test_maps import ground, reorganise

pytestmark = pytest.mark.django_db
__all__ = ["ground"]
NOW = datetime(2026, 10, 31, 22, tzinfo=LEGAL_ZONE)


def test_a_line_is_crossed_beyond_it_and_not_on_it() -> None:
    assert crossed(Value(19, 20), Direction.BELOW, Decimal(95)) is False
    assert crossed(Value(189, 200), Direction.BELOW, Decimal(95)) is True
    assert crossed(Value(0, 0), Direction.BELOW, Decimal(95)) is None, "a share of nothing is on no side"
    assert crossed(Value(None), Direction.ABOVE, Decimal(0)) is None
    assert crossed(Value(11), Direction.ABOVE, Decimal(10)) is True


def test_two_measures_have_no_difference() -> None:
    on_time, women, received = (
        BY_FIGURE[code] for code in ("ho-so.dung-han", "doi-ngu.nu", "ho-so.tiep-nhan")
    )
    assert apart(on_time, Value(22, 23), on_time, Value(10, 11)).points == Fraction(1000, 11) - Fraction(
        2200, 23
    )
    assert "khác đơn vị tính" in apart(on_time, Value(1, 2), women, Value(1, 2)).why
    assert "tỷ lệ" in apart(on_time, Value(1, 2), received, Value(1)).why
    assert "chia" in apart(on_time, Value(0, 0), on_time, Value(1, 2)).why
    assert apart(received, Value(7), received, Value(5)).number == -2


def test_the_running_periods_end_today() -> None:
    today = date(2026, 11, 20)
    assert [span_of(one, today).first for one in ("thang", "quy", "nam")] == [
        date(2026, 11, 1), date(2026, 10, 1), date(2026, 1, 1),
    ]  # fmt: skip


def test_a_line_crossed_is_noted_once_and_over_when_the_number_is_back() -> None:
    place = a_place()
    leader = place.leader
    set_lines([Line("ho-so.tiep-nhan", None, Direction.ABOVE, Decimal(5), "thang")], by=SYSTEM, at=NOW)
    assert look_at_lines(at=NOW) == (0, 0)
    Ten(place).go_on()
    assert look_at_lines(at=NOW) == (1, 0) and look_at_lines(at=NOW) == (0, 0)
    row = Crossing.objects.get()
    assert (row.numerator, row.denominator, row.first) == ("7", "", date(2026, 10, 1))
    assert look_at_lines(at=datetime(2026, 11, 1, 5, tzinfo=LEGAL_ZONE)) == (0, 1), (
        "a new month begins at nothing"
    )
    assert crossings_of(leader) == [], "a line is told to whom it belongs"
    set_lines([Line("ho-so.tiep-nhan", None, Direction.ABOVE, Decimal(9), "thang")], by=SYSTEM, at=NOW)
    assert FigureLine.objects.filter(dropped_at=None).get().line == 9, "a line set again is moved"
    assert drop_lines([FigureLine.objects.get(dropped_at=None).pk], by=SYSTEM, at=NOW) == 1
    assert look_at_lines(at=NOW) == (0, 0)


def test_a_board_keeps_its_order_and_begins_with_that_of_the_role(
    ground: Ground, frozen_clock: Any, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    person = make_person("leader", ground.province)
    client, other = visit(person), make_person("clerk", ground.units[0])
    codes = ("ho-so.ton-qua-han", "ho-so.dung-han")
    data = {"ky": "nam", "cho-ho-so.dung-han": "2", "cho-ho-so.ton-qua-han": "1"}
    assert client.post("/thong-ke/bang-theo-doi/lap/", data).status_code == 302
    assert board_of(person.actor) == (codes, "nam", True)
    assert client.post("/thong-ke/bang-theo-doi/lap/", {**data, "vai-tro": "clerk"}).status_code == 302
    assert board_of(other.actor) == (codes, "nam", False)
    with pytest.raises(Refused):
        compose_boards([Composed(codes, "nam", "clerk")], by=other.actor, at=NOW)
    assert client.post("/thong-ke/bang-theo-doi/lap/", {"ky": "nam"}).status_code == 422
    every = {f"cho-{one.code}": str(at) for at, one in enumerate(FIGURES[:13], 1)}
    assert client.post("/thong-ke/bang-theo-doi/lap/", {**every, "ky": "nam"}).status_code == 422
    twelve = [one.code for one in FIGURES if one.code.startswith(("ho-so.", "to-chuc."))][:12]
    compose_boards([Composed(tuple(twelve), "nam")], by=person.actor, at=NOW)
    client.get("/thong-ke/bang-theo-doi/")
    with django_assert_max_num_queries(8):
        shown = client.get("/thong-ke/bang-theo-doi/").content.decode()
    assert shown.count('<section class="cv-panel"') == 12
    define_figures([Definition("a.b", "Số riêng", "văn bản", "Báo cáo")], by=SYSTEM, at=NOW)
    mixed = (
        *twelve[:6],
        "a.b",
        "bien-che.cong-chuc",
        "doi-ngu.nu",
        "thu-tuc.tong",
        "so-hoa.ket-qua",
        "bien-che.giam",
    )
    compose_boards([Composed(mixed, "nam")], by=person.actor, at=NOW)
    with django_assert_max_num_queries(12):
        assert client.get("/thong-ke/bang-theo-doi/").status_code == 200
    assert Board.objects.count() == 2


def test_the_pages_of_comparison_and_lines_work_within_their_statements(
    ground: Ground, frozen_clock: Any, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    client = visit(make_person("leader", ground.province))
    page = "/thong-ke/so-sanh/?so-lieu=ho-so.da-giai-quyet&tu-1=01/09/2026&den-1=30/09/2026&tu-2=01/10/2026&den-2=31/10/2026"
    client.get(page)
    with django_assert_max_num_queries(8):
        told = client.get(page).content.decode()
    assert "so với bên" in told
    mapped = client.get(f"{page}&don-vi-1=H99.32&ban-do-1=20/11/2026&don-vi-2=H99.08").content.decode()
    assert "bản đồ ngày 20/11/2026" in mapped
    assert client.get(page.replace("30/09/2026", "01/08/2026")).status_code == 422
    assert client.get(f"{page}&don-vi-1=khong-co").status_code == 422
    data = {"figure": "ho-so.dung-han", "unit": "", "direction": "duoi", "line": "95", "period": "nam"}
    assert client.post("/thong-ke/canh-bao/", {**data, "line": "95.5"}).status_code == 422
    assert client.post("/thong-ke/canh-bao/", data).status_code == 302
    look_at_lines(at=NOW)
    client.get("/thong-ke/canh-bao/")
    with django_assert_max_num_queries(8):
        shown = client.get("/thong-ke/canh-bao/").content.decode()
    assert "Tỷ lệ giải quyết đúng hạn" in shown and "95%" in shown
    line = FigureLine.objects.get()
    assert client.post("/thong-ke/canh-bao/", {"bo": str(line.pk)}).status_code == 302
