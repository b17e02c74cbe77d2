"""What stands beside a dossier on its page: visits, guidance, the ledger of fees, notices, drafts of the result."""

from dataclasses import dataclass
from datetime import date, datetime

from congvu.dossiers.access import Visible
from congvu.dossiers.models import DraftState
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.queries.reconcile import FeeRow, fee_row
from congvu.dossiers.rules.handling import GuidanceWay
from congvu.dossiers.rules.incidents import IncidentKind
from congvu.dossiers.rules.notices import occasion_name
from congvu.foundation.notices.models import CHIPS, Channel, NoticeState
from congvu.foundation.notices.rules.masks import masked


@dataclass(frozen=True, slots=True)
class Visit:
    """A verification on the spot."""

    id: int
    unit_id: int
    visited_on: date
    place: str
    people: str
    findings: str
    file_id: int | None
    file_name: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """Guidance given to the applicant."""

    given_at: datetime
    told_to: str
    way: GuidanceWay
    content: str
    given_by: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft of the result: which, by whom, and what became of it."""

    number: int
    name: str
    file_name: str
    state: DraftState
    submitted_at: datetime
    submitted_by: str
    ended_at: datetime | None
    ended_by: str
    why: str

    @property
    def chip(self) -> str:
        """The state's chip."""
        return {DraftState.SUBMITTED: "now", DraftState.RETURNED: "soon", DraftState.SIGNED: "ok"}[self.state]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice to the applicant; the address is masked."""

    id: int
    channel: Channel
    to: str
    kind: str
    state: NoticeState
    at: datetime
    text: str
    why: str

    @property
    def occasion(self) -> str:
        return occasion_name(self.kind)

    @property
    def chip(self) -> str:
        """The state's chip."""
        return CHIPS[self.state]


@dataclass(frozen=True, slots=True)
class Mishap:
    """An incident, short."""

    id: int
    kind: IncidentKind
    content: str
    unit_id: int
    found_on: date
    settled: bool
    apology: str
    apology_on: date | None


@dataclass(frozen=True, slots=True)
class BesideDossier:
    """What agencies and the counter recorded beside the handling, oldest first; notices and drafts newest first."""

    visits: list[Visit]
    guidance: list[Told]
    fees: list[FeeRow]
    notices: list[NoticeLine]
    incidents: list[Mishap]
    drafts: list[DraftLine]


def beside_dossier(sight: Visible, dossier_id: int) -> BesideDossier:
    """Visits, guidance, fees, the last 50 notices, incidents, drafts of a dossier; empty when not visible. 1 statement."""
    rows = filled("beside", visible=sight.sql("d")).rows({"id": dossier_id, **sight.params})
    if not rows:
        return BesideDossier([], [], [], [], [], [])
    visits, told, fees, notices, mishaps, drafts = rows[0]
    return BesideDossier(
        [Visit(x[0], x[1], date.fromisoformat(x[2]), *x[3:]) for x in visits or ()],
        [Told(datetime.fromisoformat(x[0]), x[1], GuidanceWay(x[2]), x[3], x[4]) for x in told or ()],
        [fee_row([date.fromisoformat(x[0]), *x[1:]]) for x in fees or ()],
        [_notice(*x) for x in notices or ()],
        [_mishap(*x) for x in mishaps or ()],
        [_draft(*x) for x in drafts or ()],
    )


def _notice(
    pk: int, channel: str, to: str, kind: str, state: str, at: str, text: str, why: str
) -> NoticeLine:
    return NoticeLine(
        pk, Channel(channel), masked(to), kind, NoticeState(state), datetime.fromisoformat(at), text, why
    )


def _mishap(
    pk: int,
    kind: str,
    content: str,
    unit: int,
    found_on: str,
    settled: bool,
    apology: str,
    apology_on: str | None,
) -> Mishap:
    found, since = date.fromisoformat(found_on), date.fromisoformat(apology_on) if apology_on else None
    return Mishap(pk, IncidentKind(kind), content, unit, found, settled, apology, since)


def _draft(
    number: int,
    name: str,
    file_name: str,
    state: int,
    at: str,
    by: str,
    ended: str | None,
    ender: str,
    why: str,
) -> DraftLine:
    until = datetime.fromisoformat(ended) if ended else None
    return DraftLine(
        number, name, file_name, DraftState(state), datetime.fromisoformat(at), by, until, ender, why
    )
