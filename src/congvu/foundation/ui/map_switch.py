"""The switch of every statistic by unit: as the units were then, or on the map of a day. Read from the address, kept in
links; each page says which of its other fields stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from congvu.foundation.ui.forms import read_day

FIELD = "ban-do"
_EARLIEST, _LATEST = 1900, 2199


@dataclass(frozen=True, slots=True)
class MapSwitch:
    """`on`: the day of the map, None for the units as they were. `wrong`: what could not be read, in words."""

    on: date | None
    typed: str
    wrong: str
    kept: tuple[tuple[str, str], ...]
    today: date

    @property
    def part(self) -> dict[str, str]:
        """What stands for the map in a link."""
        return {FIELD: self.typed} if self.typed else {}

    @property
    def then_url(self) -> str:
        return f"?{urlencode(self.kept)}"

    @property
    def today_url(self) -> str:
        return f"?{urlencode([*self.kept, (FIELD, f'{self.today:%d/%m/%Y}')])}"

    @property
    def is_today(self) -> bool:
        return self.on == self.today


def map_switch(data: QueryDict, today: date, keep: Iterable[str]) -> MapSwitch:
    """The switch as the address has it; `keep` names the fields of the page that its links keep."""
    typed = data.get(FIELD, "").strip()[:20]
    kept = tuple((name, str(data[name])[:40]) for name in keep if data.get(name))
    on = read_day(typed) if typed else None
    wrong = ""
    if typed and on is None:
        wrong = "Không đọc được ngày của bản đồ. Viết dạng 01/07/2025."
    elif on is not None and not _EARLIEST <= on.year <= _LATEST:
        on, wrong = None, f"Ngày {typed} nằm ngoài các năm 1900–2199. Kiểm tra lại năm."
    return MapSwitch(on, typed, wrong, kept, today)
