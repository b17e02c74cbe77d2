"""Công bố bảng số liệu: the numbers as they stand are kept for ever, with what to ask to get them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.foundation.text import composed
from congvu.indicators.access import refuse_unless_may_publish
from congvu.indicators.models import PublishedTable
from congvu.indicators.queries.compose import BULK
from congvu.indicators.queries.published import last_edition
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import statistic_of, told
from congvu.indicators.rules.published import Spec, canonical, digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table to publish. `edition`: the number it will bear, as the publisher saw it; pressed twice it is one edition."""

    statistic: str
    first: date
    last: date
    map_on: date | None
    edition: int
    note: str = ""
    as_of: date | None = None


@transaction.atomic
def publish(wanted: Sequence[Wanted], *, by: Actor, at: datetime) -> list[PublishedTable]:
    """Publish tables, each as the next edition of its own. What is recorded later never changes them, nor what they give
    when made again. 4 statements and 4-6 a table. Refuses who may not, an edition somebody else published meanwhile,
    and a table without a row."""
    today = legal(at).date()
    refuse_unless_may_publish(by, today)
    statement(BULK, "lock_publishing").rows()
    known_at: datetime = statement(BULK, "quiet").rows({"at": at})[0][0]
    made: list[PublishedTable] = []
    fresh: list[PublishedTable] = []
    for one in wanted:
        there = last_edition(one.statistic, one.first, one.last, one.map_on)
        if there is not None and there.edition == one.edition and there.publisher_id == by.account_id:
            made.append(there)  # pressed twice
            continue
        if one.edition != (there.edition if there else 0) + 1:
            raise Refused(
                f"Bảng này vừa có lần công bố thứ {there.edition if there else 0}.",
                where="edition",
                do="Mở lần công bố ấy, rồi công bố lần nữa nếu cần.",
            )
        fresh.append(_made(one, known_at, today, by=by, at=at))
        made.append(fresh[-1])
    PublishedTable.objects.bulk_create(fresh)
    record_many(
        "indicators.publish",
        "published_table",
        [(one.pk, None, _facts(one)) for one in fresh],
        by=by,
        at=at,
    )
    return made


def _made(one: Wanted, known_at: datetime, today: date, *, by: Actor, at: datetime) -> PublishedTable:
    asked = statistic_of(one.statistic)
    question = ask(one.first, one.last, today=today, as_of=one.as_of)
    spec = Spec(one.statistic, one.first, one.last, question.last, one.map_on, known_at)
    lines = told(spec)
    if not lines:
        raise Refused("Bảng không có dòng nào để công bố.", where="ky", do="Chọn kỳ có số liệu.")
    text = canonical(spec, asked.codes, lines)
    return PublishedTable(
        statistic=one.statistic, first=one.first, last=one.last, as_of=question.last, map_on=one.map_on,
        known_at=known_at, edition=one.edition, content=text, sha256=digest(text), note=composed(one.note)[:500],
        published_at=at, published_by=by.name, publisher_id=by.account_id,
    )  # fmt: skip


def _facts(one: PublishedTable) -> dict[str, object]:
    return {
        "statistic": one.statistic,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "map": one.map_on.isoformat() if one.map_on else None,
        "edition": one.edition,
        "sha256": one.sha256,
    }
