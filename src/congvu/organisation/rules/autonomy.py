"""Nhóm tự chủ tài chính của đơn vị sự nghiệp công lập (Nghị định 60/2021/NĐ-CP, Điều 9). Pure.

The share a unit covers of its regular spending is A / B, exact; the boundaries stand in the law table.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from congvu.foundation.refusal import Refused

GROUPS = {
    "1": "Nhóm 1: tự bảo đảm chi thường xuyên và chi đầu tư",
    "2": "Nhóm 2: tự bảo đảm chi thường xuyên",
    "3A": "Nhóm 3a: tự bảo đảm một phần",
    "3B": "Nhóm 3b: tự bảo đảm một phần",
    "3C": "Nhóm 3c: tự bảo đảm một phần",
    "4": "Nhóm 4: ngân sách nhà nước bảo đảm chi thường xuyên",
}
AUTONOMOUS = ("1", "2", "3A", "3B", "3C")  # covers some of its own spending
RULE = "organisation.autonomy_groups"


def covered(revenue: int, spending: int) -> Fraction:
    """Own revenue over regular spending, in per cent, exact. Refuses spending that is nothing."""
    if spending <= 0:
        raise Refused(
            "Chi thường xuyên phải lớn hơn 0.",
            where="spending",
            do="Nhập dự toán chi thường xuyên của năm lập phương án.",
            article="Nghị định 60/2021/NĐ-CP, Điều 10",
        )
    if revenue < 0:
        raise Refused("Nguồn thu không thể âm.", where="revenue", do="Nhập 0 nếu đơn vị không có nguồn thu.")
    return Fraction(100 * revenue, spending)


def group_of(revenue: int, spending: int, *, covers_investment: bool, rule: Mapping[str, Any]) -> str:
    """The group of a unit. `rule` gives the least per cent of each group; below all of them stands group 4."""
    share = covered(revenue, spending)
    least = {group: Fraction(str(percent)) for group, percent in rule["least"].items()}
    for group, percent in sorted(least.items(), key=lambda one: -one[1]):
        if share >= percent:
            return "1" if group == "2" and covers_investment else group
    return "4"
