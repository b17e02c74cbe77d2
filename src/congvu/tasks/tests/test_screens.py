"""The screens of plans: found, filled in, refused with what was typed; few statements; read by everyone."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from congvu.organisation.tests.make import a_unit
from congvu.tasks.actions.keep_committee import NewSeat, keep_committee, seat_members
from congvu.tasks.actions.record_inspection import (
    Held,
    NewFinding,
    NewInspection,
    hold_inspections,
    record_findings,
    record_inspection,
)
from congvu.tasks.actions.record_programme import NewProgramme, record_programme
from congvu.tasks.actions.set_duty import NewDuty, set_duty
from congvu.tasks.actions.write_items import NewItem, write_items
from congvu.tasks.models import (
    Committee,
    CommitteeDecision,
    CommitteeMember,
    Finding,
    Inspection,
    Plan,
    PlanDuty,
    PlanItem,
    PlanReminder,
    Programme,
)
from congvu.tasks.rules.kinds import AGENCIES, CENTRAL, REFORM, YEAR
from congvu.tasks.tests.make import SAID, a_plan


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def year(actors: Any) -> Any:
    """Two agencies owe the plan of 2026: one has issued it with three items, one has not."""
    other = a_unit("H98.17", "Sở Y tế", actors.province)
    (programme,), _ = record_programme(
        [NewProgramme("CCHC-2021-2030", "Chương trình tổng thể 2021-2030", CENTRAL, "76/NQ-CP", 2021, 2030)],
        **SAID,
    )
    (duty,) = set_duty(
        [NewDuty(REFORM, YEAR, 2026, 2026, (AGENCIES,), date(2026, 1, 31), "5/CV", programme.pk)], **SAID
    )
    plan = a_plan(
        actors.home, issued_on=date(2026, 1, 15), number="12/KH-SNV", programme_id=programme.pk,
        motto="Kỷ cương, liêm chính, hành động, sáng tạo, hiệu quả",
    )  # fmt: skip
    items = write_items(
        plan.pk,
        [
            NewItem(
                "Rà soát thủ tục", actors.home.pk, "TTHC", "Báo cáo", date(2026, 11, 13), helpers=(other.pk,)
            ),
            NewItem("Đơn giản hóa", actors.home.pk, "TTHC", "Quyết định", date(2026, 12, 25)),
            NewItem("Tinh gọn bộ máy", other.pk, "BO_MAY", "Đề án", date(2026, 12, 31)),
        ],
        **SAID,
    )
    return {"duty": duty, "plan": plan, "items": items, "other": other, "programme": programme}


@pytest.mark.django_db
def test_the_table_says_who_is_missing_and_each_number_opens_its_units(
    visit: Any, actors: Any, year: Any
) -> None:
    page = visit(actors.specialist).get("/ke-hoach/")
    told = text_of(page)
    assert "1 / 2 = 50,00%" in told
    assert "12/KH-SNV" in told
    assert "quá hạn" in told
    links = re.findall(r'href="(\?[^"]*chi=thieu[^"]*)"', page.content.decode())
    missing = text_of(visit(actors.specialist).get("/ke-hoach/" + unescape(links[0])))
    assert "Sở Y tế" in missing
    assert "12/KH-SNV" not in missing
    empty = text_of(visit(actors.specialist).get("/ke-hoach/?nam=2020"))
    assert "chưa giao đơn vị nào" in empty
    assert "Xem năm 2026" in empty
    assert visit(actors.specialist).get("/ke-hoach/?ngay=32/1/2026").status_code == 422


@pytest.mark.django_db
def test_the_table_is_taken_along_as_a_sheet(visit: Any, actors: Any, year: Any) -> None:
    answer = visit(actors.auditor).get("/ke-hoach/tai-ve/?nam=2026&ngay=20/11/2026")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[5][:4] == ("Sở, ban, ngành", 1, 2, 0.5)
    assert rows[6][:4] == ("Tất cả", 1, 2, 0.5)
    assert ("Sở Nội vụ", "Đã ban hành", "12/KH-SNV", "15/01/2026") in [row[:4] for row in rows]
    assert "Chưa có, trễ hạn" in {row[1] for row in rows}
    assert visit(actors.auditor).get("/ke-hoach/tai-ve/?nam=1999").status_code == 200


@pytest.mark.django_db
def test_the_keeper_reminds_and_the_leader_sees_it(
    visit: Any, actors: Any, year: Any, make_person: Any
) -> None:
    path = f"/ke-hoach/giao/{year['duty'].pk}/"
    keeper = visit(actors.personnel)
    assert "còn thiếu 1" in text_of(keeper.get(path))
    done = keeper.post(path, {"unit": [str(year["other"].pk)]}, follow=True)
    assert "Đã đôn đốc 1 đơn vị" in text_of(done)
    assert "1 lần, gần nhất 20/11/2026" in text_of(done)
    assert "1 đơn vị đã được đôn đốc hôm nay" in text_of(keeper.post(path, follow=True))
    assert PlanReminder.objects.count() == 1
    assert visit(actors.specialist).post(path).status_code == 422
    leader = make_person("leader", year["other"], username="gd.yte")
    mine = text_of(visit(leader).get("/ke-hoach/viec/"))
    assert "Kế hoạch phải lập, chưa ban hành" in mine
    assert "Bùi Tổ Chức đôn đốc" in mine
    assert "Tinh gọn bộ máy" in mine


@pytest.mark.django_db
def test_what_is_missing_leads_to_where_the_reader_can_go_on(
    visit: Any, actors: Any, year: Any, make_person: Any
) -> None:
    leader = visit(make_person("leader", year["other"], username="gd.yte"))
    clerk = visit(make_person("clerk", year["other"], username="mc.yte"))

    def leads_to(client: Any, way: str) -> bool:
        return f'href="{way}">{year["duty"].name}' in client.get("/ke-hoach/viec/").content.decode()

    assert leads_to(leader, "/ke-hoach/lap/?nam=2026")
    assert leads_to(clerk, f"/ke-hoach/giao/{year['duty'].pk}/")
    draft = a_plan(year["other"])
    assert leads_to(leader, f"/ke-hoach/{draft.pk}/")
    assert leads_to(clerk, f"/ke-hoach/{draft.pk}/")
    assert visit(actors.admin).get("/ke-hoach/viec/").status_code == 200  # the tab leads everyone somewhere


@pytest.mark.django_db
def test_the_page_of_a_duty_keeps_to_what_was_known(visit: Any, actors: Any, year: Any) -> None:
    reader, path = visit(actors.auditor), f"/ke-hoach/giao/{year['duty'].pk}/"
    assert "còn thiếu 1" in text_of(reader.get(path))
    before = text_of(reader.get(f"{path}?biet-den=19/11/2026"))  # the plan was entered on the 20th
    assert "còn thiếu 2" in before
    assert "như đã biết đến hết ngày 19/11/2026" in before


@pytest.mark.django_db
def test_a_plan_goes_from_draft_to_issued_on_the_screens(
    visit: Any, actors: Any, year: Any, make_person: Any
) -> None:
    leader = visit(make_person("leader", year["other"], username="gd.yte"))
    form = {
        "unit": year["other"].pk,
        "subject": REFORM,
        "term": YEAR,
        "first_year": "2026",
        "programme": year["programme"].pk,
    }
    assert leader.post("/ke-hoach/lap/", form).status_code == 302
    plan = Plan.objects.get(unit=year["other"])
    wrong = leader.post(f"/ke-hoach/{plan.pk}/ban-hanh/", {"number": "7/KH", "issued_on": "30/11/2026"})
    assert wrong.status_code == 422
    assert 'value="7/KH"' in wrong.content.decode()
    leader.post(f"/ke-hoach/{plan.pk}/sua/", {"name": "", "motto": "Gần dân", "note": ""})
    scan = SimpleUploadedFile("ke hoach.pdf", b"%PDF-1.4 plan %%EOF", "application/pdf")
    sent = {"number": "7/KH-SYT", "issued_on": "2/2/2026", "signer": "Giám đốc", "file": scan}
    assert leader.post(f"/ke-hoach/{plan.pk}/ban-hanh/", sent).status_code == 302
    page = text_of(leader.get(f"/ke-hoach/{plan.pk}/"))
    assert "7/KH-SYT , 02/02/2026" in page
    assert "«Gần dân»" in page
    assert leader.get(f"/ke-hoach/{plan.pk}/tep/").status_code == 200
    assert leader.get(f"/ke-hoach/{year['plan'].pk}/tep/").status_code == 404
    item = {"content": "TTHC", "text": "Niêm yết thủ tục", "lead": year["other"].pk, "due": "30/11/2026"}
    assert leader.post(f"/ke-hoach/{plan.pk}/nhiem-vu/", item).status_code == 302
    row = PlanItem.objects.get(plan=plan)
    report = {"how": "xong", "on": "19/11/2026", "evidence": "31/BC-SYT"}
    assert leader.post(f"/ke-hoach/viec/{row.pk}/bao-cao/", report).status_code == 302
    assert "31/BC-SYT" in text_of(leader.get(f"/ke-hoach/viec/{row.pk}/"))
    back = leader.post(f"/ke-hoach/viec/{row.pk}/ghi-nham/", {"why": "Nhầm"})
    assert back.status_code == 302
    change = {"due": "15/12/2026", "officer": "Trần A", "product": "Báo cáo", "why": "Gia hạn"}
    assert leader.post(f"/ke-hoach/viec/{row.pk}/sua/", change).status_code == 302
    assert PlanItem.objects.get(pk=row.pk).due == date(2026, 12, 15)
    assert leader.post(f"/ke-hoach/viec/{year['items'][0].pk}/bao-cao/", report).status_code == 422
    assert leader.post("/ke-hoach/lap/", {**form, "unit": actors.home.pk}).status_code == 422


@pytest.mark.django_db
def test_every_number_of_a_plan_opens_its_items(visit: Any, actors: Any, year: Any) -> None:
    client, path = visit(actors.specialist), f"/ke-hoach/{year['plan'].pk}/"
    page = client.get(path)
    assert "xong 0/3 (0,0%)" in text_of(page)
    assert "Quá 5 ngày làm việc" in text_of(page)
    assert "Cải cách thủ tục hành chính" in text_of(page)
    late = text_of(client.get(path + "?tt=qua-han"))
    assert "Rà soát thủ tục" in late
    assert "Đơn giản hóa" not in late
    area = text_of(client.get(path + "?nd=BO_MAY"))
    assert "Tinh gọn bộ máy" in area
    assert "Rà soát thủ tục" not in area
    after = a_plan(actors.home, 2027)
    assert "chép sang" in text_of(client.get(path + "chuyen-viec/"))
    done = client.post(path, {"to": after.pk}, follow=True)
    assert "Đã chuyển 3 nhiệm vụ" in text_of(done)
    assert "chuyển từ" in text_of(done)
    assert "đã chuyển sang" in text_of(client.get(path))


@pytest.mark.django_db
def test_a_sheet_is_looked_at_before_it_is_entered(visit: Any, actors: Any, year: Any) -> None:
    book = Workbook()
    for row in (
        ("Đơn vị", "Kế hoạch", "Số", "Ngày ban hành"),
        ("Sở Y tế", "năm 2026", "7/KH", "2/2/2026"),
        ("Sở lạ", "2026", "", ""),
    ):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    keeper = visit(actors.personnel)
    page = keeper.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile("kh.xlsx", out.getvalue())})
    assert "Mới xem thử, chưa ghi gì" in text_of(page)
    assert "Không có đơn vị tên «Sở lạ»" in text_of(page)
    assert not Plan.objects.filter(unit=year["other"]).exists()
    carried = re.search(r'name="bang" value="([^"]*)"', page.content.decode())
    assert carried is not None
    done = keeper.post("/ke-hoach/nhap/", {"bang": unescape(carried[1]), "viec": "ghi"})
    assert "Đã ghi 1 kế hoạch; 1 dòng không nhận" in text_of(done)
    assert Plan.objects.get(unit=year["other"]).number == "7/KH"
    bad = keeper.post("/ke-hoach/nhap/", {"file": SimpleUploadedFile("kh.csv", b"A,B\n1,2\n")})
    assert bad.status_code == 422
    assert "thiếu cột" in text_of(bad)


@pytest.mark.django_db
def test_the_keeper_writes_programmes_duties_committees_and_inspections(
    visit: Any, actors: Any, year: Any
) -> None:
    keeper = visit(actors.personnel)
    old = {
        "name": "Chương trình 2010-2020", "code": "CT2", "level": CENTRAL, "number": "1/QĐ", "first_year": "2010",
        "last_year": "2021",
    }  # fmt: skip
    told = text_of(keeper.post("/ke-hoach/chuong-trinh/ghi/", old, follow=True))
    assert "Năm 2021 thuộc cả «Chương trình tổng thể 2021-2030»" in told
    assert Programme.objects.count() == 2
    assert "còn ghi: thủ tục hành chính; TTHC" in told
    duty = {
        "subject": REFORM,
        "term": "PERIOD",
        "first_year": "2026",
        "last_year": "2030",
        "classes": ["so", "xa"],
    }
    assert keeper.post("/ke-hoach/giao/", duty).status_code == 302
    assert PlanDuty.objects.count() == 2
    path = f"/ke-hoach/giao/{year['duty'].pk}/mien/"
    assert keeper.post(path, {"unit": year["other"].pk, "why": "Mới lập"}).status_code == 302
    focal = {"unit": year["other"].pk, "name": "Lê A", "email": "a b", "valid_from": "1/1/2026"}
    assert keeper.post("/ke-hoach/dau-moi/", focal).status_code == 422
    assert keeper.post("/ke-hoach/dau-moi/", {**focal, "email": "a@b.vn"}).status_code == 302
    board = {"name": "Ban Chỉ đạo CCHC", "number": "1/QĐ", "valid_from": "1/5/2021"}
    assert keeper.post("/ke-hoach/ban-chi-dao/lap/", board).status_code == 302
    one = Committee.objects.get()
    seat = {
        "name": "Nguyễn Văn An",
        "post": "Chủ tịch UBND tỉnh",
        "role": "TRUONG_BAN",
        "valid_from": "1/5/2021",
    }
    assert keeper.post(f"/ke-hoach/ban-chi-dao/{one.pk}/them/", seat).status_code == 302
    assert keeper.post(f"/ke-hoach/ban-chi-dao/{one.pk}/them/", seat).status_code == 422
    said = {"number": "5/TB", "decided_on": "1/3/2026", "text": "Đẩy nhanh"}
    assert keeper.post(f"/ke-hoach/ban-chi-dao/{one.pk}/ket-luan/", said).status_code == 302
    item = {"text": "Đẩy nhanh", "lead": actors.home.pk}
    decided = CommitteeDecision.objects.get()
    at = f"/ke-hoach/{year['plan'].pk}/nhiem-vu/?ket-luan={decided.pk}"
    assert "Đẩy nhanh" in text_of(keeper.get(at))
    assert keeper.post(at, item).status_code == 302
    decided.refresh_from_db()
    assert decided.item is not None
    assert decided.item.plan_id == year["plan"].pk
    before = PlanItem.objects.count()
    assert keeper.post(at, item).status_code == 422
    assert "đã thành nhiệm vụ" in text_of(keeper.get(at))
    assert PlanItem.objects.count() == before
    seated = CommitteeMember.objects.get()
    assert (
        keeper.post(f"/ke-hoach/ban-chi-dao/thanh-vien/{seated.pk}/thoi/", {"on": "1/1/2020"}).status_code
        == 422
    )
    assert (
        keeper.post(f"/ke-hoach/ban-chi-dao/thanh-vien/{seated.pk}/thoi/", {"on": "1/1/2025"}).status_code
        == 302
    )
    assert "Đã thôi" in text_of(keeper.get(f"/ke-hoach/ban-chi-dao/{one.pk}/"))
    assert (
        keeper.post(f"/ke-hoach/ban-chi-dao/{one.pk}/them/", {**seat, "valid_from": "1/1/2025"}).status_code
        == 302
    )
    other = keep_committee("Ban Chỉ đạo chuyển đổi số", "2/QĐ", date(2021, 5, 1), **SAID)
    seat_members(
        other.pk, [NewSeat("Nguyễn Văn An", "Chủ tịch UBND tỉnh", "TRUONG_BAN", date(2021, 5, 1))], **SAID
    )
    assert "Trưởng ban Ban Chỉ đạo chuyển đổi số" in text_of(keeper.get(f"/ke-hoach/ban-chi-dao/{one.pk}/"))
    assert "Một người, nhiều vai" in text_of(keeper.get("/ke-hoach/ban-chi-dao/"))
    check = {
        "name": "Kiểm tra 2026", "number": "9/KH", "signed_on": "1/3/2026", "lead": actors.home.pk,
        "first_day": "1/4/2026", "last_day": "1/6/2026", "units": [year["other"].pk],
    }  # fmt: skip
    assert keeper.post("/ke-hoach/kiem-tra/ghi/", check).status_code == 302
    path = f"/ke-hoach/kiem-tra/{Inspection.objects.get().pk}/"
    held = {"unit": year["other"].pk, "held_on": "5/4/2026", "minutes": "Biên bản 1"}
    assert keeper.post(path + "da-kiem-tra/", held).status_code == 302
    found = {"unit": year["other"].pk, "text": "Niêm yết thiếu", "remedy": "Niêm yết đủ", "due": "15/7/2026"}
    assert keeper.post(path + "ton-tai/", found).status_code == 302
    assert "Niêm yết thiếu" in text_of(keeper.get(path + "?tt=qua-han"))
    row = Finding.objects.get()
    assert (
        keeper.post(
            f"/ke-hoach/ton-tai/{row.pk}/khac-phuc/", {"on": "1/7/2026", "evidence": "3/BC"}
        ).status_code
        == 302
    )
    assert "Xong đúng hạn" in text_of(keeper.get(path))


@pytest.mark.django_db
def test_the_pages_take_few_statements(
    visit: Any, actors: Any, year: Any, django_assert_max_num_queries: Any
) -> None:
    day = date(2026, 5, 10)
    new = NewInspection("Kiểm tra 2026", "5/KH", day, actors.home.pk, day, day, (actors.home.pk,))
    one = record_inspection(new, **SAID)
    hold_inspections(one.pk, [Held(actors.home.pk, day, "Biên bản 1")], **SAID)
    (found,) = record_findings(one.pk, [NewFinding(actors.home.pk, "Thiếu", "Đủ", day)], **SAID)
    board = keep_committee("Ban Chỉ đạo", "1/QĐ", date(2021, 5, 1), **SAID)
    client, plan, item = visit(actors.personnel), year["plan"].pk, year["items"][0].pk
    pages = (
        "", "?biet-den=01/11/2026", "giao/", f"giao/{year['duty'].pk}/", f"giao/{year['duty'].pk}/mien/", "dau-moi/", "nhap/",
        "chuong-trinh/", "chuong-trinh/ghi/", "so/", "so/?don-vi=H98.08&nam=2026", "lap/", "viec/", "viec/?tat-ca=1",
        f"viec/{item}/", f"viec/{item}/sua/", f"viec/{item}/bao-cao/", f"{plan}/", f"{plan}/ban-hanh/", f"{plan}/dinh-chinh/",
        f"{plan}/chuyen-viec/",
        f"{plan}/nhiem-vu/", "ban-chi-dao/", f"ban-chi-dao/{board.pk}/", f"ban-chi-dao/{board.pk}/them/", "kiem-tra/",
        f"kiem-tra/{one.pk}/", f"kiem-tra/{one.pk}/da-kiem-tra/", f"kiem-tra/{one.pk}/ton-tai/",
        f"ton-tai/{found.pk}/khac-phuc/",
    )  # fmt: skip
    leader = visit(actors.leader)
    for page in pages:
        client.get(f"/ke-hoach/{page}")
        with django_assert_max_num_queries(8):
            assert client.get(f"/ke-hoach/{page}").status_code == 200
    with django_assert_max_num_queries(8):
        assert leader.get("/ke-hoach/viec/").status_code == 200


@pytest.mark.browser
def test_the_plans_are_accessible_and_a_leader_finds_the_way(
    page: Any, actors: Any, year: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    enter(page, actors.leader)
    for nth, path in enumerate(
        ("", f"giao/{year['duty'].pk}/", "so/", f"{year['plan'].pk}/", "viec/", "chuong-trinh/")
    ):
        page.goto(f"/ke-hoach/{path}")
        assert_accessible(page)
        keep_picture(page, f"plans-{nth}")
    page.goto(f"/ke-hoach/{year['plan'].pk}/?tt=qua-han")
    page.get_by_role("link", name="Rà soát thủ tục").click()
    page.get_by_role("link", name="Báo cáo kết quả").click()
    page.get_by_label("Ngày của văn bản").fill("19/11/2026")
    page.get_by_label("Văn bản, sản phẩm chứng minh").fill("31/BC-SNV")
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi").click()
    assert page.get_by_text("Xong trễ 4 ngày làm việc").is_visible()
