"""The years of programmes and plans: what cannot be, and what can be but should be looked at. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from congvu.foundation.refusal import Refused
from congvu.tasks.rules.kinds import LEVELS, PERIOD, YEAR

FIRST_YEAR, LAST_YEAR = 1990, 2100
ROUND_PERIODS = (5, 10)  # years; a term of office (nhiệm kỳ) spans six calendar years and is something else


@dataclass(frozen=True, slots=True)
class Years:
    """A programme's years, under its name, of a level."""

    name: str
    level: str
    first: int
    last: int


def refuse_years(term: str, first: int, last: int) -> None:
    """Refuses years out of all reach, in the wrong order, or several for the plan of one year."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise Refused("Năm đầu phải trước hoặc bằng năm cuối.", where="last_year", do="Ghi lại hai năm.")
    if term == YEAR and first != last:
        raise Refused(
            "Kế hoạch năm chỉ thuộc một năm.", where="last_year", do="Ghi một năm, hoặc chọn giai đoạn."
        )
    if term == PERIOD and first == last:
        raise Refused(
            "Giai đoạn phải gồm từ hai năm.", where="last_year", do="Ghi năm cuối, hoặc chọn kế hoạch năm."
        )


def overlaps(new: Years, others: Iterable[Years]) -> list[str]:
    """Warnings: years that belong to two programmes of one level. They may (2001-2010 and 2010-2020), and are said."""
    told = []
    for one in others:
        first, last = max(new.first, one.first), min(new.last, one.last)
        if one.level == new.level and first <= last:
            years = str(first) if first == last else f"{first}-{last}"
            told.append(
                f"Năm {years} thuộc cả «{one.name}» ({one.first}-{one.last}), {LEVELS[one.level].lower()}."
            )
    return told


def doubts(term: str, first: int, last: int) -> list[str]:
    """What is odd about a plan's years, without being impossible."""
    years = last - first + 1
    if term == PERIOD and years - 1 in ROUND_PERIODS:
        return [
            f"Giai đoạn {first}-{last} gồm {years} năm. Nhiệm kỳ {first}-{last} ứng với kỳ kế hoạch "
            f"{first}-{last - 1}; kiểm tra lại văn bản."
        ]
    return []
