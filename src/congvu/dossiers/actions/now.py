"""A dossier as it stands, read for a verb to decide on, and the change the verb decides."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congvu.dossiers.rules.status import Delivery, Money, Status


@dataclass(slots=True)
class StepNow:
    """A step as it stands. `state` is StepState; `waits_for` counts predecessors not done."""

    id: int
    position: int
    unit_id: int
    role: str
    leads_to: list[int]
    waits_for: int
    state: int
    term: float | None  # as read; `term_n` is exact
    term_unit: str

    @property
    def term_n(self) -> Decimal | None:
        return None if self.term is None else Decimal(str(self.term))


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

    @property
    def open_steps(self) -> list[StepNow]:
        return [step for step in self.steps if step.state == 1]

    @property
    def label(self) -> str:
        """How the dossier is called in a refusal."""
        return self.code or f"hồ sơ đăng ký số {self.id}"


# By number, for the hot path: asking an enumeration for a member costs five times as much.
_STATUS = {one.value: one for one in Status}
_MONEY = {one.value: one for one in Money}
_DELIVERY = {one.value: one for one in Delivery}


def dossier_now(row: list[Any]) -> DossierNow:
    """The JSON array of one dossier from bulk/load.sql."""
    now = DossierNow(*row)
    now.status, now.money, now.delivery = _STATUS[row[3]], _MONEY[row[23]], _DELIVERY[row[24]]
    now.opened_at = datetime.fromisoformat(row[8])
    now.received_at, now.due_at = _moment(row[9]), _moment(row[16])
    now.ended_at, now.returned_at = _moment(row[18]), _moment(row[20])
    now.due_first, now.due_on, now.ended_on = _day(row[14]), _day(row[15]), _day(row[19])
    now.steps = [StepNow(*one) for one in row[27] or ()]
    now.pauses = [_pause(one) for one in row[28] or ()]
    now.extension = (datetime.fromisoformat(row[29][0]), date.fromisoformat(row[29][1])) if row[29] else None
    return now


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _pause(one: list[Any]) -> PauseNow:
    return PauseNow(one[0], one[1], one[2], datetime.fromisoformat(one[3]), _moment(one[4]))


@dataclass(slots=True)
class StepOpening:
    """A step whose count of predecessors fell; `state` 1 when it opens now, with its own due day."""

    step: StepNow
    waits_for: int
    state: int
    due_on: date | None = None
    due_at: datetime | None = None


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
    closing: list[tuple[StepNow, int, str]] = field(default_factory=list)  # step, StepState after, note
    opening: list[StepOpening] = field(default_factory=list)
    pause: tuple[str, str, str] | None = None  # kind, policy, citation

    @classmethod
    def of(cls, now: DossierNow, status: Status, *, reason: str = "") -> "Change":
        """A change that keeps everything but the status."""
        return cls(
            now, status, now.due_on, now.due_at, now.calendar_version, now.ended_at, now.ended_on, now.returned_at,
            now.supplements, now.extensions, now.money, now.delivery, now.flagged, reason=reason,
        )  # fmt: skip
