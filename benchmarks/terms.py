"""Terms: a million in bulk, in working days and in working hours, and one a call.

Peers in the same run: numpy's `busday_offset` (working days, in bulk; it knows neither worked Saturdays nor hours) and
the `holidays` library's `get_nth_working_day` (one a call). The answers are compared too: with numpy over the same
calendar without swaps, where both must agree on every term, and with our own one-a-call answers.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import holidays
import numpy as np
from harness import in_turns, main, report, seconds, wanted

from congvu.foundation.workdays import Calendar, StartPolicy, Term, Unit, calendar_for, due
from congvu.foundation.workdays.rules.bulk import BulkTable

YEARS = (2023, 2029)
TERMS_OF_DAYS = (1, 3, 5, 7, 10, 15, 20, 30)
TERMS_OF_HOURS = (2, 4, 8, 16, 24, 40, 80)


def run(*, rounds: int = 5, terms: int = 1_000_000, single: int = 20_000) -> dict[str, Any]:
    """Nanoseconds per term; ratios are the peer's divided by ours (how many times faster we are)."""
    chance = np.random.default_rng(2026)
    starts = np.datetime64("2024-01-01") + chance.integers(0, 730, terms)
    days = chance.choice(TERMS_OF_DAYS, terms)
    moments = starts.astype("datetime64[m]") + chance.integers(420, 1020, terms)
    hours = chance.choice(TERMS_OF_HOURS, terms)
    calendar = calendar_for(YEARS)
    table = BulkTable(calendar, *YEARS)
    busdays = busday_calendar(calendar)
    bulk = in_turns(
        {
            "numpy_busday_offset": lambda: seconds(
                lambda: np.busday_offset(starts, days, roll="backward", busdaycal=busdays)
            ),
            "working_days": lambda: seconds(lambda: table.due(starts, days, Unit.WORKING_DAY)),
            "calendar_days": lambda: seconds(lambda: table.due(starts, days, Unit.DAY)),
            "months": lambda: seconds(lambda: table.due(starts, days, Unit.MONTH)),
            "working_hours": lambda: seconds(lambda: table.due_hours(moments, hours)),
            "after_15_moved": lambda: seconds(lambda: table.anchors(moments, StartPolicy.TRANSFER_DAY)),
        },
        rounds + 1,
    )
    per_term = {name: round(value / terms * 1e9, 2) for name, value in bulk.items()}
    alone = one_a_call(calendar, starts[:single], days[:single], rounds)
    faster = {name: round(bulk["numpy_busday_offset"] / value, 2) for name, value in bulk.items()}
    one_faster = alone["holidays_get_nth_working_day"] / alone["nth_working_day"]
    return report(
        "terms",
        {
            "terms": terms,
            "bulk_ns": per_term,
            "bulk_times_faster_than_busday": faster,
            "one_a_call_ns": alone,
            "one_a_call_times_faster_than_holidays": round(one_faster, 1),
            "checked": checked(table, starts, days, moments, hours, min(terms, 3_000)),
        },
        [
            wanted("working days in bulk, times faster than busday_offset", faster["working_days"], least=1),
            wanted(
                "working hours in bulk, times faster than busday_offset", faster["working_hours"], least=1
            ),
            wanted("one a call, times faster than the holidays library", one_faster, least=50),
        ],
    )


def busday_calendar(calendar: Calendar) -> np.busdaycalendar:
    off = [
        day.date for day in calendar.days_off(date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)) if not day.works
    ]
    return np.busdaycalendar(holidays=off)


def one_a_call(calendar: Calendar, starts: Any, days: Any, rounds: int) -> dict[str, float]:
    """Nanoseconds of one answer: the bare due day, the whole `due` without and with its explanation, the peer."""
    asked = [(day.astype(object), int(n)) for day, n in zip(starts, days, strict=True)]
    few = asked[: max(1, len(asked) // 10)]
    peer = holidays.Vietnam(years=range(YEARS[0], YEARS[1] + 1))
    nth = calendar.nth_working_day

    def ours(pairs: list[tuple[date, int]]) -> float:
        return seconds(lambda: [nth(day, n) for day, n in pairs]) / len(pairs)

    def whole(pairs: list[tuple[date, int]], explained: bool) -> float:
        ready = [(day, Term(n, Unit.WORKING_DAY)) for day, n in pairs]
        return seconds(
            lambda: [(found := due(d, t, calendar), explained and found.trace) for d, t in ready]
        ) / len(ready)

    found = in_turns(
        {
            "nth_working_day": lambda: ours(asked),
            "holidays_get_nth_working_day": lambda: (
                seconds(lambda: [peer.get_nth_working_day(day, n) for day, n in few]) / len(few)
            ),
            "due": lambda: whole(few, False),
            "due_with_trace": lambda: whole(few, True),
        },
        rounds,
    )
    return {name: round(value * 1e9, 1) for name, value in found.items()}


def checked(table: BulkTable, starts: Any, days: Any, moments: Any, hours: Any, some: int) -> dict[str, Any]:
    """Whether the answers are right: all against numpy without swaps, some against one-a-call."""
    plain = calendar_for(YEARS, known_swaps=False)
    bulk = BulkTable(plain, *YEARS).due(starts, days, Unit.WORKING_DAY)
    same_as_numpy = bool(
        (bulk == np.busday_offset(starts, days, roll="backward", busdaycal=busday_calendar(plain))).all()
    )
    by_day = table.due(starts[:some], days[:some], Unit.WORKING_DAY)
    by_hour = table.due_hours(moments[:some], hours[:some])
    calendar = table.calendar
    same_one_by_one = all(
        by_day[i].astype(object)
        == due(starts[i].astype(object), Term(int(days[i]), Unit.WORKING_DAY), calendar).date
        and by_hour[i].astype(datetime)
        == due(moments[i].astype(datetime), Term(int(hours[i]), Unit.WORKING_HOUR), calendar).moment
        for i in range(some)
    )
    return {
        "same_as_numpy_without_swaps": same_as_numpy,
        "same_one_by_one": same_one_by_one,
        "compared": [len(bulk), some],
    }


if __name__ == "__main__":
    main(run)
