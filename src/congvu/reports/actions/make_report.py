"""Lập báo cáo: a report of a unit over a period, begun from its template."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indicators.rules.periods import Kind, Named, named, period_of
from congvu.organisation.queries import picture
from congvu.reports.access import refuse_unless_writes, with_writer
from congvu.reports.actions.reckoning import about, reckoned, today_of
from congvu.reports.models import Report, ReportVersion
from congvu.reports.queries.templates import body_of, template_of
from congvu.reports.rules.states import DRAFT


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to make. `place` 0 with `kind` FREE: the days `first`..`last`; else they follow from the period's name."""

    template: str
    unit_id: int
    kind: Kind
    year: int = 0
    place: int = 1
    first: date | None = None
    last: date | None = None
    title: str = ""


@transaction.atomic
def make_report(wanted: Wanted, *, by: Actor, at: datetime) -> ReportVersion:
    """The report with its first draft; its figures are reckoned. 6 statements and those of its figures.

    Refuses who does not write for the unit, a period that ends before it begins or has not begun, and a second report of
    the same template, unit and period.
    """
    known, today = picture(), today_of(at)
    template = template_of(wanted.template)
    refuse_unless_writes(by, wanted.unit_id, today, known)
    report = _report(wanted, template.name, by, at)
    if report.first > today:
        raise Refused("Kỳ báo cáo chưa bắt đầu.", where="nam", do="Chọn kỳ đã bắt đầu.")
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as twice:
        raise Refused(
            f"Đã có «{template.name}» của đơn vị này cho kỳ đó.",
            where="mau",
            do="Mở báo cáo ấy trong danh sách; đã duyệt thì mở lại thành bản mới.",
        ) from twice
    body = body_of(wanted.template, wanted.unit_id)
    told = reckoned(body, about(report, today), known)
    version = ReportVersion.objects.create(
        report=report, version=1, state=DRAFT, body=body, numbers=told.numbers, charts=told.charts, reckoned_at=at,
        drafted_at=at, drafted_by=by.name[:200], drafter_id=by.account_id,
        writers=with_writer([], by),
    )  # fmt: skip
    record(
        "reports.make_report", "report", report.pk, by=by, at=at,
        after={"title": report.title, "from": report.first.isoformat(), "to": report.last.isoformat()},
    )  # fmt: skip
    return version


def _report(wanted: Wanted, name: str, by: Actor, at: datetime) -> Report:
    if wanted.kind is Kind.FREE:
        if wanted.first is None or wanted.last is None:
            raise Refused("Chưa ghi ngày đầu, ngày cuối của kỳ.", where="tu", do="Ghi dạng 31/10/2026.")
        days = period_of(wanted.first, wanted.last)
        year, place, words = days.last.year, 0, f"từ {days.first:%d/%m/%Y} đến {days.last:%d/%m/%Y}"
    else:
        whole: Named = named(wanted.kind, wanted.year, wanted.place)
        days, year, place, words = whole.days(), wanted.year, wanted.place, whole.words
    title = composed(wanted.title)[:300] or f"{name} {words}"
    return Report(
        template=wanted.template, unit_id=wanted.unit_id, kind=wanted.kind.value, year=year, place=place,
        first=days.first, last=days.last, title=title, made_at=at, made_by=by.name[:200],
    )  # fmt: skip
