"""The rules of staffing a new installation begins with: pools of posts as the law called them over the years, money of
those who leave, caps of the grade structure. As in `foundation.lawtable.starter`, a province changes them by a new row.

A pool's value: `short` for a column of a table; `counted` in biên chế or người; `binding` whether the number is given from above
(nobody is recruited beyond it) or decided by the unit; `open` whether posts are still given. No text has been compared:
every row shows the amber badge until someone has.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from congvu.foundation.lawtable.starter import Row, as_stored

_PREFIX = "staffing.pool."


def _pool(
    code: str, name: str, short: str, start: date, citation: str, *,
    counted: str = "người", binding: bool = True, still_open: bool = True, note: str = "",
) -> Row:  # fmt: skip
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


def _money(regime: str, name: str, start: date, citation: str, note: str, **value: Any) -> Row:
    return (f"staffing.streamlining.{regime}", name, value, start, citation, "MEM", note)


# Months of current salary. Early retirement: between `least_` and `most_months_early` before the age, with enough years of
# insurance; so many months for each year early, for the first years of insurance together, and for each later year.
STREAMLINING = (
    _money(
        "nghi_huu_truoc_tuoi", "Tinh giản: nghỉ hưu trước tuổi", date(2023, 7, 20), "Nghị định 29/2023/NĐ-CP, Điều 6",
        "Chưa đối chiếu với văn bản.",
        least_months_early=24, most_months_early=60, least_insured_months=240,
        months_per_early_year="3", first_years=20, first_years_months="5", months_per_later_year="0.5",
    ),
    _money(
        "nghi_huu_truoc_tuoi", "Tinh giản: nghỉ hưu trước tuổi", date(2025, 6, 16), "Nghị định 154/2025/NĐ-CP",
        "Năm tháng cho mỗi năm nghỉ sớm, còn không quá 5 năm đến tuổi nghỉ hưu: theo trích dẫn. Các số khác chưa đối chiếu.",
        least_months_early=24, most_months_early=60, least_insured_months=180,
        months_per_early_year="5", first_years=15, first_years_months="4", months_per_later_year="0.5",
    ),
    _money(
        "chuyen_ngoai_nsnn", "Tinh giản: chuyển sang tổ chức không hưởng lương từ ngân sách", date(2023, 7, 20),
        "Nghị định 29/2023/NĐ-CP, Điều 7", "Chưa đối chiếu với văn bản.",
        flat_months="3", months_per_insured_year="0.5",
    ),
    _money(
        "chuyen_ngoai_nsnn", "Tinh giản: chuyển sang tổ chức không hưởng lương từ ngân sách", date(2025, 6, 16),
        "Nghị định 154/2025/NĐ-CP", "Chưa đối chiếu với văn bản.", flat_months="3", months_per_insured_year="0.5",
    ),
    _money(
        "thoi_viec", "Tinh giản: thôi việc ngay", date(2023, 7, 20), "Nghị định 29/2023/NĐ-CP, Điều 8",
        "Chưa đối chiếu với văn bản.", flat_months="3", months_per_insured_year="1.5",
    ),
    _money(
        "thoi_viec", "Tinh giản: thôi việc ngay", date(2025, 6, 16), "Nghị định 154/2025/NĐ-CP",
        "Chưa đối chiếu với văn bản.", flat_months="3", months_per_insured_year="1.5",
    ),
)  # fmt: skip

# Leaving when offices are reorganised. Early: by how many months early, a share of a month's salary for each of them, less
# for who leaves after the first months, and months of salary for each year early. Every number is from memory.
_UNREAD = "Chưa đối chiếu với văn bản, kể cả thời hạn áp dụng; đối chiếu trước khi chi."


def _reorganised(regime: str, name: str, **value: Any) -> Row:
    citation = "Nghị định 178/2024/NĐ-CP, sửa đổi bởi Nghị định 67/2025/NĐ-CP"
    return f"staffing.reorganisation.{regime}", name, value, date(2025, 1, 1), citation, "MEM", _UNREAD


REORGANISATION = (
    _reorganised(
        "nghi_huu_truoc_tuoi", "Sắp xếp bộ máy: nghỉ hưu trước tuổi", first_window_months=12, least_insured_months=180,
        first_years=15, first_years_months="4", months_per_later_year="0.5",
        bands=[
            {"least_months_early": 1, "most_months_early": 23, "share": "1", "late_share": "0.5", "months_per_early_year": "0"},
            {"least_months_early": 24, "most_months_early": 60, "share": "1", "late_share": "0.5", "months_per_early_year": "5"},
            {
                "least_months_early": 61, "most_months_early": 120, "share": "0.9", "late_share": "0.45",
                "most_paid_months": 60, "months_per_early_year": "4",
            },
        ],
    ),
    _reorganised(
        "thoi_viec", "Sắp xếp bộ máy: thôi việc", first_window_months=12, most_paid_months=60, share="0.8",
        late_share="0.4", flat_months="3", months_per_insured_year="1.5",
    ),
)  # fmt: skip

# Per cent of a unit's civil servants that may hold a grade of a rank, by kind of unit. Only the 50 % of departments is told
# by a source; a province writes the others when it has compared them.
GRADE_CAPS: Row = (
    "staffing.grade_caps",
    "Cơ cấu ngạch: tỷ lệ cao nhất của từng hạng ngạch theo loại cơ quan (%)",
    {"SO": {"cvc": "50"}, "BAN": {"cvc": "50"}, "VAN_PHONG": {"cvc": "50"}},
    date(2020, 7, 20),
    "Nghị định 62/2020/NĐ-CP và hướng dẫn của Bộ Nội vụ",
    "MEM",
    "Chưa đối chiếu với văn bản. Loại cơ quan hoặc hạng không ghi ở đây thì không có mức trần.",
)


def _standard(key: str, name: str, citation: str, **value: Any) -> Row:
    return (
        f"staffing.standard.{key}", name, {"titles": [name], **value}, date(2024, 5, 1), citation, "MEM",
        "Chưa đối chiếu với văn bản.",
    )  # fmt: skip


# What a title asks for (rules/standards.py): education, political theory, training in state management, rank of grade, years
# in it, planning. A province writes its own beside these.
_TITLES = "Nghị định 29/2024/NĐ-CP về tiêu chuẩn chức danh lãnh đạo, quản lý"
STANDARDS = (
    _standard(
        "giam_doc_so", "Giám đốc Sở", _TITLES, titles=["Giám đốc Sở", "Giám đốc"], kinds=["SO"], qualification="DH",
        politics="CC", state_management="cvc", rank="cvc", planning=True,
    ),
    _standard(
        "pho_giam_doc_so", "Phó Giám đốc Sở", _TITLES, titles=["Phó Giám đốc Sở", "Phó Giám đốc"], kinds=["SO"],
        qualification="DH", politics="CC", state_management="cvc", rank="cv", planning=True,
    ),
    _standard(
        "truong_phong", "Trưởng phòng", _TITLES, kinds=["PHONG"], qualification="DH", politics="TC", state_management="cv",
        rank="cv", planning=True,
    ),
    _standard(
        "pho_truong_phong", "Phó Trưởng phòng", _TITLES, kinds=["PHONG"], qualification="DH", politics="TC",
        state_management="cv", rank="cv", planning=True,
    ),
    _standard(
        "chuyen_vien_chinh", "Chuyên viên chính", "Thông tư 02/2021/TT-BNV, Điều 6", qualification="DH",
        state_management="cvc", rank="cv", years_in_rank=9,
    ),
)  # fmt: skip


def starter_rows() -> Iterator[dict[str, Any]]:
    """The rows as the law table stores them."""
    return as_stored((*POOLS, *STREAMLINING, *REORGANISATION, GRADE_CAPS, *STANDARDS))
