"""Forms: our words, composed text, days; keyset cursors."""

import unicodedata
from datetime import date

import pytest
from django import forms
from django.template import engines

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import DayField, PlainForm, TextField, read_day
from congvu.foundation.ui.pager import decode, encode, page_of


class Sample(PlainForm):
    name = TextField(label="Họ và tên", help_text="Như trên căn cước.")
    born = DayField(label="Ngày sinh", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20/11/2026", date(2026, 11, 20)),
        ("1/2/26", date(2026, 2, 1)),
        ("2026-11-20", date(2026, 11, 20)),
        (" 20.11.2026 ", date(2026, 11, 20)),
        ("31/02/2026", None),
        ("11/20/2026", None),
        ("20/11", None),
        ("hôm nay", None),
        ("20/11/0", date(2000, 11, 20)),
    ],
)
def test_days_as_people_type_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_decomposed_text_is_composed_and_errors_are_in_our_words() -> None:
    form = Sample(
        {"name": unicodedata.normalize("NFD", "  Nguyễn   Thị Hạnh "), "born": "1/1/90x", "kind": ""}
    )
    assert not form.is_valid()
    assert form.cleaned_data["name"] == "Nguyễn Thị Hạnh"
    assert form.errors["born"] == ["Không đọc được ngày. Viết dạng 20/11/2026."]
    assert form.errors["kind"] == ["Chưa chọn loại."]
    assert Sample({}).errors["name"] == ["Chưa nhập họ và tên."]


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_wrong_field_is_tied_to_its_words_for_a_screen_reader() -> None:
    form = Sample({"name": "", "kind": "a"})
    text = render("{% errors form %}{% field form.name %}", form=form)
    assert 'aria-describedby="id_name-giup id_name-loi"' in text
    assert 'aria-invalid="true"' in text
    assert '<a href="#id_name">Họ và tên</a>: Chưa nhập họ và tên.' in text


def test_a_refusal_stands_in_the_box_and_under_its_field_and_keeps_what_was_typed() -> None:
    form = Sample({"name": "A & B", "kind": "a"})
    assert form.is_valid()
    form.refuse(Refused("Tên này đã có.", where="name", do="Chọn tên khác.", article="Luật X, Điều 1"))
    text = render("{% errors form %}{% field form.name %}", form=form)
    assert text.count("Tên này đã có.") >= 2
    assert "Luật X, Điều 1" in text
    assert 'value="A &amp; B"' in text


def test_a_cursor_comes_back_as_it_went() -> None:
    key = ["2026-11-20", 12, None]
    assert decode(encode(key), 3) == key
    assert decode("", 3) is None


@pytest.mark.parametrize("cursor", ["x", "W10", "!!!!", "eyJhIjoxfQ", encode([[1], 2])])
def test_a_cursor_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(Refused):
        decode(cursor, 2)


def test_a_page_knows_whether_more_follow_without_counting() -> None:
    page = page_of([1, 2, 3], 2, lambda n: [n])
    assert page.rows == [1, 2]
    assert decode(page.next, 1) == [2]
    assert page_of([1, 2], 2, lambda n: [n]).next == ""
    assert page_of([], 2, lambda n: [n]).rows == []


def test_tags_escape_what_people_typed() -> None:
    text = render(
        "{% chip 'late' words %}{% facts pairs %}", words="<script>", pairs=[("a", "<img>"), ("b", "")]
    )
    assert "<script>" not in text
    assert "&lt;img&gt;" in text
    assert "<dd>–</dd>" in text


@pytest.mark.parametrize(
    ("left", "words"), [(-3, "Quá 3 ngày"), (0, "Hôm nay"), (2, "Còn 2 ngày"), (None, "–")]
)
def test_the_due_chip(left: int | None, words: str) -> None:
    assert words in render("{% due_word left %}", left=left)


def test_only_numbers_that_count_something_are_links() -> None:
    assert 'href="/x"' in render("{% number 5 '/x' %}")
    assert "<a" not in render("{% number 0 '/x' %}{% number None '/x' %}{% number 5 %}")


def test_an_unverified_rule_shows_amber() -> None:
    assert "chưa đối chiếu" in render("{% evidence 'MEM' %}")
    assert render("{% evidence 'TXT' %}") == ""
