"""What a report's paper says around its text: who issues it, its number, place and day, who signs, who receives."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from congvu.organisation.rules.picture import Picture
from congvu.reports.models import ReportVersion
from congvu.reports.rules.states import FROZEN, STATES
from congvu.reports.rules.templates import BY_CODE

_DOTS = "……"


@dataclass(frozen=True, slots=True)
class Fields:
    parent: str
    unit: str
    number: str
    place_and_day: str
    summary: str
    draft: str
    signer_lines: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]


def fields_of(found: ReportVersion, known: Picture) -> Fields:
    """No statement. A version that is not published leaves its number and day open; one that is not approved says so."""
    report = found.report
    on = found.signed_on or report.last
    span = known.nearest(report.unit_id, on)
    parent = known.name(span.parent_id, on) if span is not None and span.parent_id else ""
    unit = known.name(report.unit_id, on)
    name = BY_CODE[report.template].name.removeprefix("Báo cáo ")
    summary = report.title.removeprefix("Báo cáo ")
    return Fields(
        parent, unit, found.number or f"{_DOTS}/BC", f"{_place()}, {in_words(found.signed_on)}",
        (summary or name)[:1].upper() + (summary or name)[1:],
        "" if found.state in FROZEN else f"(Bản {found.version}, {STATES[found.state].lower()})",
        tuple(line for line in (found.signer_title or "THỦ TRƯỞNG CƠ QUAN").split(" | ") if line), found.signer_name,
        tuple(found.recipients.splitlines()) or ("Như trên;", "Lưu: VT."),
    )  # fmt: skip


def in_words(day: date | None) -> str:
    """ "ngày 05 tháng 02 năm 2026": days under ten and months 1, 2 with a nought (NĐ 30/2020, Phụ lục I)."""
    if day is None:
        return f"ngày {_DOTS} tháng {_DOTS} năm {_DOTS}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _place() -> str:
    province: str = settings.PROVINCE_NAME
    return province.removeprefix("Tỉnh ").removeprefix("Thành phố ")
