"""The desk: some 150 dossiers of the last two months, lived through the actions, every status among them."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from congvu.demo.living import live
from congvu.demo.office_time import A_DAY, OfficeTime
from congvu.demo.people import Citizen, Roster, a_citizen
from congvu.demo.plans import Plan, Planner, Service, Temper
from congvu.demo.services import Offices
from congvu.dossiers.rules import clock
from congvu.foundation.workdays.rules.calendar import Calendar

WORKING_DAYS = 43
DOSSIERS = 112
LONG_AGO = 10
ONLINE = 2
_LIVELY = Temper(late=0.14, supplement=0.1, withdrawn=0.03, stopped=0.01, refused=0.04)
# What a desk must show whatever the day: the verb at which the life stops, working days ago, how many.
_MUST: tuple[tuple[str, int, int, Temper], ...] = (
    ("register_online", 0, 4, Temper(online=1.0)),
    ("receive", 0, 5, Temper(online=0.0)),
    ("hand_over", 1, 5, Temper(online=0.4, withdrawn=0, stopped=0)),
    (
        "hand_over",
        14,
        5,
        Temper(online=0.4, withdrawn=0, stopped=0),
    ),  # late now, and still where they were put
    ("complete_step", 3, 5, Temper(withdrawn=0, stopped=0)),
    ("request_supplement", 3, 3, Temper(supplement=1.0, withdrawn=0, stopped=0, late=0)),
    ("request_payment", 4, 2, Temper(supplement=0, pay_pause=1.0, withdrawn=0, stopped=0, late=0)),
    ("ask_opinion", 4, 3, Temper(opinion=1.0, supplement=0, pay_pause=0, withdrawn=0, stopped=0, late=0)),
    ("stop", 6, 2, Temper(withdrawn=0, stopped=1.0)),
    ("withdraw", 8, 1, Temper(withdrawn=1.0)),
    ("refuse", 5, 2, Temper(online=1.0, refused=1.0)),
    ("extend", 12, 2, Temper(late=1.0, extended=1.0, withdrawn=0, stopped=0, supplement=0)),
    ("finish", 6, 4, Temper(withdrawn=0, stopped=0, supplement=0, late=0)),
)
# What the citizen who signs in must find: a fee still owed, one paid online. As above, with a service that costs something.
_OWN: tuple[tuple[str, int, Temper], ...] = (
    ("hand_over", 3, Temper(paid_first=0, refused=0, withdrawn=0, stopped=0)),
    ("collect_fee", 4, Temper(paid_first=1.0, refused=0, withdrawn=0, stopped=0)),
)


def tell(
    offices: Offices,
    roster: Roster,
    calendar: Calendar,
    *,
    until: datetime,
    seed: int,
    places: tuple[str, ...],
) -> int:
    """Plan and live the desk's dossiers up to `until`. Returns how many. Some seconds."""
    return len(live(plans(offices, roster, calendar, until=until, seed=seed, places=places)))


def plans(
    offices: Offices,
    roster: Roster,
    calendar: Calendar,
    *,
    until: datetime,
    seed: int,
    places: tuple[str, ...],
) -> list[Plan]:
    """The desk's plans: the same for the same day and seed."""
    chance = random.Random(f"story {seed}")
    times = OfficeTime(calendar, until.date().replace(year=until.year - 1), until.date())
    today = times.index(until.date())
    made: list[Plan] = []
    planner = Planner(chance, calendar, times, roster, until, _LIVELY)
    citizen, account = _the_citizen(roster)
    for number in range(DOSSIERS):
        service = _choose(chance, offices)
        day = today - int(WORKING_DAYS * chance.random() ** 1.3)
        tick = day * A_DAY + chance.randrange(5, 450)
        mine = number % 22 == 7
        who = citizen if mine else a_citizen(chance, places)
        made.append(planner.plan(service, who, tick, account=account if mine else None))
    for verb, ago, count, temper in _MUST:
        director = Planner(chance, calendar, times, roster, until, temper)
        for _ in range(count):
            found = _until(director, verb, today - ago, ago, offices, places)
            made += (
                [replace(one, return_method=1) for one in found] if verb == "finish" else found
            )  # to be posted
    for verb, ago, temper in _OWN:
        director = Planner(chance, calendar, times, roster, until, temper)
        made += _with_a_fee(director, verb, today - ago, offices, citizen, account)
    return [plan for plan in made if plan.acts]


def _with_a_fee(
    planner: Planner, verb: str, day: int, offices: Offices, citizen: Citizen, account: int | None
) -> list[Plan]:
    """A plan of the citizen's own for a service that costs something online, cut after `verb`; none after 40 days tried."""
    chance = planner.chance
    paid = [one for one in offices.all if one.offer.promise(None, ONLINE).fees]
    for back in range(40 if paid else 0):
        tick = (day - back) * A_DAY + chance.randrange(5, 120)
        plan = planner.plan(chance.choice(paid), citizen, tick, account=account)
        place = next((nth for nth, act in enumerate(plan.acts) if act.verb == verb), None)
        if place is not None:
            return [replace(plan, acts=plan.acts[: place + 1])]
    return []


def _until(
    planner: Planner, verb: str, day: int, ago: int, offices: Offices, places: tuple[str, ...]
) -> Iterable[Plan]:
    """A plan in which `verb` comes, cut after it, begun on `day` or a little earlier; none after 400 tries.

    One that is put on a desk and left there ("hand_over" long ago) must be late by now.
    """
    chance = planner.chance
    for attempt in range(400):
        begin = (day - attempt // 40) * A_DAY + chance.randrange(5, 450 if attempt >= 40 else 120)
        plan = planner.plan(_choose(chance, offices), a_citizen(chance, places), begin)
        place = next((nth for nth, act in enumerate(plan.acts) if act.verb == verb), None)
        if place is not None and (verb != "hand_over" or ago < LONG_AGO or _is_late(planner, plan)):
            return [replace(plan, acts=plan.acts[: place + 1])]
    return []


def _is_late(planner: Planner, plan: Plan) -> bool:
    """Whether the day promised at reception has passed."""
    received = next(act.at for act in plan.acts if act.verb in ("receive", "receive_registered"))
    promise = plan.service.offer.promise(None, plan.channel)
    due_on, _ = clock.first_due(received, promise.term_n, promise.term_unit, planner.calendar)
    return due_on is not None and due_on < planner.until.date()


def _choose(chance: random.Random, offices: Offices) -> Service:
    """A service: six in ten of the province, a third of these of home affairs, where the visitor works."""
    if chance.random() < 0.4:
        services: tuple[Service, ...] = chance.choice(offices.commune)
    else:
        services = offices.of_home_affairs if chance.random() < 0.35 else offices.province
    return chance.choices(services, [service.weight**0.5 for service in services])[0]


def _the_citizen(roster: Roster) -> tuple[Citizen, int | None]:
    """The citizen who signs in, as one who hands in dossiers."""
    actor = roster.by_username["cong-dan"]
    address = "Tổ dân phố 7, phường Trần Phú, tỉnh Bình Giang"
    return Citizen(actor.name, actor.citizen_number, "0900000123", address, 1), actor.account_id
