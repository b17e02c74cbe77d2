"""Ghi tiêu chuẩn chức danh: a new standard, or what one asks for from a day on; what held before stays."""

from datetime import date, datetime

from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.actions import put_rule
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.people.rules.codes import POLITICS, QUALIFICATIONS, RANKS
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.queries.standards import PREFIX
from congvu.staffing.rules.standards import Standard, wanted_of


def keep_standard(
    standard: Standard, *, valid_from: date, citation: str, evidence: str, by: Actor, at: datetime
) -> LawRule:
    """Write a standard from a day on: a new one when its key is "", made of its name. 4 statements, one more for a new
    one. Refuses one that asks for nothing, unknown codes, a day not after that of the row in force, a new one whose
    name is nothing but signs or reads like that of a standard there already is."""
    refuse_unless_may_write(by)
    name = composed(standard.name)[:200]
    if not name:
        raise Refused("Chưa ghi chức danh.", where="name", do="Ví dụ: Trưởng phòng.")
    known = (
        (standard.qualification, QUALIFICATIONS), (standard.politics, POLITICS), (standard.state_management, RANKS),
        (standard.rank, RANKS),
    )  # fmt: skip
    if any(code and code not in codes for code, codes in known) or standard.years_in_rank < 0:
        raise Refused("Mức yêu cầu không có trong danh mục.", do="Chọn trong danh sách.")
    if standard.years_in_rank and not standard.rank:
        raise Refused("Số năm giữ ngạch cần có ngạch.", where="rank", do="Chọn ngạch.")
    if not wanted_of(standard):
        raise Refused("Tiêu chuẩn chưa yêu cầu gì.", where="qualification", do="Ghi ít nhất một yêu cầu.")
    value = {
        "titles": list(standard.titles) or [name], "kinds": list(standard.kinds), "qualification": standard.qualification,
        "politics": standard.politics, "state_management": standard.state_management, "rank": standard.rank,
        "years_in_rank": standard.years_in_rank, "planning": standard.planning,
    }  # fmt: skip
    key = standard.key or _new_key(name)
    return put_rule(
        f"{PREFIX}{key}",
        name,
        value,
        valid_from=valid_from,
        citation=citation,
        evidence=evidence,
        by=by,
        at=at,
    )


def _new_key(name: str) -> str:
    key = "_".join(fold(name).split())[:60]
    if not key:
        raise Refused("Tên chức danh không có chữ nào.", where="name", do="Ví dụ: Trưởng phòng.")
    if there := LawRule.objects.filter(code=f"{PREFIX}{key}").order_by("-valid_from").first():
        raise Refused(
            f"Đã có tiêu chuẩn «{there.name}», tên đọc giống nhau.",
            where="name",
            do="Mở tiêu chuẩn ấy để ghi mức mới, hoặc ghi tên khác.",
        )
    return key
