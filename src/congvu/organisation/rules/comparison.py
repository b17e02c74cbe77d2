"""What changed in the organisation between two days, unit by unit."""

from dataclasses import dataclass
from datetime import date

from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.rules.succession import Successor, successors

NEW, RENAMED, MOVED = "new", "renamed", "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """How a unit differs from what it was: `kind` NEW, RENAMED or MOVED, and in words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A unit that stood on the earlier day and no longer does, with what stands for it."""

    span: Span
    heirs: tuple[Successor, ...]


def changes(before: Picture, since: date, after: Picture, on: date) -> dict[int, Change]:
    """Units of `on` (in `after`) that were not, or were otherwise, on `since` (in `before`)."""
    found: dict[int, Change] = {}
    for node in after.tree(on):
        was = before.at(node.unit_id, since)
        if was is None:
            found[node.unit_id] = Change(NEW, "mới")
        elif was.parent_id != node.parent_id:
            found[node.unit_id] = Change(MOVED, f"từ {_short(before, was.parent_id, since)}")
        elif was.name != node.name:
            found[node.unit_id] = Change(RENAMED, f"tên cũ: {was.name}")
    return found


def gone(before: Picture, since: date, after: Picture, on: date, most: int | None = None) -> list[Gone]:
    """Units of `since` that do not stand on `on`, in their old order; at most the first `most`."""
    standing = {node.unit_id for node in after.tree(on)}
    left = [before.at(node.unit_id, since) for node in before.tree(since) if node.unit_id not in standing]
    return [Gone(span, successors(after, span.unit_id, on)) for span in left[:most] if span is not None]


def _short(picture: Picture, unit_id: int | None, day: date) -> str:
    span = picture.nearest(unit_id, day) if unit_id is not None else None
    return (span.short_name or span.name) if span else "không có cấp trên"
