"""What an event would change, for the eye: the touched part of the tree before and after, roles that end."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

from congvu.foundation.identity.actor import Actor
from congvu.organisation.actions.rehearse import Rehearsal
from congvu.organisation.rules.comparison import Change, changes, gone
from congvu.organisation.rules.following import GOES, Example, Held, Kind
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.rows import Line, lines
from congvu.organisation.web.telling import Named, heirs_told

SEPARATELY = 6  # units whose holdings are shown one by one; more are added up


@dataclass(frozen=True, slots=True)
class Preview:
    """The touched units with all above them, before and after; what is gone and who takes over; what goes along."""

    before: list[Line]
    after: list[Line]
    gone: list[tuple[Named, list[Named]]]
    goes: "Goes"
    same: bool


@dataclass(frozen=True, slots=True)
class GoesRow:
    """A kind of thing a unit holds (or, of many units, all of them together) and where it goes."""

    unit: str
    kind: Kind
    count: int
    to: str
    asked: bool
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Goes:
    """What goes along: rows, the totals on both sides, and how many kinds nobody was named for."""

    rows: list[GoesRow]
    totals: list[tuple[str, int, int]]
    asked: int


def preview_of(done: Rehearsal, effective: date, by: Actor) -> Preview:
    """No statement."""
    changed = changes(done.before, effective, done.after, effective)
    left = gone(done.before, effective, done.after, effective)
    touched = set(changed) | {one.span.unit_id for one in left}
    touched |= {heir.unit_id for one in left for heir in one.heirs}
    marks = {one.span.unit_id: Change("gone", "chấm dứt") for one in left}
    return Preview(
        before=_part(done.before, effective, touched, marks),
        after=_part(done.after, effective, touched, changed),
        gone=[
            (Named(one.span.code, one.span.name), heirs_told(done.after, one.heirs, effective))
            for one in left
        ],
        goes=_goes(done, effective, by),
        same=not touched,
    )


def _goes(done: Rehearsal, on: date, by: Actor) -> Goes:
    units = {one.unit_id for one in done.held}
    many = len(units) > SEPARATELY
    rows: list[GoesRow] = []
    if many:
        for kind in {one.kind.code: one.kind for one in done.held}.values():
            of = [one for one in done.held if one.kind.code == kind.code]
            for asked in (False, True):
                part = [one for one in of if one.asked == asked]
                if part:
                    name = f"{len({one.unit_id for one in part})} đơn vị"
                    rows.append(
                        GoesRow(name, kind, sum(one.count for one in part), "các đơn vị kế thừa", asked, ())
                    )
    else:
        rows = [_row(one, done, on, by) for one in done.held if one.count]
    rows = [_row(one, done, on, by) for one in done.parcels] + rows
    asked_of = sum(row.asked for row in rows)
    province = [(f"{name}, toàn tỉnh", before, after) for name, before, after in done.totals.rows]
    return Goes(rows, _sums(done) + province, asked_of)


def _row(one: Held, done: Rehearsal, on: date, by: Actor) -> GoesRow:
    to = done.after.name(one.to_id, on) if one.to_id is not None else ""
    examples = tuple(
        it if by.has(*it.roles) else replace(it, url="")
        for it in one.examples
        if it.bare or by.has(*it.roles)
    )
    return GoesRow(done.before.name(one.unit_id, on), one.kind, one.count, to, one.asked, examples)


def _sums(done: Rehearsal) -> list[tuple[str, int, int]]:
    """Of each kind that goes: how many the units hold that end, and how many arrive or wait for an answer."""
    found: dict[str, list[int]] = {}
    for one in (*done.parcels, *done.held):
        if one.kind.way == GOES:
            sides = found.setdefault(one.kind.name, [0, 0])
            sides[0] += one.count
            sides[1] += 0 if one.asked else one.count
    return [(name, before, after) for name, (before, after) in found.items() if before == after]


def _part(picture: Picture, on: date, touched: Collection[int], marks: dict[int, Change]) -> list[Line]:
    shown = set(touched)
    for unit in touched:
        shown |= {span.unit_id for span in picture.ancestors(unit, on)}
    nodes = [node for node in picture.tree(on) if node.unit_id in shown]
    parents = {node.parent_id for node in nodes}
    return lines(nodes, marks, opened=[unit for unit in parents if unit is not None])


_NOT_CONTENT = ("csrfmiddlewaretoken", "buoc", "da_xem")


def seen(token: str, request: HttpRequest, *more: str, without: Collection[str] = ()) -> str:
    """What a preview showed: the organisation's token and what was typed. Another of either is looked at again."""
    left = {*_NOT_CONTENT, *without}
    typed = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in left)
    text = json.dumps([token, *more, typed], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
