"""Functions of units: which look alike, which of those the law assigns nobody holds, which wait for a new unit. Pure.

The text only proposes: a likeness of words is shown with its score, and a person says what it is. Units of the
province are compared with each other. Communes are not: sixty communes hold the same functions by law, each at home.
A unit is not compared with one above it: a room does what its department is for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.succession import Successor, successors

OVERLAP, COVERS = "TRUNG", "PHU"
JUDGEMENTS = {OVERLAP: "Trùng, chồng lấn", COVERS: "Chức năng luật giao"}
YES, NO = "CO", "KHONG"
VERDICTS = {YES: "Đúng", NO: "Không"}
# per cent: from which on a likeness is proposed, in different fields and in one; told as a duplicate; near a law's function
LEAST, LEAST_IN_FIELD, DUPLICATE, NEAR = 40, 25, 80, 25
# openings that say nothing of what a function is about (folded)
_OPENINGS = (
    "tham muu giup uy ban nhan dan tinh", "tham muu giup uy ban nhan dan xa", "giup uy ban nhan dan tinh",
    "tham muu uy ban nhan dan tinh", "thuc hien chuc nang", "thuc hien nhiem vu", "to chuc thuc hien",
    "chu tri phoi hop", "quan ly nha nuoc ve", "quan ly nha nuoc", "tren dia ban tinh", "theo quy dinh cua phap luat",
    "theo quy dinh",
)  # fmt: skip
_EMPTY = frozenset(
    ("va", "cua", "cac", "ve", "cho", "trong", "theo", "doi", "voi", "o", "tai", "nhung", "la")
)


@dataclass(frozen=True, slots=True)
class Held:
    """A function as a unit holds it on a day. `text` is folded."""

    function: int
    unit: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A function the law assigns to units of a tier. `text` is folded."""

    id: int
    tier: str
    text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two functions of two units whose words are alike, in per cent; the one recorded first stands first."""

    one: Held
    other: Held
    score: int

    @property
    def duplicate(self) -> bool:
        return self.score >= DUPLICATE


@dataclass(frozen=True, slots=True)
class Cover:
    """Who holds a function the law assigns, and what comes nearest to it (None: nothing near)."""

    asked: Asked
    holders: tuple[Held, ...]
    nearest: tuple[Held, int] | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A function of a unit that is no more, with the units which stand for that unit now."""

    held: Held
    ended: date
    heirs: tuple[Successor, ...]
    proposed: int | None  # the one unit that took over the whole, when there is one and it stands


def shingles(folded: str) -> frozenset[str]:
    """What a folded text is about: its syllables and pairs of syllables, without the usual openings."""
    for opening in _OPENINGS:
        folded = f" {folded} ".replace(f" {opening} ", " ").strip()
    words = [word for word in folded.split() if word not in _EMPTY]
    return frozenset((*words, *(f"{a} {b}" for a, b in pairwise(words))))


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """Shared over all shingles, in whole per cent; 0 when either says nothing."""
    both = len(one & other)
    return 100 * both // (len(one) + len(other) - both) if both else 0


def alike(held: Sequence[Held], comparable: Callable[[int, int], bool]) -> list[Alike]:
    """The pairs alike enough to be looked at, the most alike first. Work grows with shared words, not with all pairs."""
    texts = [shingles(one.text) for one in held]
    seen: dict[str, list[int]] = {}
    found: list[Alike] = []
    for place, mine in enumerate(texts):
        shared = Counter(other for piece in mine for other in seen.get(piece, ()))
        for other, both in shared.items():
            score = 100 * both // (len(mine) + len(texts[other]) - both)
            least = LEAST_IN_FIELD if held[other].field == held[place].field else LEAST
            if score >= least and comparable(held[other].unit, held[place].unit):
                first, second = sorted((held[other], held[place]), key=lambda one: one.function)
                found.append(Alike(first, second, score))
        for piece in mine:
            seen.setdefault(piece, []).append(place)
    return sorted(found, key=lambda pair: (-pair.score, pair.one.function, pair.other.function))


def alike_in(held: Iterable[Held], known: Picture, on: date, tier: str) -> list[Alike]:
    """`alike`, of the units of a tier on a day."""
    units = {node.unit_id for node in known.tree(on) if node.tier == tier}
    return alike([one for one in held if one.unit in units], compared(known, on, tier))


def compared(known: Picture, on: date, tier: str) -> Callable[[int, int], bool]:
    """Whether two units are compared on a day: both of the tier, different, and neither above the other."""
    above = {
        node.unit_id: {span.unit_id for span in known.ancestors(node.unit_id, on)}
        for node in known.tree(on)
        if node.tier == tier
    }

    def may(one: int, other: int) -> bool:
        if one == other or one not in above or other not in above:
            return False
        return one not in above[other] and other not in above[one]

    return may


def covers(
    asked: Iterable[Asked],
    held: Sequence[Held],
    tier_of: Callable[[int], str],
    judged: Mapping[tuple[int, int], str],
) -> list[Cover]:
    """Who holds each assigned function. `judged`: (function, assigned) -> verdict.

    The same words in a unit of the tier count without asking, unless somebody said no; any other likeness counts only
    once somebody said yes.
    """
    texts = [(one, shingles(one.text), tier_of(one.unit)) for one in held]
    told: list[Cover] = []
    for want in asked:
        mine = shingles(want.text)
        holders: list[Held] = []
        nearest: tuple[Held, int] | None = None
        for one, words, tier in texts:
            verdict = judged.get((one.function, want.id))
            if verdict == YES or (verdict is None and tier == want.tier and one.text == want.text):
                holders.append(one)
            elif verdict is None and tier == want.tier:
                score = likeness(mine, words)
                if score >= NEAR and (nearest is None or score > nearest[1]):
                    nearest = (one, score)
        told.append(Cover(want, tuple(holders), nearest))
    return told


def waiting(held: Iterable[Held], known: Picture, on: date) -> list[Waiting]:
    """Functions of units which do not stand on the day: their heirs are proposed, none is chosen."""
    told: list[Waiting] = []
    for one in held:
        span = known.nearest(one.unit, on)
        if span is not None and span.valid_to is not None and span.valid_to <= on:
            heirs = successors(known, one.unit, on)
            took = {flow.to_id for flow in known.flows if flow.from_id == one.unit and flow.whole}
            direct = [heir.unit_id for heir in heirs if took == {heir.unit_id}]
            told.append(Waiting(one, span.valid_to, heirs, direct[0] if direct else None))
    return told
