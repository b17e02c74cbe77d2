"""Numbers of the demo province that no record gives: as reports of real years print them, quarter by quarter of this year from
units, with the named records behind some; a board, and lines that are crossed."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.identity.models import Account
from congvu.foundation.workdays.days import each_month, month_range, quarter_range, year_range
from congvu.indicators.actions.compose_boards import Composed, compose_boards
from congvu.indicators.actions.define_figures import Definition, define_figures
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.actions.list_entries import Named, list_entries
from congvu.indicators.actions.set_lines import Line, look_at_lines, set_lines
from congvu.indicators.queries.boards import USUAL
from congvu.indicators.rules.definitions import Flag
from congvu.indicators.rules.entering import Typed
from congvu.indicators.rules.lines import Direction
from congvu.organisation.queries import picture

REPORT = "Phụ lục thống kê báo cáo cải cách hành chính"
_OVERLAP = (
    "Ba nhóm nhiệm vụ (trọng tâm, theo chương trình, được giao trong năm) có thể trùng nhau: không cộng."
)
FIGURES = (
    Definition("van-ban.chi-dao", "Văn bản chỉ đạo cải cách hành chính", "văn bản", REPORT,
               words="Văn bản chỉ đạo ban hành trong kỳ"),
    Definition("van-ban.qppl", "Tỷ lệ văn bản quy phạm pháp luật ban hành theo chương trình", "văn bản", REPORT, share=True,
               words="Văn bản đã ban hành chia cho văn bản phải ban hành theo chương trình năm"),
    Definition("hop.truc-tuyen", "Cuộc họp trực tuyến", "hội nghị, cuộc họp", REPORT,
               words="Cuộc họp tổ chức trực tuyến trong kỳ"),
    Definition("bao-hiem.y-te", "Tỷ lệ bao phủ bảo hiểm y tế", "người", "Báo cáo kinh tế - xã hội", share=True,
               words="Người có bảo hiểm y tế chia cho dân số"),
    Definition("mot-cua.dung-han-bao-cao", "Tỷ lệ đúng hạn theo báo cáo của đơn vị", "hồ sơ", REPORT, share=True,
               words="Hồ sơ đúng hạn chia cho hồ sơ đã giải quyết, như đơn vị báo cáo"),
    Definition("so.ap-dung-phan-mem", "Sở áp dụng phần mềm một cửa", "đơn vị", "Báo cáo năm",
               words="Sở, ngành áp dụng phần mềm"),
    Definition("nhiem-vu.trong-tam", "Nhiệm vụ trọng tâm hoàn thành", "nhiệm vụ", "Tổng kết ngành nội vụ 2020", share=True,
               words="Nhiệm vụ trọng tâm hoàn thành chia cho nhiệm vụ trọng tâm", overlaps=_OVERLAP),
    Definition("nhiem-vu.chuong-trinh", "Nhiệm vụ theo chương trình hoàn thành", "nhiệm vụ",
               "Tổng kết ngành nội vụ 2020", share=True,
               words="Nhiệm vụ chương trình hoàn thành chia cho nhiệm vụ chương trình", overlaps=_OVERLAP),
    Definition("nhiem-vu.duoc-giao", "Nhiệm vụ được giao trong năm", "nhiệm vụ", "Tổng kết ngành nội vụ 2020",
               words="Nhiệm vụ cấp trên giao trong năm", overlaps=_OVERLAP),
    Definition("van-ban.nghi-quyet", "Nghị quyết trong số văn bản quy phạm đã ban hành", "", REPORT, population="entries",
               where={"list": ["vbqppl"], "kind": ["Nghị quyết"]}, share=True, out_of={"list": ["vbqppl"]},
               words="Nghị quyết đã ban hành chia cho văn bản quy phạm pháp luật đã ban hành"),
    Definition("to-chuc.phuong", "Phường", "", "Cơ cấu tổ chức", population="units", where={"kind": ["PHUONG"]}),
)  # fmt: skip
ONE_YEAR_OF_TEXTS = 8


def load(*, at: datetime, seed: int, full: bool) -> int:
    """Definitions, numbers, named records, a board and lines. `full`: every commune enters its months. Returns how many numbers.
    About 40 statements, however many numbers."""
    chance = random.Random(seed + 90)
    define_figures(FIGURES, by=SYSTEM, at=at)
    units = [
        node.unit_id
        for node in picture().tree(at.date())
        if node.kind in ("SO", "UBND") and node.parent_id is not None
    ]
    typed = [*_of_reports(), *_of_this_year(units if full else units[:8], at.date(), chance)]
    if full:
        typed += _of_months(units, at.date(), chance)
    enter_figures(typed, by=SYSTEM, at=at)
    list_entries(_texts(at.date(), units), by=SYSTEM, at=at)
    leader = Account.objects.filter(username="lanh-dao").first()
    compose_boards(
        [Composed((*USUAL, "van-ban.nghi-quyet", "to-chuc.phuong"), "nam", "leader")], by=SYSTEM, at=at
    )
    if leader is not None:
        asking = Actor(account_id=leader.pk, name=leader.name, system=True)
        set_lines(
            [
                Line("ho-so.dung-han", None, Direction.BELOW, Decimal(99), "nam"),
                Line("ho-so.ton-qua-han", None, Direction.ABOVE, Decimal(0), "nam"),
                Line("ho-so.truc-tuyen", None, Direction.BELOW, Decimal(10), "nam"),
            ],
            by=asking, at=at,
        )  # fmt: skip
        look_at_lines(at=at)
    return len(typed)


def _of_reports() -> Iterator[Typed]:
    """As the reports print them: some only a rate, some «gần», some without a number."""
    year = year_range(2020)
    quoted = ("Báo cáo tổng kết năm 2020 của Sở Nội vụ", "Số của năm trước khi có hệ thống")
    yield Typed("van-ban.qppl", None, *year, Flag.QUOTED, *quoted, Decimal(8), Decimal(61))
    yield Typed("nhiem-vu.trong-tam", None, *year, Flag.QUOTED, *quoted, Decimal(16), Decimal(16))
    yield Typed("nhiem-vu.chuong-trinh", None, *year, Flag.QUOTED, *quoted, Decimal(5), Decimal(5))
    yield Typed("nhiem-vu.duoc-giao", None, *year, Flag.QUOTED, *quoted, Decimal(198))
    early = ("Báo cáo cải cách hành chính năm 2012", "Báo cáo chỉ cho tỷ lệ")
    yield Typed(
        "mot-cua.dung-han-bao-cao", None, *year_range(2012), Flag.RATE_ONLY, *early, rate=Decimal("96.7")
    )
    health = ("Báo cáo năm 2016", "Báo cáo không cho số người")
    yield Typed(
        "bao-hiem.y-te", None, *year_range(2016), Flag.APPROXIMATE, *health, rate=Decimal(95), words="gần 95%"
    )
    yield Typed("so.ap-dung-phan-mem", None, *year_range(2012), Flag.UNKNOWN_COUNT, *early, words="một số sở")


def _of_this_year(units: Sequence[int], today: date, chance: random.Random) -> Iterator[Typed]:
    """Quarters of this year by unit; in the third the units' numbers come to less than the province's."""
    for quarter in (1, 2, 3):
        first, last = quarter_range(today.year, quarter)
        if last > today:
            break
        paper = (f"Báo cáo quý {quarter}/{today.year}", "Văn bản chưa nằm trong hệ thống")
        numbers = [chance.randint(1, 9) for _ in units]
        for unit, number in zip(units, numbers, strict=True):
            yield Typed("van-ban.chi-dao", unit, first, last, Flag.HAND, *paper, Decimal(number))
        total = sum(numbers) + (2 if quarter == 3 else 0)
        yield Typed("van-ban.chi-dao", None, first, last, Flag.QUOTED, *paper, Decimal(total))
        yield Typed("van-ban.qppl", None, first, last, Flag.QUOTED, *paper, Decimal(3 * quarter), Decimal(18))


def _of_months(units: Sequence[int], today: date, chance: random.Random) -> Iterator[Typed]:
    for first, last in each_month(date(today.year, 1, 1), today):
        if last <= today:
            paper = (f"Báo cáo tháng {first.month}/{first.year}", "Chưa nối với hệ thống họp")
            for unit in units:
                yield Typed(
                    "hop.truc-tuyen", unit, first, last, Flag.HAND, *paper, Decimal(chance.randint(0, 6))
                )


def _texts(today: date, units: Sequence[int]) -> list[Named]:
    """The texts behind a figure, one by one."""
    found = []
    for n in range(ONE_YEAR_OF_TEXTS):
        month = 1 + n % max(1, today.month - 1)
        kind = "Nghị quyết" if n % 3 == 0 else "Quyết định"
        symbol = f"{n + 11}/{today.year}/{'NQ-HĐND' if n % 3 == 0 else 'QĐ-UBND'}"
        day = month_range(today.year, month)[1]
        found.append(
            Named("vbqppl", f"{kind} {symbol}", day, f"Công báo tháng {month}", kind, units[n % len(units)])
        )
    return found
