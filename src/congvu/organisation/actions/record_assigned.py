"""Ghi chức năng luật giao vào danh mục, từng dòng hoặc từ bảng tính."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import read_xlsx
from congvu.foundation.text import composed, fold
from congvu.organisation.actions.entries import (
    LONGEST_BASIS,
    LONGEST_FIELD,
    LONGEST_TEXT,
    Period,
    begin_keeping,
    dated,
    said,
    write,
)
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import AssignedFunction
from congvu.organisation.rules.kinds import TIERS, TINH, XA

MOST_ROWS = 5_000
COLUMNS = {"field": "Lĩnh vực", "text": "Chức năng, nhiệm vụ", "tier": "Cấp", "legal_basis": "Căn cứ"}
_HEADINGS = {
    "linh vuc": "field", "chuc nang nhiem vu": "text", "chuc nang": "text", "nhiem vu": "text", "cap": "tier",
    "can cu": "legal_basis", "can cu phap ly": "legal_basis",
}  # fmt: skip
_TIERS = {"tinh": TINH, "cap tinh": TINH, "xa": XA, "cap xa": XA}


@dataclass(frozen=True, slots=True)
class NewAssigned:
    """A function the law assigns to units of a tier."""

    tier: str
    field: str
    text: str
    legal_basis: str


@transaction.atomic
def record_assigned(
    wanted: Sequence[NewAssigned], period: Period, *, decision: Decision, by: Actor, at: datetime
) -> list[AssignedFunction]:
    """Put functions into the catalogue. 4 statements, however many. One already there is left as it is: run twice, it
    does nothing."""
    begin_keeping(by)
    common = dated(period, decision, by, at)
    rows: dict[tuple[str, str, str], AssignedFunction] = {}
    for one in wanted:
        if one.tier not in TIERS:
            raise Refused(f"Không có cấp «{one.tier}».", where="tier", do="Chọn trong danh sách.")
        row = AssignedFunction(
            tier=one.tier,
            field=said(one.field, "field", "Lĩnh vực", LONGEST_FIELD),
            text=said(one.text, "text", "Chức năng", LONGEST_TEXT),
            legal_basis=said(one.legal_basis, "legal_basis", "Căn cứ", LONGEST_BASIS),
            **common,
        )
        row.field_folded, row.text_folded = fold(row.field), fold(row.text)
        rows.setdefault((row.tier, row.field_folded, row.text_folded), row)
    there = set(
        AssignedFunction.objects.filter(superseded_at=None).values_list("tier", "field_folded", "text_folded")
    )
    fresh = [row for key, row in rows.items() if key not in there]
    return write(fresh, "organisation.record_assigned", by=by, at=at, why=common["decision_number"])


def read_assigned(content: bytes) -> list[NewAssigned]:
    """The functions of an XLSX sheet. Refuses the whole sheet when one row cannot be taken, naming each such row."""
    rows = read_xlsx("file", content).rows  # the field of the form it came by
    if len(rows) > MOST_ROWS:
        raise Refused(f"Bảng quá {MOST_ROWS} dòng.", where="file", do="Chia thành nhiều tệp.")
    head, columns = _headings(rows)
    wanted: list[NewAssigned] = []
    wrong: list[str] = []
    for line, cells in enumerate(rows[head + 1 :], head + 2):
        said_there = {
            key: composed(str(cells[place] or "")) for key, place in columns.items() if place < len(cells)
        }
        if not any(said_there.values()):
            continue
        tier = _TIERS.get(fold(said_there.get("tier", "")), "")
        gaps = [words for key, words in COLUMNS.items() if not said_there.get(key)]
        if gaps or not tier:
            wrong.append(
                f"dòng {line}: " + (f"thiếu {', '.join(gaps).lower()}" if gaps else "cấp là tỉnh hoặc xã")
            )
        else:
            wanted.append(
                NewAssigned(tier, said_there["field"], said_there["text"], said_there["legal_basis"])
            )
    if wrong or not wanted:
        more = f" và {len(wrong) - 10} dòng khác" if len(wrong) > 10 else ""
        raise Refused(
            f"Không nhận được: {'; '.join(wrong[:10])}{more}." if wrong else "Bảng không có dòng nào.",
            where="file",
            do="Sửa trong tệp rồi nhập lại; chưa dòng nào được ghi.",
        )
    return wanted


def _headings(rows: Sequence[Sequence[Any]]) -> tuple[int, Mapping[str, int]]:
    """The line of the headings and where each column stands."""
    for line, cells in enumerate(rows[:20]):
        found = _columns(cells)
        if len(found) == len(COLUMNS):
            return line, found
    raise Refused(
        f"Không thấy đủ các cột: {', '.join(COLUMNS.values())}.",
        where="file",
        do="Thêm dòng tiêu đề có bốn cột này.",
    )


def _columns(cells: Iterable[Any]) -> dict[str, int]:
    known = ((place, _HEADINGS.get(fold(str(cell or "")))) for place, cell in enumerate(cells))
    return {key: place for place, key in known if key is not None}
