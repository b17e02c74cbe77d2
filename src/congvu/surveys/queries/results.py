"""Results of a campaign: by unit and factor, by group of respondents, by question; each cell with n and margin, or hidden.

Only sums leave this file, and only those `rules.showing` lets out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    """Units by factors. 3 statements, 4 when the campaign was read without its version."""
    return _results(campaign, how(campaign, formula), UNIT)


def by_group(campaign: Campaign, formula: str = "") -> Results:
    """Groups of respondents by factors, over all units. 3-4 statements, likewise."""
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


def _sums(campaign: Campaign, formula: str, by: str, columns: list[str]) -> dict[Cell, Sums]:
    """By line and column, with the totals of lines and columns. 1 statement."""
    params = {"campaign": campaign.pk, "by": by, "columns": columns, "formula": formula}
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
