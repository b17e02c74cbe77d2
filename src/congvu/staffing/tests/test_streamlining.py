"""Streamlining: money by the rule of the day, batches approved by decision; people released are not posts cut."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.staffing.actions.record_release import Leaving, approve_batch, record_release, remove_release
from congvu.staffing.models import Release
from congvu.staffing.rules.kinds import CONG_CHUC
from congvu.staffing.rules.streamlining import EARLY, LEAVE, MOVED, Facts, allowance, half_years
from congvu.staffing.tests.make import AT, a_decision, a_line
from congvu.staffing.tests.test_screens import text_of

RULE = {
    "article": "NĐ 154/2025/NĐ-CP", "least_months_early": 24, "most_months_early": 60, "least_insured_months": 180,
    "months_per_early_year": "5", "first_years": 15, "first_years_months": "4", "months_per_later_year": "0.5",
}  # fmt: skip


@pytest.mark.parametrize(
    ("months", "years"),
    [(0, "0"), (1, "1/2"), (5, "1/2"), (6, "1"), (11, "1"), (12, "1"), (29, "5/2"), (30, "3")],
)
def test_odd_months_are_half_a_year_or_a_whole_one(months: int, years: str) -> None:
    assert half_years(months) == Fraction(years)


@pytest.mark.parametrize(
    ("early", "insured", "months"),
    [
        (36, 240, "43/2"),  # 3 years x 5, the first 15 years 4, five more x 1/2
        (24, 180, "14"),  # 2 years x 5, 4, nothing more
        (60, 185, "117/4"),  # 5 years x 5, 4, half a year x 1/2
        (29, 360, "24"),  # 2,5 years x 5, 4, fifteen more x 1/2
    ],
)
def test_early_retirement_part_by_part(early: int, insured: int, months: str) -> None:
    told = allowance(Facts(EARLY, 10_000_000, insured, early), RULE)
    assert sum(part.months for part in told.parts) == Fraction(months)
    assert told.money == int(Fraction(months) * 10_000_000)


@pytest.mark.parametrize(("early", "insured"), [(23, 240), (61, 240), (36, 179)])
def test_outside_the_window_or_the_years_of_insurance_it_is_refused(early: int, insured: int) -> None:
    with pytest.raises(Refused) as said:
        allowance(Facts(EARLY, 10_000_000, insured, early), RULE)
    assert said.value.article == "NĐ 154/2025/NĐ-CP"


@pytest.mark.parametrize(
    ("regime", "per_year", "money"), [(MOVED, "0.5", 80_000_000), (LEAVE, "1.5", 180_000_000)]
)
def test_leaving_for_good_or_for_an_unpaid_body(regime: str, per_year: str, money: int) -> None:
    rule = {"flat_months": "3", "months_per_insured_year": per_year}
    assert allowance(Facts(regime, 10_000_000, 120, 0), rule).money == money


@pytest.mark.parametrize("facts", [Facts("khac", 1, 1, 0), Facts(LEAVE, 0, 1, 0), Facts(LEAVE, 1, -1, 0)])
def test_facts_that_cannot_be_are_refused(facts: Facts) -> None:
    with pytest.raises(Refused):
        allowance(facts, RULE)


def leaving(unit: Any, name: str = "Vũ Văn Mẫu", **more: Any) -> Leaving:
    given = {"leaves_on": date(2026, 12, 1), "facts": Facts(EARLY, 10_000_000, 240, 36), **more}
    return Leaving(
        name,
        date(1968, 5, 4),
        "Chuyên viên",
        unit.pk,
        CONG_CHUC,
        "doi_du_sap_xep",
        "điểm a khoản 1 Điều 2",
        **given,
    )


@pytest.mark.django_db
def test_the_rule_of_the_day_of_leaving_decides_and_is_kept(actors: Any) -> None:
    old = leaving(actors.home, "Trần Trước", leaves_on=date(2025, 6, 15))
    new = leaving(actors.home, "Trần Sau", leaves_on=date(2025, 6, 16))
    first, second = record_release(2025, 1, [old, new], by=SYSTEM, at=AT)
    assert (first.money, first.rule_citation) == (140_000_000, "Nghị định 29/2023/NĐ-CP, Điều 6")
    assert (second.money, second.rule_citation, second.rule_evidence) == (
        215_000_000,
        "Nghị định 154/2025/NĐ-CP",
        "MEM",
    )


@pytest.mark.django_db
def test_an_approved_batch_stands(actors: Any) -> None:
    (one,) = record_release(2026, 2, [leaving(actors.home)], by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="Thiếu số quyết định"):
        approve_batch(2026, 2, " ", by=SYSTEM, at=AT)
    assert approve_batch(2026, 2, "77/QĐ-UBND", by=SYSTEM, at=AT) == 1
    assert approve_batch(2026, 2, "78/QĐ-UBND", by=SYSTEM, at=AT) == 0
    with pytest.raises(Refused, match="đã duyệt"):
        record_release(2026, 2, [leaving(actors.home, "Lê Sau")], by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="không bỏ người ra"):
        remove_release([one.id], by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_only_personnel_writes_and_the_unit_must_stand(actors: Any) -> None:
    with pytest.raises(Refused, match="cán bộ tổ chức"):
        record_release(2026, 2, [leaving(actors.home)], by=actors.leader.actor, at=AT)
    with pytest.raises(Refused, match="không hoạt động"):
        early = leaving(actors.home, leaves_on=date(2019, 12, 31))
        record_release(2026, 2, [early], by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_the_page_of_a_batch(visit: Any, actors: Any) -> None:
    a_decision(a_line(actors.home, 30))
    client = visit(actors.personnel)
    form = {
        "name": "Vũ Văn Mẫu", "born": "4/5/1968", "title": "Chuyên viên", "category": "doi_du_sap_xep",
        "article": "điểm a khoản 1 Điều 2", "pack": "tinh_gian", "regime": EARLY, "leaves_on": "1/12/2026", "salary": "10000000",
        "insured_months": "240", "months_early": "36", "unit": str(actors.home.pk), "pool": CONG_CHUC,
    }  # fmt: skip
    assert (
        client.post("/bien-che/tinh-gian/ghi/?nam=2026&dot=2", {**form, "months_early": "61"}).status_code
        == 422
    )
    assert client.post("/bien-che/tinh-gian/ghi/?nam=2026&dot=2", form).status_code == 302
    page = text_of(client.get("/bien-che/tinh-gian/?nam=2026&dot=2"))
    assert "215.000.000" in page
    assert "chưa đối chiếu" in page
    assert "cho số năm nghỉ sớm: 15 tháng × 10.000.000 = 150.000.000" in page
    assert "không cộng với nhau" in page
    book = client.get("/bien-che/tinh-gian/tai-ve/?nam=2026&dot=2")
    cells = [
        c
        for row in openpyxl.load_workbook(BytesIO(b"".join(book.streaming_content))).active.values
        for c in row
    ]
    assert 215_000_000 in cells
    assert "Vũ Văn Mẫu" in cells
    done = client.post(
        "/bien-che/tinh-gian/?nam=2026&dot=2", {"viec": "duyet", "number": "77/QĐ-UBND"}, follow=True
    )
    assert "Đã duyệt 1 người" in text_of(done)
    assert Release.objects.get().decision_number == "77/QĐ-UBND"
    assert client.post("/bien-che/tinh-gian/?nam=2026&dot=2", {}).status_code == 422
    assert client.get("/bien-che/tinh-gian/?nam=xx").status_code == 422


@pytest.mark.django_db
def test_a_leader_sees_only_the_own_people(visit: Any, actors: Any) -> None:
    record_release(
        2026, 2, [leaving(actors.home, "Trần Nhà"), leaving(actors.centre, "Lê Khác")], by=SYSTEM, at=AT
    )
    page = text_of(visit(actors.leader).get("/bien-che/tinh-gian/?nam=2026&dot=2"))
    assert "Trần Nhà" in page
    assert "Lê Khác" not in page


@pytest.mark.browser
def test_the_pages_of_streamlining_are_accessible(
    page: Any, actors: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    record_release(2026, 2, [leaving(actors.home)], by=SYSTEM, at=AT)
    enter(page, actors.personnel)
    page.goto("/bien-che/tinh-gian/?nam=2026&dot=2")
    assert_accessible(page)
    keep_picture(page, "streamlining")
    page.goto("/bien-che/tinh-gian/ghi/")
    assert_accessible(page)
    keep_picture(page, "new-release")
