"""The communes drawn: by their outlines where every one of them has one, else as tiles by the old districts. Geometry only.

Numbers leave here as text with a point, for a Vietnamese template would write 12,5 and break the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from congvu.foundation.ui.track_picture import clip, px
from congvu.organisation.rules.boundaries import Ring

WIDTH, HEIGHT = 960.0, 720.0
COLUMNS, TILE, GAP, HEAD = 8, 56.0, 6.0, 26.0
MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Area:
    """A commune as drawn: a path or a tile, its class (None: no value), two lines of text, where it leads, what it says."""

    path: str
    css: str
    x: str
    name_y: str
    value_y: str
    name: str
    value: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    height: str
    areas: tuple[Area, ...]
    headings: tuple[Heading, ...]
    outlined: bool


@dataclass(frozen=True, slots=True)
class Item:
    """What is drawn of a commune."""

    unit_id: int
    group: str
    name: str
    value: str
    place: int | None
    url: str
    title: str


def drawn(items: Sequence[Item], outlines: Mapping[int, tuple[Ring, ...]]) -> Drawing:
    """By outlines when all are known, as a map with holes would hide communes; else tiles."""
    if items and all(item.unit_id in outlines for item in items):
        return _outlined(items, outlines)
    return _tiles(items)


def _css(item: Item) -> str:
    return "none" if item.place is None else f"k{item.place}"


def _tiles(items: Sequence[Item]) -> Drawing:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    width = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
    y = MARGIN
    areas: list[Area] = []
    headings: list[Heading] = []
    for group, members in groups.items():
        headings.append(Heading(px(y + 16), group or "Các xã, phường"))
        y += HEAD
        for at, item in enumerate(members):
            x, top = MARGIN + at % COLUMNS * (width + GAP), y + at // COLUMNS * (TILE + GAP)
            path = f"M{px(x)} {px(top)}h{px(width)}v{px(TILE)}h-{px(width)}z"
            areas.append(
                Area(
                    path, _css(item), px(x + width / 2), px(top + 23), px(top + 43), clip(item.name, 15), item.value,
                    item.url, item.title,
                )
            )  # fmt: skip
        y += ((len(members) - 1) // COLUMNS + 1) * (TILE + GAP) + 8
    return Drawing(px(y + MARGIN), tuple(areas), tuple(headings), False)


def _outlined(items: Sequence[Item], outlines: Mapping[int, tuple[Ring, ...]]) -> Drawing:
    points = [point for item in items for ring in outlines[item.unit_id] for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    squeeze = (
        cos(radians((top + bottom) / 2)) or 1.0
    )  # a degree of longitude is shorter away from the equator
    scale = min(
        (WIDTH - 2 * MARGIN) / max((right - left) * squeeze, 1e-6),
        (HEIGHT - 2 * MARGIN) / max(top - bottom, 1e-6),
    )
    shift = (WIDTH - (right - left) * squeeze * scale) / 2

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return shift + (point[0] - left) * squeeze * scale, MARGIN + (top - point[1]) * scale

    areas = []
    for item in items:
        rings = [[place(point) for point in ring] for ring in outlines[item.unit_id]]
        x, y = _middle(max(rings, key=len))
        number = "" if item.place is None else str(item.place + 1)
        areas.append(
            Area(
                "".join(map(_path, rings)),
                _css(item),
                px(x),
                px(y),
                px(y + 5),
                "",
                number,
                item.url,
                item.title,
            )
        )
    return Drawing(px((top - bottom) * scale + 2 * MARGIN), tuple(areas), (), True)


def _path(ring: Sequence[tuple[float, float]]) -> str:
    """A ring as a path to a tenth of a unit; points that fall together are written once."""
    written: list[str] = []
    for x, y in ring:
        point = f"{px(x)} {px(y)}"
        if not written or written[-1] != point:
            written.append(point)
    return f"M{'L'.join(written)}z"


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
