"""A dashboard of twelve figures of the last month, asked live of a province: how many statements, and its seconds beside reading
the rows of the facts by hand for the same twelve: all of them, and through the indexes as somebody who knows them would.

Beside it the same from the rows and their log, also for a leader who sees a part; twelve months of a figure; the page of on time.
"""

from __future__ import annotations

from typing import Any

from databases import loaded_at, province
from harness import in_turns, main, prepare_django, report, seconds, wanted

FIGURES = 12
_GOOD = "(status = 7 OR due_on IS NULL OR ended_on <= due_on)"
_DONE = "status IN (7, 9, 10) AND ended_on >= %(first)s AND received_on <= ended_on"
# Enough to say the same twelve: what was handled, received, online, solved, in time, early, late, open, open and late.
BY_HAND = f"""
SELECT count(*), count(*) FILTER (WHERE received_on >= %(first)s),
       count(*) FILTER (WHERE received_on >= %(first)s AND channel = 2),
       count(*) FILTER (WHERE {_DONE}), count(*) FILTER (WHERE {_DONE} AND {_GOOD}),
       count(*) FILTER (WHERE {_DONE} AND status <> 7 AND ended_on < due_on),
       count(*) FILTER (WHERE {_DONE} AND status <> 7 AND ended_on > due_on),
       count(*) FILTER (WHERE status IN (2, 4, 5, 6, 8)),
       count(*) FILTER (WHERE status IN (2, 4) AND due_on < %(last)s)
  FROM indicators_dossierfact
 WHERE since <= %(last)s AND till > %(last)s
   AND (status IN (2, 4, 5, 6, 8) OR status IN (7, 9, 10) AND ended_on BETWEEN %(first)s AND %(last)s)"""
_PLACES = (
    "till = '9999-12-31'::date AND ended_on IS NOT NULL AND ended_on BETWEEN %(first)s AND %(last)s",
    "till <= (since + 31) AND till > %(last)s AND till <= %(last)s + 31",
    "till > (since + 31) AND (till < '9999-12-31'::date OR ended_on IS NULL) AND till > %(last)s",
)
_THREE = " UNION ALL ".join(
    f"SELECT * FROM indicators_dossierfact WHERE {place} AND since <= %(last)s" for place in _PLACES
)
# Whom a department's leader sees: the two units most dossiers were with.
_FEW = "SELECT competent_unit_id FROM dossiers_dossier GROUP BY 1 ORDER BY count(*) DESC LIMIT 2"
BY_INDEX = BY_HAND.replace("FROM indicators_dossierfact", f"FROM ({_THREE}) f").replace(
    "%(last)s", "%(last)s::date"
)


def run(*, dossiers: int = 1_000_000, rounds: int = 5) -> dict[str, Any]:
    """The last whole month of a province of `dossiers` a year."""
    prepare_django()
    import psycopg
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from congvu.dossiers.access import Visible
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.sql import raw_connection
    from congvu.foundation.workdays.days import month_range, months_back
    from congvu.indicators.actions.keep_facts import keep_facts
    from congvu.indicators.models import FactsMark
    from congvu.indicators.queries.answer import answers
    from congvu.indicators.queries.counts import WHOLE, count_by_period, count_rows
    from congvu.indicators.queries.history import months_of
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.series import counted_on_time
    from congvu.indicators.queries.statistics import the_province
    from congvu.indicators.rules.figures import FIGURES as CATALOGUE
    from congvu.indicators.rules.figures import Dossiers
    from congvu.organisation.queries import picture

    today = loaded_at().date()
    past = months_back(today, 1)
    question = ask(*month_range(past.year, past.month), today=today)
    figures = [one for one in CATALOGUE if isinstance(one.counted, Dossiers)][:FIGURES]
    codes = [one.code for one in figures]
    conditions = [count.condition for one in figures for count in one.counts if isinstance(count, Dossiers)]
    everything = Visible(True, (), None)
    with province(dossiers):
        keep_facts(by=SYSTEM, at=loaded_at())
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE indicators_dossierfact")  # as the server does by itself in a while
            cursor.execute(_FEW)
            part = Visible(False, tuple(row[0] for row in cursor.fetchall()), None)
        known = picture()
        reader = the_province(question, known)

        def by_hand(text: str = BY_HAND) -> tuple[Any, ...]:
            with psycopg.ClientCursor(raw_connection()) as cursor:
                return cursor.execute(text, question.params).fetchall()[0]

        def on_time() -> object:
            return counted_on_time(everything, known, months_back(today, 11), today)

        def months() -> list[tuple[int, ...]]:
            return count_by_period(months_of(question), everything, conditions[:2])

        def by_rows(work: Any) -> float:
            FactsMark.objects.update(fill_at=0)  # as while they are first filled: the page asks the rows
            try:
                return seconds(work)
            finally:
                FactsMark.objects.update(fill_at=None)

        with CaptureQueriesContext(connection) as seen:
            told = answers(codes, question, reader, known)
        same = by_hand()[0] == by_hand(BY_INDEX)[0] == told["ho-so.nhan-giai-quyet"].value.numerator
        rows = count_rows(question, everything, conditions, WHOLE)[0, 0]
        same = same and rows == tuple(n for code in codes for n in _numbers(told[code].value))
        taken = in_turns(
            {
                "dashboard_live": lambda: seconds(lambda: answers(codes, question, reader, known)),
                "dashboard_from_rows": lambda: seconds(
                    lambda: count_rows(question, everything, conditions, WHOLE)
                ),
                "dashboard_of_a_part": lambda: seconds(lambda: count_rows(question, part, conditions, WHOLE)),
                "facts_by_hand": lambda: seconds(by_hand),
                "facts_by_hand_through_indexes": lambda: seconds(lambda: by_hand(BY_INDEX)),
                "twelve_months_from_facts": lambda: seconds(months),
                "twelve_months_from_rows": lambda: by_rows(months),
                "on_time_from_facts": lambda: seconds(on_time),
                "on_time_from_rows": lambda: by_rows(on_time),
            },
            rounds,
        )
    hand = min(taken["facts_by_hand"], taken["facts_by_hand_through_indexes"])
    return report(
        "dashboard",
        {
            "dossiers": dossiers, "figures": len(codes), "statements": len(seen),
            "milliseconds": {name: round(1000 * value, 1) for name, value in taken.items()},
        },
        [
            wanted("statements of a dashboard of 12 figures", float(len(seen)), most=12),
            wanted("12 figures live over reading the facts by hand", taken["dashboard_live"] / hand, most=3),
            wanted("same numbers as by hand and from the rows", float(same), least=1),
        ],
    )  # fmt: skip


def _numbers(value: Any) -> tuple[int, ...]:
    return (value.numerator,) if value.denominator is None else (value.numerator, value.denominator)


if __name__ == "__main__":
    main(run)
