"""A set of criteria as it is written: the table an office types or pastes, the checks beside it, the bands. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indices.rules.numbers import half_up, read_decimal, written
from congvu.indices.rules.scoring import Given, problem_of, read_rule
from congvu.indices.rules.tree import Node, leaves

DRAFT, APPROVED = "draft", "approved"
SET_STATES = {DRAFT: "Dự thảo", APPROVED: "Đã phê duyệt"}
PERCENT, POINTS, SUM = "percent", "points", "sum"
MEASURES = {
    PERCENT: "Điểm đạt chia điểm tối đa, %, 2 chữ số thập phân",
    POINTS: "Tổng điểm",
    SUM: "Tổng số bên ngoài",
}
PLACES = {PERCENT: 2, POINTS: 1, SUM: 4}
AUDIENCES = {
    "TINH": "Cấp tỉnh", "SO": "Sở, ban, ngành", "XA": "Xã, phường", "HUYEN": "Cấp huyện (đến 30/6/2025)",
    "MOT_CUA": "Bộ phận Một cửa", "NGOAI": "Chỉ số bên ngoài",
}  # fmt: skip
COLUMNS = "mã; tên; điểm tối đa; cách chấm; số liệu; tài liệu kiểm chứng; mã ở bộ trước"
WIDTH = 7
MOST = 10_000
_LONGEST = {"mã": 20, "mã ở bộ trước": 20, "số liệu": 80, "cách chấm": 300}
_CODE = re.compile(r"[0-9A-Z]+(?:\.[0-9A-Z]+)*")
_CELLS = re.compile(r"\t|;|\|")


@dataclass(frozen=True, slots=True)
class Written:
    """A table as read: the nodes that could be, and what is wrong with the others."""

    nodes: tuple[Node, ...]
    problems: tuple[str, ...]


Bands = Sequence[tuple[Fraction, str]]


def read_table(text: str) -> Written:
    """A row a line, cells divided by tabs, semicolons or bars: `COLUMNS`; the last three may be left out."""
    nodes: list[Node] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [composed(cell) for cell in _CELLS.split(line)]
        try:
            nodes.append(_node([*cells, *[""] * (WIDTH - len(cells))]))
        except Refused as wrong:
            problems.append(f"Dòng {number}: {wrong.told()}")
    return Written(tuple(nodes), tuple(problems))


def table_of(nodes: Sequence[Node]) -> str:
    """The nodes as they would be typed."""
    return "\n".join(
        "\t".join(
            (one.code, one.name, "" if one.maximum is None else written(one.maximum, 3), one.rule.words if one.rule else "",
             one.figure, one.proof, one.same_as)
        ).rstrip("\t")
        for one in nodes
    )  # fmt: skip


def problems_of(nodes: Sequence[Node], whole: Fraction | None) -> tuple[str, ...]:
    """What keeps a set from being approved: codes, parents, rules, and every sum that is not what is written."""
    found: list[str] = []
    codes = [one.code for one in nodes]
    found += [
        f"Mã {code} dùng {codes.count(code)} lần." for code in dict.fromkeys(codes) if codes.count(code) > 1
    ]
    found += [
        f"{one.code}: không có mục cha {one.parent}."
        for one in nodes
        if one.parent and one.parent not in codes
    ]
    if not nodes:
        return ("Bộ chưa có tiêu chí nào.",)
    last = leaves(nodes)
    for one in last:
        if one.rule is None:
            found.append(f"{one.code}: chưa ghi cách chấm.")
        elif said := problem_of(one.rule, one.maximum):
            found.append(f"{one.code}: {said}.")
    found += [
        f"{one.code}: có mục con nên không có cách chấm riêng."
        for one in nodes
        if one.rule and one not in last
    ]
    return (*found, *_sums(nodes, whole))


def _sums(nodes: Sequence[Node], whole: Fraction | None) -> list[str]:
    if any(isinstance(one.rule, Given) for one in nodes):
        return []
    found = []
    for one in nodes:
        below = [two.maximum or Fraction(0) for two in nodes if two.parent == one.code]
        if below and one.maximum is not None and sum(below) != one.maximum:
            found.append(
                f"{one.code}: các mục con cộng lại {written(sum(below, Fraction(0)), 3)}, ghi {written(one.maximum, 3)}."
            )
    tops = sum((one.maximum or Fraction(0) for one in nodes if not one.depth), Fraction(0))
    if whole is not None and tops != whole:
        found.append(f"Các lĩnh vực cộng lại {written(tops, 3)} điểm, thang của bộ là {written(whole, 3)}.")
    return found


def band_of(bands: Bands, value: Fraction | None, places: int) -> str:
    """The name of the band of a result as it is shown; "" without bands or result."""
    if value is None:
        return ""
    shown = half_up(value, places)
    return next((name for least, name in sorted(bands, reverse=True) if shown >= least), "")


def read_bands(text: str) -> list[tuple[Fraction, str]]:
    """«90: xuất sắc; 80: tốt; 0: yếu» as bands, the highest first. Refuses what cannot be read."""
    bands = []
    for part in (one for one in text.replace("\n", ";").split(";") if one.strip()):
        least, colon, name = part.partition(":")
        number = read_decimal(least)
        if not colon or number is None or not name.strip():
            raise Refused(
                f"Không đọc được mức «{part.strip()[:40]}».",
                where="bands",
                do="Ghi như 90: xuất sắc; 80: tốt.",
            )
        bands.append((number, composed(name)))
    return sorted(bands, reverse=True)


def bands_text(bands: Bands) -> str:
    return "; ".join(f"{written(least)}: {name}" for least, name in bands)


def _node(cells: list[str]) -> Node:
    if any(cells[WIDTH:]):
        raise Refused(
            f"có {len(cells)} ô, bảng chỉ có {WIDTH} cột.", do="Thay dấu ; trong câu bằng dấu phẩy."
        )
    code, name, most, rule, figure, proof, same_as = cells[:WIDTH]
    code = code.upper().rstrip(".")
    if not _CODE.fullmatch(code):
        raise Refused(f"mã «{code[:30]}» không đúng.", do="Ghi như 1.2.3.")
    if not name:
        raise Refused(f"{code} thiếu tên.")
    for what, text in (("mã", code), ("mã ở bộ trước", same_as), ("số liệu", figure), ("cách chấm", rule)):
        if len(text) > _LONGEST[what]:
            raise Refused(f"{code[:20]}: {what} dài quá {_LONGEST[what]} ký tự.", do="Ghi ngắn lại.")
    maximum = read_decimal(most) if most else None
    if most and maximum is None:
        raise Refused(f"{code}: không đọc được điểm tối đa «{most[:20]}».", do="Ghi như 1,5.")
    if maximum is not None and maximum >= MOST:
        raise Refused(f"{code}: điểm tối đa phải nhỏ hơn {MOST}.", do="Ghi như 1,5.")
    how = read_rule(rule) if rule else None
    if isinstance(how, Given):  # its numbers have no maxima that could add up
        raise Refused(f"{code}: «{rule[:20]}» chỉ dùng cho chỉ số nạp từ tệp.", do="Chọn cách chấm khác.")
    if how is not None and len(how.words) > _LONGEST["cách chấm"]:
        raise Refused(f"{code}: cách chấm dài quá {_LONGEST['cách chấm']} ký tự.", do="Ghi ngắn lại.")
    return Node(code, name[:500], maximum, how, figure, proof[:500], same_as.upper())
