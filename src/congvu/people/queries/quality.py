"""Chất lượng đội ngũ: full posts of a day by sex, people, age, education, political training and grade, by unit.

A figure and the list it opens are asked with the same condition, so they cannot differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.sql import filled
from congvu.organisation.rules.mapping import Laid, Number, Road, plain
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight
from congvu.people.queries.belief import believed
from congvu.people.queries.present import BULK
from congvu.people.rules.codes import RANKS, REST_RANK

_AGE = "date_part('year', age(%(on)s::date, v.birth))"
_GRADE = """(SELECT s.grade FROM people_salarystep s
    WHERE s.person_id = p.id AND {s} AND s.valid_from <= %(on)s::date
      AND (s.valid_to IS NULL OR s.valid_to > %(on)s::date) LIMIT 1)"""
# key -> (group, words, condition over the person's version `v`; `{grade}` is the grade of the day)
FACETS: dict[str, tuple[str, str, str]] = {
    "nu": ("Giới tính, dân tộc", "Nữ", "v.sex = 'nu'"),
    "dtts": ("Giới tính, dân tộc", "Dân tộc thiểu số", "v.ethnicity <> 'Kinh'"),
    "t30": ("Tuổi", "Đến 30", f"{_AGE} <= 30"),
    "t40": ("Tuổi", "31–40", f"{_AGE} BETWEEN 31 AND 40"),
    "t50": ("Tuổi", "41–50", f"{_AGE} BETWEEN 41 AND 50"),
    "t60": ("Tuổi", "51–60", f"{_AGE} BETWEEN 51 AND 60"),
    "t61": ("Tuổi", "Trên 60", f"{_AGE} > 60"),
    "ts": ("Trình độ chuyên môn", "Tiến sĩ", "v.qualification = 'TS'"),
    "ths": ("Trình độ chuyên môn", "Thạc sĩ", "v.qualification = 'THS'"),
    "dh": ("Trình độ chuyên môn", "Đại học", "v.qualification = 'DH'"),
    "cd": ("Trình độ chuyên môn", "Cao đẳng", "v.qualification = 'CD'"),
    "tc": ("Trình độ chuyên môn", "Trung cấp", "v.qualification = 'TC'"),
    "kh": ("Trình độ chuyên môn", "Sơ cấp, chưa ghi", "v.qualification IN ('SC', '')"),
    **{
        rank: ("Ngạch", words, f"{{grade}} IN ({', '.join(map(repr, grades))})")
        for rank, (words, grades) in RANKS.items()
    },
    REST_RANK: (
        "Ngạch",
        "Khác, chưa ghi",
        f"coalesce({{grade}}, '') NOT IN ({', '.join(repr(one) for _, grades in RANKS.values() for one in grades)})",
    ),
}


def facet(key: str, known_at: datetime | None) -> str:
    """The condition of a facet over one person of a list; "true" for none."""
    if key not in FACETS:
        return "true"
    return FACETS[key][2].replace("{grade}", _GRADE.replace("{s}", believed("s", known_at)))


@dataclass(frozen=True, slots=True)
class QualityLine:
    """A unit with all under it: people in full posts, and how many have each facet. `unit_id` None: all together."""

    unit_id: int | None
    total: Number
    counts: dict[str, Number]
    laid: tuple[Laid, ...] = ()  # on another map: the units of the line and what each is made of


def quality(
    on: date,
    sight: Sight,
    known: Picture,
    under: int | None = None,
    known_at: datetime | None = None,
    *,
    pool: str = "",
    map_on: date | None = None,
) -> list[QualityLine]:
    """A line for `under` itself and for each unit directly below it (the heads of the tree when None), then their sum.

    Only people the reader sees are counted, of one pool when `pool` names it. Every head stands in one line. `map_on`: the
    units of the day are laid on the map of another (exact shares where one was divided). 1 statement.
    """
    tree = on if map_on is None else map_on
    units = known.subtree([under], tree) if under is not None else None
    found = quality_by_unit(on, sight, units if map_on is None else None, known_at, pool=pool)
    laid = () if map_on is None else Road(known, on, map_on).lay(found)
    rows: dict[int, Sequence[Number]] = {one.unit_id: one.numbers for one in laid} if laid else {**found}
    placed = {one.unit_id: one for one in laid}
    lines: dict[int, list[Number]] = {}
    parts: dict[int, list[Laid]] = {}
    for unit, numbers in rows.items():
        if units is not None and unit not in units:
            continue
        top = line_of(unit, under, known, tree)
        have = lines.setdefault(top, [0] * len(numbers))
        lines[top] = [plain(a + b) for a, b in zip(have, numbers, strict=True)]
        if unit in placed:
            parts.setdefault(top, []).append(placed[unit])
    order = {node.unit_id: place for place, node in enumerate(known.tree(tree))}
    made = [
        _line(top, lines[top], parts.get(top, ()))
        for top in sorted(lines, key=lambda one: order.get(one, len(order)))
    ]
    sums = [plain(sum(column)) for column in zip(*lines.values(), strict=True)]
    return [*made, _line(None, sums or [0] * (len(FACETS) + 1))]


def quality_by_unit(
    on: date,
    sight: Sight,
    units: Iterable[int] | None = None,
    known_at: datetime | None = None,
    *,
    pool: str = "",
) -> dict[int, list[int]]:
    """People in full posts and how many have each facet, every unit by itself. 1 statement."""
    conditions = (condition.replace("{grade}", "g.grade") for _, _, condition in FACETS.values())
    counted = ", ".join(f"count(*) FILTER (WHERE {one})" for one in conditions)
    sql = filled(
        BULK,
        "quality",
        counted=counted,
        a=believed("a", known_at),
        v=believed("v", known_at),
        g=believed("g", known_at),
    ).with_condition(sight.visible)
    wanted = None if units is None else list(units)
    rows = sql.rows({**sight.params, "on": on, "known": known_at, "units": wanted, "pool": pool})
    return {unit: list(numbers) for unit, *numbers in rows}


def _line(unit: int | None, numbers: Sequence[Number], laid: Sequence[Laid] = ()) -> QualityLine:
    return QualityLine(unit, numbers[0], dict(zip(FACETS, numbers[1:], strict=True)), tuple(laid))


def line_of(unit: int, under: int | None, known: Picture, on: date) -> int:
    """The unit of the report in which a post of `unit` is counted."""
    path = [unit, *(span.unit_id for span in known.ancestors(unit, on))]
    if under is None:
        return path[-2] if len(path) > 1 else path[0]
    return path[path.index(under) - 1] if under in path and path.index(under) > 0 else unit
