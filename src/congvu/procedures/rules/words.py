"""The closed lists of the catalogue, each value with its Vietnamese name.

Free of the framework, so that parsers and rules may use them. Channel numbers are those exchanged with the
national portal (`KenhThucHien`); term units are those of `foundation.workdays`.
"""

from enum import IntEnum, StrEnum


class Worded(StrEnum):
    """A text value that carries its Vietnamese label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Worded":
        one = str.__new__(cls, value)
        one._value_ = value
        one.label = label or value
        return one

    @classmethod
    def has(cls, value: object) -> bool:
        """Whether `value` is one of the list's."""
        return value in cls._value2member_map_

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(value, label) pairs for a model field or a form."""
        return [(one.value, one.label) for one in cls]


class Tier(Worded):
    TRUNG_UONG = "TRUNG_UONG", "Cấp bộ"
    TINH = "TINH", "Cấp tỉnh"
    HUYEN = "HUYEN", "Cấp huyện (đến 30/6/2025)"
    XA = "XA", "Cấp xã"


class ProcedureKind(Worded):
    TTHC = "TTHC", "Thủ tục hành chính"
    NOI_BO = "NOI_BO", "Thủ tục nội bộ"
    DAC_THU = "DAC_THU", "Thủ tục đặc thù của địa phương"
    LIEN_THONG = "LIEN_THONG", "Nhóm thủ tục liên thông"
    LICH_SU = "LICH_SU", "Thủ tục của hồ sơ lịch sử"


class Nature(Worded):
    """What the state does: in the first four its clock runs; in a notification the applicant's clock does."""

    CHAP_THUAN = "CHAP_THUAN", "Chấp thuận"
    CAP_PHEP = "CAP_PHEP", "Cấp phép"
    CONG_NHAN = "CONG_NHAN", "Công nhận"
    DANG_KY = "DANG_KY", "Đăng ký"
    THONG_BAO = "THONG_BAO", "Thông báo"


class ProcedureStatus(Worded):
    DRAFT = "DRAFT", "Bản thảo"
    PUBLIC = "PUBLIC", "Đang công khai"
    EXPIRED = "EXPIRED", "Hết hiệu lực"
    REPLACED = "REPLACED", "Bị thay thế"
    ABOLISHED = "ABOLISHED", "Bãi bỏ"


class VersionState(Worded):
    DRAFT = "DRAFT", "Bản thảo"
    LOADING = "LOADING", "Đang ghi"  # only inside a transaction: children are still being written
    PUBLISHED = "PUBLISHED", "Đã công bố"


class ServiceLevel(Worded):
    TOAN_TRINH = "TOAN_TRINH", "Trực tuyến toàn trình"
    MOT_PHAN = "MOT_PHAN", "Trực tuyến một phần"
    CUNG_CAP_THONG_TIN = "CUNG_CAP_THONG_TIN", "Cung cấp thông tin"
    CHUA_RO = "CHUA_RO", "Chưa rõ"


class Channel(IntEnum):
    TRUC_TIEP = 1
    TRUC_TUYEN = 2
    BUU_CHINH = 3

    @property
    def label(self) -> str:
        return {1: "Trực tiếp", 2: "Trực tuyến", 3: "Bưu chính công ích"}[self.value]

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        return [(one.value, one.label) for one in cls]


class TermUnit(Worded):
    """Never converted into one another: "N ngày" and "N ngày làm việc" differ inside one decree."""

    GIO_LAM_VIEC = "GIO_LAM_VIEC", "giờ làm việc"
    GIO = "GIO", "giờ (liên tục)"
    NGAY_LAM_VIEC = "NGAY_LAM_VIEC", "ngày làm việc"
    NGAY = "NGAY", "ngày"
    TUAN = "TUAN", "tuần"
    THANG = "THANG", "tháng"
    NAM = "NAM", "năm"


class FeeKind(Worded):
    PHI = "PHI", "Phí"
    LE_PHI = "LE_PHI", "Lệ phí"
    CHUNG = "CHUNG", "Phí, lệ phí"  # the source's one column for both


class Action(Worded):
    """What a decision does to a procedure (NĐ 63/2010, Điều 13-16); CONG_BO: the source names none."""

    MOI = "MOI", "Ban hành mới"
    SUA_DOI_BO_SUNG = "SUA_DOI_BO_SUNG", "Sửa đổi, bổ sung"
    THAY_THE = "THAY_THE", "Thay thế"
    BAI_BO = "BAI_BO", "Bãi bỏ"
    CONG_BO = "CONG_BO", "Công bố (nguồn không nêu hành động)"


class AgencyKind(Worded):
    RECEIVER = "RECEIVER", "Nơi tiếp nhận"
    COMPETENT = "COMPETENT", "Cơ quan có thẩm quyền"
    FIXED = "FIXED", "Đơn vị cố định"
    CHOSEN = "CHOSEN", "Chọn ở bước trước"


class StepRole(Worded):
    RECEIVE = "RECEIVE", "Tiếp nhận"
    LEAD = "LEAD", "Chủ trì"
    COOPERATE = "COOPERATE", "Phối hợp"
    SIGN = "SIGN", "Ký duyệt"
    FEE = "FEE", "Thu phí"
    RETURN = "RETURN", "Trả kết quả"


class Archetype(Worded):
    """Whose clock runs: in an approval the state owes an answer; in a notification the applicant owes the notice."""

    APPROVAL = "APPROVAL", "Giải quyết: cơ quan nhà nước có thời hạn"
    NOTIFICATION = "NOTIFICATION", "Thông báo: người nộp có thời hạn"


class StepKind(Worded):
    TASK = "TASK", "Công việc"
    OPINION = "OPINION", "Xin ý kiến"
    SUB_DOSSIER = "SUB_DOSSIER", "Hồ sơ con của thủ tục khác"


class Join(Worded):
    """When a step with several predecessors opens."""

    ALL = "ALL", "Chờ tất cả"
    ANY = "ANY", "Chờ bước đến trước"


class DoubtState(Worded):
    OPEN = "OPEN", "Chưa xử lý"
    ACCEPTED = "ACCEPTED", "Đã chấp nhận đề xuất"
    CORRECTED = "CORRECTED", "Đã sửa"
    DISMISSED = "DISMISSED", "Giữ nguyên, có lý do"
