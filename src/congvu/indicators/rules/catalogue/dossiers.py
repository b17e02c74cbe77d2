"""Figures over dossiers: Form 06, on time, online."""

from congvu.dossiers.rules.status import Channel
from congvu.indicators.rules.conditions import Bound, Compare, Fact, every
from congvu.indicators.rules.definitions import Dossiers, Figure, Measure, Subject
from congvu.indicators.rules.form06 import BY_CODE
from congvu.indicators.rules.on_time import ENDED_IN_PERIOD, ENDED_LATE, ENDED_ON_TIME

_FORM06, _LAW61 = "Biểu 06/VPCP/KSTT (TT 01/2020/TT-VPCP)", "Nghị định 61/2018/NĐ-CP, Điều 30.2.c"
_RECEIVED_NEW = Dossiers(Compare(Fact.RECEIVED, ">=", Bound.FIRST))
_ONLINE = Dossiers(
    every(Compare(Fact.RECEIVED, ">=", Bound.FIRST), Compare(Fact.CHANNEL, "=", Channel.ONLINE))
)
_SOLVED, _IN_TIME, _LATE = Dossiers(ENDED_IN_PERIOD), Dossiers(ENDED_ON_TIME), Dossiers(ENDED_LATE)
_COUNTED, _PENDING, _PENDING_LATE = (Dossiers(BY_CODE[code].condition) for code in ("c3", "c11", "c13"))
_EARLY = Dossiers(every(ENDED_IN_PERIOD, BY_CODE["c8"].condition))
_D = Subject.DOSSIERS

FIGURES: tuple[Figure, ...] = (
    Figure(
        "ho-so.nhan-giai-quyet", "Hồ sơ nhận giải quyết", "Dossiers to be handled", _D, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ và từ kỳ trước chuyển sang", _FORM06, "IMPL", _COUNTED,
    ),
    Figure(
        "ho-so.tiep-nhan", "Hồ sơ tiếp nhận trong kỳ", "Dossiers received", _D, Measure.DOSSIERS,
        "Hồ sơ có ngày tiếp nhận trong kỳ", _FORM06, "IMPL", _RECEIVED_NEW,
    ),
    Figure(
        "ho-so.truc-tuyen", "Tỷ lệ hồ sơ trực tuyến", "Share of dossiers filed online", _D, Measure.DOSSIERS,
        "Hồ sơ nộp trực tuyến chia cho hồ sơ tiếp nhận trong kỳ", _FORM06, "IMPL", _ONLINE, _RECEIVED_NEW,
    ),
    Figure(
        "ho-so.da-giai-quyet", "Hồ sơ đã giải quyết", "Dossiers solved", _D, Measure.DOSSIERS,
        "Hồ sơ kết thúc giải quyết trong kỳ", _FORM06, "IMPL", _SOLVED,
    ),
    Figure(
        "ho-so.dung-han", "Tỷ lệ giải quyết đúng hạn", "Share solved on time", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong trước hạn và đúng hạn chia cho hồ sơ đã giải quyết trong kỳ", _FORM06, "IMPL", _IN_TIME,
        _SOLVED,
    ),
    Figure(
        "ho-so.dung-han-tiep-nhan", "Tỷ lệ đúng hạn trên số nhận giải quyết", "Share on time of all to be handled", _D,
        Measure.DOSSIERS, "Hồ sơ giải quyết xong trước hạn và đúng hạn chia cho hồ sơ nhận giải quyết", _LAW61, "TXT",
        _IN_TIME, _COUNTED,
    ),
    Figure(
        "ho-so.truoc-han", "Tỷ lệ giải quyết trước hạn", "Share solved before the due day", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong trước ngày hẹn chia cho hồ sơ đã giải quyết trong kỳ", _FORM06, "IMPL", _EARLY, _SOLVED,
    ),
    Figure(
        "ho-so.giai-quyet-qua-han", "Hồ sơ giải quyết quá hạn", "Dossiers solved late", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong sau ngày hẹn", _FORM06, "IMPL", _LATE,
    ),
    Figure(
        "ho-so.dang-giai-quyet", "Hồ sơ đang giải quyết", "Dossiers open", _D, Measure.DOSSIERS,
        "Hồ sơ còn mở vào cuối ngày cuối kỳ", _FORM06, "IMPL", _PENDING, of_day=True,
    ),
    Figure(
        "ho-so.ton-qua-han", "Hồ sơ tồn quá hạn", "Dossiers open and late", _D, Measure.DOSSIERS,
        "Hồ sơ còn mở vào cuối ngày cuối kỳ mà đã quá ngày hẹn, không kể hồ sơ tạm dừng", _FORM06, "IMPL", _PENDING_LATE,
        of_day=True,
    ),
)  # fmt: skip
