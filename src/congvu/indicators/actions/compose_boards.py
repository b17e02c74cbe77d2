"""Lập bảng theo dõi: the figures a person follows, or those a role begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ROLE_WORDS
from congvu.foundation.refusal import Refused
from congvu.indicators.access import refuse_unless_may_enter
from congvu.indicators.models import Board
from congvu.indicators.queries.figures import figures_of, may_ask
from congvu.indicators.rules.lines import SPANS

MOST = 12


@dataclass(frozen=True, slots=True)
class Composed:
    """The codes in their order and the period; `role`: the board a role begins with, else one's own."""

    codes: tuple[str, ...]
    period: str
    role: str = ""


@transaction.atomic
def compose_boards(wanted: Sequence[Composed], *, by: Actor, at: datetime) -> list[Board]:
    """Keep boards; the same again changes nothing. Refuses more than twelve figures, a figure that is gone or not his to ask, and
    a role's board from who does not lead the province. 4-5 statements and 1 a board."""
    if any(one.role for one in wanted):
        refuse_unless_may_enter(by, [None], legal(at).date())
    figures = figures_of([code for one in wanted for code in one.codes])
    made = []
    for one in wanted:
        codes = list(dict.fromkeys(one.codes))
        gone = [code for code in codes if code not in figures or not may_ask(by, figures[code])]
        if gone:
            raise Refused(
                f"Không có số liệu «{gone[0][:60]}», hoặc bạn không xem được.",
                where="codes",
                do="Bỏ số liệu này.",
            )
        if not 1 <= len(codes) <= MOST:
            raise Refused(f"Bảng có từ 1 đến {MOST} số liệu.", where="codes", do="Chọn lại.")
        if one.period not in SPANS or (one.role and one.role not in ROLE_WORDS):
            raise Refused("Không có kỳ hoặc vai trò này.", where="period", do="Chọn trong danh sách.")
        if not one.role and by.account_id is None:
            raise Refused("Bảng riêng là của một tài khoản.", where="role", do="Chọn vai trò.")
        key = (
            {"account_id": None, "role": one.role} if one.role else {"account_id": by.account_id, "role": ""}
        )
        before = Board.objects.select_for_update().filter(**key).first()
        if before is not None and (before.codes, before.period) == (codes, one.period):
            made.append(before)
            continue
        told = _facts(before) if before else None
        row = before or Board(**key)
        row.codes, row.period, row.composed_at, row.composed_by = codes, one.period, at, by.name
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as wrong:
            raise Refused(
                "Bảng này vừa được lập ở nơi khác.", where="codes", do="Mở lại bảng rồi chọn lại."
            ) from wrong
        record_many("indicators.compose", "board", [(row.pk, told, _facts(row))], by=by, at=at)
        made.append(row)
    return made


def _facts(row: Board) -> dict[str, object]:
    return {"role": row.role, "codes": list(row.codes), "period": row.period}
