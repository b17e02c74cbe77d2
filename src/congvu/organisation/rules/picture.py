"""The organisation as one picture in memory: every unit with its spans of validity, read as of any date.

A province has hundreds of units and a few spans each, so the whole picture is loaded once and asked many times.
A span holds from `valid_from` up to, and not including, `valid_to`: an event of 1 July ends the old span and begins
the new one on the same date, and no day is ever counted off.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

EventKey = tuple[date, int]  # the day of an event, its id: the order of things
KEPT_TREES = 64  # dates whose trees one picture remembers


@dataclass(frozen=True, slots=True)
class Span:
    """What a unit was called and under whom it stood, from a day (included) to a day (not included; open if None)."""

    unit_id: int
    code: str
    name: str
    short_name: str
    parent_id: int | None
    tier: str
    kind: str
    sort_key: str
    valid_from: date
    valid_to: date | None = None
    opened_by: int | None = None  # the event that began it
    closed_by: int | None = None
    id: int | None = field(default=None, compare=False)  # its row, once stored

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def reaches_past(self, day: date) -> bool:
        """Whether any part of the span lies on or after `day`."""
        return self.valid_to is None or self.valid_to > day


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of a date. `depth` is 0 at a root; `below` counts the units under it, at any depth."""

    unit_id: int
    code: str
    name: str
    short_name: str
    parent_id: int | None
    tier: str
    kind: str
    depth: int
    below: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Flow:
    """What a unit handed on by an event: `share` of it (None: not known); `whole` when it then ceased to exist."""

    event_id: int
    from_id: int
    to_id: int
    effective: date
    share: Fraction | None
    whole: bool


class Picture:
    """All units through time. Never changed: a change makes a new picture with another token."""

    def __init__(self, spans: Iterable[Span], flows: Iterable[Flow] = (), token: str = "") -> None:
        units: dict[int, list[Span]] = {}
        for span in spans:
            units.setdefault(span.unit_id, []).append(span)
        self.token = token
        self._units = {unit: tuple(sorted(of, key=lambda s: s.valid_from)) for unit, of in units.items()}
        self._under: dict[int, list[Span]] = {}
        for of in self._units.values():
            for span in of:
                if span.parent_id is not None:
                    self._under.setdefault(span.parent_id, []).append(span)
        self._codes = {of[0].code: unit for unit, of in self._units.items()}
        self.flows = tuple(sorted(flows, key=lambda flow: (flow.effective, flow.event_id)))
        self._handed: dict[int, dict[EventKey, list[Flow]]] = {}
        self._received: dict[int, list[Flow]] = {}
        for flow in self.flows:
            self._received.setdefault(flow.to_id, []).append(flow)
            self._handed.setdefault(flow.from_id, {}).setdefault((flow.effective, flow.event_id), []).append(
                flow
            )
        self._trees: dict[date, tuple[Node, ...]] = {}

    @property
    def unit_ids(self) -> Iterable[int]:
        return self._units.keys()

    def spans(self) -> Iterable[Span]:
        return (span for of in self._units.values() for span in of)

    def of(self, unit_id: int) -> tuple[Span, ...]:
        """Every span of a unit, oldest first; empty when the unit is not known."""
        return self._units.get(unit_id, ())

    def at(self, unit_id: int, on: date) -> Span | None:
        """The span of a unit on a day; None when it did not exist then."""
        return next((span for span in self.of(unit_id) if span.covers(on)), None)

    def nearest(self, unit_id: int, on: date) -> Span | None:
        """The span on that day, else the last one before it, else the first after it: how an old record is labelled."""
        spans = self.of(unit_id)
        before = [span for span in spans if span.valid_from <= on]
        return before[-1] if before else (spans[0] if spans else None)

    def name(self, unit_id: int, on: date) -> str:
        """The unit's name on a day (or the nearest one known); "" when the unit is not known."""
        span = self.nearest(unit_id, on)
        return span.name if span else ""

    def handed_on(self, unit_id: int) -> Mapping[EventKey, list[Flow]]:
        """What a unit handed on, event by event in order."""
        return self._handed.get(unit_id, {})

    def received(self, unit_id: int) -> Sequence[Flow]:
        """What came to a unit, in order."""
        return self._received.get(unit_id, ())

    def by_code(self, code: str) -> int | None:
        return self._codes.get(code)

    def tree(self, on: date) -> tuple[Node, ...]:
        """Every unit of the day, parents before children, siblings by their sort key."""
        kept = self._trees.get(on)
        if kept is None:
            kept = tuple(_tree([span for span in self.spans() if span.covers(on)]))
            if len(self._trees) >= KEPT_TREES:
                self._trees.clear()
            self._trees[on] = kept
        return kept

    def subtree(self, unit_ids: Iterable[int], on: date) -> frozenset[int]:
        """The given units that exist on the day, with everything under them."""
        wanted, found = set(unit_ids), set()
        for node in self.tree(on):  # parents come first
            if node.unit_id in wanted or node.parent_id in found:
                found.add(node.unit_id)
        return frozenset(found)

    def ancestors(self, unit_id: int, on: date) -> tuple[Span, ...]:
        """The units above, nearest first."""
        above: list[Span] = []
        span = self.at(unit_id, on)
        while span is not None and span.parent_id is not None and len(above) < len(self._units):
            span = self.at(span.parent_id, on)
            if span is not None:
                above.append(span)
        return tuple(above)

    def children(self, unit_id: int, on: date) -> tuple[Span, ...]:
        """The units directly under, by sort key."""
        under = [span for span in self._under.get(unit_id, ()) if span.covers(on)]
        return tuple(sorted(under, key=lambda span: (span.sort_key, span.unit_id)))


def _tree(spans: Sequence[Span]) -> list[Node]:
    present = {span.unit_id for span in spans}
    under: dict[int | None, list[Span]] = {}
    for span in sorted(spans, key=lambda s: (s.sort_key, s.unit_id), reverse=True):
        under.setdefault(span.parent_id if span.parent_id in present else None, []).append(span)
    ordered: list[tuple[Span, int]] = []
    waiting = [(span, 0) for span in under.get(None, ())]
    while waiting:
        span, depth = waiting.pop()
        ordered.append((span, depth))
        waiting.extend((child, depth + 1) for child in under.get(span.unit_id, ()))
    below = dict.fromkeys(present, 0)
    for span, _ in reversed(ordered):
        if span.parent_id in below:
            below[span.parent_id] += below[span.unit_id] + 1
    return [_node(span, depth, below[span.unit_id]) for span, depth in ordered]


def _node(span: Span, depth: int, below: int) -> Node:
    return Node(
        unit_id=span.unit_id,
        code=span.code,
        name=span.name,
        short_name=span.short_name or span.name,
        parent_id=span.parent_id,
        tier=span.tier,
        kind=span.kind,
        depth=depth,
        below=below,
        since=span.valid_from,
        until=span.valid_to,
    )
