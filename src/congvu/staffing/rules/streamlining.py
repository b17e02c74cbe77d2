"""Tinh giản biên chế: money of a person who leaves, by the dated rule of the regime.

Every number stands in the law table and carries its evidence; here is only the arithmetic. Posts cut and people
released are two ledgers: this one counts people, in money and months, and is never added to posts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from congvu.foundation.refusal import Refused

EARLY, MOVED, LEAVE = "nghi_huu_truoc_tuoi", "chuyen_ngoai_nsnn", "thoi_viec"
REGIMES = {
    EARLY: "Nghỉ hưu trước tuổi",
    MOVED: "Chuyển sang tổ chức không hưởng lương từ ngân sách",
    LEAVE: "Thôi việc ngay",
}
CATEGORIES = {  # NĐ 29/2023, Điều 5, kept in spirit by NĐ 154/2025
    "doi_du_sap_xep": "Dôi dư do sắp xếp tổ chức bộ máy",
    "doi_du_co_cau": "Dôi dư do cơ cấu lại theo vị trí việc làm",
    "trinh_do": "Chưa đạt trình độ, không bố trí đào tạo lại được",
    "danh_gia": "Kết quả xếp loại hai năm liền kề không đạt",
    "suc_khoe": "Sức khỏe không bảo đảm, nghỉ ốm dài ngày",
    "ky_luat": "Bị kỷ luật chưa đến mức buộc thôi việc, tự nguyện tinh giản",
    "tu_nguyen": "Tự nguyện tinh giản",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the money depends on. `salary` in đồng a month; months of paid insurance; months left to retirement age."""

    regime: str
    salary: int
    insured_months: int
    months_early: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the allowance: what for, how many months of salary, how much."""

    what: str
    months: Fraction
    money: int


@dataclass(frozen=True, slots=True)
class Allowance:
    parts: tuple[Part, ...]

    @property
    def money(self) -> int:
        return sum(part.money for part in self.parts)


def half_years(months: int) -> Fraction:
    """Odd months as years: none 0, under six half a year, six and more a whole one."""
    years, rest = divmod(months, 12)
    return Fraction(years) + (Fraction(0) if rest == 0 else Fraction(1, 2) if rest < 6 else Fraction(1))


def allowance(facts: Facts, rule: Mapping[str, Any]) -> Allowance:
    """The allowance by a regime's rule. Refuses facts outside the regime, with the article of the rule."""
    article = str(rule.get("article", ""))
    if facts.regime not in REGIMES or facts.salary <= 0 or facts.insured_months < 0:
        raise Refused(
            "Thiếu chế độ, mức lương hoặc thời gian đóng bảo hiểm.", where="salary", do="Nhập đủ số liệu."
        )
    if facts.regime != EARLY:
        return Allowance(tuple(_leaving(facts, rule)))
    most, least = int(rule["most_months_early"]), int(rule["least_months_early"])
    if not least <= facts.months_early <= most:
        raise Refused(
            f"Còn {facts.months_early} tháng đến tuổi nghỉ hưu; chế độ này cho người còn từ {least} đến {most} tháng.",
            where="months_early",
            do="Chọn chế độ khác, hoặc kiểm tra ngày sinh và tuổi nghỉ hưu.",
            article=article,
        )
    if facts.insured_months < int(rule["least_insured_months"]):
        raise Refused(
            f"Mới đóng bảo hiểm {facts.insured_months} tháng, chưa đủ {rule['least_insured_months']} tháng.",
            where="insured_months",
            do="Chọn chế độ thôi việc.",
            article=article,
        )
    early = half_years(facts.months_early) * Fraction(str(rule["months_per_early_year"]))
    parts = [_part("cho số năm nghỉ sớm", early, facts.salary)]
    first, years = Fraction(str(rule["first_years"])), half_years(facts.insured_months)
    parts.append(
        _part(
            f"cho {rule['first_years']} năm đầu đóng bảo hiểm",
            Fraction(str(rule["first_years_months"])),
            facts.salary,
        )
    )
    if years > first:
        more = (years - first) * Fraction(str(rule["months_per_later_year"]))
        parts.append(_part("cho các năm đóng bảo hiểm tiếp theo", more, facts.salary))
    return Allowance(tuple(parts))


def _leaving(facts: Facts, rule: Mapping[str, Any]) -> list[Part]:
    years = half_years(facts.insured_months)
    return [
        _part("trợ cấp một lần", Fraction(str(rule["flat_months"])), facts.salary),
        _part(
            "cho số năm đóng bảo hiểm", years * Fraction(str(rule["months_per_insured_year"])), facts.salary
        ),
    ]


def _part(what: str, months: Fraction, salary: int) -> Part:
    """Đồng, rounded half up once a part."""
    exact = Decimal((months * salary).numerator) / Decimal((months * salary).denominator)
    return Part(what, months, int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)))
