"""What each new commune was made of, out of the notes published beside the new list.

A note is a sentence for people: "Phường Quán Thánh, Phường Trúc Bạch, một phần diện tích của các phường Cửa Nam, Điện
Biên". A commune named whole is taken as whole. From the first "phần" (part) on, everything is taken as a part, for a
list may go on after it; and a name that two old communes bear is taken as a part of either. So at worst too much is
asked. A name that fits no old commune is told.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from congvu.foundation.text import composed, fold

UNCHANGED = "giu nguyen"
_COMMUNE = re.compile(r"\b(phường|xã|thị trấn|đặc khu)\b", re.IGNORECASE)
_OUTER_COMMAS = re.compile(r"[,;](?![^()]*\))|\bvà\b(?![^()]*\))")
_HINT = re.compile(r"\(([^)]*)\)")
_PART = re.compile(r"\bphần\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OldPlace:
    """An old commune: its row, full name, district and province."""

    id: int
    code: str
    name: str
    district: str
    province: str


@dataclass(frozen=True, slots=True)
class Note:
    """The note of one new locality; `province` is the new province's code, "0" for a province itself."""

    code: str
    name: str
    province: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A new commune says it was made of this old one, whole or in part."""

    old: OldPlace
    new_code: str
    part: bool


class OldCommunes:
    """Old communes to be found by name inside the old provinces a new province was made of."""

    def __init__(self, places: Iterable[OldPlace], notes: Iterable[Note]) -> None:
        self._by_name: dict[tuple[str, str], list[OldPlace]] = {}
        provinces = set()
        for place in places:
            provinces.add(place.province)
            self._by_name.setdefault((fold(place.province), fold(place.name)), []).append(place)
        self._made_of = _provinces(notes, provinces)

    def of_name(self, name: str, new_province: str, district: str = "") -> list[OldPlace]:
        """Old communes of a full name ("Phường Đống Đa"), in the district hinted at when one is."""
        found = [
            place
            for province in self._made_of.get(new_province, ())
            for place in self._by_name.get((province, fold(name)), ())
        ]
        hint = fold(district)
        return (
            [place for place in found if hint in fold(place.district)] if hint and len(found) > 1 else found
        )


def _provinces(notes: Iterable[Note], old: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The old provinces (folded full names) each new province was made of."""
    bare = {fold(re.sub(r"^(Tỉnh|Thành phố)\s+", "", name)): fold(name) for name in old}
    made: dict[str, tuple[str, ...]] = {}
    for note in notes:
        text = f" {fold(note.text)} {fold(note.name)} ".replace(" tphcm ", " ho chi minh ")
        made[note.code] = tuple(full for short, full in bare.items() if f" {short} " in text)
    return made


def claims(note: Note, old: OldCommunes) -> tuple[list[Claim], list[str]]:
    """What a note says of which old communes, and what could not be taken, in sentences."""
    if fold(note.text) == UNCHANGED:
        return _one(note, old, note.name, "", part=False)
    taken: list[Claim] = []
    doubts: list[str] = []
    part, word = False, ""
    for item in _OUTER_COMMAS.split(composed(note.text)):
        part = part or _PART.search(item) is not None
        name, word = _name(item, word)
        if not name:
            continue
        hint = next((hint for hint in _HINT.findall(item) if "phần" not in hint), "")
        found, wrong = _one(note, old, name, hint, part=part)
        taken += found
        doubts += wrong
    return taken, doubts


def _name(item: str, word: str) -> tuple[str, str]:
    """The commune's full name in an item, "" when it names none; and its word, which bare names after it inherit."""
    plain = _HINT.sub(" ", item).split("sau khi")[0]
    words = list(_COMMUNE.finditer(plain))
    if words:
        word, plain = words[-1].group(1), plain[words[-1].end() :]
    elif _PART.search(plain):
        return "", word  # "một phần diện tích tự nhiên": the name comes in the next item
    return (f"{word} {plain.strip()}".strip() if plain.strip() else ""), word


def _one(note: Note, old: OldCommunes, name: str, hint: str, *, part: bool) -> tuple[list[Claim], list[str]]:
    places = old.of_name(name, note.province, hint)
    same_code = [place for place in places if place.code == note.code]
    if len(places) > 1 and fold(name) == fold(note.name) and len(same_code) == 1:
        places = same_code  # the new one kept name and code of one of them
    if not places:
        return [], [f"{note.name}: «{composed(name)}» không có trong danh mục xã cũ"]
    several = len(places) > 1
    doubts = [f"{note.name}: {len(places)} xã cũ cùng tên «{composed(name)}», sẽ hỏi"] if several else []
    return [Claim(place, note.code, part or several) for place in places], doubts
