"""What must hold of every organisation, on every date: no overlap, no orphan, no circle."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from congvu.foundation.refusal import Refused
from congvu.organisation.rules.picture import Picture, Span


def problems(picture: Picture, since: date = date.min) -> list[str]:
    """What is wrong with the organisation on or after a day, in sentences; empty when it is sound."""
    return [*_overlaps(picture), *_orphans(picture, since), *_circles(picture, since)]


def refuse_unsound(picture: Picture, since: date = date.min) -> None:
    """Refuses a draft that would leave the organisation unsound, naming the first fault."""
    found = problems(picture, since)
    if found:
        more = f" (và {len(found) - 1} lỗi khác)" if len(found) > 1 else ""
        raise Refused(found[0] + more, where="effective", do="Sửa ngày hiệu lực hoặc chọn đơn vị khác.")


def _overlaps(picture: Picture) -> Iterator[str]:
    for unit_id in picture.unit_ids:
        spans = picture.of(unit_id)
        for one, after in pairwise(spans):
            if one.valid_to is None or one.valid_to > after.valid_from:
                yield f"«{after.name}» ({after.code}) có hai phiên bản cùng hiệu lực ngày {after.valid_from:%d/%m/%Y}."
        for span in spans:
            if span.valid_to is not None and span.valid_to <= span.valid_from:
                yield f"«{span.name}» ({span.code}) có ngày hết hiệu lực không sau ngày bắt đầu."


def _orphans(picture: Picture, since: date) -> Iterator[str]:
    for span in picture.spans():
        if span.parent_id is None or not span.reaches_past(since):
            continue
        gap = _uncovered(picture.of(span.parent_id), max(span.valid_from, since), span.valid_to)
        if gap is not None:
            parent = picture.nearest(span.parent_id, gap)
            named = f"«{parent.name}»" if parent else f"mã số {span.parent_id}"
            yield (
                f"«{span.name}» ({span.code}) không có cấp trên từ ngày {gap:%d/%m/%Y}: "
                f"{named} không tồn tại vào ngày đó."
            )


def _uncovered(spans: tuple[Span, ...], start: date, end: date | None) -> date | None:
    """The first day of [start, end) that none of the spans covers."""
    day: date = start
    for span in spans:
        if span.valid_from > day:
            return day
        if span.valid_to is None:
            return None
        day = max(day, span.valid_to)
        if end is not None and day >= end:
            return None
    return day if end is None or day < end else None


def _circles(picture: Picture, since: date) -> Iterator[str]:
    boundaries = {max(span.valid_from, since) for span in picture.spans() if span.reaches_past(since)}
    for day in sorted(boundaries):
        parents = {span.unit_id: span.parent_id for span in picture.spans() if span.covers(day)}
        sound: set[int] = set()
        for unit_id in parents:
            path: list[int] = []
            here: int | None = unit_id
            while here is not None and here in parents and here not in sound:
                if here in path:
                    name = picture.name(here, day)
                    yield f"«{name}» sẽ nằm dưới chính nó vào ngày {day:%d/%m/%Y}."
                    return
                path.append(here)
                here = parents[here]
            sound.update(path)
