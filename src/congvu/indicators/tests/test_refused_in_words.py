"""What an office may not define or watch is refused in words; no button leads to a refusal; a book that was cut says so."""

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.actions.set_lines import Line, set_lines
from congvu.indicators.queries.commune_map import statistic_behind
from congvu.indicators.queries.counts import BY_CHANNEL
from congvu.indicators.queries.engines.counting import count_many
from congvu.indicators.queries.figures import figure_of, offered
from congvu.indicators.rules.conditions import All
from congvu.indicators.rules.figures import BY_FIGURE
from congvu.indicators.rules.lines import Direction
from congvu.indicators.rules.map_figures import SHARES, of_catalogue
from congvu.indicators.tests.make import Ground
from congvu.indicators.tests.test_hand_figures import NOW, defined, october, typed
from congvu.indicators.tests.test_maps import ground
from congvu.indicators.tests.test_populations import defined as written

pytestmark = pytest.mark.django_db
__all__ = ["ground"]


def a_share(code: str, words: str) -> None:
    defined(code, population="units", share=True, where={"tier": ["XA"]}, words=words)


def test_a_share_says_what_it_is_divided_by(ground: Ground) -> None:
    with pytest.raises(Refused, match="chưa nói chia cho gì"):
        a_share("don-vi.xa", "Tỷ lệ xã")
    a_share("don-vi.xa-moi", "Số xã chia cho số đơn vị")
    written("don-vi.xa", population="units", share=True, where={"tier": ["XA"]}, words="Tỷ lệ xã")  # before
    columns = statistic_behind(of_catalogue(figure_of("don-vi.xa"))).columns
    assert columns == (("tu", "Tỷ lệ xã"), ("mau", "Tỷ lệ xã"))


def test_a_code_is_one_figure_alone(ground: Ground) -> None:
    with pytest.raises(Refused, match="danh mục chung"):
        defined(SHARES[0].code)
    taken = next(iter(BY_FIGURE))
    written(taken)  # before the catalogue had it
    assert [one.code for one in offered(SYSTEM)].count(taken) == 1


def test_a_line_is_of_a_counted_figure_and_of_a_number_there_is(ground: Ground) -> None:
    defined()
    for figure, line, said in (
        ("ho-so.tiep-nhan", Decimal(10) ** 15, "dưới một triệu tỷ"),
        ("vb.ban-hanh", Decimal(5), "không có ngưỡng"),
    ):
        with pytest.raises(Refused) as refusal:
            set_lines([Line(figure, None, Direction.ABOVE, line, "thang")], by=SYSTEM, at=NOW)
        assert said in refusal.value.sentence()


def test_a_cut_the_facts_have_not_is_refused(ground: Ground) -> None:
    with pytest.raises(Refused, match="Dữ kiện không ghi"):
        count_many([october()[0]], [All(())], BY_CHANNEL, "duckdb")


def test_a_leader_of_a_unit_is_offered_what_is_his_to_do(
    ground: Ground, make_person: Any, visit: Any
) -> None:
    defined()
    enter_figures([typed(61), typed(8, unit=ground.units[0].pk)], by=SYSTEM, at=NOW)
    page = "/thong-ke/so-lieu/vb.ban-hanh/?ky=thang&nam=2026&so=10"
    for person, corrections, defines in (
        (make_person("leader", ground.units[0]), 1, False),
        (make_person("leader", ground.province), 2, True),
    ):
        client = visit(person)
        listed, shown = (client.get(one).content.decode() for one in ("/thong-ke/nhap-tay/", page))
        assert listed.count("/dinh-chinh/") == shown.count("/dinh-chinh/") == corrections
        assert ("Định nghĩa số liệu mới" in listed, "Thôi dùng" in shown) == (defines, defines)
        assert "Đặt cảnh báo" not in shown


def test_a_book_that_was_cut_says_so(
    ground: Ground, make_person: Any, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = visit(make_person("leader", ground.province))
    page = "/thong-ke/so-lieu/ho-so-tap.tat-ca/tai-ve/?ky=thang&nam=2026&so=9&mo=tu"
    defined("ho-so-tap.tat-ca", population="dossiers")

    def words() -> str:
        book = b"".join(leader.get(page).streaming_content)
        return zipfile.ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()

    assert "còn nữa" not in words()
    monkeypatch.setattr("congvu.indicators.web.figure.EXPORTED", 3)
    assert "Chỉ ghi 3 bản ghi đầu, còn nữa" in words()


def test_a_row_of_no_unit_opens_nothing(ground: Ground, make_person: Any, visit: Any) -> None:
    leader = visit(make_person("leader", ground.province))
    defined("tt.tat-ca", population="procedures")
    shown = leader.get("/thong-ke/so-lieu/tt.tat-ca/").content.decode()
    row = shown[shown.index("Không của riêng đơn vị nào") :]
    row, total = row[: row.index("</tr>")], row[row.index("</tr>") :]
    assert 'class="d"' not in row and 'class="d"' in total
