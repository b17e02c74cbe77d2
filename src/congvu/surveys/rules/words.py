"""The words of surveys: kinds, channels, states. Pure."""

COUNTER, SAMPLED = "COUNTER", "SAMPLED"
KINDS = {COUNTER: "Tại quầy", SAMPLED: "Điều tra theo mẫu"}

LINK, QR, KIOSK, INTERVIEW, EXCEL = "LINK", "QR", "KIOSK", "INTERVIEW", "EXCEL"
CHANNELS = {
    LINK: "Liên kết theo hồ sơ",
    QR: "Mã QR tại quầy",
    KIOSK: "Máy tại nơi tiếp nhận",
    INTERVIEW: "Phiếu phỏng vấn",
    EXCEL: "Bảng Excel",
}
SHEETS = (INTERVIEW, EXCEL)  # what comes in on paper

DRAFT, OPEN, CLOSED = "DRAFT", "OPEN", "CLOSED"
STATES = {DRAFT: "Đang chuẩn bị", OPEN: "Đang lấy ý kiến", CLOSED: "Đã đóng"}
CHIPS = {DRAFT: "idle", OPEN: "now", CLOSED: "ok"}

PUBLISHED = "PUBLISHED"
VERSION_STATES = {DRAFT: "Bản thảo", PUBLISHED: "Đã ban hành"}

ASKED, RESERVE, REPLACED, INVALID = "ASKED", "RESERVE", "REPLACED", "INVALID"
MEMBER_STATES = {
    ASKED: "Trong mẫu",
    RESERVE: "Dự phòng",
    REPLACED: "Đã thay",
    INVALID: "Không hợp lệ",
}

UNSEEN, SHOWN, HIDDEN = "UNSEEN", "SHOWN", "HIDDEN"
TEXT_STATES = {UNSEEN: "Chờ duyệt", SHOWN: "Cho hiện", HIDDEN: "Ẩn"}

CONFIRMED, DIFFERS, UNREACHED = "CONFIRMED", "DIFFERS", "UNREACHED"
RECHECKS = {CONFIRMED: "Đúng", DIFFERS: "Sai lệch, loại phiếu", UNREACHED: "Không liên hệ được"}
