"""Figures as questions: one definition, the same numbers as the form, by unit and on any map, each opening its dossiers."""

import re
import zipfile
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest

from congvu.config.cli import figure as figure_command
from congvu.config.cli import figures as figures_command
from congvu.dossiers.tests.make import a_place
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.figures import by_unit, cut, figure_of, values
from congvu.indicators.queries.form06 import By, form06
from congvu.indicators.queries.history import history
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.statistics import Reader, the_province
from congvu.indicators.rules.figures import BY_FIGURE, FIGURES, Dossiers, Measure, Value
from congvu.indicators.tests.make import Ground
from congvu.indicators.tests.test_form06_ten_dossiers import Ten
from congvu.indicators.tests.test_maps import ground, reorganise
from congvu.indicators.web.history_drawing import drawn_history
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
__all__ = ["ground"]
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
TODAY = date(2026, 11, 20)
OVER_DOSSIERS = [one for one in FIGURES if isinstance(one.counted, Dossiers)]


def asked(period: tuple[date, date]) -> Question:
    return ask(*period, today=TODAY)


def everything() -> Reader:
    return the_province(asked(OCTOBER), picture())


def numbers(period: tuple[date, date]) -> dict[str, tuple[Any, Any]]:
    found = values(OVER_DOSSIERS, asked(period), everything(), picture())
    return {code: (one.numerator, one.denominator) for code, one in found.items()}


@pytest.fixture
def ten() -> Ten:
    made = Ten(a_place())
    made.go_on()
    return made


def test_the_ten_dossiers_of_october_give_the_numbers_of_the_form(ten: Ten) -> None:
    assert numbers(OCTOBER) == {
        "ho-so.nhan-giai-quyet": (9, None), "ho-so.tiep-nhan": (7, None), "ho-so.truc-tuyen": (3, 7),
        "ho-so.da-giai-quyet": (5, None), "ho-so.dung-han": (4, 5), "ho-so.dung-han-tiep-nhan": (4, 9),
        "ho-so.truoc-han": (1, 5), "ho-so.giai-quyet-qua-han": (1, None), "ho-so.dang-giai-quyet": (4, None),
        "ho-so.ton-qua-han": (1, None), "ho-so.nop-truc-tuyen": (3, None), "ho-so.nop-truc-tiep": (4, None),
        "ho-so.ky-truoc": (2, None), "ho-so.xong-truoc-han": (1, None), "ho-so.xong-dung-han": (3, None),
        "ho-so.cong-dan-rut": (1, None), "ho-so.trong-han": (3, None), "ho-so.ty-le-ton-qua-han": (1, 4),
        "ho-so.dung-han-cap-tinh": (4, 5), "ho-so.dung-han-cap-xa": (0, 0), "ho-so.truc-tuyen-cap-tinh": (3, 7),
        "ho-so.truc-tuyen-cap-xa": (0, 0),
    }  # fmt: skip


def test_all_figures_over_dossiers_are_one_statement(ten: Ten, django_assert_num_queries: Any) -> None:
    seen, known = everything(), picture()
    with django_assert_num_queries(1):
        values(OVER_DOSSIERS, asked(OCTOBER), seen, known)


@pytest.mark.parametrize("code", [one.code for one in OVER_DOSSIERS])
@pytest.mark.parametrize("on", [None, date(2026, 10, 1), TODAY])
def test_by_unit_by_tier_and_by_field_it_adds_up_to_the_whole(
    ground: Ground, code: str, on: date | None
) -> None:
    reorganise(ground)
    figure, question, seen = figure_of(code), asked(SEPTEMBER), everything()
    known = picture()
    whole = values([figure], question, seen, known)[code]
    nothing = Value(0, None if figure.out_of is None else 0)
    for rows in (
        by_unit(figure, question, seen, known, on),
        cut(figure, question, seen, By.TIER),
        cut(figure, question, seen, By.FIELD),
        cut(figure, question, seen, By.CHANNEL),
        cut(figure, question, seen, By.PROCEDURE),
    ):
        assert sum((row.value for row in rows), nothing) == whole


def test_on_todays_map_a_share_is_made_of_divided_numbers_and_rounded_by_nobody(ground: Ground) -> None:
    reorganise(ground)
    rows = by_unit(figure_of("ho-so.dung-han"), asked(SEPTEMBER), everything(), picture(), TODAY)
    told = {row.key: (row.value.numerator, row.value.denominator) for row in rows}
    assert told["H99.32"] == (Fraction(3, 5), Fraction(6, 5))
    assert next(row for row in rows if row.key == "H99.32").value.share == 50


def test_a_share_of_nothing_is_nothing_and_no_number() -> None:
    assert Value(0, 0).share is None
    with pytest.raises(ValueError, match="no sum"):
        Value(1) + Value(1, 2)


def test_figures_of_two_measures_are_told_apart() -> None:
    assert {Measure.DOSSIERS, Measure.POSTS, Measure.PEOPLE} <= {one.measure for one in FIGURES}
    assert len(FIGURES) >= 60, "what a province is asked for every quarter"
    assert len(BY_FIGURE) == len(FIGURES), "a code names one figure"
    assert all(len(one.parts) == len(one.counts) for one in FIGURES), "each of its numbers has its words"


def test_an_unknown_figure_and_a_cut_it_has_not_are_refused() -> None:
    with pytest.raises(Refused, match="Không có số liệu «gì»"):
        figure_of("gì")
    with pytest.raises(Refused, match="không chia theo cấp"):
        cut(figure_of("doi-ngu.nu"), asked(OCTOBER), everything(), By.TIER)


def test_the_commands_say_the_two_numbers_the_value_and_the_records(ten: Ten) -> None:
    one = figure_command.document("ho-so.dung-han-tiep-nhan", *OCTOBER, "unit", None)
    assert (one["numerator"], one["denominator"], one["value"], one["flag"], one["records"]) == (
        4, 9, 44.44, "computed", 4,
    )  # fmt: skip
    assert sum(row["numerator"] for row in one["rows"]) == 4
    every = figures_command.document(*OCTOBER)["figures"]
    assert [row["code"] for row in every] == [one.code for one in FIGURES]
    assert form06(SYSTEM, *OCTOBER, today=TODAY).total.c3 == every[0]["value"]


def test_the_pages_open_every_number(
    ground: Ground, frozen_clock: Any, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    client = visit(make_person("leader", ground.province))
    assert "không phát sinh" in client.get("/thong-ke/so-lieu/?ky=thang&nam=1999&so=9").content.decode()
    with django_assert_max_num_queries(8):
        listed = client.get("/thong-ke/so-lieu/?ky=thang&nam=2026&so=9").content.decode()
    assert "/thong-ke/so-lieu/ho-so.dung-han/?ky=thang&amp;nam=2026&amp;so=9" in listed
    page = "/thong-ke/so-lieu/ho-so.da-giai-quyet/"
    for query in (
        "ban-do=20/11/2026",
        "theo=tier",
        "theo=field",
        "theo=channel",
        "theo=procedure",
        "don-vi=H99.08",
        "",
    ):
        with django_assert_max_num_queries(8):
            text = client.get(f"{page}?ky=thang&nam=2026&so=9&{query}").content.decode()
        links = re.findall(r'<a class="d" href="([^"#]+)#ban-ghi"[^>]*>([\d.,]+)</a>', text)
        assert len(links) > 1
        for url, n in links:
            with django_assert_max_num_queries(8):
                opened = client.get(page + url.replace("&amp;", "&")).content.decode()
            found = len(re.findall(r'<a class="code" href="/ho-so/|<span class="code">T-', opened))
            assert found >= float(n.replace(",", ".")), url
    book = client.get(f"{page}tai-ve/?ky=thang&nam=2026&so=9&ban-do=20/11/2026&dong=H99.32&mo=tu")
    sheet = zipfile.ZipFile(BytesIO(b"".join(book.streaming_content))).read("xl/worksheets/sheet1.xml")
    assert sheet.decode().count("<row ") == 1 + 2


def test_posts_and_people_are_shown_to_whom_the_province_shows_them(
    ground: Ground, frozen_clock: Any, make_person: Any, visit: Any
) -> None:
    clerk = visit(make_person("clerk", ground.units[0]))
    assert "Biên chế công chức" not in clerk.get("/thong-ke/so-lieu/").content.decode()
    assert clerk.get("/thong-ke/so-lieu/bien-che.cong-chuc/").status_code == 404
    keeper = visit(make_person("personnel", ground.province))
    text = keeper.get("/thong-ke/so-lieu/?muc=posts").content.decode()
    assert "Biên chế công chức được giao" in text and "Hồ sơ tiếp nhận" not in text
    assert keeper.get("/thong-ke/so-lieu/doi-ngu.nu/").status_code == 200


def test_a_figure_or_a_number_that_is_gone_is_said_in_words(
    ground: Ground, frozen_clock: Any, make_person: Any, visit: Any
) -> None:
    client = visit(make_person("leader", ground.province))
    assert client.get("/thong-ke/so-lieu/khong-co/").status_code == 404
    answer = client.get("/thong-ke/so-lieu/ho-so.tiep-nhan/?mo=mau")
    assert answer.status_code in (400, 422) and "không có số «mau»" in answer.content.decode()


def test_months_add_up_to_what_the_same_period_tells_and_the_picture_has_its_table(
    ten: Ten, django_assert_num_queries: Any
) -> None:
    seen, known = everything(), picture()
    figure = figure_of("ho-so.tiep-nhan")
    with django_assert_num_queries(1):
        months = history(figure, asked(OCTOBER), seen, known)
    assert (
        len(months) == 12 and months[-1].value == values([figure], asked(OCTOBER), seen, known)[figure.code]
    )
    drawing = drawn_history([(f"{one.question.first:%m/%Y}", one.value) for one in months])
    assert len(drawing.columns) == 12 and drawing.columns[-1].label == "10/26"


def test_a_reader_is_told_how_many_records_he_does_not_see(
    ground: Ground, frozen_clock: Any, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    page = "/thong-ke/so-lieu/ho-so.da-giai-quyet/?ky=thang&nam=2026&so=9&mo=tu"
    clerk = visit(make_person("clerk", ground.units[0]))
    clerk.get(page)
    with django_assert_max_num_queries(8):
        told = clerk.get(page).content.decode()
    assert "nằm ngoài phạm vi bạn được xem" in told
    assert "nằm ngoài phạm vi" not in visit(make_person("leader", ground.province)).get(page).content.decode()


def test_a_number_frozen_at_a_moment_opens_as_it_was_known_then(
    ten: Ten, frozen_clock: Any, make_person: Any, visit: Any
) -> None:
    leader = visit(make_person("leader", ten.place.province))
    page = "/thong-ke/so-lieu/ho-so.tiep-nhan/?ky=tu-chon&tu=01/10/2026&den=31/10/2026"
    before = leader.get(f"{page}&luc=2026-10-01T00:00:00%2B07:00").content.decode()
    assert "như đã biết lúc báo cáo chốt" in before and '<b class="num">0</b> hồ sơ' in before
    assert leader.get(f"{page}&luc=hom-qua").status_code in (400, 422)
