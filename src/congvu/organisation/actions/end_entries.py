"""Kết thúc mục trong sổ bằng quyết định; rút mục đã ghi sai. What was believed before stays readable."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import (
    REGISTERS,
    again,
    begin_keeping,
    facts,
    kind_of,
    said,
    supersede,
)
from congvu.organisation.actions.recording import Decision, decision_number
from congvu.organisation.models import Dated


@transaction.atomic
def end_entries(
    register: str, ids: Collection[int], *, on: date, decision: Decision, why: str, by: Actor, at: datetime
) -> list[Dated]:
    """Entries of a register end on a day (no longer valid from it on), by a decision. 5 statements, however many."""
    begin_keeping(by)
    number, reason = decision_number(decision), said(why, "why", "Lý do", 200)
    rows = _believed(register, ids)
    for row in rows:
        if on <= row.valid_from or (row.valid_to is not None and on >= row.valid_to):
            raise Refused(
                f"Mục có hiệu lực từ {row.valid_from:%d/%m/%Y}; ngày kết thúc phải ở trong thời gian hiệu lực.",
                where="on",
                do="Chọn ngày khác; mục ghi sai thì rút.",
            )
    supersede(rows, at)
    ending = f"{number}: {reason}"[:300]
    model = REGISTERS[register]
    written = model._default_manager.bulk_create(
        again(row, by, at, valid_to=on, ending=ending) for row in rows
    )
    told = [(new.pk, facts(old), facts(new)) for old, new in zip(rows, written, strict=True)]
    record_many("organisation.end_entries", kind_of(model), told, by=by, at=at, why=ending)
    return written


@transaction.atomic
def withdraw_entries(register: str, ids: Collection[int], *, why: str, by: Actor, at: datetime) -> int:
    """Entries recorded wrongly are believed no longer. 4 statements. Returns how many."""
    begin_keeping(by)
    reason, rows = said(why, "why", "Lý do", 200), _believed(register, ids)
    supersede(rows, at)
    told = [(row.pk, facts(row), None) for row in rows]
    record_many("organisation.withdraw_entries", kind_of(REGISTERS[register]), told, by=by, at=at, why=reason)
    return len(rows)


def _believed(register: str, ids: Collection[int]) -> list[Dated]:
    if register not in REGISTERS:
        raise Refused("Không có sổ này.", do="Mở lại từ trang Tổ chức.")
    rows = list(
        REGISTERS[register]._default_manager.filter(pk__in=set(ids), superseded_at=None).order_by("pk")
    )
    if len(rows) != len(set(ids)):
        raise Refused("Mục này đã được thay.", do="Tải lại trang để thấy mục đang dùng.")
    return rows
