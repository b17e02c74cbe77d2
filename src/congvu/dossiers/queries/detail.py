"""One dossier with everything its page shows."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.models import RefundState, StepState
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules.codes import fault_of_code
from congvu.dossiers.rules.papers import forms_of
from congvu.dossiers.rules.status import ENDED, OPEN, PAUSED, Channel, Delivery, Money, Status
from congvu.dossiers.rules.steps import Given, Road
from congvu.foundation.refusal import Refused


class NotVisible(Refused):
    """No such dossier, or not for this reader: one answer for both, so that nothing leaks."""

    status = 404


@dataclass(frozen=True, slots=True)
class Step:
    """A step the dossier came to, or (PLANNED, without id) one its process still has before it."""

    id: int | None
    position: int
    name: str
    unit_id: int
    role: str
    state: StepState
    opened_at: datetime | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str = ""
    officer: str = ""
    note: str = ""
    round: int = 1
    branch: int | None = None
    facts: dict[str, str] | None = None
    term_n: Decimal | None = None
    term_unit: str = ""
    leads_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    kind: str
    policy: str
    started_at: datetime
    ended_at: datetime | None
    reason: str
    citation: str


@dataclass(frozen=True, slots=True)
class Extension:
    at: datetime
    due_before: date
    due_after: date
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    id: int
    order: int
    name: str
    received: bool
    originals: int
    certified: int
    copies: int
    digitised: Digitised
    file_id: int | None
    file_name: str
    added_at: datetime
    size: int | None

    @property
    def kinds(self) -> str:
        """ "1 bản chính, 2 bản chụp"."""
        parts = ((self.originals, "bản chính"), (self.certified, "bản chứng thực"), (self.copies, "bản chụp"))
        return ", ".join(f"{n} {words}" for n, words in parts if n)

    @property
    def how(self) -> str:
        """How it came: "đã đối chiếu bản chính, đã quét"."""
        reused = self.digitised in (Digitised.REUSED_PAPER, Digitised.REUSED_RESULT)
        scanned = self.file_id is not None
        return ", ".join(
            forms_of(self.originals, self.certified, self.copies, scanned=scanned, reused=reused)
        )


@dataclass(frozen=True, slots=True)
class Result:
    id: int
    name: str
    number: str
    signed_on: date | None
    signer: str
    file_id: int | None
    file_name: str
    received_by: str
    check_code: str | None  # of what was signed here


@dataclass(frozen=True, slots=True)
class Parcel:
    """The parcel in which the result went by post."""

    carrier: str
    number: str
    posted_at: datetime
    came_back_at: datetime | None
    came_back_why: str


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    recorded_at: datetime
    verb: str
    status_to: Status
    due_on: date | None
    step: int | None
    who: str
    office_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A dossier as its page shows it. Events newest first, at most the last 200."""

    id: int
    code: str | None
    version: int
    status: Status
    money: Money
    delivery: Delivery
    flagged: bool
    summary: str
    copies: int
    return_method: int
    subject_kind: int
    owner_name: str
    owner_number: str
    owner_phone: str
    owner_email: str
    owner_address: str
    submitter_name: str
    submitter_number: str
    owner_account_id: int | None
    channel: Channel
    receiving_unit_id: int
    competent_unit_id: int
    help_unit_id: int | None
    opened_at: datetime
    received_at: datetime | None
    received_on: date | None
    term_n: int | None
    term_unit: str
    start_policy: str
    pause_policy: str
    due_first: date | None
    due_on: date | None
    due_at: datetime | None
    ended_at: datetime | None
    ended_on: date | None
    returned_at: datetime | None
    supplements: int
    extensions: int
    procedure_code: str
    procedure: str
    version_id: int
    process_id: int | None
    case: str | None
    field: str
    case_id: int | None
    corrects_code: str | None
    corrects_id: int | None
    told_by: int
    steps: list[Step]
    pauses: list[Pause]
    extension: Extension | None
    papers: list[Paper]
    results: list[Result]
    events: list[Event]
    corrected_by: list[tuple[str | None, int]]
    parcel: Parcel | None
    refund: tuple[int, RefundState] | None  # the last one asked for

    @property
    def label(self) -> str:
        return self.code or f"đăng ký số {self.id}"

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def paused(self) -> bool:
        return self.status in PAUSED

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def open_pause(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.ended_at is None), None)

    @property
    def units(self) -> set[int]:
        """Every unit the page names."""
        found = {self.receiving_unit_id, self.competent_unit_id, *(step.unit_id for step in self.steps)}
        found |= {event.office_id for event in self.events if event.office_id is not None}
        return found | ({self.help_unit_id} if self.help_unit_id else set())


def detail_by_code(sight: Visible, code: str) -> Detail:
    """The dossier with `code`, if visible; missing and forbidden answer alike. 1 statement."""
    return _detail(sight, "d.code = %(code)s", {"code": code}, code)


def detail_by_id(sight: Visible, dossier_id: int) -> Detail:
    """The dossier with `dossier_id` (registered ones have no code yet), if visible. 1 statement."""
    return _detail(sight, "d.id = %(id)s::bigint", {"id": dossier_id}, f"hồ sơ số {dossier_id}")


def details(sight: Visible, ids: list[int]) -> list[Detail]:
    """Those of the dossiers `ids` that are visible, in the order asked. 1 statement for any number."""
    found = filled("detail", which="d.id = ANY(%(ids)s::bigint[])", visible=sight.sql("d", few=True))
    by_id = {one.id: one for one in (_built(row) for row in found.rows({"ids": ids, **sight.params}))}
    return [by_id[one] for one in dict.fromkeys(ids) if one in by_id]


def _detail(sight: Visible, which: str, params: dict[str, Any], label: str) -> Detail:
    found = filled("detail", which=which, visible=sight.sql("d"))
    rows = found.rows(params | sight.params)
    if not rows:
        raise NotVisible(
            "Không tìm thấy hồ sơ này trong phạm vi của bạn.",
            where=label,
            do=fault_of_code(label) or "Kiểm tra lại mã, hoặc hỏi nơi tiếp nhận.",
        )
    return _built(rows[0])


def _built(row: tuple[Any, ...]) -> Detail:
    head = list(row[:-10])
    head[3], head[4], head[5] = Status(head[3]), Money(head[4]), Delivery(head[5])
    head[19] = Channel(head[19])
    steps, pauses, extension, papers, results, events, newer, parcel, refund, given = row[-10:]
    values = [
        *head,
        [_step(one) for one in steps or ()],
        [Pause(x[0], x[1], _at(x[2]), _at(x[3]) if x[3] else None, x[4], x[5]) for x in pauses or ()],
        Extension(_at(extension[0]), _on(extension[1]), _on(extension[2]), extension[3])
        if extension
        else None,
        [_paper(one) for one in papers or ()],
        [Result(x[0], x[1], x[2], _on(x[3]) if x[3] else None, *x[4:]) for x in results or ()],
        [_event(one) for one in events or ()],
        [(one[0], one[1]) for one in newer or ()],
        _parcel(parcel) if parcel else None,
        (refund[0], RefundState(refund[1])) if refund else None,
    ]
    return _with_the_road(Detail(*values), given or ())


def _step(x: list[Any]) -> Step:
    values = [
        *x[:5],
        StepState(x[5]),
        _at(x[6]) if x[6] else None,
        _on(x[7]) if x[7] else None,
        _at(x[8]) if x[8] else None,
        _at(x[9]) if x[9] else None,
        *x[10:],
    ]
    return Step(*values)


def _with_the_road(found: Detail, given: Given) -> Detail:
    """The dossier with what its process says of the steps, and those that may still come. No statement once read.

    A past case taken from a log has no steps and no road; a dossier that ended has nothing before it.
    """
    if not found.steps and found.received_at is not None:
        return found
    ways = road(found.process_id)
    steps = [_said(step, ways) for step in found.steps]
    if not found.ended:
        current = [step for step in found.steps if step.state in _CAME_TO]
        running = [step.position for step in current if step.state == StepState.OPEN]
        coming = ways.ahead(running) - {step.position for step in current}
        steps += [
            _said(Step(None, at, spec.name, spec.unit(found.receiving_unit_id, found.competent_unit_id, given),
                       spec.role, StepState.PLANNED), ways)
            for at, spec in ways.specs.items() if at in coming
        ]  # fmt: skip
    return replace(found, steps=sorted(steps, key=lambda step: (step.position, step.round)))


_CAME_TO = (StepState.OPEN, StepState.DONE, StepState.PASSED)


def _said(step: Step, ways: Road) -> Step:
    if not step.position:
        return step  # of an earlier version: the process does not know it
    spec = ways.specs[step.position]
    return replace(step, term_n=spec.term_n, term_unit=spec.term_unit, leads_to=ways.leads_to(step.position))


def _paper(x: list[Any]) -> Paper:
    values = [*x[:7], Digitised(x[7]), x[8], x[9], _at(x[10]), x[11]]
    return Paper(*values)


def _event(x: list[Any]) -> Event:
    return Event(_at(x[0]), _at(x[1]), x[2], Status(x[3]), _on(x[4]) if x[4] else None, *x[5:])


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _on(text: str) -> date:
    return date.fromisoformat(text)


def _parcel(said: list[str]) -> Parcel:
    back = _at(said[3]) if said[3] else None
    return Parcel(said[0], said[1], _at(said[2]), back, said[4])
