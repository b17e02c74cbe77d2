"""Giao nhận hồ sơ: the file goes from hand to hand; a record of it that was written wrongly is put right, and both are kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.people.actions.recording import keeping
from congvu.people.models import FileHandover, FilePart
from congvu.people.rules.codes import HANDOVERS


@dataclass(frozen=True, slots=True)
class Hands:
    """What a record of a hand-over says (phiếu giao nhận). `party`: the body on the other side."""

    way: str
    on: date
    party: str
    giver: str
    taker: str
    number: str = ""
    note: str = ""


def _checked(hands: Hands, today: date) -> Hands:
    """The record, cleaned. Refuses no way, a day to come, a side that is not named."""
    if hands.way not in HANDOVERS:
        raise Refused("Chưa chọn giao hay nhận.", where="way", do="Chọn trong danh sách.")
    if hands.on > today:
        raise Refused(f"Ngày {hands.on:%d/%m/%Y} ở tương lai.", where="on", do="Ghi ngày đã giao nhận.")
    clean = replace(
        hands, party=composed(hands.party)[:200], giver=composed(hands.giver)[:120], taker=composed(hands.taker)[:120],
        number=composed(hands.number)[:100], note=composed(hands.note)[:500],
    )  # fmt: skip
    for where in ("party", "giver", "taker"):
        if not getattr(clean, where):
            raise Refused(
                "Phiếu giao nhận thiếu bên giao hoặc bên nhận.", where=where, do="Ghi đủ cả hai bên."
            )
    return clean


@transaction.atomic
def hand_over_file(person_id: int, hands: Hands, *, by: Actor, at: datetime) -> FileHandover:
    """The file is taken in, handed to another body, or given to the archive; papers and sheets are counted now. 6 statements."""
    clean = _checked(hands, at.date())
    keeping(person_id, by, at)
    papers = FilePart.objects.filter(person=person_id, kind="paper", superseded_at=None, destruction=None)
    row = _row(person_id, clean, by, at)
    row.papers, row.sheets = papers.count(), papers.aggregate(all=Sum("sheets"))["all"]
    row.save(force_insert=True)
    record("people.hand_over_file", "person", person_id, by=by, at=at, why=row.number, after=_told(row))
    return row


@transaction.atomic
def correct_handover(
    person_id: int, handover_id: int, hands: Hands | None, *, reason: str, by: Actor, at: datetime
) -> FileHandover:
    """A hand-over as it should have been recorded; None: it never happened. What was counted that day stays. 5 statements.

    Refuses no reason, a record that was put right already, and one that would say the same again.
    """
    why = composed(reason)[:500]
    if not why:
        raise Refused("Chưa ghi lý do sửa.", where="reason", do="Ghi điều sai và căn cứ.")
    clean = _checked(hands, at.date()) if hands is not None else None
    keeping(person_id, by, at)
    old = FileHandover.objects.filter(
        pk=handover_id, person=person_id, struck_out=False, corrected_by=None
    ).first()
    if old is None:
        raise Refused("Lần giao nhận này vừa được sửa, hoặc không có trong hồ sơ.", do="Tải lại trang.")
    before = _hands(old)
    if clean == before:
        raise Refused("Chưa sửa gì so với phiếu đang ghi.", do="Sửa điều sai, hoặc chọn «Hủy lần này».")
    row = _row(person_id, clean or before, by, at)
    row.papers, row.sheets = old.papers, old.sheets
    row.corrects, row.reason, row.struck_out = old, why, clean is None
    row.save(force_insert=True)
    after = {**_told(row), "struck_out": row.struck_out}
    record(
        "people.correct_handover",
        "person",
        person_id,
        by=by,
        at=at,
        why=why[:300],
        before=_told(old),
        after=after,
    )
    return row


def _row(person_id: int, hands: Hands, by: Actor, at: datetime) -> FileHandover:
    return FileHandover(
        person_id=person_id, way=hands.way, on=hands.on, party=hands.party, giver=hands.giver, taker=hands.taker,
        number=hands.number, note=hands.note, recorded_at=at, recorded_by=by.name[:200],
    )  # fmt: skip


def _hands(row: FileHandover) -> Hands:
    return Hands(row.way, row.on, row.party, row.giver, row.taker, row.number, row.note)


def _told(row: FileHandover) -> dict[str, object]:
    return {"way": row.way, "on": row.on.isoformat(), "party": row.party, "papers": row.papers}
