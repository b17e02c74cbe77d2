"""The organisation drawn: a unit on top, under it those it leads, in bands by tier. Geometry only; see `_drawing.html`.

Numbers leave here as text with a point, for a Vietnamese template would write 12,5 and break the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congvu.organisation.rules.comparison import MOVED, NEW, RENAMED, Change
from congvu.organisation.rules.kinds import TIERS
from congvu.organisation.rules.picture import Node, Picture

WIDTH, GAP, BAND_HEAD, ROOT_HEIGHT = 960.0, 8.0, 34.0, 50.0
WIDE, NARROW = (5, 66.0), (6, 48.0)  # columns and height of a box: with the code under the name, and without
MOST = 240  # boxes of a band that are drawn; the tree has all
MANY = 30  # a band of more than this is drawn narrow
LETTER = 7.1  # mean width of a letter, for breaking lines only
LINE = 17.0
CHANGED = {NEW: "mới", RENAMED: "đổi tên", MOVED: "chuyển đến"}


@dataclass(frozen=True, slots=True)
class Box:
    """A unit: its rectangle, its name in one or two lines, its page; `css` says how it changed.

    The words are the link's name to a screen reader, so nothing is said that is not also seen.
    """

    x: str
    y: str
    width: str
    height: str
    css: str
    lines: list[tuple[str, str]]  # (y, text)
    text_x: str
    under: str
    under_y: str
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
    name: str
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
        if len(members) > MOST:
            heading += f", vẽ {MOST} đơn vị đầu"
        counts.append(heading)
        link = f"M{_n(WIDTH / 2)} {_n(4 + ROOT_HEIGHT)}V{_n(y)}H14V{_n(y + 10)}"
        bands.append(Band(heading, _n(y + 20), link))
        y = _grid(members[:MOST], y + BAND_HEAD, boxes, changed)
    described = (
        f"{root.name} ngày {on:%d/%m/%Y}: "
        + "; ".join(counts)
        + ". Danh sách đầy đủ ở cây và bảng trên trang."
    )
    return Drawing(_n(y + 4), boxes, bands, root.name, described)


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
    name = _broken(node.name, int((width - 16) / LETTER))
    under = " · ".join([node.code, *([CHANGED[change.kind]] if change else [])]) if wide else ""
    return Box(
        x=_n(x),
        y=_n(y),
        width=_n(width),
        height=_n(height),
        css=f"bx {change.kind}" if change else "bx",
        lines=[(_n(y + 20 + place * LINE), line) for place, line in enumerate(name)],
        text_x=_n(x + 8),
        under=under,
        under_y=_n(y + 20 + len(name) * LINE),
        url=reverse("unit", args=[node.code]),
    )


def _broken(text: str, most: int) -> list[str]:
    """`text` in at most two lines of about `most` letters, broken between words."""
    first, rest = "", text.split()
    while rest and (not first or len(first) + 1 + len(rest[0]) <= most):
        first = f"{first} {rest.pop(0)}".strip()
    second = " ".join(rest)
    if len(second) > most:
        second = second[: most - 1].rstrip() + "…"
    return [first, second] if second else [first]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
