"""A small catalogue that has everything the big one has: days and hours, parallel agencies, fees, no promise at all."""

import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from congvu.demo.city import graph_of
from congvu.demo.office_time import A_DAY, OfficeTime
from congvu.demo.people import Roster, a_citizen, load_accounts
from congvu.demo.plans import Plan, Planner, Temper
from congvu.demo.samples_city import CHECKED, CITY, TOGETHER
from congvu.demo.services import Offices, offices
from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.text import fold
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.models import Unit
from congvu.organisation.queries import unit_by_code
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.models import (
    CaseChannel,
    CaseFee,
    CasePaper,
    Field,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ProcessStep,
    ProcessVersion,
    StepLink,
    VersionResult,
)

NOW = datetime(2026, 11, 20, 16, 20, tzinfo=LEGAL_ZONE)
_LONG_AGO, _PUBLISHED = date(2020, 1, 1), datetime(2020, 1, 1, 8, tzinfo=LEGAL_ZONE)
PLACES = ("phường Trần Phú", "xã Vĩnh Khê")
_CATALOGUE = (
    ("1.000001", "Đăng ký hội", (5, "NGAY_LAM_VIEC"), "TINH", False, 0),
    ("1.000002", "Cấp phép xây dựng", (20, "NGAY_LAM_VIEC"), "TINH", True, 150_000),
    ("1.000003", "Đăng ký sinh hoạt tín ngưỡng", (30, "NGAY"), "TINH", True, 0),
    ("1.000004", "Thông báo lễ hội", (8, "GIO_LAM_VIEC"), "TINH", False, 20_000),
    ("1.000005", "Góp ý quy hoạch", None, "TINH", False, 0),
    ("2.000001", "Chứng thực bản sao", (1, "NGAY_LAM_VIEC"), "XA", False, 2_000),
    ("2.000002", "Đăng ký khai sinh", (3, "NGAY_LAM_VIEC"), "XA", False, 0),
    ("2.000003", "Xác nhận cư trú", (1, "THANG"), "XA", True, 0),
)


def a_catalogue() -> None:
    """The procedures above, published, each with papers, a result and a process of five steps through two agencies."""
    police = unit_by_code("H99.24")
    for code, name, term, tier, parallel, fee in _CATALOGUE:
        field, _ = Field.objects.get_or_create(
            code=fold(name), defaults={"name": f"Lĩnh vực {name}", "name_folded": fold(f"Lĩnh vực {name}")}
        )
        procedure = Procedure.objects.create(
            code=code, name=name, name_folded=fold(name), field=field, status="PUBLIC"
        )
        _publish(procedure, term, tier, fee)
        _process(procedure, police, parallel=parallel)
    _city_like("2.000004", "Cấp phép sửa nhà", TOGETHER, "H99.16")
    _city_like("2.000005", "Cải chính giấy tờ", CHECKED, "H99.24")


def _city_like(code: str, name: str, way: str, other: str) -> None:
    """A procedure with agencies at once, rework and a choice, published through the actions."""
    field = Field.objects.create(code=fold(name), name=f"Lĩnh vực {name}", name_folded=fold(name))
    procedure = Procedure.objects.create(
        code=code, name=name, name_folded=fold(name), field=field, status="PUBLIC"
    )
    _publish(procedure, (15, "NGAY_LAM_VIEC"), "XA", 50_000)
    like = next(one for one in CITY if one.way == way)
    graph = graph_of(replace(like, other=other))
    draft_graph(procedure.pk, graph, by=SYSTEM, at=_PUBLISHED)
    publish_process(procedure.pk, _LONG_AGO, by=SYSTEM, at=_PUBLISHED)


def _publish(procedure: Procedure, term: tuple[int, str] | None, tier: str, fee: int) -> None:
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, name=procedure.name, valid_from=_LONG_AGO, tiers=[tier]
    )
    case = ProcedureCase.objects.create(version=version, stable_key="chung", name="Trường hợp chung")
    VersionResult.objects.create(version=version, stable_key="kq", name=f"Kết quả: {procedure.name}")
    for order in (1, 2):
        CasePaper.objects.create(case=case, stable_key=f"g{order}", order=order, name=f"Giấy tờ số {order}")
    for channel in (1, 2, 3):
        n, unit = term if term else (None, None)
        way = CaseChannel.objects.create(case=case, channel=channel, term_n=n, term_unit=unit)
        if fee:
            CaseFee.objects.create(channel=way, amount=fee)
    version.state, version.published_at = "PUBLISHED", _PUBLISHED
    version.save()


def _process(procedure: Procedure, police: Unit, *, parallel: bool) -> None:
    process = ProcessVersion.objects.create(procedure=procedure, code=procedure.code, name=procedure.name)
    steps = [
        ProcessStep.objects.create(
            process_version=process, stable_key=f"b{position}", position=position, name=name, role=role,
            agency_kind=kind, unit=police if kind == "FIXED" else None, term_n=Decimal(days), term_unit="NGAY_LAM_VIEC",
        )
        for position, (name, role, kind, days) in enumerate(
            (
                ("Tiếp nhận", "RECEIVE", "RECEIVER", "0.5"), ("Thẩm định", "LEAD", "COMPETENT", "2"),
                ("Góp ý", "COOPERATE", "FIXED", "1"), ("Ký", "SIGN", "COMPETENT", "1"),
                ("Trả kết quả", "RETURN", "RECEIVER", "0.5"),
            ),
            1,
        )
    ]  # fmt: skip
    links = [(1, 2), (1, 3), (2, 4), (3, 4), (4, 5)] if parallel else [(1, 2), (2, 3), (3, 4), (4, 5)]
    for start, end in links:
        StepLink.objects.create(from_step=steps[start - 1], to_step=steps[end - 1])
    process.state, process.valid_from, process.published_at = "PUBLISHED", _LONG_AGO, _PUBLISHED
    process.save()


def a_province() -> tuple[Offices, Roster]:
    """Units, the small catalogue, services in two communes, and a crew."""
    units = load_units()
    a_catalogue()
    return staffed(units, communes=2)


def staffed(units: dict[str, int], *, communes: int) -> tuple[Offices, Roster]:
    """The services of what is published, and the crew they ask for."""
    what = offices(units, NOW.date(), communes=communes)
    code_of = {unit: code for code, unit in units.items()}
    crew = [(role, unit, code_of[unit], 2) for role, unit in sorted(what.crew())]
    return what, load_accounts(crew, since=date(2025, 7, 1), at=_PUBLISHED, seed=1)


def some_plans(what: Offices, roster: Roster, count: int, temper: Temper, *, seed: int = 1) -> list[Plan]:
    """Plans of the last three months, up to NOW."""
    chance, calendar = random.Random(seed), calendar_now()
    times = OfficeTime(calendar, date(2026, 7, 1), NOW.date())
    planner = Planner(chance, calendar, times, roster, NOW, temper)
    today = times.index(NOW.date())
    made = [
        planner.plan(
            chance.choice(what.all),
            a_citizen(chance, PLACES),
            (today - chance.randrange(60)) * A_DAY + chance.randrange(470),
        )
        for _ in range(count)
    ]
    return [plan for plan in made if plan.acts]
