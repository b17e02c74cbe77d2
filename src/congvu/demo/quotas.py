"""The posts of the demo province, 2015 to 2026: given, cut year by year, moved, carried along when units merged, and
given anew to the communes when the districts ended. One decision was wrong and was corrected; one is still a draft.

Numbers are made up; each year's cut is counted from the province's own figures of that day.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from congvu.demo.people import a_name
from congvu.demo.units import AGENCIES_MERGED, FOUNDED, TWO_TIERS
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture, Span
from congvu.staffing.actions.draft import Heading, draft
from congvu.staffing.actions.issue import issue
from congvu.staffing.actions.record_release import Leaving, approve_batch, record_release
from congvu.staffing.models import QuotaDecision
from congvu.staffing.queries.ledger import balances
from congvu.staffing.rules.fold import Key, apportioned
from congvu.staffing.rules.kinds import (
    BO_SUNG,
    CAP_XA,
    CAT_GIAM,
    CHUYEN_DEN,
    CHUYEN_DI,
    CONG_CHUC,
    GIAO,
    HOI,
    HOP_DONG_111,
    THU_HOI,
    VIEN_CHUC_NSNN,
    VIEN_CHUC_TU_BAO_DAM,
)
from congvu.staffing.rules.lines import Line
from congvu.staffing.rules.streamlining import EARLY, LEAVE, Facts

_SERVICE = "DON_VI_SU_NGHIEP"  # holds employees, no civil servants
_OTHERS = ("CONG_AN", "NGANH_DOC")  # their posts are given by their ministries
_CUTS = (
    (2017, 2022, 2, 2),
    (2022, 2026, 1, 2),
)  # first year, year after the last, % of civil servants, of employees
_LEFT_BEHIND = "H99.D8"  # the decision of July 2025 forgot this district's contracts: they wait for another


def load() -> int:
    """Draft and issue every decision, in the order of time. Returns how many. About 20 statements each."""
    known = picture()
    made = [_give(known)]
    for first, end, civil, employees in _CUTS:
        for year in range(first, end):
            made.append(_cut(known, year, civil, employees))
            made += _happened_in(known, year)
    made += [*_in_2025(known), *_in_2026(known)]
    _release(known)
    return len(made)


def _write(
    number: str, signed: date, effective: date, title: str, lines: Sequence[Line], corrects: int | None = None
) -> QuotaDecision:
    heading = Heading(number, signed, "Ủy ban nhân dân tỉnh Bình Giang", effective, title)
    at = datetime(signed.year, signed.month, signed.day, 15, 30, tzinfo=LEGAL_ZONE)
    drafted = draft(heading, lines, by=SYSTEM, at=at, corrects=corrects)
    return issue([drafted.id], by=SYSTEM, at=at)[0]


def _agencies(known: Picture, on: date) -> list[Span]:
    root = known.by_code("H99")
    assert root is not None  # the province was founded
    return [
        one for one in known.children(root, on) if one.tier == "TINH" and one.kind not in (*_OTHERS, _SERVICE)
    ]


def _of_tier(known: Picture, on: date, tier: str, kinds: Iterable[str]) -> list[Span]:
    found = [one for one in known.spans() if one.tier == tier and one.kind in kinds and one.covers(on)]
    return sorted(found, key=lambda one: one.sort_key)


def _unit(known: Picture, code: str) -> int:
    unit = known.by_code(code)
    assert unit is not None  # named by the demo itself
    return unit


def _give(known: Picture) -> QuotaDecision:
    root = _unit(known, "H99")
    lines = [Line(root, HOI, GIAO, 46, "các hội có tính chất đặc thù của tỉnh")]
    for place, one in enumerate(_agencies(known, FOUNDED)):
        rooms = len(known.children(one.unit_id, FOUNDED))
        lines.append(Line(one.unit_id, CONG_CHUC, GIAO, 16 + 9 * rooms + place % 4))
        lines.append(Line(one.unit_id, HOP_DONG_111, GIAO, 2 + place % 3))
    for place, one in enumerate(_of_tier(known, FOUNDED, "TINH", ("CHI_CUC", "BAN"))):
        if one.parent_id != root:
            lines.append(Line(one.unit_id, CONG_CHUC, GIAO, 14 + 5 * (place % 4)))
    for code, posts in (
        ("H99.04", 2_640),
        ("H99.17", 3_265),
        ("H99.10", 214),
        ("H99.15", 176),
        ("H99.09", 98),
        ("H99.93", 164),
        ("H99.94", 92),
    ):
        lines.append(Line(_unit(known, code), VIEN_CHUC_NSNN, GIAO, posts))
    for code, posts in (("H99.17", 420), ("H99.12", 88), ("H99.91", 36), ("H99.92", 31)):
        lines.append(Line(_unit(known, code), VIEN_CHUC_TU_BAO_DAM, GIAO, posts))
    for place, one in enumerate(_of_tier(known, FOUNDED, "HUYEN", ("HUYEN",))):
        lines.append(Line(one.unit_id, CONG_CHUC, GIAO, 92 + 3 * place))
        lines.append(Line(one.unit_id, VIEN_CHUC_NSNN, GIAO, 2_760 + 90 * place))
        lines.append(Line(one.unit_id, HOP_DONG_111, GIAO, 6))
    for place, one in enumerate(_of_tier(known, FOUNDED, "XA", ("XA", "PHUONG"))):
        lines.append(Line(one.unit_id, CAP_XA, GIAO, 21 + place % 3))
    return _write("38/QĐ-UBND", date(2014, 12, 30), FOUNDED, "Giao biên chế năm 2015", lines)


def _cut(known: Picture, year: int, civil: int, employees: int) -> QuotaDecision:
    """So much per cent of what each unit holds, at least one of ten."""
    day = date(year, 1, 1)
    held = balances([previous_day(day)], known, map_on=day)[0].posts  # of who merges that morning, together
    rates = {CONG_CHUC: civil, VIEN_CHUC_NSNN: employees}
    lines = [
        Line(unit, pool, CAT_GIAM, max(1, posts * rates[pool] // 100), "theo lộ trình tinh giản")
        for (unit, pool), posts in sorted(held.items())
        if pool in rates and posts >= 10
    ]
    return _write(
        f"{2100 + year % 100}/QĐ-UBND", date(year - 1, 12, 15), day, f"Giao biên chế năm {year}", lines
    )


def _held(known: Picture, on: date) -> Mapping[Key, int]:
    return balances([on], known)[0].posts


def _happened_in(known: Picture, year: int) -> list[QuotaDecision]:
    if year == 2019:
        day = date(2019, 7, 1)
        lines = _transfer(known, "H99.06", "H99.02", 3, "bộ phận kiểm soát thủ tục hành chính")
        return [_write("1204/QĐ-UBND", date(2019, 6, 20), day, "Điều chuyển biên chế công chức", lines)]
    if year == 2022:
        day = date(2022, 9, 1)
        teachers = [(one.unit_id, 34) for one in _of_tier(known, day, "HUYEN", ("HUYEN",))]
        lines = [
            Line(unit, VIEN_CHUC_NSNN, BO_SUNG, posts, "giáo viên mầm non, phổ thông")
            for unit, posts in [(_unit(known, "H99.04"), 60), *teachers]
        ]
        return [_write("1655/QĐ-UBND", date(2022, 8, 24), day, "Bổ sung biên chế giáo viên", lines)]
    return []


def _transfer(known: Picture, source: str, target: str, posts: int, note: str) -> list[Line]:
    return [
        Line(_unit(known, source), CONG_CHUC, CHUYEN_DI, posts, note),
        Line(_unit(known, target), CONG_CHUC, CHUYEN_DEN, posts, note),
    ]


def _in_2025(known: Picture) -> list[QuotaDecision]:
    faith = _transfer(known, "H99.08", "H99.22", 9, "chuyển cùng nhiệm vụ quản lý tín ngưỡng, tôn giáo")
    title = "Điều chuyển biên chế về Sở Dân tộc và Tôn giáo"
    return [_write("402/QĐ-UBND", date(2025, 2, 25), AGENCIES_MERGED, title, faith), _two_tiers(known)]


def _two_tiers(known: Picture) -> QuotaDecision:
    """What districts and communes held goes to the new communes: by equal parts, the rest to the first."""
    held = _held(known, TWO_TIERS)  # of the new communes already: their posts came along with the merger
    communes = [one.unit_id for one in _of_tier(known, TWO_TIERS, "XA", ("XA", "PHUONG"))]
    districts = {one.unit_id for one in _of_tier(known, previous_day(TWO_TIERS), "HUYEN", ("HUYEN",))}
    left = _unit(known, _LEFT_BEHIND)
    taken = {
        (unit, pool): posts
        for (unit, pool), posts in held.items()
        if (unit in districts or pool == CAP_XA) and not (unit == left and pool == HOP_DONG_111)
    }
    lines = [Line(unit, pool, THU_HOI, posts) for (unit, pool), posts in sorted(taken.items())]
    equal = [Fraction(1, len(communes))] * len(communes)
    pots = {CONG_CHUC: 0, VIEN_CHUC_NSNN: 0, HOP_DONG_111: 0}
    for (_, pool), posts in taken.items():
        pots[CONG_CHUC if pool == CAP_XA else pool] += posts * 5 // 8 if pool == CAP_XA else posts
    for pool, posts in pots.items():
        parts = zip(communes, apportioned(posts, equal), strict=False)
        lines += [Line(unit, pool, GIAO, part) for unit, part in parts if part]
    title = "Giao biên chế cho các xã, phường khi tổ chức chính quyền địa phương hai cấp"
    return _write("1433/QĐ-UBND", date(2025, 6, 28), TWO_TIERS, title, lines)


def _in_2026(known: Picture) -> list[QuotaDecision]:
    made = [_cut(known, 2026, 1, 2)]
    law, day = _unit(known, "H99.14"), date(2026, 3, 1)
    title = "Điều chỉnh biên chế của Sở Tư pháp"
    wrong = _write("126/QĐ-UBND", date(2026, 2, 10), day, title, [Line(law, CONG_CHUC, CAT_GIAM, 12)])
    right = [Line(law, CONG_CHUC, CAT_GIAM, 2, "đính chính: văn bản ghi 2, sổ ghi 12")]
    made += [wrong, _write("126/QĐ-UBND-ĐC", date(2026, 2, 18), day, title, right, corrects=wrong.id)]
    lines = _transfer(known, "H99.11", "H99.18", 2, "tăng cường thanh tra công vụ")
    heading = Heading("Dự thảo 11", None, "", date(2027, 1, 1), "Điều chuyển biên chế công chức")
    at = datetime(2026, 11, 18, 9, 15, tzinfo=LEGAL_ZONE)
    made.append(draft(heading, lines, by=SYSTEM, at=at))
    return made


def _release(known: Picture) -> None:
    """People who left by streamlining: one batch approved, one still open."""
    chance = random.Random("streamlining")
    for half, codes in ((1, ("H99.08", "H99.11", "H99.04", "H99.31")), (2, ("H99.17", "H99.07"))):
        at = datetime(2026, 6 * half - 2, 14, 9, tzinfo=LEGAL_ZONE)
        leaving = [
            Leaving(
                name=a_name(chance), born=date(1967 + place, 2 + 3 * place, 11), title="Chuyên viên",
                unit_id=_unit(known, code), pool=CONG_CHUC, category=("doi_du_sap_xep", "tu_nguyen")[place % 2],
                article="theo danh sách kèm quyết định", leaves_on=date(2026, 6 * half, 1),
                facts=Facts((EARLY, LEAVE)[place % 2], 11_200_000 + 730_000 * place, 268 + 17 * place, 30 + 4 * place),
            )
            for place, code in enumerate(codes)
        ]  # fmt: skip
        record_release(2026, half, leaving, by=SYSTEM, at=at)
        if half == 1:
            approve_batch(2026, 1, "861/QĐ-UBND", by=SYSTEM, at=datetime(2026, 5, 20, 10, tzinfo=LEGAL_ZONE))
