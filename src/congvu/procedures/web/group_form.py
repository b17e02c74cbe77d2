"""The draft of a group as a form without scripts: a row a procedure, its papers beneath, spare rows at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from congvu.foundation.text import composed, fold
from congvu.procedures.actions.group_drafts import DraftIn
from congvu.procedures.queries.group_drafts import GroupChoice
from congvu.procedures.rules.groups import MemberLine, PaperUse

SPARE = 2  # empty rows to add procedures
MOST = 20  # procedures of a group: more nobody could hand in at once
SHARED, APART = "chung", ""


@dataclass(slots=True)
class PaperBox:
    """How one paper is met. `way`: "" apart, "chung" shared, "kq-<n>" the result of the procedure in row n."""

    key: str
    name: str
    required: bool
    way: str = APART
    share: str = ""


@dataclass(slots=True)
class MemberBox:
    """A row of the page: the number it shows, where it is to stand, what it waits for (numbers as shown)."""

    row: int
    order: str
    code: str
    after: str
    unit: str
    name: str = ""
    papers: tuple[PaperBox, ...] = ()

    @property
    def as_result(self) -> str:
        """How a paper says that it is the result of this row."""
        return f"kq-{self.row}"

    @property
    def empty(self) -> bool:
        return not self.code


def boxes_of(members: Sequence[MemberLine], known: Mapping[str, GroupChoice]) -> list[MemberBox]:
    """The rows of a draft, and spare ones."""
    boxes = []
    for position, one in enumerate(members, 1):
        choice, uses = known.get(one.procedure), {use.paper_key: use for use in one.papers}
        papers = tuple(
            PaperBox(line.stable_key, line.name, line.required, *_way(uses.get(line.stable_key)))
            for line in (choice.papers if choice else ())
        )
        after, name = ", ".join(map(str, one.after)), choice.name if choice else ""
        boxes.append(MemberBox(position, str(position), one.procedure, after, one.unit, name, papers))
    for row in range(len(boxes) + 1, min(len(boxes) + SPARE, MOST) + 1):
        boxes.append(MemberBox(row, str(row), "", "", ""))
    return boxes


def read_draft(data: QueryDict) -> DraftIn:
    """What was typed, rows without a procedure left out, in the order asked for. Waits and results name rows by the
    numbers the page shows, and follow them; those of a row taken out go with it."""
    named = [row for row in range(1, MOST + 1) if composed(data.get(f"r{row}-ma", ""))]
    rows = [row for row in named if not data.get(f"r{row}-bo")]
    rows.sort(key=lambda row: (_number(data.get(f"r{row}-tt", "")) or row, row))
    place: dict[int, int | None] = dict.fromkeys(named)  # the number shown -> the position; None: taken out
    place.update({row: position for position, row in enumerate(rows, 1)})
    members = []
    for row in rows:
        waits = {place.get(n, n) for n in map(_number, _words(data.get(f"r{row}-cho", "")))}
        after = tuple(sorted(position for position in waits if position))
        code, unit = composed(data.get(f"r{row}-ma", ""))[:40], data.get(f"r{row}-dv", "")[:40]
        members.append(MemberLine(code, after, unit, _papers(data, row, place)))
    return DraftIn(
        composed(data.get("ten", "")), composed(data.get("can-cu", "")), _evidence(data.get("tin-cay", "")),
        data.get("ghi-chu", "").replace("\r\n", "\n"), members,
    )  # fmt: skip


def _papers(data: QueryDict, row: int, place: Mapping[int, int | None]) -> tuple[PaperUse, ...]:
    uses = []
    for key in dict.fromkeys(data.getlist(f"r{row}-giay")):
        way, share = data.get(f"r{row}-g-{key}", ""), data.get(f"r{row}-c-{key}", "")
        if way == SHARED:
            named = slug(share) or slug(data.get(f"r{row}-n-{key}", "")) or SHARED
            uses.append(PaperUse(key[:80], share=named))
        elif way.startswith("kq-") and (position := place.get(_number(way[3:]))):
            uses.append(PaperUse(key[:80], result_of=position))
    return tuple(uses)


def slug(text: str) -> str:
    """The name of a share as the forms carry it: plain letters, figures and hyphens."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(text))
    return "-".join(plain.split())[:60]


def _way(use: PaperUse | None) -> tuple[str, str]:
    if use is None:
        return APART, ""
    return (SHARED, use.share) if use.share else (f"kq-{use.result_of}", "")


def _words(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()[:MOST]


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 4 else 0


def _evidence(text: str) -> str:
    return text if text in EVIDENCE else "MEM"


EVIDENCE = {"TXT": "Đã đối chiếu với văn bản", "SEC": "Theo nguồn thứ cấp", "MEM": "Chưa đối chiếu"}
