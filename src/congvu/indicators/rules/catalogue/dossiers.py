"""Figures over dossiers: Form 06, on time, online."""

from congvu.dossiers.rules.status import Channel, Status
from congvu.indicators.rules.conditions import Bound, Compare, Fact, OneOf, every
from congvu.indicators.rules.definitions import Dossiers, Figure, Measure, Subject
from congvu.indicators.rules.form06 import BY_CODE
from congvu.indicators.rules.on_time import ENDED_IN_PERIOD, ENDED_LATE, ENDED_ON_TIME
from congvu.procedures.rules.words import Tier

_FORM06, _LAW61 = "Biểu 06/VPCP/KSTT (TT 01/2020/TT-VPCP)", "Nghị định 61/2018/NĐ-CP, Điều 30.2.c"
_RECEIVED_NEW = Dossiers(Compare(Fact.RECEIVED, ">=", Bound.FIRST))
_ONLINE = Dossiers(
    every(Compare(Fact.RECEIVED, ">=", Bound.FIRST), Compare(Fact.CHANNEL, "=", Channel.ONLINE))
)
_SOLVED, _IN_TIME, _LATE = Dossiers(ENDED_IN_PERIOD), Dossiers(ENDED_ON_TIME), Dossiers(ENDED_LATE)
_COUNTED, _PENDING, _PENDING_LATE = (Dossiers(BY_CODE[code].condition) for code in ("c3", "c11", "c13"))
_EARLY = Dossiers(every(ENDED_IN_PERIOD, BY_CODE["c8"].condition))
_CARRIED, _DIRECT, _ON_DAY, _IN_TERM = (
    Dossiers(BY_CODE[code].condition) for code in ("c6", "c5", "c9", "c12")
)
_WITHDRAWN = Dossiers(every(ENDED_IN_PERIOD, OneOf(Fact.STATUS, (Status.WITHDRAWN,))))
_D = Subject.DOSSIERS


def _of_tier(condition: Dossiers, tier: Tier) -> Dossiers:
    return Dossiers(every(condition.condition, Compare(Fact.TIER, "=", tier.value)))


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
    Figure(
        "ho-so.nop-truc-tuyen", "Hồ sơ nộp trực tuyến", "Dossiers filed online", _D, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ, nộp trực tuyến", _FORM06, "IMPL", _ONLINE,
    ),
    Figure(
        "ho-so.nop-truc-tiep", "Hồ sơ nộp trực tiếp, qua bưu chính", "Dossiers filed at the counter or by post", _D,
        Measure.DOSSIERS, "Hồ sơ tiếp nhận trong kỳ, nộp trực tiếp hoặc qua bưu chính", _FORM06, "IMPL", _DIRECT,
    ),
    Figure(
        "ho-so.ky-truoc", "Hồ sơ từ kỳ trước chuyển sang", "Dossiers carried over", _D, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trước kỳ, còn mở hoặc kết thúc trong kỳ", _FORM06, "IMPL", _CARRIED,
    ),
    Figure(
        "ho-so.xong-truoc-han", "Hồ sơ giải quyết trước hạn", "Dossiers solved before the due day", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong trước ngày hẹn", _FORM06, "IMPL", _EARLY,
    ),
    Figure(
        "ho-so.xong-dung-han", "Hồ sơ giải quyết đúng hạn", "Dossiers solved on the due day", _D, Measure.DOSSIERS,
        "Hồ sơ giải quyết xong đúng ngày hẹn, không có ngày hẹn, hoặc công dân rút", _FORM06, "IMPL", _ON_DAY,
    ),
    Figure(
        "ho-so.cong-dan-rut", "Hồ sơ công dân rút", "Dossiers withdrawn", _D, Measure.DOSSIERS,
        "Hồ sơ kết thúc trong kỳ vì công dân rút", _FORM06, "IMPL", _WITHDRAWN,
    ),
    Figure(
        "ho-so.trong-han", "Hồ sơ đang giải quyết trong hạn", "Dossiers open and in time", _D, Measure.DOSSIERS,
        "Hồ sơ còn mở vào cuối ngày cuối kỳ, chưa quá ngày hẹn hoặc đang tạm dừng", _FORM06, "IMPL", _IN_TERM, of_day=True,
    ),
    Figure(
        "ho-so.ty-le-ton-qua-han", "Tỷ lệ quá hạn trong số đang giải quyết", "Share late of those open", _D, Measure.DOSSIERS,
        "Hồ sơ còn mở đã quá ngày hẹn chia cho hồ sơ còn mở vào cuối ngày cuối kỳ", _FORM06, "IMPL", _PENDING_LATE, _PENDING,
        of_day=True,
    ),
    Figure(
        "ho-so.dung-han-cap-tinh", "Tỷ lệ đúng hạn cấp tỉnh", "Share solved on time, provincial tier", _D, Measure.DOSSIERS,
        "Hồ sơ cấp tỉnh giải quyết xong trước hạn và đúng hạn chia cho hồ sơ cấp tỉnh đã giải quyết trong kỳ", _FORM06, "IMPL",
        _of_tier(_IN_TIME, Tier.TINH), _of_tier(_SOLVED, Tier.TINH),
    ),
    Figure(
        "ho-so.dung-han-cap-xa", "Tỷ lệ đúng hạn cấp xã", "Share solved on time, communes", _D, Measure.DOSSIERS,
        "Hồ sơ cấp xã giải quyết xong trước hạn và đúng hạn chia cho hồ sơ cấp xã đã giải quyết trong kỳ", _FORM06, "IMPL",
        _of_tier(_IN_TIME, Tier.XA), _of_tier(_SOLVED, Tier.XA),
    ),
    Figure(
        "ho-so.truc-tuyen-cap-tinh", "Tỷ lệ trực tuyến cấp tỉnh", "Share filed online, provincial tier", _D, Measure.DOSSIERS,
        "Hồ sơ cấp tỉnh nộp trực tuyến chia cho hồ sơ cấp tỉnh tiếp nhận trong kỳ", "QĐ 766/QĐ-TTg, nhóm dịch vụ công trực tuyến",
        "MEM", _of_tier(_ONLINE, Tier.TINH), _of_tier(_RECEIVED_NEW, Tier.TINH),
    ),
    Figure(
        "ho-so.truc-tuyen-cap-xa", "Tỷ lệ trực tuyến cấp xã", "Share filed online, communes", _D, Measure.DOSSIERS,
        "Hồ sơ cấp xã nộp trực tuyến chia cho hồ sơ cấp xã tiếp nhận trong kỳ", "QĐ 766/QĐ-TTg, nhóm dịch vụ công trực tuyến",
        "MEM", _of_tier(_ONLINE, Tier.XA), _of_tier(_RECEIVED_NEW, Tier.XA),
    ),
)  # fmt: skip
