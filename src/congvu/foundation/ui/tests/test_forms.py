"""What a form reads from text that anyone may have sent."""

from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.ui.forms import read_number


@given(st.integers(min_value=0, max_value=10**17 - 1))
def test_the_number_of_a_row_is_read(number: int) -> None:
    assert read_number(str(number)) == number


@given(st.text(alphabet="0123456789-+. ²٣a", max_size=40))
def test_whatever_else_is_sent_is_the_row_that_no_row_has_or_fits_a_bigint(text: str) -> None:
    found = read_number(text)
    assert 0 <= found < 2**63 and (found == 0 or text.isascii())
