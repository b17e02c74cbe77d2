"""Tinh giản biên chế, and leaving when offices are reorganised: money of a person who leaves, by the dated rule of the
regime. The two are packs of rules of their own; a case follows one of them.

Every number stands in the law table and carries its evidence; here is only the arithmetic. Posts cut and people
released are two ledgers: this one counts people, in money and months, and is never added to posts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months, next_day

EARLY, MOVED, LEAVE = "nghi_huu_truoc_tuoi", "chuyen_ngoai_nsnn", "thoi_viec"
REGIMES = {
    EARLY: "Nghỉ hưu trước tuổi",
    MOVED: "Chuyển sang tổ chức không hưởng lương từ ngân sách",
    LEAVE: "Thôi việc ngay",
}
STREAMLINED, REORGANISED = "tinh_gian", "sap_xep"
PACKS = {STREAMLINED: "Tinh giản biên chế", REORGANISED: "Sắp xếp tổ chức bộ máy"}
PACK_RULES = {
    STREAMLINED: "staffing.streamlining.",
    REORGANISED: "staffing.reorganisation.",
}  # codes of the law table
PACK_REGIMES = {STREAMLINED: (EARLY, MOVED, LEAVE), REORGANISED: (EARLY, LEAVE)}
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
    """What the money depends on. `salary` in đồng a month; months of paid insurance; months left to retirement age; months
    since the decision of the reorganisation took effect."""

    regime: str
    salary: int
    insured_months: int
    months_early: int
    months_since: int = 0


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


def whole_months(first: date, last: date) -> int:
    """Whole months from a day to another, 0 when that is earlier: 1/12/2026 to 30/11/2029 are 35, to 1/12/2029 36."""
    if last <= first:
        return 0
    months = 12 * (last.year - first.year) + last.month - first.month
    return months if add_months(first, months) <= last else months - 1


def months_before(leaves_on: date, last_day: date) -> int:
    """Whole months by which a person leaves before the last day of work by age. `leaves_on` is not worked any more."""
    return whole_months(leaves_on, next_day(last_day))


def worked_out(pack: str, facts: Facts, rule: Mapping[str, Any]) -> Allowance:
    """The allowance by a pack's rule. Refuses a regime the pack has not, and facts outside it."""
    if facts.regime not in PACK_REGIMES.get(pack, ()):
        raise Refused(
            "Gói chính sách này không có chế độ đã chọn.", where="regime", do="Chọn chế độ hoặc gói khác."
        )
    return allowance(facts, rule) if pack == STREAMLINED else reorganised(facts, rule)


def reorganised(facts: Facts, rule: Mapping[str, Any]) -> Allowance:
    """Leaving because offices are reorganised: so much of a month's salary for each month early or insured, more for who
    leaves in the first months after the decision; then for years early and years insured."""
    _refuse_unsound(facts)
    share = "share" if facts.months_since < int(rule["first_window_months"]) else "late_share"
    when = (
        f"trong {rule['first_window_months']} tháng đầu"
        if share == "share"
        else f"sau {rule['first_window_months']} tháng"
    )
    if facts.regime != EARLY:
        paid = min(facts.insured_months, int(rule["most_paid_months"]))
        part = _part(
            f"cho {paid} tháng đóng bảo hiểm, nghỉ {when}", paid * Fraction(str(rule[share])), facts.salary
        )
        return Allowance((part, *_leaving(facts, rule)))
    band = next(
        (
            one
            for one in rule["bands"]
            if one["least_months_early"] <= facts.months_early <= one["most_months_early"]
        ),
        None,
    )
    if band is None:
        raise Refused(
            f"Còn {facts.months_early} tháng đến tuổi nghỉ hưu, ngoài các khoảng của chế độ này.",
            where="months_early",
            do="Chọn chế độ khác, hoặc kiểm tra ngày sinh và tuổi nghỉ hưu.",
            article=str(rule.get("article", "")),
        )
    _refuse_short_insurance(facts, rule)
    paid = min(facts.months_early, int(band.get("most_paid_months", facts.months_early)))
    parts = [
        _part(f"cho {paid} tháng nghỉ sớm, nghỉ {when}", paid * Fraction(str(band[share])), facts.salary)
    ]
    if Fraction(str(band["months_per_early_year"])):
        parts.append(_early_years(facts, band))
    return Allowance((*parts, *_insured_years(facts, rule)))


def allowance(facts: Facts, rule: Mapping[str, Any]) -> Allowance:
    """The allowance of streamlining by a regime's rule. Refuses facts outside the regime, with the article of the rule."""
    article = str(rule.get("article", ""))
    _refuse_unsound(facts)
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
    _refuse_short_insurance(facts, rule)
    return Allowance((_early_years(facts, rule), *_insured_years(facts, rule)))


def _refuse_unsound(facts: Facts) -> None:
    if facts.regime not in REGIMES or facts.salary <= 0 or facts.insured_months < 0:
        raise Refused(
            "Thiếu chế độ, mức lương hoặc thời gian đóng bảo hiểm.", where="salary", do="Nhập đủ số liệu."
        )


def _refuse_short_insurance(facts: Facts, rule: Mapping[str, Any]) -> None:
    if facts.insured_months < int(rule["least_insured_months"]):
        raise Refused(
            f"Mới đóng bảo hiểm {facts.insured_months} tháng, chưa đủ {rule['least_insured_months']} tháng.",
            where="insured_months",
            do="Chọn chế độ thôi việc.",
            article=str(rule.get("article", "")),
        )


def _early_years(facts: Facts, rule: Mapping[str, Any]) -> Part:
    months = half_years(facts.months_early) * Fraction(str(rule["months_per_early_year"]))
    return _part("cho số năm nghỉ sớm", months, facts.salary)


def _insured_years(facts: Facts, rule: Mapping[str, Any]) -> list[Part]:
    first, years = Fraction(str(rule["first_years"])), half_years(facts.insured_months)
    what = f"cho {rule['first_years']} năm đầu đóng bảo hiểm"
    parts = [_part(what, Fraction(str(rule["first_years_months"])), facts.salary)]
    if years > first:
        more = (years - first) * Fraction(str(rule["months_per_later_year"]))
        parts.append(_part("cho các năm đóng bảo hiểm tiếp theo", more, facts.salary))
    return parts


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
