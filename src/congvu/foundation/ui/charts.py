"""Server-drawn charts: shares over time as lines, shares by agency as bars. Each share keeps its two numbers. Pure.

A chart never stands without its table; the table's numbers open the records they count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from congvu.foundation.ui import formats
from congvu.foundation.ui.track_picture import clip, px

LINE_LEFT, LINE_RIGHT, LINE_TOP, LINE_BOTTOM = 34, 400, 14, 184  # in a picture of 500 × 210
BAR_LEFT, BAR_ROOM, BAR_STEP = 176, 238, 33  # in a picture 500 wide


@dataclass(frozen=True, slots=True)
class Share:
    """part of whole, with the addresses of the records both count. None: not known (a month to come)."""

    part: int | Fraction | None
    whole: int | Fraction | None
    part_url: str = ""
    whole_url: str = ""
    rest_url: str = ""

    @property
    def percent(self) -> Decimal | None:
        if self.part is None or not self.whole:
            return None
        share = Fraction(100 * self.part) / Fraction(self.whole)
        return Decimal(share.numerator) / Decimal(share.denominator)

    @property
    def rest(self) -> int | Fraction | None:
        return None if self.part is None or self.whole is None else self.whole - self.part

    @property
    def words(self) -> str:
        return formats.percent(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Line:
    """A series of shares, one per label of the chart; the `main` one is drawn in the accent, others dashed grey."""

    name: str
    shares: Sequence[Share]
    main: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    x: str
    y: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    css: str
    points: tuple[str, ...]
    marks: tuple[Mark, ...]
    end: Mark | None


@dataclass(frozen=True, slots=True)
class LineRow:
    label: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """What `line_chart.html` shows. Made by `line_chart_of`."""

    title: str
    axis_note: str
    described: str
    first_column: str
    names: tuple[str, ...]
    grid: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    lines: tuple[DrawnLine, ...]
    rows: tuple[LineRow, ...]
    words: tuple[str, str]

    @property
    def empty(self) -> bool:
        return not any(line.marks for line in self.lines)


def line_chart_of(
    title: str,
    labels: Sequence[str],
    lines: Sequence[Line],
    *,
    first_column: str = "Tháng",
    words: tuple[str, str] = ("Đúng hạn", "Đã giải quyết"),
) -> LineChart:
    """Shares in percent over `labels`. The axis ends at 100 and begins at the round number below the lowest share."""
    known = [share.percent for line in lines for share in line.shares if share.percent is not None]
    low, step = _axis(min(known, default=Decimal(0)))
    grid = tuple(
        Mark(px(LINE_LEFT), px(_line_y(Decimal(value), low)), formats.number(value))
        for value in range(low, 101, step)
    )
    ticks = tuple(
        Mark(px(_line_x(i, len(labels))), px(LINE_BOTTOM + 18), label) for i, label in enumerate(labels)
    )
    rows = tuple(LineRow(label, tuple(line.shares[i] for line in lines)) for i, label in enumerate(labels))
    return LineChart(
        title=title,
        axis_note=f"trục từ {low}" if low else "",
        described=_line_words(title, labels, lines),
        first_column=first_column,
        names=tuple(line.name for line in lines),
        grid=grid,
        ticks=ticks,
        lines=tuple(_drawn(line, len(labels), low) for line in sorted(lines, key=lambda one: one.main)),
        rows=rows,
        words=words,
    )


def _axis(lowest: Decimal) -> tuple[int, int]:
    for width, step in ((5, 1), (10, 2), (20, 5), (50, 10)):
        if lowest >= 100 - width:
            return floor(lowest) // step * step if floor(lowest) < 100 else 100 - width, step
    return 0, 20


def _line_x(index: int, count: int) -> float:
    return LINE_LEFT + (LINE_RIGHT - LINE_LEFT) * index / max(count - 1, 1)


def _line_y(percent: Decimal, low: int) -> float:
    return float(LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * (percent - low) / (100 - low))


def _drawn(line: Line, count: int, low: int) -> DrawnLine:
    """Unknown months break the line: a gap is not a zero."""
    pieces: list[list[str]] = [[]]
    marks: list[Mark] = []
    end: Mark | None = None
    for index, share in enumerate(line.shares):
        if share.percent is None:
            pieces.append([])
            continue
        x, y = _line_x(index, count), _line_y(share.percent, low)
        pieces[-1].append(f"{px(x)},{px(y)}")
        marks.append(Mark(px(x), px(y), share.words))
        end = Mark(
            px(min(x + 9, LINE_RIGHT + 9)), px(y + (4 if line.main else 18)), f"{line.name}: {share.words}"
        )
    points = tuple(" ".join(piece) for piece in pieces if len(piece) > 1)
    return DrawnLine("l1" if line.main else "l0", points, tuple(marks), end)


def _line_words(title: str, labels: Sequence[str], lines: Sequence[Line]) -> str:
    parts = [f"{title}."]
    for line in lines:
        known = [
            (label, share)
            for label, share in zip(labels, line.shares, strict=True)
            if share.percent is not None
        ]
        if known:
            low = min(known, key=lambda pair: pair[1].percent or Decimal(0))
            high = max(known, key=lambda pair: pair[1].percent or Decimal(0))
            parts.append(
                f"{line.name}: thấp nhất {low[1].words} ({low[0]}), cao nhất {high[1].words} ({high[0]}), "
                f"gần nhất {known[-1][1].words}."
            )
    return " ".join([*parts, "Số liệu ở bảng dưới."])


@dataclass(frozen=True, slots=True)
class DrawnBar:
    label: str
    text_y: str
    y: str
    width: str
    rest_x: str
    rest_y: str
    rest_width: str
    value_x: str
    value: str


@dataclass(frozen=True, slots=True)
class BarRow:
    label: str
    share: Share


@dataclass(frozen=True, slots=True)
class BarChart:
    """What `bar_chart.html` shows. Made by `bar_chart_of`."""

    title: str
    described: str
    first_column: str
    height: str
    bars: tuple[DrawnBar, ...]
    rows: tuple[BarRow, ...]
    total: Share | None
    words: tuple[str, str, str]


def bar_chart_of(
    title: str,
    rows: Sequence[tuple[str, Share]],
    *,
    first_column: str = "Cơ quan",
    total: Share | None = None,
    words: tuple[str, str, str] = ("Tổng", "Đúng hạn", "Quá hạn"),
    limit: int = 20,
) -> BarChart:
    """Bars from zero: the part in the accent, the shortfall hatched, "37/38" at the end. The table has every row."""
    shown = rows[:limit]
    longest = max((share.whole or 0 for _, share in shown), default=0) or 1
    bars = tuple(_bar(i, label, share, longest) for i, (label, share) in enumerate(shown))
    worst = sorted(
        (row for row in rows if row[1].percent is not None), key=lambda row: row[1].percent or Decimal(0)
    )[:3]
    said = formats.listing(f"{label} {share.words}" for label, share in worst)
    return BarChart(
        title=title,
        described=f"{title}. Thấp nhất: {said}. Số liệu ở bảng dưới."
        if worst
        else f"{title}. Chưa có số liệu.",
        first_column=first_column,
        height=px(len(shown) * BAR_STEP + 14),
        bars=bars,
        rows=tuple(BarRow(label, share) for label, share in rows),
        total=total,
        words=words,
    )


def _bar(index: int, label: str, share: Share, longest: int | Fraction) -> DrawnBar:
    y = 8 + index * BAR_STEP
    part, rest = share.part or 0, share.rest or 0
    width, short = float(BAR_ROOM * part / longest), float(BAR_ROOM * rest / longest)
    gap = 2 if rest and part else 0
    short = max(short, 2.5) if rest else 0
    return DrawnBar(
        label=clip(label, 24),
        text_y=px(y + 15),
        y=px(y),
        width=px(width),
        rest_x=px(BAR_LEFT + width + gap),
        rest_y=px(y + 0.75),
        rest_width=px(short) if rest else "",
        value_x=px(BAR_LEFT + width + gap + short + 8),
        value=f"{formats.number(share.part)}/{formats.number(share.whole)}",
    )
