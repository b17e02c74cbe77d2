"""A set as a tree of areas, criteria and sub-criteria, and what a sheet of it comes to. Pure, exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu.indices.rules.cells import UNSCORED, Got
from congvu.indices.rules.numbers import HUNDRED
from congvu.indices.rules.scoring import Rule

EXCLUDE, SPREAD, ASK = "exclude", "spread", "ask"
POLICIES = {
    EXCLUDE: "Loại tiêu chí, trừ điểm tối đa của nó khỏi mẫu số",
    SPREAD: "Loại tiêu chí, giữ điểm tối đa của lĩnh vực (quy đổi theo các tiêu chí còn lại)",
    ASK: "Không tự xử lý: hội đồng phải cho điểm",
}


@dataclass(frozen=True, slots=True)
class Node:
    """An area, criterion or sub-criterion. Its parent is the code without the last number. Only leaves have rules."""

    code: str
    name: str
    maximum: Fraction | None
    rule: Rule | None = None
    figure: str = ""
    proof: str = ""
    same_as: str = ""

    @property
    def parent(self) -> str:
        return self.code.rpartition(".")[0]

    @property
    def area(self) -> str:
        return self.code.partition(".")[0]

    @property
    def depth(self) -> int:
        return self.code.count(".")


@dataclass(frozen=True, slots=True)
class Line:
    """A node of a scored sheet. `counted`: the maximum after what did not occur was taken out."""

    node: Node
    leaf: bool
    counted: Fraction
    points: Fraction | None
    got: Got | None = None

    @property
    def percent(self) -> Fraction | None:
        if self.points is None or not self.counted:
            return None
        return HUNDRED * self.points / self.counted


@dataclass(frozen=True, slots=True)
class Result:
    """`index`: points / counted × 100, exact; None when nothing is counted. `missing`: leaves without points, so that it is
    provisional, reckoned over those that have some."""

    lines: tuple[Line, ...]
    points: Fraction
    counted: Fraction
    excluded: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def index(self) -> Fraction | None:
        return HUNDRED * self.points / self.counted if self.counted else None

    @property
    def areas(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.node.depth)


def leaves(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Those nothing stands under."""
    parents = {one.parent for one in nodes}
    return tuple(one for one in nodes if one.code not in parents)


def reckon(nodes: Sequence[Node], gots: Mapping[str, Got], policy: str = EXCLUDE) -> Result:
    """The sheet: points and maxima from the leaves up. What did not occur leaves the maximum (`policy` EXCLUDE), or its area
    keeps its maximum over the rest (SPREAD), or waits for the council (ASK); it is never nothing or everything by itself."""
    own = {one.code: gots.get(one.code, UNSCORED) for one in leaves(nodes)}
    if policy == ASK:
        own = {
            code: Got(None, asks="không phát sinh: hội đồng cho điểm") if got.nothing else got
            for code, got in own.items()
        }
    factors = _factors(nodes, own) if policy == SPREAD else {}
    points: dict[str, Fraction] = {}
    counted: dict[str, Fraction] = {}
    for one in nodes:
        got = own.get(one.code)
        if got is None or got.points is None:
            continue
        factor = factors.get(one.area, Fraction(1))
        code = one.code
        while code:
            grow = (
                factor if "." not in code else Fraction(1)
            )  # an area grows, no criterion above its own maximum
            points[code] = points.get(code, Fraction(0)) + got.points * grow
            counted[code] = counted.get(code, Fraction(0)) + (one.maximum or Fraction(0)) * grow
            code = code.rpartition(".")[0]
    lines = tuple(
        Line(
            one, one.code in own, counted.get(one.code, Fraction(0)), points.get(one.code), own.get(one.code)
        )
        for one in nodes
    )
    tops = [one.code for one in nodes if not one.depth]
    return Result(
        lines,
        sum((points.get(code, Fraction(0)) for code in tops), Fraction(0)),
        sum((counted.get(code, Fraction(0)) for code in tops), Fraction(0)),
        tuple(code for code, got in own.items() if got.nothing),
        tuple((code, got.asks) for code, got in own.items() if got.missing),
    )


def _factors(nodes: Sequence[Node], own: Mapping[str, Got]) -> dict[str, Fraction]:
    """By how much the points of an area grow so that it keeps its maximum without what did not occur."""
    whole: dict[str, Fraction] = {}
    kept: dict[str, Fraction] = {}
    for one in nodes:
        if one.code in own and one.maximum is not None:
            whole[one.area] = whole.get(one.area, Fraction(0)) + one.maximum
            if not own[one.code].nothing:
                kept[one.area] = kept.get(one.area, Fraction(0)) + one.maximum
    return {area: whole[area] / left for area, left in kept.items() if left != whole[area]}
