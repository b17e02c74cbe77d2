"""How typed numbers are read, and what an entry must say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.indicators.rules.definitions import Entered, Figure, Flag, Measure, Subject, Value, total_of
from congvu.indicators.rules.entering import Typed, checked, number_of
from congvu.indicators.rules.figure_sheet import HEADINGS, lines_of

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def figure(*, share: bool = False, of_day: bool = False, measure: Measure = Measure.TEXTS) -> Figure:
    return Figure(
        "vb.so", "Số văn bản", "Texts", Subject.OWN, measure, "Văn bản", "Báo cáo", "TXT", Entered("vb.so"),
        Entered("vb.so", whole=True) if share else None, of_day=of_day, own=True,
    )  # fmt: skip


def typed(**how: Any) -> Typed:
    facts = {"flag": Flag.HAND, "paper": "12/BC-SNV", "reason": "Báo cáo quý"}
    return Typed("vb.so", None, FIRST, LAST, **{**facts, **how})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.783.174", 1783174), ("247.344", 247344), ("61", 61), ("88,3", Decimal("88.3")), ("10,01%", Decimal("10.01")),
        (" 1 234 ", 1234), ("1.234,5", Decimal("1234.5")), ("", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_vietnamese_papers_write_them(text: str, number: Any) -> None:
    assert number_of(text, "so") == number


@pytest.mark.parametrize("text", ["88.3", "10.01", "1783.174"])
def test_a_decimal_point_is_refused_and_the_comma_shown(text: str) -> None:
    with pytest.raises(Refused, match="dấu chấm thập phân") as no:
        number_of(text, "rate")
    assert text.replace(".", ",") in no.value.do and no.value.where == "rate"


@pytest.mark.parametrize("text", ["gần 95%", "1,2,3", "1.23.456", "-5", "1e9", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        number_of(text, "so")


@pytest.mark.parametrize(
    ("how", "share", "says"),
    [
        ({"numerator": Decimal(3), "denominator": Decimal(0)}, True, "Mẫu số bằng 0"),
        ({"numerator": Decimal(3)}, True, "đủ tử số và mẫu số"),
        ({"numerator": Decimal(9), "denominator": Decimal(8)}, True, "Tử số lớn hơn mẫu số"),
        (
            {"numerator": Decimal(1), "denominator": Decimal(8), "rate": Decimal(12)},
            True,
            "thì không ghi tỷ lệ",
        ),
        ({"numerator": Decimal("1.5")}, False, "số nguyên"),
        ({"numerator": Decimal(1), "denominator": Decimal(2)}, False, "số đếm"),
        ({}, False, "Chưa ghi số"),
        ({"numerator": Decimal(1), "paper": " "}, False, "giấy tờ"),
        ({"numerator": Decimal(1), "reason": ""}, False, "lý do"),
        ({"flag": Flag.RATE_ONLY, "numerator": Decimal(1), "denominator": Decimal(2)}, True, "cần một tỷ lệ"),
        ({"flag": Flag.RATE_ONLY, "rate": Decimal(101)}, True, "lớn hơn 100%"),
        ({"flag": Flag.APPROXIMATE, "numerator": Decimal(95)}, False, "nguyên văn"),
        ({"flag": Flag.UNKNOWN_COUNT}, False, "nguyên văn"),
        ({"flag": Flag.COMPUTED, "numerator": Decimal(1)}, False, "loại nào"),
    ],
)
def test_an_entry_that_does_not_hold_together_is_refused(how: dict[str, Any], share: bool, says: str) -> None:
    with pytest.raises(Refused) as no:
        checked(figure(share=share), typed(**how))
    assert says in no.value.told() and no.value.where and no.value.do


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    backwards = Typed("vb.so", None, LAST, FIRST, Flag.HAND, "12/BC", "Báo cáo", Decimal(1))
    with pytest.raises(Refused, match="sau ngày kết thúc"):
        checked(figure(), backwards)
    with pytest.raises(Refused, match="tại một ngày"):
        checked(figure(of_day=True), typed(numerator=Decimal(1)))


def test_each_flag_takes_what_a_paper_gives() -> None:
    assert checked(figure(share=True), typed(numerator=Decimal(8), denominator=Decimal(61), flag=Flag.QUOTED))
    assert checked(figure(share=True), typed(flag=Flag.RATE_ONLY, rate=Decimal("88.3")))
    assert checked(figure(share=True), typed(flag=Flag.APPROXIMATE, rate=Decimal(95), words="gần 95%"))
    assert checked(figure(), typed(flag=Flag.UNKNOWN_COUNT, words="một số sở"))


VALUES = st.builds(Value, st.integers(0, 10**6), st.just(None) | st.integers(0, 10**6))


@given(st.lists(VALUES, max_size=6))
def test_together_numerators_and_denominators_are_added_and_percentages_never(values: list[Value]) -> None:
    shares = [Value(one.numerator, one.denominator or 0) for one in values]
    told = total_of(shares, share=True)
    assert told is not None
    assert told.numerator == sum(one.numerator or 0 for one in shares)
    assert told.denominator == sum(one.denominator or 0 for one in shares)
    assert total_of([*shares, Value(None, flag=Flag.RATE_ONLY)], share=True) is None


def sheet(*rows: tuple[Any, ...]) -> Sheet:
    return Sheet("tệp.csv", (HEADINGS, *rows))


def test_every_line_of_a_sheet_is_read_or_refused() -> None:
    good = (
        "vb.so",
        "H99.08",
        "01/10/2026",
        date(2026, 10, 31),
        12,
        None,
        None,
        "",
        "",
        "12/BC",
        "Báo cáo quý",
    )
    lines = lines_of(
        sheet(
            good, good, ("vb.so", "", "01/10/2026", "31/10/2026", "88.3", "", "", "", "", "12/BC", "Quý"),
            ("khong-co", "", "01/10/2026", "31/10/2026", "8", "", "", "", "", "12/BC", "Quý"),
            ("vb.so", "H99.99", "01/10/2026", "31/10/2026", "8", "", "", "", "", "12/BC", "Quý"),
            ("vb.so", "", "31/10/2026", "01/10/2026", "8", "", "", "", "", "12/BC", "Quý"),
            ("vb.so", "", "32/10/2026", "31/10/2026", "8", "", "", "Trích báo cáo", "", "12/BC", "Quý"),
            ("", "", None, None, "", "", "", "", "", "", ""),
        ),
        {"vb.so": figure()}, {"H99.08": 7},
    )  # fmt: skip
    assert [one.line for one in lines] == [2, 3, 4, 5, 6, 7, 8]
    assert lines[0].typed is not None and lines[0].typed.unit_id == 7 and lines[0].typed.numerator == 12
    said = [
        "Trùng với dòng 2",
        "dấu chấm thập phân",
        "Không có số liệu",
        "Không có đơn vị",
        "sau ngày kết thúc",
        "đọc được ngày",
    ]
    assert [one.typed for one in lines[1:]] == [None] * 6
    assert all(words in one.refused for words, one in zip(said, lines[1:], strict=True))
    with pytest.raises(Refused, match="thiếu cột: Lý do"):
        lines_of(Sheet("a", (HEADINGS[:-1],)), {}, {})
