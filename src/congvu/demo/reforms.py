"""The branches under the agencies of 2015 and the reforms before 2025, each of a kind every province went through.

March 2018 (NQ 18-NQ/TW): branches of one trade merged. January 2020: small communes merged (2019-2021 round). January
2021: the offices of the people's council and of the National Assembly's deputies made one; two branches of Sở Nội vụ
taken into it (NĐ 107/2020/NĐ-CP); two colleges made one (NQ 19-NQ/TW).
"""

from collections.abc import Iterable
from datetime import date

from congvu.demo.recording import codes, found, moment
from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.merge import Merging, merge_all
from congvu.organisation.actions.recording import Decision
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import TINH

BRANCHES_MERGED, COMMUNES_MERGED, OFFICES_MERGED = date(2018, 3, 1), date(2020, 1, 1), date(2021, 1, 1)

# agency, number, name
BRANCHES: tuple[tuple[str, int, str], ...] = (
    ("H99.03", 51, "Chi cục Quản lý thị trường"),
    ("H99.05", 51, "Chi cục Quản lý đường bộ"),
    ("H99.07", 51, "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
    ("H99.08", 51, "Chi cục Văn thư - Lưu trữ"),
    ("H99.08", 52, "Ban Thi đua - Khen thưởng"),
    ("H99.09", 51, "Chi cục Phòng, chống tệ nạn xã hội"),
    ("H99.10", 51, "Chi cục Trồng trọt"),
    ("H99.10", 52, "Chi cục Bảo vệ thực vật"),
    ("H99.10", 53, "Chi cục Chăn nuôi"),
    ("H99.10", 54, "Chi cục Thú y"),
    ("H99.10", 55, "Chi cục Kiểm lâm"),
    ("H99.10", 56, "Chi cục Lâm nghiệp"),
    ("H99.10", 57, "Chi cục Thủy lợi"),
    ("H99.10", 58, "Chi cục Phát triển nông thôn"),
    ("H99.10", 59, "Chi cục Thủy sản"),
    ("H99.10", 60, "Chi cục Quản lý chất lượng nông lâm sản và thủy sản"),
    ("H99.11", 51, "Chi cục Tài chính doanh nghiệp"),
    ("H99.12", 51, "Chi cục Bảo vệ môi trường"),
    ("H99.12", 52, "Chi cục Quản lý đất đai"),
    ("H99.16", 51, "Chi cục Giám định xây dựng"),
    ("H99.17", 51, "Chi cục Dân số - Kế hoạch hóa gia đình"),
    ("H99.17", 52, "Chi cục An toàn vệ sinh thực phẩm"),
)
# code, name, kind: beside the agencies, of kinds that a border province had in 2015
BODIES: tuple[tuple[str, str, str], ...] = (
    ("H99.29", "Ban Quản lý Khu kinh tế cửa khẩu", "KHAC"),
    (
        "H99.91",
        "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp tỉnh",
        "DON_VI_SU_NGHIEP",
    ),
    ("H99.92", "Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh", "DON_VI_SU_NGHIEP"),
    ("H99.93", "Trường Cao đẳng Kinh tế - Kỹ thuật Bình Giang", "DON_VI_SU_NGHIEP"),
    ("H99.94", "Trường Cao đẳng Y tế Bình Giang", "DON_VI_SU_NGHIEP"),
)
COUNCIL, DEPUTIES, COUNCIL_AND_DEPUTIES = "H99.26", "H99.27", "H99.28"
_OFFICES = ((COUNCIL, "Văn phòng Hội đồng nhân dân tỉnh"), (DEPUTIES, "Văn phòng Đoàn đại biểu Quốc hội"))


def found_branches(founded: date, by: Actor) -> None:
    """The branches of the agencies, the other bodies of the province, and the two offices of the elected."""
    known = codes()
    branches = [
        NewUnit(
            f"{agency}.{number}", name, "CHI_CUC" if name.startswith("Chi") else "BAN", TINH, known[agency]
        )
        for agency, number, name in BRANCHES
    ]
    offices = [NewUnit(code, name, "VAN_PHONG", TINH, known["H99"]) for code, name in _OFFICES]
    bodies = [NewUnit(code, name, kind, TINH, known["H99"]) for code, name, kind in BODIES]
    found((*branches, *offices, *bodies), "04/QĐ-UBND", moment(2014, 12, 22), founded, by)


def reform(small_communes: Iterable[tuple[str, str]], by: Actor) -> None:
    """What happened between 2018 and 2021. `small_communes`: (goes, into), codes of neighbours in one district."""
    _merge_branches(by)
    _merge_communes(small_communes, by)
    _merge_offices(by)


def _merge_branches(by: Actor) -> None:
    signed, known = moment(2018, 2, 6), codes()
    farms = known["H99.10"]
    plants = NewUnit("H99.10.61", "Chi cục Trồng trọt và Bảo vệ thực vật", "CHI_CUC", TINH, farms)
    animals = NewUnit("H99.10.62", "Chi cục Chăn nuôi và Thú y", "CHI_CUC", TINH, farms)
    mergings = [
        Merging((known["H99.10.51"], known["H99.10.52"]), plants),
        Merging((known["H99.10.53"], known["H99.10.54"]), animals),
        Merging((known["H99.10.56"],), known["H99.10.55"]),
    ]
    decision = Decision("211/QĐ-UBND", signed.date(), "UBND tỉnh Bình Giang")
    merge_all(mergings, effective=BRANCHES_MERGED, decision=decision, by=by, at=signed)


def _merge_communes(pairs: Iterable[tuple[str, str]], by: Actor) -> None:
    signed, known = moment(2019, 12, 12), codes()
    mergings = [Merging((known[goes],), known[into]) for goes, into in pairs]
    decision = Decision("820/NQ-UBTVQH14", signed.date(), "Ủy ban Thường vụ Quốc hội")
    merge_all(mergings, effective=COMMUNES_MERGED, decision=decision, by=by, at=signed)


def _merge_offices(by: Actor) -> None:
    signed, known = moment(2020, 12, 15), codes()
    both = NewUnit(
        COUNCIL_AND_DEPUTIES,
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        "VAN_PHONG",
        TINH,
        known["H99"],
    )
    home = known["H99.08"]
    mergings = [
        Merging((known[COUNCIL], known[DEPUTIES]), both),
        Merging((known["H99.08.51"],), home),
        Merging((known["H99.08.52"],), home),
        Merging((known["H99.94"],), known["H99.93"]),
    ]
    decision = Decision("2240/QĐ-UBND", signed.date(), "UBND tỉnh Bình Giang")
    merge_all(mergings, effective=OFFICES_MERGED, decision=decision, by=by, at=signed)
