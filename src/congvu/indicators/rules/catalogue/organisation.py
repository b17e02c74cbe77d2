"""Figures over units, one-stops, quality systems, autonomy, functions and powers."""

from congvu.indicators.rules.definitions import Among, Figure, Measure, Subject
from congvu.organisation.rules.autonomy import AUTONOMOUS
from congvu.organisation.rules.delegation import UY_QUYEN
from congvu.organisation.rules.facilities import HIEN_DAI, LIEN_THONG
from congvu.organisation.rules.kinds import HOP_NHAT, SAP_NHAP, THANH_LAP, TINH, XA

_S = Subject.ORGANISATION
_TREE, _LAW61, _BOOK = "Cơ cấu tổ chức", "Nghị định 61/2018/NĐ-CP, Điều 13", "Sổ của đơn vị"
_ONE_STOPS, _AUTONOMY = Among("one_stop_models"), Among("autonomy")


def _among(population: str, **where: tuple[str, ...]) -> Among:
    return Among(population, tuple(where.items()))


FIGURES: tuple[Figure, ...] = (
    Figure(
        "to-chuc.don-vi", "Đơn vị", "Units", _S, Measure.UNITS, "Đơn vị của mọi cấp vào ngày cuối kỳ", _TREE, "IMPL",
        Among("units"), of_day=True, overlaps="Gồm cả phòng, chi cục bên trong đơn vị: không phải số đầu mối.",
    ),
    Figure(
        "to-chuc.so", "Sở và tương đương", "Departments", _S, Measure.UNITS, "Đơn vị loại Sở của cấp tỉnh vào ngày cuối kỳ",
        _TREE, "IMPL", _among("units", kind=("SO",), tier=(TINH,)), of_day=True,
    ),
    Figure(
        "to-chuc.ubnd-xa", "Ủy ban nhân dân cấp xã", "Commune committees", _S, Measure.UNITS,
        "Ủy ban nhân dân cấp xã vào ngày cuối kỳ", _TREE, "IMPL", _among("units", kind=("UBND",), tier=(XA,)), of_day=True,
    ),
    Figure(
        "to-chuc.su-nghiep", "Đơn vị sự nghiệp", "Public-service units", _S, Measure.UNITS,
        "Đơn vị loại sự nghiệp vào ngày cuối kỳ", _TREE, "IMPL", _among("units", kind=("DON_VI_SU_NGHIEP",)), of_day=True,
    ),
    Figure(
        "to-chuc.thanh-lap", "Quyết định thành lập", "Decisions that established units", _S, Measure.DECISIONS,
        "Quyết định thành lập có hiệu lực trong kỳ", _TREE, "IMPL", _among("unit_events", kind=(THANH_LAP,)),
    ),
    Figure(
        "to-chuc.sap-nhap", "Quyết định sáp nhập, hợp nhất", "Decisions that merged units", _S, Measure.DECISIONS,
        "Quyết định sáp nhập, hợp nhất có hiệu lực trong kỳ", _TREE, "IMPL", _among("unit_events", kind=(SAP_NHAP, HOP_NHAT)),
    ),
    Figure(
        "mot-cua.tong", "Bộ phận một cửa", "One-stops", _S, Measure.ONE_STOPS,
        "Bộ phận một cửa đã ghi trong sổ vào ngày cuối kỳ", _LAW61, "TXT", _ONE_STOPS, of_day=True,
    ),
    Figure(
        "mot-cua.hien-dai", "Tỷ lệ một cửa hiện đại", "Share of modern one-stops", _S, Measure.ONE_STOPS,
        "Bộ phận một cửa hiện đại chia cho bộ phận một cửa", _BOOK, "IMPL", _among("one_stop_models", level=(HIEN_DAI,)),
        _ONE_STOPS, of_day=True,
    ),
    Figure(
        "mot-cua.lien-thong", "Tỷ lệ một cửa liên thông", "Share of linked one-stops", _S, Measure.ONE_STOPS,
        "Bộ phận một cửa liên thông chia cho bộ phận một cửa", _BOOK, "IMPL", _among("one_stop_models", level=(LIEN_THONG,)),
        _ONE_STOPS, of_day=True,
    ),
    Figure(
        "mot-cua.danh-gia", "Tỷ lệ một cửa có thiết bị đánh giá", "Share of one-stops with a rating device", _S,
        Measure.ONE_STOPS, "Bộ phận một cửa có thiết bị đánh giá chia cho bộ phận một cửa", _LAW61, "TXT",
        _among("one_stop_models", rating_device=("co",)), _ONE_STOPS, of_day=True,
    ),
    Figure(
        "iso.tong", "Hệ thống quản lý chất lượng", "Quality systems", _S, Measure.SYSTEMS,
        "Hệ thống quản lý chất lượng còn hiệu lực vào ngày cuối kỳ", _BOOK, "IMPL", Among("quality_systems"), of_day=True,
    ),
    Figure(
        "iso.thu-tuc", "Tỷ lệ hệ thống chất lượng có thủ tục hành chính", "Share of quality systems that cover procedures", _S,
        Measure.SYSTEMS, "Hệ thống có thủ tục hành chính trong phạm vi chia cho hệ thống còn hiệu lực", _BOOK, "IMPL",
        _among("quality_systems", procedures=("co",)), Among("quality_systems"), of_day=True,
    ),
    Figure(
        "iso.danh-gia", "Cuộc đánh giá hệ thống chất lượng", "Audits of quality systems", _S, Measure.INSPECTIONS,
        "Cuộc đánh giá, xem xét trong kỳ", _BOOK, "IMPL", Among("quality_audits"),
    ),
    Figure(
        "tu-chu.bao-dam", "Tỷ lệ đơn vị tự bảo đảm chi thường xuyên", "Share of units that cover their running costs", _S,
        Measure.UNITS, "Đơn vị sự nghiệp nhóm 1 và 2 chia cho đơn vị sự nghiệp đã phân nhóm tự chủ",
        "Nghị định 60/2021/NĐ-CP, Điều 9", "TXT", _among("autonomy", group=("1", "2")), _AUTONOMY, of_day=True,
    ),
    Figure(
        "tu-chu.mot-phan", "Tỷ lệ đơn vị tự bảo đảm từ một phần trở lên", "Share of units that cover some of their costs", _S,
        Measure.UNITS, "Đơn vị sự nghiệp nhóm 1 đến 3 chia cho đơn vị sự nghiệp đã phân nhóm tự chủ",
        "Nghị định 60/2021/NĐ-CP, Điều 9", "TXT", _among("autonomy", group=tuple(AUTONOMOUS)), _AUTONOMY, of_day=True,
    ),
    Figure(
        "to-chuc.chuc-nang", "Chức năng, nhiệm vụ đang giữ", "Functions held", _S, Measure.FUNCTIONS,
        "Chức năng, nhiệm vụ đơn vị đang giữ vào ngày cuối kỳ", _BOOK, "IMPL", Among("functions"), of_day=True,
    ),
    Figure(
        "to-chuc.phan-cap", "Việc phân cấp, ủy quyền", "Powers passed on", _S, Measure.POWERS,
        "Việc phân cấp, ủy quyền còn hiệu lực vào ngày cuối kỳ", _BOOK, "IMPL", Among("powers"), of_day=True,
    ),
    Figure(
        "to-chuc.uy-quyen-khong-han", "Việc ủy quyền không ghi thời hạn", "Mandates without an end", _S, Measure.POWERS,
        "Việc ủy quyền còn hiệu lực không ghi ngày hết hạn", _BOOK, "IMPL", _among("powers", form=(UY_QUYEN,), ending=("khong",)),
        of_day=True,
    ),
)  # fmt: skip
