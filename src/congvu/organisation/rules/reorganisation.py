"""A reorganisation given as a sheet: old communes, the new ones they went to, and the units that stand for the old ones.

What the sheet says for certain becomes a plan. A commune that was divided, a unit that is not found, a name that fits
several units become questions for a person; nothing is guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congvu.foundation.text import composed, fold
from congvu.organisation.rules.lists import Went

DIVIDED, UNKNOWN, SEVERAL, UNSAID = "divided", "unknown", "several", "unsaid"


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit of a commune on the day before: the names of the units above it, nearest first."""

    unit_id: int
    code: str
    name: str
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """An old commune of the sheet: where it went, by code and name; `unit` when one unit stands for it."""

    code: str
    name: str
    district: str
    to: tuple[tuple[str, str], ...]
    divided: bool
    unit: Standing | None


@dataclass(frozen=True, slots=True)
class Question:
    """What the sheet does not say. `choices`: the new communes between which a person decides."""

    kind: str
    code: str
    name: str
    district: str
    why: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        return f"{self.name}, {self.district}" if self.district else self.name


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a divided commune: the new commune and how much it got (None: the decision does not say)."""

    new_code: str
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Made:
    """A new commune: the old ones that went into it whole, and those that gave a part."""

    code: str
    name: str
    whole: tuple[Going, ...]
    parts: tuple[Going, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An old commune that is, alone and whole, a new one: it goes on, under its new name when that changed."""

    going: Going
    code: str
    name: str


@dataclass(slots=True)
class Plan:
    """`made` and `kept` by new code; `divided` with the answers given, in the order of the sheet."""

    made: list[Made] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    divided: list[tuple[Going, tuple[Share, ...]]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def plan(
    went: Iterable[Went], units: Sequence[Standing], answers: Mapping[str, tuple[Share, ...]] | None = None
) -> Plan:
    """What the sheet says of these units. `answers`: for a divided commune, by its old code, every part of it; the first
    takes what hangs on the old unit. An answer that names other communes than the sheet stays a question."""
    found, names, answers = Plan(), {}, answers or {}
    goings = _goings(went, _by_name(units), found.questions)
    into: dict[str, tuple[list[Going], list[Going]]] = {}
    for one in goings:
        for new_code, new_name in one.to:
            names[new_code] = new_name
            whole, parts = into.setdefault(new_code, ([], []))
            (parts if one.divided else whole).append(one)
        if one.divided:
            _answered(one, answers.get(one.code, ()), found)
    for code, (whole, parts) in into.items():
        if len(whole) == 1 and not parts and _word(whole[0].name) == _word(names[code]):
            found.kept.append(Kept(whole[0], code, names[code]))
        else:
            found.made.append(Made(code, names[code], tuple(whole), tuple(parts)))
    return found


def _word(name: str) -> str:
    """What kind of commune a full name says: a township that becomes a commune is another unit."""
    return fold(name).split()[0]


def committee(name: str, old: str, unit_name: str) -> str:
    """The new unit's name after the pattern of an old one: "UBND xã Tân Lập" for "Xã Tân Lập" tells how "Phường Kỳ Lừa" is
    written: "UBND phường Kỳ Lừa". A unit that bears the bare name of its commune gives the bare name."""
    given, bare = composed(unit_name), composed(old)
    head = given[: len(given) - len(bare)] if fold(given).endswith(fold(bare)) else ""
    lowered = head and given[len(head)] != bare[0]
    return head + (name[0].lower() + name[1:] if lowered else name)


def _goings(
    went: Iterable[Went], units: Mapping[str, list[Standing]], questions: list[Question]
) -> list[Going]:
    lines: dict[str, list[Went]] = {}
    for line in went:
        lines.setdefault(line.old_code, []).append(line)
    goings = []
    for code, of in lines.items():
        first, to = of[0], tuple(dict.fromkeys((one.new_code, one.new_name) for one in of))
        divided = len(to) > 1 or any(one.divided for one in of)
        unit, question = _unit_of(first, units)
        if question is not None:
            questions.append(question)
        goings.append(Going(code, first.old_name, first.district, to, divided, unit))
    return goings


def _by_name(units: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Units by the folded name of their commune: the words from "xã", "phường", "thị trấn" on."""
    found: dict[str, list[Standing]] = {}
    for unit in units:
        name = f" {fold(unit.name)}"
        starts = [name.find(word) for word in (" xa ", " phuong ", " thi tran ", " dac khu ") if word in name]
        if starts:
            found.setdefault(name[min(starts) :].strip(), []).append(unit)
    return found


def _unit_of(line: Went, units: Mapping[str, list[Standing]]) -> tuple[Standing | None, Question | None]:
    found, district = units.get(fold(line.old_name), []), fold(line.district)
    if len(found) > 1 and district:
        found = [unit for unit in found if any(fold(name).endswith(district) for name in unit.above)]
    if len(found) == 1:
        return found[0], None
    if found:
        why = "Nhiều đơn vị cùng tên: " + ", ".join(unit.code for unit in found) + "."
        return None, Question(SEVERAL, line.old_code, line.old_name, line.district, why)
    why = "Chưa có đơn vị nào của xã này trong cây tổ chức ngày trước đó."
    return None, Question(UNKNOWN, line.old_code, line.old_name, line.district, why)


def _answered(one: Going, answer: tuple[Share, ...], found: Plan) -> None:
    if sorted(share.new_code for share in answer) == sorted(code for code, _ in one.to) and len(one.to) > 1:
        found.divided.append((one, answer))
        return
    kind, why = (
        DIVIDED,
        "Xã bị chia: mỗi nơi nhận phần nào, và nơi nào nhận hồ sơ, người, việc của đơn vị cũ?",
    )
    if len(one.to) == 1:
        kind, why = UNSAID, "Bảng ghi xã bị chia nhưng chỉ có một nơi nhận: phần còn lại về đâu?"
    found.questions.append(Question(kind, one.code, one.name, one.district, why, one.to))
