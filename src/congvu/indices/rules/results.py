"""Results of a round beside each other: ranks with ties, what would lift an index, years whose sets differ. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu.indices.rules.cells import Got
from congvu.indices.rules.numbers import HUNDRED, half_up
from congvu.indices.rules.sets import PERCENT, POINTS, SUM
from congvu.indices.rules.tree import Line, Node, Result, leaves, reckon


def value_of(result: Result, measure: str) -> Fraction | None:
    """The number a sheet is ranked by: percent, or a sum of points. A number of others with a blank in it has no sum."""
    if measure == SUM:
        return None if result.missing else result.points
    if measure == POINTS:
        return result.points if result.counted else None
    return result.index


def ranks(values: Mapping[int, Fraction | None], places: int) -> dict[int, int]:
    """Ranks from the highest: who shows the same number shares a rank and the next is left out (1, 2, 2, 4). By the number as
    shown, for a reader sees no other. Who has no number has no rank."""
    shown = {key: half_up(value, places) for key, value in values.items() if value is not None}
    return {key: 1 + sum(other > value for other in shown.values()) for key, value in shown.items()}


@dataclass(frozen=True, slots=True)
class Lift:
    """By how much the index would rise if a criterion reached its maximum."""

    node: Node
    points: Fraction
    maximum: Fraction
    gain: Fraction


def lifts(
    nodes: Sequence[Node], gots: Mapping[str, Got], policy: str, measure: str = PERCENT
) -> tuple[Lift, ...]:
    """The criteria that would lift the index most, the first first; the gain in what a sheet is ranked by (`measure`). What
    did not occur lifts nothing."""
    base = value_of(reckon(nodes, gots, policy), measure) or Fraction(0)
    found = []
    for one in leaves(nodes):
        got = gots.get(one.code)
        if got is None or got.points is None or one.maximum is None or got.points >= one.maximum:
            continue
        then = reckon(nodes, {**gots, one.code: Got(one.maximum)}, policy)
        found.append(Lift(one, got.points, one.maximum, (value_of(then, measure) or Fraction(0)) - base))
    return tuple(sorted(found, key=lambda lift: (-lift.gain, lift.node.code)))


@dataclass(frozen=True, slots=True)
class Beside:
    """A criterion in two years, in percent of its maximum of each."""

    code: str
    name: str
    before_code: str
    before: Fraction | None
    now: Fraction | None

    @property
    def change(self) -> Fraction | None:
        return None if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """`common`: criteria that both sets have; only over these two years are compared (`before`, `now`: percent). The others
    are named: a whole index of two different sets is no series."""

    common: tuple[Beside, ...]
    only_before: tuple[Node, ...]
    only_now: tuple[Node, ...]
    before: Fraction | None
    now: Fraction | None

    @property
    def change(self) -> Fraction | None:
        return None if self.before is None or self.now is None else self.now - self.before


def compared(before: Result, now: Result) -> Comparison:
    """Two results of the same unit. A criterion is the same when the later set says which it was (`same_as`), or has the
    code and the name it had."""
    earlier = {line.node.code: line for line in before.lines if line.leaf}
    common: list[Beside] = []
    only_now: list[Node] = []
    sums = [Fraction(0)] * 4
    used: set[str] = set()
    for line in (one for one in now.lines if one.leaf):
        node = line.node
        match = earlier.get(node.same_as or node.code)
        if match is None or match.node.code in used or (not node.same_as and match.node.name != node.name):
            only_now.append(node)
            continue
        used.add(match.node.code)
        common.append(Beside(node.code, node.name, match.node.code, _part(match), _part(line)))
        if match.points is not None and line.points is not None:
            for place, part in enumerate((match.points, _most(match), line.points, _most(line))):
                sums[place] += part
    only_before = tuple(line.node for code, line in earlier.items() if code not in used)
    return Comparison(
        tuple(common), only_before, tuple(only_now),
        HUNDRED * sums[0] / sums[1] if sums[1] else None, HUNDRED * sums[2] / sums[3] if sums[3] else None,
    )  # fmt: skip


def _part(line: Line) -> Fraction | None:
    points, most = line.points, _most(line)
    if points is None:
        return None
    return HUNDRED * points / most if most else points


def _most(line: Line) -> Fraction:
    return line.counted
