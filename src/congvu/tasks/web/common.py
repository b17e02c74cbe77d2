"""What the screens of plans share: their tabs, the day asked, the chips of a standing, the one form page."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from congvu.foundation import clock
from congvu.foundation.ui.entry_form import entry_form as one_form
from congvu.foundation.ui.forms import day_asked
from congvu.tasks.models import Plan
from congvu.tasks.queries.plans import plan_of
from congvu.tasks.rules.kinds import DRAFT, ISSUED, NONE, REPLACED
from congvu.tasks.rules.progress import DROPPED, ENDLESS, LATE, ON_TIME, OVERDUE, RUNNING, STANDINGS, Where

TABS = (
    ("plan-coverage", "Theo dõi ban hành"),
    ("plan-list", "Kế hoạch"),
    ("my-plan-items", "Việc của đơn vị tôi"),
    ("programmes", "Chương trình"),
    ("committees", "Ban Chỉ đạo"),
    ("inspections", "Kiểm tra"),
)
STATE_CHIPS = {NONE: "idle", DRAFT: "soon", ISSUED: "ok", REPLACED: "pause"}
_CHIPS = {ON_TIME: "ok", LATE: "late", OVERDUE: "late", RUNNING: "ok", ENDLESS: "idle", DROPPED: "pause"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the day of knowledge (None: as known now), and the filters chosen."""

    on: date
    known: date | None
    filters: dict[str, str]

    @property
    def known_at(self) -> datetime | None:
        return clock.day_end(self.known) if self.known else None

    def get(self, name: str) -> str:
        return self.filters.get(name, "")

    def query(self, **changed: str) -> str:
        """The address of the same question with something changed ("_" in a name stands for "-")."""
        asked = {
            "ngay": "" if self.on == clock.today() else f"{self.on:%d/%m/%Y}",
            "biet-den": f"{self.known:%d/%m/%Y}" if self.known else "",
            **self.filters,
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        return urlencode({name: value for name, value in asked.items() if value})


def asked_of(request: HttpRequest, *filters: str) -> Asked:
    """Refuses a day that cannot be read."""
    chosen = {name: request.GET.get(name, "").strip()[:60] for name in filters}
    return Asked(day_asked(request, "ngay") or clock.today(), day_asked(request, "biet-den"), chosen)


def year_asked(asked: Asked) -> int:
    """The year the address names, else that of the day."""
    return whole_year(asked.get("nam")) or asked.on.year


def whole_year(text: str) -> int | None:
    """The year of four digits in the address; None for what is none, or has no day after it."""
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if 1 <= year <= 9998 else None


@dataclass(frozen=True, slots=True)
class Chip:
    """A standing as a chip says it."""

    state: str
    words: str


def chip_of(where: Where) -> Chip:
    """The chip of a standing: how late or how long still, in working days."""
    days, state, words = where.days, _CHIPS[where.standing], STANDINGS[where.standing]
    if where.standing == OVERDUE and days is not None:
        words = f"Quá {-days} ngày làm việc" if days else "Quá hạn"
    elif where.standing == LATE and days is not None:
        words = f"Xong trễ {-days} ngày làm việc" if days else "Xong trễ hạn"
    elif where.standing == RUNNING and days is not None:
        words = f"Còn {days} ngày làm việc" if days else "Hạn hôm nay"
        state = "soon" if days <= 5 else "ok"
    elif where.standing == ON_TIME:
        words = "Xong đúng hạn"
    return Chip(state, words)


def plan_or_404(plan_id: int) -> Plan:
    """1 statement."""
    plan = plan_of(plan_id)
    if plan is None:
        raise Http404
    return plan


entry_form = partial(one_form, home=("plan-coverage", "Kế hoạch cải cách hành chính"))
