"""The rules of personnel work a new installation begins with: code, name, value, in force from, citation, evidence, note.

As in `foundation.lawtable.starter`: a province changes them by a new row on the screen «Quy định».
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

_UNCHECKED = "Chép theo trí nhớ và nguồn thứ cấp; đối chiếu với văn bản trước khi dùng."


def _steps(first: int, by: int, count: int) -> list[str]:
    """Coefficients as they are printed, from hundredths."""
    return [f"{(first + by * place) / 100:.2f}" for place in range(count)]


ROWS: tuple[tuple[str, str, Any, date, str, str, str], ...] = (
    (
        "people.retirement_age",
        "Tuổi nghỉ hưu trong điều kiện bình thường và lộ trình (tháng)",
        {
            "nam": {"first_year": 2021, "start": 723, "step": 3, "ceiling": 744, "before": 720},
            "nu": {"first_year": 2021, "start": 664, "step": 4, "ceiling": 720, "before": 660},
        },
        date(2021, 1, 1),
        "Bộ luật Lao động 2019, Điều 169; Nghị định 135/2020/NĐ-CP, Điều 4 và Phụ lục I",
        "MEM",
        _UNCHECKED,
    ),
    (
        "people.salary_scales",
        "Bảng lương chuyên môn, nghiệp vụ: hệ số từng bậc, số tháng giữ bậc",
        {
            "A3.1": {"months": 36, "coefficients": _steps(620, 36, 6)},
            "A3.2": {"months": 36, "coefficients": _steps(575, 36, 6)},
            "A2.1": {"months": 36, "coefficients": _steps(440, 34, 8)},
            "A2.2": {"months": 36, "coefficients": _steps(400, 34, 8)},
            "A1": {"months": 36, "coefficients": _steps(234, 33, 9)},
            "A0": {"months": 36, "coefficients": _steps(210, 31, 10)},
            "B": {"months": 24, "coefficients": _steps(186, 20, 12)},
            "C": {"months": 24, "coefficients": _steps(165, 18, 12)},
        },
        date(2004, 10, 1),
        "Nghị định 204/2004/NĐ-CP, Bảng 2 và Bảng 3; Thông tư 08/2013/TT-BNV, Điều 2",
        "MEM",
        _UNCHECKED + " Loại C: các nguồn ghi khác nhau.",
    ),
    (
        "people.grades",
        "Ngạch công chức, chức danh nghề nghiệp và bảng lương áp dụng",
        {
            "01.001": {"name": "Chuyên viên cao cấp", "scale": "A3.1"},
            "01.002": {"name": "Chuyên viên chính", "scale": "A2.1"},
            "01.003": {"name": "Chuyên viên", "scale": "A1"},
            "01.004": {"name": "Cán sự", "scale": "A0"},
            "01.005": {"name": "Nhân viên", "scale": "B"},
            "04.023": {"name": "Thanh tra viên cao cấp", "scale": "A3.1"},
            "04.024": {"name": "Thanh tra viên chính", "scale": "A2.1"},
            "04.025": {"name": "Thanh tra viên", "scale": "A1"},
            "06.029": {"name": "Kế toán viên cao cấp", "scale": "A3.2"},
            "06.030": {"name": "Kế toán viên chính", "scale": "A2.2"},
            "06.031": {"name": "Kế toán viên", "scale": "A1"},
            "06.032": {"name": "Kế toán viên trung cấp", "scale": "A0"},
            "02.014": {"name": "Lưu trữ viên", "scale": "A1"},
            "01.010": {"name": "Lái xe cơ quan", "scale": "C"},
            "V.07.02.26": {"name": "Giáo viên mầm non hạng III", "scale": "A0"},
            "V.07.03.29": {"name": "Giáo viên tiểu học hạng III", "scale": "A1"},
            "V.07.04.32": {"name": "Giáo viên trung học cơ sở hạng III", "scale": "A1"},
            "V.07.05.15": {"name": "Giáo viên trung học phổ thông hạng III", "scale": "A1"},
            "V.08.01.03": {"name": "Bác sĩ hạng III", "scale": "A1"},
            "V.08.05.12": {"name": "Điều dưỡng hạng III", "scale": "A1"},
            "V.08.07.18": {"name": "Kỹ thuật y hạng III", "scale": "A1"},
        },
        date(2004, 10, 1),
        "Nghị định 204/2004/NĐ-CP; Thông tư 02/2021/TT-BNV; viên chức giáo dục: Thông tư 01 đến 04/2021/TT-BGDĐT;"
        " y tế: Thông tư liên tịch 10/2015 và 26/2015/TTLT-BYT-BNV",
        "MEM",
        _UNCHECKED,
    ),
    (
        "people.secondment_months",
        "Thời hạn biệt phái không quá (tháng)",
        36,
        date(2010, 1, 1),
        "Luật Cán bộ, công chức 2008, Điều 53; Nghị định 170/2025/NĐ-CP",
        "SEC",
        "",
    ),
    (
        "people.retirement_notice_months",
        "Thông báo nghỉ hưu bằng văn bản trước (tháng)",
        6,
        date(2010, 1, 1),
        "Luật Cán bộ, công chức 2008, Điều 60; Nghị định 46/2010/NĐ-CP, Điều 10",
        "MEM",
        _UNCHECKED,
    ),
    (
        "people.file_handover_days",
        "Bàn giao hồ sơ sau khi chuyển công tác, nghỉ hưu, thôi việc trong (ngày)",
        30,
        date(2012, 12, 17),
        "Thông tư 11/2012/TT-BNV; Thông tư 07/2019/TT-BNV",
        "SEC",
        "Hồ sơ gốc bảo quản vĩnh viễn nên được bàn giao hoặc nộp lưu, không hủy.",
    ),
    (
        "people.paper_retention",
        "Thời hạn bảo quản tài liệu trong hồ sơ cá nhân (năm, kể từ năm sau năm thôi làm việc; không ghi: vĩnh viễn)",
        {"don_thu": 15, "kiem_diem": 20, "suc_khoe": 20, "tai_san": 20, "khac": 20, "danh_gia": 70},
        date(2023, 2, 15),
        "Thông tư 10/2022/TT-BNV, Phụ lục I",
        "MEM",
        _UNCHECKED + " Hồ sơ gốc: vĩnh viễn.",
    ),
)


def starter_rows() -> Iterator[dict[str, Any]]:
    """The rows as the law table stores them."""
    names = ("code", "name", "value", "valid_from", "citation", "evidence", "note")
    return (dict(zip(names, row, strict=True)) for row in ROWS)
