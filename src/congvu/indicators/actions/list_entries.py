"""Ghi danh sách: the named records (texts, meetings, awards) behind figures people enter; one that is wrong is taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indicators.access import refuse_unless_may_enter
from congvu.indicators.models import ListEntry


@dataclass(frozen=True, slots=True)
class Named:
    """A record to list: in which list, of which kind, of which unit (None: the province's), on which day, from which paper."""

    list: str
    title: str
    day: date
    paper: str
    kind: str = ""
    unit_id: int | None = None
    note: str = ""


@transaction.atomic
def list_entries(named: Sequence[Named], *, by: Actor, at: datetime) -> list[ListEntry]:
    """List records; one listed before (same list, day, title, unit) is the row that is there. Refuses who may not, and one
    without title or paper. 3 statements."""
    refuse_unless_may_enter(by, {one.unit_id for one in named}, legal(at).date())
    for one in named:
        if not one.title.strip() or not one.paper.strip():
            raise Refused(
                "Mục cần có tên và giấy tờ.", where="title", do="Ghi tên mục và số, ký hiệu giấy tờ."
            )
    asked = {one.list for one in named}
    there = {_key(row): row for row in ListEntry.objects.filter(list__in=asked, superseded_at=None)}
    made = [
        ListEntry(
            list=one.list, kind=one.kind, unit_id=one.unit_id, day=one.day, title=composed(one.title)[:300],
            note=composed(one.note)[:500], paper=composed(one.paper)[:300], recorded_at=at, recorded_by=by.name,
        )
        for one in named
    ]  # fmt: skip
    fresh = [one for one in made if _key(one) not in there]
    ListEntry.objects.bulk_create(fresh)
    record_many(
        "indicators.list",
        "list_entry",
        [(one.pk, None, {"list": one.list, "title": one.title}) for one in fresh],
        by=by,
        at=at,
    )
    return [there.get(_key(one), one) for one in made]


@transaction.atomic
def take_out(ids: Sequence[int], *, why: str, by: Actor, at: datetime) -> int:
    """Take records out of their list; what was told before stays as it was then. Returns how many. 3 statements."""
    rows = list(ListEntry.objects.select_for_update().filter(pk__in=ids, superseded_at=None).order_by("pk"))
    refuse_unless_may_enter(by, {one.unit_id for one in rows}, legal(at).date())
    for row in rows:
        row.superseded_at = at
    ListEntry.objects.bulk_update(rows, ["superseded_at"])
    record_many(
        "indicators.take_out",
        "list_entry",
        [(one.pk, None, None) for one in rows],
        by=by,
        at=at,
        why=composed(why),
    )
    return len(rows)


def _key(one: ListEntry) -> tuple[object, ...]:
    return one.list, one.unit_id, one.day, one.title
