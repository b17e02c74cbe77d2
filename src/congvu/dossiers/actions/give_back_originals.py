"""Give back the originals that were taken in (trả bản chính), or write down why they are kept (NĐ 61/2018, Điều 20.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.keep_papers import HOLD
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Dossier, HeldOriginal, Tie
from congvu.dossiers.queries.papers import how_many_held
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused


def give_back_originals(
    ids: Iterable[int],
    returned_to: str = "",
    *,
    kept_why: str = "",
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Give all originals of the dossiers to `returned_to`, or note why they stay (`kept_why`). 4-5 statements.

    Refuses: neither or both said; no original held; someone who is neither the counter nor a leader.
    """
    if bool(returned_to.strip()) == bool(kept_why.strip()):
        raise Refused(
            "Ghi người nhận bản chính, hoặc lý do còn giữ; chỉ một trong hai.", where="returned_to",
            do="Trả thì ghi người nhận; còn giữ thì ghi lý do.", article=HOLD,
        )  # fmt: skip

    asked = list(ids)
    held = Beside(asked, how_many_held, 0)

    def decide(now: DossierNow, office: Office) -> Change:
        if not (by.system or by.has(CLERK, LEADER)):
            raise Refused(
                "Bản chính được trả tại bộ phận một cửa.", where=now.label, do="Chuyển bản chính về một cửa."
            )
        if not (now.ties & Tie.ORIGINALS and held.of(now)):
            raise Refused(
                "Hồ sơ không giữ bản chính nào.", where=now.label, do="Mở hồ sơ để xem đã trả cho ai."
            )
        said = (
            f"Trả bản chính cho {returned_to.strip()}"
            if returned_to.strip()
            else f"Còn giữ bản chính: {kept_why.strip()}"
        )
        return Change.of(now, now.status, reason=said)

    with transaction.atomic():
        outcome = perform("give_back_originals", asked, decide, by=by, at=at, seen=seen)
        done = [one.dossier_id for one in outcome.done]
        rows = HeldOriginal.objects.filter(dossier__in=done, returned_at__isnull=True)
        if returned_to.strip():
            rows.update(returned_at=at, returned_by=by.account_id, returned_to=returned_to.strip()[:300])
            no_more = F("ties").bitand(~Tie.ORIGINALS.value).bitor(Tie.ORIGINALS_BACK.value)
            Dossier.objects.filter(pk__in=done).update(ties=no_more)
        else:
            rows.update(kept_why=kept_why.strip())
    return outcome
