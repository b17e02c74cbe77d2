"""The tree as lines a template can write in one pass, closing as many lists as each line ends."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from congvu.foundation.ui.pager import Page, encode, page_after
from congvu.organisation.rules.comparison import Change
from congvu.organisation.rules.picture import Node

KIND_ICONS = {
    "UBND": "building",
    "TRUNG_TAM_PVHCC": "inbox",
    "SO": "buildings",
    "BAN": "buildings",
    "CONG_AN": "shield-check",
    "PHONG": "people",
    "VAN_PHONG": "journal-text",
    "HUYEN": "map",
    "XA": "geo-alt",
    "PHUONG": "geo-alt",
    "THI_TRAN": "geo-alt",
    "DAC_KHU": "geo-alt",
}
OTHER_ICON = "diagram-3"


PAGE = 500  # units of a tree on a page; a country's communes are more than one reads


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of the tree: `open` when its list stands open, `closing` how many lists end after it."""

    node: Node
    icon: str
    open: bool
    closing: str
    change: Change | None
    inside: int  # changed units somewhere below


def tree_page(nodes: Sequence[Node], cursor: str) -> tuple[list[Node], Page[Node]]:
    """A page of a tree, with the units above its first one so that it hangs somewhere; never ends between a unit and those
    below it."""
    page = page_after(nodes, PAGE, lambda node: node.unit_id, cursor)
    rows = list(page.rows)
    while page.next and len(rows) > 1 and rows[-1].below:
        rows.pop()
    if len(rows) < len(page.rows):
        page = replace(page, rows=rows, next=encode((rows[-1].unit_id,)))
    by_id = {node.unit_id: node for node in nodes} if not page.first else {}
    above: list[Node] = []
    node = by_id.get(rows[0].parent_id or 0) if rows else None
    while node is not None:
        above.insert(0, node)
        node = by_id.get(node.parent_id or 0)
    return [*above, *rows], page


def lines(nodes: Sequence[Node], changed: Mapping[int, Change], opened: Collection[int] = ()) -> list[Line]:
    """The tree of a day as lines; roots stand open, and units in `opened`."""
    inside = _changed_below(nodes, changed)
    found: list[Line] = []
    for place, node in enumerate(nodes):
        after = nodes[place + 1].depth if place + 1 < len(nodes) else 0
        found.append(
            Line(
                node=node,
                icon=KIND_ICONS.get(node.kind, OTHER_ICON),
                open=node.depth == 0 or node.unit_id in opened,
                closing="x" * max(0, node.depth - after),
                change=changed.get(node.unit_id),
                inside=inside.get(node.unit_id, 0),
            )
        )
    return found


def _changed_below(nodes: Sequence[Node], changed: Mapping[int, Change]) -> dict[int, int]:
    below: dict[int, int] = {}
    for node in reversed(nodes):  # children come after their parents
        here = below.get(node.unit_id, 0) + (node.unit_id in changed)
        if node.parent_id is not None and here:
            below[node.parent_id] = below.get(node.parent_id, 0) + here
    return below
