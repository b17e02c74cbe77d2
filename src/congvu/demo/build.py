"""Building the demo province once, whole or not at all, in one of three sizes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from congvu.demo import (
    careers_ink,
    city,
    comes_back,
    conferences,
    figures,
    indices,
    past,
    people,
    positions,
    procedures,
    quotas,
    reform_work,
    registers,
    reports,
    satisfaction,
    signing,
    staff,
    story,
    together,
)
from congvu.demo.services import Offices, offices
from congvu.demo.units import load_units
from congvu.foundation import clock
from congvu.foundation.audit.actions import record
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.queries import calendar_now
from congvu.indicators.actions.keep_facts import keep_facts
from congvu.organisation.queries import names_on
from congvu.people.rules.codes import POOLS
from congvu.reports.actions.load_conference import load_conference

SIZES = {"desk": 0, "province": 100_000, "year": 1_000_000}  # dossiers poured in beside the desk's own
COMMUNES = {"desk": 4, "province": 60, "year": 60}
CITY_A_DAY = {"province": 200, "year": 200}  # more each working day, through the processes of a real city
PAST = {"province": 30_000, "year": 60_000}  # of the years before, by the offices of then
FILLED = {"province": tuple(POOLS), "year": tuple(POOLS)}  # pools whose posts people fill since 2015
SEED = 2026
SINCE = date(2025, 7, 1)  # two tiers of government; nobody of the demo held office before
CONFERENCE = "hoi-nghi"  # a home that holds conferences and no province
_KIND, _VERB = "demo", "demo.build"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo holds. `already`: it was there, nothing was done."""

    size: str
    accounts: int
    dossiers: int
    seconds: float
    already: bool = False


def ensure(size: str, *, at: datetime | None = None, seed: int = SEED) -> Summary:
    """The demo province in `size`, built now or found. All in one transaction; a second call changes nothing.

    Refuses a size there is not, and a database that holds the province in another size.
    """
    if size not in SIZES:
        raise Refused(f"Không có cỡ «{size}».", where="size", do=f"Chọn một trong: {', '.join(SIZES)}.")
    started, now = perf_counter(), at or clock.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('congvu.demo', 0))")
        found = built()
        if found is not None:
            _refuse_other_size(found, size)
            return Summary(**{**found, "already": True})
        made = _build(size, now, seed)
        summary = mark(size, *made, round(perf_counter() - started, 1), at=now)
    keep_facts(by=SYSTEM, at=now)
    return summary


def mark(size: str, accounts: int, dossiers: int, seconds: float, *, at: datetime) -> Summary:
    """Note in the log what the home holds. 1 statement."""
    summary = Summary(size, accounts, dossiers, seconds)
    record(_VERB, _KIND, 1, by=SYSTEM, at=at, after=asdict(summary))
    return summary


def built() -> dict[str, Any] | None:
    """What an earlier run noted of the province it built; None when there is none. 1 statement."""
    marker = AuditEntry.objects.filter(object_kind=_KIND, object_id=1, verb=_VERB).first()
    return dict(marker.after) if marker is not None and marker.after else None


def _refuse_other_size(found: dict[str, Any], size: str) -> None:
    if found["size"] != size:
        raise Refused(
            f"Cơ sở dữ liệu đã có tỉnh mẫu cỡ «{found['size']}» ({found['dossiers']} hồ sơ); không trộn với «{size}».",
            where="size",
            do="Đặt CONGVU_HOME sang một thư mục mới"
            + ("." if found["size"] == CONFERENCE else f", hoặc chạy với --size {found['size']}."),
        )


def _build(size: str, now: datetime, seed: int) -> tuple[int, int]:
    """(accounts, dossiers) built."""
    units = load_units()
    quotas.load()
    procedures.load(by=SYSTEM, at=_opening())
    city.load(by=SYSTEM, at=_opening())
    together.publish(by=SYSTEM, at=_opening(), since=SINCE)
    together.set_rules(by=SYSTEM, at=_opening(), since=SINCE)
    what = offices(units, now.date(), communes=COMMUNES[size])
    roster = people.load_accounts(_crew(what, units), since=SINCE, at=_opening(), seed=seed)
    signing.record_mandates(at=_opening())
    staff.load(at=now, seed=seed, every=bool(SIZES[size]))
    positions.load(at=now)
    if size in FILLED:
        careers_ink.load(at=now, seed=seed, pools=FILLED[size])
    registers.load()
    reform_work.load(at=now, seed=seed, full=bool(SIZES[size]))
    places = _places(what, now.date())
    dossiers = past.load(count=PAST[size], at=_opening(), seed=seed) if size in PAST else 0
    if SIZES[size]:
        from congvu.demo import flood  # numpy and its friends only where they are needed

        dossiers += flood.pour(
            what,
            roster,
            calendar_now(),
            count=SIZES[size],
            until=now,
            seed=seed,
            places=places,
            city=CITY_A_DAY.get(size, 0),
        )
    dossiers += story.tell(what, roster, calendar_now(), until=now, seed=seed, places=places)
    towns = tuple((services[0].receiving, services[0].competent) for services in what.commune)
    comes_back.tell(roster, what.province[0].receiving, until=now)
    dossiers += together.tell(
        roster,
        calendar_now(),
        towns=towns,
        centre=what.province[0].receiving,
        until=now,
        seed=seed,
        places=places,
    )
    satisfaction.tell(what, until=now, seed=seed, big=bool(SIZES[size]))
    indices.load(at=now, seed=seed, communes=COMMUNES[size])
    load_conference(conferences.text_of("binh-giang-2026"), by=SYSTEM, at=now)
    figures.load(at=now, seed=seed, full=bool(SIZES[size]))
    reports.load(units, roster, at=max(now, clock.now()))  # last: it tells what was recorded until then
    return len(roster.by_username), dossiers


def _opening() -> datetime:
    return datetime(SINCE.year, SINCE.month, SINCE.day, 7, tzinfo=clock.LEGAL_ZONE)


def _crew(what: Offices, units: dict[str, int]) -> list[tuple[str, int, str, int]]:
    """(role, unit, code, how many) the services ask for: a busy counter has six clerks, a desk two people."""
    code_of = {unit: code for code, unit in units.items()}
    busy = what.province[0].receiving
    return [
        (role, unit, code_of[unit], 6 if unit == busy else 2 if role != "leader" else 1)
        for role, unit in sorted(
            what.crew() | together.crew(units), key=lambda one: (code_of[one[1]], one[0])
        )
    ]


def _places(what: Offices, on: date) -> tuple[str, ...]:
    """Names of the communes, as addresses have them: "phường Trần Phú"."""
    names = names_on([services[0].competent for services in what.commune], on)
    return tuple(
        sorted(name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ") for name in names.values())
    )
