"""Figures over papers, fees and results of dossiers, and over the catalogue of procedures: those QĐ 766/QĐ-TTg asks for.

QĐ 766's groups are known from memory of the decision and one second-hand source (evidence MEM): names and divisions are to
be checked against its text before points are given by them.
"""

from congvu.indicators.rules.definitions import Among, Figure, Measure, Subject

_O, _C = Subject.ONLINE, Subject.CATALOGUE
_766 = "QĐ 766/QĐ-TTg"


def _dossiers(**where: str) -> Among:
    return Among("dossiers", tuple((field, (value,)) for field, value in where.items()))


def _procedures(population: str, **where: tuple[str, ...]) -> Among:
    return Among(population, tuple(where.items()))


_ALL = _dossiers()
_FULL, _PART = ("TOAN_TRINH",), ("MOT_PHAN",)
_ONLINE_LEVELS = (*_FULL, *_PART)
_CATALOGUE = _procedures("procedures")

FIGURES: tuple[Figure, ...] = (
    Figure(
        "so-hoa.thanh-phan", "Tỷ lệ hồ sơ số hóa đủ giấy tờ", "Share of dossiers with all papers digitised", _O, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ có mọi giấy tờ đã số hóa chia cho hồ sơ tiếp nhận trong kỳ",
        f"{_766}, nhóm số hóa hồ sơ", "MEM", _dossiers(digitised="du"), _ALL,
    ),
    Figure(
        "so-hoa.ket-qua", "Tỷ lệ hồ sơ cấp kết quả điện tử", "Share of results given electronically", _O, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ có kết quả điện tử chia cho hồ sơ tiếp nhận trong kỳ đã có kết quả",
        f"{_766}, nhóm số hóa hồ sơ", "MEM", _dossiers(result="co", result_file="co"), _dossiers(result="co"),
    ),
    Figure(
        "so-hoa.dung-lai", "Tỷ lệ hồ sơ dùng lại giấy tờ", "Share of dossiers that reuse a paper", _O, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ có giấy tờ dùng lại chia cho hồ sơ tiếp nhận trong kỳ", f"{_766}, nhóm số hóa hồ sơ", "MEM",
        _dossiers(reused="co"), _ALL,
    ),
    Figure(
        "thu-phi.ho-so", "Hồ sơ có phí, lệ phí", "Dossiers with a fee", _O, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ có khoản phải thu", "Sổ thu", "IMPL", _dossiers(charged="co"),
    ),
    Figure(
        "thu-phi.truc-tuyen", "Tỷ lệ hồ sơ thanh toán trực tuyến", "Share of dossiers paid online", _O, Measure.DOSSIERS,
        "Hồ sơ tiếp nhận trong kỳ đã thu trực tuyến chia cho hồ sơ tiếp nhận trong kỳ đã thu phí, lệ phí",
        f"{_766}, nhóm thanh toán trực tuyến", "MEM", _dossiers(paid="co", paid_online="co"), _dossiers(paid="co"),
    ),
    Figure(
        "thu-phi.khoan-thu", "Khoản thu phí, lệ phí", "Payments of fees", _O, Measure.PAYMENTS,
        "Khoản thu trong kỳ, không kể biên lai đã hủy", "Sổ thu", "IMPL", Among("payments", (("voided", ("khong",)),)),
    ),
    Figure(
        "thu-phi.khoan-thu-truc-tuyen", "Tỷ lệ khoản thu trực tuyến", "Share of payments made online", _O, Measure.PAYMENTS,
        "Khoản thu trực tuyến chia cho khoản thu trong kỳ, không kể biên lai đã hủy", "Sổ thu", "IMPL",
        Among("payments", (("way", ("truc-tuyen",)), ("voided", ("khong",)))), Among("payments", (("voided", ("khong",)),)),
    ),
    Figure(
        "thu-tuc.tong", "Thủ tục còn hiệu lực", "Procedures in force", _C, Measure.PROCEDURES,
        "Thủ tục đã công bố, còn hiệu lực vào ngày cuối kỳ", "Danh mục thủ tục", "IMPL", _CATALOGUE, of_day=True,
    ),
    Figure(
        "thu-tuc.cap-tinh", "Thủ tục giải quyết ở cấp tỉnh", "Procedures of the provincial tier", _C, Measure.PROCEDURES,
        "Thủ tục còn hiệu lực giải quyết ở cấp tỉnh", "Danh mục thủ tục", "IMPL", _procedures("procedures", tier_tinh=("co",)),
        of_day=True, overlaps="Một thủ tục có thể giải quyết ở cả hai cấp: không cộng hai số này.",
    ),
    Figure(
        "thu-tuc.cap-xa", "Thủ tục giải quyết ở cấp xã", "Procedures of communes", _C, Measure.PROCEDURES,
        "Thủ tục còn hiệu lực giải quyết ở cấp xã", "Danh mục thủ tục", "IMPL", _procedures("procedures", tier_xa=("co",)),
        of_day=True, overlaps="Một thủ tục có thể giải quyết ở cả hai cấp: không cộng hai số này.",
    ),
    Figure(
        "thu-tuc.toan-trinh", "Tỷ lệ thủ tục trực tuyến toàn trình", "Share of procedures fully online", _C, Measure.PROCEDURES,
        "Thủ tục trực tuyến toàn trình chia cho thủ tục còn hiệu lực", f"{_766}, nhóm dịch vụ công trực tuyến", "MEM",
        _procedures("procedures", level=_FULL), _CATALOGUE, of_day=True,
    ),
    Figure(
        "thu-tuc.mot-phan", "Tỷ lệ thủ tục trực tuyến một phần", "Share of procedures partly online", _C, Measure.PROCEDURES,
        "Thủ tục trực tuyến một phần chia cho thủ tục còn hiệu lực", f"{_766}, nhóm dịch vụ công trực tuyến", "MEM",
        _procedures("procedures", level=_PART), _CATALOGUE, of_day=True,
    ),
    Figure(
        "thu-tuc.co-phi", "Thủ tục có phí, lệ phí", "Procedures with a fee", _C, Measure.PROCEDURES,
        "Thủ tục còn hiệu lực có mức phí, lệ phí trên 0", "Danh mục thủ tục", "IMPL", _procedures("procedures", charged=("co",)),
        of_day=True,
    ),
    Figure(
        "thu-tuc.phat-sinh", "Thủ tục phát sinh hồ sơ", "Procedures with dossiers", _C, Measure.PROCEDURES,
        "Thủ tục có hồ sơ tiếp nhận trong kỳ", "Hồ sơ một cửa", "IMPL", _procedures("used_procedures"),
    ),
    Figure(
        "thu-tuc.truc-tuyen-phat-sinh", "Tỷ lệ dịch vụ công trực tuyến phát sinh hồ sơ trực tuyến",
        "Share of online services used online", _C, Measure.PROCEDURES,
        "Thủ tục trực tuyến toàn trình, một phần có hồ sơ trực tuyến trong kỳ chia cho thủ tục trực tuyến toàn trình, một phần",
        f"{_766}, nhóm dịch vụ công trực tuyến", "MEM",
        _procedures("used_procedures", level=_ONLINE_LEVELS, online=("co",)), _procedures("procedures", level=_ONLINE_LEVELS),
    ),
    Figure(
        "thu-tuc.cong-bo-moi", "Thủ tục ban hành mới", "Procedures newly published", _C, Measure.PROCEDURES,
        "Lượt thủ tục ban hành mới theo quyết định công bố trong kỳ", "NĐ 63/2010/NĐ-CP, Điều 13–16", "TXT",
        _procedures("published", action=("MOI",)),
    ),
    Figure(
        "thu-tuc.sua-doi", "Thủ tục sửa đổi, bổ sung, thay thế", "Procedures amended or replaced", _C, Measure.PROCEDURES,
        "Lượt thủ tục sửa đổi, bổ sung, thay thế theo quyết định công bố trong kỳ", "NĐ 63/2010/NĐ-CP, Điều 13–16", "TXT",
        _procedures("published", action=("SUA_DOI_BO_SUNG", "THAY_THE")),
    ),
    Figure(
        "thu-tuc.bai-bo", "Thủ tục bãi bỏ", "Procedures abolished", _C, Measure.PROCEDURES,
        "Lượt thủ tục bãi bỏ theo quyết định công bố trong kỳ", "NĐ 63/2010/NĐ-CP, Điều 13–16", "TXT",
        _procedures("published", action=("BAI_BO",)),
    ),
)  # fmt: skip
