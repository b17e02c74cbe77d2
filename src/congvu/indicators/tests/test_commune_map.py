"""The map of communes: classes, tiles and outlines, every number opens what it counts, more communes cost no more."""

import json
import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.rules.map_figures import CLASSES, Value, class_of, classes
from congvu.indicators.tests.make import Ground, moment
from congvu.indicators.tests.test_maps import a_case, reorganise
from congvu.indicators.tests.test_maps import ground as ground  # a fixture
from congvu.organisation.actions.import_boundaries import import_boundaries
from congvu.organisation.tests.make import a_unit

pytestmark = pytest.mark.django_db
MAP = "/ban-do/?ky=thang&nam=2026&so=9"
FIGURES = ("ty-le-dung-han", "qua-han", "ty-le-dung-lai", "dung-han:xong", "bien-che:co-mat", "doi-ngu:nu")
TODAY = "&ban-do=20/11/2026"


@given(st.lists(st.fractions(0, 1, max_denominator=9), max_size=60))
def test_every_value_stands_in_one_class_and_equal_values_in_the_same(values: list[Fraction]) -> None:
    found = classes(values)
    assert len(found) <= CLASSES and sum(one.members for one in found) == len(values)
    for value in values:
        assert sum(one.low <= value <= one.high for one in found) == 1
        assert class_of(value, found) is not None
    assert [one.low for one in found] == sorted(one.low for one in found)
    assert class_of(None, found) is None and Value(0, 0).exact is None


@pytest.fixture
def leader(ground: Ground, make_person: Any, visit: Any) -> Any:
    return visit(make_person("leader", ground.province))


def rows_of(text: str) -> dict[str, list[str]]:
    """Commune -> its cells."""
    body = text[text.index("Số liệu từng xã") :]
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S)[1:]:
        name, *cells = (
            re.sub(r"<[^>]*>|\s+", " ", one).strip()
            for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        )
        found[name.split("  ")[0]] = cells
    return found


def test_a_share_of_every_commune_on_the_map_of_the_end_of_the_period(
    ground: Ground, leader: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        text = leader.get(MAP).content.decode()
    found = rows_of(text)
    assert found["UBND xã Hòa Bình"] == ["1", "50,0%", "1", "2"]
    assert found["Ngoài các xã: cơ quan cấp tỉnh, đơn vị chưa phân bổ"][1:] == ["80,0%", "4", "5"]
    assert found["Toàn bộ"][1:] == ["71,4%", "5", "7"]
    assert "<title>Xã Hòa Bình: 50,0% (1/2)</title>" in text


def test_on_todays_map_the_new_communes_have_their_shares_and_open_the_old_ones_records(
    ground: Ground, leader: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    text = leader.get(f"{MAP}{TODAY}&so-lieu=bieu-06:c3").content.decode()
    found = rows_of(text)
    (new,) = (name for name in found if name.startswith("UBND xã Mới"))
    assert found[new][-1] == "1,8" and not any(name.startswith("UBND xã Hòa Bình") for name in found)
    url = next(u for u in re.findall(r'href="(\?[^"#]+xa=H99.32[^"#]*)#ban-ghi"', text)).replace("&amp;", "&")
    with django_assert_max_num_queries(8):
        opened = leader.get("/ban-do/" + url).content.decode()
    assert "3/5 của UBND xã Hòa Bình" in opened
    assert len(re.findall(r'<a class="code" href="/ho-so/|<span class="code">T-', opened)) == 3


@pytest.mark.parametrize(
    "figure",
    FIGURES,
)
def test_every_kind_of_figure_stays_within_the_budget(
    leader: Any, ground: Ground, figure: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        assert leader.get(f"{MAP}&so-lieu={figure}").status_code == 200
    with django_assert_max_num_queries(8):
        opened = leader.get(f"{MAP}&so-lieu={figure}&xa=H99.31")
    assert opened.status_code == (422 if figure.split(":")[0] in ("bien-che", "doi-ngu") else 200)


def test_more_communes_take_no_more_statements(
    ground: Ground, leader: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(100, 220):
        ground.units.append(
            a_unit(f"H99.{number}", f"UBND xã Số {number}", ground.province, kind="XA", tier="XA")
        )
        ground.tiers.append("XA")
    ground.write([a_case(at, 3, ended=9) for at in range(3, len(ground.units))])
    leader.get(MAP)
    with django_assert_max_num_queries(8):
        text = leader.get(MAP).content.decode()
    assert text.count("<title>Xã Số") == 120


def test_with_the_outline_of_every_commune_the_map_is_drawn_by_them(ground: Ground, leader: Any) -> None:
    assert "mỗi ô một xã" in leader.get(MAP).content.decode()
    ring = [[105.0, 21.0], [105.2, 21.0], [105.2, 21.1], [105.0, 21.0]]
    feature = {
        "type": "Feature", "properties": {"code": "H99.31"}, "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip
    file = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    at = moment(date(2026, 11, 20))
    import_boundaries("x.geojson", file, on=at.date(), by=SYSTEM, at=at)
    text = leader.get(MAP).content.decode()
    assert "theo ranh giới đã nhập" in text and 'class="k0" fill-rule="evenodd" d="M' in text
    reorganise(ground)
    assert "mỗi ô một xã" in leader.get(MAP + TODAY).content.decode(), "the new commune has no outline"


def test_what_cannot_be_asked_is_said_in_words(
    ground: Ground, leader: Any, make_person: Any, visit: Any
) -> None:
    for query in ("&so-lieu=khong-co", "&xa=H99.99", "&ban-do=hom", "&ky=tuan"):
        assert leader.get(MAP + query).status_code == 422
    assert "không có xã nào" in leader.get(f"{MAP}&ban-do=01/01/1990").content.decode()
    clerk = visit(make_person("clerk", ground.units[0]))
    assert clerk.get(f"{MAP}&so-lieu=doi-ngu:nu").status_code == 422, (
        "people are not for those who read dossiers"
    )


def test_any_figure_of_the_catalogue_colours_the_map_and_opens_its_own_page(
    ground: Ground, leader: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    for code in ("ho-so.nhan-giai-quyet", "so-hoa.thanh-phan", "doi-ngu.nu"):
        with django_assert_max_num_queries(8):
            text = leader.get(f"{MAP}{TODAY}&so-lieu={code}").content.decode()
    text = leader.get(f"{MAP}{TODAY}&so-lieu=ho-so.nhan-giai-quyet").content.decode()
    found = rows_of(text)
    (new,) = (name for name in found if name.startswith("UBND xã Mới"))
    assert found[new][-1] == "1,8", "as the column of Form 06 that counts the same"
    url = next(u for u in re.findall(r'href="(/thong-ke/so-lieu/[^"]+don-vi=H99.32[^"]*)#ban-ghi"', text))
    with django_assert_max_num_queries(8):
        opened = leader.get(url.replace("&amp;", "&")).content.decode()
    assert "UBND xã Mới" in opened and "1,8" in opened
    assert len(re.findall(r'<a class="code" href="/ho-so/|<span class="code">T-', opened)) == 3
    assert "thu-tuc.tong" not in text, "procedures are no unit's"
