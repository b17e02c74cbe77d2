"""What a form reads from text that anyone may have sent."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.ui.forms import PlainForm, TextField, read_number


@given(st.integers(min_value=0, max_value=10**17 - 1))
def test_the_number_of_a_row_is_read(number: int) -> None:
    assert read_number(str(number)) == number


@given(st.text(alphabet="0123456789-+. ²٣a", max_size=40))
def test_whatever_else_is_sent_is_the_row_that_no_row_has_or_fits_a_bigint(text: str) -> None:
    found = read_number(text)
    assert 0 <= found < 2**63 and (found == 0 or text.isascii())


class Typed(PlainForm):
    year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100)
    code = forms.SlugField(label="Mã", max_length=5)
    unit = forms.ChoiceField(label="Đơn vị", choices=[("", "Chọn"), ("7", "Sở <Nội vụ> & bạn")])


@pytest.mark.parametrize(
    ("typed", "name", "said"),
    [
        ({"year": "9999"}, "year", "Ghi số không quá 2100."),
        ({"year": "12"}, "year", "Ghi số từ 1990 trở lên."),
        ({"year": "nay"}, "year", "Không đọc được số. Ghi một số nguyên."),
        ({"code": "có dấu"}, "code", "Chỉ ghi chữ không dấu, số và gạch nối."),
        ({"code": "dai-qua"}, "code", "Dài quá: tối đa 5 ký tự, đang có 7."),
        ({}, "unit", "Chưa chọn đơn vị."),
        ({}, "later", "Chưa nhập tên."),
    ],
)
def test_a_form_says_in_our_words_what_is_wrong(typed: dict[str, str], name: str, said: str) -> None:
    form = Typed(typed)
    form.fields["later"] = TextField(label="Tên")
    assert said in form.errors[name]


def test_a_list_is_written_as_the_framework_would_and_escaped() -> None:
    form = Typed({"unit": "7"})
    ours = str(form["unit"])
    widget = form.fields["unit"].widget
    plain = widget.render("unit", "7", {"id": "id_unit"}, renderer=DjangoTemplates())
    assert "".join(ours.split()) == "".join(plain.split())
    assert "Sở &lt;Nội vụ&gt; &amp; bạn" in ours


def test_the_ticks_of_a_group_are_written_as_the_framework_would() -> None:
    form = Typed({})
    form.fields["who"] = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    ours = [str(one.tag()) for one in form["who"]]
    form.renderer = DjangoTemplates()
    form.__dict__["_bound_fields_cache"].clear()
    assert ["".join(one.split()) for one in ours] == ["".join(str(one.tag()).split()) for one in form["who"]]
