"""The due sheet, the track and the charts: what they say and where they put it."""

import re
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.foundation.ui.charts import Line, Share, bar_chart_of, line_chart_of
from congvu.foundation.ui.due_calendar import DueCalendar, of_due
from congvu.foundation.ui.track import DONE, NOW, STATES, Lane, Track, TrackStep
from congvu.foundation.ui.track_picture import LEFT, WIDTH, clip, picture, wrap
from congvu.foundation.ui.track_words import description, rows
from congvu.foundation.ui.web.gallery_samples import ordinary_track, tracks
from congvu.foundation.workdays.days import add_days
from congvu.foundation.workdays.rules.calendar import calendar_for
from congvu.foundation.workdays.rules.due import due
from congvu.foundation.workdays.rules.policies import Pause, PausePolicy
from congvu.foundation.workdays.rules.term import parse_term

CALENDAR = calendar_for()
TODAY = date(2026, 11, 20)


def sheet(start: datetime, term: str, **more: object) -> DueCalendar:
    return of_due(due(start, parse_term(term), CALENDAR, **more), today=TODAY, until="17:00")  # type: ignore[arg-type]


def test_the_counter_example_of_the_design() -> None:
    made = sheet(datetime(2026, 11, 20, 14, 32), "5 ngày làm việc")
    assert made.due == date(2026, 11, 30)
    assert made.due_words == "Thứ Hai, trước 17:00"
    assert [reason.when for reason in made.reasons] == ["20/11", "21–22/11", "24/11", "28–29/11", "30/11"]
    assert made.reasons[2].source == "Nghị quyết 28/2026/QH16"
    cells = {cell.date: cell for week in made.weeks for cell in week.cells}
    assert cells[TODAY].classes == "recv today"
    assert (cells[date(2026, 11, 24)].classes, cells[date(2026, 11, 24)].small) == ("hol", "lễ")
    assert cells[date(2026, 11, 30)].small == "5"


def test_thirty_days_gather_the_weekends_in_one_line() -> None:
    made = sheet(datetime(2026, 10, 15, 9), "30 ngày làm việc")
    assert made.reasons[1].when == "12 ngày"
    assert made.reasons[1].source == "6 cuối tuần, 17/10 – 22/11"
    assert "Bỏ qua 13 ngày" in made.sentence


def test_a_pause_is_seen_and_told() -> None:
    pause = Pause(datetime(2026, 11, 4, 9), datetime(2026, 11, 10, 15), PausePolicy.EXTEND_WORKING_TIME)
    made = sheet(datetime(2026, 10, 30, 9), "10 ngày làm việc", pauses=(pause,))
    assert any("Tạm dừng" in reason.what for reason in made.reasons)
    assert "pau" in {cell.classes for week in made.weeks for cell in week.cells}


@given(
    start=st.dates(date(2025, 1, 1), date(2027, 6, 1)),
    n=st.integers(1, 400),
    unit=st.sampled_from(["ngày làm việc", "ngày", "tháng"]),
)
@settings(max_examples=60, deadline=None)
def test_every_day_of_a_term_is_drawn_once_or_folded_and_the_due_day_always(
    start: date, n: int, unit: str
) -> None:
    if unit == "tháng":
        n = n % 12 + 1
    made = sheet(datetime(start.year, start.month, start.day, 9), f"{n} {unit}")
    shown = [cell.date for week in made.weeks for cell in week.cells]
    assert len(shown) == len(set(shown))
    assert made.due in shown
    assert start in shown
    assert len(made.weeks) <= 16
    assert made.reasons[-1].what.startswith(("Ngày thứ", "Hẹn trả"))


def test_the_ordinary_track_reads_as_the_design_says() -> None:
    track = ordinary_track()
    assert description(track) == (
        "Bước 1 đến 4 đã xong, bước 4 ở Công an tỉnh trễ 3 ngày. Bước 5 ở Sở Nội vụ đang làm. "
        "Bước 6 ở UBND tỉnh và bước 7 ở Trung tâm Phục vụ hành chính công tỉnh chưa đến lượt. Hẹn trả 27/11/2026."
    )
    said = [row.said for row in rows(track)]
    assert said[3] == "Xong 11/11, trễ 3 ngày làm việc"
    assert said[4] == "Đang làm từ 12/11, hạn của bước 23/11"
    assert said[5] == "Dự kiến 25/11 – 26/11"


@pytest.mark.parametrize("sample", tracks(), ids=lambda sample: sample[0])
def test_nothing_of_a_track_stands_outside_its_sheet_and_names_do_not_meet(
    sample: tuple[str, str, Track],
) -> None:
    drawn = picture(sample[2])
    for bar in drawn.bars:
        if bar.width:
            assert float(bar.x) >= LEFT
            assert float(bar.x) + float(bar.width) <= WIDTH + 0.2
            assert float(bar.width) > 0
    for flag in drawn.flags:
        assert 0 <= float(flag.box_x) <= WIDTH - float(flag.box_width) + 0.1
    boxes = sorted((float(flag.box_x), float(flag.box_width)) for flag in drawn.flags)
    assert all(a[0] + a[1] <= b[0] for a, b in pairwise(boxes))
    assert len(drawn.labels) == len(sample[2].steps)


def test_elbows_run_left_to_right() -> None:
    for _, _, track in tracks():
        for link in picture(track).links:
            ends = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", link.d)
            if ends:
                assert float(ends[1]) <= float(ends[2])


def test_parallel_steps_of_one_agency_stand_in_rows_of_their_own() -> None:
    lanes = (Lane("a", "Sở A"),)
    steps = tuple(TrackStep(f"Việc {i}", "a", DONE, TODAY, add_days(TODAY, 3), None) for i in range(3))
    drawn = picture(Track(lanes, steps, TODAY, None, add_days(TODAY, 4)))
    assert len({label.y for label in drawn.labels}) == 3


def test_being_late_counts_working_days_only() -> None:
    step = TrackStep("Ký", "a", NOW, date(2026, 11, 18), None, date(2026, 11, 20))
    off = {date(2026, 11, 21): "NGHI_TUAN", date(2026, 11, 22): "NGHI_TUAN", date(2026, 11, 24): "LE"}
    track = Track((Lane("a", "Sở A"),), (step,), date(2026, 11, 18), None, date(2026, 11, 25), off)
    assert track.late_days(step) == 2
    assert rows(track)[0].chip_words == "Trễ 2 ngày"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(STATES),
            st.one_of(st.none(), st.integers(-300, 300)),
            st.one_of(st.none(), st.integers(0, 200)),
            st.one_of(st.none(), st.integers(0, 200)),
            st.text(min_size=1, max_size=60),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_track_can_be_drawn(
    parts: list[tuple[str, int | None, int | None, int | None, str, int]],
) -> None:
    steps = []
    for i, (state, start, long, due_in, name, lane) in enumerate(parts):
        first = add_days(TODAY, start) if start is not None else None
        last = add_days(first, long) if first and long is not None else None
        due_day = add_days(first, due_in) if first and due_in is not None else None
        steps.append(TrackStep(name, f"l{lane}", state, first, last, due_day, waits_for=(i,) if i else ()))
    lanes = tuple(Lane(f"l{n}", f"Cơ quan {n}") for n in range(4))
    track = Track(lanes, tuple(steps), add_days(TODAY, -10), add_days(TODAY, 5), TODAY)
    drawn = picture(track)
    assert len(drawn.labels) == len(steps)
    assert len(rows(track)) == len(steps)
    for bar in drawn.bars:
        assert "," not in bar.x + bar.width


def test_long_names_are_cut_at_a_word() -> None:
    assert clip("Thẩm tra, xác minh thực địa và lấy ý kiến", 20) == "Thẩm tra, xác minh…"
    assert wrap("Ủy ban nhân dân xã Tân Lập Thượng", 21, 2) == ["Ủy ban nhân dân xã", "Tân Lập Thượng"]


def test_an_unknown_month_breaks_the_line_and_is_not_a_zero() -> None:
    chart = line_chart_of(
        "Đúng hạn",
        ["1", "2", "3", "4"],
        [Line("2026", [Share(9, 10), Share(8, 10), Share(None, None), Share(0, 0)])],
    )
    assert len(chart.lines[0].marks) == 2
    assert chart.rows[2].shares[0].words == "–"
    assert chart.axis_note == "trục từ 80"


def test_bars_begin_at_zero_and_the_shortfall_follows() -> None:
    chart = bar_chart_of("Đúng hạn", [("Sở A", Share(30, 40)), ("Sở B", Share(20, 20))])
    full, whole = chart.bars
    assert float(full.width) == pytest.approx(3 * float(full.rest_width), abs=1)
    assert float(whole.width) == pytest.approx(2 / 3 * float(full.width), abs=1)
    assert whole.rest_width == ""
    assert full.value == "30/40"
