"""What a task of a diagram waits for: all of some tasks, or the first of them."""

from dataclasses import dataclass

from congvu.procedures.rules.bpmn.raw import Raw, RawFlow
from congvu.procedures.rules.words import Join


@dataclass(frozen=True, slots=True)
class Arrival:
    """A set of sources and how they are waited for; `mixed` when neither says it all."""

    sources: frozenset[str] = frozenset()
    join: str = Join.ANY.value
    mixed: bool = False

    @property
    def plain(self) -> bool:
        return len(self.sources) < 2


def arrival(
    raw: Raw, into: dict[str, list[RawFlow]], leaves: frozenset[str], task: str, back: frozenset[str]
) -> Arrival:
    """What `task` waits for. `leaves`: tasks and start events; `back`: sources that come only for rework."""

    def at(node_id: str, trail: frozenset[str]) -> Arrival:
        if node_id in trail:
            return Arrival()
        join = Join.ALL.value if raw.nodes[node_id].element == "parallelGateway" else Join.ANY.value
        found = [of(flow, trail | {node_id}) for flow in into[node_id]]
        return _put_together([one for one in found if one.sources], join)

    def of(flow: RawFlow, trail: frozenset[str]) -> Arrival:
        marked = (flow.branch or {}).get("back") == "true"
        if marked or (flow.source in leaves and flow.source in back):
            return Arrival()
        if flow.source in leaves:
            return Arrival(frozenset((flow.source,)))
        return at(flow.source, trail)

    return at(task, frozenset())


def _put_together(parts: list[Arrival], join: str) -> Arrival:
    sources = frozenset(source for part in parts for source in part.sources)
    kinds = {part.join for part in parts if not part.plain}
    distinct = {part.sources for part in parts}
    if any(part.mixed for part in parts):
        return Arrival(sources, join, mixed=True)
    if len(distinct) == 1:  # the same again: two branches of one step, or a gateway passed straight through
        return next((part for part in parts if not part.plain), parts[0])
    return Arrival(sources, join, mixed=bool(kinds - {join}))
