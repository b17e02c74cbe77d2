"""Search without diacritics."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.text import composed, fold, phrase_query


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Hạnh", "nguyen thi hanh"),
        ("ĐĂNG KÝ", "dang ky"),
        ("Hội  Người trồng hồi, tỉnh Bình Giang", "hoi nguoi trong hoi tinh binh giang"),
        ("Ưu tiên: 20%", "uu tien 20"),
        ("", ""),
    ],
)
def test_diacritics_and_marks_fall_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyẵậễộợừ ỳÝĂ,.", max_size=40))
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)
    assert composed(unicodedata.normalize("NFD", text)) == composed(text)


@given(st.text(max_size=60))
def test_a_query_holds_only_words_and_operators(text: str) -> None:
    assert not set(phrase_query(text)) - set("abcdefghijklmnopqrstuvwxyz0123456789 <->:*")
