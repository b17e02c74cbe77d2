"""The statistics screens: what they count, that each number opens it, how many statements they take."""

import re
import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest

from congvu.dossiers.models import CaseImport, Dossier
from congvu.dossiers.tests.make import a_place
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.indicators.tests.test_form06_ten_dossiers import Ten

pytestmark = pytest.mark.django_db
FORM, BOOK = "/thong-ke/bieu-06/", "/thong-ke/bieu-06/tai-ve/"
BUDGET = 8


@pytest.fixture
def chairman(frozen_clock: Any, make_person: Any, visit: Any) -> Any:
    """A client signed in as the chairman over the ten dossiers, on 20/11/2026."""
    place = a_place()
    ten = Ten(place)
    ten.go_on()
    client = visit(make_person("leader", place.province, name="Vũ Chủ Tịch"))
    client.ten = ten
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def cells(text: str) -> list[int]:
    """The numbers of the total row."""
    total = text[text.index('<tr class="sum">') :]
    return [int(n) for n in re.findall(r'<td class="n[^"]*">\s*(?:<[^>]*>)(\d+)<', total)]


def test_without_being_asked_the_last_whole_month_is_shown(chairman: Any) -> None:
    text = text_of(chairman.get(FORM))
    assert 'Từ <span class="num">01/10/2026</span> đến <span class="num">31/10/2026</span>' in text
    assert cells(text) == [9, 3, 4, 2, 5, 1, 3, 1, 4, 3, 1]
    assert "Khớp cả 4" in text
    assert "9 = 3 + 4 + 2" in text
    assert '<b class="num">80,0%</b> = <span class="num">4/5</span>' in text
    assert '<b class="num">44,4%</b> = <span class="num">4/9</span>' in text


def test_every_number_on_the_page_opens_as_many_dossiers(chairman: Any) -> None:
    text = text_of(chairman.get(FORM))
    links = re.findall(r'<a class="d" href="([^"#]+)#ban-ghi"[^>]*>(\d+)</a>', text)
    assert len(links) == 11 * 3  # one tier, one field, the total; no cell is zero
    for url, n in links:
        opened = text_of(chairman.get(FORM + url.replace("&amp;", "&")))
        assert len(re.findall(r'<a class="code" href="/ho-so/', opened)) == int(n), url
        assert 'aria-current="true"' in opened


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?ky=quy&nam=2026&so=4&cach=bao-cao&mo=c3",
        "?theo=unit&mo=c10&dong=H99.08",
        "?ky=tu-chon&tu=1/9/2026&den=20/11/2026&mo=c7",
        "?biet=20/11/2026&mo=c3",
    ],
)
def test_the_page_keeps_within_its_budget(
    chairman: Any, django_assert_max_num_queries: Any, query: str
) -> None:
    chairman.get(FORM)
    with django_assert_max_num_queries(BUDGET):
        assert chairman.get(FORM + query).status_code == 200


def test_more_dossiers_take_no_more_statements(chairman: Any, django_assert_max_num_queries: Any) -> None:
    ground, day = Ground("H97"), moment(chairman.ten.day("05/10"))
    life = History(1, day.date(), (Happened(day, 2, day.date()),))
    ground.write([life] * 300)
    Dossier.objects.filter(competent_unit__code__startswith="H97").update(tier="XA")
    with django_assert_max_num_queries(BUDGET):
        chairman.get(f"{FORM}?mo=c3")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?ky=tu-chon&tu=32/1/2026&den=1/2/2026", "Không đọc được ngày"),
        ("?ky=tu-chon&tu=5/2/2026&den=1/2/2026", "sau ngày kết thúc"),
        ("?ky=quy&nam=1500", "nằm ngoài phạm vi báo cáo"),
        ("?ky=thang&nam=<script>", "Năm và kỳ là các chữ số"),
        ("?ky=tuan", "Không có loại kỳ này"),
        ("?ky=thang&nam=2027&so=3", "sau ngày chốt số liệu"),
        ("?chot=1/1/2020", "sau ngày chốt số liệu"),
        ("?mo=c99", "không có cột"),
        ("?mo=c3&dong=KHONG-CO", "không có dòng"),
        ("?mo=c3&sau=x", "Dấu trang trong địa chỉ không đúng"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(chairman: Any, query: str, said: str) -> None:
    answer = chairman.get(FORM + query)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "<script>" not in text_of(answer).replace("<script src", "")


def test_free_days_not_yet_written_are_no_mistake(chairman: Any) -> None:
    answer = chairman.get(f"{FORM}?ky=tu-chon")
    assert answer.status_code == 200
    assert "Ghi ngày đầu và ngày cuối của kỳ" in text_of(answer)


def test_a_reporting_quarter_runs_from_the_15th_and_says_it_is_unchecked(chairman: Any) -> None:
    text = text_of(chairman.get(f"{FORM}?ky=quy&nam=2026&so=4&cach=bao-cao"))
    assert 'Từ <span class="num">15/09/2026</span> đến <span class="num">14/12/2026</span>' in text
    assert 'Tình trạng cuối ngày <span class="num">20/11/2026</span>' in text
    assert "chưa đối chiếu" in text


def test_the_book_has_real_numbers_and_thirteen_columns(chairman: Any) -> None:
    sheet = _sheet(chairman.get(f"{BOOK}?ky=thang&nam=2026&so=10"))
    index = [n for n in re.findall(r"\(\d+\)", _shared(chairman.get(BOOK))) if n.startswith("(")]
    assert index[:13] == [f"({n})" for n in range(1, 14)]
    total = re.findall(r'<row r="11".*?</row>', sheet, re.S)[0]
    assert [int(v) for v in re.findall(r'<c r="[C-M]11"[^>]*><v>(\d+)</v>', total)] == [
        9,
        3,
        4,
        2,
        5,
        1,
        3,
        1,
        4,
        3,
        1,
    ]


def test_the_dossiers_behind_a_number_come_as_a_book(chairman: Any) -> None:
    Dossier.objects.filter(pk=chairman.ten.ids["C"]).update(owner_name="=1+1")
    sheet = _sheet(chairman.get(f"{BOOK}?ky=thang&nam=2026&so=10&mo=c10"))
    assert sheet.count("<row ") == 2
    assert "=1+1</t>" in sheet and "<f>" not in sheet


def _parts(answer: Any) -> zipfile.ZipFile:
    assert answer.status_code == 200
    return zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))


def _sheet(answer: Any) -> str:
    return _parts(answer).read("xl/worksheets/sheet1.xml").decode()


def _shared(answer: Any) -> str:
    return _parts(answer).read("xl/sharedStrings.xml").decode()


def test_the_on_time_page_counts_by_month_and_agency_and_opens_each(
    chairman: Any, django_assert_max_num_queries: Any
) -> None:
    page = "/thong-ke/dung-han/"
    with django_assert_max_num_queries(BUDGET):
        text = text_of(chairman.get(page))
    links = set(re.findall(r'<a class="q" href="(\?[^"#]+)#ban-ghi"[^>]*>(\d+)</a>', text))
    assert any(url.endswith("mo=qua-han") and n == "1" for url, n in links)
    for url, n in links:
        with django_assert_max_num_queries(BUDGET):
            opened = text_of(chairman.get(page + unquote(url.replace("&amp;", "&"))))
        assert len(re.findall(r'<a class="code" href="/ho-so/', opened)) == int(n), url
    assert "Sở Nội vụ" in text
    assert '<th scope="row" class="fw-medium num">10/26</th>' in text


@pytest.mark.parametrize("query", ["?nam=x", "?nam=1", "?mo=xong", "?mo=gi&tu=2026-10-01&den=2026-10-31"])
def test_the_on_time_page_refuses_in_words(chairman: Any, query: str) -> None:
    assert chairman.get("/thong-ke/dung-han/" + query).status_code == 422


def test_imported_cases_are_counted_and_opened(chairman: Any, django_assert_max_num_queries: Any) -> None:
    page, ids = "/thong-ke/nhap-ho-so-cu/", chairman.ten.ids
    kept = CaseImport.objects.create(
        sha256="0" * 64, file_name="nhat-ky.csv", at=moment(chairman.ten.day("01/11")), summary={"events": 44}
    )
    for name in "ABCDI":
        Dossier.objects.filter(pk=ids[name]).update(imported=kept, external_ref=name, flagged=name == "I")
    with django_assert_max_num_queries(BUDGET):
        text = text_of(chairman.get(page))
    links = re.findall(r'<a class="q" href="(\?[^"#]+)#ban-ghi"[^>]*>(\d+)</a>', text)
    assert [int(n) for _, n in links] == [
        5,
        2,
        1,
        1,
        1,
        1,
    ]  # all; AB on time; C; D; I has no due day, a doubt
    for url, n in links:
        with django_assert_max_num_queries(BUDGET):
            opened = text_of(chairman.get(page + url.replace("&amp;", "&")))
        assert len(re.findall(r'<a class="code" href="/ho-so/', opened)) == int(n)
    assert chairman.get(f"{page}?lan=999&mo=tat-ca").status_code == 422


def test_the_index_leads_to_each(chairman: Any) -> None:
    text = text_of(chairman.get("/thong-ke/"))
    for url in (FORM, "/thong-ke/dung-han/", "/thong-ke/nhap-ho-so-cu/"):
        assert f'href="{url}"' in text
