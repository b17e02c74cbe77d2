"""Units all of whose units of a tier work by a model: "a province counts when every district of it does". A population that
figures may count like any other."""

from django.urls import reverse

from congvu.indicators.queries.populations import Entry
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.reckoned import Finder, Reckoned
from congvu.indicators.rules.definitions import Measure, Where
from congvu.indicators.rules.populations import REGISTER_READERS, Field, Population
from congvu.organisation.models import OneStopFacility
from congvu.organisation.queries.registers import in_force
from congvu.organisation.rules.facilities import LEVELS
from congvu.organisation.rules.kinds import TIERS
from congvu.organisation.rules.picture import Node, Picture


def _complete(question: Question, known: Picture) -> Finder[tuple[Node, int]]:
    """`below`: of which tier all must work by one of the levels; a unit without any such unit does not count. In the order of
    the tree. 1 statement."""
    levels = _levels(question)
    return lambda where: _whole(where, question, known, levels)


def _entry(one: tuple[Node, int]) -> Entry:
    node, below = one
    said = f"{node.code} · {below}/{below} đơn vị"
    return Entry(node.name, said, reverse("unit", args=[node.code]), node.unit_id)


def _levels(question: Question) -> dict[int, str]:
    """Each unit's model on the last day. 1 statement."""
    rows = in_force(OneStopFacility, question.last, question.known_until)
    return dict(rows.values_list("unit_id", "level"))


def _whole(
    where: Where, question: Question, known: Picture, levels: dict[int, str]
) -> list[tuple[Node, int]]:
    """The units whose units below all have one of the levels, and how many those are."""
    asked = dict(where)
    tiers, wanted = asked.get("below", tuple(TIERS)), asked.get("level", tuple(LEVELS))
    tree = known.tree(question.last)
    parent = {node.unit_id: node.parent_id for node in tree}
    all_below: dict[int, int] = {}
    good: dict[int, int] = {}
    for node in tree:
        if node.tier not in tiers:
            continue
        above = parent[node.unit_id]
        while above is not None and above in parent:
            all_below[above] = all_below.get(above, 0) + 1
            good[above] = good.get(above, 0) + (levels.get(node.unit_id) in wanted)
            above = parent[above]
    return [
        (node, all_below[node.unit_id])
        for node in tree
        if all_below.get(node.unit_id) and good[node.unit_id] == all_below[node.unit_id]
    ]


UNITS_COMPLETE = Reckoned(
    Population(
        "units_complete", "Đơn vị có mọi đơn vị cấp dưới theo mô hình", Measure.UNITS,
        (Field("below", "Cấp dưới", tuple(TIERS.items())), Field("level", "Mô hình", tuple(LEVELS.items()))),
        readers=REGISTER_READERS, source="Sổ của đơn vị",
    ),
    _complete, lambda one: one[0].unit_id, _entry,
)  # fmt: skip
