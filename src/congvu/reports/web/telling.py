"""A version as it is told: its blocks with the numbers in their places, the notes under them. One telling for the screen,
the PDF, the Word file and the command line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from congvu.foundation.ui import formats
from congvu.foundation.ui.charts import BarChart, Line, LineChart, Share, bar_chart_of, line_chart_of
from congvu.foundation.ui.radar import Radar, radar_of
from congvu.organisation.rules.mapping import Number
from congvu.reports.queries.charts import LINE, RADAR
from congvu.reports.rules.numbers import Told, by_place
from congvu.reports.rules.text import SPAN_WORDS, Asked, Block, FigureRef, Kind, Part, Piece, Text, read

USUAL_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class RadarChart:
    """A radar with its table: each area now, and before (None: not known). `radar` None: fewer than three areas."""

    title: str
    radar: Radar | None
    rows: tuple[tuple[str, Share, Share | None], ...]
    first_column: str
    words: tuple[str, str]


Drawn = LineChart | BarChart | RadarChart


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. `told`: the number that stands there; `n`: its place in the version's list (0: not reckoned);
    `mark`: the number of its note."""

    text: str
    told: Told | None = None
    n: int = 0
    mark: int = 0
    title: str = ""
    part: Part | None = None

    @property
    def gone(self) -> bool:
        return self.told is not None and bool(self.told.gone)


@dataclass(frozen=True, slots=True)
class Row:
    """A block ready to be shown."""

    kind: str
    label: str = ""
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    chart: str = ""
    drawn: Drawn | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A number that was not computed: how it came to be."""

    mark: int
    told: Told
    printed: str


@dataclass(frozen=True, slots=True)
class Telling:
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    numbers: tuple[tuple[int, Told], ...]
    text: Text
    unfilled: int  # places the template left to be written: "[Ghi …]"


def tell(body: str, numbers: Iterable[Mapping[str, Any]], charts: Mapping[str, Any]) -> Telling:
    """No statement."""
    text = read(body)
    places = by_place(numbers)
    marks: dict[Asked, int] = {}
    for asked in text.asked:
        if asked in places and places[asked][1].flagged:
            marks[asked] = len(marks) + 1
    rows = tuple(_row(block, places, marks, charts) for block in text.blocks)
    notes = tuple(Note(n, places[asked][1], value(places[asked][1])) for asked, n in marks.items())
    unfilled = sum(
        isinstance(piece, str) and piece.startswith("[")
        for block in text.blocks
        for piece in block.all_pieces
    )
    return Telling(rows, notes, tuple(places.values()), text, unfilled)


def _row(
    block: Block,
    places: Mapping[Asked, tuple[int, Told]],
    marks: Mapping[Asked, int],
    charts: Mapping[str, Any],
) -> Row:
    def runs(pieces: Sequence[Piece]) -> tuple[Run, ...]:
        return tuple(_run(one, places, marks) for one in pieces)

    return Row(
        block.kind.name.lower(), f"{block.label}{_AFTER.get(block.kind, '')}", runs(block.pieces),
        tuple(tuple(runs(cell) for cell in row) for row in block.rows), block.chart,
        drawn_of(charts[block.chart]) if block.chart in charts else None, block.line,
    )  # fmt: skip


_AFTER = {Kind.PART: ".", Kind.SECTION: ".", Kind.POINT: ")"}


def _run(piece: Piece, places: Mapping[Asked, tuple[int, Told]], marks: Mapping[Asked, int]) -> Run:
    if isinstance(piece, str):
        return Run(piece)
    n, told = places.get(piece.asked, (0, Told(piece.asked, piece.asked.code, gone="Chưa tính.")))
    return Run(
        printed(piece, told), told, n, marks.get(piece.asked, 0), f"{told.name}{_about(told, piece.part)}",
        told.part(piece.part),
    )  # fmt: skip


def _about(told: Told, part: Part | None) -> str:
    words = [
        {Part.NUMERATOR: "tử số", Part.DENOMINATOR: "mẫu số"}.get(part, "") if part and told.share else "",
        told.unit_name,
        f"{told.first:%d/%m/%Y}–{told.last:%d/%m/%Y}" if told.first and told.last else "",
    ]
    said = ", ".join(word for word in words if word)
    return f" ({said})" if said else ""


def printed(ref: FigureRef, told: Told) -> str:
    """The number as the reader sees it; the name in brackets when it is gone."""
    if told.gone:
        return f"[thiếu: {told.name}]"
    return value(told, ref.part, ref.decimals)


def value(told: Told, part: Part | None = None, decimals: int | None = None) -> str:
    """Rounded once, half up, here. What is only known in words is told in words."""
    if told.gone:
        return formats.NOTHING
    if told.words and part in (None, Part.SHARE):
        return told.words
    wanted = told.part(part)
    number = told.number(part)
    if wanted is Part.SHARE:
        if number is None:
            return told.empty
        return formats.number(decimal(number), USUAL_DECIMALS if decimals is None else decimals) + "%"
    return formats.number(number, decimals)


def decimal(number: Number) -> Decimal:
    exact = Fraction(number)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def gap(number: Number | None, share: bool) -> str:
    """A difference: counts as they are, percentages in points."""
    if number is None:
        return formats.NOTHING
    text = formats.number(decimal(number), 1) + " điểm %" if share else formats.number(number)
    return f"+{text}" if number > 0 else text


def span_words(told: Told) -> str:
    return SPAN_WORDS[told.asked.span]


def drawn_of(chart: Mapping[str, Any]) -> Drawn:
    """The picture of a chart with its table."""
    rows = [(label, _share(part, whole)) for label, part, whole in chart["rows"]]
    title = f"{chart['title']}: {chart['under']}" if chart.get("under") else chart["title"]
    part, whole = chart["words"]
    first = chart.get("first", "Cơ quan")
    if chart["kind"] == LINE:
        labels = [label for label, _ in rows]
        line = Line(part, tuple(share for _, share in rows))
        return line_chart_of(title, labels, [line], first_column=first, words=(part, whole))
    if chart["kind"] == RADAR:
        before = {label: _share(*pair) for label, pair in chart["before"].items()}
        areas = [
            (label, _fraction(share), _fraction(before[label]) if label in before else None)
            for label, share in rows
        ]
        named = tuple((label, share, before.get(label)) for label, share in rows)
        return RadarChart(title, radar_of(areas, title), named, first, (part, whole))
    return bar_chart_of(title, rows, first_column=first, words=(whole, part, "Chênh lệch"))


def _share(part: int | str, whole: int | str) -> Share:
    return Share(_exact(part), _exact(whole))


def _exact(kept: int | str) -> int | Fraction:
    found = Fraction(kept)
    return found.numerator if found.denominator == 1 else found


def _fraction(share: Share) -> Fraction | None:
    return None if share.percent is None else Fraction(share.percent)
