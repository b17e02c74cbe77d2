"""Reading reports, their versions and the parts units send."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from congvu.foundation.clock import legal
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months
from congvu.indicators.rules.periods import Kind
from congvu.organisation.access import EVERYTHING, Scope
from congvu.reports.models import Report, ReportPart, ReportVersion
from congvu.reports.rules.states import FROZEN, OPEN, OPEN_PARTS


def report_list(
    seen: Scope, *, template: str = "", before: int | None = None, limit: int
) -> list[ReportVersion]:
    """The newest version of each report the reader may open, newest first; one more than `limit`. 1 statement."""
    rows = readable(ReportVersion.objects.select_related("report").defer("body", "numbers", "charts"), seen)
    if template:
        rows = rows.filter(report__template=template)
    if before is not None:
        rows = rows.filter(report__lt=before)
    return list(rows.order_by("-report_id", "-version").distinct("report_id")[: limit + 1])


def readable(rows: QuerySet[ReportVersion], seen: Scope) -> QuerySet[ReportVersion]:
    """Those of `rows` one reads: every version of the units whose drafts are seen, of the others what is approved."""
    return rows if seen.all else rows.filter(Q(report__unit__in=seen.unit_ids) | Q(state__in=FROZEN))


def versions_of(report_id: int, seen: Scope) -> list[ReportVersion]:
    """Every version the reader may open, newest first, without texts. 1 statement."""
    rows = ReportVersion.objects.filter(report=report_id).select_related("report")
    return list(readable(rows, seen).defer("body", "numbers", "charts").order_by("-version"))


def version(report_id: int, number: int | None, seen: Scope = EVERYTHING) -> ReportVersion | None:
    """One version with its text, of those the reader may open; number None: the newest of them. 1 statement."""
    rows = readable(ReportVersion.objects.select_related("report").filter(report=report_id), seen)
    if number is not None:
        rows = rows.filter(version=number)
    return rows.order_by("-version").first()


def held(version_id: int) -> ReportVersion:
    """A version, locked. 1 statement. Refuses one that is not there."""
    found = (
        ReportVersion.objects.select_for_update(of=("self",)).select_related("report").filter(pk=version_id)
    ).first()
    if found is None:
        raise Refused("Không có bản báo cáo này.", do="Mở lại danh sách báo cáo.")
    return found


def a_year_before(report: Report) -> ReportVersion | None:
    """The last approved version of the same report of the year before: of the period of the same name, of free days those
    twelve months earlier. 1 statement."""
    if report.kind == Kind.FREE.value:
        period: dict[str, object] = {
            "first": add_months(report.first, -12),
            "last": add_months(report.last, -12),
        }
    else:
        period = {"year": report.year - 1, "place": report.place}
    return (
        ReportVersion.objects.select_related("report")
        .filter(
            report__template=report.template,
            report__unit=report.unit_id,
            report__kind=report.kind,
            state__in=FROZEN,
            **{f"report__{name}": value for name, value in period.items()},
        )
        .order_by("-version")
        .first()
    )


def parts_of(report_id: int) -> list[ReportPart]:
    """What units were asked, by unit. 1 statement."""
    return list(ReportPart.objects.filter(report=report_id).order_by("unit_id"))


def part(part_id: int) -> ReportPart | None:
    """1 statement."""
    return ReportPart.objects.select_related("report").filter(pk=part_id).first()


def open_parts(units: Sequence[int] | None, limit: int) -> list[ReportPart]:
    """What units still owe to reports under way, the most urgent first; None: of all units. 1 statement."""
    rows = ReportPart.objects.select_related("report").defer("body", "numbers")
    rows = rows.filter(state__in=OPEN_PARTS, report__versions__state__in=OPEN)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return list(rows.order_by("due", "pk")[:limit])


def has_open_version(report_id: int) -> bool:
    """Whether a report is being written; once approved, nothing is sent for it. 1 statement."""
    return ReportVersion.objects.filter(report=report_id, state__in=OPEN).exists()


def late(part: ReportPart, today: date) -> bool:
    """Whether a part is owed past its day, or came after it. No statement."""
    if part.sent_at is not None and part.state not in OPEN_PARTS:
        return legal(part.sent_at).date() > part.due
    return today > part.due
