"""What a page of the ledger was asked for: the day, the base year, the pool, the day of knowledge."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import day_asked
from congvu.staffing.rules.kinds import POOLS

BASE_YEAR = 2015  # NQ 39-NQ/TW counts the cut from 2015; a reader may ask for any other
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Asked:
    """`known` None: as known now; `pool` "" for all."""

    on: date
    base_year: int
    pool: str
    known: date | None
    map_on: date | None = None

    @property
    def base_day(self) -> date:
        """The last day of the base year, or the asked day when it lies before."""
        return min(date(self.base_year, 12, 31), self.on)

    @property
    def known_at(self) -> datetime | None:
        return clock.day_end(self.known) if self.known else None

    def query(self, **changed: str) -> str:
        """The address of the same question, with something changed."""
        said = {
            "ngay": f"{self.on:%d/%m/%Y}",
            "goc": str(self.base_year),
            "nhom": self.pool,
            "biet-den": f"{self.known:%d/%m/%Y}" if self.known else "",
            "ban-do": f"{self.map_on:%d/%m/%Y}" if self.map_on else "",
            **changed,
        }
        return urlencode({name: value for name, value in said.items() if value})


def asked_of(request: HttpRequest) -> Asked:
    """Refuses a day, year or pool that cannot be read."""
    pool = request.GET.get("nhom", "")
    if pool and pool not in POOLS:
        raise Refused("Không có nhóm biên chế này.", where="nhom", do="Chọn nhóm trong danh sách.")
    year = request.GET.get("goc", "").strip() or str(BASE_YEAR)
    if not (year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise Refused(f"Không đọc được năm gốc «{year[:20]}».", where="goc", do="Viết một năm, ví dụ 2015.")
    return Asked(day_asked(request, "ngay") or clock.today(), int(year), pool, day_asked(request, "biet-den"))
