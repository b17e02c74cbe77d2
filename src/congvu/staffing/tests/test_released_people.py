"""People of the register released by streamlining: once, with their posts ended as the batch is approved; two packs of
rules beside each other before anyone decides."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.appoint import leave
from congvu.people.actions.enter import Step
from congvu.people.models import Appointment
from congvu.people.queries.present import present
from congvu.people.rules.codes import RESIGNED, RETIRED, UNPAID
from congvu.people.tests.make import AT, PAPER, a_person
from congvu.staffing.actions.record_release import (
    approve_batch,
    of_register,
    record_release,
    remove_release,
)
from congvu.staffing.models import QuotaLine, Release
from congvu.staffing.rules.kinds import CONG_CHUC
from congvu.staffing.rules.starter import REORGANISATION
from congvu.staffing.rules.streamlining import (
    EARLY,
    LEAVE,
    MOVED,
    REORGANISED,
    STREAMLINED,
    Facts,
    months_before,
    whole_months,
    worked_out,
)
from congvu.staffing.tests.test_screens import text_of

DAY = date(2026, 12, 1)
EARLY_RULE, LEAVE_RULE = (row[2] for row in REORGANISATION)


@pytest.mark.parametrize(
    ("leaves", "last_day", "months"),
    [
        (date(2026, 12, 1), date(2029, 11, 30), 36),
        (date(2026, 12, 2), date(2029, 11, 30), 35),
        (date(2026, 12, 1), date(2026, 11, 30), 0),
        (date(2026, 12, 1), date(2025, 6, 30), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
    ],
)
def test_months_early_are_whole_months_to_the_day_after_the_last_one(
    leaves: date, last_day: date, months: int
) -> None:
    assert months_before(leaves, last_day) == months


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_whole_months_fit_and_one_more_does_not(first: date, last: date) -> None:
    months = whole_months(first, last)
    assert months == 0 or add_months(first, months) <= last
    assert add_months(first, months + 1) > last or last <= first


@pytest.mark.parametrize(
    ("early", "since", "by_hand"),
    [  # months early by the share, years early, the first 15 years of insurance, five more x 1/2
        (36, 0, 36 + 15 + 4 + Fraction(5, 2)),
        (36, 12, 18 + 15 + 4 + Fraction(5, 2)),
        (20, 0, 20 + 4 + Fraction(5, 2)),
        (120, 0, 54 + 40 + 4 + Fraction(5, 2)),
    ],
)
def test_leaving_early_when_offices_are_reorganised(early: int, since: int, by_hand: Fraction) -> None:
    told = worked_out(REORGANISED, Facts(EARLY, 10_000_000, 240, early, since), EARLY_RULE)
    assert sum(part.months for part in told.parts) == by_hand
    assert told.money == int(by_hand * 10_000_000)


def test_resigning_when_offices_are_reorganised_pays_at_most_the_months_of_the_rule() -> None:
    told = worked_out(REORGANISED, Facts(LEAVE, 10_000_000, 120, 0), LEAVE_RULE)
    assert [part.months for part in told.parts] == [48, 3, 15]
    late = worked_out(REORGANISED, Facts(LEAVE, 10_000_000, 24, 0, 13), LEAVE_RULE)
    assert late.parts[0].months == Fraction(48, 5)


@pytest.mark.parametrize(
    ("pack", "facts"),
    [
        (REORGANISED, Facts(MOVED, 1, 200, 30)),
        (REORGANISED, Facts(EARLY, 1, 200, 121)),
        (REORGANISED, Facts(EARLY, 1, 179, 30)),
        (REORGANISED, Facts(EARLY, 0, 200, 30)),
        ("lạ", Facts(EARLY, 1, 200, 30)),
    ],
)
def test_what_a_pack_does_not_cover_is_refused(pack: str, facts: Facts) -> None:
    with pytest.raises(Refused):
        worked_out(pack, facts, EARLY_RULE)


def case(person: Any, regime: str = EARLY, leaves_on: date = DAY, **more: Any) -> Any:
    facts = Facts(regime, 10_000_000, 240, 0)
    return of_register(person.pk, "doi_du_sap_xep", "điểm a khoản 1 Điều 2", leaves_on, facts, **more)


@pytest.fixture
def worker(actors: Any) -> Any:
    return a_person(
        actors.home, "Vũ Văn Mẫu", sex="nam", birth=date(1967, 11, 20), qualification="DH",
        salary=Step("01.003", 9, date(2024, 1, 1)),
    )  # fmt: skip


@pytest.mark.django_db
def test_approving_a_batch_ends_the_posts_and_touches_no_post_of_the_ledger(actors: Any, worker: Any) -> None:
    others = [
        a_person(actors.home, f"Lê Văn {name}", sex="nam", birth=date(1970, 5, 5))
        for name in ("Đi", "Chuyển")
    ]
    cases = [case(worker), case(others[0], LEAVE), case(others[1], MOVED, date(2026, 12, 15))]
    rows = record_release(2026, 2, cases, by=SYSTEM, at=AT)
    kept = rows[0]
    assert (kept.name, kept.title, kept.unit_id, kept.sex, kept.qualification) == (
        "Vũ Văn Mẫu", "Chuyên viên", actors.home.pk, "nam", "DH",
    )  # fmt: skip
    assert (kept.months_early, str(kept.coefficient)) == (36, "4.98")
    assert present(None, DAY) == {actors.home.pk: {CONG_CHUC: 3}}
    assert approve_batch(2026, 2, "77/QĐ-UBND", by=SYSTEM, at=AT) == 3
    assert present(None, date(2026, 11, 30)) == {actors.home.pk: {CONG_CHUC: 3}}
    assert present(None, DAY) == {actors.home.pk: {CONG_CHUC: 1}}
    assert present(None, date(2026, 12, 15)) == {}
    ended = (
        Appointment.objects.filter(superseded_at=None)
        .order_by("person_id")
        .values_list("ending", "ending_decision")
    )
    assert list(ended) == [(ending, "77/QĐ-UBND") for ending in (RETIRED, RESIGNED, UNPAID)]
    assert not QuotaLine.objects.exists()


@pytest.mark.django_db
def test_nobody_is_released_twice_nor_without_a_post(actors: Any, worker: Any) -> None:
    (row,) = record_release(2026, 2, [case(worker)], by=SYSTEM, at=AT)
    for year, half in ((2026, 2), (2027, 1)):
        with pytest.raises(Refused, match="Vũ Văn Mẫu đã ở đợt 2 năm 2026; mỗi người chỉ tinh giản một lần"):
            record_release(year, half, [case(worker)], by=SYSTEM, at=AT)
    assert remove_release([row.pk], by=SYSTEM, at=AT) == 1
    with pytest.raises(Refused, match="ghi hai lần"):
        record_release(2026, 2, [case(worker), case(worker)], by=SYSTEM, at=AT)
    record_release(2026, 2, [case(worker)], by=SYSTEM, at=AT)
    leave([worker.pk], date(2026, 11, 25), RESIGNED, decision=PAPER, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="không giữ vị trí chuyên trách nào vào ngày 30/11/2026"):
        approve_batch(2026, 2, "77/QĐ-UBND", by=SYSTEM, at=AT)
    assert Release.objects.get().approved_at is None
    with pytest.raises(Refused, match="không giữ vị trí"):
        record_release(
            2027, 1, [case(a_person(actors.home, "Lê Sau"), leaves_on=date(2020, 1, 1))], by=SYSTEM, at=AT
        )


@pytest.mark.django_db
def test_who_does_not_keep_the_person_releases_nobody(actors: Any, worker: Any, make_person: Any) -> None:
    other = make_person("personnel", actors.centre, name="Cán bộ khác", username="khac").actor
    with pytest.raises(Refused, match="không giữ hồ sơ nhân sự"):
        record_release(2026, 2, [case(worker)], by=other, at=AT)
    record_release(2026, 2, [case(worker)], by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="không giữ hồ sơ nhân sự"):
        approve_batch(2026, 2, "77/QĐ-UBND", by=other, at=AT)
    assert present(None, DAY) == {actors.home.pk: {CONG_CHUC: 1}}


@pytest.mark.django_db
def test_a_case_is_chosen_from_the_register_on_the_screen_and_listed_as_the_ministry_wants(
    visit: Any, actors: Any, worker: Any
) -> None:
    client = visit(actors.personnel)
    address = "/bien-che/tinh-gian/ghi/?nam=2026&dot=2"
    assert "Vũ Văn Mẫu" in text_of(client.get(f"{address}&q=vu van mau"))
    assert "Không có ai tên" in text_of(client.get(f"{address}&q=nguyen khong"))
    form = {
        "category": "doi_du_sap_xep", "article": "điểm a khoản 1 Điều 2", "pack": STREAMLINED, "regime": EARLY,
        "leaves_on": "1/12/2026", "salary": "10000000", "insured_months": "240", "extra_pay": "500000",
        "ratings": "2024: tốt; 2025: hoàn thành",
    }  # fmt: skip
    assert client.post(f"{address}&nguoi={worker.number}", form).status_code == 302
    again = client.post(f"{address}&nguoi={worker.number}", form)
    assert again.status_code == 422
    assert "chỉ tinh giản một lần" in text_of(again)
    assert client.post(f"{address}&nguoi=CB9", form).status_code == 422
    page = client.get("/bien-che/tinh-gian/?nam=2026&dot=2")
    assert f"/nhan-su/{worker.number}/" in page.content.decode()
    done = client.post(
        "/bien-che/tinh-gian/?nam=2026&dot=2", {"viec": "duyet", "number": "77/QĐ-UBND"}, follow=True
    )
    assert "Đã duyệt 1 người" in text_of(done)
    answer = client.get("/bien-che/tinh-gian/tai-ve/?nam=2026&dot=2")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    heads, line = (next(book.active.iter_rows(min_row=row, max_row=row, values_only=True)) for row in (3, 4))
    told = dict(zip(heads, line, strict=True))
    assert (told["Giới tính"], told["Trình độ chuyên môn"], told["Hệ số lương"]) == ("Nam", "Đại học", 4.98)
    assert (told["Phụ cấp"], told["Kết quả xếp loại"]) == (500_000, "2024: tốt; 2025: hoàn thành")
    assert (told["Số tháng nghỉ trước tuổi"], told["Kinh phí (đồng)"]) == (36, 215_000_000)
    sums = [row for row in book["Tổng hợp"].values if row[0] == "Cộng"]
    assert [(people, money) for _, people, money in sums] == [(1, 215_000_000)] * 3


@pytest.mark.django_db
def test_the_estimate_compares_the_packs_part_by_part(visit: Any, actors: Any, worker: Any) -> None:
    client = visit(actors.personnel)
    asked = (
        f"nguoi={worker.number}&leaves_on=1/12/2026&salary=10000000&insured_months=240&decided_on=1/10/2026"
    )
    page = text_of(client.get(f"/bien-che/tinh-gian/uoc-tinh/?{asked}"))
    assert "62 tuổi Ngày làm việc cuối cùng theo tuổi 30/11/2029" in page
    assert "36 tháng" in page
    assert "215.000.000" in page
    assert "575.000.000" in page
    assert "2 tháng từ khi sắp xếp" in page
    assert page.count("chưa đối chiếu") >= 6
    typed = text_of(
        client.get(
            "/bien-che/tinh-gian/uoc-tinh/?born=1/1/1980&sex=nu&leaves_on=1/12/2026&salary=1&insured_months=1"
        )
    )
    assert "Không áp dụng: Còn" in typed
    assert "Không có số hiệu này" in text_of(client.get("/bien-che/tinh-gian/uoc-tinh/?nguoi=CB9"))
    assert client.get("/bien-che/tinh-gian/uoc-tinh/").status_code == 200
    early = f"nguoi={worker.number}&leaves_on=1/12/2020&salary=10000000&insured_months=240"
    assert "Chưa có quy định" in text_of(client.get(f"/bien-che/tinh-gian/uoc-tinh/?{early}"))


@pytest.mark.django_db
def test_the_pages_take_few_statements(
    visit: Any, actors: Any, worker: Any, django_assert_max_num_queries: Any
) -> None:
    client = visit(actors.personnel)
    client.get("/bien-che/tinh-gian/")
    asked = f"nguoi={worker.number}&leaves_on=1/12/2026&salary=10000000&insured_months=240"
    for page in (f"uoc-tinh/?{asked}", "ghi/?q=vu", f"ghi/?nguoi={worker.number}", "?nam=2026&dot=2"):
        with django_assert_max_num_queries(8):
            assert client.get(f"/bien-che/tinh-gian/{page}").status_code == 200


@pytest.mark.browser
def test_the_estimate_and_the_choice_of_a_person_are_accessible(
    page: Any, actors: Any, worker: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    a_unit("H98.77", "Sở Khác", actors.province)
    enter(page, actors.personnel)
    asked = f"nguoi={worker.number}&leaves_on=1/12/2026&salary=10000000&insured_months=240"
    for nth, path in enumerate((f"uoc-tinh/?{asked}", "ghi/?q=vu", f"ghi/?nguoi={worker.number}")):
        page.goto(f"/bien-che/tinh-gian/{path}")
        assert_accessible(page)
        keep_picture(page, f"released-{nth}")
