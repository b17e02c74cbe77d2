"""What an event would change, for the eye: the touched part of the tree before and after, roles that end."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from congvu.organisation import queries
from congvu.organisation.actions.rehearse import Rehearsal
from congvu.organisation.rules.comparison import Change, changes, gone
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.rows import Line, lines
from congvu.organisation.web.telling import Named, heirs_told


@dataclass(frozen=True, slots=True)
class Preview:
    """The touched units with all above them, before and after; what is gone and who takes over; roles that end."""

    before: list[Line]
    after: list[Line]
    gone: list[tuple[Named, list[Named]]]
    roles: int
    same: bool


def preview_of(done: Rehearsal, effective: date) -> Preview:
    """1 statement: how many roles end."""
    changed = changes(done.before, effective, done.after, effective)
    left = gone(done.before, effective, done.after, effective)
    touched = set(changed) | {one.span.unit_id for one in left}
    marks = {one.span.unit_id: Change("gone", "chấm dứt") for one in left}
    roles = queries.grants_by_role([one.span.unit_id for one in left], effective) if left else {}
    return Preview(
        before=_part(done.before, effective, touched, marks),
        after=_part(done.after, effective, touched, changed),
        gone=[
            (Named(one.span.code, one.span.name), heirs_told(done.after, one.heirs, effective))
            for one in left
        ],
        roles=sum(count for held in roles.values() for count in held.values()),
        same=not touched,
    )


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
