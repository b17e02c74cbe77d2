"""Submit the draft of a result for signature and pass the dossier on to who signs (trình ký)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from congvu.dossiers.actions.deciding import completing
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.return_drafts import return_drafts
from congvu.dossiers.actions.steps import step_of
from congvu.dossiers.actions.tie import tie
from congvu.dossiers.models import ResultDraft, Tie
from congvu.dossiers.queries.drafts import last_numbers
from congvu.dossiers.rules.steps import SIGN
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


@dataclass(frozen=True, slots=True)
class DraftIn:
    """The result as it is proposed: what it is called and says, or the paper itself (a stored PDF)."""

    name: str
    text: str = ""
    file_id: int | None = None
    file_name: str = ""


def submit_draft(
    drafts: Mapping[int, DraftIn],
    note: str = "",
    *,
    facts: Mapping[str, str] | None = None,
    position: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Complete the actor's step and keep the draft for who signs next. 6 statements for any number.

    Refuses what `complete_step` refuses, a step that does not lead to a signature, a draft without a name. A draft
    still waiting (of a parallel agency) is replaced: one paper is signed.
    """
    if any(not composed(one.name) for one in drafts.values()):
        raise Refused("Chưa ghi tên kết quả.", where="name", do="Ghi tên văn bản trình ký.")
    steps: dict[int, int] = {}
    complete = completing(list(drafts), note, facts, position)

    def decide(now: DossierNow, office: Office) -> Change:
        step = step_of(now, office, position)
        if not leads_to_signature(now, step.position):
            raise Refused(
                "Sau bước này không phải bước ký.",
                where=now.label,
                do="Dùng «Chuyển bước», hoặc «Hoàn thành».",
            )
        steps[now.id] = step.position
        return complete(now, office)

    with transaction.atomic():
        outcome = perform(
            "submit_draft", list(drafts), decide, by=by, at=at, seen=seen, then=partial(follow, at=at)
        )
        done = [one.dossier_id for one in outcome.done]
        if done:
            _keep({pk: drafts[pk] for pk in done}, steps, by=by, at=at)
    return outcome


def leads_to_signature(now: DossierNow, position: int) -> bool:
    """Whether a signature comes right after the step at `position`."""
    specs = now.road.specs
    return any(specs[at].role == SIGN for at in now.road.leads_to(position))


def _keep(drafts: Mapping[int, DraftIn], steps: Mapping[int, int], *, by: Actor, at: datetime) -> None:
    """Keep the drafts, each with the next number of its dossier, and mark the dossiers that have one. 4 statements."""
    return_drafts(drafts, "Thay bằng bản trình sau.", by=by, at=at)
    numbers = last_numbers(drafts)
    ResultDraft.objects.bulk_create(
        ResultDraft(
            dossier_id=pk, number=numbers.get(pk, 0) + 1, step=steps[pk], name=composed(one.name),
            text=composed(one.text), file_id=one.file_id, file_name=one.file_name, submitted_at=at,
            submitted_by=by.account_id,
        )
        for pk, one in drafts.items()
    )  # fmt: skip
    tie(list(drafts), Tie.DRAFT)


__all__ = ["DraftIn", "leads_to_signature", "submit_draft"]
