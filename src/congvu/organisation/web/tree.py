"""The organisation on a day: what stood, what changed since another day, as known now or then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.text import fold
from congvu.foundation.ui.forms import day_asked
from congvu.organisation import queries
from congvu.organisation.access import may_change, may_read_registers
from congvu.organisation.rules.comparison import Change, changes, gone
from congvu.organisation.rules.kinds import TIERS, UNIT_KINDS
from congvu.organisation.rules.picture import Node, Picture
from congvu.organisation.web.drawing import draw
from congvu.organisation.web.register_page import TABS
from congvu.organisation.web.rows import lines, tree_page
from congvu.organisation.web.telling import events_told, heirs_told

SHOWN_EVENTS = 8
SHOWN_UNITS = (
    200  # found, or gone since the other day; who looks for more writes more of a name, or opens the events
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for: the day, the day to compare with, the day of knowledge, words."""

    on: date
    since: date
    known: date | None
    words: str

    @property
    def query(self) -> str:
        """The day, for links to units."""
        return f"ngay={self.on:%d/%m/%Y}"


def tree(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's; 5 as known on an earlier day."""
    asked = _asked(request)
    picture = (
        queries.picture() if asked.known is None else queries.picture_as_known(clock.day_end(asked.known))
    )
    nodes = picture.tree(asked.on)
    changed = changes(picture, asked.since, picture, asked.on)
    roots = [node for node in nodes if node.depth == 0]
    shown, page = tree_page(nodes, request.GET.get("sau", ""))
    found = _found(nodes, asked.words)
    left = gone(picture, asked.since, picture, asked.on, SHOWN_UNITS + 1)
    context = {
        "asked": asked,
        "page": page,
        "lines": lines(shown, changed, {node.unit_id for node in shown[: len(shown) - len(page.rows)]}),
        "nodes": _table(page.rows, picture, asked, changed),
        "found": found[:SHOWN_UNITS] if found is not None else None,
        "found_count": len(found or ()),
        "drawings": [one for one in (draw(picture, root.unit_id, asked.on, changed) for root in roots) if one]
        if page.first
        else [],
        "counts": _counts(nodes),
        "changed": len(changed),
        "gone": [(one.span, heirs_told(picture, one.heirs, asked.on)) for one in left[:SHOWN_UNITS]],
        "gone_more": len(left) > SHOWN_UNITS,
        "events": events_told(queries.events(until=asked.on, limit=SHOWN_EVENTS)[:SHOWN_EVENTS], picture),
        "may_change": not may_change(request.actor),  # type: ignore[attr-defined]
        "tab": "organisation",
        "tabs": TABS if may_read_registers(request.actor) else (),  # type: ignore[attr-defined]
    }
    return render(request, "organisation/web/tree.html", context)


def _asked(request: HttpRequest) -> Asked:
    on = day_asked(request, "ngay") or clock.today()
    since = day_asked(request, "so-voi") or date(on.year, 1, 1)
    return Asked(on, since, day_asked(request, "biet-den"), request.GET.get("q", "").strip()[:100])


def _counts(nodes: tuple[Node, ...]) -> list[tuple[str, int]]:
    return [
        (words.split(" (")[0], sum(node.tier == tier for node in nodes))
        for tier, words in TIERS.items()
        if any(node.tier == tier for node in nodes)
    ]


def _found(nodes: tuple[Node, ...], words: str) -> list[Node] | None:
    if not words:
        return None
    wanted = fold(words).split()
    return [node for node in nodes if all(word in f"{fold(node.name)} {fold(node.code)}" for word in wanted)]


def _table(
    nodes: Sequence[Node], picture: Picture, asked: Asked, changed: dict[int, Change]
) -> list[dict[str, object]]:
    return [
        {
            "node": node,
            "tier": TIERS[node.tier].split(" (")[0],
            "kind": UNIT_KINDS[node.kind],
            "parent": picture.name(node.parent_id, asked.on) if node.parent_id else "",
            "change": changed.get(node.unit_id),
        }
        for node in nodes
    ]
