"""On time over months and agencies, and what imported past cases amount to. Conditions on the state known now."""

from congvu.dossiers.rules.status import ENDED
from congvu.indicators.rules.conditions import Absent, Compare, Condition, Fact, OneOf, every, some
from congvu.indicators.rules.form06 import BY_CODE, PENDING, SOLVED

_EARLY, _ON_DAY, _LATE = (BY_CODE[code].condition for code in ("c8", "c9", "c10"))

# A case of a past log may claim to have ended before it began; such an end says nothing about time.
_SOUND = Compare(Fact.RECEIVED, "<=", Fact.ENDED)
ENDED_IN_PERIOD = every(SOLVED, _SOUND)
ENDED_ON_TIME = every(SOLVED, _SOUND, some(_EARLY, _ON_DAY))
ENDED_LATE = every(SOLVED, _SOUND, _LATE)

SERIES: dict[str, tuple[str, Condition]] = {
    "xong": ("hồ sơ đã giải quyết", ENDED_IN_PERIOD),
    "dung-han": ("hồ sơ đã giải quyết trước hạn và đúng hạn", ENDED_ON_TIME),
    "qua-han": ("hồ sơ đã giải quyết quá hạn", ENDED_LATE),
}

# Imported cases are told apart as the import told them: on time and late need a due day (see import_cases.summary_of).
_OVER = OneOf(Fact.STATUS, tuple(sorted(ENDED)))
PAST: dict[str, tuple[str, Condition]] = {
    "tat-ca": ("hồ sơ đã nhập", every()),
    "dung-han": (
        "kết thúc không muộn hơn ngày hẹn trả",
        every(_OVER, _SOUND, Compare(Fact.ENDED, "<=", Fact.DUE)),
    ),
    "qua-han": ("kết thúc sau ngày hẹn trả", every(_OVER, _SOUND, Compare(Fact.ENDED, ">", Fact.DUE))),
    "dang-mo": ("chưa kết thúc", PENDING),
    "khong-ro": (
        "không kết luận được: không ghi hẹn trả, hoặc kết thúc trước ngày nhận",
        every(_OVER, some(Absent(Fact.DUE), Compare(Fact.ENDED, "<", Fact.RECEIVED))),
    ),
}
DOUBTFUL = "nghi-van"  # a mark of the import, beside the five: whatever a person should look at
