"""Ask the applicant once for everything that is missing (yêu cầu bổ sung, form 02)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform, step_to
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import DossierPause
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

ONCE = "NĐ 61/2018, Điều 11.2.c"


def request_supplement(
    ids: Iterable[int],
    content: str,
    *,
    second_reason: str = "",
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
    whole: bool = False,
) -> Outcome:
    """Pause the clock until the applicant brings `content`. 2 statements. `whole`: as of the door.

    The law allows one request; another needs `second_reason`, and the dossier is flagged for the head of the one-stop.
    """
    if not content.strip():
        raise Refused(
            "Chưa ghi cần bổ sung gì.",
            where="content",
            do="Ghi đầy đủ, một lần, những giấy tờ cần bổ sung.",
            article=ONCE,
        )

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.SUPPLEMENT, reason=content)
        if now.supplements and not second_reason.strip():
            raise Refused(
                "Hồ sơ đã được yêu cầu bổ sung một lần.",
                where=now.label,
                do="Ghi lý do phải yêu cầu lần nữa; hồ sơ sẽ được đánh dấu để lãnh đạo xem.",
                article=ONCE,
            )
        if now.supplements:
            change.reason, change.flagged = f"{content}\nLý do yêu cầu lần nữa: {second_reason}", True
        change.supplements += 1
        change.pause = (DossierPause.Kind.SUPPLEMENT.value, now.pause_policy, "NĐ 61/2018, Điều 19.4")
        return change

    return perform("request_supplement", ids, decide, by=by, at=at, seen=seen, whole=whole)
