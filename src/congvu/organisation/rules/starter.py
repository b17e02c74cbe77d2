"""The rules of the registers of units a new installation begins with: autonomy groups, mandates that must end, the time
between audits. As in `foundation.lawtable.starter`, a province changes them by a new row on the screen «Quy định»."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from congvu.foundation.lawtable.starter import Row, as_stored

ROWS: tuple[Row, ...] = (
    (
        "organisation.autonomy_groups",
        "Nhóm tự chủ tài chính của đơn vị sự nghiệp công lập (mức tự bảo đảm chi thường xuyên, %)",
        {"least": {"2": "100", "3A": "70", "3B": "30", "3C": "10"}},
        date(2021, 8, 15),
        "Nghị định 60/2021/NĐ-CP, Điều 9",
        "TXT",
        "Từ mức của nhóm 2, nếu bảo đảm cả chi đầu tư thì là nhóm 1; dưới mức của nhóm 3c là nhóm 4.",
    ),
    (
        "organisation.mandate_needs_end",
        "Ủy quyền phải có thời hạn",
        True,
        date(2016, 1, 1),
        "Luật Tổ chức chính quyền địa phương 77/2015/QH13, Điều 14",
        "MEM",
        "Chưa đối chiếu với văn bản.",
    ),
    (
        "organisation.mandate_needs_end",
        "Ủy quyền phải có thời hạn",
        True,
        date(2025, 3, 1),
        "Luật Tổ chức chính quyền địa phương 65/2025/QH15 và luật thay thế",
        "MEM",
        "Chưa đối chiếu với văn bản.",
    ),
    (
        "organisation.quality_audit_months",
        "Số tháng giữa hai lần đánh giá nội bộ hệ thống quản lý chất lượng",
        12,
        date(2014, 3, 5),
        "Quyết định 19/2014/QĐ-TTg",
        "MEM",
        "Chưa đối chiếu với văn bản.",
    ),
)


def starter_rows() -> Iterator[dict[str, Any]]:
    """The rows as the law table stores them."""
    return as_stored(ROWS)
