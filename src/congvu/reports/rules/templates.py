"""The report templates that come with the programme: what each is for. Their texts lie in `starters/`, our own wording after
the usual outlines; an office keeps its own edition of any of them."""

from dataclasses import dataclass

from congvu.indicators.rules.periods import Kind


@dataclass(frozen=True, slots=True)
class Template:
    """`name` with the period's words after it is the report's title. `unit_part`: what units are asked to send."""

    code: str
    name: str
    about: str
    kinds: tuple[Kind, ...]
    basis: str
    evidence: str


TEMPLATES = (
    Template(
        "cai-cach-hanh-chinh", "Báo cáo kết quả công tác cải cách hành chính",
        "Chỉ đạo, sáu lĩnh vực, đánh giá, phương hướng, kiến nghị.", (Kind.YEAR, Kind.HALF, Kind.QUARTER, Kind.FREE),
        "Đề cương báo cáo cải cách hành chính của Bộ Nội vụ", "MEM",
    ),
    Template(
        "kiem-soat-tthc", "Báo cáo tình hình, kết quả kiểm soát thủ tục hành chính, giải quyết theo cơ chế một cửa",
        "Công bố, giải quyết, nguyên nhân quá hạn (Biểu 06, 07), số hóa và tái sử dụng (Biểu 08).",
        (Kind.QUARTER, Kind.HALF, Kind.YEAR, Kind.FREE), "NĐ 63/2010/NĐ-CP, Điều 35.3; TT 01/2020/TT-VPCP", "MEM",
    ),
    Template(
        "noi-vu", "Báo cáo tổng kết công tác nội vụ",
        "Tổ chức bộ máy, biên chế, đội ngũ, cải cách hành chính, phương hướng.", (Kind.YEAR, Kind.HALF, Kind.FREE),
        "Thông lệ báo cáo tổng kết ngành", "IMPL",
    ),
    Template(
        "danh-gia-mot-cua", "Báo cáo đánh giá việc giải quyết thủ tục hành chính tại bộ phận một cửa",
        "Kết quả theo tháng, theo đơn vị, hồ sơ quá hạn, đề xuất.",
        (Kind.QUARTER, Kind.YEAR, Kind.MONTH, Kind.FREE), "NĐ 61/2018/NĐ-CP, Điều 30", "TXT",
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in TEMPLATES}
