"""What the dossiers' actions would have left of a plan, worked out without them: the same rows, far faster.

`test_aftermath.py` lives plans through the actions and holds every table equal to this.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from congvu.demo.due_book import DueBook
from congvu.demo.living import DELIVERIES, WAIVED_FOR, decision_of, price_of, result_of, way_of
from congvu.demo.people import Citizen
from congvu.demo.plans import POST, Act, Plan, unit_of
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.money import Balance, FeeIn, FeeKind
from congvu.dossiers.rules.status import Delivery, Money, Status
from congvu.dossiers.rules.steps import CANCELLED, DONE, OPEN, SET_ASIDE, StepSpec
from congvu.dossiers.rules.waivers import ground_label
from congvu.foundation.text import fold


@dataclass(slots=True)
class StepRow:
    """A step as it stands at the end."""

    spec: StepSpec
    opened_at: datetime
    round: int = 1
    state: int = OPEN
    branch: int | None = None
    facts: Mapping[str, str] | None = None
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
    reason: str


@dataclass(slots=True)
class OpinionRow:
    """A question to another agency, with the act that answered it."""

    asked: Act
    by_unit: int
    of_unit: int
    answered: Act | None = None


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
    posted: Act | None = None
    events: list[Event] = field(default_factory=list)
    pauses: list[list[Any]] = field(default_factory=list)  # [act, kind, citation, ended_at]
    fees: list[tuple[Act, FeeIn]] = field(default_factory=list)
    opinions: list[OpinionRow] = field(default_factory=list)

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
    left: Aftermath,
    act: Act,
    status: Status,
    *,
    step: int | None = None,
    verb: str = "",
    codes: bool = False,
    reason: str | None = None,
) -> None:
    before = left.status or None
    left.status = status.value
    left.events.append(
        Event(
            act,
            verb or act.verb,
            before,
            left.status,
            left.due_on,
            left.ended_on,
            step,
            codes,
            act.words if reason is None else reason,
        )
    )


def _register(left: Aftermath, act: Act, book: DueBook) -> None:
    _note(left, act, Status.REGISTERED, codes=True)


def _receive(left: Aftermath, act: Act, book: DueBook) -> None:
    promise = left.plan.service.offer.promise(None, left.plan.channel)
    left.received_at = act.at
    left.due_on, left.due_at = book.first(act.at, promise.term_n, promise.term_unit)
    left.due_first = left.due_on
    left.fees += [(act, fee) for fee in promise.fees]
    for spec in left.plan.service.road.first:
        left.steps.append(_start(StepRow(spec, act.at), act, book))
    _note(left, act, Status.RECEIVED, verb="receive", codes=True)


def _start(step: StepRow, act: Act, book: DueBook) -> StepRow:
    """The step with its own term from now: when it opens, and anew after a pause."""
    step.due_on, step.due_at = book.step(act.at, step.spec.term_n, step.spec.term_unit)
    return step


def _close(left: Aftermath, step: StepRow, act: Act, state: int, book: DueBook | None) -> None:
    if book is not None:
        onward = left.plan.service.road.complete(_trail(left), step.spec.position, act.facts or {})
        step.branch, step.facts = onward.branch, act.facts
        for one in left.steps:
            if (one.spec.position, one.round) in onward.set_aside:
                one.state = SET_ASIDE
                one.done_at, one.done_by = one.done_at or act.at, one.done_by or act.by.account_id
        opened = [StepRow(spec, act.at, nth) for spec, nth in onward.opened]
        # a result that waits to be collected has no due day (actions.steps.close)
        left.steps += opened if onward.only_return_is_left else [_start(one, act, book) for one in opened]
    if step.state == OPEN:
        step.state, step.done_at, step.done_by = state, act.at, act.by.account_id


def _trail(left: Aftermath) -> tuple[tuple[int, int, int, int | None], ...]:
    rows = [(one.spec.position, one.round, one.state, one.branch) for one in left.steps]
    return tuple(sorted(rows, key=lambda row: row[:2]))


def _cancel_rest(left: Aftermath, act: Act) -> None:
    for step in left.steps:
        if step.state == OPEN:
            _close(left, step, act, CANCELLED, None)


def _hand_over(left: Aftermath, act: Act, book: DueBook) -> None:
    step = next(step for step in left.steps if step.state == OPEN)
    _close(left, step, act, DONE, book)
    _note(left, act, Status.HANDLING, step=step.spec.position)


def _complete(left: Aftermath, act: Act, book: DueBook) -> None:
    step = next(one for one in left.steps if one.spec.position == act.position and one.state == OPEN)
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
    if left.plan.return_method == POST:
        left.posted = act
    else:
        left.taken_by = act.words
    at_step = open_return.spec.position if open_return else None
    # the giving back keeps who took it with the result, not as a reason
    _note(left, act, Status.RETURNED, step=at_step, reason="")


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
        held = _balance(left)
        left.money = held.state.value if held.charged else Money.PAID.value
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


def _balance(left: Aftermath) -> Balance:
    return Balance().after(*(fee for _, fee in left.fees))


def _enter(left: Aftermath, act: Act, reason: str, *fees: FeeIn) -> None:
    left.fees += [(act, fee) for fee in fees]
    left.money = _balance(left).state.value
    _note(left, act, Status(left.status), reason=reason)


def _collect(left: Aftermath, act: Act, book: DueBook) -> None:
    paid = FeeIn(FeeKind.PAID, _balance(left).owed, way_of(left.plan).value)
    _enter(left, act, "", paid)


def _waive(left: Aftermath, act: Act, book: DueBook) -> None:
    owed = _balance(left).owed
    said = f"{owed} đồng, {ground_label(WAIVED_FOR).lower()}: {act.words}"
    _enter(left, act, said, FeeIn(FeeKind.WAIVED, owed, reason=act.words, ground=WAIVED_FOR))


def _refund(left: Aftermath, act: Act, book: DueBook) -> None:
    price, way = price_of(left.plan), way_of(left.plan).value
    decision = decision_of(left.plan, act)
    back, *rest = _balance(left).refund(price)
    given = replace(back, reason=act.words, way=way, reference=decision)
    dropped = [replace(one, reason=act.words) for one in rest]
    _enter(left, act, f"{price} đồng, {decision}: {act.words}", given, *dropped)


def _ask(left: Aftermath, act: Act, book: DueBook) -> None:
    asked, service = left.plan.service.asked, left.plan.service
    assert asked is not None and act.day is not None and act.position is not None
    unit = unit_of(service.road.specs[act.position], service)
    left.opinions.append(OpinionRow(act, unit, asked[0]))
    said = f"{asked[1]}; trả lời trước hết {act.day:%d/%m/%Y}: {act.words}"
    _note(left, act, Status(left.status), step=act.position, reason=said)


def _answer(left: Aftermath, act: Act, book: DueBook) -> None:
    left.opinions[-1].answered = act
    _note(left, act, Status(left.status), step=act.position)


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
    "waive_fee": _waive,
    "refund_fee": _refund,
    "ask_opinion": _ask,
    "answer_opinion": _answer,
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
