"""Settle an incident: how it was made good, what it cost the agency, the apology (giải quyết sự cố)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.end_opinion import is_of
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Incident
from congvu.dossiers.rules.incidents import LAW, IncidentKind, missing
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Settlement:
    """`cost` in đồng, borne by the unit at fault; the number and day of the letter of apology."""

    remedy: str
    cost: int
    apology: str = ""
    apology_on: date | None = None


def settle_incident(incident_id: int, how: Settlement, *, by: Actor, at: datetime) -> Outcome:
    """Settle one incident. 5 statements, in a transaction.

    For the unit at fault, or a leader over it. Refuses: settled already, no remedy told, a lost paper without a letter
    of apology, a letter with a number and no day.
    """
    dossier = Incident.objects.filter(pk=incident_id).values_list("dossier_id", flat=True).first()
    if dossier is None:
        raise Refused("Không tìm thấy sự cố này.", do="Mở lại từ danh sách sự cố.")
    rows: Beside[Incident | None] = Beside([dossier], lambda _: {dossier: _read(incident_id)}, None)

    def decide(now: DossierNow, office: Office) -> Change:
        one = rows.of(now)
        if one is None or one.settled_at is not None:
            raise Refused("Sự cố này đã được giải quyết.", where=now.label, do="Mở lại hồ sơ để xem.")
        if not is_of(one.unit_id, office.by, office.sight):
            raise Refused("Sự cố do đơn vị để xảy ra giải quyết.", where=now.label, article=LAW)
        gap = missing(
            IncidentKind(one.kind), one.found_on, how.remedy, how.apology, how.apology_on, office.at.date()
        )
        if gap is not None:
            raise Refused(gap[1], where=gap[0], do="Ghi đủ rồi gửi lại.", article=LAW)
        return Change.of(now, now.status, reason=how.remedy.strip())

    with transaction.atomic():
        outcome = perform("settle_incident", [dossier], decide, by=by, at=at)
        if outcome.done:
            Incident.objects.filter(pk=incident_id).update(
                remedy=how.remedy.strip(), cost=how.cost, apology=how.apology.strip(), apology_on=how.apology_on,
                settled_at=at, settled_by=by.account_id,
            )  # fmt: skip
    return outcome


def _read(incident_id: int) -> Incident:
    return Incident.objects.get(pk=incident_id)
