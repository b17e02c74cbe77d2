"""The content areas of administrative reform (nội dung, lĩnh vực CCHC) as a list that changes with the programme.

Five in 2001-2010, six since 2011: a list is a dated row of the law table (`AREAS`), and a programme names the day whose
list is its own. An area may be quoted under another name; what was quoted finds the area and is never put in its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold

AREAS = "tasks.content_areas"


@dataclass(frozen=True, slots=True)
class Area:
    """A content area of one list. `breakthrough`: named a breakthrough (khâu đột phá) there."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    breakthrough: bool = False


@dataclass(frozen=True, slots=True)
class Areas:
    """A list of content areas in force from a day, with the text that says so."""

    since: date
    areas: tuple[Area, ...]
    citation: str = ""
    evidence: str = ""
    note: str = ""
    _by_word: Mapping[str, Area] = field(default_factory=dict, compare=False, repr=False)

    def name(self, code: str) -> str:
        """The area's name in this list; the bare code for one it does not have; "" for none."""
        return next((one.name for one in self.areas if one.code == code), code)

    def find(self, words: str) -> Area:
        """The area said by its code, its name or another name of it. Refuses words that name none."""
        wanted = fold(words)
        found = self._by_word.get(wanted)
        if found is None:
            said = "; ".join(one.name for one in self.areas)
            raise Refused(
                f"Không có nội dung «{composed(words)}».", where="content", do=f"Chọn trong: {said}."
            )
        return found


def areas_of(
    value: Mapping[str, Any], since: date, citation: str = "", evidence: str = "", note: str = ""
) -> Areas:
    """A list as the law table keeps it."""
    areas = tuple(
        Area(one["code"], one["name"], tuple(one.get("aliases", ())), bool(one.get("breakthrough")))
        for one in value["areas"]
    )
    words = {fold(word): one for one in areas for word in (one.code, one.name, *one.aliases)}
    return Areas(since, areas, citation, evidence, note, words)


def in_force(lists: Iterable[Areas], day: date) -> Areas | None:
    """The list in force on a day; the oldest for an earlier one; None when there is none at all."""
    ordered = sorted(lists, key=lambda one: one.since)
    before = [one for one in ordered if one.since <= day]
    return before[-1] if before else (ordered[0] if ordered else None)
