"""The big demo: a year of dossiers poured in by COPY, with the seasons of a province's counters.

Every dossier is a plan (see `plans`); its rows are what the actions would have left (see `aftermath`). Written in the
order of reception, so that numbers of a day count up through the day.
"""

import heapq
import logging
import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date, datetime
from itertools import accumulate

from django.db import connection

from congvu.demo.aftermath import Aftermath, aftermath
from congvu.demo.bareload import bare
from congvu.demo.due_book import DueBook
from congvu.demo.ink import TABLES, Ink, enter_fees
from congvu.demo.office_time import A_DAY, OfficeTime
from congvu.demo.people import Citizen, Roster, a_citizen
from congvu.demo.plans import Planner, Service, Temper
from congvu.demo.services import Offices
from congvu.dossiers.rules.codes import format_code, series_key
from congvu.foundation.workdays.days import add_months
from congvu.foundation.workdays.queries import current_version
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.organisation.queries import picture

# January to December against an average month: before Tết little, after the summer much.
SEASONS = (0.9, 0.65, 1.1, 1.05, 1.05, 1.0, 1.0, 1.05, 1.1, 1.1, 1.05, 1.0)
WEEKDAYS = (1.25, 1.05, 1.0, 0.95, 0.85, 0.7, 0.7)  # Monday is the day of queues; a worked Saturday is quiet
_TEMPER = Temper()
_TOLD_EVERY = 50_000
_log = logging.getLogger(__name__)
_CITIZENS = 60_000  # people come more than once


def pour(
    what: Offices,
    roster: Roster,
    calendar: Calendar,
    *,
    count: int,
    until: datetime,
    seed: int,
    places: tuple[str, ...],
    city: int = 0,
) -> int:
    """Write `count` dossiers of the twelve months up to `until`, and `city` more a working day through the city's processes.

    Returns how many. Needs an open transaction.

    About a minute for each 100,000 on two cores; memory holds some days of dossiers at a time.
    """
    known, on = picture(), until.date()
    spans = {
        unit: known.at(unit, on) for service in what.all for unit in (service.competent, service.receiving)
    }
    tiers = {unit: span.tier for unit, span in spans.items() if span is not None}
    codes = {unit: span.code for unit, span in spans.items() if span is not None}
    ink, numbers = Ink(tiers), _Numbers(codes)
    with bare(TABLES):
        for left in lives(
            what, roster, calendar, count=count, until=until, seed=seed, places=places, city=city
        ):
            ink.write(
                left,
                numbers.next(left.plan.service.receiving, left.received_at) if left.received_at else None,
            )
            if ink.written % _TOLD_EVERY == 0:
                _log.info("tỉnh mẫu: đã ghi %d hồ sơ", ink.written)
        ink.flush()
        numbers.keep()
        _log.info("tỉnh mẫu: đã ghi %d hồ sơ, đang dựng lại chỉ mục và khóa", ink.written)
    enter_fees()
    return ink.written


def lives(
    what: Offices,
    roster: Roster,
    calendar: Calendar,
    *,
    count: int,
    until: datetime,
    seed: int,
    places: tuple[str, ...],
    city: int = 0,
) -> Iterator[Aftermath]:
    """The aftermaths of `count` plans, and `city` more each working day, in order of reception (registration, while not
    received)."""
    chance = random.Random(f"flood {seed}")
    first = add_months(until.date(), -12)
    times = OfficeTime(calendar, first, until.date())
    book, version = DueBook(calendar), current_version()
    planner = Planner(chance, calendar, times, roster, until, _TEMPER, book)
    citizens = [a_citizen(chance, places) for _ in range(min(_CITIZENS, max(count // 2, 1)))]
    desk, hall = _Desk(what, chance), _Hall(what.city, chance)
    days = range(times.index(first) + 1, times.index(until.date()) + 1)
    waiting: list[tuple[datetime, int, Aftermath]] = []
    number = 0
    for day, arrivals in zip(days, _arrivals([times.days[index] for index in days], count), strict=True):
        services = [desk.service() for _ in range(arrivals)]
        services += [hall.service() for _ in range(city if hall else 0)]
        ticks = sorted(day * A_DAY + chance.randrange(3, 465) for _ in services)
        chance.shuffle(services)
        for service, tick in zip(services, ticks, strict=True):
            plan = planner.plan(service, _one(citizens, chance), tick)
            number += 1
            if not plan.acts:  # it would begin after `until`: begin it at the opening of the day before
                plan = planner.plan(plan.service, plan.citizen, (day - 1) * A_DAY + chance.randrange(3, 60))
            left = aftermath(plan, book, version)
            heapq.heappush(waiting, (left.received_at or left.opened_at, number, left))
        # one begun anew falls on the day before: that day is written when nothing more can come to it
        while waiting and waiting[0][0].date() < times.days[day]:
            yield heapq.heappop(waiting)[2]
    while waiting:
        yield heapq.heappop(waiting)[2]


def _one(citizens: list[Citizen], chance: random.Random) -> Citizen:
    return citizens[int(chance.random() * len(citizens))]


def _arrivals(days: list[date], count: int) -> list[int]:
    """How many come on each day, `count` in all."""
    marks = list(accumulate(SEASONS[day.month - 1] * WEEKDAYS[day.weekday()] for day in days))
    steps = [round(count * mark / marks[-1]) for mark in marks]
    return [now - before for before, now in zip([0, *steps], steps, strict=False)]


class _Desk:
    """Chooses services by weight: two in three dossiers are handed in at communes, the big towns' before others."""

    def __init__(self, what: Offices, chance: random.Random) -> None:
        self._chance = chance
        self._services: list[Service] = []
        weights: list[float] = []
        share = 2 * sum(service.weight for service in what.province)
        sizes = [1 / (rank + 4) for rank in range(len(what.commune))]
        for size, services in zip(sizes, what.commune, strict=True):
            whole = sum(service.weight for service in services)
            self._services += services
            weights += [share * size / sum(sizes) * service.weight / whole for service in services]
        self._services += what.province
        weights += [service.weight for service in what.province]
        self._marks = list(accumulate(weights))

    def service(self) -> Service:
        return self._services[bisect(self._marks, self._chance.random() * self._marks[-1])]


class _Hall:
    """Chooses among the city's services by their share of its dossiers, each ward as often as another."""

    def __init__(self, services: tuple[Service, ...], chance: random.Random) -> None:
        self._chance, self._services = chance, services
        self._marks = list(accumulate(service.weight for service in services))

    def __bool__(self) -> bool:
        return bool(self._services)

    def service(self) -> Service:
        return self._services[bisect(self._marks, self._chance.random() * self._marks[-1])]


class _Numbers:
    """Numbers of the day for each unit, kept in the same series the actions take theirs from."""

    def __init__(self, codes: dict[int, str]) -> None:
        self._codes = codes
        self._last: dict[tuple[int, date], int] = {}

    def next(self, unit: int, at: datetime) -> str:
        key = (unit, at.date())
        self._last[key] = number = self._last.get(key, 0) + 1
        return format_code(self._codes[unit], at.date(), number)

    def keep(self) -> None:
        """The series as they stand. 1 statement; fails when someone took numbers of these days before."""
        rows = [(series_key(self._codes[unit], day), last) for (unit, day), last in self._last.items()]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO numbering_series (key, last) VALUES (%s, %s)", rows)
