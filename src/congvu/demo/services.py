"""What the demo's counters offer: each procedure with the office that receives and the one that decides."""

from dataclasses import dataclass, replace
from datetime import date

from congvu.demo.city import is_of_city, share
from congvu.demo.plans import Service, unit_of
from congvu.dossiers.queries.offers import offer, road
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.queries import names_on
from congvu.procedures.models import CasePaper, ProcedureVersion, ProcessVersion, VersionResult

CENTRE, COMMUNE_CENTRE = "H99.01", ".01"
# Which agency of the province decides, by words of the field; the first that fits.
_AGENCIES: tuple[tuple[str, str], ...] = (
    ("ton giao|tin nguong|dan toc", "H99.22"),
    ("dat dai|moi truong|nong nghiep|tai nguyen", "H99.21"),
    ("xay dung|giao thong|quy hoach|nha o", "H99.16"),
    ("doanh nghiep|ho kinh doanh|dau tu|tai chinh", "H99.11"),
    ("ho tich|chung thuc|ly lich tu phap|luat su|cong chung", "H99.14"),
    ("y te|duoc pham|an toan thuc pham", "H99.17"),
    ("giao duc|dao tao", "H99.04"),
    ("cong thuong|hang hoa|dien luc", "H99.03"),
    ("van hoa|the thao|du lich|quang cao", "H99.15"),
    ("khoa hoc|cong nghe|buu chinh|vien thong", "H99.07"),
    ("cu tru|xuat nhap canh|con dau", "H99.24"),
)
_ELSE = "H99.08"
# Whose opinion is asked now and then, beside what the process says: by words of the field; the police otherwise.
_ASKED: tuple[tuple[str, str], ...] = (
    ("quan ly do thi|kinh te va ha tang|xay dung", "H99.21"),
    ("tu phap|ho tich|chung thuc", "H99.14"),
)
_POLICE = "H99.24"
_OF_OLD_CITY = 7  # the wards that were the city until July 2025


@dataclass(frozen=True, slots=True)
class Offices:
    """The services of a province, province and communes apart, and who must be there to give them."""

    province: tuple[Service, ...]
    commune: tuple[tuple[Service, ...], ...]  # one tuple per commune
    of_home_affairs: tuple[Service, ...]  # those of the province that Sở Nội vụ decides
    city: tuple[
        Service, ...
    ] = ()  # the processes of a real city, in the wards that were one; `weight` is their share

    @property
    def all(self) -> tuple[Service, ...]:
        return (*self.province, *(service for one in self.commune for service in one))

    def crew(self) -> set[tuple[str, int]]:
        """Every (role, unit) that some step of some service asks for."""
        wanted: set[tuple[str, int]] = set()
        for service in self.all:
            wanted |= {
                (CLERK, service.receiving),
                (LEADER, service.competent),
                (SPECIALIST, service.competent),
            }
            for step in service.steps:
                role = {"SIGN": LEADER, "RECEIVE": CLERK, "RETURN": CLERK}.get(step.role, SPECIALIST)
                wanted.add((role, unit_of(step, service)))
            if service.asked is not None:
                wanted.add((SPECIALIST, service.asked[0]))
        return wanted


def offices(units: dict[str, int], on: date, *, communes: int) -> Offices:
    """The services in force on a day in the centre of the province and in the first `communes` communes.

    4 statements, and some for each procedure the first time a process meets it. `units`: ids by code.
    """
    rows = _rows(on)
    towns = sorted(code for code in units if _is_commune(code, units))[:communes]
    names = names_on([units[code] for code in (*(code for _, code in _ASKED), _POLICE)], on)

    def service(row: _Row, receiving: int, competent: int) -> Service:
        asked = units[_asked(row)]
        return _service(row, receiving, competent, None if asked == competent else (asked, names[asked]))

    province = [service(row, units[CENTRE], units[_agency(row)]) for row in rows if "TINH" in row.tiers]
    commune = [
        tuple(service(row, units[town + COMMUNE_CENTRE], units[town]) for row in rows if "XA" in row.tiers)
        for town in towns
    ]
    if not province or not all(commune):
        raise Refused(
            "Danh mục thủ tục của tỉnh mẫu chưa có.", do="Nạp lại tỉnh mẫu vào một cơ sở dữ liệu trống."
        )
    home = tuple(service for service in province if service.competent == units[_ELSE])
    return Offices(tuple(province), tuple(commune), home or tuple(province), _city(rows, commune))


def _city(rows: list["_Row"], commune: list[tuple[Service, ...]]) -> tuple[Service, ...]:
    """The city's services in its wards, weighed by their share of its dossiers."""
    shares = share(row.code for row in rows if is_of_city(row.code))
    code_of = {row.version: row.code for row in rows}
    return tuple(
        replace(one, weight=shares[code_of[one.offer.version_id]])
        for ward in commune[:_OF_OLD_CITY]
        for one in ward
        if code_of[one.offer.version_id] in shares
    )


def _is_commune(code: str, units: dict[str, int]) -> bool:
    """Communes of today are H99.31 and up, each with its own one-stop."""
    last = code.rpartition(".")[2]
    return code.count(".") == 1 and last.isdigit() and int(last) >= 31 and code + COMMUNE_CENTRE in units


@dataclass(frozen=True, slots=True)
class _Row:
    version: int
    code: str
    field: str
    name: str
    tiers: tuple[str, ...]
    process: int
    papers: tuple[tuple[int, str], ...]
    result: str
    weight: float


def _rows(on: date) -> list[_Row]:
    """Published versions in force of public procedures that have a published process. 4 statements."""
    versions = list(
        ProcedureVersion.objects.filter(state="PUBLISHED", procedure__status="PUBLIC", valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .select_related("procedure__field")
        .order_by("procedure__code")
    )
    ids = [version.pk for version in versions]
    processes = dict(
        ProcessVersion.objects.filter(state="PUBLISHED", procedure__isnull=False, valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .order_by("number")
        .values_list("procedure_id", "id")
    )
    papers: dict[int, list[tuple[int, str]]] = {}
    first_cases: dict[int, int] = {}
    for paper in (
        CasePaper.objects.filter(case__version__in=ids)
        .select_related("case")
        .order_by("case__order", "order", "id")
    ):
        if first_cases.setdefault(paper.case.version_id, paper.case_id) == paper.case_id:
            papers.setdefault(paper.case.version_id, []).append((paper.pk, paper.name))
    results = dict(
        VersionResult.objects.filter(version__in=ids).order_by("-order").values_list("version_id", "name")
    )
    return [
        _row(v, processes[v.procedure_id], papers.get(v.pk, []), results)
        for v in versions
        if v.procedure_id in processes
    ]


def _row(v: ProcedureVersion, process: int, papers: list[tuple[int, str]], results: dict[int, str]) -> _Row:
    field, result = v.procedure.field.name, results.get(v.pk, "Kết quả giải quyết")[:500]
    return _Row(
        v.pk,
        v.procedure.code,
        field,
        v.name,
        tuple(v.tiers),
        process,
        tuple(papers[:6]),
        result,
        _weight(f"{field} {v.name}"),
    )


def _weight(words: str) -> float:
    """How often a procedure is asked for, against others: certificates and civil status are the daily bread."""
    folded = fold(words)
    if any(word in folded for word in ("chung thuc", "khai sinh", "tinh trang hon nhan")):
        return 12.0
    if any(
        word in folded
        for word in ("ho kinh doanh", "dat dai", "ket hon", "khai tu", "cu tru", "ly lich", "doanh nghiep")
    ):
        return 5.0
    return 1.0


def _agency(row: _Row) -> str:
    """The code of the agency that decides a procedure of the province."""
    field = f" {fold(row.field)} "
    for words, code in _AGENCIES:
        if any(f" {word} " in field for word in words.split("|")):
            return code
    return _ELSE


def _asked(row: _Row) -> str:
    """The code of the agency whose opinion is asked on a procedure."""
    field = fold(row.field)
    return next((code for words, code in _ASKED if any(word in field for word in words.split("|"))), _POLICE)


def _service(row: _Row, receiving: int, competent: int, asked: tuple[int, str] | None) -> Service:
    return Service(
        offer(row.version),
        row.process,
        road(row.process),
        receiving,
        competent,
        row.papers,
        row.result,
        row.weight,
        asked,
    )
