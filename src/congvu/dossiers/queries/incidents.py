"""Incidents: those a reader may see, newest first, and one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import both, filled
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.incidents import IncidentKind


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with what lists show of its dossier. `cost` in đồng, None until settled."""

    id: int
    dossier_id: int
    code: str | None
    summary: str
    owner_name: str
    slug: str
    content: str
    unit_id: int
    found_on: date
    recorded_at: datetime
    recorded_by: str
    remedy: str
    cost: int | None
    apology: str
    apology_on: date | None
    settled_at: datetime | None
    settled_by: str

    @property
    def kind(self) -> IncidentKind:
        return IncidentKind(self.slug)


def incidents(sight: Visible, *, still_open: bool, before: int | None, limit: int) -> list[IncidentRow]:
    """A page of incidents, newest first, from below the number `before` on. 1 statement."""
    which = both("i.settled_at IS NULL" if still_open else "", "i.id < %(before)s::bigint" if before else "")
    return _read(which, {"before": before, "limit": limit}, sight)


def incident(sight: Visible, incident_id: int) -> IncidentRow:
    """One incident, if its dossier is visible; missing and forbidden answer alike. 1 statement."""
    found = _read("i.id = %(id)s::bigint", {"id": incident_id, "limit": 1}, sight)
    if not found:
        raise NotVisible(
            "Không tìm thấy sự cố này trong phạm vi của bạn.",
            where=str(incident_id),
            do="Mở lại từ danh sách sự cố.",
        )
    return found[0]


def _read(which: str, params: dict[str, Any], sight: Visible) -> list[IncidentRow]:
    found = filled("incidents", which=which, visible=sight.sql("d"))
    return [IncidentRow(*row) for row in found.rows(params | sight.params)]
