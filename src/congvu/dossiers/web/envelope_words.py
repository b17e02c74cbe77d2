"""What a citizen is told of an envelope, in one sentence."""

from congvu.dossiers.rules.envelopes import EnvelopeState
from congvu.dossiers.web.envelope import Shown


def said(one: Shown) -> dict[str, str]:
    """The answer in one sentence, for the citizen. No statement."""
    state, place = one.found.state, one.receiving
    words = {
        EnvelopeState.REGISTERED: f"{place} sẽ xem và tiếp nhận hồ sơ. Bạn chưa phải làm gì.",
        EnvelopeState.HANDLING: "Hồ sơ đang được giải quyết. Các cơ quan chuyển kết quả cho nhau, bạn chưa phải làm gì.",
        EnvelopeState.ASKS: "Có thủ tục đang chờ bạn bổ sung giấy tờ hoặc nộp tiền. Xem thủ tục có dấu «Chờ người nộp».",
        EnvelopeState.STOPPED: f"Có thủ tục đang dừng theo thông báo đã gửi. Liên hệ {place} để biết lý do.",
        EnvelopeState.PARTLY: f"Đã có một phần kết quả, có thể nhận trước tại {place}. Phần còn lại đang được giải quyết.",
        EnvelopeState.READY: f"Đã có đủ kết quả. Nhận tại {place}, mang theo giấy hẹn và căn cước.",
        EnvelopeState.RETURNED: "Đã trả đủ kết quả.",
        EnvelopeState.IN_PART: "Hồ sơ đã kết thúc; có thủ tục không thực hiện, lý do ghi bên dưới.",
        EnvelopeState.WITHDRAWN: "Hồ sơ đã được rút theo yêu cầu của người nộp.",
        EnvelopeState.REFUSED: "Hồ sơ không được tiếp nhận; lý do ghi trong phiếu từ chối.",
    }
    return {"sentence": words[state]}
