"""Finding procedures the way people type."""

from datetime import date

import pytest

from congvu.procedures.models import Procedure
from congvu.procedures.queries.find import counter_choices, fields, search
from congvu.procedures.tests.make import a_published

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NAMES = {
    "1.001": "Đăng ký khai sinh",
    "1.002": "Đăng ký khai sinh có yếu tố nước ngoài",
    "1.003": "Đăng ký lại khai sinh",
    "2.001": "Cấp bản sao trích lục khai sinh, đăng ký kết hôn",
    "2.002": "Chứng thực 100% bản sao",
}


@pytest.fixture
def catalogue() -> None:
    for code, name in NAMES.items():
        a_published(code, name, tiers=("XA",) if code.startswith("1") else ("TINH",))


def codes(text: str, **more) -> list[str]:
    return [one.code for one in search(text, on=TODAY, **more)]


@pytest.mark.parametrize(
    "text", ["dang ky khai sinh", "Đăng ký khai sinh", "ĐĂNG KÝ KHAI SINH", "đăng ký khai si"]
)
def test_without_diacritics_or_with_them_the_same_is_found_best_first(catalogue: None, text: str) -> None:
    assert codes(text) == ["1.001", "1.002", "2.001", "1.003"]


def test_decomposed_letters_find_the_same(catalogue: None) -> None:
    import unicodedata

    assert codes(unicodedata.normalize("NFD", "Đăng ký khai sinh")) == codes("dang ky khai sinh")


def test_a_phrase_goes_before_scattered_words(catalogue: None) -> None:
    assert codes("ky khai sinh") == ["1.001", "1.002", "2.001", "1.003"]
    assert set(codes("sinh khai")) == {"1.001", "1.002", "1.003", "2.001"}
    assert codes("<script>khai sinh</script>") == []


def test_a_name_that_begins_with_the_word_procedure_counts_as_beginning_so(catalogue: None) -> None:
    a_published("3.001", "Thủ tục đăng ký khai sinh lưu động")
    a_published("3.002", "Liên thông đăng ký khai sinh")
    assert codes("dang ky khai sinh")[:3] == ["1.001", "1.002", "3.001"]


def test_the_beginning_of_a_code_wins(catalogue: None) -> None:
    assert codes("1.00") == ["1.001", "1.002", "1.003"]
    assert codes("2.001") == ["2.001"]


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "100%", "'; DROP TABLE x; --", "<>", "a & b | !c", ":*", "((", "\u200b"]
)
def test_signs_that_mean_something_to_a_machine_mean_nothing(catalogue: None, text: str) -> None:
    found = codes(text)
    assert found == (["2.002"] if text == "100%" else [])


def test_nothing_typed_lists_all_by_name_in_pages(catalogue: None) -> None:
    first = search("", on=TODAY, limit=2)
    assert len(first) == 3
    second = search("", on=TODAY, limit=2, cursor=first[1].cursor)
    third = search("", on=TODAY, limit=2, cursor=second[1].cursor)
    names = [one.name for one in (*first[:2], *second[:2], *third)]
    assert names == sorted(NAMES.values(), key=lambda name: Procedure.objects.get(name=name).name_folded)


def test_pages_of_a_search_go_on_where_they_ended(catalogue: None) -> None:
    whole = codes("khai sinh", limit=10)
    paged: list[str] = []
    cursor = None
    while True:
        page = search("khai sinh", on=TODAY, limit=1, cursor=cursor)
        paged += [one.code for one in page[:1]]
        if len(page) < 2:
            break
        cursor = page[0].cursor
    assert paged == whole


def test_field_and_tier_narrow_the_list(catalogue: None) -> None:
    (field,) = fields()
    assert codes("", tier="TINH") == ["2.001", "2.002"]
    assert len(codes("", field_id=field.pk)) == 5
    assert codes("", field_id=field.pk + 1) == []


def test_what_is_not_in_force_on_the_day_is_not_offered(catalogue: None) -> None:
    assert search("", on=date(2026, 1, 14)) == []
    assert len(search("", on=date(2026, 1, 14), public=False)) == 5


def test_one_statement_however_many_are_found(catalogue: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        search("khai sinh", on=TODAY)
    with django_assert_num_queries(2):
        (choice,) = counter_choices("dang ky lai", on=TODAY)
    assert choice.cases[0].channels[0].term_n == 30 and choice.cases[0].papers[0].id > 0


def test_the_list_says_the_term_in_words(catalogue: None) -> None:
    assert {one.term_words for one in search("", on=TODAY)} == {"30 ngày làm việc"}
