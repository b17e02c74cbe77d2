"""Builders with plain defaults: a small place with one procedure through three agencies, and its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from congvu.dossiers.actions.intake import Intake, Person, Received
from congvu.dossiers.actions.receive import receive
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.text import fold
from congvu.organisation.models import Unit
from congvu.organisation.tests.make import a_unit
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
)


def at(text: str) -> datetime:
    """A legal moment: at("2026-11-20 14:59")."""
    return datetime.fromisoformat(text).replace(tzinfo=LEGAL_ZONE)


@dataclass(frozen=True)
class Place:
    """A province of four units and one procedure. Actors by what they do."""

    province: Unit
    centre: Unit
    home_affairs: Unit
    police: Unit
    version: ProcedureVersion
    clerk: Actor
    specialist: Actor
    police_officer: Actor
    leader: Actor
    chairman: Actor
    auditor: Actor
    admin: Actor
    stranger_clerk: Actor

    def intake(self, owner: str = "Nguyễn Thị Mẫu", **more: object) -> Intake:
        values: dict[str, object] = {
            "intake_key": uuid4(), "version_id": self.version.pk, "channel": 1, "receiving_unit_id": self.centre.pk,
            "competent_unit_id": self.home_affairs.pk, "owner": Person(owner, "099190000123", "0900000123"),
        }  # fmt: skip
        return Intake(**{**values, **more})  # type: ignore[arg-type]

    def received(self, when: str = "2026-11-20 14:30", **more: object) -> Received:
        return receive([self.intake(**more)], by=self.clerk, at=at(when))[0]


def an_actor(account_id: int, name: str, role: str, unit: Unit) -> Actor:
    return Actor(account_id, name, f"user{account_id}", "", (Held(role, unit.pk),))


def a_version(
    code: str = "1.012939",
    *,
    term: tuple[int, str] | None = (5, "NGAY_LAM_VIEC"),
    name: str = "Đăng ký hoạt động chi nhánh của hội",
    papers: Sequence[tuple[str, bool]] = (),
    fee: int | Sequence[tuple[str, int]] = 0,
) -> ProcedureVersion:
    """A published version with one case, the same term and fee (đồng, or lines of kind and đồng) through all channels."""
    field, _ = Field.objects.get_or_create(
        code="NOI_VU", defaults={"name": "Nội vụ", "name_folded": "noi vu"}
    )
    procedure = Procedure.objects.create(
        code=code, name=name, name_folded=fold(name), field=field, status="PUBLIC"
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, name=name, valid_from=date(2020, 1, 1)
    )
    case = ProcedureCase.objects.create(version=version, stable_key="chung", name="Trường hợp chung")
    for channel in (1, 2, 3):
        made = CaseChannel.objects.create(
            case=case, channel=channel, term_n=term[0] if term else None, term_unit=term[1] if term else None
        )
        lines = ([("CHUNG", fee)] if fee else []) if isinstance(fee, int) else fee
        for order, (kind, amount) in enumerate(lines, 1):
            CaseFee.objects.create(channel=made, order=order, kind=kind, amount=amount)
    for order, (paper, required) in enumerate(papers, 1):
        CasePaper.objects.create(
            case=case, stable_key=f"g{order}", order=order, name=paper, originals=1, required=required
        )
    version.state, version.published_at = "PUBLISHED", at("2020-01-01 08:00")
    version.save()
    return version


def a_process(
    version: ProcedureVersion,
    steps: list[tuple[str, str, str, Unit | None, str]],
    links: list[tuple[int, int]] | None = None,
) -> ProcessVersion:
    """A published process: steps are (name, role, agency kind, unit, working days); a sequence unless links say otherwise."""
    process = ProcessVersion.objects.create(
        procedure=version.procedure, code=version.procedure.code, name=version.name
    )
    made = [
        ProcessStep.objects.create(
            process_version=process, stable_key=f"b{n}", position=n, name=name, role=role, agency_kind=kind, unit=unit,
            term_n=Decimal(days) if days else None, term_unit="NGAY_LAM_VIEC" if days else None,
        )
        for n, (name, role, kind, unit, days) in enumerate(steps, 1)
    ]  # fmt: skip
    for a, b in links if links is not None else [(n, n + 1) for n in range(1, len(steps))]:
        StepLink.objects.create(from_step=made[a - 1], to_step=made[b - 1])
    process.state, process.valid_from, process.published_at = (
        "PUBLISHED",
        date(2020, 1, 1),
        at("2020-01-01 08:00"),
    )
    process.save()
    return process


def a_place(*, parallel: bool = False, papers: Sequence[tuple[str, bool]] = ()) -> Place:
    """The small province. `parallel`: home affairs and police work at once, and the chairman's signature joins them."""
    province = a_unit("H99", "UBND tỉnh Bình Giang", kind="UBND")
    centre = a_unit("H99.01", "Trung tâm Phục vụ hành chính công tỉnh", province, kind="TRUNG_TAM_PVHCC")
    home = a_unit("H99.08", "Sở Nội vụ", province)
    police = a_unit("H99.20", "Công an tỉnh", province)
    far = a_unit("H99.09", "Sở Y tế", province)
    version = a_version(papers=papers)
    a_process(
        version,
        [
            ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"),
            ("Thẩm định", "LEAD", "COMPETENT", None, "2"),
            ("Góp ý", "COOPERATE", "FIXED", police, "1"),
            ("Ký quyết định", "SIGN", "FIXED", province, "1"),
            ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
        ],
        links=[(1, 2), (1, 3), (2, 4), (3, 4), (4, 5)] if parallel else None,
    )
    return Place(
        province, centre, home, police, version,
        clerk=an_actor(1, "Trần Một Cửa", "clerk", centre), specialist=an_actor(2, "Lê Chuyên Viên", "specialist", home),
        police_officer=an_actor(3, "Phạm Công An", "specialist", police), leader=an_actor(4, "Đỗ Giám Đốc", "leader", home),
        chairman=an_actor(5, "Vũ Chủ Tịch", "leader", province), auditor=an_actor(6, "Hồ Thanh Tra", "auditor", province),
        admin=an_actor(7, "Ngô Quản Trị", "admin", province), stranger_clerk=an_actor(8, "Bùi Nơi Khác", "clerk", far),
    )  # fmt: skip


@dataclass(frozen=True)
class BenchPlace(Place):
    """A place whose process has six steps, as the measured workload has."""

    finisher: Actor


def a_bench_place() -> BenchPlace:
    """Six steps through three agencies; the last before the return is a specialist's."""
    plain = a_place()
    version = a_version("1.000001", name="Thủ tục đo tốc độ")
    a_process(
        version,
        [
            ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"),
            ("Thẩm định", "LEAD", "COMPETENT", None, "2"),
            ("Góp ý", "COOPERATE", "FIXED", plain.police, "1"),
            ("Tổng hợp", "LEAD", "COMPETENT", None, "1"),
            ("Trình ký", "LEAD", "COMPETENT", None, "1"),
            ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
        ],
    )
    values = {name: getattr(plain, name) for name in Place.__dataclass_fields__}
    return BenchPlace(**{**values, "version": version}, finisher=plain.specialist)
