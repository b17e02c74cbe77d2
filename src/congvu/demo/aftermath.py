"""What the dossiers' actions would have left of a plan, worked out without them: the same rows, far faster.

`test_aftermath.py` lives plans through the actions and holds every table equal to this.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from congvu.demo.due_book import DueBook
from congvu.demo.living import DELIVERIES, result_of
from congvu.demo.people import Citizen
from congvu.demo.plans import Act, Plan
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.status import Delivery, Money, Status
from congvu.dossiers.rules.steps import CANCELLED, DONE, OPEN, StepSpec
from congvu.foundation.text import fold


@dataclass(slots=True)
class StepRow:
    """A step as it stands at the end."""

    spec: StepSpec
    opened_at: datetime
    state: int = OPEN
    branch: int | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event, and the audit row beside it: the same act told twice. `verb` may differ from the act's ("receive")."""

    act: Act
    verb: str
    status_from: int | None
    status_to: int
    due_on: date | None
    ended_on: date | None
    step: int | None
    codes: bool  # the audit row says the code (receptions do)


@dataclass(slots=True)
class Aftermath:
    """The rows of one dossier. `number` of the day is given by who writes it down."""

    plan: Plan
    opened_at: datetime
    calendar_version: int
    money: int
    steps: list[StepRow]
    status: int = 0
    received_at: datetime | None = None
    due_first: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    supplements: int = 0
    delivery: int = 0
    extension: tuple[Act, date] | None = None  # the act, the due day before it
    finished: Act | None = None
    taken_by: str = ""
    events: list[Event] = field(default_factory=list)
    pauses: list[list[Any]] = field(default_factory=list)  # [act, kind, citation, ended_at]

    @property
    def ended_on(self) -> date | None:
        return self.ended_at.date() if self.ended_at else None


def aftermath(plan: Plan, book: DueBook, calendar_version: int) -> Aftermath:
    """Replay the acts of a plan. The first one opens the dossier."""
    service, first = plan.service, plan.acts[0]
    promise = service.offer.promise(None, plan.channel)
    left = Aftermath(
        plan, first.at, calendar_version, Money.OWED.value if promise.chargeable else Money.NONE.value, []
    )
    for act in plan.acts:
        _ACTS[act.verb](left, act, book)
    return left


def _note(
    left: Aftermath, act: Act, status: Status, *, step: int | None = None, verb: str = "", codes: bool = False
) -> None:
    before = left.status or None
    left.status = status.value
    left.events.append(
        Event(act, verb or act.verb, before, left.status, left.due_on, left.ended_on, step, codes)
    )


def _register(left: Aftermath, act: Act, book: DueBook) -> None:
    _note(left, act, Status.REGISTERED, codes=True)


def _receive(left: Aftermath, act: Act, book: DueBook) -> None:
    promise = left.plan.service.offer.promise(None, left.plan.channel)
    left.received_at = act.at
    left.due_on, left.due_at = book.first(act.at, promise.term_n, promise.term_unit)
    left.due_first = left.due_on
    for spec in left.plan.service.road.first:
        left.steps.append(_start(StepRow(spec, act.at), act, book))
    _note(left, act, Status.RECEIVED, verb="receive", codes=True)


def _start(step: StepRow, act: Act, book: DueBook) -> StepRow:
    """The step with its own term from now: when it opens, and anew after a pause."""
    step.due_on, step.due_at = book.step(act.at, step.spec.term_n, step.spec.term_unit)
    return step


def _close(left: Aftermath, step: StepRow, act: Act, state: int, book: DueBook | None) -> None:
    if book is not None:
        trail = tuple((one.spec.position, 1, one.state, one.branch) for one in left.steps)
        onward = left.plan.service.road.complete(trail, step.spec.position, {})
        step.branch = onward.branch
        left.steps += [_start(StepRow(spec, act.at), act, book) for spec, _ in onward.opened]
    step.state, step.done_at, step.done_by = state, act.at, act.by.account_id


def _cancel_rest(left: Aftermath, act: Act) -> None:
    for step in left.steps:
        if step.state == OPEN:
            _close(left, step, act, CANCELLED, None)


def _hand_over(left: Aftermath, act: Act, book: DueBook) -> None:
    step = next(step for step in left.steps if step.state == OPEN)
    _close(left, step, act, DONE, book)
    _note(left, act, Status.HANDLING, step=step.spec.position)


def _complete(left: Aftermath, act: Act, book: DueBook) -> None:
    step = next(step for step in left.steps if step.spec.position == act.position)
    _close(left, step, act, DONE, book)
    _note(left, act, Status.HANDLING, step=step.spec.position)


def _finish(left: Aftermath, act: Act, book: DueBook) -> None:
    step = next(step for step in left.steps if step.state == OPEN)
    _close(left, step, act, DONE, book)
    left.ended_at, left.delivery, left.finished = act.at, Delivery.READY.value, act
    _note(left, act, Status.FINISHED, step=step.spec.position)


def _return(left: Aftermath, act: Act, book: DueBook) -> None:
    open_return = next((s for s in left.steps if s.spec.role == "RETURN" and s.state == OPEN), None)
    if open_return is not None:
        _close(left, open_return, act, DONE, None)
    _cancel_rest(left, act)
    _end_pause(left, act)
    left.returned_at, left.delivery = act.at, DELIVERIES[left.plan.return_method].value
    left.ended_at = left.ended_at or act.at
    left.taken_by = act.words
    _note(left, act, Status.RETURNED, step=open_return.spec.position if open_return else None)


def _refuse(left: Aftermath, act: Act, book: DueBook) -> None:
    _cancel_rest(left, act)
    _note(left, act, Status.REFUSED)


def _withdraw(left: Aftermath, act: Act, book: DueBook) -> None:
    _cancel_rest(left, act)
    left.ended_at = act.at
    _note(left, act, Status.WITHDRAWN)


def _pause(kind: str, citation: str, status: Status) -> Any:
    def do(left: Aftermath, act: Act, book: DueBook) -> None:
        left.pauses.append([act, kind, citation, None])
        if status is Status.SUPPLEMENT:
            left.supplements += 1
        if status is Status.PAYMENT:
            left.money = Money.OWED.value
        _note(left, act, status)

    return do


def _end_pause(left: Aftermath, act: Act) -> None:
    for pause in left.pauses:
        pause[3] = pause[3] or act.at


def _resume(left: Aftermath, act: Act, book: DueBook) -> None:
    if left.status == Status.PAYMENT:
        left.money = Money.PAID.value
    _end_pause(left, act)
    promise = left.plan.service.offer.promise(None, left.plan.channel)
    assert left.received_at is not None
    ledger = clock.Ledger(
        left.received_at,
        promise.term_n,
        promise.term_unit,
        pauses=tuple((pause[0].at, pause[3]) for pause in left.pauses),
    )
    left.due_on, left.due_at = clock.due_of(ledger, book.calendar)
    for step in left.steps:
        if step.state == OPEN:
            _start(step, act, book)
    _note(left, act, Status.HANDLING)


def _extended(left: Aftermath, act: Act, book: DueBook) -> None:
    assert left.due_on is not None
    left.extension = (act, left.due_on)
    left.due_on, left.due_at = act.day, None
    _note(left, act, Status(left.status))


def _collect(left: Aftermath, act: Act, book: DueBook) -> None:
    left.money = Money.PAID.value
    _note(left, act, Status(left.status))


_ACTS: dict[str, Any] = {
    "register_online": _register,
    "receive": _receive,
    "receive_registered": _receive,
    "hand_over": _hand_over,
    "complete_step": _complete,
    "finish": _finish,
    "return_result": _return,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "request_supplement": _pause("supplement", "NĐ 61/2018, Điều 19.4", Status.SUPPLEMENT),
    "request_payment": _pause("payment", "", Status.PAYMENT),
    "stop": _pause("stopped", "TT 03/2025/TT-VPCP, mẫu 05", Status.STOPPED),
    "resume": _resume,
    "extend": _extended,
    "collect_fee": _collect,
}


def search_words(plan: Plan) -> str:
    """The folded words by which the dossier is found: as the counter makes them, each part folded once."""
    return f"{_folded_citizen(plan.citizen)} {_folded(plan.service.offer.name[:1000])}"[:4000]


@lru_cache(maxsize=100_000)
def _folded_citizen(citizen: Citizen) -> str:
    return fold(f"{citizen.name} {citizen.number} {citizen.phone}")


_folded = lru_cache(maxsize=10_000)(fold)


def result_row(left: Aftermath) -> tuple[Any, ...] | None:
    """(name, number, signed on, signer, added at, added by, taken by) of the result, when there is one."""
    if left.finished is None:
        return None
    paper = result_of(left.plan, left.finished)
    by, at = left.finished.by.account_id, left.finished.at
    return paper.name, paper.number, paper.signed_on, paper.signer, at, by, left.taken_by
