"""A dashboard of twelve figures of the last month, asked live of a province: how many statements, and its seconds beside reading
the rows of the facts by hand for the same twelve. The on-time page from the facts is measured beside the same page from the rows.
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
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.series import counted_on_time
    from congvu.indicators.queries.statistics import the_province
    from congvu.indicators.rules.figures import FIGURES as CATALOGUE
    from congvu.indicators.rules.figures import Dossiers
    from congvu.organisation.queries import picture

    today = loaded_at().date()
    past = months_back(today, 1)
    question = ask(*month_range(past.year, past.month), today=today)
    codes = [one.code for one in CATALOGUE if isinstance(one.counted, Dossiers)][:FIGURES]
    everything = Visible(True, (), None)
    with province(dossiers):
        keep_facts(by=SYSTEM, at=loaded_at())
        known = picture()
        reader = the_province(question, known)

        def by_hand() -> tuple[Any, ...]:
            with psycopg.ClientCursor(raw_connection()) as cursor:
                return cursor.execute(BY_HAND, question.params).fetchall()[0]

        def on_time() -> object:
            return counted_on_time(everything, known, months_back(today, 11), today)

        def on_time_by_rows() -> float:
            FactsMark.objects.update(fill_at=0)  # as while they are first filled: the page asks the rows
            try:
                return seconds(on_time)
            finally:
                FactsMark.objects.update(fill_at=None)

        with CaptureQueriesContext(connection) as seen:
            told = answers(codes, question, reader, known)
        same = by_hand()[0] == told["ho-so.nhan-giai-quyet"].value.numerator
        taken = in_turns(
            {
                "dashboard_live": lambda: seconds(lambda: answers(codes, question, reader, known)),
                "facts_by_hand": lambda: seconds(by_hand),
                "on_time_from_facts": lambda: seconds(on_time),
                "on_time_from_rows": on_time_by_rows,
            },
            rounds,
        )
    return report(
        "dashboard",
        {
            "dossiers": dossiers, "figures": len(codes), "statements": len(seen),
            "milliseconds": {name: round(1000 * value, 1) for name, value in taken.items()},
        },
        [
            wanted("statements of a dashboard of 12 figures", float(len(seen)), most=12),
            wanted("12 figures live over reading the facts by hand", taken["dashboard_live"] / taken["facts_by_hand"], most=3),
            wanted("same number as by hand", float(same), least=1),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main(run)
