"""The text of a report: plain lines with a mark at their head, and the places where figures and charts stand.

    # Chỉ đạo, điều hành          a part (I, II …)      - một gạch đầu dòng
    ## Công tác chỉ đạo           a section (1, 2 …)    | Chỉ tiêu | Kết quả |     a row of a table, the first is its head
    ### Kiểm tra                  a point (a, b …)      {{bieu-do:dung-han}}       a chart, alone on its line

A figure stands within any line: {{so-lieu:ho-so.dung-han}}, with options after its code: `phan=tu` (ty-le, tu, mau),
`ky=nam-truoc` (nay, nam-truoc, 5-nam), `don-vi=H99.08`, `le=2` (decimals). Numbering is made, never typed. Reading
never fails: what is not understood stays as it was typed and is told as a problem with its line.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 300_000  # letters of a text
MOST_FIGURES = 600
_TOKEN = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
_UNIT = re.compile(r"[A-Za-z0-9.]{1,35}")
_LETTERS = (
    "abcdđeghiklmnopqrstuvxy"  # the Vietnamese alphabet without its marked vowels, as points are lettered
)


class Kind(StrEnum):
    PART = "#"
    SECTION = "##"
    POINT = "###"
    PARAGRAPH = ""
    BULLET = "-"
    TABLE = "|"
    CHART = "bieu-do"


class Part(StrEnum):
    """Which number of a figure is printed."""

    SHARE = "ty-le"
    NUMERATOR = "tu"
    DENOMINATOR = "mau"


class Span(StrEnum):
    """Of which period: the report's own, the same one a year before, the five years that end with it."""

    THIS = "nay"
    LAST_YEAR = "nam-truoc"
    FIVE_YEARS = "5-nam"


SPAN_WORDS = {Span.THIS: "kỳ này", Span.LAST_YEAR: "cùng kỳ năm trước", Span.FIVE_YEARS: "5 năm đến hết kỳ"}
CHARTS = {
    "dung-han": "Giải quyết đúng hạn theo tháng",
    "bien-che": "Người có mặt so với biên chế được giao",
    "chi-so": "Xếp hạng chỉ số",
    "chi-so-linh-vuc": "Điểm từng lĩnh vực của chỉ số",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure, of which period, of which unit ("" the report's own)."""

    code: str
    span: Span = Span.THIS
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure's place in the text. `part` None: the share of a share, the count of a count."""

    asked: Asked
    part: Part | None = None
    decimals: int | None = None

    @property
    def token(self) -> str:
        """As it is typed."""
        options = [
            f" phan={self.part.value}" if self.part else "",
            f" ky={self.asked.span.value}" if self.asked.span is not Span.THIS else "",
            f" don-vi={self.asked.unit}" if self.asked.unit else "",
            f" le={self.decimals}" if self.decimals is not None else "",
        ]
        return "{{so-lieu:" + self.asked.code + "".join(options) + "}}"


Piece = str | FigureRef


@dataclass(frozen=True, slots=True)
class Block:
    """One line of text, or a table. `label`: its number, made here ("I", "2", "đ"). `rows`: the cells of a table."""

    kind: Kind
    line: int
    pieces: tuple[Piece, ...] = ()
    label: str = ""
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    chart: str = ""

    @property
    def words(self) -> str:
        """The text without its figures, for an outline."""
        return "".join(one if isinstance(one, str) else "…" for one in self.pieces).strip()

    @property
    def all_pieces(self) -> Iterator[Piece]:
        yield from self.pieces
        for row in self.rows:
            for cell in row:
                yield from cell


@dataclass(frozen=True, slots=True)
class Problem:
    """What is not understood in a line, and what to do."""

    line: int
    what: str
    do: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    @property
    def refs(self) -> tuple[FigureRef, ...]:
        """Every place of a figure, in order."""
        return tuple(one for block in self.blocks for one in block.all_pieces if isinstance(one, FigureRef))

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What is asked, each once, in order."""
        return tuple(dict.fromkeys(one.asked for one in self.refs))

    @property
    def charts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.chart for one in self.blocks if one.kind is Kind.CHART))


def read(text: str) -> Text:
    """The text as blocks with their numbers. Never fails; `problems` says what was not understood."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    table: list[tuple[tuple[Piece, ...], ...]] = []
    began = 0
    for number, typed in enumerate([*text.splitlines(), ""], 1):
        line = typed.strip()
        if line.startswith("|"):
            began = began or number
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not all(set(cell) <= set("-: ") and cell for cell in cells):  # a rule under the head
                table.append(tuple(_pieces(cell, number, problems) for cell in cells))
            continue
        if table:
            blocks.append(Block(Kind.TABLE, began, rows=_even(table)))
            table, began = [], 0
        if line:
            blocks.append(_block(line, number, problems))
    found = Text(tuple(_numbered(blocks)), tuple(problems))
    if len(found.refs) > MOST_FIGURES:
        problems.append(
            Problem(1, f"Văn bản có {len(found.refs)} số liệu.", f"Giữ không quá {MOST_FIGURES} số liệu.")
        )
    return Text(found.blocks, tuple(problems))


def _even(rows: Iterable[tuple[tuple[Piece, ...], ...]]) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
    kept = tuple(rows)
    wide = max(len(row) for row in kept)
    return tuple(row + ((),) * (wide - len(row)) for row in kept)


def _block(line: str, number: int, problems: list[Problem]) -> Block:
    for kind in (Kind.POINT, Kind.SECTION, Kind.PART, Kind.BULLET):
        if line.startswith(kind.value + " "):
            return Block(kind, number, _pieces(line[len(kind.value) :].strip(), number, problems))
    whole = _TOKEN.fullmatch(line)
    if whole and whole.group(1).strip().startswith("bieu-do:"):
        code = whole.group(1).strip().removeprefix("bieu-do:").strip()
        if code in CHARTS:
            return Block(Kind.CHART, number, chart=code)
        problems.append(
            Problem(number, f"Không có biểu đồ «{code}».", f"Chọn một trong: {', '.join(CHARTS)}.")
        )
        return Block(Kind.PARAGRAPH, number, (line,))
    return Block(Kind.PARAGRAPH, number, _pieces(line, number, problems))


def _pieces(line: str, number: int, problems: list[Problem]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for found in _TOKEN.finditer(line):
        if found.start() > at:
            pieces.append(line[at : found.start()])
        said = _ref(found.group(1).strip())
        if isinstance(said, str):
            problems.append(Problem(number, said, "Chèn lại số liệu từ ô tìm."))
            pieces.append(found.group())
        else:
            pieces.append(said)
        at = found.end()
    if at < len(line):
        pieces.append(line[at:])
    return tuple(pieces)


def _ref(inside: str) -> FigureRef | str:
    """The place of a figure, or what is wrong with it."""
    kind, _, rest = inside.partition(":")
    words = rest.split()
    if kind.strip() != "so-lieu" or not words:
        where = "Biểu đồ đứng riêng một dòng" if kind.strip() == "bieu-do" else "Không hiểu"
        return f"{where}: «{inside[:60]}»."
    code, *options = words
    if not _CODE.fullmatch(code):
        return f"«{code[:40]}» không phải mã số liệu."
    told = dict(one.partition("=")[::2] for one in options)
    part, span, unit, decimals = (told.pop(name, "") for name in ("phan", "ky", "don-vi", "le"))
    if told:
        return f"Không có lựa chọn «{next(iter(told))[:30]}»."
    if part and part not in {one.value for one in Part}:
        return f"Không có phần «{part[:20]}»: ty-le, tu hoặc mau."
    if span and span not in {one.value for one in Span}:
        return f"Không có kỳ «{span[:20]}»: nay, nam-truoc hoặc 5-nam."
    if unit and not _UNIT.fullmatch(unit):
        return f"«{unit[:30]}» không phải mã đơn vị."
    if decimals and decimals not in tuple("01234"):
        return f"Số chữ số lẻ «{decimals[:10]}» phải từ 0 đến 4."
    asked = Asked(code, Span(span or Span.THIS), unit.upper())
    return FigureRef(asked, Part(part) if part else None, int(decimals) if decimals else None)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """I, II … for parts; 1, 2 … for sections of a part; a, b … for points of a section."""
    counts = {Kind.PART: 0, Kind.SECTION: 0, Kind.POINT: 0}
    makes: dict[Kind, Callable[[int], str]] = {Kind.PART: roman, Kind.SECTION: str, Kind.POINT: lettered}
    order = list(counts)
    for one in blocks:
        if one.kind not in counts:
            yield one
            continue
        counts[one.kind] += 1
        for lower in order[order.index(one.kind) + 1 :]:
            counts[lower] = 0
        yield Block(one.kind, one.line, one.pieces, makes[one.kind](counts[one.kind]))


def roman(n: int) -> str:
    """4 -> "IV"."""
    told = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while n >= value:
            told += letters
            n -= value
    return told


def lettered(n: int) -> str:
    """5 -> "đ"; past the alphabet two letters stand."""
    times, at = divmod(n - 1, len(_LETTERS))
    return _LETTERS[at] * (times + 1)
