"""Histories written straight into the tables: what the verbs would have left, without their clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from congvu.dossiers.models import Dossier, DossierEvent, DossierReach
from congvu.dossiers.tests.make import a_version
from congvu.foundation.clock import LEGAL_ZONE
from congvu.organisation.models import Unit
from congvu.organisation.tests.make import a_unit
from congvu.procedures.models import Field, ProcedureVersion


@dataclass(frozen=True)
class Happened:
    """An event: the state it left. `recorded` None: at once."""

    at: datetime
    status: int
    due_on: date | None = None
    ended_on: date | None = None
    recorded: datetime | None = None


@dataclass(frozen=True)
class History:
    """A dossier's life. `received_on` None: refused or waiting at the door."""

    channel: int
    received_on: date | None
    events: tuple[Happened, ...]
    field: int = 0
    unit: int = 0


class Ground:
    """Two tiers, four units, three fields, one procedure: enough for rows to differ."""

    def __init__(self, code: str = "H99") -> None:
        self.province = a_unit(code, "UBND tỉnh Bình Giang", kind="UBND")
        self.units: list[Unit] = [
            a_unit(f"{code}.08", "Sở Nội vụ", self.province),
            a_unit(f"{code}.09", "Sở Y tế", self.province),
            a_unit(f"{code}.31", "UBND xã Hòa Bình", self.province, kind="UBND", tier="XA"),
        ]
        self.tiers = ["TINH", "TINH", "XA"]
        self.fields = [
            Field.objects.create(code=f"LV{i}", name=name, name_folded=folded)
            for i, (name, folded) in enumerate(
                [("Đất đai", "dat dai"), ("Hộ tịch", "ho tich"), ("Y tế", "y te")]
            )
        ]
        self.version: ProcedureVersion = a_version("1.000009")

    def write(self, histories: Sequence[History]) -> list[int]:
        """The dossiers and their events. Ids in the order given."""
        made = Dossier.objects.bulk_create(self._dossier(one) for one in histories)
        DossierReach.objects.bulk_create(
            DossierReach(unit_id=d.competent_unit_id, opened_at=d.opened_at, dossier=d) for d in made
        )
        DossierEvent.objects.bulk_create(
            DossierEvent(
                dossier=dossier, at=e.at, recorded_at=e.recorded or e.at, verb="test", status_to=e.status,
                due_on=e.due_on, ended_on=e.ended_on,
            )
            for dossier, history in zip(made, histories, strict=True)
            for e in history.events
        )  # fmt: skip
        return [dossier.pk for dossier in made]

    def _dossier(self, one: History) -> Dossier:
        last, opened = one.events[-1], one.events[0].at
        unit = self.units[one.unit]
        key = uuid4()
        received = (
            datetime(*one.received_on.timetuple()[:3], 8, tzinfo=LEGAL_ZONE) if one.received_on else None
        )
        return Dossier(
            intake_key=key, code=f"T-{key}" if received else None, procedure=self.version.procedure,
            procedure_version=self.version, field=self.fields[one.field], tier=self.tiers[one.unit],
            receiving_unit=unit, competent_unit=unit, channel=one.channel, summary="Việc thử", owner_name="Người thử",
            opened_at=opened, received_at=received, received_on=one.received_on, due_first=one.events[0].due_on,
            due_on=last.due_on, ended_on=last.ended_on, ended_at=last.at if last.ended_on else None,
            status=last.status, last_event_at=last.at, money=2 if any(e.status == 6 for e in one.events) else 0,
        )  # fmt: skip


def moment(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LEGAL_ZONE)
