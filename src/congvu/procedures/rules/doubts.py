"""Kinds of doubt: what the reader of the source tables could not be certain of, explained to the person who decides."""

from dataclasses import dataclass
from typing import Any

from congvu.procedures.rules.words import Worded

Change = dict[str, Any]


class DoubtKind(Worded):
    """Each kind has a short name and one sentence that says why a person must look."""

    explanation: str

    def __new__(cls, value: str, label: str = "", explanation: str = "") -> "DoubtKind":
        one = str.__new__(cls, value)
        one._value_ = value
        one.label = label
        one.explanation = explanation
        return one

    TERM_WITHOUT_UNIT = (
        "term_without_unit",
        "Thời hạn thiếu đơn vị",
        "Cột thời gian chỉ có con số. Ngày và ngày làm việc là hai đơn vị khác nhau, máy không được đoán.",
    )
    TERM_MISSING = (
        "term_missing",
        "Không nêu thời hạn",
        "Cột thời gian ghi «Không có thông tin»; phần mô tả có thể nói thời hạn.",
    )
    TERM_UNPARSED = ("term_unparsed", "Không đọc được thời hạn", "Cột thời gian không theo dạng đã biết.")
    TERM_FRACTION = (
        "term_fraction",
        "Thời hạn lẻ ngày",
        "Thời hạn là số lẻ (ví dụ 1,5 ngày làm việc); hệ thống tính bằng giờ làm việc.",
    )
    TERM_HOURS_KIND = (
        "term_hours_kind",
        "Giờ hay giờ làm việc",
        "Nguồn ghi «Giờ» mà không nói là giờ làm việc hay giờ liên tục.",
    )
    TERM_CONTRADICTS_NOTE = (
        "term_contradicts_note",
        "Thời hạn khác phần mô tả",
        "Cột thời gian và phần mô tả nói hai thời hạn khác nhau.",
    )
    TERM_DIFFERS_BETWEEN_CHANNELS = (
        "term_differs_between_channels",
        "Thời hạn khác nhau giữa các cách nộp",
        "Có thể đúng (nộp trực tuyến nhanh hơn) hoặc là lỗi nhập.",
    )
    TERM_FEE_GLUED = (
        "term_fee_glued",
        "Thời hạn dính vào mức phí",
        "Số ngày không có đơn vị nên dính liền với số tiền; có nhiều cách tách.",
    )
    FEE_SUSPICIOUS = (
        "fee_suspicious",
        "Mức phí đáng ngờ",
        "Số tiền dưới 1.000 đồng: thường là đã bỏ ba số 0 hoặc nhập tạm.",
    )
    FEE_UNPARSED = ("fee_unparsed", "Không đọc được mức phí", "Cột phí, lệ phí không theo dạng đã biết.")
    FEE_MISSING = ("fee_missing", "Không nêu phí, lệ phí", "Cột phí ghi «Không có thông tin».")
    FEE_FOREIGN_CURRENCY = (
        "fee_foreign_currency",
        "Phí bằng ngoại tệ",
        "Mức phí không tính bằng đồng nên không cộng được.",
    )
    FEE_FREE_CONTRADICTED = (
        "fee_free_contradicted",
        "Ghi miễn phí nhưng lời giải thích nói có thu",
        "Cột phí ghi «Miễn phí», phần giải thích dẫn mức thu hoặc văn bản quy định mức thu.",
    )
    FEE_CONTRADICTS_TEXT = (
        "fee_contradicts_text",
        "Mức phí khác lời giải thích",
        "Số tiền ở cột phí không có trong phần giải thích, nơi nêu số tiền khác.",
    )
    FEE_FOR_A_PERIOD = (
        "fee_for_a_period",
        "Mức phí áp dụng có thời hạn",
        "Lời giải thích nêu mức phí khác (hoặc miễn phí) từ ngày đến ngày.",
    )
    FEE_SEVERAL = (
        "fee_several",
        "Có thể có nhiều khoản thu",
        "Lời giải thích nêu thêm khoản «Phí: …» hoặc «Lệ phí: …» ngoài số tiền ở cột phí.",
    )
    FEE_DIFFERS_BETWEEN_CHANNELS = (
        "fee_differs_between_channels",
        "Mức phí khác nhau giữa các cách nộp",
        "Có thể đúng (giảm phí khi nộp trực tuyến) hoặc là lỗi nhập.",
    )
    NO_CHANNEL = ("no_channel", "Không nêu cách nộp", "Không đọc được cách thức thực hiện nào.")
    CHANNEL_UNKNOWN = (
        "channel_unknown",
        "Phần thừa trong bảng cách thức",
        "Có chữ trước cách nộp đầu tiên mà máy không hiểu.",
    )
    CHANNEL_DIFFERS = (
        "channel_differs",
        "Cách nộp khác trình tự",
        "Trình tự thực hiện nhắc tới một cách nộp không có trong bảng cách thức.",
    )
    CHANNEL_REPEATED = (
        "channel_repeated",
        "Một cách nộp ghi nhiều dòng",
        "Cùng một cách nộp có nhiều dòng: là nhiều trường hợp, nhiều giai đoạn, hay ghi lặp.",
    )
    NO_PAPERS = ("no_papers", "Không nêu thành phần hồ sơ", "Bảng thành phần hồ sơ trống.")
    PAPERS_UNPARSED = (
        "papers_unparsed",
        "Phần thừa trong thành phần hồ sơ",
        "Có đoạn chữ không thuộc dòng giấy tờ nào; đã giữ lại thành một dòng không có số lượng.",
    )
    PAPER_COUNT_SUSPICIOUS = (
        "paper_count_suspicious",
        "Số lượng giấy tờ đáng ngờ",
        "Số bản dính vào tên giấy tờ nên quá lớn; đã lấy chữ số cuối.",
    )
    PAPER_COUNT_MISSING = (
        "paper_count_missing",
        "Không nêu số bản",
        "Có giấy tờ ghi 0 bản chính và không có bản sao.",
    )
    PAPER_NAME_EMPTY = ("paper_name_empty", "Giấy tờ không có tên", "Có dòng chỉ ghi số lượng.")
    CASES_FROM_HEADINGS = (
        "cases_from_headings",
        "Trường hợp tách theo tiêu đề",
        "Các nhóm giấy tờ có tiêu đề «Trường hợp…», «Đối với…» đã được tách thành trường hợp riêng.",
    )
    RESULT_MISSING = ("result_missing", "Không nêu kết quả", "Cột kết quả xử lý trống.")
    RESULT_CODE_ODD = (
        "result_code_odd",
        "Mã kết quả lạ",
        "Mã kết quả không theo dạng KQ.X99.999999 hoặc 000.00.00.X99-KQ9999.",
    )
    BASES_MISSING = ("bases_missing", "Không nêu căn cứ pháp lý", "Cột căn cứ pháp lý trống.")
    BASES_UNPARSED = (
        "bases_unparsed",
        "Phần thừa trong căn cứ pháp lý",
        "Có đoạn chữ không tách được số hiệu văn bản; đã giữ thành một căn cứ không số.",
    )
    NAME_TOO_LONG = ("name_too_long", "Tên quá dài", "Tên trên 300 ký tự: khó in trên giấy tiếp nhận.")
    AUTHORITY_MISSING = (
        "authority_missing",
        "Không nêu cơ quan có thẩm quyền",
        "Cột cơ quan có thẩm quyền trống; đề xuất lấy cơ quan thực hiện nếu có.",
    )
    FIELD_MISSING = (
        "field_missing",
        "Thiếu bộ phận bắt buộc",
        "Nghị định 63/2010, Điều 8.2 đòi hỏi bộ phận này.",
    )
    TIER_UNKNOWN = (
        "tier_unknown",
        "Cấp thực hiện không rõ",
        "«Cơ quan khác» không nói là cấp nào; thống kê theo cấp sẽ thiếu thủ tục này.",
    )
    DUPLICATE_CODE = (
        "duplicate_code",
        "Trùng mã thủ tục",
        "Hai dòng cùng mã khác nội dung; dòng đầu được dùng, dòng sau giữ ở đây.",
    )
    DECISION_UNPARSED = (
        "decision_unparsed",
        "Số quyết định lạ",
        "Số quyết định công bố không theo dạng 123/QĐ-BTP.",
    )
    STEPS_SUM = (
        "steps_sum",
        "Các bước không cộng thành thời hạn",
        "Tổng thời gian các bước khác thời gian chung của quy trình.",
    )
    TASKS_SUM = (
        "tasks_sum",
        "Việc trong bước không cộng thành bước",
        "Tổng thời gian các việc khác thời gian của bước.",
    )
    GROUP_UNKNOWN = (
        "group_unknown",
        "Nhóm không khớp đơn vị",
        "Mã nhóm xử lý không khớp tên đơn vị nào trong danh sách đơn vị.",
    )
    NEXT_BROKEN = (
        "next_broken",
        "Bước tiếp theo không có",
        "Một việc chỉ tới việc không tồn tại, hoặc có việc không ai chỉ tới.",
    )

    @property
    def as_read(self) -> bool:
        """Whether the reading stands as it is once a person has looked: nothing is missing, only uncertain."""
        return self in _AS_READ

    @classmethod
    def label_of(cls, value: str) -> str:
        """The label of a stored kind; the value itself when an older release knew a kind we no longer have."""
        labels: dict[str, str] = dict(cls.choices())
        return labels.get(value, value)


_AS_READ = frozenset(
    (
        DoubtKind.CHANNEL_REPEATED,
        DoubtKind.CASES_FROM_HEADINGS,
        DoubtKind.PAPER_COUNT_SUSPICIOUS,
        DoubtKind.PAPERS_UNPARSED,
        DoubtKind.BASES_UNPARSED,
        DoubtKind.RESULT_CODE_ODD,
        DoubtKind.TERM_DIFFERS_BETWEEN_CHANNELS,
        DoubtKind.FEE_DIFFERS_BETWEEN_CHANNELS,
        DoubtKind.FEE_FOREIGN_CURRENCY,
        DoubtKind.NEXT_BROKEN,
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt met while reading: where, the words as they stand, what is odd, and the change proposed (or none)."""

    kind: DoubtKind
    field: str
    original: str
    note: str = ""
    proposal: tuple[Change, ...] = ()
