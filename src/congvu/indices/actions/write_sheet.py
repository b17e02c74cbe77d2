"""Writing in a sheet: the column of the step it is at, by whoever that step belongs to, before its deadline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.core.files.base import File
from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.files.actions import store
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indices.access import may_write
from congvu.indices.models import Entry, IndexSet, Proof, Sheet
from congvu.indices.queries.rounds import deadlines_of
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import cells_of, standing, wrote_for_unit
from congvu.indices.rules.rounds import EXPLAIN, OF_UNIT, SELF, STEP_WORDS, column_of, locked
from congvu.indices.rules.scoring import Survey
from congvu.indices.rules.sets import SUM
from congvu.indices.rules.sheet import column_score
from congvu.indices.rules.tree import leaves
from congvu.organisation.queries import picture

REASON_SHOWN = 3
LONGEST = 300
OWN_SHEET = "Người đã tự chấm phiếu này không thẩm định nó."


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a criterion: the cell and a note (the explanation, at that step)."""

    text: str
    note: str = ""


class BadCells(Refused):
    """Cells that cannot stand, each with why; nothing is written, what was typed is shown again."""

    status = 422

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        first = "; ".join(f"{code}: {why}" for code, why in [*problems.items()][:REASON_SHOWN])
        super().__init__(
            f"{len(problems)} ô chưa ghi được. {first}",
            where=next(iter(problems)),
            do="Sửa các ô được đánh dấu rồi lưu lại.",
        )


@transaction.atomic
def write_sheet(sheet_id: int, typed: Mapping[str, Typed], *, by: Actor, at: datetime, seen: str = "") -> int:
    """Write cells of the column the sheet is at; `seen`: the step it was at when it was shown. 6-7 statements for any number
    of cells. Refuses another's step, a locked one, one that has gone on since, an appraiser who wrote the self-score, and
    every cell that cannot stand. Returns how many changed."""
    sheet = held_sheet(sheet_id)
    if seen and seen != sheet.state:
        raise Refused(
            f"Phiếu đã sang bước «{STEP_WORDS[sheet.state]}», chưa ghi gì.", do="Tải lại phiếu rồi ghi tiếp."
        )
    refuse_unless_writes(sheet, by, at)
    rows = criteria_of([sheet.round.set_id]).get(sheet.round.set_id, [])
    last = {one.code: one for one in leaves(nodes_of(rows))}
    ids = {row.code: row.pk for row in rows}
    lines = standing([sheet.pk]).get(sheet.pk, {})
    cells, column = cells_of(lines), column_of(sheet.state)
    step, problems = Fraction(sheet.round.set.step), {}
    new: dict[str, Entry] = {}
    before: dict[str, str] = {}
    for code, one in typed.items():
        node, own = last.get(code), lines.get(code, {}).get(column)
        text, note = ("" if column == EXPLAIN else composed(_plain(one.text))), _plain(one.note).strip()
        if (own.text if own else "", own.note if own else "") == (text, note):
            continue
        if node is None:
            problems[code] = "Không có tiêu chí này."
            continue
        if column == SELF and isinstance(node.rule, Survey) and text:
            problems[code] = "Phần khảo sát do cơ quan thẩm định ghi."
            continue
        if len(text) > LONGEST:
            problems[code] = f"Ô dài quá {LONGEST} ký tự."
            continue
        try:
            column_score(node, {**cells.get(code, {}), column: text}, column, step)
        except Refused as wrong:
            problems[code] = wrong.told()
            continue
        before[code] = _said(own.text, own.note) if own else ""
        new[code] = Entry(
            sheet=sheet, criterion_id=ids[code], column=column, text=text, note=note, at=at, by=by.name[:200],
            figure=own.figure if own and own.text == text else "", account_id=by.account_id,
        )  # fmt: skip
    if problems:
        raise BadCells(problems)
    Entry.objects.bulk_create(new.values())
    if new:
        after = {code: _said(one.text, one.note) for code, one in new.items()}
        record("indices.write_sheet", "index_sheet", sheet.pk, by=by, at=at, before=before, after=after)
    return len(new)


@transaction.atomic
def add_proof(sheet_id: int, code: str, upload: "File[bytes]", *, by: Actor, at: datetime) -> Proof:
    """A file that proves a criterion. 8 statements. Refuses as writing does, and what the store of files refuses."""
    sheet = held_sheet(sheet_id)
    _refuse_proof(sheet, by, at)
    criterion = sheet.round.set.criteria.filter(code=code).first()
    if criterion is None:
        raise Refused(f"Không có tiêu chí {code[:20]}.", do="Chọn tiêu chí trên phiếu.")
    kept = store(upload, by=by, at=at)
    made = Proof.objects.create(
        sheet=sheet,
        criterion=criterion,
        file=kept,
        name=(upload.name or "tep")[-200:],
        added_at=at,
        added_by=by.name[:200],
    )
    record("indices.add_proof", "index_sheet", sheet.pk, by=by, at=at, after={code: made.name})
    return made


@transaction.atomic
def remove_proof(sheet_id: int, proof_id: int, *, by: Actor, at: datetime) -> None:
    """Take a file away from a criterion; its line stays in the sheet's history. 4 statements."""
    sheet = held_sheet(sheet_id)
    _refuse_proof(sheet, by, at)
    held = Proof.objects.filter(pk=proof_id, sheet=sheet, removed_at=None).select_related("criterion").first()
    if held is None:
        return
    held.removed_at = at
    held.save(update_fields=["removed_at"])
    record(
        "indices.remove_proof", "index_sheet", sheet.pk, by=by, at=at, before={held.criterion.code: held.name}
    )


def held_sheet(sheet_id: int) -> Sheet:
    """The sheet, locked, with its round and set. 1 statement."""
    held = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round", "round__set")
        .filter(pk=sheet_id)
        .first()
    )
    if held is None:
        raise Refused("Không có phiếu này.", do="Mở lại kỳ chấm.")
    return held


def whole_sheet(of: IndexSet) -> str:
    """Why nobody writes in the sheets of a set: its numbers are others'; "" of a set that is scored here."""
    return "Số do nơi khác công bố, không ghi trên phiếu." if of.measure == SUM else ""


def refuse_unless_writes(sheet: Sheet, by: Actor, at: datetime) -> None:
    """Refuses whoever a step does not belong to, a locked step, and who appraises what they scored themselves. 1-2 statements."""
    today = at.date()
    said = (
        whole_sheet(sheet.round.set)
        or locked(deadlines_of(sheet.round), sheet.state, today)
        or may_write(by, sheet.unit_id, sheet.state, today, picture())
    )
    if said:
        raise Refused(said, do="Cần thêm thời gian thì đề nghị cơ quan nội vụ đổi hạn, hoặc trả lại phiếu.")
    if sheet.state not in OF_UNIT and wrote_for_unit(sheet.pk, by.account_id):
        raise Refused(OWN_SHEET, do="Đề nghị người khác của cơ quan thẩm định.")


def _refuse_proof(sheet: Sheet, by: Actor, at: datetime) -> None:
    if sheet.state not in OF_UNIT:
        raise Refused(
            "Chỉ đính kèm, bỏ tài liệu khi tự chấm hoặc giải trình.",
            do="Đề nghị trả lại phiếu nếu cần bổ sung.",
        )
    refuse_unless_writes(sheet, by, at)


def _plain(text: str) -> str:
    """Without the character that no text of the database may hold."""
    return text.replace("\x00", "")


def _said(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text
