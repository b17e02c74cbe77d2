"""Nhập ranh giới xã: outlines out of a GeoJSON file, each kept for the commune of a day as long as its area is that."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.text import fold
from congvu.organisation.access import refuse_unless_may_change
from congvu.organisation.models import Boundary
from congvu.organisation.queries import picture
from congvu.organisation.queries.boundaries import communes, names_of_localities
from congvu.organisation.rules.boundaries import Outline, area_since, read_boundaries
from congvu.organisation.rules.picture import Node


@dataclass(slots=True)
class Drawn:
    """What an import did: outlines read, stored new or anew, already there; features not taken; communes still without."""

    read: int = 0
    stored: int = 0
    unchanged: int = 0
    points: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def import_boundaries(
    name: str, content: bytes, *, on: date, by: Actor, at: datetime, property_name: str = ""
) -> Drawn:
    """Keep the outlines of a file for the communes of the day `on`. The same file again stores nothing. 6 statements.

    A feature is matched by the code of the unit (H99.31), else by the official code of the commune (5 digits) through its
    name. What fits no commune of the day, or two, is told and left out.
    """
    refuse_unless_may_change(by)
    read = read_boundaries(content, property_name)
    known = picture()
    there = communes(known, on)
    done = Drawn(read=len(read.outlines), points=read.points, rejected=list(read.rejected))
    found = _matched(read.outlines, there, on, done)
    kept = {
        (unit, since): rings
        for unit, since, rings in Boundary.objects.filter(unit__in=list(found)).values_list(
            "unit_id", "since", "rings"
        )
    }
    fresh: list[Boundary] = []
    for unit, outline in found.items():
        since = area_since(known, unit, on)
        rings = [[list(point) for point in ring] for ring in outline.rings]
        if since is None or kept.get((unit, since)) == rings:
            done.unchanged += since is not None
            continue
        fresh.append(Boundary(unit_id=unit, since=since, rings=rings, source=name[:200], recorded_at=at))
    Boundary.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["unit", "since"],
        update_fields=["rings", "source", "recorded_at"],
    )
    done.stored = len(fresh)
    done.missing = [node.code for node in there if node.unit_id not in found]
    if fresh:
        after = {"file": name, "stored": done.stored, "on": on.isoformat()}
        record("organisation.import_boundaries", "boundaries", 0, by=by, at=at, why=name[:300], after=after)
    return done


def _matched(outlines: list[Outline], there: tuple[Node, ...], on: date, done: Drawn) -> dict[int, Outline]:
    by_code = {node.code: node.unit_id for node in there}
    names = [(fold(node.name), node.unit_id) for node in there]
    official = names_of_localities([one.code for one in outlines if one.code not in by_code], on)
    matched: dict[int, Outline] = {}
    for one in outlines:
        unit = by_code.get(one.code)
        if unit is None and one.code in official:
            named = fold(official[one.code])
            fits = [unit_id for name, unit_id in names if name == named or name.endswith(f" {named}")]
            if len(fits) > 1:
                done.rejected.append((one.code, f"nhiều xã cùng tên «{official[one.code]}»"))
                continue
            unit = fits[0] if fits else None
        if unit is None:
            done.rejected.append((one.code, f"không có xã mã này vào ngày {on:%d/%m/%Y}"))
        elif unit in matched:
            done.rejected.append((one.code, "xã này đã có ranh giới ở một đối tượng trước"))
        else:
            matched[unit] = one
    return matched
