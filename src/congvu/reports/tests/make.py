"""A province with a few dossiers, and its people who write reports."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.rules.status import Status
from congvu.foundation.clock import LEGAL_ZONE
from congvu.indicators.rules.periods import Kind
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.reports.actions.make_report import Wanted, make_report
from congvu.reports.actions.move_report import approve_report, check_report
from congvu.reports.actions.write_report import write_report
from congvu.reports.models import ReportVersion

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=LEGAL_ZONE)
ON_TIME = "{{so-lieu:ho-so.dung-han}}"


def solved(received: date, due: date, ended: date, unit: int = 0) -> History:
    """Received and ended."""
    return History(
        1,
        received,
        (
            Happened(moment(received), Status.RECEIVED, due),
            Happened(moment(ended), Status.FINISHED, due, ended),
        ),
        unit=unit,
    )


def october(unit: int = 0) -> list[History]:
    """Two on time and one late, all in October 2026."""
    return [
        solved(date(2026, 10, 1), date(2026, 10, 9), date(2026, 10, 8), unit),
        solved(date(2026, 10, 2), date(2026, 10, 9), date(2026, 10, 9), unit),
        solved(date(2026, 10, 5), date(2026, 10, 9), date(2026, 10, 20), unit),
    ]


@dataclass(frozen=True)
class Office:
    """The ground and who works on it: `writer` drafts for the province, `head` leads it, `auditor` checks; `unit_writer`
    works in the first department."""

    ground: Ground
    writer: Any
    head: Any
    auditor: Any
    unit_writer: Any


def an_office(make_person: Any) -> Office:
    ground = Ground()
    return Office(
        ground,
        make_person("personnel", ground.province, name="Bùi Tổ Chức", username="bc.soan"),
        make_person("leader", ground.province, name="Phạm Chủ Tịch", username="bc.duyet"),
        make_person("auditor", ground.province, name="Hồ Kiểm Tra", username="bc.kiem"),
        make_person("specialist", ground.units[0], name="Lê Đơn Vị", username="bc.donvi"),
    )


def a_report(office: Office, body: str = "", *, year: int = 2026, month: int = 10) -> ReportVersion:
    """The province's report of a month, with `body` when given."""
    made = make_report(
        Wanted("danh-gia-mot-cua", office.ground.province.pk, Kind.MONTH, year, month),
        by=office.writer.actor,
        at=NOW,
    )
    return write_report(made.pk, body, read_as=None, by=office.writer.actor, at=NOW) if body else made


def approved(office: Office, body: str = "", **period: int) -> ReportVersion:
    made = a_report(office, body, **period)
    check_report(made.pk, by=office.auditor.actor, at=NOW)
    return approve_report(made.pk, by=office.head.actor, at=NOW)
