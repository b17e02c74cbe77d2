"""The pools of posts (biên chế) a new installation begins with, as the law called them over the years.

value: `short` for a column of a table; `counted` in biên chế or người; `binding` whether the number is given from above
(nobody is recruited beyond it) or decided by the unit; `open` whether posts are still given. No text has been compared:
every row shows the amber badge until someone has.
"""

from datetime import date
from typing import Any

_PREFIX = "staffing.pool."


def _pool(
    code: str, name: str, short: str, start: date, citation: str, *,
    counted: str = "người", binding: bool = True, still_open: bool = True, note: str = "",
) -> tuple[str, str, Any, date, str, str, str]:  # fmt: skip
    value = {"short": short, "counted": counted, "binding": binding, "open": still_open}
    return (f"{_PREFIX}{code}", name, value, start, citation, "MEM", note)


POOLS = (
    _pool("cong_chuc", "Biên chế công chức", "Công chức", date(2010, 5, 1), "Nghị định 21/2010/NĐ-CP", counted="biên chế"),
    _pool("cong_chuc", "Biên chế công chức", "Công chức", date(2020, 7, 20), "Nghị định 62/2020/NĐ-CP", counted="biên chế"),
    _pool(
        "vien_chuc_nsnn", "Viên chức hưởng lương từ ngân sách nhà nước", "Viên chức NSNN",
        date(2012, 6, 25), "Nghị định 41/2012/NĐ-CP",
    ),
    _pool(
        "vien_chuc_nsnn", "Viên chức hưởng lương từ ngân sách nhà nước", "Viên chức NSNN",
        date(2020, 10, 29), "Nghị định 106/2020/NĐ-CP",
    ),
    _pool(
        "vien_chuc_tu_bao_dam", "Viên chức hưởng lương từ nguồn thu sự nghiệp", "Viên chức tự bảo đảm",
        date(2006, 5, 9), "Nghị định 43/2006/NĐ-CP", binding=False, note="Đơn vị tự bảo đảm tự quyết định số người.",
    ),
    _pool(
        "vien_chuc_tu_bao_dam", "Viên chức hưởng lương từ nguồn thu sự nghiệp", "Viên chức tự bảo đảm",
        date(2021, 8, 15), "Nghị định 60/2021/NĐ-CP", binding=False, note="Đơn vị tự bảo đảm tự quyết định số người.",
    ),
    _pool(
        "hop_dong_111", "Hợp đồng lao động theo Nghị định 68/2000/NĐ-CP", "Hợp đồng",
        date(2000, 12, 3), "Nghị định 68/2000/NĐ-CP",
    ),
    _pool(
        "hop_dong_111", "Hợp đồng lao động theo Nghị định 111/2022/NĐ-CP", "Hợp đồng",
        date(2023, 2, 22), "Nghị định 111/2022/NĐ-CP",
    ),
    _pool("cap_xa", "Cán bộ, công chức cấp xã", "Cấp xã", date(2010, 1, 1), "Nghị định 92/2009/NĐ-CP"),
    _pool("cap_xa", "Cán bộ, công chức cấp xã", "Cấp xã", date(2023, 8, 1), "Nghị định 33/2023/NĐ-CP"),
    _pool(
        "cap_xa", "Cán bộ, công chức cấp xã (đến 30/6/2025)", "Cấp xã", date(2025, 7, 1),
        "Luật Cán bộ, công chức 80/2025/QH15", still_open=False,
        note="Từ ngày 01/7/2025 cán bộ, công chức cấp xã thuộc biên chế công chức chung.",
    ),
    _pool(
        "hoi", "Người làm việc tại hội được giao biên chế", "Hội", date(2010, 12, 15), "Quyết định 68/2010/QĐ-TTg",
    ),
)  # fmt: skip
