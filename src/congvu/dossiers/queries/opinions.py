"""Requests for opinions: what waits for my units, what others owe mine, what the head of the one-stop must hear of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import filled
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.handling import OpinionState, opinion_state

MOST = 200


@dataclass(frozen=True, slots=True)
class Opinion:
    """A request, with what the lists and its page show of the dossier."""

    id: int
    dossier_id: int
    code: str | None
    version: int
    summary: str
    owner_name: str
    step: int
    receiving_unit_id: int
    asking_unit_id: int
    asked_unit_id: int
    content: str
    due_on: date
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    answered_on: date | None
    answered_by: str
    answer: str
    file_id: int | None
    file_name: str
    withdrawn_at: datetime | None
    withdrawn_why: str

    @property
    def open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None

    def state(self, on: date) -> OpinionState:
        return opinion_state(self.due_on, self.answered_on, self.withdrawn_at is not None, on)


@dataclass(frozen=True, slots=True)
class OpinionWork:
    """The open requests that are a reader's business. `asked`: to answer; `owed`: overdue, asked by my units;
    `watched`: overdue in dossiers my one-stop received. Each list most urgent first, at most 200."""

    asked: list[Opinion]
    owed: list[Opinion]
    watched: list[Opinion]

    def __bool__(self) -> bool:
        return bool(self.asked or self.owed or self.watched)

    def overdue(self, on: date) -> int:
        """How many of those to answer are past their day."""
        return sum(1 for one in self.asked if one.due_on < on)


def opinion_work(mine: tuple[int, ...], desks: tuple[int, ...], sight: Visible, on: date) -> OpinionWork:
    """The open requests of units `mine`, and of dossiers received at `desks`. 1 statement, through the predicate.

    A request of a dossier that ended is nobody's work any more.
    """
    if not (mine or desks) or sight.nothing:
        return OpinionWork([], [], [])
    found = filled("opinions_work", visible=sight.sql("d"))
    rows = found.rows({"mine": list(mine), "desks": list(desks), "on": on, "most": MOST, **sight.params})
    lists: dict[str, list[Opinion]] = {"asked": [], "owed": [], "watched": []}
    for row in rows:
        lists[row[0]].append(Opinion(*row[1:]))
    held = {one.id for one in lists["owed"]}
    watched = [one for one in lists["watched"] if one.id not in held]
    return OpinionWork(lists["asked"], lists["owed"], watched)


def opinion(sight: Visible, request_id: int) -> Opinion:
    """One request, if its dossier is visible; missing and forbidden answer alike. 1 statement."""
    found = _read("o.id = %(id)s::bigint", {"id": request_id}, sight)
    if not found:
        raise NotVisible(
            "Không tìm thấy yêu cầu lấy ý kiến này trong phạm vi của bạn.",
            where=str(request_id),
            do="Mở lại từ danh sách xin ý kiến.",
        )
    return found[0]


def opinions_of(sight: Visible, dossier_id: int) -> list[Opinion]:
    """All requests on a dossier, oldest first. 1 statement."""
    return _read("o.dossier_id = %(id)s::bigint", {"id": dossier_id}, sight)


def _read(which: str, params: dict[str, Any], sight: Visible) -> list[Opinion]:
    found = filled("opinions", which=which, visible=sight.sql("d"))
    return [Opinion(*row) for row in found.rows(params | sight.params)]
