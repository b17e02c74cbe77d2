"""Numbers people enter, from a paper with its reason: entered, corrected, brought in a sheet; figures offices define."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.define_figures import Definition, define_figures, withdraw_figures
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.actions.list_entries import Named, list_entries, take_out
from congvu.indicators.models import HandFigure
from congvu.indicators.queries.answer import answer
from congvu.indicators.queries.figures import figure_of
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import the_province
from congvu.indicators.rules.definitions import Flag
from congvu.indicators.rules.entering import Typed
from congvu.indicators.tests.make import Ground
from congvu.indicators.tests.test_maps import ground
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
__all__ = ["ground"]
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOW = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)


def defined(code: str = "vb.ban-hanh", **how: Any) -> None:
    facts = {"name": "Văn bản ban hành", "measure": "văn bản", "source": "Báo cáo quý"}
    define_figures([Definition(code, **{**facts, **how})], by=SYSTEM, at=NOW)


def typed(number: int, **how: Any) -> Typed:
    facts = {"flag": Flag.HAND, "paper": "12/BC-SNV ngày 02/11/2026", "reason": "Chưa có sổ điện tử"}
    return Typed(
        how.pop("code", "vb.ban-hanh"),
        how.pop("unit", None),
        *OCTOBER,
        **{**facts, "numerator": Decimal(number), **how},
    )


def october() -> Any:
    question = ask(*OCTOBER, today=NOW.date())
    return question, the_province(question, picture()), picture()


def test_a_number_entered_is_answered_and_corrected_by_a_row_that_names_it(ground: Ground) -> None:
    defined()
    first = enter_figures([typed(61)], by=SYSTEM, at=NOW)[0]
    assert enter_figures([typed(61)], by=SYSTEM, at=NOW) == [first], "entered twice it is one number"
    with pytest.raises(Refused, match="đã có số liệu"):
        enter_figures([typed(62)], by=SYSTEM, at=NOW)
    enter_figures([typed(62, replaces=first.pk)], by=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="không còn là số đang dùng"):
        enter_figures([typed(63, replaces=first.pk)], by=SYSTEM, at=NOW)
    told = answer("vb.ban-hanh", *october())
    assert (told.value.numerator, told.flag) == (62, Flag.HAND)
    assert HandFigure.objects.count() == 2
    assert AuditEntry.objects.filter(verb="indicators.enter").count() == 2


def test_what_was_entered_is_never_changed_nor_taken_away(ground: Ground) -> None:
    defined()
    row = enter_figures([typed(61)], by=SYSTEM, at=NOW)[0]
    for text in ("UPDATE indicators_handfigure SET numerator = 1", "DELETE FROM indicators_handfigure"):
        with (
            pytest.raises(DatabaseError, match="không sửa"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(text)
    row.refresh_from_db()
    assert row.numerator == 61


def test_leaders_enter_for_their_own_units_and_nobody_else_does(
    ground: Ground, make_person: Any, visit: Any
) -> None:
    defined()
    leader = visit(make_person("leader", ground.units[0]))
    page = "/thong-ke/nhap-tay/nhap/?so-lieu=vb.ban-hanh"
    offered = leader.get(page).content.decode()
    assert "Sở Nội vụ" in offered and "Sở Y tế" not in offered and "Toàn tỉnh" not in offered
    data = {
        "figure": "vb.ban-hanh", "unit": str(ground.units[0].pk), "first": "01/10/2026", "last": "31/10/2026",
        "flag": "quoted", "numerator": "1.234", "paper": "12/BC-SNV", "reason": "Báo cáo giấy",
    }  # fmt: skip
    assert leader.post(page, {**data, "numerator": "12.5"}).status_code == 422
    assert leader.post(page, {**data, "unit": ""}).status_code == 422, "the province is not his"
    assert leader.post(page, data).status_code == 302
    assert HandFigure.objects.get().numerator == 1234
    shown = leader.get("/thong-ke/so-lieu/vb.ban-hanh/?ky=thang&nam=2026&so=10").content.decode()
    assert "Trích báo cáo" in shown and "12/BC-SNV" in shown and "1.234" in shown
    row = HandFigure.objects.get()
    again = leader.get(f"/thong-ke/nhap-tay/{row.pk}/dinh-chinh/").content.decode()
    assert 'value="1234"' in again
    assert (
        leader.post(f"/thong-ke/nhap-tay/{row.pk}/dinh-chinh/", {**data, "numerator": "1.235"}).status_code
        == 302
    )
    assert visit(make_person("clerk", ground.units[0])).get(page).status_code == 403
    with pytest.raises(Refused, match="ngoài phạm vi"):
        other = make_person("leader", ground.units[1])
        enter_figures([typed(5, unit=ground.units[0].pk)], by=other.actor, at=NOW)


def test_a_sheet_is_tried_first_and_entered_when_the_person_says_so(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    defined()
    leader = visit(make_person("leader", ground.province))
    text = (
        "Mã số liệu,Mã đơn vị,Từ ngày,Đến ngày,Tử số,Mẫu số,Tỷ lệ,Loại,Nguyên văn,Lấy từ,Lý do\n"
        "vb.ban-hanh,,01/10/2026,31/10/2026,61,,,,,12/BC,Báo cáo quý\n"
        "vb.ban-hanh,H99.08,01/10/2026,31/10/2026,88.3,,,,,12/BC,Báo cáo quý\n"
    )
    file = BytesIO(text.encode())
    file.name = "so.csv"
    with django_assert_max_num_queries(8):
        tried = leader.post("/thong-ke/nhap-tay/tep/", {"file": file, "viec": "thu"}).content.decode()
    assert "dấu chấm thập phân" in tried and HandFigure.objects.count() == 0
    assert leader.post("/thong-ke/nhap-tay/tep/", {"bang": text, "viec": "ghi"}).status_code == 302
    assert HandFigure.objects.get().numerator == 61
    book = leader.get("/thong-ke/nhap-tay/tep/mau/")
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_an_office_defines_a_figure_over_records_and_reads_it_at_once(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    leader = visit(make_person("leader", ground.province))
    assert "Điều kiện" in leader.get("/thong-ke/so-lieu-rieng/moi/?tap=units").content.decode()
    data = {
        "tap": "units",
        "code": "don-vi.so",
        "name": "Sở",
        "share": "on",
        "source": "Tỉnh hỏi",
        "tu-kind": ["SO"],
        "mau-tier": ["TINH"],
    }
    assert leader.post("/thong-ke/so-lieu-rieng/moi/", {**data, "code": "Đơn vị"}).status_code == 422
    assert leader.post("/thong-ke/so-lieu-rieng/moi/", data).status_code == 302
    figure = figure_of("don-vi.so")
    assert figure.words == "Đơn vị có loại: Sở; cấp: Cấp tỉnh chia cho đơn vị có cấp: Cấp tỉnh"
    with django_assert_max_num_queries(8):
        shown = leader.get("/thong-ke/so-lieu/don-vi.so/?mo=tu").content.decode()
    assert "Danh sách bản ghi được đếm" in shown and "/to-chuc/H99" in shown
    months = leader.get("/thong-ke/so-lieu/don-vi.so/?theo=month").content.decode()
    assert "<svg" in months
    assert leader.post("/thong-ke/so-lieu-rieng/don-vi.so/thoi-dung/", {"why": "Nhầm"}).status_code == 302
    assert leader.get("/thong-ke/so-lieu/don-vi.so/").status_code == 404


def test_a_definition_is_refused_when_its_share_is_of_something_else(ground: Ground) -> None:
    with pytest.raises(Refused, match="một phần của mẫu số"):
        defined("a.b", population="units", where={"kind": ["SO"]}, share=True, out_of={"tier": ["XA"]})
    with pytest.raises(Refused, match="danh mục chung"):
        defined("ho-so.dung-han")
    defined("a.c")
    with pytest.raises(Refused, match="đã dùng"):
        defined("a.c", name="Khác")
    assert withdraw_figures(["a.c"], why="Nhầm", by=SYSTEM, at=NOW) == 1
    assert withdraw_figures(["a.c"], why="Nhầm", by=SYSTEM, at=NOW) == 0


def test_named_records_are_listed_once_and_taken_out_with_a_reason(ground: Ground) -> None:
    one = Named("vb", "Nghị quyết 12", date(2026, 10, 5), "12/NQ-HĐND", "nghi-quyet")
    first = list_entries([one], by=SYSTEM, at=NOW)
    assert list_entries([one], by=SYSTEM, at=NOW) == first
    defined("vb.nq", population="entries", where={"list": ["vb"]})
    assert answer("vb.nq", *october()).value.numerator == 1
    take_out([first[0].pk], why="Ghi nhầm", by=SYSTEM, at=NOW)
    assert answer("vb.nq", *october()).value.numerator == 0


def test_the_list_of_numbers_entered_takes_few_statements(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        defined(f"vb.so-{n}")
        enter_figures(
            [typed(n, code=f"vb.so-{n}"), typed(n, code=f"vb.so-{n}", unit=ground.units[0].pk)],
            by=SYSTEM,
            at=NOW,
        )
    client = visit(make_person("auditor", ground.province))
    with django_assert_max_num_queries(8):
        shown = client.get("/thong-ke/nhap-tay/").content.decode()
    assert shown.count("12/BC-SNV") >= 10
