"""What a page of the registers was asked for, and the parts every such page has: tabs, tables, counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui.forms import day_asked
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.rules.picture import Picture, Span


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, and the day of knowledge (None: as known now), with the filters chosen."""

    on: date
    known: date | None
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def known_at(self) -> datetime | None:
        return clock.day_end(self.known) if self.known else None

    def query(self, **changed: str) -> str:
        """The address of the same question with something changed ("_" in a name stands for "-")."""
        asked = {
            "ngay": f"{self.on:%d/%m/%Y}",
            "biet-den": f"{self.known:%d/%m/%Y}" if self.known else "",
            **self.filters,
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def get(self, name: str) -> str:
        return self.filters.get(name, "")


def asked_of(request: HttpRequest, *filters: str) -> Asked:
    """Refuses a day that cannot be read. Filters are kept as typed; each page says which values it knows."""
    chosen = {name: request.GET.get(name, "").strip()[:120] for name in filters}
    return Asked(day_asked(request, "ngay") or clock.today(), day_asked(request, "biet-den"), chosen)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: its heading, its width in a sheet, whether it holds numbers, whether its lines are kept whole."""

    heading: str
    width: int = 20
    n: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, where it leads, a chip's state, a line in grey below; `number` for the sheet."""

    text: str
    url: str = ""
    chip: str = ""
    sub: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A register as rows of cells; the screen and the sheet are made of the same."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Count:
    """A counted number that opens its records; `whole` None when it is not a share."""

    words: str
    part: int
    url: str
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A select above a register."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    chosen: str


def last_day(valid_to: date | None) -> str:
    """The last day an entry holds, as people say it; "" when no end was said."""
    return f"{previous_day(valid_to):%d/%m/%Y}" if valid_to else ""


def period(valid_from: date, valid_to: date | None) -> str:
    """01/07/2025 – 30/06/2026, or "từ 01/07/2025"."""
    until = last_day(valid_to)
    return f"{valid_from:%d/%m/%Y} – {until}" if until else f"từ {valid_from:%d/%m/%Y}"


def unit_cell(known: Picture, unit_id: int, on: date) -> Cell:
    """A unit by the name it had on the day, leading to its registers."""
    span = known.nearest(unit_id, on)
    if span is None:
        return Cell(f"Đơn vị {unit_id}")
    gone = "" if span.covers(on) else "không còn vào ngày này" if span.valid_from <= on else "chưa thành lập"
    return Cell(span.name, f"{reverse('unit-registers', args=[span.code])}?ngay={on:%d/%m/%Y}", sub=gone)


def standing(known: Picture, on: date, kinds: Sequence[str], tier: str = "") -> list[Span]:
    """Units of some kinds that stand on a day, in tree order."""
    order = {node.unit_id: place for place, node in enumerate(known.tree(on))}
    found = [
        span
        for span in known.spans()
        if span.kind in kinds and span.covers(on) and (not tier or span.tier == tier)
    ]
    return sorted(found, key=lambda span: order.get(span.unit_id, 0))
