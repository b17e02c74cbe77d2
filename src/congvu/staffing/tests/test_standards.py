"""Standards of titles: item by item with its source; unknown is not missing; an appointment is warned, never refused."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.correct import add_part
from congvu.people.actions.enter import Step
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.models import Appointment
from congvu.people.rules.codes import CIVIL
from congvu.people.rules.standing import Line, Standing, StepHeld
from congvu.people.tests.make import AT, a_person
from congvu.staffing.actions.keep_standard import keep_standard
from congvu.staffing.queries.standards import standards_on
from congvu.staffing.rules.standards import (
    EDUCATION,
    MET,
    MISSING,
    ORDER,
    THEORY,
    UNKNOWN,
    Standard,
    check,
    gaps,
    wanted_of,
)
from congvu.staffing.tests.test_screens import text_of

TODAY = date(2026, 11, 20)
ALL = Standard("x", "Trưởng phòng", ("Trưởng phòng",), ("PHONG",), "DH", "TC", "cv", "cv", 9, True)


def standing(**more: Any) -> Standing:
    given = {
        "person_id": 1, "number": "CB1", "name": "Trần Thử", "sort_key": "", "unit_id": 1, "position": "Chuyên viên",
        "qualification": "", "politics": "", "decision": "", "state_management": "", "steps": (), "lines": (), **more,
    }  # fmt: skip
    return Standing(**given)


def states(one: Standing, standard: Standard = ALL) -> dict[str, str]:
    return {answer.item: answer.state for answer in check(one, standard, TODAY)}


def test_an_empty_record_is_unknown_in_every_item_and_missing_in_none() -> None:
    told = check(standing(), ALL, TODAY)
    assert {answer.state for answer in told} == {UNKNOWN}
    assert [answer.item for answer in told] == [item for item, _ in wanted_of(ALL)]


@given(
    st.sampled_from(("", *EDUCATION)),
    st.sampled_from(EDUCATION),
    st.sampled_from(("", *THEORY)),
    st.sampled_from(THEORY),
)
def test_a_higher_level_never_lacks_what_a_lower_one_has(
    has: str, wants: str, theory: str, asks: str
) -> None:
    standard = Standard("x", "x", (), (), wants, asks, "", "", 0, False)
    told = states(standing(qualification=has, politics=theory), standard)
    for item, level, asked, order in (
        ("Trình độ chuyên môn", has, wants, EDUCATION), ("Lý luận chính trị", theory, asks, THEORY),
    ):  # fmt: skip
        expected = UNKNOWN if not level else MET if order.index(level) <= order.index(asked) else MISSING
        assert told[item] == expected


@pytest.mark.parametrize(
    ("titles", "details", "state"),
    [
        (("Quản lý nhà nước ngạch chuyên viên chính",), "", MET),
        (("Bồi dưỡng ngạch cán sự",), "", MISSING),
        (("Bồi dưỡng ngạch cán sự", "Lớp quản lý nhà nước năm 2019"), "", UNKNOWN),
        (("Lớp quản lý nhà nước",), "Chuyên viên", MET),
        ((), "", UNKNOWN),
    ],
)
def test_a_training_whose_level_cannot_be_read_leaves_the_question_open(
    titles: tuple[str, ...], details: str, state: str
) -> None:
    one = standing(lines=tuple(Line("qlnn", title, None) for title in titles), state_management=details)
    assert states(one)["Quản lý nhà nước"] == state


@pytest.mark.parametrize(
    ("steps", "rank", "years"),
    [
        ((("01.003", 1, date(2017, 11, 20)),), MET, MET),
        ((("01.003", 1, date(2017, 11, 21)),), MET, MISSING),
        ((("01.003", 5, date(2024, 1, 1)),), MET, UNKNOWN),
        ((("01.004", 5, date(2010, 1, 1)), ("01.003", 2, date(2020, 1, 1))), MET, MISSING),
        ((("01.003", 3, date(2010, 1, 1)), ("01.002", 1, date(2022, 1, 1))), MET, MET),
        ((("01.004", 5, date(2010, 1, 1)),), MISSING, MISSING),
    ],
)
def test_years_in_a_rank_count_from_its_first_step_and_are_not_known_when_the_register_begins_later(
    steps: tuple[Any, ...], rank: str, years: str
) -> None:
    told = states(standing(steps=tuple(StepHeld(*one, "") for one in steps)))
    assert (told["Ngạch"], told["Thời gian giữ ngạch"]) == (rank, years)


def test_planning_for_another_title_is_missing_with_its_paper_named() -> None:
    other = standing(lines=(Line("quy_hoach", "Quy hoạch chức danh Phó Giám đốc Sở", None),))
    (answer,) = [one for one in check(other, ALL, TODAY) if one.item == "Quy hoạch"]
    assert (answer.state, "Phó Giám đốc Sở" in answer.says) == (MISSING, True)
    mine = standing(lines=(Line("quy_hoach", "QĐ 5: quy hoạch trưởng phòng 2026–2031", None),))
    assert states(mine)["Quy hoạch"] == MET
    assert len(gaps(check(mine, ALL, TODAY))) == 5
    assert ALL.fits("trưởng  phòng", "PHONG")
    assert not ALL.fits("Trưởng phòng", "SO")
    assert set(ORDER) == {"cvcc", "cvc", "cv", "cs"}


@pytest.fixture
def room(actors: Any) -> Any:
    return a_unit("H98.08.01", "Văn phòng Sở", actors.home, kind="PHONG")


@pytest.mark.django_db
def test_a_unit_is_checked_by_its_keeper_and_every_reading_is_logged(
    visit: Any, actors: Any, room: Any
) -> None:
    ready = a_person(
        room, "Trần Đủ", qualification="THS", politics="TC", salary=Step("01.003", 3, date(2024, 1, 1))
    )
    add_part(ready.pk, "training", "qlnn", "Ngạch chuyên viên", by=SYSTEM, at=AT)
    add_paper(ready.pk, Paper("quy_hoach", "Quy hoạch Trưởng phòng"), by=SYSTEM, at=AT)
    a_person(room, "Lê Thiếu", qualification="TC")
    client = visit(actors.personnel)
    page = text_of(client.get("/bien-che/tieu-chuan/xet/truong_phong/?don-vi=H98.08"))
    assert "2 người, 1 người chưa đủ theo hồ sơ" in page
    assert "Trình độ chuyên môn Đại học trở lên Thiếu Trung cấp (lý lịch, 15/QĐ-SNV)" in page
    assert "Lý luận chính trị Trung cấp trở lên Hồ sơ chưa ghi" in page
    assert "Quy hoạch Trưởng phòng (tài liệu)" in page
    read = AuditEntry.objects.filter(verb="people.read_file")
    assert (read.count(), read[0].why) == (2, "Xét tiêu chuẩn Trưởng phòng")
    alone = text_of(client.get(f"/bien-che/tieu-chuan/xet/truong_phong/?nguoi={ready.number}"))
    assert "1 người, 0 người chưa đủ" in alone
    assert "Không có hồ sơ" in text_of(client.get("/bien-che/tieu-chuan/xet/truong_phong/?nguoi=CB9"))
    assert client.get("/bien-che/tieu-chuan/xet/khong-co/").status_code == 404
    assert visit(actors.leader).get("/bien-che/tieu-chuan/xet/truong_phong/?don-vi=H98.08").status_code == 403


@pytest.mark.django_db
def test_the_check_of_a_unit_is_taken_away_as_a_sheet_and_logged(
    visit: Any, actors: Any, room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(room, "Trần Đủ", qualification="THS")
    a_person(room, "Lê Thiếu", qualification="TC")
    client = visit(actors.personnel)
    address = "/bien-che/tieu-chuan/xet/truong_phong/tai-ve/?don-vi=H98.08"
    assert address in client.get("/bien-che/tieu-chuan/xet/truong_phong/?don-vi=H98.08").content.decode()
    before = AuditEntry.objects.filter(verb="people.read_file").count()
    answer = client.get(address)
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0][:7] == [
        "TT", "Số hiệu", "Họ và tên", "Chức danh", "Đơn vị", "Chưa đủ", "Trình độ chuyên môn (Đại học trở lên)",
    ]  # fmt: skip
    assert [(row[2], row[6]) for row in rows[1:]] == [("Trần Đủ", "Đạt"), ("Lê Thiếu", "Thiếu")]
    assert AuditEntry.objects.filter(verb="people.read_file").count() == before + 2
    monkeypatch.setattr("congvu.staffing.web.standards.MOST", 1)
    refused = client.get(address)
    assert refused.status_code == 422 and "Chọn đơn vị nhỏ hơn" in refused.content.decode()
    assert AuditEntry.objects.filter(verb="people.read_file").count() == before + 2
    assert visit(actors.leader).get(address).status_code == 403


@pytest.mark.django_db
def test_a_keeper_elsewhere_reads_nobodys_file(visit: Any, actors: Any, room: Any, make_person: Any) -> None:
    one = a_person(room, "Trần Đủ")
    other = make_person("personnel", actors.centre, name="Cán bộ khác", username="khac")
    client = visit(other)
    for asked in ("?don-vi=H98.08", f"?nguoi={one.number}"):
        assert "Trần Đủ" not in text_of(client.get(f"/bien-che/tieu-chuan/xet/truong_phong/{asked}"))
    assert not AuditEntry.objects.filter(verb="people.read_file").exists()


@pytest.mark.django_db
def test_an_appointment_is_warned_once_and_then_written(visit: Any, actors: Any, room: Any) -> None:
    one = a_person(actors.home, "Lê Thiếu", qualification="TC")
    client = visit(actors.personnel)
    form = {
        "unit_id": str(room.pk), "position": "Trưởng phòng", "pool": CIVIL, "since": "1/12/2026", "decision": "9/QĐ-SNV",
        "signed_on": "", "decided_by": "",
    }  # fmt: skip
    address = f"/nhan-su/{one.number}/bo-tri/?viec=dieu-dong"
    warned = client.post(address, form)
    page = text_of(warned)
    assert warned.status_code == 422
    assert "Trình độ chuyên môn: cần Đại học trở lên; hồ sơ ghi: Trung cấp" in page
    assert "Nghị định 29/2024/NĐ-CP" in page
    assert "9/QĐ-SNV" in warned.content.decode()
    assert Appointment.objects.count() == 1
    elsewhere = client.post(address, {**form, "da_xem": f"{actors.home.pk} Trưởng phòng 01/12/2026"})
    assert elsewhere.status_code == 422
    assert client.post(address, {**form, "da_xem": warned.context["seen"]}).status_code == 302
    assert Appointment.objects.filter(position="Trưởng phòng", superseded_at=None).exists()
    other = a_person(actors.home, "Lê Khác")
    plain = client.post(
        f"/nhan-su/{other.number}/bo-tri/?viec=dieu-dong", {**form, "position": "Chuyên viên"}
    )
    assert plain.status_code == 302


@pytest.mark.django_db
def test_a_standard_changes_from_a_day_and_the_past_keeps_its_own(visit: Any, actors: Any) -> None:
    client = visit(actors.personnel)
    form = {
        "name": "Trưởng phòng", "titles": "Trưởng ban chuyên môn", "qualification": "THS", "politics": "TC",
        "state_management": "cv", "rank": "cv", "years_in_rank": "3", "valid_from": "1/1/2027",
        "citation": "Quyết định 12/2026/QĐ-UBND", "evidence": "DA_DOI_CHIEU",
    }  # fmt: skip
    assert client.post("/bien-che/tieu-chuan/ghi/?muc=truong_phong", form).status_code == 302
    told = {}
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        (told[day],) = [one.standard for one in standards_on(day) if one.standard.key == "truong_phong"]
    assert [one.qualification for one in told.values()] == ["DH", "THS"]
    assert told[date(2027, 1, 1)].kinds == ("PHONG",)
    assert told[date(2027, 1, 1)].titles == ("Trưởng phòng", "Trưởng ban chuyên môn")
    late = client.post("/bien-che/tieu-chuan/ghi/?muc=truong_phong", {**form, "valid_from": "1/12/2020"})
    assert late.status_code == 422
    page = text_of(client.get("/bien-che/tieu-chuan/?ngay=1/1/2027"))
    assert "Thạc sĩ trở lên" in page
    new = {**form, "name": "Đội trưởng", "qualification": "DH"}
    assert client.post("/bien-che/tieu-chuan/ghi/", new).status_code == 302
    assert client.get("/bien-che/tieu-chuan/xet/doi_truong/?ngay=1/1/2027").status_code == 200
    empty = Standard("", "Tổ trưởng", (), (), "", "", "", "", 0, False)
    with pytest.raises(Refused, match="chưa yêu cầu gì"):
        keep_standard(empty, valid_from=TODAY, citation="QĐ 1", evidence="TXT", by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_people(
    visit: Any, actors: Any, room: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        a_person(room, f"Trần Thử {number}", qualification="DH")
    client = visit(actors.personnel)
    client.get("/bien-che/tieu-chuan/")
    with django_assert_max_num_queries(8):
        client.get("/bien-che/tieu-chuan/xet/truong_phong/?don-vi=H98.08.01")


@pytest.mark.browser
def test_the_pages_of_standards_are_accessible(
    page: Any, actors: Any, room: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    one = a_person(room, "Lê Thiếu", qualification="TC")
    enter(page, actors.personnel)
    for nth, path in enumerate(("", "ghi/", "xet/truong_phong/?don-vi=H98.08")):
        page.goto(f"/bien-che/tieu-chuan/{path}")
        assert_accessible(page)
        keep_picture(page, f"standards-{nth}")
    page.goto(f"/nhan-su/{one.number}/bo-tri/?viec=dieu-dong")
    page.select_option("#id_unit_id", str(room.pk))
    page.fill("#id_position", "Trưởng phòng")
    page.fill("#id_since", "1/12/2026")
    page.fill("#id_decision", "9/QĐ-SNV")
    with page.expect_navigation():
        page.click("form.cv-panel button[type=submit]")
    assert_accessible(page)
    keep_picture(page, "standards-warned")


@pytest.mark.django_db
def test_a_new_standard_never_takes_the_place_of_another(actors: Any) -> None:
    def write(name: str) -> str:
        new = Standard("", name, (), (), "DH", "", "", "", 0, False)
        return keep_standard(
            new, valid_from=date(2027, 1, 1), citation="QĐ 1", evidence="TXT", by=SYSTEM, at=AT
        ).code

    for name, said in (("Trường phòng", "Đã có tiêu chuẩn «Trưởng phòng»"), ("(…)", "không có chữ nào")):
        with pytest.raises(Refused, match=said):
            write(name)
    (kept,) = [one for one in standards_on(date(2027, 1, 2)) if one.standard.key == "truong_phong"]
    assert kept.rule.valid_from < date(2027, 1, 1)
    long = "Phó Giám đốc Trung tâm Phục vụ hành chính công, phụ trách"
    assert write(f"{long} kỹ thuật") != write(f"{long} văn phòng")
