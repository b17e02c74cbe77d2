"""Procedures of a real city's one-stop as they ran in 2012-2015: urban management (DT), building and trade (KT), justice (TP).

Terms, fees, kinds of agencies and the days each may take are facts of that office; wording, codes, papers and the ways
between agencies (at once, on a condition, again) are ours.
"""

from dataclasses import dataclass

from congvu.demo.samples import BODY, CITIZEN, COMMUNE, FIRM, WORKDAY, WORKHOUR, Sample, copy_of, form

# Ways: how the agencies stand to one another (`city.graph_of`).
TOGETHER = "together"  # the agency and another at once, brought together, signed; the signer may send back
PLAIN = "plain"  # the agency, signed; the signer may send back
CHECKED = "checked"  # the agency decides whether another agency verifies first
_URBAN, _TRADE = "Quản lý đô thị", "Kinh tế và hạ tầng"
_JUSTICE = "Tư pháp - hộ tịch"
BUILDING, LAND, MARKET, POLICE = "H99.16", "H99.21", "H99.03", "H99.24"


@dataclass(frozen=True, slots=True)
class CitySample:
    """A sample with its way. `days`: the one-stop's, the agency's, the signer's, in the unit of the term. `other`: the code of
    the agency beside it."""

    was: str  # its code in that city
    sample: Sample
    way: str
    days: tuple[str, str, str]
    other: str = ""


def _one(was: str, name: str, term: int, fee: int, way: str, days: tuple[str, str, str], other: str = "",
         unit: str = WORKDAY) -> CitySample:  # fmt: skip
    group, number = was[:2], was[2:]
    place = {"DT": "01", "KT": "02", "TP": "03"}[group]
    sample = Sample(
        f"9.03{place}{number}", name, {"DT": _URBAN, "KT": _TRADE, "TP": _JUSTICE}[group], "XA",
        "CONG_NHAN" if group == "TP" else "CAP_PHEP", (term, unit), COMMUNE, _PAPERS[group], _RESULTS[group], _BASES[group],
        (CITIZEN, BODY, FIRM), fee, "LE_PHI",
    )  # fmt: skip
    return CitySample(was, sample, way, days, other)


_BUILD_PAPERS = (
    form("Đơn đề nghị"),
    copy_of("Giấy tờ về quyền sử dụng đất"),
    ("Hai bộ bản vẽ", 2, 0),
)
_PAPERS = {
    "DT": _BUILD_PAPERS,
    "KT": _BUILD_PAPERS,
    "TP": (form("Tờ khai"), copy_of("Căn cước hoặc hộ chiếu")),
}
_RESULTS = {"DT": "Giấy phép", "KT": "Giấy phép", "TP": "Giấy tờ hộ tịch, văn bản chứng thực"}
_BASES = {"DT": ("50/2014/QH13",), "KT": ("50/2014/QH13",), "TP": ("60/2014/QH13", "23/2015/NĐ-CP")}
_HOURS = ("1", "4", "2")

CITY = (
    _one("DT01", "Giấy phép xây nhà ở riêng lẻ tại đô thị", 15, 50_000, TOGETHER, ("0.5", "11.5", "3"), BUILDING),
    _one("DT02", "Giấy phép xây công trình thuộc dự án tại đô thị", 20, 50_000, TOGETHER, ("1", "16", "3"), BUILDING),
    _one("DT03", "Giấy phép xây dựng có thời hạn tại đô thị", 15, 50_000, TOGETHER, ("1", "11", "3"), LAND),
    _one("DT04", "Giấy phép cải tạo, sửa chữa nhà ở đô thị", 15, 50_000, PLAIN, ("1", "11", "3")),
    _one("DT05", "Gia hạn, điều chỉnh giấy phép xây dựng đô thị", 5, 10_000, PLAIN, ("0.5", "3", "1.5")),
    _one("DT06", "Cho phép sử dụng công trình công cộng", 15, 0, CHECKED, ("1", "11", "3"), POLICE),
    _one("DT07", "Cho phép đào đất, san mặt bằng", 20, 50_000, TOGETHER, ("0.5", "16", "3.5"), LAND),
    _one("KT01", "Giấy phép xây nhà ở riêng lẻ tại xã, thị trấn", 15, 50_000, TOGETHER, ("0.5", "12", "2.5"), BUILDING),
    _one("KT02", "Giấy phép xây công trình tại xã, thị trấn", 20, 50_000, TOGETHER, ("0.5", "16", "3.5"), BUILDING),
    _one("KT03", "Giấy phép xây dựng có thời hạn tại xã, thị trấn", 15, 50_000, TOGETHER, ("0.5", "11.5", "3"), LAND),
    _one("KT04", "Giấy phép cải tạo, sửa chữa nhà ở tại xã, thị trấn", 15, 50_000, PLAIN, ("0.5", "11.5", "3")),
    _one("KT05", "Điều chỉnh giấy phép xây dựng", 10, 10_000, PLAIN, ("0.5", "7.5", "2")),
    _one("KT06", "Gia hạn giấy phép xây dựng", 5, 10_000, PLAIN, ("0.5", "3", "1.5")),
    _one("KT08", "Giấy phép kinh doanh bán lẻ rượu tại địa bàn", 15, 50_000, CHECKED, ("0.5", "12", "2.5"), MARKET),
    _one("KT09", "Giấy phép sản xuất rượu thủ công để kinh doanh", 15, 50_000, CHECKED, ("0.5", "12", "2.5"), MARKET),
    _one("KT10", "Giấy phép bán lẻ sản phẩm thuốc lá", 15, 50_000, CHECKED, ("0.5", "12", "2.5"), MARKET),
    _one("TP01", "Cấp lại bản chính giấy khai sinh", 3, 10_000, CHECKED, ("0.5", "1.5", "1"), POLICE),
    _one("TP02", "Thay đổi, cải chính hộ tịch theo yêu cầu", 5, 25_000, CHECKED, ("0.5", "2.5", "2"), POLICE),
    _one("TP03", "Xác định lại dân tộc, giới tính", 5, 25_000, CHECKED, ("0.5", "2.5", "2"), POLICE),
    _one("TP04", "Chứng thực chữ ký trên giấy tờ song ngữ", 8, 10_000, PLAIN, _HOURS, unit=WORKHOUR),
    _one("TP05", "Cấp bản sao từ sổ hộ tịch", 5, 3_000, PLAIN, ("0.5", "3.5", "1")),
    _one("TP06", "Chứng thực văn bản phân chia di sản", 8, 0, PLAIN, _HOURS, unit=WORKHOUR),
    _one("TP07", "Điều chỉnh nội dung trong sổ hộ tịch", 5, 0, CHECKED, ("0.5", "3", "1.5"), POLICE),
    _one("TP08", "Chứng thực chữ ký người dịch", 8, 2_000, PLAIN, _HOURS, unit=WORKHOUR),
    _one("TP09", "Chứng thực bản sao giấy tờ nước ngoài", 8, 0, PLAIN, _HOURS, unit=WORKHOUR),
    _one("TP10", "Chứng thực giao dịch động sản dưới 50 triệu đồng", 3, 100_000, PLAIN, ("0.5", "1.5", "1")),
    _one("TP11", "Bổ sung nội dung hộ tịch", 8, 25_000, PLAIN, _HOURS, unit=WORKHOUR),
)  # fmt: skip
