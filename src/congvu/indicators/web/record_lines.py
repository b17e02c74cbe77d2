"""Records made ready for the drawer: address, unit's name, the one chip of the row."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from congvu.dossiers.rules.status import ENDED, PAUSED, Status
from congvu.foundation.ui import formats
from congvu.foundation.ui.pager import Page
from congvu.indicators.queries.records import Record
from congvu.organisation.rules.mapping import Number
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Line:
    record: Record
    url: str
    unit: str
    state: str
    chip: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """A number opened: what it counts, since when, and a page of the dossiers behind it."""

    figure: Number
    meaning: str
    row: str
    page: Page[Line]
    close_url: str
    export_url: str = ""
    definition: str = ""
    allocation: str = ""  # on another map: which units as they were stand behind the number


def lines(page: Page[Record], known: Picture) -> Page[Line]:
    """The records of a page, their units named from `known`. No statement."""
    rows = [
        Line(one, dossier_url(one), known.name(one.unit_id, one.last), *chip_of(one)) for one in page.rows
    ]
    return Page(rows, page.next, page.first)


def dossier_url(record: Record) -> str:
    try:
        return reverse("dossier", args=[record.code]) if record.code else ""
    except NoReverseMatch:
        return ""


def chip_of(record: Record) -> tuple[str, str]:
    """State and words of the chip: late first, then what the dossier waits for, then how it ended."""
    if record.days_late:
        return "late", f"Quá {formats.number(record.days_late)} ngày lịch"
    if record.status in PAUSED:
        return "pause", "Tạm dừng"
    if record.status is Status.WITHDRAWN:
        return "idle", "Công dân rút"
    if record.status in ENDED:
        early = record.due_on is not None and record.ended_on is not None and record.ended_on < record.due_on
        return "ok", "Trước hạn" if early else "Đúng hạn"
    return "now", "Đang giải quyết"
