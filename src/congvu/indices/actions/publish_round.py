"""Công bố kết quả: every sheet through the council, the results kept as they stand; a trigger holds them from then on."""

from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indices.access import may_publish
from congvu.indices.models import Round, Sheet
from congvu.indices.queries.results import digest, document, table_of
from congvu.indices.rules.rounds import COUNCIL, PUBLISHED, STEP_WORDS
from congvu.organisation.queries import picture

SHOWN = 4


@transaction.atomic
def publish_round(round_id: int, number: str, *, by: Actor, at: datetime) -> Round:
    """Results published by a decision. 8 statements. Again: what is published stays. Refuses a sheet that has not been through
    the council, and a criterion without points."""
    if not may_publish(by, at.date(), picture()):
        raise Refused("Chỉ lãnh đạo, người kiểm soát của tỉnh công bố kết quả.", do="Trình lãnh đạo tỉnh.")
    held = Round.objects.select_for_update(of=("self",)).select_related("set").filter(pk=round_id).first()
    if held is None:
        raise Refused("Không có kỳ chấm này.", do="Mở lại danh sách.")
    if held.published_at is not None:
        return held
    said = composed(number.replace("\x00", ""))[:100]
    if not said:
        raise Refused("Thiếu số quyết định công bố.", where="number", do="Ghi số, ký hiệu quyết định.")
    sheets = list(Sheet.objects.select_for_update().filter(round=held).order_by("pk"))
    behind = [one for one in sheets if one.state != COUNCIL]
    if behind or not sheets:
        listed = "; ".join(f"{one.name}: {STEP_WORDS[one.state]}" for one in behind[:SHOWN])
        raise Refused(
            f"Còn {len(behind)} phiếu chưa qua hội đồng. {listed}".strip(),
            where="number",
            do="Chờ đủ rồi công bố.",
        )
    table = table_of(held, sheets)
    for row in table.rows:
        if row.result.missing:
            code, asks = row.result.missing[0]
            raise Refused(
                f"{row.sheet.name}, {code}: {asks}.", where="number", do="Hội đồng trả phiếu lại để ghi đủ."
            )
    Sheet.objects.filter(round=held).update(state=PUBLISHED)
    held.content = document(table, held)
    held.sha256 = digest(held.content)
    held.decision_number, held.published_at, held.published_by = said, at, by.name[:200]
    held.save()
    record(
        "indices.publish",
        "index_round",
        held.pk,
        by=by,
        at=at,
        after={"decision_number": said, "sha256": held.sha256},
    )
    return held
