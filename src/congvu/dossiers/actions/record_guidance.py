"""Record what was explained to the applicant (hướng dẫn; NĐ 61/2018, art. 15.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Guidance
from congvu.dossiers.rules.handling import TOLD, GuidanceWay
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def record_guidance(
    ids: Iterable[int],
    content: str,
    told_to: str,
    *,
    way: GuidanceWay = GuidanceWay.COUNTER,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Record what `told_to` was told, by which way. 3 statements, in a transaction. Nothing else of the dossier moves."""
    if not content.strip():
        raise Refused(
            "Chưa ghi nội dung hướng dẫn.", where="content", do="Ghi điều đã hướng dẫn.", article=TOLD
        )
    if not told_to.strip():
        raise Refused(
            "Chưa ghi người được hướng dẫn.", where="told_to", do="Ghi họ tên người đã hỏi.", article=TOLD
        )

    def decide(now: DossierNow, office: Office) -> Change:
        return Change.of(now, now.status, reason=f"{told_to.strip()}, {way.label.lower()}: {content.strip()}")

    with transaction.atomic():
        outcome = perform("record_guidance", ids, decide, by=by, at=at, seen=seen)
        Guidance.objects.bulk_create(
            Guidance(
                dossier_id=one.dossier_id, unit_id=by.office_id, told_to=told_to.strip()[:300], way=way.value,
                content=content.strip(), given_at=at, given_by=by.account_id,
            )
            for one in outcome.done
        )  # fmt: skip
    return outcome
