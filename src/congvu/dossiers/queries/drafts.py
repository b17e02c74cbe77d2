"""Drafts of results, and who did the steps before a signature."""

from collections.abc import Iterable
from datetime import date

from congvu.dossiers.models import DraftState, ResultDraft
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules.holding import Had
from congvu.foundation.sql import statement


def submitted(ids: Iterable[int]) -> dict[int, ResultDraft]:
    """The draft that waits for a signature, by dossier. 1 statement."""
    rows = ResultDraft.objects.filter(dossier_id__in=list(ids), state=DraftState.SUBMITTED)
    return {one.dossier_id: one for one in rows.select_related("file")}


def last_numbers(ids: Iterable[int]) -> dict[int, int]:
    """The number of each dossier's last draft. 1 statement."""
    rows = ResultDraft.objects.filter(dossier_id__in=list(ids)).order_by("number")
    return dict(rows.values_list("dossier_id", "number"))


def who_had(ids: Iterable[int], day: date) -> dict[int, dict[int, Had]]:
    """Who did each step done, by dossier and position, the last round counting. 1 statement."""
    found: dict[int, dict[int, Had]] = {}
    for dossier, position, _, who, name, active, holds, acting_id, acting in statement(BULK, "had").rows(
        {"ids": list(ids), "day": day}
    ):
        found.setdefault(dossier, {})[position] = Had(who, name, active, holds, acting_id, acting or "")
    return found
