"""Xét tiêu chuẩn chức danh: what people's records lack of what a title asks for. Reading them is logged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from congvu.foundation.identity.actor import Actor
from congvu.organisation.queries import picture
from congvu.people.access import Sight, sight_of
from congvu.people.actions.read_standing import read_standing
from congvu.people.rules.record import Post
from congvu.people.rules.standing import Standing
from congvu.staffing.queries.standards import standards_on
from congvu.staffing.rules.standards import MISSING, Answer, Standard, check, gaps


@dataclass(frozen=True, slots=True)
class Checked:
    """A person and the answers, item by item."""

    standing: Standing
    answers: list[Answer]

    @property
    def lacks(self) -> int:
        return len(gaps(self.answers))


def check_standard(
    standard: Standard,
    on: date,
    sight: Sight,
    *,
    people: Collection[int] | None = None,
    units: Collection[int] | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
    by: Actor,
    at: datetime,
) -> list[Checked]:
    """A page of people against a standard, only of those whose records the actor keeps. 2 statements."""
    why = f"Xét tiêu chuẩn {standard.name}"
    found = read_standing(
        on, sight, why=why, by=by, at=at, people=people, units=units, after=after, limit=limit
    )
    return [Checked(one, check(one, standard, on)) for one in found]


def gaps_of_post(person_id: int, post: Post, *, by: Actor, at: datetime) -> list[str]:
    """What the person's record lacks for a post about to be given, in words; none where no standard speaks of it.

    Named in the settings (`POSTS_WARNINGS`): the area of people asks without knowing this one. 4 statements; 2 without
    a standard.
    """
    known = picture()
    span = known.at(post.unit_id, post.valid_from)
    kind = span.kind if span else ""
    told: list[str] = []
    for kept in standards_on(post.valid_from):
        if not kept.standard.fits(post.position, kind):
            continue
        sight = sight_of(by, at.date(), known)
        for one in check_standard(kept.standard, post.valid_from, sight, people=[person_id], by=by, at=at):
            lacking = gaps(one.answers)
            told += [_words(answer) for answer in lacking]
            if lacking:
                unread = " (chưa đối chiếu)" if kept.rule.evidence == "MEM" else ""
                told.append(f"Tiêu chuẩn {kept.standard.name}: {kept.rule.citation}{unread}.")
    return told


def _words(answer: Answer) -> str:
    says = answer.says.rstrip(".")
    found = f"hồ sơ ghi: {says}" if answer.state == MISSING else says[:1].lower() + says[1:]
    return f"{answer.item}: cần {answer.wanted}; {found}."
