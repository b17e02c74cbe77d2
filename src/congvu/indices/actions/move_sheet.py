"""Nộp, trả lại, gửi kết quả thẩm định, giải trình, trình hội đồng: a sheet goes its road, and back where the road allows."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indices.actions.write_sheet import refuse_unless_writes
from congvu.indices.models import Sheet
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import cells_of, standing
from congvu.indices.rules.rounds import BY_VERB, EXPLAIN, STEP_WORDS, moved
from congvu.indices.rules.sheet import wanted_of

BACK = ("send_back", "reopen")
SHOWN = 4


@transaction.atomic
def move_sheets(sheet_ids: Iterable[int], verb: str, *, by: Actor, at: datetime, why: str = "") -> int:
    """Sheets of one round go on a step (or back, with a reason). 5 statements and 1-2 for each sheet. Those that have gone
    already stay. Refuses a sheet on which something is still wanted, naming the criteria."""
    ids = set(sheet_ids)
    sheets = list(
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round", "round__set")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    if len(sheets) < len(ids):
        raise Refused("Không có phiếu này.", do="Mở lại kỳ chấm.")
    to = BY_VERB[verb].to if verb in BY_VERB else ""
    waiting = [one for one in sheets if one.state != to]
    said = composed(why.replace("\x00", ""))
    if verb in BACK and not said:
        raise Refused("Chưa ghi lý do trả lại.", where="why", do="Ghi điều cần sửa.")
    lines = standing([one.pk for one in waiting])
    rows = criteria_of({one.round.set_id for one in waiting})
    for one in waiting:
        moved(one.state, verb)
        refuse_unless_writes(one, by, at)
        if verb in BACK or one.state == EXPLAIN:
            continue
        nodes = nodes_of(rows.get(one.round.set_id, ()))
        wanted = wanted_of(nodes, cells_of(lines.get(one.pk, {})), one.state, Fraction(one.round.set.step))
        if wanted:
            listed = "; ".join(f"{node.code} {asks}" for node, asks in wanted[:SHOWN])
            raise Refused(
                f"{one.name}: còn {len(wanted)} tiêu chí: {listed}.",
                where=wanted[0][0].code,
                do="Ghi đủ rồi gửi lại.",
            )
    Sheet.objects.filter(pk__in=[one.pk for one in waiting]).update(state=to)
    log = [(one.pk, {"step": STEP_WORDS[one.state]}, {"step": STEP_WORDS[to]}) for one in waiting]
    record_many(f"indices.{verb}", "index_sheet", log, by=by, at=at, why=said)
    return len(waiting)
