"""Finish handling: the result is signed and waits to be given back (đã xử lý xong)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.deciding import open_children, refuse_while_waiting
from congvu.dossiers.actions.door import Decide, Office, perform, step_to
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import close, step_of
from congvu.dossiers.models import DossierResult, Tie
from congvu.dossiers.queries.notifications import deemed_of
from congvu.dossiers.rules.clock import NO_DAY
from congvu.dossiers.rules.notification import silence_counts
from congvu.dossiers.rules.status import Delivery, Status, Verdict
from congvu.dossiers.rules.steps import RETURN
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class ResultIn:
    """The paper that answers the dossier."""

    name: str
    number: str = ""
    signed_on: date | None = None
    signer: str = ""
    file_id: int | None = None
    file_name: str = ""
    verdict: Verdict = Verdict.GRANTED
    valid_until: date | None = None


def finish(
    ids: Iterable[int],
    result: ResultIn | None = None,
    note: str = "",
    *,
    facts: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Close the last step of handling; the day of ending decides on time or late. 2 statements, 3 with a result,
    1 more where a draft was submitted: one not signed is returned.

    Refuses while another agency's step is still to be done.
    """
    if result is not None and result.verdict == Verdict.REFUSED and not note.strip():
        raise Refused(
            "Chưa ghi lý do không giải quyết.", where="note", do="Ghi lý do và căn cứ để báo người nộp.",
            article="NĐ 61/2018, Điều 19.8",
        )  # fmt: skip
    asked, moved = list(ids), list[Change]()
    decide = deciding(asked, note, facts)
    if result is not None and result.verdict == Verdict.REFUSED:
        decide = in_term(asked, decide)
    if result is None:
        then = partial(follow, at=at)
        return perform("finish", asked, decide, by=by, at=at, seen=seen, then=then)
    with transaction.atomic():
        outcome = perform("finish", asked, decide, by=by, at=at, seen=seen, then=moved.extend)
        DossierResult.objects.bulk_create(
            DossierResult(
                dossier_id=one.dossier_id, name=result.name, number=result.number, signed_on=result.signed_on,
                signer=result.signer, file_id=result.file_id, file_name=result.file_name,
                verdict=result.verdict, valid_until=result.valid_until,
                added_at=at, added_by=by.account_id,
            )
            for one in outcome.done
        )  # fmt: skip
        if moved:  # what waits for these reads their results
            follow(moved, at=at)
    return outcome


def in_term(ids: Iterable[int], decide: Decide) -> Decide:
    """`decide`, but an objection to a notification whose silence counts is refused once its term has passed."""
    rules = Beside(ids, deemed_of, "")

    def checked(now: DossierNow, office: Office) -> Change:
        citation = rules.of(now) if now.ties & Tie.NOTIFICATION else ""
        if silence_counts(now.due_on, office.at.date(), deemed=bool(citation)):
            raise Refused(
                f"Đã hết thời hạn có ý kiến ({now.due_on:%d/%m/%Y}): thông báo được coi là chấp nhận.",
                where=now.label, do="Hệ thống tự ghi chấp nhận trong đêm; vi phạm phát hiện sau xử lý theo thanh tra.",
                article=citation,
            )  # fmt: skip
        return decide(now, office)

    return checked


def deciding(ids: Iterable[int], note: str, facts: Mapping[str, str] | None = None) -> Decide:
    """What finishing decides of a dossier: also asked by those who sign before they finish."""
    children = open_children(ids)

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.FINISHED, reason=note)
        if now.steps:
            _close_last(change, now, office, children, note, facts)
        change.ended_at, change.ended_on = office.at, office.at.date()
        change.delivery = Delivery.READY
        return change

    return decide


def _close_last(
    change: Change,
    now: DossierNow,
    office: Office,
    children: Beside[dict[int, str]],
    note: str,
    facts: Mapping[str, str] | None,
) -> None:
    step = step_of(now, office)
    refuse_while_waiting(now, step, children)
    if not close(change, step, office, note, facts).only_return_is_left:
        raise Refused(
            "Còn bước của đơn vị khác chưa xong.",
            where=now.label,
            do="Chuyển bước, và hoàn thành khi mọi bước đã xong.",
        )
    open_returns = [one for one in now.open_steps if one.role == RETURN and one is not step]
    change.restarting += [(one, *NO_DAY) for one in open_returns]
