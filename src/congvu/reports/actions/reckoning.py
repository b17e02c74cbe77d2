"""The numbers of a text, reckoned and kept as they are written into a version or a part."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.clock import legal
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.rules.picture import Picture
from congvu.reports.models import Report
from congvu.reports.queries.charts import reckon_charts
from congvu.reports.queries.numbers import About, reckon, reckon_units
from congvu.reports.rules.numbers import written
from congvu.reports.rules.text import LONGEST, read


@dataclass(frozen=True, slots=True)
class Reckoned:
    numbers: list[dict[str, Any]]
    charts: dict[str, Any]


def about(
    report: Report, today: date, *, unit_id: int | None = None, known_at: datetime | None = None
) -> About:
    return About(unit_id or report.unit_id, report.first, report.last, today, known_at)


def reckoned(body: str, what: About, known: Picture, *, digests: bool = False) -> Reckoned:
    """Every figure and chart of a text. Statements as `reckon` and `reckon_charts`."""
    text = read(body)
    numbers = reckon(text.asked, what, known, digests=digests)
    return Reckoned([written(one) for one in numbers], reckon_charts(text.charts, what, known))


def clean(body: str) -> str:
    """The text with each line in composed Unicode, without the letter no database keeps. Refuses one too long."""
    lines = [composed(line) for line in body.replace("\x00", "").splitlines()]
    text = "\n".join(lines).strip("\n")
    if len(text) > LONGEST:
        raise Refused(
            f"Văn bản dài {len(text)} ký tự, quá {LONGEST}.", where="noi-dung", do="Chuyển bớt thành phụ lục."
        )
    if not text.strip():
        raise Refused("Báo cáo chưa có nội dung.", where="noi-dung", do="Soạn nội dung hoặc lấy lại từ mẫu.")
    return text


def today_of(at: datetime) -> date:
    return legal(at).date()


def reckoned_parts(
    body: str, report: Report, units: list[int], today: date, known: Picture
) -> dict[int, list[dict[str, Any]]]:
    """The numbers of one text for many units, each its own."""
    told = reckon_units(read(body).asked, about(report, today), units, known)
    return {unit: [written(one) for one in numbers] for unit, numbers in told.items()}
