"""Self-scores that fill themselves: criteria bound to figures, and those of a one-stop set told of each dossier."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indices.access import may_keep, may_write
from congvu.indices.models import Entry, Sheet
from congvu.indices.queries.fill import texts_of
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import standing
from congvu.indices.rules.rounds import SELF
from congvu.organisation.queries import picture


@transaction.atomic
def fill_sheets(round_id: int, sheet_ids: Iterable[int], *, by: Actor, at: datetime) -> int:
    """Write what the figures say into the self-scores of sheets. What a person wrote stays; what a figure wrote is told anew.
    6 statements and 1-3 for each figure. Returns how many cells changed; again: none."""
    sheets = list(
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round")
        .filter(pk__in=list(sheet_ids), round=round_id, state=SELF, unit__isnull=False)
        .order_by("pk")
    )
    if not sheets:
        return 0
    known, today, one = picture(), at.date(), sheets[0].round
    if not may_keep(by):
        said = next(
            (why for why in (may_write(by, one.unit_id, SELF, today, known) for one in sheets) if why), ""
        )
        if said:
            raise Refused(said, do="Đề nghị đơn vị tự cập nhật số liệu.")
    rows = criteria_of([one.set_id]).get(one.set_id, [])
    ids = {row.code: row.pk for row in rows}
    nodes = nodes_of(rows)
    figures = {node.code: node.figure for node in nodes}
    told = texts_of(nodes, [sheet.unit_id for sheet in sheets if sheet.unit_id], one.first, one.last, today)
    stand = standing([sheet.pk for sheet in sheets])
    new: list[Entry] = []
    log = []
    for sheet in sheets:
        lines = stand.get(sheet.pk, {})
        changed: dict[str, tuple[str, str]] = {}
        for code, text in told.get(sheet.unit_id or 0, {}).items():
            own = lines.get(code, {}).get(SELF)
            if own is not None and (own.text == text or (own.text and not own.figure)):
                continue
            changed[code] = (own.text if own else "", text)
            new.append(
                Entry(
                    sheet=sheet, criterion_id=ids[code], column=SELF, text=text, note=own.note if own else "",
                    figure=figures[code], at=at,
                    by=by.name[:200], account_id=None,
                )
            )  # fmt: skip
        if changed:
            log.append(
                (
                    sheet.pk,
                    {code: a for code, (a, _) in changed.items()},
                    {code: b for code, (_, b) in changed.items()},
                )
            )
    Entry.objects.bulk_create(new, batch_size=5000)
    record_many("indices.fill_sheet", "index_sheet", log, by=by, at=at)
    return len(new)
