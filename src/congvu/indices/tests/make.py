"""Sets and rounds for tests, made through the actions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.indices.actions.draft_set import Heading, approve_set, draft_set
from congvu.indices.actions.open_round import Opening, open_round
from congvu.indices.models import IndexSet, Round
from congvu.indices.rules.sets import read_table

AT = datetime(2026, 11, 20, 14, 32, tzinfo=LEGAL_ZONE)
SMALL = """
1; Chỉ đạo; 4
1.1; Kế hoạch; 1; có/không
1.2; Nhiệm vụ đúng hạn; 3; tỷ lệ từ 80
2; Tác động; 6
2.1; Sáng kiến; 2; chấm
2.2; Hài lòng; 4; khảo sát người dân
"""


def heading(edition: str = "2026", **changed: Any) -> Heading:
    facts: dict[str, Any] = {
        "code": "thu", "edition": edition, "name": f"Bộ thử {edition}", "audience": "SO", "measure": "percent",
        "whole": Decimal(10), "step": Decimal("0.25"), "policy": "exclude", "bands": "90: xuất sắc; 50: khá; 0: yếu",
        "citation": "Quyết định thử", "evidence": "MEM", **changed,
    }  # fmt: skip
    return Heading(**facts)


def a_set(edition: str = "2026", table: str = SMALL, **changed: Any) -> IndexSet:
    made = draft_set(heading(edition, **changed), read_table(table).nodes, by=SYSTEM, at=AT)
    return approve_set(made.pk, "01/QĐ-UBND", date(2026, 1, 5), by=SYSTEM, at=AT)


def a_round(of: IndexSet, units: list[Any], year: int = 2026, **more: Any) -> Round:
    ids = [getattr(one, "pk", one) for one in units]
    opening = Opening(of.pk, f"Chỉ số thử {year}", date(year, 1, 1), date(year, 12, 31), ids, **more)
    return open_round(opening, by=SYSTEM, at=AT)
