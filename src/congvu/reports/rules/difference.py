"""Two versions of a report beside each other: lines of text, and numbers. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from congvu.organisation.rules.mapping import Number
from congvu.reports.rules.numbers import Told
from congvu.reports.rules.text import Asked

SAME, GONE, NEW, CHANGED = "same", "gone", "new", "changed"
_AROUND = 2  # same lines kept on either side of a change


@dataclass(frozen=True, slots=True)
class Change:
    """A line: `was` and `now` are its pieces, each (text, whether it differs)."""

    kind: str
    was: tuple[tuple[str, bool], ...] = ()
    now: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A number on both sides. `by` is the difference of counts, or of percentages in points; None when there is none to
    tell, and `why` says so."""

    asked: Asked
    was: Told | None
    now: Told | None
    by: Number | None = None
    why: str = ""

    @property
    def same(self) -> bool:
        if self.was is None or self.now is None:
            return False
        return _kept(self.was) == _kept(self.now)

    @property
    def shown(self) -> Told:
        found = self.now or self.was
        assert found is not None  # one side always stands
        return found


def _kept(told: Told) -> tuple[object, ...]:
    return told.numerator, told.denominator, told.rate, told.words, told.flag, told.gone


def lines_changed(was: str, now: str) -> list[Change]:
    """What differs, with a little of what stands around it."""
    before, after = was.splitlines(), now.splitlines()
    told: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            told += [Change(SAME, ((line, False),), ((line, False),)) for line in before[i1:i2]]
            continue
        pairs = min(i2 - i1, j2 - j1)
        told += [_pair(before[i1 + n], after[j1 + n]) for n in range(pairs)]
        told += [Change(GONE, was=((line, True),)) for line in before[i1 + pairs : i2]]
        told += [Change(NEW, now=((line, True),)) for line in after[j1 + pairs : j2]]
    return _trimmed(told)


def _pair(was: str, now: str) -> Change:
    """A line that changed, word by word."""
    before, after = was.split(" "), now.split(" ")
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i2 > i1:
            left.append((" ".join(before[i1:i2]), tag != "equal"))
        if j2 > j1:
            right.append((" ".join(after[j1:j2]), tag != "equal"))
    return Change(CHANGED, tuple(left), tuple(right))


def _trimmed(told: Sequence[Change]) -> list[Change]:
    near = {m for n, one in enumerate(told) if one.kind != SAME for m in range(n - _AROUND, n + _AROUND + 1)}
    return [one for n, one in enumerate(told) if n in near]


def numbers_moved(was: Mapping[Asked, Told], now: Mapping[Asked, Told]) -> list[Moved]:
    """Every number of either side, in the order of the new one."""
    return [_moved(asked, was.get(asked), now.get(asked)) for asked in dict.fromkeys([*now, *was])]


def _moved(asked: Asked, was: Told | None, now: Told | None) -> Moved:
    if was is None or now is None:
        return Moved(asked, was, now, why="chỉ có ở một bên")
    if was.gone or now.gone:
        return Moved(asked, was, now, why="không có giá trị")
    if (was.measure, was.share) != (now.measure, now.share):
        return Moved(asked, was, now, why=f"khác đơn vị đo: {was.measure or '–'} và {now.measure or '–'}")
    before, after = was.number(None), now.number(None)
    if before is None or after is None:
        return Moved(asked, was, now, why="không tính được")
    gap = Fraction(after) - Fraction(before)
    return Moved(asked, was, now, gap.numerator if gap.denominator == 1 else gap)
