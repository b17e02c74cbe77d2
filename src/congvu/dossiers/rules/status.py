"""The ten statuses exchanged with the national portal, the legal transitions, and the three machines beside.

Source: law-and-practice of the portal (status codes in use); NĐ 61/2018 art. 17-20 for what each may follow.
"""

from enum import IntEnum


class _Labelled(IntEnum):
    label: str

    def __new__(cls, value: int, label: str = "") -> "_Labelled":  # a value alone looks a member up
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Status(_Labelled):
    REGISTERED = 1, "Mới đăng ký"
    RECEIVED = 2, "Được tiếp nhận"
    REFUSED = 3, "Không được tiếp nhận"
    HANDLING = 4, "Đang xử lý"
    SUPPLEMENT = 5, "Yêu cầu bổ sung giấy tờ"
    PAYMENT = 6, "Yêu cầu thực hiện nghĩa vụ tài chính"
    WITHDRAWN = 7, "Công dân yêu cầu rút hồ sơ"
    STOPPED = 8, "Dừng xử lý"
    FINISHED = 9, "Đã xử lý xong"
    RETURNED = 10, "Đã trả kết quả"


class Channel(_Labelled):
    DIRECT = 1, "Trực tiếp"
    ONLINE = 2, "Trực tuyến"
    POST = 3, "Bưu chính công ích"


class Money(_Labelled):
    NONE = 0, "Không thu"
    OWED = 1, "Chưa nộp"
    PAID = 2, "Đã nộp"
    WAIVED = 3, "Được miễn"


class Delivery(_Labelled):
    NOT_READY = 0, "Chưa có kết quả"
    READY = 1, "Chờ trả"
    HANDED_OVER = 2, "Đã trả tại quầy"
    POSTED = 3, "Đã gửi bưu chính"
    ONLINE = 4, "Đã trả trực tuyến"
    CAME_BACK = 5, "Bưu chính trả lại, chờ nhận"


class Sync(_Labelled):
    NOT_NEEDED = 0, "Không đồng bộ"
    WAITING = 1, "Chờ đồng bộ"
    DONE = 2, "Đã đồng bộ"


class Verdict(_Labelled):
    """What a result says. 0 is what every result said before the others were told apart."""

    GRANTED = 0, "Giải quyết"
    REFUSED = 1, "Không giải quyết"  # after appraisal, with the reason (NĐ 61/2018, Điều 19.8)
    BY_SILENCE = 2, "Không có ý kiến trong thời hạn"  # the term of a notification passed without objection


S = Status
# 8 → 10 is the "end" of a stopped dossier: the papers go back with the notice (form 05 of TT 03/2025).
# 10 is final: a correction is a new dossier linked to the old one.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    S.REGISTERED: frozenset({S.RECEIVED, S.REFUSED, S.SUPPLEMENT}),
    S.RECEIVED: frozenset({S.HANDLING}),
    S.REFUSED: frozenset(),
    S.HANDLING: frozenset({S.SUPPLEMENT, S.PAYMENT, S.WITHDRAWN, S.STOPPED, S.FINISHED}),
    S.SUPPLEMENT: frozenset({S.HANDLING, S.WITHDRAWN, S.STOPPED}),
    S.PAYMENT: frozenset({S.HANDLING, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
    S.STOPPED: frozenset({S.HANDLING, S.RETURNED}),
    S.FINISHED: frozenset({S.RETURNED, S.PAYMENT}),
    S.RETURNED: frozenset(),
}

OPEN = frozenset({S.RECEIVED, S.HANDLING, S.SUPPLEMENT, S.PAYMENT, S.STOPPED})  # counted as "đang giải quyết"
PAUSED = frozenset({S.SUPPLEMENT, S.PAYMENT, S.STOPPED})  # the clock stands still
ENDED = frozenset({S.WITHDRAWN, S.FINISHED, S.RETURNED})  # counted as "đã giải quyết"
NOT_COUNTED = frozenset({S.REGISTERED, S.REFUSED})  # never in form 06


def may_become(now: Status, then: Status) -> bool:
    """Whether the law of the machine allows `now` → `then`."""
    return then in TRANSITIONS[now]
