"""The rules a new installation begins with. Each row: code, name, value, in force from, citation, evidence, note.

A province changes them on the screen «Quy định» by a new row; these are never edited in place. Rows tagged MEM are
from memory and show the amber badge until someone has compared them with the text.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from congvu.foundation.workdays.days import previous_day

Row = tuple[str, str, Any, date, str, str, str]

ROWS: tuple[Row, ...] = (
    (
        "dossier.start_policy",
        "Ngày bắt đầu tính thời hạn của hồ sơ nhận sau 15 giờ",
        "reception_day",
        date(2018, 6, 21),
        "Nghị định 61/2018/NĐ-CP, Điều 18.2",
        "TXT",
        "Luật chỉ dời việc chuyển hồ sơ sang ngày làm việc sau. reception_day: tính từ ngày nhận; "
        "transfer_day: tính từ ngày chuyển, tùy tỉnh.",
    ),
    (
        "dossier.pause_policy",
        "Tính lại thời hạn sau khi bổ sung hồ sơ",
        "restart",
        date(2018, 6, 21),
        "Nghị định 61/2018/NĐ-CP, Điều 19.4",
        "TXT",
        "restart: tính lại từ đầu. Phần mềm đang dùng ở một số tỉnh cộng thời gian chờ "
        "(extend_working_time, extend_elapsed).",
    ),
    (
        "dossier.supplement_limit",
        "Số lần được yêu cầu bổ sung mà không phải giải trình",
        1,
        date(2018, 6, 21),
        "Nghị định 61/2018/NĐ-CP, Điều 11.2.c",
        "TXT",
        "Nghị định 63/2010/NĐ-CP, Điều 20.4 ghi không quá hai lần; lấy quy định chặt hơn.",
    ),
    (
        "dossier.supplement_notice_days",
        "Thời hạn trả hồ sơ để bổ sung, kể từ ngày tiếp nhận (ngày làm việc)",
        3,
        date(2018, 6, 21),
        "Nghị định 61/2018/NĐ-CP, Điều 19.4",
        "TXT",
        "",
    ),
    (
        "dossier.extension_limit",
        "Số lần được hẹn lại ngày trả",
        1,
        date(2018, 6, 21),
        "Nghị định 61/2018/NĐ-CP, Điều 19.9",
        "TXT",
        "",
    ),
    (
        "dossier.online_reception_hours",
        "Thời hạn tiếp nhận hồ sơ trực tuyến (giờ làm việc)",
        8,
        date(2018, 6, 21),
        "thông lệ hệ thống một cửa",
        "IMPL",
        "",
    ),
    (
        "fee.receipt_form",
        "Ký hiệu mẫu biên lai thu phí, lệ phí",
        "01BLP2-001",
        date(2022, 7, 1),
        "Nghị định 123/2020/NĐ-CP, Điều 38",
        "MEM",
        "Mỗi cơ quan thu đăng ký ký hiệu mẫu của mình với cơ quan thuế; sửa lại trước khi in biên lai thật.",
    ),
    (
        "report.quarter_cutoff_day",
        "Ngày chốt số liệu báo cáo quý",
        14,
        date(2019, 1, 24),
        "Nghị định 09/2019/NĐ-CP",
        "MEM",
        "Kỳ quý từ ngày 15 tháng trước quý đến ngày 14 tháng cuối quý; chưa đối chiếu với văn bản.",
    ),
    (
        "fee.refund_limit",
        "Số tiền hoàn trả phí lãnh đạo nơi thu được duyệt một lần (đồng)",
        5_000_000,
        date(2018, 6, 21),
        "quy định nội bộ của tỉnh",
        "MEM",
        "Không có văn bản nào được đối chiếu: đặt theo phân cấp của tỉnh. Trên mức này do lãnh đạo cấp trên duyệt.",
    ),
)


def starter_rows() -> Iterator[dict[str, Any]]:
    """The rows as the table holds them."""
    return as_stored(ROWS)


def as_stored(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Rows as the table holds them: each ends the day before the next of its code begins."""
    starts: dict[str, list[date]] = {}
    for row in rows:
        starts.setdefault(row[0], []).append(row[3])
    for code, name, value, start, citation, evidence, note in rows:
        later = [day for day in starts[code] if day > start]
        yield {
            "code": code, "name": name, "value": value, "valid_from": start,
            "valid_to": previous_day(min(later)) if later else None,
            "citation": citation, "evidence": evidence, "note": note,
        }  # fmt: skip
