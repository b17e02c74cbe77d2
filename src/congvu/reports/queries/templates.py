"""Which text a new report of a unit begins with: its own edition, else the province's, else the one of the programme."""

from functools import cache
from pathlib import Path

from django.db.models import Q

from congvu.foundation.refusal import Refused
from congvu.reports.models import ReportTemplate
from congvu.reports.rules.templates import BY_CODE, Template

_STARTERS = Path(__file__).resolve().parents[1] / "starters"


@cache
def starter(code: str) -> str:
    """The text that comes with the programme. No statement."""
    return (_STARTERS / f"{code}.txt").read_text(encoding="utf-8")


def template_of(code: str) -> Template:
    """Refuses a code that is no template."""
    found = BY_CODE.get(code)
    if found is None:
        raise Refused(f"Không có mẫu báo cáo «{code[:40]}».", where="mau", do="Chọn mẫu trong danh sách.")
    return found


def body_of(code: str, unit_id: int | None) -> str:
    """1 statement."""
    edition = edition_of(code, unit_id)
    return edition.body if edition else starter(template_of(code).code)


def edition_of(code: str, unit_id: int | None) -> ReportTemplate | None:
    """The newest edition a unit uses: its own, else that of everybody; None: the programme's. 1 statement."""
    rows = ReportTemplate.objects.filter(Q(unit=unit_id) | Q(unit=None), code=code)
    found = list(rows.order_by("unit", "-edition").distinct("unit"))
    return next((one for one in found if one.unit_id is not None), found[0] if found else None)


def every_start(code: str) -> str:
    """Every text a report of a template may have begun with: the programme's and each edition of every office. 1 statement."""
    kept = ReportTemplate.objects.filter(code=code).order_by("pk").values_list("body", flat=True)
    return "\n".join([starter(template_of(code).code), *kept])


def editions() -> list[ReportTemplate]:
    """The newest edition of each template and unit. 1 statement."""
    return list(
        ReportTemplate.objects.order_by("code", "unit", "-edition").distinct("code", "unit").defer("body")
    )
