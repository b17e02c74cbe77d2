"""Due days beyond the tables: zones, open pauses, refusals, what the explanation says."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays import (
    DayKind,
    Extension,
    OfficeHours,
    Pause,
    PausePolicy,
    Role,
    StartPolicy,
    Swap,
    calendar_for,
    check_extension,
    days_left,
    due,
    latest_apology_day,
    parse_term,
)

PLAIN = calendar_for()
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIVE = parse_term("5 ngày làm việc")
EIGHT_HOURS = parse_term("8 giờ làm việc")


def test_an_aware_moment_is_read_in_legal_time_and_answered_in_it():
    evening_in_utc = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)  # 01:30 on Saturday in Hà Nội
    found = due(evening_in_utc, EIGHT_HOURS, PLAIN)
    assert found.start == datetime(2026, 11, 21, 1, 30)
    assert found.moment == datetime(2026, 11, 23, 17, tzinfo=HANOI) and found.moment.tzinfo is not None
    assert due(datetime(2026, 11, 20, 16), EIGHT_HOURS, PLAIN).moment.tzinfo is None


def test_aware_pauses_mix_with_aware_starts():
    start = datetime(2026, 11, 2, 2, tzinfo=UTC)
    pause = Pause(datetime(2026, 11, 6, 3, tzinfo=UTC), datetime(2026, 11, 9, 1, tzinfo=UTC))
    assert due(start, parse_term("10 ngày làm việc"), PLAIN, pauses=[pause]).date == date(2026, 11, 23)


def test_seconds_after_15_00_are_the_minute_the_slip_prints():
    found = due(datetime(2026, 11, 20, 15, 0, 59), FIVE, PLAIN, policy=StartPolicy.TRANSFER_DAY)
    assert found.date == date(2026, 11, 30)


def test_while_a_pause_is_open_the_due_day_stands_and_says_so():
    open_pause = Pause(datetime(2026, 11, 23, 9), None)
    found = due(date(2026, 11, 20), FIVE, PLAIN, pauses=[open_pause])
    assert found.suspended and found.date == date(2026, 11, 30)
    assert found.notes == ("Đang tạm dừng từ 23/11/2026: Chờ bổ sung hồ sơ.",)


def test_a_pause_before_reception_does_not_concern_the_term():
    asked_online = Pause(datetime(2026, 11, 10, 9), datetime(2026, 11, 12, 9))
    found = due(datetime(2026, 11, 20, 9), FIVE, PLAIN, pauses=[asked_online])
    assert found.date == date(2026, 11, 30) and found.moves == ()


@pytest.mark.parametrize(
    "pauses",
    [
        [(2, 6), (4, 8)],
        [(4, None), (9, 10)],
    ],
)
def test_pauses_that_overlap_are_refused(pauses):
    made = [Pause(datetime(2026, 11, a), datetime(2026, 11, b) if b else None) for a, b in pauses]
    with pytest.raises(Refused, match="chồng lên nhau"):
        due(date(2026, 11, 1), FIVE, PLAIN, pauses=made)


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refused, match="kết thúc trước đó"):
        Pause(datetime(2026, 11, 9), datetime(2026, 11, 6))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Extension(), "hoặc ngày hẹn mới"),
        (lambda: Extension(until=date(2026, 12, 5), by=FIVE), "hoặc ngày hẹn mới"),
        (lambda: Extension(by=FIVE.reversed()), "không tính lùi"),
        (
            lambda: due(date(2026, 11, 20), FIVE, PLAIN, extension=Extension(until=date(2026, 11, 30))),
            "không sau hạn",
        ),
        (
            lambda: due(date(2026, 11, 20), FIVE, PLAIN, extension=Extension(by=EIGHT_HOURS)),
            "gia hạn theo giờ",
        ),
        (
            lambda: due(date(2026, 11, 20), EIGHT_HOURS, PLAIN, extension=Extension(by=parse_term("8 giờ"))),
            "bằng giờ",
        ),
        (
            lambda: due(
                date(2026, 11, 20), EIGHT_HOURS, PLAIN, extension=Extension(until=datetime(2026, 11, 20, 8))
            ),
            "không sau hạn",
        ),
        (lambda: due(date(2026, 11, 20), FIVE.reversed(), PLAIN, extension=Extension(by=FIVE)), "tính lùi"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(make, said):
    with pytest.raises(Refused, match=said):
        make()


def test_hours_are_extended_by_hours_by_days_and_to_a_day():
    start = datetime(2026, 11, 20, 16)  # due Monday 16:00
    for extension, moment in (
        (Extension(by=parse_term("2 giờ làm việc")), datetime(2026, 11, 25, 8)),
        (Extension(by=parse_term("2 ngày làm việc")), datetime(2026, 11, 26, 17)),
        (Extension(until=date(2026, 11, 28)), datetime(2026, 11, 30, 17)),
        (Extension(until=datetime(2026, 11, 25, 12)), datetime(2026, 11, 25, 13, 30)),
    ):
        found = due(start, EIGHT_HOURS, PLAIN, extension=extension)
        assert found.moment == moment and found.trace[-1].date == moment.date()


def test_a_restart_after_an_extension_forgets_it_and_says_so():
    extension = Extension(until=date(2026, 12, 15), at=datetime(2026, 11, 24, 9))
    later = Pause(datetime(2026, 11, 26), datetime(2026, 11, 27))
    found = due(date(2026, 11, 20), FIVE, PLAIN, pauses=[later], extension=extension)
    assert found.date == date(2026, 12, 4) and "gia hạn trước đó không còn" in found.notes[0]
    earlier = Pause(datetime(2026, 11, 20, 10), datetime(2026, 11, 23))
    assert due(date(2026, 11, 20), FIVE, PLAIN, pauses=[earlier], extension=extension).date == date(
        2026, 12, 15
    )


def test_a_second_extension_and_a_late_one_are_refused():
    due_on = date(2026, 11, 30)
    latest = latest_apology_day(due_on, PLAIN)
    check_extension(0, date(2026, 11, 27), due_on, latest)
    with pytest.raises(Refused, match="một lần") as once:
        check_extension(1, date(2026, 11, 27), due_on, latest)
    with pytest.raises(Refused, match="27/11/2026"):
        check_extension(0, date(2026, 11, 28), due_on, latest)
    assert once.value.article.endswith("Điều 19.9")


def test_days_left_count_working_days_and_go_below_zero():
    due_on = date(2026, 11, 30)
    assert [days_left(day, due_on, PLAIN) for day in (date(2026, 11, 20), due_on, date(2026, 12, 2))] == [
        5,
        0,
        -2,
    ]


def test_the_explanation_cites_the_decision_of_a_swap():
    calendar = calendar_for(swaps=[Swap(date(2026, 8, 31), date(2026, 8, 22), "QĐ 9/QĐ-TTg")])
    worked = next(x for x in due(date(2026, 8, 20), FIVE, calendar).trace if x.date == date(2026, 8, 22))
    assert (worked.counts, worked.number, worked.kind, worked.citation) == (
        True,
        2,
        DayKind.HOAN_DOI_LAM,
        "QĐ 9/QĐ-TTg",
    )
    assert "làm bù" in worked.why.lower()


def test_the_explanation_of_a_pause_names_the_waiting_days():
    pause = Pause(
        datetime(2026, 11, 6, 8), datetime(2026, 11, 9, 8), PausePolicy.EXTEND_WORKING_TIME, "Chờ nộp phí"
    )
    lines = {
        x.date.day: x
        for x in due(date(2026, 11, 2), parse_term("10 ngày làm việc"), PLAIN, pauses=[pause]).trace
    }
    assert (lines[9].role, lines[9].why) == (Role.PAUSED, "Tạm dừng: Chờ nộp phí")
    assert lines[7].role is Role.OFF and lines[10].number == 5


def test_the_explanation_of_hours_gives_the_minutes_of_each_day():
    pause = Pause(datetime(2026, 11, 16, 10), datetime(2026, 11, 16, 14), PausePolicy.EXTEND_WORKING_TIME)
    found = due(datetime(2026, 11, 16, 8), EIGHT_HOURS, PLAIN, pauses=[pause])
    assert [(x.date.day, x.minutes, x.why) for x in found.trace] == [
        (16, 300, "08:00-10:00, 14:00-17:00: 5 giờ"),
        (17, 180, "07:00-10:00: 3 giờ"),
    ]


def test_the_hours_of_the_question_replace_those_of_the_calendar():
    hours = OfficeHours(((480, 720), (780, 1020)))
    assert due(datetime(2026, 11, 20, 16), EIGHT_HOURS, PLAIN, hours=hours).moment == datetime(
        2026, 11, 23, 16
    )
    assert due(datetime(2026, 11, 20, 7), EIGHT_HOURS, PLAIN, hours=hours).moment == datetime(
        2026, 11, 20, 17
    )
