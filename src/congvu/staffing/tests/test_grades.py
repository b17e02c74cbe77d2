"""The grade structure: exact shares beside caps, by people and by scheme; every number opens its people."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.organisation.tests.make import a_unit
from congvu.people.actions.enter import Step
from congvu.people.rules.codes import CONTRACT
from congvu.people.tests.make import a_person, post
from congvu.staffing.rules.grades import ALL_RANKS, RankShare, by_rank, caps_of, shares
from congvu.staffing.rules.kinds import CONG_CHUC
from congvu.staffing.rules.schemes import Job
from congvu.staffing.tests.test_schemes import a_scheme
from congvu.staffing.tests.test_screens import text_of


@pytest.mark.parametrize(
    ("count", "whole", "over"), [(1, 2, False), (2, 3, True), (0, 0, False), (5, 10, False), (6, 11, True)]
)
def test_half_is_not_more_than_half(count: int, whole: int, over: bool) -> None:
    assert RankShare("cvc", count, whole, Fraction(50)).over is over


def test_a_part_of_a_person_is_nobody_and_without_a_cap_nothing_is_over() -> None:
    assert RankShare("cvc", 3, 7, Fraction(50)).allowed == 3
    assert (RankShare("cvc", 7, 7, None).over, RankShare("cvc", 7, 7, None).allowed) == (False, None)


@given(st.dictionaries(st.sampled_from(ALL_RANKS), st.integers(0, 40)), st.fractions(0, 100))
def test_over_is_said_exactly_when_more_hold_it_than_the_cap_lets(
    counts: dict[str, int], cap: Fraction
) -> None:
    told = shares(counts, {"cvc": cap})
    assert sum(one.count for one in told) == sum(counts.values())
    (one,) = [share for share in told if share.rank == "cvc"]
    assert one.over == (one.count > (one.allowed or 0))


def test_grades_of_other_branches_count_with_their_equals() -> None:
    assert by_rank({"01.002": 2, "04.024": 1, "01.010": 3, "": 1}) == {"cvc": 3, "nv": 4}
    assert caps_of({"SO": {"cvc": "50", "lạ": "1"}}, "SO") == {"cvc": Fraction(50)}
    assert caps_of({"SO": {"cvc": "50"}}, "XA") == {}


@pytest.fixture
def staff(actors: Any) -> None:
    room = a_unit("H98.08.01", "Văn phòng Sở", actors.home)
    for number, (unit, grade) in enumerate(((actors.home, "01.002"), (room, "01.002"), (room, "01.003"))):
        a_person(unit, f"Trần Thử {number}", salary=Step(grade, 2, date(2024, 1, 1)))
    a_person(room, "Lê Lái Xe", posts=(post(room, "Lái xe", pool=CONTRACT),))
    a_scheme(
        actors.home,
        Job("LĐ-01", "Giám đốc", "lanh_dao", CONG_CHUC, "01.002", 1),
        Job("CN-01", "Chuyên viên", "chuyen_nganh", CONG_CHUC, "01.003", 3),
        since=date(2026, 1, 1),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "?don-vi=H98.08", "?don-vi=H98"])
@pytest.mark.parametrize("who", ["personnel", "leader"])
def test_every_number_opens_its_people(actors: Any, visit: Any, staff: None, asked: str, who: str) -> None:
    client = visit(actors.of(who))
    for row in client.get(f"/bien-che/co-cau-ngach/{asked}").context["rows"]:
        assert len(client.get(row["whole_url"]).context["lines"]) == row["whole"]
        for cell in row["people"]:
            assert len(client.get(cell.url).context["lines"]) == cell.share.count, cell.url


@pytest.mark.django_db
def test_the_page_shows_who_exceeds_with_the_amber_badge(actors: Any, visit: Any, staff: None) -> None:
    client = visit(actors.personnel)
    page = text_of(client.get("/bien-che/co-cau-ngach/"))
    assert "Sở Nội vụ Có mặt 3 – 2 66,7% tối đa 1 (50%)" in page
    assert "Đề án 4 – 1 25,0% 3 75,0%" in page
    assert "1 đơn vị vượt" in page
    assert "chưa đối chiếu" in page
    a_unit("H98.77", "Sở Vắng", actors.province)
    assert "Không có đơn vị nào vượt" in text_of(client.get("/bien-che/co-cau-ngach/?vuot=1&ngay=1/1/2020"))


@pytest.mark.django_db
def test_the_sheet_holds_the_same_numbers(actors: Any, visit: Any, staff: None) -> None:
    answer = visit(actors.personnel).get("/bien-che/co-cau-ngach/tai-ve/")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[4][:9] == ("Sở Nội vụ", "Có mặt", 3, 0, 0, None, 2, 66.67, 1)
    assert rows[5][:9] == ("Sở Nội vụ", "Đề án", 4, 0, 0, None, 1, 25, 2)
    assert "chưa đối chiếu" in rows[1][0]


@pytest.mark.django_db
def test_it_takes_few_statements(
    actors: Any, visit: Any, staff: None, django_assert_max_num_queries: Any
) -> None:
    client = visit(actors.personnel)
    client.get("/bien-che/co-cau-ngach/")
    with django_assert_max_num_queries(8):
        client.get("/bien-che/co-cau-ngach/?don-vi=H98.08")


@pytest.mark.browser
def test_the_grade_structure_is_accessible(
    page: Any, actors: Any, staff: None, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    enter(page, actors.personnel)
    page.goto("/bien-che/co-cau-ngach/")
    assert_accessible(page)
    keep_picture(page, "grades")
