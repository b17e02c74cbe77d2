"""My work: the open steps of the reader's units, by urgency. Driven by the index `step_open_by_unit`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import both, filled, inside, walks
from congvu.dossiers.queries.lists import text_condition
from congvu.dossiers.rules.status import PAUSED, Channel, Status
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import Page, decode, encode

PAGE = 50
COUNT_CAP = 200  # open steps looked at for the counts; past them a group says "hơn"
LATE, TODAY, NEAR, LATER, UNDATED = "late", "today", "near", "later", "undated"
COLLECT, PAUSE = "collect", "paused"  # results ready that nobody fetched yet; dossiers whose clock stands
GROUPS = (LATE, TODAY, NEAR, LATER, UNDATED, COLLECT, PAUSE)  # in the order of urgency the page shows them
_REST = "rest"  # the last part: results to be collected, then what is paused, walked by one statement
_RUNNING = "d.status NOT IN (5, 6, 8)"
_UNDATED = "s.due_on IS NULL AND d.status NOT IN (5, 6, 8, 9)"
_COLLECT = "s.due_on IS NULL AND d.status = 9"
_PAUSED = "d.status IN (5, 6, 8)"


@dataclass(frozen=True, slots=True)
class Days:
    """The days that part the groups: today, and the third working day from today."""

    today: date
    near: date


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """`role` is a step role; `mine` keeps the steps of one officer, `unheld` nobody's; `group` keeps one group of urgency."""

    role: str = ""
    mine: int | None = None
    text: str = ""
    group: str = ""
    unheld: bool = False


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One open step. `due_*` are the step's own; `dossier_due_*` the day promised to the citizen."""

    step_id: int
    position: int
    step: str
    role: str
    unit_id: int
    officer_id: int | None
    due_on: date | None
    due_at: datetime | None
    opened_at: datetime | None
    dossier_id: int
    code: str | None
    version: int
    status: Status
    dossier_due_on: date | None
    owner_name: str
    summary: str
    channel: Channel
    supplements: int
    extensions: int
    procedure: str
    officer: str | None
    paused_since: datetime | None

    @property
    def paused(self) -> bool:
        return self.status in PAUSED

    def group(self, days: Days) -> str:
        """The group of urgency of this step on the day asked."""
        if self.paused:
            return PAUSE
        if self.due_on is None:
            return COLLECT if self.status == Status.FINISHED else UNDATED
        if self.due_on < days.today:
            return LATE
        if self.due_on == days.today:
            return TODAY
        return NEAR if self.due_on <= days.near else LATER


def work_page(
    units: tuple[int, ...], sight: Visible, asked: WorkFilter, days: Days, cursor: str = "", limit: int = PAGE
) -> Page[WorkRow]:
    """Open steps after `cursor`: running ones by due day, undated ones, results to be collected, paused ones.

    1 statement while a page fills from one part, at most 3 where the page crosses from part to part.
    """
    parts = _parts(asked.group)
    if not units or sight.nothing:
        return Page([])
    after = decode(cursor, 3)
    first = after is None
    rows: list[WorkRow] = []
    for part in parts:
        if after is not None and after[0] != part and not (part == _REST and after[0] in (COLLECT, PAUSE)):
            continue
        rows += _part(part, units, sight, asked, days, after, limit + 1 - len(rows))
        after = None
        if len(rows) > limit:
            break
    more = len(rows) > limit
    shown = rows[:limit]
    return Page(shown, encode(_key(shown[-1])) if more else "", first)


def work_counts(
    units: tuple[int, ...], sight: Visible, asked: WorkFilter, days: Days, cap: int = COUNT_CAP
) -> dict[str, int]:
    """How many of the `cap` + 1 most urgent open steps each group holds. 1 statement, the same work at any size.

    Exact while the units hold at most `cap` open steps; past that the counts add up to `cap` + 1, the urgent groups
    being whole and the last one cut (`overflows` tells which).
    """
    if not units or sight.nothing:
        return dict.fromkeys(GROUPS, 0)
    filters, params = _filters(asked)
    params |= {"today": days.today, "near": days.near, **sight.params}
    found = filled(
        "work_counts",
        walks=walks("work_walk", units, both(inside(sight, units), filters), cap + 1),
        limit=str(cap + 1),
    )
    return dict.fromkeys(GROUPS, 0) | {name: int(count) for name, count in found.rows(params)}


def overflows(counts: dict[str, int], cap: int = COUNT_CAP) -> frozenset[str]:
    """The groups whose count is "more than": the last dated one reached when the scan was full, and what follows it."""
    if sum(counts.values()) <= cap:
        return frozenset()
    reached = [group for group in (LATE, TODAY, NEAR, LATER) if counts.get(group)]
    if counts.get(UNDATED) or counts.get(COLLECT):  # they stand mixed at the end of the scan
        reached.append(UNDATED)
    last = reached[-1] if reached else LATE
    return frozenset(GROUPS[GROUPS.index(last) :])


def _parts(group: str) -> tuple[str, ...]:
    if group and group not in GROUPS:
        raise Refused("Không có nhóm việc này.", where="nhom", do="Chọn lại nhóm ở trên danh sách.")
    if group in (UNDATED, COLLECT, PAUSE):
        return (group,)
    return ("dated",) if group else ("dated", UNDATED, _REST)


def _part(
    part: str,
    units: tuple[int, ...],
    sight: Visible,
    asked: WorkFilter,
    days: Days,
    after: list[Any] | None,
    limit: int,
) -> list[WorkRow]:
    """The rows of one part of the list: dated, undated, to be collected, paused, or the last two. 1 statement."""
    filters, params = _filters(asked)
    params |= sight.params
    window = _window(asked.group, days, params)
    reached = "TRUE"
    if after is not None:
        params |= {"after_due": after[1], "after_id": after[2]}
        reached = _reached(str(after[0]))
    found = filled(
        "work_list",
        walks=" UNION ALL ".join(
            walks("work_walk", units, both(state, keyset, inside(sight, units), window, filters), limit)
            for state, keyset in _walked(part, after, reached)
        ),
        limit=str(limit),
        visible=sight.sql("d"),
    )
    return [_row(one) for one in found.rows(params)]


def _walked(part: str, after: list[Any] | None, reached: str) -> list[tuple[str, str]]:
    """The walks of a part: which steps, and from where on."""
    if part == "dated":
        return [(f"s.due_on IS NOT NULL AND {_RUNNING}", reached)]
    if part == _REST:
        if after is not None and after[0] == PAUSE:
            return [(_PAUSED, reached)]
        return [(_COLLECT, reached), (_PAUSED, "TRUE")]
    return [({UNDATED: _UNDATED, COLLECT: _COLLECT, PAUSE: _PAUSED}[part], reached)]


def _reached(kind: str) -> str:
    """What lies after the cursor, in the order of its kind of row."""
    if kind == "dated":
        return "(s.due_on, s.id) > (%(after_due)s::date, %(after_id)s::bigint)"
    if kind == PAUSE:
        return (
            "(coalesce(s.due_on, 'infinity'::date), s.id)"
            " > (coalesce(%(after_due)s::date, 'infinity'::date), %(after_id)s::bigint)"
        )
    return "s.id > %(after_id)s::bigint"


def _window(group: str, days: Days, params: dict[str, Any]) -> str:
    """The range of due days of one group."""
    if group in (LATE, TODAY):
        params["today"] = days.today
        return f"s.due_on {'<' if group == LATE else '='} %(today)s::date"
    if group == NEAR:
        params |= {"today": days.today, "near": days.near}
        return "s.due_on > %(today)s::date AND s.due_on <= %(near)s::date"
    if group == LATER:
        params["near"] = days.near
        return "s.due_on > %(near)s::date"
    return ""


def _filters(asked: WorkFilter) -> tuple[str, dict[str, Any]]:
    params: dict[str, Any] = {}
    found = [text_condition(asked.text, params)]
    if asked.role:
        found.append("s.role = %(role)s")
        params["role"] = asked.role
    if asked.mine is not None:
        found.append("s.officer_id = %(mine)s::bigint")
        params["mine"] = asked.mine
    if asked.unheld:
        found.append("s.officer_id IS NULL")
    return both(*found), params


def _key(row: WorkRow) -> tuple[str | int | None, ...]:
    part = PAUSE if row.paused else "dated"
    if row.due_on is None and not row.paused:
        part = COLLECT if row.status == Status.FINISHED else UNDATED
    return (part, row.due_on.isoformat() if row.due_on else None, row.step_id)


def _row(one: tuple[Any, ...]) -> WorkRow:
    values = [*one[:12], Status(one[12]), *one[13:16], Channel(one[16]), *one[17:]]
    return WorkRow(*values)


__all__ = ["Days", "WorkFilter", "WorkRow", "overflows", "work_counts", "work_page"]
