"""The organisation drawn: a unit on top, under it those it leads, in bands by tier. Geometry only; see `_drawing.html`.

Numbers leave here as text with a point, for a Vietnamese template would write 12,5 and break the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congvu.organisation.rules.comparison import Change
from congvu.organisation.rules.kinds import TIERS
from congvu.organisation.rules.picture import Node, Picture

WIDTH, GAP, BAND_HEAD, ROOT_HEIGHT = 960.0, 8.0, 34.0, 46.0
WIDE, NARROW = (5, 46.0), (6, 28.0)  # columns and height of a box: with a second line, and without
MANY = 30  # a band of more than this is drawn narrow
LETTER = 7.1  # mean width of a letter, for cutting only


@dataclass(frozen=True, slots=True)
class Box:
    """A unit: its rectangle, one or two lines of text, its page; `css` says how it changed."""

    x: str
    y: str
    width: str
    height: str
    css: str
    title: str
    first: str
    first_x: str
    first_y: str
    second: str
    second_y: str
    url: str


@dataclass(frozen=True, slots=True)
class Band:
    """The heading over boxes of one tier, and the line that ties it to the root."""

    text: str
    y: str
    link: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template writes down."""

    height: str
    boxes: list[Box]
    bands: list[Band]
    described: str


def draw(picture: Picture, root_id: int, on: date, changed: Mapping[int, Change]) -> Drawing | None:
    """The unit and those directly under it on a day; None when nothing stands under it."""
    nodes = picture.tree(on)
    root = next((node for node in nodes if node.unit_id == root_id), None)
    under = [node for node in nodes if node.parent_id == root_id]
    if root is None or not under:
        return None
    boxes = [_box(root, WIDTH / 2 - 190, 4, 380, ROOT_HEIGHT, changed, wide=True)]
    bands: list[Band] = []
    y, counts = 4 + ROOT_HEIGHT + 14, []
    for tier, words in TIERS.items():
        members = [node for node in under if node.tier == tier]
        if not members:
            continue
        heading = f"{words.split(' (')[0]}: {len(members)} đơn vị"
        counts.append(heading)
        link = f"M{_n(WIDTH / 2)} {_n(4 + ROOT_HEIGHT)}V{_n(y)}H14V{_n(y + 10)}"
        bands.append(Band(heading, _n(y + 20), link))
        y = _grid(members, y + BAND_HEAD, boxes, changed)
    described = (
        f"{root.name} ngày {on:%d/%m/%Y}: "
        + "; ".join(counts)
        + ". Danh sách đầy đủ ở cây và bảng trên trang."
    )
    return Drawing(_n(y + 4), boxes, bands, described)


def _grid(members: list[Node], top: float, boxes: list[Box], changed: Mapping[int, Change]) -> float:
    wide = len(members) <= MANY
    columns, height = WIDE if wide else NARROW
    width = (WIDTH - GAP * (columns - 1)) / columns
    for place, node in enumerate(members):
        x, y = (place % columns) * (width + GAP), top + (place // columns) * (height + GAP)
        boxes.append(_box(node, x, y, width, height, changed, wide=wide))
    rows = -(-len(members) // columns)
    return top + rows * (height + GAP) + 10


def _box(
    node: Node, x: float, y: float, width: float, height: float, changed: Mapping[int, Change], *, wide: bool
) -> Box:
    change = changed.get(node.unit_id)
    second = f"{node.code} · {node.below} đơn vị" if node.below else node.code
    return Box(
        x=_n(x),
        y=_n(y),
        width=_n(width),
        height=_n(height),
        css=f"bx {change.kind}" if change else "bx",
        title=f"{node.name} ({node.code}){': ' + change.words if change else ''}",
        first=_cut(node.name, width - 16),
        first_x=_n(x + 8),
        first_y=_n(y + (19 if wide else 18)),
        second=_cut(second, width - 16) if wide else "",
        second_y=_n(y + 37),
        url=reverse("unit", args=[node.code]),
    )


def _cut(text: str, width: float) -> str:
    most = int(width / LETTER)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
