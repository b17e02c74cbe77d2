"""Job-position schemes: drafted, appraised by another, approved and frozen; positions keep their identity."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.staffing.actions.approve_scheme import Approval, appraise, approve, send_back, submit
from congvu.staffing.actions.draft_scheme import (
    discard_scheme,
    draft_scheme,
    remove_positions,
    write_positions,
)
from congvu.staffing.models import PositionLine, Scheme
from congvu.staffing.queries.schemes import holders_by_grade, in_force, versions
from congvu.staffing.rules.kinds import CONG_CHUC, HOP_DONG_111, POOLS
from congvu.staffing.rules.schemes import Competence, Job, beside_posts, read_frame, written_frame
from congvu.staffing.tests.make import AT, a_decision, a_line
from congvu.staffing.tests.test_screens import text_of

HEAD = Job("LĐ-01", "Giám đốc Sở", "lanh_dao", CONG_CHUC, "01.002", 1)
CLERK = Job(
    "CN-01", "Chuyên viên về tổ chức bộ máy", "chuyen_nganh", CONG_CHUC, "01.003", 6,
    "Tham mưu sắp xếp tổ chức bộ máy", "Dự thảo quyết định", (Competence("Soạn thảo văn bản", 3),),
)  # fmt: skip
DRIVER = Job("HT-01", "Lái xe", "ho_tro", HOP_DONG_111, "01.010", 2)


def approval(number: str = "55/QĐ-UBND", since: date = date(2026, 1, 1)) -> Approval:
    return Approval(number, since, "UBND tỉnh", since)


def a_scheme(unit: Any, *jobs: Job, since: date | None = None, number: str = "55/QĐ-UBND") -> Scheme:
    """A draft of the unit with these positions added, approved from a day when one is given."""
    (one,) = draft_scheme([unit.pk], by=SYSTEM, at=AT)
    write_positions(one.pk, [(None, job) for job in jobs], by=SYSTEM, at=AT)
    if since is not None:
        submit([one.pk], by=SYSTEM, at=AT)
        appraise([one.pk], "Đồng ý", by=SYSTEM, at=AT)
        approve([one.pk], approval(number, since), by=SYSTEM, at=AT)
    return Scheme.objects.get(pk=one.pk)


@given(
    st.lists(st.tuples(st.sampled_from(POOLS), st.integers(1, 50))),
    st.dictionaries(st.sampled_from(POOLS), st.integers(1, 90)),
)
def test_every_holder_and_every_post_stands_in_one_line(
    holders: list[tuple[str, int]], posts: dict[str, int]
) -> None:
    told = beside_posts(holders, posts)
    assert sum(one.holders for one in told) == sum(count for _, count in holders)
    assert sum(one.posts or 0 for one in told) == sum(posts.values())
    assert all(one.over == max(0, one.holders - posts.get(one.pool, one.holders)) for one in told)
    assert not any(one.over for one in beside_posts(holders, posts, ()))


@given(
    st.lists(
        st.builds(
            Competence, st.from_regex(r"[a-zà-ỹ]{1,8}( [a-z]{1,8})?", fullmatch=True), st.integers(1, 5)
        ),
        max_size=6,
    )
)
def test_a_frame_is_read_as_it_is_written(frame: list[Competence]) -> None:
    again = read_frame(written_frame(frame))
    assert [one.level for one in again] == [one.level for one in frame]
    assert len(again) == len(frame)


@pytest.mark.parametrize("line", ["Soạn thảo", "Soạn thảo | 6", "Soạn thảo | 0", "| 3", "Soạn thảo | ba"])
def test_a_frame_line_without_name_or_level_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(Refused, match="dòng 2"):
        read_frame(f"Giao tiếp; mức 2\n{line}")


@pytest.mark.django_db
def test_an_approved_scheme_is_frozen_and_a_change_is_a_new_version_with_the_same_positions(
    actors: Any,
) -> None:
    first = a_scheme(actors.home, HEAD, CLERK, since=date(2026, 1, 1))
    old = {line.code: line.position_id for line in PositionLine.objects.filter(scheme=first)}
    with pytest.raises(DatabaseError, match="đã phê duyệt"), transaction.atomic():
        Scheme.objects.filter(pk=first.pk).update(issuer="khác")
    with pytest.raises(DatabaseError, match="đã phê duyệt"), transaction.atomic():
        PositionLine.objects.filter(scheme=first).update(holders=99)
    with pytest.raises(Refused, match="không sửa được"):
        write_positions(first.pk, [(None, DRIVER)], by=SYSTEM, at=AT)
    (draft,) = draft_scheme([actors.home.pk], by=SYSTEM, at=AT)
    assert draft_scheme([actors.home.pk], by=SYSTEM, at=AT)[0].pk == draft.pk
    assert draft.version == 2
    renamed = Job("CN-01", "Chuyên viên tổ chức, biên chế", "chuyen_nganh", CONG_CHUC, "01.003", 5)
    write_positions(draft.pk, [(old["CN-01"], renamed), (None, DRIVER)], by=SYSTEM, at=AT)
    new = {line.code: line.position_id for line in PositionLine.objects.filter(scheme=draft)}
    assert {code: new[code] for code in old} == old
    assert PositionLine.objects.get(scheme=first, code="CN-01").holders == 6
    submit([draft.pk], by=SYSTEM, at=AT)
    appraise([draft.pk], "Đồng ý", by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="đã có hiệu lực từ 01/01/2026"):
        approve([draft.pk], approval("56/QĐ-UBND", date(2026, 1, 1)), by=SYSTEM, at=AT)
    assert approve([draft.pk], approval("56/QĐ-UBND", date(2026, 7, 1)), by=SYSTEM, at=AT) == 1
    held = versions(actors.home.pk, drafts=False)
    found = [in_force(held, day) for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))]
    assert [one.version if one else None for one in found] == [None, 1, 2]
    assert holders_by_grade(None, date(2026, 6, 30), CONG_CHUC) == {
        actors.home.pk: {"01.002": 1, "01.003": 6}
    }
    assert holders_by_grade(None, date(2026, 7, 1), CONG_CHUC) == {actors.home.pk: {"01.002": 1, "01.003": 5}}


@pytest.mark.django_db
def test_the_steps_come_in_order_and_another_appraises(actors: Any) -> None:
    one = a_scheme(actors.home)
    mine = actors.personnel.actor
    with pytest.raises(Refused, match="chưa có vị trí"):
        submit([one.pk], by=mine, at=AT)
    write_positions(one.pk, [(None, HEAD)], by=mine, at=AT)
    with pytest.raises(Refused, match="không chuyển sang «Đã phê duyệt»"):
        approve([one.pk], approval(), by=mine, at=AT)
    assert submit([one.pk], by=mine, at=AT) == 1
    assert submit([one.pk], by=mine, at=AT) == 0
    with pytest.raises(Refused, match="không tự thẩm định"):
        appraise([one.pk], "Đồng ý", by=mine, at=AT)
    with pytest.raises(Refused, match="Chưa ghi ý kiến"):
        send_back([one.pk], " ", by=SYSTEM, at=AT)
    assert send_back([one.pk], "Thiếu bản mô tả", by=SYSTEM, at=AT) == 1
    assert discard_scheme(one.pk, by=mine, at=AT) is None
    said = list(AuditEntry.objects.filter(object_kind="scheme").order_by("id").values_list("verb", flat=True))
    assert said == [
        "staffing.draft_scheme", "staffing.write_position", "staffing.submit_scheme", "staffing.return_scheme",
        "staffing.discard_scheme",
    ]  # fmt: skip


@pytest.mark.django_db
def test_codes_are_used_once_and_only_personnel_writes(actors: Any) -> None:
    one = a_scheme(actors.home, HEAD)
    with pytest.raises(Refused, match="đã có vị trí mã LĐ-01"):
        write_positions(one.pk, [(None, HEAD)], by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="đã có vị trí mã CN-01"):
        write_positions(one.pk, [(None, CLERK), (None, CLERK)], by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="cán bộ tổ chức"):
        draft_scheme([actors.home.pk], by=actors.leader.actor, at=AT)
    (line,) = PositionLine.objects.filter(scheme=one)
    assert remove_positions(one.pk, [line.position_id], by=SYSTEM, at=AT) == 1


@pytest.mark.django_db
def test_a_scheme_is_written_on_the_screen_beside_the_posts_of_the_ledger(visit: Any, actors: Any) -> None:
    a_decision(a_line(actors.home, 4))
    client = visit(actors.personnel)
    assert "chưa có đề án" in text_of(client.get("/bien-che/vi-tri/don-vi/H98.08/"))
    page = client.post("/bien-che/vi-tri/don-vi/H98.08/")
    typed = {
        "code": "cn-01", "name": "Chuyên viên về thi đua", "group": "chuyen_nganh", "pool": CONG_CHUC, "grade": "01.003",
        "holders": "6", "tasks": "Thẩm định hồ sơ\nTổng hợp", "product": "", "frame": "Soạn thảo văn bản | 9",
    }  # fmt: skip
    wrong = client.post(f"{page.url}them/", typed)
    assert wrong.status_code == 422
    assert "Soạn thảo văn bản | 9" in text_of(wrong)
    assert client.post(f"{page.url}them/", {**typed, "frame": "Soạn thảo văn bản | 3"}).status_code == 302
    shown = text_of(client.get(page.url))
    assert "Chuyên viên về thi đua" in shown
    assert "Đề án tính nhiều người hơn biên chế được giao" in shown
    assert "Vượt 2" in shown
    assert "Đã trình" in text_of(client.post(page.url, {"viec": "trinh"}, follow=True))
    again = client.post(page.url, {"viec": "tham-dinh", "remarks": "Đủ điều kiện"})
    assert again.status_code == 422
    assert "Đủ điều kiện" in text_of(again)
    one = Scheme.objects.get()
    appraise([one.pk], "Đủ điều kiện", by=SYSTEM, at=AT)
    assert (
        client.post(page.url, {"viec": "phe-duyet", "number": "7/QĐ", "valid_from": "hôm nay"}).status_code
        == 422
    )
    done = client.post(
        page.url, {"viec": "phe-duyet", "number": "7/QĐ-UBND", "valid_from": "1/10/2026"}, follow=True
    )
    assert "Đã phê duyệt" in text_of(done)
    line = PositionLine.objects.get()
    told = text_of(client.get(f"{page.url}{line.position_id}/"))
    assert "Thẩm định hồ sơ" in told
    assert client.get(f"{page.url}{line.position_id}/sua/").status_code == 422
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(f"{page.url}tai-ve/").streaming_content)))
    cells = [cell for sheet in book for row in sheet.values for cell in row]
    assert "Soạn thảo văn bản (3)" in cells
    assert 6 in cells
    assert "Chuyên viên về thi đua" in text_of(client.get("/bien-che/vi-tri/don-vi/H98.08/?ngay=1/10/2026"))
    assert "chưa có đề án" in text_of(client.get("/bien-che/vi-tri/don-vi/H98.08/?ngay=30/9/2026"))


@pytest.mark.django_db
def test_others_see_only_what_is_approved_in_their_units(visit: Any, actors: Any) -> None:
    mine = a_scheme(actors.home, HEAD, since=date(2026, 1, 1))
    theirs = a_scheme(actors.centre, CLERK, since=date(2026, 1, 1))
    draft = a_scheme(actors.home, DRIVER)
    client = visit(actors.leader)
    answers = [client.get(f"/bien-che/vi-tri/de-an/{one.pk}/").status_code for one in (mine, theirs, draft)]
    assert answers == [200, 404, 404]
    page = text_of(client.get("/bien-che/vi-tri/"))
    assert "Sở Nội vụ 1 Đã phê duyệt 55/QĐ-UBND" in page
    assert "Trung tâm Phục vụ hành chính công tỉnh 1" not in page
    assert "Dự thảo" not in page
    assert client.get("/bien-che/vi-tri/don-vi/H98.01/").status_code == 404
    assert client.post(f"/bien-che/vi-tri/de-an/{mine.pk}/", {"viec": "bo"}).status_code == 422
    assert client.get("/bien-che/vi-tri/?mo=H98.08").url == "/bien-che/vi-tri/don-vi/H98.08/"


@pytest.mark.django_db
def test_a_position_shows_the_standard_of_its_title(visit: Any, actors: Any) -> None:
    one = a_scheme(actors.home, HEAD, CLERK, since=date(2026, 1, 1))
    head, clerk = PositionLine.objects.filter(scheme=one).order_by("place")
    client = visit(actors.personnel)
    told = text_of(client.get(f"/bien-che/vi-tri/de-an/{one.pk}/{head.position_id}/"))
    assert "Tiêu chuẩn Giám đốc Sở" in told
    assert "chưa đối chiếu" in told
    assert (
        "Tiêu chuẩn"
        not in text_of(client.get(f"/bien-che/vi-tri/de-an/{one.pk}/{clerk.position_id}/")).split(
            "Bản mô tả"
        )[1]
    )


@pytest.mark.django_db
def test_the_pages_take_few_statements(visit: Any, actors: Any, django_assert_max_num_queries: Any) -> None:
    a_decision(a_line(actors.home, 40))
    a_scheme(actors.home, HEAD, CLERK, since=date(2026, 1, 1))
    jobs = [
        Job(f"CN-{number}", f"Chuyên viên {number}", "chuyen_nganh", CONG_CHUC, "01.003", 1)
        for number in range(9)
    ]
    one = a_scheme(actors.home, *jobs)
    line = PositionLine.objects.filter(scheme=one).last()
    assert line is not None
    client = visit(actors.personnel)
    client.get("/bien-che/vi-tri/")
    pages = (
        "",
        "don-vi/H98.08/",
        f"de-an/{one.pk}/",
        f"de-an/{one.pk}/them/",
        f"de-an/{one.pk}/{line.position_id}/",
    )
    for page in pages:
        with django_assert_max_num_queries(8):
            assert client.get(f"/bien-che/vi-tri/{page}").status_code == 200


@pytest.mark.browser
def test_the_pages_of_schemes_are_accessible(
    page: Any, actors: Any, enter: Any, assert_accessible: Any, keep_picture: Any
) -> None:
    a_decision(a_line(actors.home, 4))
    one = a_scheme(actors.home, HEAD, CLERK, DRIVER)
    line = PositionLine.objects.get(scheme=one, code="CN-01")
    enter(page, actors.personnel)
    for nth, path in enumerate(
        ("", f"de-an/{one.pk}/", f"de-an/{one.pk}/them/", f"de-an/{one.pk}/{line.position_id}/")
    ):
        page.goto(f"/bien-che/vi-tri/{path}")
        assert_accessible(page)
        keep_picture(page, f"scheme-{nth}")
