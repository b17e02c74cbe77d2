"""What the gallery shows: tracks, due dates and charts in their ordinary and their extreme states."""

from datetime import date, datetime

from congvu.foundation.ui.charts import Line, Share, bar_chart_of, line_chart_of
from congvu.foundation.ui.due_calendar import DueCalendar, of_due
from congvu.foundation.ui.track import DONE, NOW, PAUSED, WAITING, Lane, Track, TrackStep, off_days
from congvu.foundation.workdays.days import add_days
from congvu.foundation.workdays.rules.calendar import Calendar, calendar_for
from congvu.foundation.workdays.rules.due import due
from congvu.foundation.workdays.rules.policies import Pause, PausePolicy
from congvu.foundation.workdays.rules.term import parse_term

TODAY = date(2026, 11, 20)
CALENDAR: Calendar = calendar_for()
OFF = off_days(CALENDAR, date(2025, 11, 1), date(2027, 12, 31))

CENTRE = Lane("tt", "Trung tâm PVHCC", "tiếp nhận, trả")
HOME = Lane("snv", "Sở Nội vụ", "chủ trì")
FARM = Lane("snn", "Sở NN và MT", "phối hợp")
POLICE = Lane("cat", "Công an tỉnh", "phối hợp")
BOARD = Lane("ubnd", "UBND tỉnh", "quyết định")
CENTRE_NAME, FARM_NAME = "Trung tâm Phục vụ hành chính công tỉnh", "Sở Nông nghiệp và Môi trường"


def _d(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def ordinary_track() -> Track:
    """Seven steps, two in parallel, one was late, one is running."""
    steps = (
        TrackStep("Tiếp nhận", "tt", DONE, _d(10, 15), _d(10, 15), _d(10, 15), CENTRE_NAME),
        TrackStep("Thẩm định", "snv", DONE, _d(10, 16), _d(10, 23), _d(10, 23), waits_for=(1,)),
        TrackStep("Góp ý", "snn", DONE, _d(10, 26), _d(11, 3), _d(11, 4), FARM_NAME, waits_for=(2,)),
        TrackStep("Góp ý", "cat", DONE, _d(10, 26), _d(11, 11), _d(11, 6), waits_for=(2,)),
        TrackStep("Tổng hợp, trình ký", "snv", NOW, _d(11, 12), None, _d(11, 23), waits_for=(3, 4)),
        TrackStep("Ký quyết định", "ubnd", WAITING, _d(11, 25), _d(11, 26), _d(11, 26), waits_for=(5,)),
        TrackStep(
            "Trả kết quả", "tt", WAITING, _d(11, 27), _d(11, 27), _d(11, 27), CENTRE_NAME, waits_for=(6,)
        ),
    )
    return Track((CENTRE, HOME, FARM, POLICE, BOARD), steps, _d(10, 15), _d(11, 27), TODAY, OFF)


def late_track() -> Track:
    """Running past its own due day and the dossier's; names as long as procedures give them."""
    long_name = "Thẩm tra, xác minh thực địa và lấy ý kiến cộng đồng dân cư nơi có đất"
    steps = (
        TrackStep("Tiếp nhận và số hóa thành phần hồ sơ", "tt", DONE, _d(11, 2), _d(11, 2), _d(11, 2)),
        TrackStep(
            long_name, "xa", NOW, _d(11, 3), None, _d(11, 12), "Ủy ban nhân dân xã Tân Lập", waits_for=(1,)
        ),
        TrackStep("Ký", "xa", WAITING, None, None, None, waits_for=(2,)),
        TrackStep("Trả kết quả", "tt", WAITING, None, None, None, waits_for=(3,)),
    )
    lanes = (CENTRE, Lane("xa", "Ủy ban nhân dân xã Tân Lập Thượng", "thẩm quyền giải quyết"))
    return Track(lanes, steps, _d(11, 2), _d(11, 16), TODAY, OFF)


def open_track() -> Track:
    """Open at the right: running without a due day, one step paused."""
    steps = (
        TrackStep("Tiếp nhận", "tt", DONE, _d(11, 18), _d(11, 18), None),
        TrackStep("Chờ dân bổ sung", "snv", PAUSED, _d(11, 18), None, _d(11, 24), waits_for=(1,)),
        TrackStep("Xin ý kiến", "cat", NOW, _d(11, 19), None, None, waits_for=(1,)),
    )
    return Track((CENTRE, HOME, POLICE), steps, _d(11, 18), _d(11, 25), TODAY, OFF)


def year_track() -> Track:
    """Twelve agencies over a year, all done."""
    lanes = tuple(Lane(f"cq{i}", f"Cơ quan thứ {i}", "phối hợp") for i in range(1, 13))
    steps = []
    start = _d(11, 24, 2025)
    for i in range(1, 13):
        end = add_days(start, 26)
        due_day = end if i % 4 else add_days(start, 12)
        waits = (i - 1,) if i > 1 else ()
        steps.append(TrackStep(f"Bước của cơ quan {i}", f"cq{i}", DONE, start, end, due_day, waits_for=waits))
        start = add_days(end, 2)
    return Track(lanes, tuple(steps), _d(11, 24, 2025), steps[-1].end, TODAY, OFF)


def tracks() -> list[tuple[str, str, Track]]:
    """(ident, title, track)."""
    return [
        ("t1", "Đang đi, một bước đã trễ", ordinary_track()),
        ("t2", "Đang trễ, tên dài", late_track()),
        ("t3", "Chưa có hạn bước, tạm dừng", open_track()),
        ("t4", "Một năm, mười hai cơ quan", year_track()),
    ]


def due_dates() -> list[tuple[str, DueCalendar]]:
    """(title, sheet): short, long, paused, in hours, backward, a year."""
    words = "Lịch làm việc của tỉnh, bản 4, ghi 02/10/2026"

    def sheet(start: datetime, term: str, pauses: tuple[Pause, ...] = ()) -> DueCalendar:
        return of_due(
            due(start, parse_term(term), CALENDAR, pauses=pauses),
            today=TODAY,
            until="17:00",
            calendar_words=words,
        )

    waited = Pause(datetime(2026, 11, 4, 9), datetime(2026, 11, 10, 15), PausePolicy.EXTEND_WORKING_TIME)
    restarted = Pause(datetime(2026, 11, 4, 9), datetime(2026, 11, 10, 10), PausePolicy.RESTART)
    return [
        ("Năm ngày làm việc", sheet(datetime(2026, 11, 20, 14, 32), "5 ngày làm việc")),
        ("Ba mươi ngày làm việc", sheet(datetime(2026, 10, 15, 9, 24), "30 ngày làm việc")),
        ("Tạm dừng, cộng thời gian đã chờ", sheet(datetime(2026, 10, 30, 9), "10 ngày làm việc", (waited,))),
        ("Tạm dừng, tính lại từ đầu", sheet(datetime(2026, 10, 30, 9), "10 ngày làm việc", (restarted,))),
        ("Mười hai giờ làm việc", sheet(datetime(2026, 11, 19, 15), "12 giờ làm việc")),
        ("Một năm", sheet(datetime(2026, 3, 2, 9), "1 năm")),
    ]


def charts() -> dict[str, object]:
    """A year of months against the year before, and agencies."""
    months = [str(n) for n in range(1, 13)]
    before = [971, 974, 972, 978, 980, 979, 981, 980, 983, 984, 982, 985]
    now = [984, 987, 986, 989, 990, 991, 988, 992, 993, 998, 993]
    lines = [
        Line("2025", [Share(n, 1000) for n in before], main=False),
        Line("2026", [Share(n, 1000, "#hs", "#hs") for n in now] + [Share(None, None)]),
    ]
    rows = [
        ("Sở Xây dựng", Share(37, 38, "#hs", "#hs", "#hs")),
        ("Sở Nông nghiệp và Môi trường", Share(43, 46, "#hs", "#hs", "#hs")),
        ("Sở Nội vụ", Share(27, 27, "#hs", "#hs")),
        ("Xã Tân Lập", Share(28, 34, "#hs", "#hs", "#hs")),
        ("Xã Hòa Bình", Share(0, 0)),
    ]
    return {
        "line": line_chart_of("Tỷ lệ đúng hạn theo tháng", months, lines),
        "bars": bar_chart_of("Đúng hạn theo cơ quan", rows, total=Share(135, 145, "#hs", "#hs", "#hs")),
        "no_line": line_chart_of("Tháng chưa có số", months, [Line("2026", [Share(None, None)] * 12)]),
        "no_bars": bar_chart_of("Cơ quan chưa có số", []),
    }
