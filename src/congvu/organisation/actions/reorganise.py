"""Sắp xếp đơn vị hành chính cấp xã theo một bảng: what a resolution says of all communes of a province, at once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import previous_day
from congvu.organisation import queries
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.merge import Merging, merge_all
from congvu.organisation.actions.move import move
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import HUYEN, XA
from congvu.organisation.rules.picture import Picture
from congvu.organisation.rules.reorganisation import Going, Made, Plan, Standing, committee

_KINDS = (("Phường", "PHUONG"), ("Thị trấn", "THI_TRAN"), ("Đặc khu", "DAC_KHU"), ("Xã", "XA"))


@dataclass(frozen=True, slots=True)
class Reorganised:
    """How many communes were made, kept, divided; districts ended; districts that still hold units, by code."""

    made: int
    kept: int
    divided: int
    ended: int
    left: tuple[str, ...]


def communes_before(effective: date, known: Picture | None = None) -> list[Standing]:
    """The units of communes on the day before, with the names of those above. 1 statement, none with `known`."""
    known, on = known or queries.picture(), previous_day(effective)
    return [
        Standing(
            node.unit_id, node.code, node.name, tuple(one.name for one in known.ancestors(node.unit_id, on))
        )
        for node in known.tree(on)
        if node.tier == XA and node.kind in {kind for _, kind in _KINDS}
    ]


@transaction.atomic
def reorganise(plan: Plan, *, effective: date, decision: Decision, by: Actor, at: datetime) -> Reorganised:
    """Record the plan as events of one decision: new communes out of whole ones, parts of divided ones, communes that go
    on under the province; a district with nothing left under it ends. New units take the code of the province and of
    their commune (H20.06187). Refuses a plan with questions. 10 statements for the mergers, 10 for communes made of parts
    only, about 10 for each divided or kept commune and for each district.
    """
    if plan.questions:
        first = plan.questions[0]
        place = f"{first.place} ({first.code})"
        raise Refused(
            f"Còn {len(plan.questions)} câu hỏi chưa trả lời, đầu tiên: {place}. {first.why}",
            where="questions",
            do="Trả lời trong tệp trả lời, hoặc sửa cây tổ chức, rồi nạp lại.",
        )
    said: dict[str, Any] = {"effective": effective, "decision": decision, "by": by, "at": at}
    known, before = queries.picture_now(), previous_day(effective)
    root = _root(plan, known, before)
    mergings = [
        Merging(tuple(_unit(one) for one in made.whole), _new(made, root, known, before))
        for made in plan.made
        if made.whole
    ]
    fresh = [_new(made, root, known, before) for made in plan.made if not made.whole]
    if mergings:
        merge_all(mergings, **said)
    if fresh:
        establish(fresh, **said)
    standing = queries.picture_now()
    targets = {made.code: standing.by_code(_code(root, made, known)) for made in plan.made}
    targets |= {kept.code: _unit(kept.going) for kept in plan.kept}
    for going, shares in plan.divided:
        receivers = [Receiver(targets[one.new_code] or 0, one.share) for one in shares]
        under = {child.unit_id: 0 for child in standing.children(_unit(going), before)}
        split(_unit(going), receivers, ceases=True, under=under, heir=0, **said)
    for kept in plan.kept:
        name = committee(kept.name, kept.going.name, known.name(_unit(kept.going), before))
        if name != known.name(_unit(kept.going), before):
            rename(_unit(kept.going), name, **said)
        above = known.ancestors(_unit(kept.going), before)
        if not above or above[0].unit_id != root:
            move(_unit(kept.going), root, **said)
    ended, left = _end_districts(plan, known, **said)
    return Reorganised(len(plan.made), len(plan.kept), len(plan.divided), ended, left)


def _unit(going: Going) -> int:
    assert going.unit is not None, "a plan without questions names every unit"
    return going.unit.unit_id


def _root(plan: Plan, known: Picture, on: date) -> int:
    """The province all communes of the plan stand under."""
    goings = [one for made in plan.made for one in (*made.whole, *made.parts)] + [
        kept.going for kept in plan.kept
    ]
    roots = {above[-1].unit_id for one in goings if (above := known.ancestors(_unit(one), on))}
    if len(roots) != 1:
        raise Refused(
            "Các xã trong bảng không cùng thuộc một tỉnh trong cây tổ chức.",
            where="units",
            do="Nạp riêng từng tỉnh.",
        )
    return roots.pop()


def _code(root: int, made: Made, known: Picture) -> str:
    return f"{known.of(root)[0].code}.{made.code}"


def _new(made: Made, root: int, known: Picture, on: date) -> NewUnit:
    old = (made.whole or made.parts)[0]
    kind = next((kind for word, kind in _KINDS if made.name.startswith(word)), "XA")
    name = committee(made.name, old.name, known.name(_unit(old), on))
    return NewUnit(_code(root, made, known), name, kind, XA, root)


def _end_districts(plan: Plan, known: Picture, **said: Any) -> tuple[int, tuple[str, ...]]:
    """End the districts the plan emptied; those that still hold units are told by code: nobody guesses where these go."""
    on = said["effective"]
    goings = [one for made in plan.made for one in (*made.whole, *made.parts)] + [
        kept.going for kept in plan.kept
    ]
    above = {span.unit_id: span.code for one in goings for span in known.ancestors(_unit(one), previous_day(on))
             if span.tier == HUYEN}  # fmt: skip
    now, left = queries.picture_now(), []
    for unit_id, code in above.items():
        if now.children(unit_id, on):
            left.append(code)
        else:
            dissolve(unit_id, under={}, **said)
    return len(above) - len(left), tuple(sorted(left))
