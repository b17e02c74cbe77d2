"""Terms worked by hand, to be read by a jurist. 20/11/2026 is a Friday; 24/11/2026 is a holiday.

Each row: what is asked and why it is interesting, when it starts, the term, what else applies, and the answer.
Rows 1-18 are the domain document's own; the others are ours.
"""

from datetime import date, datetime

import pytest

from congvu.foundation.workdays import (
    Calendar,
    Closure,
    Extension,
    OfficeHours,
    Pause,
    PausePolicy,
    StartPolicy,
    Swap,
    calendar_for,
    due,
    latest_apology_day,
    parse_term,
)

RESTART, WORKING, ELAPSED = PausePolicy.RESTART, PausePolicy.EXTEND_WORKING_TIME, PausePolicy.EXTEND_ELAPSED
TRANSFER = StartPolicy.TRANSFER_DAY
PLAIN = calendar_for()
SWAPPED = calendar_for(swaps=[Swap(date(2026, 8, 31), date(2026, 8, 22), "thử")])
STORM = calendar_for(closures=[Closure(date(2026, 11, 23), date(2026, 11, 23), "Bão", "CĐ 1")])
SATURDAY = calendar_for(hours=OfficeHours(saturday=((420, 690),), saturday_counts=True))
RECEPTION = calendar_for(hours=OfficeHours(saturday=((420, 690),)))

BY_3_DAYS = Extension(by=parse_term("3 ngày làm việc"))
TO_SATURDAY = Extension(until=date(2026, 12, 5))


def at(text: str) -> date | datetime:
    """ "20/11/2026" or "20/11/2026 14:59"."""
    day, _, clock = text.partition(" ")
    d, m, y = map(int, day.split("/"))
    return datetime(y, m, d, *map(int, clock.split(":"))) if clock else date(y, m, d)


TERMS = [
    # --- from the domain document
    ("ngày đầu không tính, 24/11 nghỉ", "20/11/2026 14:59", "5 ngày làm việc", {}, "30/11/2026"),
    ("sau 15 giờ, tính từ ngày tiếp nhận", "20/11/2026 15:01", "5 ngày làm việc", {}, "30/11/2026"),
    ("sau 15 giờ, tính từ ngày chuyển", "20/11/2026 15:01", "5 ngày làm việc", {"policy": TRANSFER}, "01/12/2026"),
    ("ngày cuối 20/12 là Chủ nhật", "20/11/2026", "30 ngày", {}, "21/12/2026"),
    ("không đổi lẫn với 30 ngày", "20/11/2026", "30 ngày làm việc", {}, "05/01/2027"),
    ("giấy phép quỹ", "20/11/2026", "40 ngày làm việc", {}, "19/01/2027"),
    ("tôn giáo", "20/11/2026", "60 ngày", {}, "19/01/2027"),
    ("trả để bổ sung", "20/11/2026", "3 ngày làm việc", {}, "26/11/2026"),
    ("28/02/2027 là ngày cuối tháng và Chủ nhật", "31/01/2027", "1 tháng", {}, "01/03/2027"),
    ("nghỉ trưa và cuối tuần", "20/11/2026 16:00", "8 giờ làm việc", {}, "23/11/2026 16:00"),
    ("có ngày lễ ở giữa", "23/11/2026 16:00", "8 giờ làm việc", {}, "25/11/2026 16:00"),
    ("nghỉ trưa", "20/11/2026 10:30", "4 giờ làm việc", {}, "20/11/2026 16:30"),
    ("Thứ Bảy 22/8 làm bù", "20/08/2026", "5 ngày làm việc", {"calendar": SWAPPED}, "26/08/2026"),
    ("không hoán đổi", "20/08/2026", "5 ngày làm việc", {}, "27/08/2026"),
    ("không tạm dừng", "02/11/2026", "10 ngày làm việc", {}, "16/11/2026"),
    ("tính lùi từ lễ hội", "13/12/2026", "20 ngày trước", {}, "23/11/2026"),
    ("văn bản có hiệu lực 01/12, công bố trước 5 ngày", "01/12/2026", "5 ngày trước", {}, "26/11/2026"),
    # --- working days
    ("qua cuối tuần", "20/11/2026", "1 ngày làm việc", {}, "23/11/2026"),
    ("ngày sau là ngày lễ", "23/11/2026", "1 ngày làm việc", {}, "25/11/2026"),
    ("nhận Thứ Bảy", "21/11/2026 09:00", "1 ngày làm việc", {}, "23/11/2026"),
    ("nhận Chủ nhật (trực tuyến)", "22/11/2026 20:00", "2 ngày làm việc", {}, "25/11/2026"),
    ("nhận đúng ngày lễ", "24/11/2026", "1 ngày làm việc", {}, "25/11/2026"),
    ("nhận Thứ Bảy, tính từ ngày chuyển", "21/11/2026 09:00", "1 ngày làm việc", {"policy": TRANSFER}, "25/11/2026"),
    ("đúng 15 giờ chưa phải sau 15 giờ", "20/11/2026 15:00", "1 ngày làm việc", {"policy": TRANSFER}, "23/11/2026"),
    ("Tết Bính Ngọ", "13/02/2026", "5 ngày làm việc", {}, "27/02/2026"),
    ("Tết Ất Tỵ (27/01-31/01)", "24/01/2025", "1 ngày làm việc", {}, "03/02/2025"),
    ("làm bù 26/4/2025", "25/04/2025", "3 ngày làm việc", {}, "29/04/2025"),
    ("nghỉ hoán đổi 02/5/2025", "25/04/2025", "5 ngày làm việc", {}, "06/05/2025"),
    ("31/8/2026 là ngày làm việc khi chưa có quyết định", "28/08/2026", "1 ngày làm việc", {}, "31/08/2026"),
    ("Quốc khánh và ngày liền kề", "28/08/2026", "2 ngày làm việc", {}, "03/09/2026"),
    ("31/8/2026 nghỉ hoán đổi", "28/08/2026", "1 ngày làm việc", {"calendar": SWAPPED}, "03/09/2026"),
    ("02/01/2026 là ngày làm việc khi chưa có quyết định", "31/12/2025", "1 ngày làm việc", {}, "02/01/2026"),
    ("01/01/2028 là Thứ Bảy, nghỉ bù 03/01", "31/12/2027", "1 ngày làm việc", {}, "04/01/2028"),
    ("Giỗ Tổ 26/4/2026 là Chủ nhật, nghỉ bù 27/4", "24/04/2026", "1 ngày làm việc", {}, "28/04/2026"),
    ("Giỗ Tổ 29/4 và 30/4/2023 trùng cuối tuần, bù 02 và 03/5", "28/04/2023", "1 ngày làm việc", {}, "04/05/2023"),
    ("bão ngày 23/11", "20/11/2026", "1 ngày làm việc", {"calendar": STORM}, "25/11/2026"),
    ("tiếp nhận sáng Thứ Bảy không thêm ngày", "20/11/2026", "1 ngày làm việc", {"calendar": SATURDAY}, "23/11/2026"),
    ("mười nghìn ngày làm việc", "20/11/2026", "10000 ngày làm việc", {}, "25/01/2067"),
    # --- calendar terms
    ("1 ngày, ngày cuối Thứ Bảy", "20/11/2026", "1 ngày", {}, "23/11/2026"),
    ("4 ngày, ngày cuối là ngày lễ", "20/11/2026", "4 ngày", {}, "25/11/2026"),
    ("1 tuần, ngày cuối là ngày lễ", "17/11/2026", "1 tuần", {}, "25/11/2026"),
    ("2 tuần", "20/11/2026", "2 tuần", {}, "04/12/2026"),
    ("nửa tháng là 15 ngày", "20/11/2026", "nửa tháng", {}, "07/12/2026"),
    ("tháng Hai ngắn, 28/02/2026 là Thứ Bảy", "30/01/2026", "1 tháng", {}, "02/03/2026"),
    ("ngày cuối 30/4, rồi 01/5 và cuối tuần", "31/03/2026", "1 tháng", {}, "04/05/2026"),
    ("29/02 không có ở năm sau", "29/02/2028", "1 năm", {}, "28/02/2029"),
    ("ngày cuối là 01/01 (Thứ Sáu)", "01/01/2026", "1 năm", {}, "04/01/2027"),
    ("mười nghìn ngày", "20/11/2026", "10.000 ngày", {}, "07/04/2054"),
    # --- hours
    ("trước giờ mở cửa", "23/11/2026 06:00", "1 giờ làm việc", {}, "23/11/2026 08:00"),
    ("nhận giữa trưa", "20/11/2026 12:00", "1 giờ làm việc", {}, "20/11/2026 14:30"),
    ("nhận sau giờ làm", "20/11/2026 18:00", "1 giờ làm việc", {}, "23/11/2026 08:00"),
    ("nhận ngày lễ", "24/11/2026 10:00", "4 giờ làm việc", {}, "25/11/2026 11:00"),
    ("trọn một ngày, hết đúng giờ đóng cửa", "16/11/2026 07:00", "8 giờ làm việc", {}, "16/11/2026 17:00"),
    ("hai ngày", "19/11/2026 09:00", "16 giờ làm việc", {}, "23/11/2026 09:00"),
    ("lẻ phút", "20/11/2026 16:00", "1,5 giờ làm việc", {}, "23/11/2026 07:30"),
    ("nửa ngày làm việc là 4 giờ", "20/11/2026 07:00", "0,5 ngày làm việc", {}, "20/11/2026 11:00"),
    ("giờ đồng hồ chạy cả cuối tuần", "20/11/2026 10:00", "24 giờ", {}, "21/11/2026 10:00"),
    ("tính lùi qua cuối tuần", "23/11/2026 08:00", "4 giờ làm việc trước", {}, "20/11/2026 14:00"),
    ("sáng Thứ Bảy có tính giờ", "20/11/2026 16:00", "8 giờ làm việc", {"calendar": SATURDAY}, "23/11/2026 09:30"),
    ("sáng Thứ Bảy chỉ tiếp nhận", "20/11/2026 16:00", "8 giờ làm việc", {"calendar": RECEPTION}, "23/11/2026 16:00"),
    ("sau 15 giờ, tính từ lúc chuyển", "20/11/2026 15:30", "2 giờ làm việc", {"policy": TRANSFER}, "23/11/2026 09:00"),
    # --- within the day
    ("trong ngày, nhận 14:30", "20/11/2026 14:30", "trong ngày", {}, "20/11/2026"),
    ("trong ngày, nhận đúng 15:00", "20/11/2026 15:00", "trong ngày", {}, "20/11/2026"),
    ("trong ngày, nhận 15:01 Thứ Sáu", "20/11/2026 15:01", "trong ngày", {}, "23/11/2026"),
    ("trong ngày, nhận sáng Thứ Bảy", "21/11/2026 09:00", "trong ngày", {}, "23/11/2026"),
    ("trong ngày, nhận 16:00 trước ngày lễ", "23/11/2026 16:00", "trong ngày", {}, "25/11/2026"),
    # --- backward
    ("ngày làm việc tính lùi", "01/12/2026", "5 ngày làm việc trước", {}, "23/11/2026"),
    ("lùi một tháng, không dồn về sau", "31/03/2027", "1 tháng trước", {}, "28/02/2027"),
    ("lùi vào Chủ nhật vẫn là Chủ nhật", "30/11/2026", "1 ngày trước", {}, "29/11/2026"),
    # --- the one extension
    ("gia hạn thêm 3 ngày làm việc", "20/11/2026", "5 ngày làm việc", {"extension": BY_3_DAYS}, "03/12/2026"),
    ("hẹn lại Thứ Bảy thành Thứ Hai", "20/11/2026", "5 ngày làm việc", {"extension": TO_SATURDAY}, "07/12/2026"),
]  # fmt: skip


# One pause, three policies: when it began and ended, then the due day by each.
PAUSES = [
    # start, term, asked, complete | restart (NĐ 61, 19.4) | + working time waited | + elapsed time waited
    ("02/11/2026", "10 ngày làm việc", "06/11/2026", "09/11/2026", "23/11/2026", "17/11/2026", "19/11/2026"),
    # calendar days; 06/12 is a Sunday, 26/12 a Saturday
    ("20/11/2026", "30 ngày", "01/12/2026", "06/12/2026", "05/01/2027", "24/12/2026", "28/12/2026"),
    # within one day
    ("02/11/2026", "10 ngày làm việc", "06/11/2026 09:00", "06/11/2026 16:00",
     "20/11/2026", "16/11/2026", "16/11/2026"),
    # asked on the due day itself
    ("02/11/2026", "10 ngày làm việc", "16/11/2026", "17/11/2026", "02/12/2026", "17/11/2026", "17/11/2026"),
    # the same, complete on a Sunday
    ("02/11/2026", "10 ngày làm việc", "16/11/2026", "22/11/2026", "07/12/2026", "23/11/2026", "23/11/2026"),
    # asked after the due day: only a restart moves it
    ("02/11/2026", "10 ngày làm việc", "18/11/2026", "20/11/2026", "07/12/2026", "16/11/2026", "16/11/2026"),
    # hours: 7 of them and 23 of the clock were waited
    ("16/11/2026 08:00", "8 giờ làm việc", "16/11/2026 10:00", "17/11/2026 09:00",
     "18/11/2026 09:00", "17/11/2026 17:00", "18/11/2026 07:00"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "start", "text", "given", "answer"), TERMS, ids=[row[0] for row in TERMS])
def test_the_term_ends(why, start, text, given, answer):
    options = dict(given)
    calendar: Calendar = options.pop("calendar", PLAIN)
    found = due(at(start), parse_term(text), calendar, **options)
    assert (found.moment or found.date) == at(answer)
    assert found.trace[-1].date == found.date


@pytest.mark.parametrize(("start", "text", "asked", "complete", "restart", "working", "elapsed"), PAUSES)
def test_three_policies_of_a_pause_stay_apart(start, text, asked, complete, restart, working, elapsed):
    for policy, answer in ((RESTART, restart), (WORKING, working), (ELAPSED, elapsed)):
        found = due(at(start), parse_term(text), PLAIN, pauses=[paused(asked, complete, policy)])
        assert (found.moment or found.date) == at(answer), policy
        assert found.trace[-1].date == found.date


def paused(since: str, until: str, policy: PausePolicy) -> Pause:
    def moment(text: str) -> datetime:
        found = at(text)
        return found if isinstance(found, datetime) else datetime(found.year, found.month, found.day, 8)

    return Pause(moment(since), moment(until), policy)


@pytest.mark.parametrize(
    ("due_on", "strict", "latest"),
    [
        ("30/11/2026", True, "27/11/2026"),
        ("30/11/2026", False, "29/11/2026"),
        ("25/11/2026", True, "23/11/2026"),  # 24/11 is a holiday
        ("27/11/2026", True, "26/11/2026"),
        ("23/02/2026", True, "13/02/2026"),  # Tết
    ],
)
def test_the_apology_is_due_one_working_day_before(due_on, strict, latest):
    assert latest_apology_day(at(due_on), PLAIN, strict=strict) == at(latest)


def test_a_backward_term_on_a_day_off_says_which_day_is_safe():
    found = due(at("30/11/2026"), parse_term("1 ngày trước"), PLAIN)
    assert (found.date, found.safe_date) == (at("29/11/2026"), at("27/11/2026"))


def test_the_first_due_day_stays_beside_the_one_of_today():
    found = due(
        at("02/11/2026"),
        parse_term("10 ngày làm việc"),
        PLAIN,
        pauses=[paused("06/11/2026", "09/11/2026", ELAPSED)],
    )
    assert (found.first_date, found.date) == (at("16/11/2026"), at("19/11/2026"))
    (move,) = found.moves
    assert (move.kind, move.before, move.after, move.amount) == (
        "extend_elapsed",
        at("16/11/2026"),
        at("19/11/2026"),
        3,
    )
