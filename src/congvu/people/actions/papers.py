"""Tài liệu trong hồ sơ: papers come into the file with their scans."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.files.actions import store
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.people.actions.recording import keeping
from congvu.people.models import FilePart
from congvu.people.rules.codes import PAPERS, SENSITIVE_PAPERS

MOST_SHEETS = 5000


@dataclass(frozen=True, slots=True)
class Paper:
    """What the list of a file says of a paper. `dated`: the day it bears."""

    code: str
    title: str
    number: str = ""
    dated: date | None = None
    issuer: str = ""
    sheets: int | None = None
    note: str = ""
    sensitive: bool = False


def checked_paper(paper: Paper, today: date) -> Paper:
    """The paper, cleaned. Refuses an unknown kind, no name, a day to come. A sensitive kind is sensitive whatever is said."""
    if paper.code not in PAPERS:
        raise Refused("Chưa chọn loại tài liệu.", where="code", do="Chọn trong danh sách.")
    title = composed(paper.title)[:300]
    if not title:
        raise Refused(
            "Chưa ghi tên, trích yếu tài liệu.", where="title", do="Ví dụ: Quyết định nâng bậc lương."
        )
    if paper.dated is not None and paper.dated > today:
        raise Refused(f"Ngày {paper.dated:%d/%m/%Y} ở tương lai.", where="dated", do="Kiểm tra lại ngày.")
    if paper.sheets is not None and not 1 <= paper.sheets <= MOST_SHEETS:
        raise Refused(f"Số tờ phải từ 1 đến {MOST_SHEETS}.", where="sheets", do="Đếm lại số tờ.")
    sensitive = paper.sensitive or paper.code in SENSITIVE_PAPERS
    return Paper(
        paper.code, title, composed(paper.number)[:100], paper.dated, composed(paper.issuer)[:200], paper.sheets,
        composed(paper.note)[:500], sensitive,
    )  # fmt: skip


@transaction.atomic
def add_paper(
    person_id: int, paper: Paper, *, scan: "File[bytes] | None" = None, by: Actor, at: datetime
) -> FilePart:
    """A paper comes into the file. 5 statements, 7 with a scan. The log names its number, never what a sensitive one is."""
    clean = checked_paper(paper, at.date())
    keeping(person_id, by, at)
    kept = store(scan, by=by, at=at) if scan is not None else None
    row = paper_row(person_id, clean, by, at)
    if kept is not None:
        row.file, row.file_name = kept, (scan.name if scan is not None and scan.name else "")[-255:]
    row.save(force_insert=True)
    after = {"paper": row.pk, "lines": "paper", "file": kept.sha256 if kept else None}
    if not clean.sensitive:
        after |= {"code": clean.code, "number": clean.number}
    record("people.add_part", "person", person_id, by=by, at=at, after=after)
    return row


def paper_row(person_id: int, paper: Paper, by: Actor, at: datetime) -> FilePart:
    """A paper as its row, without a scan."""
    return FilePart(
        person_id=person_id, kind="paper", code=paper.code, title=paper.title, note=paper.note, first=paper.dated,
        number=paper.number, issuer=paper.issuer, sheets=paper.sheets, sensitive=paper.sensitive, recorded_at=at,
        recorded_by=by.name[:200],
    )  # fmt: skip
