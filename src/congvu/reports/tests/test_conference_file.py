"""Files of conferences: what they say is read, what is wrong is told with its line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.indicators.rules.definitions import Flag
from congvu.reports.queries.conference_warnings import Counted, disagreements, of_conference, of_figure
from congvu.reports.rules.conference_file import conference_of
from congvu.reports.rules.conference_reading import BadFile

FIVE = Path(__file__).resolve().parents[2] / "demo" / "conferences"
NAMES = ("hung-yen-2018", "lang-son-2010", "lang-son-2012", "noi-vu-2020", "son-la-2016")
SMALL = """[conference]
code = "hn-thu"
name = "Hội nghị thử"
place = "Bình Giang"
held_on = 2026-03-06
year = 2025
source = "Tin của tỉnh"
home = "H90"

[[units]]
class = "so"
words = "sở"
tier = "TINH"
kind = "SO"
code = "H90.##"
count = 3
name = "Sở số {n}"

[[figures]]
code = "hn.so"
name = "Sở"
measure = "đơn vị"
printed = "3 sở"
counted = { population = "units", units = "so" }

[[figures]]
code = "hn.ty-le"
name = "Tỷ lệ"
measure = "đơn vị"
printed = "88,3%"
flag = "rate-only"
rate = 88.3
paper = "báo cáo"
reason = "chỉ nêu tỷ lệ"

[[sentences]]
code = "1"
quote = "3 sở, 88,3%"
figures = ["hn.so", "hn.ty-le"]
"""


def refused(text: str) -> BadFile:
    with pytest.raises(BadFile) as found:
        conference_of(text)
    return found.value


def line_of(part: str, text: str = SMALL) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_five_files_is_read_and_its_sentences_are_in_the_order_of_the_article(name: str) -> None:
    one = conference_of((FIVE / f"{name}.toml").read_text(encoding="utf-8"))
    assert one.code == name
    numbers = [int(sentence.code.split("-")[1]) for sentence in one.sentences]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_five_have_every_sentence_of_the_five_articles() -> None:
    counts = {
        name: len(conference_of((FIVE / f"{name}.toml").read_text(encoding="utf-8")).sentences)
        for name in NAMES
    }
    assert counts == {
        "lang-son-2012": 21, "hung-yen-2018": 21, "lang-son-2010": 19, "noi-vu-2020": 26, "son-la-2016": 20,
    }  # fmt: skip


def test_a_small_file_says_what_it_says() -> None:
    one = conference_of(SMALL)
    assert [unit.code for unit in one.groups[0].units] == ["H90.01", "H90.02", "H90.03"]
    assert one.figure("hn.ty-le").hand is not None
    assert one.figure("hn.ty-le").hand.rate == Decimal("88.3")  # type: ignore[union-attr]
    assert (one.figure("hn.so").first, one.figure("hn.so").last) == (date(2025, 1, 1), date(2026, 3, 6))


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ("rate = 88.3", "rate = 88,3", "dấu phẩy ở chỗ dấu chấm thập phân"),
        ("rate = 88.3", 'rate = "88,3"', "dấu phẩy ở chỗ dấu chấm"),
        ("count = 3", "count = 3.5", "phải là số nguyên"),
        ("count = 3", "coutn = 3", "không có mục «coutn»"),
        ("held_on = 2026-03-06", "held_on = 2026-13-06", "không đúng dạng TOML"),
        ("held_on = 2026-03-06", 'held_on = "06/03/2026"', "phải là ngày"),
        ('kind = "SO"', 'kind = "SỞ"', "không thể là «SỞ»"),
        ('measure = "đơn vị"', 'measure = "cái"', "không thể là «cái»"),
        ('figures = ["hn.so", "hn.ty-le"]', 'figures = ["hn.so", "hn.ty-le", "hn.x"]', "«hn.x» không có"),
        ('flag = "rate-only"', 'flag = "computed"', "không thể là «computed»"),
        ("rate = 88.3", "rate = 88.3\nnumerator = 5", "không có numerator"),
        ('units = "so" }', 'units = "huyen" }', "Không có nhóm đơn vị «huyen»"),
        ('code = "hn.ty-le"', 'code = "hn.so"', "đã dùng ở dòng"),
        ('code = "hn-thu"', 'code = "HN thử"', "ký tự không dùng được"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(was: str, now: str, what: str) -> None:
    text = SMALL.replace(was, now, 1)
    found = refused(text)
    assert what in found.what
    assert found.do
    assert found.faults[0].line > 0


def test_the_line_named_is_the_line_of_the_mistake() -> None:
    assert refused(SMALL.replace("rate = 88.3", "rate = 88,3")).faults[0].line == line_of("rate = 88.3")
    assert refused(SMALL.replace("count = 3", 'count = "ba"')).faults[0].line == line_of("count = 3")


def test_every_fault_is_told_at_once() -> None:
    text = SMALL.replace("count = 3", 'count = "ba"').replace("rate = 88.3", 'rate = "88,3"')
    assert len(refused(text).faults) >= 2


def test_a_header_inside_a_long_text_is_no_header() -> None:
    text = SMALL.replace('name = "Hội nghị thử"', 'name = """Hội nghị\n[[figures]]\nthử"""')
    assert conference_of(text).name == "Hội nghị [[figures]] thử"
    assert refused(text.replace("rate = 88.3", 'rate = "88,3"')).faults[0].line == line_of("rate = 88.3") + 2


def test_numbers_of_two_measures_have_no_sum() -> None:
    text = SMALL.replace(
        "[[sentences]]",
        '[[figures]]\ncode = "hn.tong"\nname = "Tổng"\nmeasure = "người"\nsums = ["hn.so", "hn.ty-le"]\n\n[[sentences]]',
    ).replace('"hn.ty-le"]\n', '"hn.ty-le", "hn.tong"]\n')
    assert "không có tổng" in refused(text).what


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(BadFile):
        conference_of(text)


@given(st.text(max_size=60))
def test_a_name_of_any_characters_is_kept_or_refused(name: str) -> None:
    quoted = '"' + "".join(f"\\U{ord(one):08X}" for one in name if not 0xD800 <= ord(one) <= 0xDFFF) + '"'
    text = SMALL.replace('"Hội nghị thử"', quoted)
    try:
        assert conference_of(text).name
    except BadFile as bad:
        assert bad.faults[0].line in (0, 3)


@pytest.mark.parametrize(
    ("printed", "numbers", "agrees"),
    [
        ("22/23", (22, 23), True),
        ("22/23", (21, 23), False),
        ("8 VBQPPL/61, 13,1%", (8, 61), True),
        ("8 VBQPPL/61, 13,2%", (8, 61), False),
        ("27.504 (10,01%)", (27504, 274848), True),
        ("27.504 (11,12%)", (27504, 274848), False),
        ("247.344", (247344, None), True),
        ("63 điểm cầu", (63, None), True),
        ("", (1, None), True),
    ],
)
def test_what_is_printed_is_compared_with_what_is_counted(
    printed: str, numbers: tuple[int, int | None], agrees: bool
) -> None:
    found = list(disagreements(printed, Counted(*numbers, Flag.COMPUTED)))
    assert (not found) is agrees


def test_a_target_is_tested_on_the_exact_numbers() -> None:
    text = (FIVE / "noi-vu-2020.toml").read_text(encoding="utf-8")
    figure = conference_of(text).figure("nv20.cong-chuc-giam")
    told = of_figure(figure, Counted(27504, 274848, Flag.COMPUTED), {}, {})
    assert any("Vượt mục tiêu tối thiểu 10% (27.484,8) là 19,2 biên chế" in one for one in told)
    missed = of_figure(figure, Counted(27484, 274848, Flag.COMPUTED), {}, {})
    assert any("Chưa đạt mục tiêu" in one and "thiếu 0,8" in one for one in missed)


def test_of_what_a_reader_sees_only_in_part_nothing_is_said_to_disagree() -> None:
    text = (FIVE / "noi-vu-2020.toml").read_text(encoding="utf-8")
    figure = conference_of(text).figure("nv20.cong-chuc-giam")
    told = of_figure(figure, Counted(3, 4, Flag.COMPUTED, missing=("Sở Nội vụ",), partial=True), {}, {})
    assert "Chỉ tính trong phạm vi bạn được xem." in told
    assert not any("mục tiêu" in one or "Còn thiếu" in one or "đối chiếu" in one for one in told)
    whole = conference_of(text).figure("nv20.trong-tam")
    one = {"nv20.xuat-sac": Counted(4, 5, Flag.HAND)}
    assert not any(
        "cộng lại" in words or "thành tổng" in words
        for words in of_figure(whole, Counted(5, 5, Flag.HAND), one, {})
    )


def test_parts_that_do_not_make_the_whole_are_told() -> None:
    text = (FIVE / "noi-vu-2020.toml").read_text(encoding="utf-8")
    figure = conference_of(text).figure("nv20.trong-tam")
    whole = Counted(5, 5, Flag.HAND)
    good = {"nv20.xuat-sac": Counted(4, 5, Flag.HAND), "nv20.tot": Counted(1, 5, Flag.HAND)}
    bad = good | {"nv20.tot": Counted(2, 5, Flag.HAND)}
    assert any("cộng lại đúng: 4 + 1 = 5" in one for one in of_figure(figure, whole, good, {}))
    assert any("không cộng thành tổng: 4 + 2 = 6" in one for one in of_figure(figure, whole, bad, {}))


def test_periods_that_overlap_and_a_term_that_is_no_plan_are_told() -> None:
    ten = of_conference(conference_of((FIVE / "lang-son-2010.toml").read_text(encoding="utf-8")))
    assert any("cùng có năm 2010" in one for one in ten)
    assert any("«ISO 9001-2000» đọc là ISO 9001:2000" in one for one in ten)
    twenty = of_conference(conference_of((FIVE / "noi-vu-2020.toml").read_text(encoding="utf-8")))
    assert any("nói 5 năm nhưng 2021–2026 là 6 năm" in one for one in twenty)
    assert any("nhiệm kỳ" in one and "giữ riêng" in one for one in twenty)


def test_a_weekday_that_is_not_that_of_the_day_is_told() -> None:
    text = SMALL.replace("year = 2025", 'held_weekday = "Thứ Ba"\nyear = 2025')
    assert of_conference(conference_of(text)) == [
        "Văn bản in «Thứ Ba, 06/03/2026», nhưng ngày đó là Thứ Sáu."
    ]
