"""Forms of filters: read from the address, forgiving, never losing what was typed."""

from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from congvu.dossiers.queries.lists import LATE_CHOICES, ListFilter
from congvu.dossiers.rules.status import Status
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import read_day


class ListForm:
    """The filters of the list as they stand in the address, with what was wrong in them beside each."""

    def __init__(self, data: QueryDict, on: date, near: date, units: list[tuple[int, str]]) -> None:
        self.text = composed(data.get("q", ""))[:200]
        self.errors: dict[str, str] = {}
        self.status = self._choice(data, "trang-thai", {str(s.value): s.label for s in Status})
        self.late = self._choice(data, "han", LATE_CHOICES)
        self.unit = self._choice(data, "don-vi", {str(pk): name for pk, name in units})
        self.held = self._choice(data, "giu", {str(pk): name for pk, name in units})
        self.due, self.due_typed = self._day(data, "hen")
        self.first, self.first_typed = self._day(data, "tu")
        self.last, self.last_typed = self._day(data, "den")
        if self.first and self.last and self.first > self.last:
            self.errors["den"] = "Ngày cuối phải sau ngày đầu."
        self.on, self.near, self.units = on, near, units

    def _choice(self, data: QueryDict, name: str, choices: dict[str, str]) -> str:
        value = data.get(name, "")
        if value and value not in choices:
            self.errors[name] = "Lựa chọn này không có."
            return ""
        return value

    def _day(self, data: QueryDict, name: str) -> tuple[date | None, str]:
        typed = data.get(name, "").strip()[:20]
        found = read_day(typed) if typed else None
        if typed and found is None:
            self.errors[name] = "Không đọc được ngày. Viết dạng 20/11/2026."
        return found, typed

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        said = (self.text, self.status, self.late, self.unit, self.held, self.due_typed, self.first_typed)
        return any(said) or bool(self.last_typed)

    def asked(self) -> ListFilter:
        return ListFilter(
            on=self.on,
            near=self.near,
            text=self.text,
            status=int(self.status) if self.status else None,
            unit_id=int(self.unit) if self.unit else None,
            received_from=self.first,
            received_to=self.last,
            late=self.late,
            held_by=int(self.held) if self.held else None,
            due_on=self.due,
        )

    statuses = tuple((str(s.value), s.label) for s in Status)
    lates = tuple(LATE_CHOICES.items())


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a piece of the page only."""
    details: Any = getattr(request, "htmx", None)
    return bool(details) and not details.boosted
