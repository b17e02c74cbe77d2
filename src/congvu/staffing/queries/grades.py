"""The grade structure of units: people present and holders of the schemes in force, by rank, beside the caps."""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rules_at
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight
from congvu.people.queries.quality import line_of, quality
from congvu.staffing.queries.schemes import holders_by_grade
from congvu.staffing.rules.grades import ALL_RANKS, RankShare, by_rank, caps_of, shares
from congvu.staffing.rules.kinds import CONG_CHUC

CAPS = "staffing.grade_caps"


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A unit with all under it; `unit_id` None: all together. `people`, `scheme`: the ranks in order, highest first."""

    unit_id: int | None
    people: list[RankShare]
    scheme: list[RankShare]

    @property
    def over(self) -> bool:
        return any(one.over for one in (*self.people, *self.scheme))


def grade_structure(
    on: date, sight: Sight, known: Picture, under: int | None = None
) -> tuple[list[GradeLine], LawRule | None]:
    """A line for each unit of the report (as in `quality`) and their sum, civil servants only; the rule of the caps of
    the day, None before there was one. 3 statements. Only people, and schemes of units, that the reader sees are counted."""
    rule = next((one for one in rules_at(on) if one.code == CAPS), None)
    people = {
        line.unit_id: {rank: int(line.counts[rank]) for rank in ALL_RANKS}
        for line in quality(on, sight, known, under, pool=CONG_CHUC)
    }
    wanted = None if under is None else known.subtree([under], on)
    scheme: dict[int | None, dict[str, int]] = {None: {}}
    for unit, holders in holders_by_grade(wanted, on, CONG_CHUC).items():
        if unit not in sight.sees or known.at(unit, on) is None:
            continue
        ranks = by_rank(holders)
        for line in (line_of(unit, under, known, on), None):
            into = scheme.setdefault(line, {})
            for rank, count in ranks.items():
                into[rank] = into.get(rank, 0) + count
    order = {node.unit_id: place for place, node in enumerate(known.tree(on))}
    units = sorted({*people, *scheme} - {None}, key=lambda one: order.get(one or 0, len(order)))
    return [_line(unit, people, scheme, known, on, rule) for unit in (*units, None)], rule


def _line(
    unit: int | None,
    people: dict[int | None, dict[str, int]],
    scheme: dict[int | None, dict[str, int]],
    known: Picture,
    on: date,
    rule: LawRule | None,
) -> GradeLine:
    span = known.nearest(unit, on) if unit is not None else None
    caps = caps_of(rule.value, span.kind) if span and rule else {}
    return GradeLine(unit, shares(people.get(unit, {}), caps), shares(scheme.get(unit, {}), caps))
