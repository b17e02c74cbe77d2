"""Ghi chương trình cải cách hành chính của trung ương hoặc của tỉnh."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.tasks.access import refuse_unless_keeps
from congvu.tasks.actions.rewriting import add_once
from congvu.tasks.actions.saying import said
from congvu.tasks.models import Programme
from congvu.tasks.rules.kinds import LEVELS, PROVINCIAL
from congvu.tasks.rules.spans import Years, overlaps, refuse_years


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme as typed. `contents_on` None: the list of content areas in force when its first year begins."""

    code: str
    name: str
    level: str
    number: str
    first_year: int
    last_year: int
    signed_on: date | None = None
    issuer: str = ""
    contents_on: date | None = None
    parent_id: int | None = None
    evidence: str = ""
    note: str = ""


@transaction.atomic
def record_programme(
    wanted: Sequence[NewProgramme], *, by: Actor, at: datetime
) -> tuple[list[Programme], list[str]]:
    """Programmes on record, and what is odd about their years: two of one level may share years, and that is said.
    6 statements, however many. Refuses a code used, years in the wrong order, a provincial one under no standing parent."""
    refuse_unless_keeps(by)
    taken = {one.code: one for one in Programme.objects.select_for_update()}
    known = [Years(one.name, one.level, one.first_year, one.last_year) for one in taken.values()]
    ids = {one.pk for one in taken.values()}
    rows, told = [], []
    for one in wanted:
        code = said(one.code, "code", "Mã", 40)
        if code in taken:
            raise Refused(f"Đã có chương trình mã {code}.", where="code", do="Dùng mã khác.")
        if one.level not in LEVELS:
            raise Refused("Chưa chọn cấp ban hành.", where="level", do="Chọn trung ương hoặc cấp tỉnh.")
        if one.parent_id is not None and (one.level != PROVINCIAL or one.parent_id not in ids):
            raise Refused(
                "Chỉ chương trình của tỉnh mới thuộc một chương trình khác.", where="parent", do="Bỏ chọn."
            )
        refuse_years("", one.first_year, one.last_year)
        years = Years(one.name, one.level, one.first_year, one.last_year)
        told += overlaps(years, known)
        known.append(years)
        rows.append(
            Programme(
                **{
                    **asdict(one),
                    "code": code,
                    "name": said(one.name, "name", "Tên", 300),
                    "number": said(one.number, "number", "Số, ký hiệu", 100),
                    "contents_on": one.contents_on or date(one.first_year, 12, 31),
                },
                recorded_at=at,
                recorded_by=by.name[:200],
            )
        )
    add_once(
        Programme,
        rows,
        Refused("Mã này vừa có người ghi.", where="code", do="Mở lại danh sách chương trình."),
    )
    record_many(
        "tasks.record_programme",
        "programme",
        [(row.pk, None, {"code": row.code, "years": f"{row.first_year}-{row.last_year}"}) for row in rows],
        by=by,
        at=at,
    )
    return rows, told
