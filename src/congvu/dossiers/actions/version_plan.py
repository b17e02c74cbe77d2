"""A move planned: from which version to which, what the decision says, and what it would do to each dossier.

The preview and the act ask the same question of the same plan, so that what was shown is what is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import lru_cache

from congvu.dossiers.actions.ledger import ledger_of
from congvu.dossiers.actions.now import DossierNow, StepNow
from congvu.dossiers.queries.calendars import Calendars, step_due
from congvu.dossiers.queries.offers import offer, road
from congvu.dossiers.queries.version_moves import Held
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.move_terms import DueChoice, DueMoved, PaperChoice, Standing, due_moved
from congvu.dossiers.rules.moving import EARLIER, Counterparts, Kept, Placed, place
from congvu.dossiers.rules.status import Status
from congvu.dossiers.rules.steps import OPEN, Road, StepSpec, Trail
from congvu.foundation.text import fold
from congvu.organisation.rules.picture import Picture
from congvu.procedures.models import CasePaper, ProcedureCase


class Kind(Enum):
    """How a dossier would be after the move."""

    SAME = "nhu-cu"
    CHANGED = "co-doi"
    CANNOT = "khong-chuyen"


class What(Enum):
    """What would change, in the words of the preview's filter."""

    OWED = "Phải làm thêm bước"
    PASSED = "Bước mới không phải làm"
    LEFT = "Bước đã xong không còn trong bản mới"
    UNIT = "Bước đang làm sang cơ quan khác"
    EARLIER = "Hẹn trả sớm hơn"
    LATER = "Hẹn trả muộn hơn, xin lỗi"
    KEPT_DAY = "Bản mới đổi thời hạn, giữ ngày hẹn"
    PAPERS = "Giấy tờ còn thiếu theo bản mới"
    NOT_ASKED = "Giấy tờ mới, không đòi thêm"


@dataclass(frozen=True, slots=True)
class Side:
    """A version of the procedure with the process its dossiers follow (None: the plain way)."""

    version_id: int
    process_id: int | None

    @property
    def road(self) -> Road:
        """The process. 3 statements the first time."""
        return road(self.process_id)


@dataclass(frozen=True, slots=True)
class Asks:
    """What the cases of two versions ask for: counterparts by stable key, else by name."""

    case_of: Mapping[int, int | None]
    case_name: Mapping[int, str]
    paper_of: Mapping[tuple[int, int], int]  # (new case, old paper) -> new paper
    required: Mapping[int, tuple[tuple[int, str], ...]]  # new case -> papers required that were not before


@dataclass
class Plan:
    """What the official decided. `chosen`: counterparts of the steps; `asked`: new steps to be done by all."""

    before: Side
    after: Side
    chosen: Counterparts
    asked: frozenset[int] = frozenset()
    due: DueChoice = DueChoice.NOT_LATER
    papers: PaperChoice = PaperChoice.NONE
    asks: Asks | None = None
    _placed: dict[Trail, Placed] = field(default_factory=dict)

    def placed(self, trail: Trail) -> Placed:
        """Where dossiers of this trail would stand; worked out once, since few differ."""
        found = self._placed.get(trail)
        if found is None:
            graphs = self.before.road.graph, self.after.road.graph
            found = self._placed[trail] = place(*graphs, trail, self.chosen, self.asked)
        return found


@dataclass(frozen=True, slots=True)
class StepAfter:
    """A step of the dossier after the move. `spec`: of a step still open, whose name and role the new version says."""

    step: StepNow
    position: int
    round: int
    branch: int | None
    unit: int
    spec: StepSpec | None = None
    due: clock.Day | None = None  # None: as it is


@dataclass(slots=True)
class Judged:
    """One dossier under a plan. `why`: it cannot move."""

    now: DossierNow
    why: str = ""
    placed: Placed = field(default_factory=Placed)
    case_id: int | None = None
    due: DueMoved | None = None
    steps: tuple[StepAfter, ...] = ()
    opened: tuple[tuple[StepSpec, int, int, clock.Day], ...] = ()  # spec, round, unit, its own day
    papers: tuple[tuple[int, int], ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    what: dict[What, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        if self.why:
            return Kind.CANNOT
        return Kind.CHANGED if self.what else Kind.SAME


@lru_cache(maxsize=256)
def asks_of(before: int, after: int) -> Asks:
    """The cases and papers of two versions side by side. 2 statements the first time, none after: both are frozen."""
    cases = list(ProcedureCase.objects.filter(version_id__in={before, after}).order_by("order", "id"))
    papers = list(CasePaper.objects.filter(case__version_id__in={before, after}).order_by("order", "id"))
    new = [one for one in cases if one.version_id == after]
    case_of = {one.pk: _alike(one, new) for one in cases if one.version_id == before}
    held: dict[int, list[CasePaper]] = {}
    for paper in papers:
        held.setdefault(paper.case_id, []).append(paper)
    paper_of, asked_before = {}, set()
    for old, case in case_of.items():
        for paper in held.get(old, ()):
            becomes = _alike(paper, held.get(case or 0, ()), only=False)
            if case is not None and becomes is not None:
                paper_of[case, paper.pk] = becomes
                asked_before |= {becomes} if paper.required else set()
    required = {
        one.pk: tuple(
            (paper.pk, paper.name)
            for paper in held.get(one.pk, ())
            if paper.required and paper.pk not in asked_before
        )
        for one in new
    }
    return Asks(case_of, {one.pk: one.name for one in cases}, paper_of, required)


def _alike(
    one: ProcedureCase | CasePaper, others: Iterable[ProcedureCase | CasePaper], *, only: bool = True
) -> int | None:
    """The row of the same stable key, else of the same name; else, of cases, the only one there is."""
    rows = list(others)
    found = [other.pk for other in rows if other.stable_key == one.stable_key]
    found = found or [other.pk for other in rows if fold(other.name) == fold(one.name)]
    if not found and only and len(rows) == 1:
        found = [rows[0].pk]
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks what a plan does to dossiers, at a moment. No statement once processes and calendars are read."""

    plan: Plan
    calendars: Calendars
    known: Picture
    at: datetime
    _dues: dict[tuple[int, StepSpec], clock.Day] = field(default_factory=dict)

    def judged(self, now: DossierNow, held: Held) -> Judged:
        """What the move would do to one dossier."""
        placed = self.plan.placed(now.trail)
        answer = Judged(now, placed.why, placed)
        if answer.why:
            return answer
        self._steps(answer)
        self._promise(answer, held)
        return answer

    def _steps(self, answer: Judged) -> None:
        now, new, old = answer.now, self.plan.after.road, self.plan.before.road
        receiving, competent = now.receiving_unit_id, now.competent_unit_id
        kept = {(one.old, one.round): one for one in answer.placed.kept}
        after, earlier, elsewhere = [], 0, []
        for step in now.steps:
            one = kept.get((step.position, step.round), Kept(step.position, step.round, EARLIER, None))
            if one.position == EARLIER:
                earlier += 1
                after.append(StepAfter(step, EARLIER, earlier, step.branch, step.unit_id))
            elif step.state != OPEN:
                after.append(StepAfter(step, one.position, one.round, one.branch, step.unit_id))
            else:
                spec, unit, due = new.specs[one.position], step.unit_id, None
                then, before = (
                    spec.unit(receiving, competent),
                    old.specs[step.position].unit(receiving, competent),
                )
                if then != before and then != unit:
                    unit, due = then, self._due(spec, then)
                    elsewhere.append(unit)
                after.append(StepAfter(step, one.position, one.round, None, unit, spec, due))
        answer.steps = tuple(after)
        opened = []
        for position, nth in answer.placed.opened:
            spec = new.specs[position]
            unit = spec.unit(receiving, competent)
            opened.append((spec, nth, unit, self._due(spec, unit)))
            elsewhere.append(unit)
        answer.opened = tuple(opened)
        answer.why = self._waits(answer)
        gone = [unit for unit in elsewhere if self.known.at(unit, self.at.date()) is None]
        if gone and not answer.why:
            name = self.known.name(gone[0], self.at.date())
            answer.why = f"Cơ quan làm bước theo bản mới ({name}) không còn hoạt động."
        self._tell_steps(answer)

    def _waits(self, answer: Judged) -> str:
        """A step open after the move that would have to open a dossier of another procedure: only completing opens one."""
        new, old = self.plan.after.road.specs, self.plan.before.road.specs
        wanting = [spec for spec, *_ in answer.opened if spec.sub_procedure]
        for one in answer.steps:
            if one.spec and new[one.position].sub_procedure != old[one.step.position].sub_procedure:
                wanting.append(one.spec)
        return f"Bước «{wanting[0].name}» của bản mới chờ hồ sơ con khác với bản cũ." if wanting else ""

    def _tell_steps(self, answer: Judged) -> None:
        new, day = self.plan.after.road, self.at.date()
        if answer.opened:
            answer.what[What.OWED] = ", ".join(spec.name for spec, *_ in answer.opened)
        if answer.placed.passed:
            answer.what[What.PASSED] = ", ".join(new.specs[at].name for at, *_ in answer.placed.passed)
        if answer.placed.left_behind:
            old = self.plan.before.road
            answer.what[What.LEFT] = ", ".join(old.specs[at].name for at in answer.placed.left_behind)
        moved = [one for one in answer.steps if one.unit != one.step.unit_id and one.spec]
        if moved:
            answer.what[What.UNIT] = ", ".join(
                f"{one.spec.name}: {self.known.name(one.unit, day)}" for one in moved if one.spec
            )

    def _due(self, spec: StepSpec, unit: int) -> clock.Day:
        found = self._dues.get((unit, spec))
        if found is None:
            found = self._dues[unit, spec] = step_due(spec, unit, self.calendars, self.at)
        return found

    def _promise(self, answer: Judged, held: Held) -> None:
        """Case, term and papers under the new version."""
        now, plan = answer.now, self.plan
        answer.case_id = held.case_id
        answer.due = DueMoved(now.term_n, now.term_unit, (now.due_on, now.due_at))
        if plan.asks is None or plan.before.version_id == plan.after.version_id:
            return
        if held.case_id is not None:
            answer.case_id = plan.asks.case_of.get(held.case_id)
            if answer.case_id is None:
                name = plan.asks.case_name.get(held.case_id, "")
                answer.why = answer.why or f"Bản mới không còn trường hợp «{name}»."
                return
        self._papers(answer, held, plan.asks)
        promise = offer(plan.after.version_id).promise(answer.case_id, now.channel)
        standing = Standing(
            ledger_of(now), (now.due_on, now.due_at), now.status in (Status.RECEIVED, Status.HANDLING)
        )
        calendar = self.calendars.of(now.competent_unit_id)
        term = (promise.term_n, promise.term_unit)
        answer.due = due_moved(standing, term, calendar, plan.due, self.at.date())
        self._tell_due(answer)

    def _tell_due(self, answer: Judged) -> None:
        was, becomes = answer.now.due_on, answer.due.day[0] if answer.due else None
        if answer.due is not None and answer.due.note:
            answer.what[What.KEPT_DAY] = answer.due.note
        if becomes is not None and (was is None or becomes < was):
            answer.what[What.EARLIER] = (
                f"{was:%d/%m/%Y} → {becomes:%d/%m/%Y}" if was else f"{becomes:%d/%m/%Y}"
            )
        elif was is not None and becomes is not None and becomes > was:
            answer.what[What.LATER] = f"{was:%d/%m/%Y} → {becomes:%d/%m/%Y}"

    def _papers(self, answer: Judged, held: Held, asks: Asks) -> None:
        if answer.case_id is None:
            return
        becomes = [(pk, asks.paper_of.get((answer.case_id, paper or 0))) for pk, paper in held.papers]
        answer.papers = tuple((pk, paper) for pk, paper in becomes if paper is not None)
        there = {paper for _, paper in answer.papers}
        new = tuple(one for one in asks.required.get(answer.case_id, ()) if one[0] not in there)
        if not new:
            return
        names = "; ".join(name.replace("\n", " ")[:120] for _, name in new)
        if self.plan.papers is PaperChoice.ASK:
            answer.missing = new
            answer.what[What.PAPERS] = names
        else:
            answer.what[What.NOT_ASKED] = names
