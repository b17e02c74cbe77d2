"""A dossier as it stands, read for a verb to decide on, and the change the verb decides."""

from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules.money import FeeIn
from congvu.dossiers.rules.status import Delivery, Money, Status
from congvu.dossiers.rules.steps import CANCELLED, OPEN, Road, StepSpec, Trail


@dataclass(slots=True)
class StepNow:
    """A step the dossier came to. `state` is StepState."""

    id: int
    position: int
    unit_id: int
    role: str
    state: int
    round: int
    branch: int | None
    facts: dict[str, str] | None
    officer_id: int | None = None  # to whom it is assigned
    done_by: int | None = None
    held_for: int | None = None


@dataclass(slots=True)
class PauseNow:
    """A pause of the ledger; `ended_at` None while it lasts."""

    id: int
    kind: str
    policy: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(slots=True)
class DossierNow:
    """Everything a verb may decide on. Built from one row of bulk/load.sql."""

    id: int
    code: str | None
    version: int
    status: Status
    procedure_version_id: int
    process_id: int | None
    receiving_unit_id: int
    competent_unit_id: int
    channel: int
    opened_at: datetime
    received_at: datetime | None
    term_n: int | None
    term_unit: str
    start_policy: str
    pause_policy: str
    due_first: date | None
    due_on: date | None
    due_at: datetime | None
    calendar_version: int
    ended_at: datetime | None
    ended_on: date | None
    returned_at: datetime | None
    supplements: int
    extensions: int
    money: Money
    delivery: Delivery
    flagged: bool
    owner_account_id: int | None
    steps: list[StepNow]
    pauses: list[PauseNow]
    extension: tuple[datetime, date] | None
    ties: int  # bits of models.Tie: what else hangs on it
    given: list[tuple[int, int]] = field(
        default_factory=list
    )  # with whose work it went to whom (rules.steps.Given)

    @property
    def open_steps(self) -> list[StepNow]:
        return [step for step in self.steps if step.state == OPEN]

    @property
    def road(self) -> Road:
        """The process the dossier follows. No statement once read."""
        return road(self.process_id)

    def unit_of(self, spec: StepSpec) -> int:
        """The unit that does a step of its process."""
        return spec.unit(self.receiving_unit_id, self.competent_unit_id, self.given)

    @property
    def trail(self) -> Trail:
        """The steps the dossier came to, for the rules."""
        return tuple(
            [
                (one.position, one.round, one.state, one.branch)
                for one in self.steps
                if one.state != CANCELLED and one.position
            ]
        )

    @property
    def facts(self) -> dict[str, str]:
        """What the steps done recorded; of two that recorded the same the later round counts."""
        return {name: said for step in self.steps for name, said in (step.facts or {}).items()}

    @property
    def label(self) -> str:
        """How the dossier is called in a refusal."""
        return self.code or f"hồ sơ đăng ký số {self.id}"


# By number, for the hot path: asking an enumeration for a member costs five times as much.
_STATUS = {one.value: one for one in Status}
_MONEY = {one.value: one for one in Money}
_DELIVERY = {one.value: one for one in Delivery}
_BY_POSITION, _BY_START = attrgetter("position", "round"), attrgetter("started_at")


def dossier_now(row: list[Any]) -> DossierNow:
    """The JSON array of one dossier from bulk/load.sql."""
    now = DossierNow(*row)
    now.status, now.money, now.delivery = _STATUS[row[3]], _MONEY[row[24]], _DELIVERY[row[25]]
    now.opened_at = datetime.fromisoformat(row[9])
    now.received_at, now.due_at = _moment(row[10]), _moment(row[17])
    now.ended_at, now.returned_at = _moment(row[19]), _moment(row[21])
    now.due_first, now.due_on, now.ended_on = _day(row[15]), _day(row[16]), _day(row[20])
    now.steps = sorted([StepNow(*one) for one in row[28] or ()], key=_BY_POSITION)
    now.pauses = sorted([_pause(one) for one in row[29] or ()], key=_BY_START)
    now.extension = (datetime.fromisoformat(row[30][0]), date.fromisoformat(row[30][1])) if row[30] else None
    return now


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _pause(one: list[Any]) -> PauseNow:
    return PauseNow(one[0], one[1], one[2], datetime.fromisoformat(one[3]), _moment(one[4]))


@dataclass(slots=True)
class StepOpening:
    """A step whose turn has come: the unit that does it, and its own due day."""

    spec: StepSpec
    unit_id: int
    round: int = 1
    due_on: date | None = None
    due_at: datetime | None = None
    officer_id: int | None = None
    held_for: int | None = None


@dataclass(slots=True)
class StepAssigning:
    """An open step that gets another holder (None: nobody's), and for whom the new one holds it (an absent colleague)."""

    step: StepNow
    officer_id: int | None
    held_for: int | None = None


@dataclass(slots=True)
class StepClosing:
    """A step that ends: done along a branch with the facts it recorded, cancelled, or set aside by rework."""

    step: StepNow
    state: int
    note: str | None = None  # None: as it is
    branch: int | None = None
    facts: dict[str, str] | None = None


@dataclass(slots=True)
class Change:
    """What a verb decided for one dossier: the new values of the row, and what happens to steps and pauses."""

    now: DossierNow
    status: Status
    due_on: date | None
    due_at: datetime | None
    calendar_version: int
    ended_at: datetime | None
    ended_on: date | None
    returned_at: datetime | None
    supplements: int
    extensions: int
    money: Money
    delivery: Delivery
    flagged: bool
    step: int | None = None
    reason: str = ""
    closing: list[StepClosing] = field(default_factory=list)
    opening: list[StepOpening] = field(default_factory=list)
    restarting: list[tuple[StepNow, date | None, datetime | None]] = field(default_factory=list)
    pause: tuple[str, str, str] | None = None  # kind, policy, citation
    assigning: list[StepAssigning] = field(default_factory=list)
    fees: list[FeeIn] = field(default_factory=list)  # entries of the ledger

    @classmethod
    def of(cls, now: DossierNow, status: Status, *, reason: str = "") -> "Change":
        """A change that keeps everything but the status."""
        return cls(
            now, status, now.due_on, now.due_at, now.calendar_version, now.ended_at, now.ended_on, now.returned_at,
            now.supplements, now.extensions, now.money, now.delivery, now.flagged, reason=reason,
        )  # fmt: skip
