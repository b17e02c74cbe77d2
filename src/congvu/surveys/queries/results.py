"""Results of a campaign: by unit and factor, by group of respondents, by question; each cell with n and margin, or hidden.

Only sums leave this file, and only those `rules.showing` lets out. Other areas ask `scores` (criteria by respondents) and
`attitude` (how officers behave, TT 01/2018, art. 13-15); both keep the same silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rules_at
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.surveys.models import Campaign, Stratum
from congvu.surveys.queries.campaigns import BULK, content
from congvu.surveys.rules.formulas import FORMULAS, MEAN, Score, Sums, score, stratified
from congvu.surveys.rules.showing import TOTAL, Cell, hidden

UNIT, GROUP = "unit", "group"


@dataclass(frozen=True, slots=True)
class Told:
    """A cell: how many respondents, and the index unless it is hidden."""

    n: int
    score: Score | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class How:
    """By which formula and from how many on; the rows of the law table that say so."""

    formula: str
    minimum: int
    formula_rule: LawRule
    minimum_rule: LawRule


@dataclass(frozen=True, slots=True)
class Results:
    """`columns`: (code, words) of factors; `cells` by (line, column), "" for all. `frames`: of strata, by unit."""

    how: How
    columns: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    cells: Mapping[Cell, Told]
    frames: Mapping[int, int]

    def cell(self, line: str, column: str) -> Told:
        return self.cells.get((line, column), NOBODY)


NOBODY = Told(0, None)


def how(campaign: Campaign, formula: str = "") -> How:
    """The formula asked for, else the campaign's own, else that of the law on its last day. 1 statement."""
    rows = {row.code: row for row in rules_at(campaign.last)}
    for code in ("survey.formula", "survey.minimum_answers"):
        if code not in rows:
            raise Refused(
                f"Chưa có quy định «{code}» cho ngày {campaign.last:%d/%m/%Y}.",
                where=code,
                do="Quản trị viên ghi quy định.",
            )
    chosen = formula or campaign.formula or str(rows["survey.formula"].value)
    if chosen not in FORMULAS:
        raise Refused(f"Không có cách tính «{chosen[:20]}».", where="cach-tinh", do="Chọn trong danh sách.")
    least = rows["survey.minimum_answers"]
    return How(chosen, max(2, int(least.value)), rows["survey.formula"], least)


def by_unit(campaign: Campaign, formula: str = "") -> Results:
    """Units by factors. 3 statements."""
    return _results(campaign, how(campaign, formula), UNIT)


def by_group(campaign: Campaign, formula: str = "") -> Results:
    """Groups of respondents by factors, over all units. 3 statements."""
    return _results(campaign, how(campaign, formula), GROUP)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one unit: how often each level, from 5 down to 1; None when hidden."""

    code: str
    words: str
    told: Told
    levels: tuple[int, ...] | None
    attitude: bool = False


def of_unit(campaign: Campaign, unit_id: int, formula: str = "") -> tuple[Results, tuple[Asked, ...]]:
    """One unit's factors and questions. A question is hidden with its factor, and with others where a subtraction would
    tell it. 4 statements."""
    asked = content(campaign)
    whole = by_unit(campaign, formula)
    every = _levels(campaign)
    sums = _by_question(every, [one.code for one in asked.scaled], whole.how.formula)
    gone: set[Cell] = set()
    for factor, _ in whole.columns:
        counts = {(line, TOTAL): whole.cell(line, factor).n for line in (*whole.lines, TOTAL)}
        codes = [one.code for one in asked.of_factor(factor)]
        counts |= {cell: one.n for cell, one in sums.items() if cell[1] in codes}
        behind = {(line, TOTAL) for line in (*whole.lines, TOTAL) if whole.cell(line, factor).hidden}
        behind |= {(line, code) for line, _ in behind for code in codes}
        gone |= hidden(counts, whole.how.minimum, behind)
    line = str(unit_id)
    levels = every.get(unit_id, {})
    frame = whole.frames.get(unit_id)
    rows = []
    for place, one in enumerate(asked.scaled):
        cell = (line, one.code)
        told = _told(sums.get(cell, Sums()), cell in gone, frame)
        counted = None if told.hidden else tuple(levels.get((place, level), 0) for level in (5, 4, 3, 2, 1))
        rows.append(Asked(one.code, one.words, told, counted, one.attitude))
    return whole, tuple(rows)


def scores(campaign: Campaign, *, factor: str = "", group: str = "", formula: str = "") -> dict[int, Told]:
    """The index of each unit, for whoever builds on it: of one factor or of all, of one group of respondents or of all. A
    group of a unit is hidden where the unit's other groups would give it away. 3-4 statements."""
    if not group:
        told = by_unit(campaign, formula)
        if factor and factor not in dict(told.columns):
            raise Refused(f"Phiếu không có yếu tố «{factor[:12]}».", where="factor", do="Xem phiếu hỏi.")
        return {int(line): told.cell(line, factor) for line in told.lines}
    way = how(campaign, formula)
    groups = [code for code, _ in content(campaign).groups]
    if group not in groups:
        raise Refused(f"Phiếu không có nhóm «{group[:30]}».", where="group", do="Xem phiếu hỏi.")
    return _scores_of_group(campaign, way, factor, group)


def _scores_of_group(campaign: Campaign, way: How, factor: str, group: str) -> dict[int, Told]:
    asked = content(campaign)
    columns = [one.factor for one in asked.scaled]
    everyone = _sums(campaign, way.formula, UNIT, columns)
    mine = _sums(campaign, way.formula, UNIT, columns, group=group)
    lines = {line for line, _ in everyone if line != TOTAL}
    counts: dict[Cell, int] = {}
    for line in lines:
        whole, part = everyone.get((line, factor), Sums()).n, mine.get((line, factor), Sums()).n
        counts |= {(line, TOTAL): whole, (line, group): part, (line, "others"): whole - part}
    gone = hidden(counts, way.minimum)
    return {
        int(line): _told(mine[(line, factor)], (line, group) in gone or (line, TOTAL) in gone, None)
        for line in sorted(lines)
        if (line, factor) in mine
    }


@dataclass(frozen=True, slots=True)
class Attitude:
    """How officers of a unit were found, in the three words of the circular's form; shares of all answers to it."""

    n: int
    unhappy: Fraction
    happy: Fraction
    very: Fraction


def attitude(campaign: Campaign) -> dict[int, Attitude]:
    """By unit, only where it may be shown: the questions marked as speaking of attitude, levels 1-3, 4, 5. 4 statements."""
    asked = content(campaign)
    places = {place: one.factor for place, one in enumerate(asked.scaled) if one.attitude}
    told = by_unit(campaign)
    found: dict[int, Attitude] = {}
    for unit, levels in _levels(campaign).items():
        cells = [told.cell(str(unit), factor) for factor in places.values()]
        counts = {level: sum(levels.get((place, level), 0) for place in places) for level in range(1, 6)}
        total = sum(counts.values())
        if not total or not cells or any(cell.hidden or cell.n < told.how.minimum for cell in cells):
            continue
        found[unit] = Attitude(
            min(cell.n for cell in cells), Fraction(counts[1] + counts[2] + counts[3], total),
            Fraction(counts[4], total), Fraction(counts[5], total),
        )  # fmt: skip
    return found


def _results(campaign: Campaign, way: How, by: str) -> Results:
    asked = content(campaign)
    sums = _sums(campaign, way.formula, by, [one.factor for one in asked.scaled])
    frames = dict(Stratum.objects.filter(campaign=campaign).values_list("unit_id", "frame"))
    gone = hidden({cell: one.n for cell, one in sums.items()}, way.minimum)
    by_unit_frames = frames if by == UNIT else {}
    cells: dict[Cell, Told] = {}
    for cell, one in sums.items():
        line, column = cell
        if line == TOTAL:
            told = _told(one, cell in gone, None)
            if by_unit_frames and not told.hidden:
                strata = {
                    unit: (sums.get((str(unit), column), Sums()), frame)
                    for unit, frame in by_unit_frames.items()
                }
                told = replace(told, score=stratified(strata) or told.score)
        else:
            told = _told(one, cell in gone, by_unit_frames.get(int(line)) if by == UNIT else None)
        cells[cell] = told
    have = {one.factor for one in asked.scaled}
    columns = tuple((code, words) for code, words in asked.factors if code in have)
    lines = tuple(sorted({line for line, _ in sums if line != TOTAL}))
    return Results(way, columns, lines, cells, frames)


def _told(sums: Sums, gone: bool, frame: int | None) -> Told:
    return Told(sums.n, None if gone else score(sums, frame), gone)


def _sums(campaign: Campaign, formula: str, by: str, columns: list[str], group: str = "") -> dict[Cell, Sums]:
    """By line and column, with the totals of lines and columns. 1 statement."""
    params = {
        "campaign": campaign.pk, "by": by, "columns": columns, "formula": formula, "group": group,
    }  # fmt: skip
    found: dict[Cell, Sums] = {}
    for line, column, *numbers in statement(BULK, "sums").rows(params):
        one = Sums(*(int(number) for number in numbers))
        found[(line, column)] = one
        found[(TOTAL, column)] = found.get((TOTAL, column), Sums()) + one
    return found


Levels = dict[int, dict[tuple[int, int], int]]  # unit -> (place of the question, level) -> how often


def _by_question(levels: Levels, codes: list[str], formula: str) -> dict[Cell, Sums]:
    """The sums of each question, which a count of levels holds whole: one respondent is one answer. No statement."""
    found: dict[Cell, Sums] = {}
    for unit, counts in levels.items():
        for (place, level), n in counts.items():
            a, b = (level, 5) if formula == MEAN else (int(level >= 4), 1)
            one = Sums(n, n * a, n * b, n * a * a, n * a * b, n * b * b)
            for line in (str(unit), TOTAL):
                cell = (line, codes[place])
                found[cell] = found.get(cell, Sums()) + one
    return found


def _levels(campaign: Campaign) -> Levels:
    """1 statement."""
    found: Levels = {}
    for unit, place, level, count in statement(BULK, "levels").rows({"campaign": campaign.pk}):
        found.setdefault(unit, {})[(place - 1, level)] = count
    return found
