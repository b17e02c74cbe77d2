"""A radar drawn by the server: areas in percent of their maximum, beside another result. Pure; its table tells the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

CENTRE_X, CENTRE_Y, REACH = 220.0, 170.0, 120.0  # in a picture of 440 × 340
RINGS = (25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Radar:
    """`now`, `before`: the points of a closed line; "" when an area of it has no result."""

    rings: tuple[str, ...]
    spokes: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]
    now: str
    before: str
    described: str


def radar_of(areas: Sequence[tuple[str, Fraction | None, Fraction | None]], title: str) -> Radar | None:
    """Areas as (name, percent, percent before). None for fewer than three: there is no shape."""
    count = len(areas)
    if count < 3:
        return None
    full = tuple(_at(i, count, 100.0) for i in range(count))
    return Radar(
        tuple(_line([_at(i, count, float(ring)) for i in range(count)]) for ring in RINGS),
        tuple((f"{x:.1f}", f"{y:.1f}") for x, y in full),
        tuple(_label(i, count, name) for i, (name, _, _) in enumerate(areas)),
        _shape([one[1] for one in areas]),
        _shape([one[2] for one in areas]),
        f"{title}. Số liệu ở bảng bên dưới.",
    )


def _at(index: int, count: int, percent: float) -> tuple[float, float]:
    angle = 2 * pi * index / count - pi / 2
    length = REACH * percent / 100
    return CENTRE_X + length * cos(angle), CENTRE_Y + length * sin(angle)


def _shape(values: Sequence[Fraction | None]) -> str:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return ""
    return _line([_at(i, len(known), float(value)) for i, value in enumerate(known)])


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _label(index: int, count: int, text: str) -> Label:
    x, y = _at(index, count, 112.0)
    anchor = "middle" if abs(x - CENTRE_X) < 8 else "start" if x > CENTRE_X else "end"
    return Label(f"{x:.1f}", f"{y + 4:.1f}", anchor, text)
