"""The questionnaires and numbers a new installation begins with. The questionnaires are drafts from memory of practice: a
province compares them with its decision and publishes its own version."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from congvu.foundation.lawtable.starter import Row, as_stored

SIPAS, COUNTER = "SIPAS", "TAI-QUAY"
_SCALE_A = (
    "Trách nhiệm giải trình của chính quyền",
    "Cơ hội tham gia của người dân",
    "Chất lượng thực hiện",
    "Kết quả, tác động",
)
_POLICIES = (
    "phát triển kinh tế", "khám, chữa bệnh", "giáo dục phổ thông", "an sinh, trợ giúp xã hội", "trật tự, an toàn xã hội",
    "giao thông đường bộ", "điện sinh hoạt", "nước sinh hoạt",
)  # fmt: skip


def _policies() -> str:
    lines = []
    for number, policy in enumerate(_POLICIES, start=1):
        lines.append(f"# A{number} Chính sách {policy}")
        lines += [f"A{number}.{place} [5] {words}" for place, words in enumerate(_SCALE_A, start=1)]
    return "\n".join(lines)


_SERVICES = """
# B1 Tiếp cận dịch vụ
B1.1 [5] Nơi ngồi chờ đủ chỗ, sạch sẽ
B1.2 [5] Trang thiết bị đầy đủ, dễ sử dụng
B1.3 [5] Cách tiếp cận: tại chỗ, trực tuyến, qua bưu chính
# B2 Thủ tục hành chính
B2.1 [5] Thủ tục được công khai đầy đủ, chính xác
B2.2 [5] Thành phần hồ sơ phải nộp đúng quy định
B2.3 [5] Phí, lệ phí đúng quy định
B2.4 [5] Thời hạn giải quyết đúng quy định
# B3 Công chức trực tiếp giải quyết công việc
B3.1 [5 thái độ] Thái độ giao tiếp lịch sự, đúng mực
B3.2 [5 thái độ] Chú ý lắng nghe ý kiến
B3.3 [5] Trả lời, giải thích đầy đủ
B3.4 [5] Hướng dẫn kê khai hồ sơ rõ ràng, dễ hiểu
# B4 Kết quả dịch vụ
B4.1 [5] Kết quả đúng quy định
B4.2 [5] Thông tin trên kết quả đầy đủ, chính xác
# B5 Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị
B5.1 [5] Có nhiều hình thức tiếp nhận góp ý
B5.2 [5] Tiếp nhận, xử lý kịp thời
B5.3 [5] Thông báo kết quả xử lý
# C Mong đợi
C1 [nhiều] Ông/bà mong đợi điều gì? | Thêm hình thức thông tin | Rút ngắn thời gian | Thái độ phục vụ tốt hơn | Ít giấy tờ hơn
C2 [chữ] Ý kiến khác của ông/bà
"""
_COUNTER_TEXT = """@ nguoi-dan | Người dân
@ to-chuc | Doanh nghiệp, tổ chức

# Q1 Nơi tiếp nhận
Q1.1 [5] Nơi ngồi chờ, chỉ dẫn tại nơi tiếp nhận
Q1.2 [5] Thời gian chờ đến lượt
# Q2 Công chức tiếp nhận
Q2.1 [5 thái độ] Thái độ của công chức tiếp nhận
Q2.2 [5] Hướng dẫn hồ sơ rõ ràng, một lần
# Q3 Giải quyết hồ sơ
Q3.1 [5] Thủ tục, giấy tờ phải nộp
Q3.2 [5] Thời gian giải quyết
Q3.3 [5] Kết quả nhận được
# Q4 Góp ý
Q4.1 [5] Tiếp nhận, trả lời góp ý, phản ánh
Q4.2 [một] Ông/bà phải đến nơi tiếp nhận mấy lần? | Một lần | Hai lần | Ba lần trở lên | Không phải đến
Q4.3 [chữ] Điều ông/bà muốn cơ quan làm tốt hơn
"""
_SIPAS_TEXT = "@ nguoi-dan | Người dân\n@ to-chuc | Doanh nghiệp, tổ chức\n\n" + _policies() + _SERVICES
# code, name, lines, source, evidence
QUESTIONNAIRES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        SIPAS, "Đo lường sự hài lòng của người dân (SIPAS)", _SIPAS_TEXT,
        "Quyết định 1001/QĐ-BNV ngày 11/12/2023 (lời câu hỏi chưa đối chiếu)", "MEM",
    ),
    (
        COUNTER, "Phiếu hài lòng tại nơi tiếp nhận", _COUNTER_TEXT,
        "Thông tư 01/2018/TT-VPCP, Điều 13 (lời câu hỏi theo thông lệ, chưa đối chiếu)", "MEM",
    ),
)  # fmt: skip

_SINCE = date(2015, 1, 1)
_PRACTICE = "Quyết định 1001/QĐ-BNV ngày 11/12/2023 (chưa đọc văn bản)"
ROWS: tuple[Row, ...] = (
    (
        "survey.formula", "Cách tính chỉ số hài lòng", "positive", _SINCE, _PRACTICE, "MEM",
        "positive: tỷ lệ hài lòng và rất hài lòng, gộp các câu; mean: điểm trung bình trên thang 5.",
    ),
    (
        "survey.minimum_answers", "Số người trả lời ít nhất để hiện kết quả", 30, _SINCE, "thông lệ thống kê", "MEM",
        "Dưới mức này kết quả bị ẩn, và ẩn cả những ô mà phép trừ sẽ làm lộ.",
    ),
    (
        "survey.qr_a_day", "Số phiếu nhiều nhất qua mã QR của một quầy trong ngày", 300, _SINCE, "quy định nội bộ của tỉnh",
        "MEM", "Chặn việc một người trả lời hàng loạt.",
    ),
    (
        "survey.recheck_share", "Tỷ lệ phiếu phỏng vấn phải phúc tra (%)", 10, _SINCE, _PRACTICE, "MEM",
        "Phiếu được chọn ngẫu nhiên khi vào sổ.",
    ),
)  # fmt: skip


def starter_rows() -> Iterator[dict[str, Any]]:
    """The rows of the law table."""
    return as_stored(ROWS)
