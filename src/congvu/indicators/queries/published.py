"""Published tables: the list, one of them, and the same made again from the records as then known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.models import PublishedTable
from congvu.indicators.queries.statistics import STATISTICS, told
from congvu.indicators.rules.published import (
    Difference,
    Spec,
    canonical,
    differences,
    digest,
    lines_of,
)


@dataclass(frozen=True, slots=True)
class Again:
    """A table made again: its digest beside the one published, and every cell that differs (none, as long as the records
    are what they were). `altered`: the kept text itself is not what its digest says."""

    sha256: str
    equal: bool
    altered: bool
    differences: tuple[Difference, ...]


def readable(actor: Actor) -> tuple[str, ...]:
    """The statistics whose tables an actor may read."""
    return tuple(one.code for one in STATISTICS.values() if actor.system or actor.has(*one.readers))


def published_tables(
    statistics: Iterable[str], *, before: int | None = None, limit: int = 30
) -> list[PublishedTable]:
    """A page, newest first, one more than `limit` when more follow; without their rows. 1 statement."""
    found = PublishedTable.objects.filter(statistic__in=list(statistics)).defer("content")
    if before is not None:
        found = found.filter(id__lt=before)  # never changed: published in the order of their ids
    return list(found.order_by("-id")[: limit + 1])


def published_table(actor: Actor, table_id: int) -> PublishedTable:
    """One table, if the actor may read its statistic. 1 statement. Missing and forbidden answer alike."""
    found = PublishedTable.objects.filter(pk=table_id, statistic__in=readable(actor)).first()
    if found is None:
        raise Refused("Không có bảng công bố này trong phạm vi của bạn.", do="Mở danh sách bảng đã công bố.")
    return found


def last_edition(statistic: str, first: date, last: date, map_on: date | None) -> PublishedTable | None:
    """The newest edition of a table. 1 statement."""
    return (
        PublishedTable.objects.filter(statistic=statistic, first=first, last=last, map_on=map_on)
        .order_by("-edition")
        .first()
    )


def editions(table: PublishedTable) -> list[PublishedTable]:
    """All editions of the same table, newest first, at most fifty. 1 statement."""
    same = PublishedTable.objects.filter(
        statistic=table.statistic, first=table.first, last=table.last, map_on=table.map_on
    )
    return list(same.defer("content").order_by("-edition")[:50])


def spec_of(table: PublishedTable) -> Spec:
    return Spec(table.statistic, table.first, table.last, table.as_of, table.map_on, table.known_at)


def made_again(table: PublishedTable) -> Again:
    """The same question asked again, as known then, on the same map. 3-4 statements."""
    spec = spec_of(table)
    columns, published = lines_of(table.content)
    lines = told(spec)
    text = canonical(spec, STATISTICS[table.statistic].codes, lines)
    found = tuple(differences(columns, published, lines))
    sha = digest(text)
    return Again(sha, sha == table.sha256, digest(table.content) != table.sha256, found)
