"""Of what the applicant is told, by which article, in which words. Pure.

The words are the programme's own until the office changes them. An SMS goes through strangers' hands: it says which dossier,
what state, where, when, and nothing else; the name of the procedure, the reason and the person's name stay in the mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from congvu.foundation.notices.rules.filling import filled
from congvu.foundation.notices.rules.sms import unmarked

EMAIL, SMS = "email", "sms"
TOLD_BY = {
    3: "SMS và thư điện tử",
    2: "Chỉ SMS",
    1: "Chỉ thư điện tử",
    0: "Không cần báo",
}  # as the applicant chose
_BIT = {EMAIL: 1, SMS: 2}
PLACES = {
    "ma_ho_so": "mã hồ sơ",
    "ngay_hen": "ngày hẹn trả kết quả",
    "noi_tiep_nhan": "nơi tiếp nhận hồ sơ",
    "noi_nhan": "nơi nhận kết quả",
    "ngay": "ngày của việc được báo",
    "tra_cuu": "địa chỉ tra cứu hồ sơ",
    "ma_buu_gui": "số hiệu bưu gửi",
    "don_vi_chuyen": "đơn vị chuyển phát",
    "ten": "tên chủ hồ sơ",
    "thu_tuc": "tên thủ tục",
    "ly_do": "lý do, nội dung đã ghi trong phiếu",
    "khao_sat": "liên kết cho ý kiến, dùng một lần",
}
_ALWAYS = ("ma_ho_so", "ngay_hen", "noi_tiep_nhan", "noi_nhan", "ngay", "tra_cuu")
_POSTED = ("ma_buu_gui", "don_vi_chuyen")
_MAIL_ONLY = ("ten", "thu_tuc")
SAMPLE = {
    "ma_ho_so": "H99.01-261120-0001",
    "ngay_hen": "30/11/2026",
    "noi_tiep_nhan": "Trung tâm Phục vụ hành chính công tỉnh",
    "noi_nhan": "tại Trung tâm Phục vụ hành chính công tỉnh",
    "ngay": "20/11/2026",
    "tra_cuu": "https://motcua.example/tra-cuu/?ma=H99.01-261120-0001",
    "ma_buu_gui": "EA123456785VN",
    "don_vi_chuyen": "Bưu điện Việt Nam",
    "ten": "Nguyễn Thị Mẫu",
    "thu_tuc": "Đăng ký hoạt động chi nhánh của hội",
    "ly_do": "Bổ sung bản sao Điều lệ có chứng thực.",
    "khao_sat": "https://motcua.example/khao-sat/tai-quay/phieu/Xy12…/",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said by one channel. `unmarked`: sent without diacritics."""

    text: str
    subject: str = ""
    unmarked: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened to a dossier of which the applicant is told. `verbs` are those of its history."""

    slug: str
    name: str
    verbs: tuple[str, ...]
    citation: str
    evidence: str
    sms: str
    subject: str
    mail: str
    reason: bool = False  # whether the reason written for the applicant may be told
    posted: bool = False
    survey: bool = False

    def words(self, channel: str) -> Words:
        """The programme's own words."""
        if channel == SMS:
            return Words(self.sms, unmarked=True)
        return Words(f"Kính gửi {{ten}},\n\n{self.mail}\n\n{_FOOT}", self.subject)

    def places(self, channel: str) -> tuple[str, ...]:
        """What its words may name by this channel."""
        posted = (*(_POSTED if self.posted else ()), *(("khao_sat",) if self.survey else ()))
        if channel == SMS:
            return _ALWAYS + posted
        return _ALWAYS + posted + _MAIL_ONLY + (("ly_do",) if self.reason else ())


_FOOT = "Tra cứu hồ sơ: {tra_cuu}\n{noi_tiep_nhan}\nThư gửi tự động, xin không trả lời thư này."
_TXT, _SEC, _IMPL = "TXT", "SEC", "IMPL"
OCCASIONS = (
    Occasion(
        "da-dang-ky", "Đã nhận đăng ký trực tuyến", ("register_online",), "Nghị định 61/2018/NĐ-CP, Điều 17.2", _IMPL,
        "Hồ sơ trực tuyến {ma_ho_so} đã đến {noi_tiep_nhan}, chờ tiếp nhận.",
        "Đã nhận đăng ký hồ sơ trực tuyến",
        "{noi_tiep_nhan} đã nhận đăng ký hồ sơ trực tuyến: {thu_tuc}. Hồ sơ sẽ được xem và tiếp nhận, hoặc báo lại nếu"
        " cần bổ sung.",
    ),
    Occasion(
        "tiep-nhan", "Đã tiếp nhận", ("receive",), "Nghị định 61/2018/NĐ-CP, Điều 17.3", _TXT,
        "Hồ sơ {ma_ho_so} đã được tiếp nhận. Hẹn trả kết quả: {ngay_hen}, {noi_nhan}.",
        "Hồ sơ {ma_ho_so} đã được tiếp nhận",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã được tiếp nhận.\nHẹn trả kết quả: {ngay_hen}, {noi_nhan}.",
    ),
    Occasion(
        "tu-choi", "Không tiếp nhận", ("refuse",), "Nghị định 61/2018/NĐ-CP, Điều 17.1.b, 17.2.a", _TXT,
        "Hồ sơ {ma_ho_so} không được tiếp nhận. Xem lý do trong phiếu từ chối hoặc hỏi {noi_tiep_nhan}.",
        "Hồ sơ {ma_ho_so} không được tiếp nhận",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) không được tiếp nhận.\nLý do: {ly_do}", reason=True,
    ),
    Occasion(
        "bo-sung", "Yêu cầu bổ sung", ("request_supplement",), "Nghị định 61/2018/NĐ-CP, Điều 17.2.a, 19.4", _TXT,
        "Hồ sơ {ma_ho_so} cần bổ sung giấy tờ. Xem phiếu yêu cầu bổ sung tại {noi_tiep_nhan} hoặc trang tra cứu.",
        "Hồ sơ {ma_ho_so} cần bổ sung",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) cần bổ sung, hoàn thiện:\n{ly_do}\n\nThời hạn giải quyết dừng cho đến khi nhận đủ"
        " giấy tờ.", reason=True,
    ),
    Occasion(
        "nop-phi", "Yêu cầu nghĩa vụ tài chính", ("request_payment",), "Nghị định 61/2018/NĐ-CP, Điều 22", _TXT,
        "Hồ sơ {ma_ho_so} đang chờ nộp nghĩa vụ tài chính. Liên hệ {noi_tiep_nhan}.",
        "Hồ sơ {ma_ho_so} chờ nộp nghĩa vụ tài chính",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đang chờ nộp nghĩa vụ tài chính:\n{ly_do}", reason=True,
    ),
    Occasion(
        "tiep-tuc", "Tiếp tục giải quyết", ("resume",), "Nghị định 61/2018/NĐ-CP, Điều 19.4", _TXT,
        "Hồ sơ {ma_ho_so} được tiếp tục giải quyết. Hẹn trả kết quả: {ngay_hen}, {noi_nhan}.",
        "Hồ sơ {ma_ho_so} được tiếp tục giải quyết",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) được tiếp tục giải quyết.\nHẹn trả kết quả: {ngay_hen}, {noi_nhan}.",
    ),
    Occasion(
        "xin-loi", "Xin lỗi, hẹn lại", ("extend",), "Nghị định 61/2018/NĐ-CP, Điều 19.9", _TXT,
        "Xin lỗi, hồ sơ {ma_ho_so} chưa xong đúng hẹn. Ngày hẹn mới: {ngay_hen}, {noi_nhan}.",
        "Xin lỗi và hẹn lại ngày trả hồ sơ {ma_ho_so}",
        "Chúng tôi xin lỗi vì hồ sơ {ma_ho_so} ({thu_tuc}) chưa được giải quyết xong đúng hẹn.\nLý do: {ly_do}\n"
        "Ngày hẹn mới: {ngay_hen}, {noi_nhan}.", reason=True,
    ),
    Occasion(
        "dung", "Dừng giải quyết", ("stop",), "Thông tư 03/2025/TT-VPCP, mẫu 05", _SEC,
        "Hồ sơ {ma_ho_so} tạm dừng giải quyết. Liên hệ {noi_tiep_nhan} để biết lý do.",
        "Thông báo dừng giải quyết hồ sơ {ma_ho_so}",
        "Việc giải quyết hồ sơ {ma_ho_so} ({thu_tuc}) đang dừng.\nLý do: {ly_do}", reason=True,
    ),
    Occasion(
        "rut", "Rút hồ sơ", ("withdraw",), "thông lệ hệ thống một cửa", _IMPL,
        "Hồ sơ {ma_ho_so} đã được rút theo yêu cầu ngày {ngay}.",
        "Hồ sơ {ma_ho_so} đã được rút",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã được rút theo yêu cầu của người nộp ngày {ngay}.",
    ),
    Occasion(
        "co-ket-qua", "Có kết quả", ("finish", "sign_result"), "Nghị định 61/2018/NĐ-CP, Điều 20.4", _TXT,
        "Hồ sơ {ma_ho_so} đã có kết quả. Nhận: {noi_nhan}.",
        "Hồ sơ {ma_ho_so} đã có kết quả",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã có kết quả.\nNhận kết quả: {noi_nhan}.",
    ),
    Occasion(
        "nhac-nhan", "Nhắc nhận kết quả", ("remind_collect",), "thông lệ hệ thống một cửa", _IMPL,
        "Kết quả hồ sơ {ma_ho_so} đang chờ. Nhận: {noi_nhan}.",
        "Kết quả hồ sơ {ma_ho_so} đang chờ nhận",
        "Kết quả hồ sơ {ma_ho_so} ({thu_tuc}) đã có và đang chờ người nhận.\nNhận kết quả: {noi_nhan}.",
    ),
    Occasion(
        "da-gui-buu-chinh", "Đã gửi bưu chính", ("return_result", "amend_posting", "post_again"),
        "Nghị định 61/2018/NĐ-CP, Điều 16.2, 20.3", _TXT,
        "Kết quả hồ sơ {ma_ho_so} đã gửi bưu chính ngày {ngay}, số hiệu {ma_buu_gui}.",
        "Kết quả hồ sơ {ma_ho_so} đã gửi bưu chính",
        "Kết quả hồ sơ {ma_ho_so} ({thu_tuc}) đã gửi qua {don_vi_chuyen} ngày {ngay}.\nSố hiệu bưu gửi: {ma_buu_gui}.",
        posted=True,
    ),
    Occasion(
        "doi-ngay-hen", "Đổi ngày hẹn do thay đổi lịch", ("recompute_due",), "thông lệ hệ thống một cửa", _IMPL,
        "Do lịch làm việc thay đổi, ngày hẹn trả kết quả hồ sơ {ma_ho_so} là {ngay_hen}, {noi_nhan}.",
        "Ngày hẹn trả hồ sơ {ma_ho_so} thay đổi",
        "Do lịch làm việc thay đổi ({ly_do}), ngày hẹn trả kết quả hồ sơ {ma_ho_so} ({thu_tuc}) nay là {ngay_hen}.\n"
        "Nhận kết quả: {noi_nhan}.", reason=True,
    ),
    Occasion(
        "doi-quy-dinh", "Đổi ngày hẹn do đổi quy định", ("move_version", "undo_move_version"),
        "Luật Ban hành văn bản quy phạm pháp luật, quy định chuyển tiếp", _IMPL,
        "Xin lỗi, do đổi quy định, quy trình, ngày hẹn trả kết quả hồ sơ {ma_ho_so} nay là {ngay_hen}, {noi_nhan}.",
        "Ngày hẹn trả hồ sơ {ma_ho_so} thay đổi",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) được chuyển sang quy định, quy trình khác.\nCăn cứ: {ly_do}\n"
        "Ngày hẹn trả kết quả nay là {ngay_hen}. Nhận kết quả: {noi_nhan}.\nChúng tôi xin lỗi vì sự thay đổi này.",
        reason=True,
    ),
    Occasion(
        "buu-gui-tra-lai", "Bưu gửi bị trả lại", ("parcel_back",), "thông lệ hệ thống một cửa", _IMPL,
        "Kết quả hồ sơ {ma_ho_so} gửi bưu chính bị trả lại. Liên hệ {noi_tiep_nhan} để nhận hoặc cho địa chỉ đúng.",
        "Kết quả hồ sơ {ma_ho_so} bị bưu chính trả lại",
        "Kết quả hồ sơ {ma_ho_so} ({thu_tuc}) gửi bưu chính bị trả lại: {ly_do}\n"
        "Liên hệ {noi_tiep_nhan} để nhận, hoặc để gửi lại đến địa chỉ đúng.", reason=True,
    ),
    Occasion(
        "doi-lien-he", "Đổi thông tin liên hệ", ("change_contact",), "thông lệ hệ thống một cửa", _IMPL,
        "Thông tin liên hệ của hồ sơ {ma_ho_so} vừa được đổi. Nếu không phải bạn yêu cầu, hãy báo {noi_tiep_nhan}.",
        "Thông tin liên hệ của hồ sơ {ma_ho_so} đã đổi",
        "Ngày {ngay}, thông tin liên hệ hoặc cách nhận kết quả của hồ sơ {ma_ho_so} ({thu_tuc}) đã được đổi.\n"
        "Nhận kết quả: {noi_nhan}.\nNếu không phải bạn yêu cầu, hãy báo ngay cho {noi_tiep_nhan}.",
    ),
    Occasion(
        "khao-sat", "Mời cho ý kiến về lần giải quyết", (), "Nghị định 61/2018/NĐ-CP, Điều 29", _TXT,
        "Mời cho ý kiến về hồ sơ {ma_ho_so} (không ghi tên): {khao_sat}",
        "Mời cho ý kiến về hồ sơ {ma_ho_so}",
        "Hồ sơ {ma_ho_so} ({thu_tuc}) đã có kết quả. Mời ông/bà cho ý kiến, khoảng một phút, không ghi tên, ý kiến không gắn"
        " với hồ sơ:\n{khao_sat}\nLiên kết dùng một lần.", survey=True,
    ),
)  # fmt: skip
BY_SLUG = {one.slug: one for one in OCCASIONS}
BY_VERB = {verb: one for one in OCCASIONS for verb in one.verbs}


def occasion_name(slug: str) -> str:
    """What a notice was about, in words; the slug itself when no occasion of that name is left."""
    known = BY_SLUG.get(slug)
    return known.name if known else slug


def wants(told_by: int, channel: str) -> bool:
    """Whether the applicant chose to be told by this channel."""
    return bool(told_by & _BIT[channel])


def said(words: Words, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text with every place filled."""
    subject, text = filled(words.subject, values), filled(words.text, values)
    return (unmarked(subject), unmarked(text)) if words.unmarked else (subject, text)
