"""A change being thought through: spans are replaced on a draft, looked at, and only then recorded.

The same draft serves the preview on the screen and the action that records it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.organisation.rules.picture import Picture, Span

THIS_EVENT = (
    0  # stands for the event being recorded until it has a row; further events of one draft are -1, -2…
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft would do to the rows: believed spans that go, and spans that come."""

    gone: tuple[Span, ...]
    new: tuple[Span, ...]

    @property
    def touched(self) -> tuple[int, ...]:
        """The units whose spans change, each once."""
        return tuple(dict.fromkeys(span.unit_id for span in (*self.gone, *self.new)))


class Draft:
    """Spans by unit, editable. `picture()` shows the organisation as it would be.

    A draft on which a change was refused is half changed: throw it away.
    """

    def __init__(self, before: Picture) -> None:
        self.before = before
        self.event = THIS_EVENT  # whose boundaries are being drawn
        self._spans: dict[int, list[Span]] = {unit: list(before.of(unit)) for unit in before.unit_ids}

    def picture(self) -> Picture:
        return Picture((span for of in self._spans.values() for span in of), self.before.flows)

    def of(self, unit_id: int) -> tuple[Span, ...]:
        return tuple(self._spans.get(unit_id, ()))

    def has_code(self, code: str) -> bool:
        """Whether any unit, standing or gone, has the code."""
        return any(of and of[0].code == code for of in self._spans.values())

    def at(self, unit_id: int, day: date) -> Span | None:
        return next((span for span in self._spans.get(unit_id, ()) if span.covers(day)), None)

    def under(self, unit_id: int, day: date) -> list[int]:
        """Units that stand, or will stand, under the given one on or after a day."""
        return [
            one
            for one, spans in self._spans.items()
            if any(span.parent_id == unit_id and span.reaches_past(day) for span in spans)
        ]

    def is_under(self, unit_id: int, other: int, day: date) -> bool:
        """Whether a unit stands, at any depth, under another on a day, or is it."""
        here: int | None = unit_id
        for _ in range(len(self._spans)):
            if here is None or here == other:
                break
            span = self.at(here, day)
            here = span.parent_id if span is not None else None
        return here == other

    def standing(self, unit_id: int, day: date, where: str) -> Span:
        """The unit's span on a day; refuses when it does not exist then."""
        span = self.at(unit_id, day)
        if span is None:
            spans = self.of(unit_id)
            named = f"«{spans[-1].name}» ({spans[-1].code})" if spans else f"mã số {unit_id}"
            raise Refused(
                f"Đơn vị {named} không tồn tại vào ngày {day:%d/%m/%Y}.",
                where=where,
                do="Chọn đơn vị đang có vào ngày hiệu lực, hoặc sửa ngày hiệu lực.",
            )
        return span

    def add(self, span: Span) -> None:
        self._spans.setdefault(span.unit_id, []).append(span)
        self._spans[span.unit_id].sort(key=lambda one: one.valid_from)

    def replace_all(self, unit_id: int, spans: Iterable[Span]) -> None:
        """Give a unit another set of spans altogether: only corrections do that."""
        self._spans[unit_id] = sorted(spans, key=lambda one: one.valid_from)

    def cut(self, unit_id: int, day: date) -> None:
        """Make `day` a boundary of the unit's spans, where one covers it."""
        span = self.at(unit_id, day)
        if span is None or span.valid_from == day:
            return
        spans = self._spans[unit_id]
        where = spans.index(span)
        spans[where : where + 1] = [
            replace(span, valid_to=day, closed_by=self.event, id=None),
            replace(span, valid_from=day, opened_by=self.event, id=None),
        ]

    def end(self, unit_id: int, day: date) -> None:
        """Close the unit for good on a day. Refuses when later changes of it are already recorded."""
        span = self.standing(unit_id, day, "unit")
        later = [one for one in self._spans[unit_id] if one.valid_from > day]
        if later or span.valid_to is not None:
            known = later[0].valid_from if later else span.valid_to
            raise Refused(
                f"«{span.name}» đã có thay đổi ghi từ ngày {known:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}.",
                where="effective",
                do="Đính chính thay đổi sau trước, rồi ghi sự kiện này.",
            )
        self.cut(unit_id, day)
        self._spans[unit_id] = [one for one in self._spans[unit_id] if one.valid_from < day]
        if not self._spans[unit_id]:
            raise Refused(
                f"«{span.name}» được thành lập đúng ngày {day:%d/%m/%Y} nên không thể chấm dứt cùng ngày.",
                where="effective",
                do="Chọn ngày sau, hoặc đính chính sự kiện thành lập.",
            )

    def set_from(self, unit_id: int, day: date, changes: Mapping[str, Any]) -> None:
        """Give fields new values from a day on, for as long as the old value would have held.

        A later span that merely repeats the old value (a rename after which the parent stayed the same) follows; the
        first span that had a value of its own stops the change. So a back-dated decision does not undo later ones.
        """
        self.standing(unit_id, day, "unit")
        self.cut(unit_id, day)
        for field_name, value in changes.items():
            self._carry(unit_id, day, field_name, value)

    def _carry(self, unit_id: int, day: date, field_name: str, value: Any) -> None:
        spans, old = self._spans[unit_id], None
        for index, span in enumerate(spans):
            if span.valid_from < day:
                continue
            if span.valid_from == day:
                old = getattr(span, field_name)
            elif getattr(span, field_name) != old:
                return
            spans[index] = replace(span, **{field_name: value}, id=None)

    def reparent(self, old_parent: int, day: date, chosen: Callable[[Span], int | None]) -> None:
        """From a day on, units that stand, or will stand, under `old_parent` go under the one `chosen` for each."""
        for unit_id in list(self._spans):
            for span in list(self._spans[unit_id]):
                if span.parent_id == old_parent and span.reaches_past(day):
                    start = max(day, span.valid_from)
                    self.cut(unit_id, start)
                    self._place(unit_id, start, span.valid_to, chosen(span))

    def _place(self, unit_id: int, start: date, until: date | None, parent_id: int | None) -> None:
        spans = self._spans[unit_id]
        for index, span in enumerate(spans):
            if span.valid_from >= start and span.valid_to == until:
                spans[index] = replace(span, parent_id=parent_id, id=None)

    def outcome(self) -> Outcome:
        """The rows that would be superseded and written."""
        gone: list[Span] = []
        new: list[Span] = []
        for unit_id, spans in self._spans.items():
            old = self.before.of(unit_id)
            gone.extend(span for span in old if span not in spans)
            new.extend(span for span in spans if span not in old)
        return Outcome(tuple(gone), tuple(new))
