"""Known swaps of a working day with a weekly day off (hoán đổi ngày làm việc), dated, with how well each is known.

A swap is ordered for one year by the Government; nothing computes it. Rows tagged MEM are memory only: they are shown
as proposals and never applied until an official records the decision (see `actions/edit_calendar.py`).
"""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.workdays.rules.kinds import Evidence


@dataclass(frozen=True, slots=True)
class Swap:
    """`off` is a working day not worked, `work` the weekly day off worked instead, before or after it."""

    off: date
    work: date
    citation: str
    evidence: str = Evidence.SEC


_NEWS = "lịch nghỉ do Chính phủ công bố, theo báo chí"
_DISPATCH = "công văn của Văn phòng Chính phủ"

KNOWN_SWAPS: tuple[Swap, ...] = (
    Swap(date(2010, 2, 19), date(2010, 2, 27), _NEWS),
    Swap(date(2012, 1, 27), date(2012, 2, 4), _NEWS),
    Swap(date(2012, 12, 31), date(2013, 1, 5), _NEWS),
    Swap(date(2013, 2, 15), date(2013, 2, 23), _NEWS),
    Swap(date(2013, 4, 29), date(2013, 5, 4), _NEWS),
    Swap(date(2014, 1, 28), date(2014, 1, 25), _NEWS),
    Swap(date(2014, 1, 29), date(2014, 2, 8), _NEWS),
    Swap(date(2014, 5, 2), date(2014, 4, 26), _NEWS),
    Swap(date(2014, 9, 1), date(2014, 9, 6), _NEWS),
    Swap(date(2015, 1, 2), date(2014, 12, 27), _NEWS),
    Swap(date(2015, 2, 16), date(2015, 2, 14), _NEWS),
    Swap(date(2015, 4, 29), date(2015, 4, 25), _NEWS),
    Swap(date(2018, 12, 31), date(2019, 1, 5), f"{_DISPATCH} 6519/VPCP-KGVX (2018)"),
    Swap(date(2019, 4, 29), date(2019, 5, 4), f"{_DISPATCH} 6519/VPCP-KGVX (2018)"),
    Swap(date(2024, 4, 29), date(2024, 5, 4), f"{_DISPATCH} 2450/VPCP-KGVX (2024)"),
    Swap(date(2025, 5, 2), date(2025, 4, 26), "thông báo 6150/TB-BLĐTBXH (2024)"),
    Swap(date(2026, 1, 2), date(2026, 1, 10), "chưa đối chiếu văn bản", Evidence.MEM),
    Swap(date(2026, 8, 31), date(2026, 8, 22), "chưa đối chiếu văn bản", Evidence.MEM),
)


def applied_swaps() -> tuple[Swap, ...]:
    """The known swaps that hold without anyone's edit: those with a source."""
    return tuple(swap for swap in KNOWN_SWAPS if swap.evidence != Evidence.MEM)


def proposed_swaps(year: int) -> tuple[Swap, ...]:
    """Swaps of `year` known from memory only, for an official to confirm or discard."""
    return tuple(s for s in KNOWN_SWAPS if s.evidence == Evidence.MEM and year in (s.off.year, s.work.year))
