"""Answer a request for an opinion, or withdraw it (trả lời, rút yêu cầu lấy ý kiến)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import HANDLERS, Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import OpinionRequest
from congvu.dossiers.rules.handling import OPINION
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

Requests = dict[int, list[OpinionRequest]]


def answer_opinion(
    requests: Iterable[int],
    answer: str,
    *,
    file_id: int | None = None,
    file_name: str = "",
    by: Actor,
    at: datetime,
) -> Outcome:
    """Give the same answer to a set of requests asked of the actor's units. 5 statements, in a transaction.

    An answer after the day is taken and shown late. Refuses: no text, already answered or withdrawn, another unit's.
    """
    if not answer.strip():
        raise Refused(
            "Chưa ghi ý kiến trả lời.",
            where="answer",
            do="Ghi ý kiến, kể cả khi thống nhất.",
            article=OPINION,
        )

    def ask(office: Office, one: OpinionRequest) -> str:
        if is_of(one.asked_unit_id, office.by, office.sight):
            return ""
        return "Yêu cầu này hỏi đơn vị khác, không phải đơn vị của bạn."

    values = {
        "answered_at": at, "answered_on": at.date(), "answered_by": by.account_id, "answer": answer.strip(),
        "file_id": file_id, "file_name": file_name[:255],
    }  # fmt: skip
    return _end("answer_opinion", requests, answer.strip(), ask, values, by=by, at=at)


def withdraw_opinion(requests: Iterable[int], why: str, *, by: Actor, at: datetime) -> Outcome:
    """Withdraw open requests that the actor's unit asked. 5 statements, in a transaction."""
    if not why.strip():
        raise Refused("Chưa ghi lý do rút.", where="why", do="Ghi lý do để cơ quan được hỏi biết.")

    def ask(office: Office, one: OpinionRequest) -> str:
        theirs = is_of(one.asking_unit_id, office.by, office.sight)
        return "" if theirs else "Chỉ đơn vị đã hỏi được rút yêu cầu."

    values = {"withdrawn_at": at, "withdrawn_by": by.account_id, "withdrawn_why": why.strip()}
    return _end("withdraw_opinion", requests, why.strip(), ask, values, by=by, at=at)


def is_of(unit: int, by: Actor, sight: Visible) -> bool:
    """Whether the actor handles dossiers in `unit`, or leads it. No statement."""
    return by.system or unit in by.units(*HANDLERS) or sight.leads(unit)


def _end(
    verb: str,
    requests: Iterable[int],
    reason: str,
    ask: Callable[[Office, OpinionRequest], str],
    values: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Decide on each dossier of the requests, write its event, and end its requests."""
    wanted = list(dict.fromkeys(requests))
    dossiers = dict(OpinionRequest.objects.filter(pk__in=wanted).values_list("pk", "dossier_id"))
    if len(dossiers) < len(wanted):
        raise Refused("Không tìm thấy yêu cầu lấy ý kiến.", do="Mở lại từ danh sách xin ý kiến.")
    rows: Beside[list[OpinionRequest]] = Beside(dossiers.values(), lambda _: _read(wanted), [])

    def decide(now: DossierNow, office: Office) -> Change:
        mine = rows.of(now)
        for one in mine:
            if one.answered_at or one.withdrawn_at:
                what = "đã được trả lời" if one.answered_at else "đã được rút"
                raise Refused(f"Yêu cầu này {what}.", where=now.label, do="Mở lại hồ sơ để xem.")
            why = ask(office, one)
            if why:
                raise Refused(why, where=now.label, article=OPINION)
        change = Change.of(now, now.status, reason=reason)
        change.step = mine[0].step
        return change

    with transaction.atomic():
        outcome = perform(verb, dict.fromkeys(dossiers.values()), decide, by=by, at=at)
        done = {one.dossier_id for one in outcome.done}
        OpinionRequest.objects.filter(pk__in=[pk for pk in wanted if dossiers[pk] in done]).update(**values)
    return outcome


def _read(ids: list[int]) -> Requests:
    found: Requests = {}
    for one in OpinionRequest.objects.filter(pk__in=ids):
        found.setdefault(one.dossier_id, []).append(one)
    return found
