"""Record that a result was wrong or lost, or a citizen's paper lost (ghi sự cố; NĐ 61/2018, Điều 21)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Incident
from congvu.dossiers.rules.incidents import LAW, IncidentKind
from congvu.dossiers.rules.status import Status
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

WITH_RESULT = (Status.FINISHED, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class IncidentIn:
    """What happened, whose fault it is, when it was found."""

    kind: IncidentKind
    content: str
    unit_id: int
    found_on: date


def record_incident(
    ids: Iterable[int],
    told: IncidentIn,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Record the same incident on each dossier it befell. 3 statements, in a transaction. The clock does not stop.

    Refuses: nothing told; a day still to come or before the dossier; a result's incident where there is no result; a
    unit that has no part in the dossier.
    """
    if not told.content.strip():
        raise Refused(
            "Chưa ghi việc đã xảy ra.", where="content", do="Ghi sai, mất, hỏng cái gì.", article=LAW
        )
    if told.found_on > at.date():
        raise Refused("Ngày phát hiện chưa tới.", where="found_on", do="Ghi ngày đã phát hiện.")

    def decide(now: DossierNow, office: Office) -> Change:
        if told.kind.of_result and now.status not in WITH_RESULT:
            raise Refused(
                "Hồ sơ chưa có kết quả.", where="kind", do="Chọn sự cố về giấy tờ, hoặc chờ có kết quả."
            )
        if told.found_on < legal(now.opened_at).date():
            raise Refused("Ngày phát hiện trước ngày nộp hồ sơ.", where="found_on", do="Kiểm tra lại ngày.")
        parties = {now.receiving_unit_id, now.competent_unit_id, *(step.unit_id for step in now.steps)}
        if told.unit_id not in parties:
            raise Refused("Đơn vị này không tham gia giải quyết hồ sơ.", where="unit", do="Chọn đơn vị khác.")
        return Change.of(now, now.status, reason=f"{told.kind.label}: {told.content.strip()}")

    with transaction.atomic():
        outcome = perform("record_incident", ids, decide, by=by, at=at, seen=seen)
        Incident.objects.bulk_create(
            Incident(
                dossier_id=one.dossier_id, kind=told.kind.value, content=told.content.strip(), unit_id=told.unit_id,
                found_on=told.found_on, recorded_at=at, recorded_by=by.account_id,
            )
            for one in outcome.done
        )  # fmt: skip
    return outcome
