"""Record a verification on the spot (thẩm tra, xác minh thực tế; NĐ 61/2018, art. 19.3.b)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import step_of
from congvu.dossiers.models import FieldVisit
from congvu.dossiers.rules.handling import VISIT
from congvu.dossiers.rules.status import OPEN
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class VisitIn:
    """What is recorded: the day, the place, who took part, what was found, and the signed report when there is one."""

    visited_on: date
    place: str
    people: str
    findings: str
    file_id: int | None = None
    file_name: str = ""


def record_visit(
    ids: Iterable[int],
    visit: VisitIn,
    *,
    position: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Record one visit on each dossier it was made for. 3 statements, in a transaction. The clock does not stop.

    Refuses: a place, people or findings left out; a day still to come or before the dossier; no open step of the actor.
    """
    for name, words in (
        ("place", "nơi thẩm tra"),
        ("people", "thành phần tham gia"),
        ("findings", "kết quả"),
    ):
        if not getattr(visit, name).strip():
            raise Refused(
                f"Chưa ghi {words}.", where=name, do="Ghi đủ thời gian, nơi, người, nội dung.", article=VISIT
            )
    if visit.visited_on > at.date():
        raise Refused("Ngày thẩm tra chưa tới.", where="visited_on", do="Ghi sau khi đã thẩm tra.")
    units: dict[int, int] = {}

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status not in OPEN:
            raise Refused(
                f"Hồ sơ đang ở trạng thái «{now.status.label}», không ghi thẩm tra được.", where=now.label
            )
        if visit.visited_on < legal(now.opened_at).date():
            raise Refused(
                "Ngày thẩm tra trước ngày nộp hồ sơ.", where="visited_on", do="Kiểm tra lại ngày thẩm tra."
            )
        step = step_of(now, office, position)
        change = Change.of(
            now,
            now.status,
            reason=f"{visit.visited_on:%d/%m/%Y}, {visit.place.strip()}: {visit.findings.strip()}",
        )
        change.step, units[now.id] = step.position, step.unit_id
        return change

    with transaction.atomic():
        outcome = perform("record_visit", ids, decide, by=by, at=at, seen=seen)
        FieldVisit.objects.bulk_create(
            FieldVisit(
                dossier_id=one.dossier_id, unit_id=units[one.dossier_id], visited_on=visit.visited_on,
                place=visit.place.strip()[:500], people=visit.people.strip(), findings=visit.findings.strip(),
                file_id=visit.file_id, file_name=visit.file_name[:255], recorded_at=at, recorded_by=by.account_id,
            )
            for one in outcome.done
        )  # fmt: skip
    return outcome
