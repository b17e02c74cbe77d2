"""The words the screens share: what a verb, a step's role, a way of return is called in Vietnamese."""

from datetime import date
from decimal import Decimal

from congvu.dossiers.queries.detail import Parcel
from congvu.dossiers.rules.status import PAUSED, Status
from congvu.foundation.ui import formats

SUBJECTS = {1: "Cá nhân", 2: "Doanh nghiệp", 3: "Cơ quan nhà nước", 4: "Tổ chức khác"}
ROLES = {
    "RECEIVE": "tiếp nhận",
    "LEAD": "chủ trì",
    "COOPERATE": "phối hợp",
    "SIGN": "ký duyệt",
    "RETURN": "trả kết quả",
}
ROLE_FILTER = {
    "RECEIVE": "Tiếp nhận, chuyển",
    "LEAD": "Thẩm định, chủ trì",
    "COOPERATE": "Phối hợp, góp ý",
    "SIGN": "Ký duyệt",
    "RETURN": "Trả kết quả",
}
VERBS = {
    "receive": "Tiếp nhận tại quầy, in giấy hẹn",
    "register_online": "Nộp trực tuyến, chờ tiếp nhận",
    "receive_registered": "Tiếp nhận hồ sơ trực tuyến",
    "refuse": "Từ chối tiếp nhận",
    "refuse_at_counter": "Từ chối tiếp nhận tại quầy",
    "hand_over": "Chuyển hồ sơ đến cơ quan giải quyết",
    "change_competent": "Đổi cơ quan giải quyết",
    "move_to_successor": "Chuyển theo sắp xếp tổ chức",
    "go_along": "Theo đơn vị kế thừa",
    "go_back": "Trở về đơn vị cũ do hoàn tác",
    "move_version": "Chuyển phiên bản thủ tục, quy trình",
    "undo_move_version": "Hoàn tác chuyển phiên bản",
    "complete_step": "Hoàn thành bước, chuyển tiếp",
    "take_step": "Nhận việc",
    "assign_step": "Phân công",
    "give_back_step": "Trả lại việc sau khi vắng",
    "submit_draft": "Trình ký dự thảo kết quả",
    "send_back": "Trả lại dự thảo kết quả",
    "request_supplement": "Yêu cầu bổ sung giấy tờ, tạm dừng tính hạn",
    "request_payment": "Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính hạn",
    "resume": "Tiếp tục giải quyết, tính hạn lại",
    "ask_opinion": "Xin ý kiến cơ quan khác",
    "answer_opinion": "Trả lời ý kiến",
    "withdraw_opinion": "Rút yêu cầu xin ý kiến",
    "record_visit": "Thẩm tra, xác minh thực tế",
    "record_guidance": "Hướng dẫn người nộp",
    "record_incident": "Ghi sự cố",
    "settle_incident": "Giải quyết sự cố, xin lỗi",
    "charge_fee": "Tính phí, lệ phí",
    "waive_fee": "Miễn, giảm phí, lệ phí",
    "ask_refund": "Đề nghị hoàn trả phí",
    "approve_refund": "Duyệt hoàn trả phí",
    "refuse_refund": "Không duyệt hoàn trả phí",
    "refund_fee": "Hoàn trả phí, lệ phí",
    "report_payment": "Nhận báo đã nộp trực tuyến",
    "extend": "Xin lỗi và hẹn lại ngày trả",
    "stop": "Dừng giải quyết",
    "withdraw": "Công dân rút hồ sơ",
    "finish": "Hoàn thành giải quyết, có kết quả",
    "sign_result": "Ký số kết quả, hoàn thành giải quyết",
    "return_result": "Trả kết quả",
    "remind_collect": "Nhắc người nộp nhận kết quả",
    "collect_fee": "Thu phí, lệ phí",
    "correct_charge": "Sửa mức phí, lệ phí",
    "void_receipt": "Hủy biên lai",
    "correct": "Lập hồ sơ đính chính",
    "give_back_originals": "Trả bản chính đã nhận",
    "accept_by_silence": "Hết thời hạn không có ý kiến, được coi là chấp nhận",
    "attach": "Nhận thêm giấy tờ",
    "parcel_back": "Bưu gửi bị trả lại",
    "post_again": "Gửi bưu chính lần nữa",
    "collect_parcel": "Nhận kết quả bưu chính trả lại",
    "change_contact": "Đổi thông tin liên hệ, cách nhận kết quả",
    "recompute_due": "Tính lại hạn theo lịch mới",
    "recompute_step": "Tính lại hạn bước theo lịch mới",
    "past_event": "Việc ghi trong nhật ký gốc",
    "import": "Nhập từ dữ liệu lịch sử",
}
TERM_UNITS = {
    "GIO_LAM_VIEC": "giờ làm việc",
    "GIO": "giờ",
    "NGAY_LAM_VIEC": "ngày làm việc",
    "NGAY": "ngày",
    "TUAN": "tuần",
    "THANG": "tháng",
    "NAM": "năm",
    "TRONG_NGAY": "trong ngày",
}
WAITING_FOR = {
    Status.SUPPLEMENT: "chờ bổ sung giấy tờ",
    Status.PAYMENT: "chờ nộp nghĩa vụ tài chính",
    Status.STOPPED: "dừng theo quyết định",
}


def verb(name: str) -> str:
    """What a verb of the history is called; an unknown one is shown as stored, never hidden."""
    return VERBS.get(name, name)


def term(n: int | Decimal | None, unit: str | None) -> str:
    """ "5 ngày làm việc"; "không hẹn ngày" when the procedure promises none."""
    if unit == "TRONG_NGAY":
        return "trong ngày"
    if n is None or not unit:
        return "không hẹn ngày"
    return f"{formats.number(n.normalize() if isinstance(n, Decimal) else n)} {TERM_UNITS.get(unit, unit)}"


def due_state(
    status: Status, due_on: date | None, ended_on: date | None, left: int | None, today: date
) -> tuple[str, str]:
    """The chip of a dossier: (state, words). `left` is working days from today to the due day, negative when past."""
    if status in (Status.REGISTERED, Status.REFUSED):
        return ("soon", "Chờ tiếp nhận") if status == Status.REGISTERED else ("idle", "Không tiếp nhận")
    if ended_on is not None:
        if due_on is None or ended_on <= due_on or status == Status.WITHDRAWN:
            early = due_on is not None and ended_on < due_on and status != Status.WITHDRAWN
            return ("ok", "Trước hạn" if early else "Đúng hạn")
        return ("late", "Xong quá hạn")
    if status in PAUSED:
        return ("pause", "Tạm dừng")
    if due_on is None or left is None:
        return ("ok", "Không hẹn ngày")
    if due_on < today:
        return ("late", f"Quá {formats.number(-left)} ngày" if left < 0 else "Quá hạn")
    if due_on == today:
        return ("soon", "Hôm nay")
    return ("ok", f"Còn {formats.number(max(left, 0))} ngày")


def parcel_words(parcel: Parcel) -> str:
    """ "EA123456785VN, Bưu điện Việt Nam, gửi 20/11/2026"; with when and why it came back."""
    sent = f"{parcel.number}, {parcel.carrier}, gửi {formats.day(parcel.posted_at)}"
    if parcel.came_back_at is None:
        return sent
    return f"{sent}; bị trả lại {formats.day(parcel.came_back_at)}: {parcel.came_back_why}"
