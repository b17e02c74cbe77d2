"""Form 06 of a province's month: ours beside SQL written by hand over the same tables that gives the same numbers.

Two such statements are measured, as two people would write them, and the faster is the floor: one reads the rows and
asks the event log where a row has moved on since; one asks the event log of every dossier. A third, `today_only`, is
what one writes who forgets that a report is made later than its month: it reads today's rows alone, and is shown beside
with the number of cells it gets wrong. Drill-down, one agency's view and the rows by agency are measured too.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from databases import loaded_at, province
from harness import in_turns, main, prepare_django, report, seconds, wanted

_COLUMNS = """
       count(*) AS c3,
       count(*) FILTER (WHERE received_on >= %(first)s AND channel = 2) AS c4,
       count(*) FILTER (WHERE received_on >= %(first)s AND channel <> 2) AS c5,
       count(*) FILTER (WHERE received_on < %(first)s) AS c6,
       count(*) FILTER (WHERE status IN (7, 9, 10)) AS c7,
       count(*) FILTER (WHERE status IN (9, 10) AND ended_on < due_on) AS c8,
       count(*) FILTER (WHERE status = 7 OR status IN (9, 10) AND (due_on IS NULL OR ended_on = due_on)) AS c9,
       count(*) FILTER (WHERE status IN (9, 10) AND ended_on > due_on) AS c10,
       count(*) FILTER (WHERE status IN (2, 4, 5, 6, 8)) AS c11,
       count(*) FILTER (WHERE status IN (5, 6, 8) OR status IN (2, 4) AND (due_on IS NULL OR due_on >= %(last)s)) AS c12,
       count(*) FILTER (WHERE status IN (2, 4) AND due_on < %(last)s) AS c13"""
_COUNTED = "status IN (2, 4, 5, 6, 8) OR status IN (7, 9, 10) AND ended_on BETWEEN %(first)s AND %(last)s"
BY_HAND = {
    "rows_then_log": f"""
WITH s AS (
    SELECT d.tier, d.field_id, d.received_on, d.channel,
           CASE WHEN e.id IS NULL THEN d.status ELSE e.status_to END AS status,
           CASE WHEN e.id IS NULL THEN d.due_on ELSE e.due_on END AS due_on,
           CASE WHEN e.id IS NULL THEN d.ended_on ELSE e.ended_on END AS ended_on
      FROM dossiers_dossier d
      LEFT JOIN LATERAL (SELECT v.id, v.status_to, v.due_on, v.ended_on FROM dossiers_event v
                          WHERE d.last_event_at >= %(until)s AND v.dossier_id = d.id AND v.at < %(until)s
                          ORDER BY v.at DESC, v.id DESC LIMIT 1) e ON TRUE
     WHERE d.received_on <= %(last)s AND (d.ended_on IS NULL OR d.ended_on >= %(first)s))
SELECT tier, field_id, {_COLUMNS} FROM s WHERE {_COUNTED} GROUP BY tier, field_id""",
    "log_of_each": f"""
WITH s AS (
    SELECT d.tier, d.field_id, d.received_on, d.channel, e.status_to AS status, e.due_on, e.ended_on
      FROM dossiers_dossier d
     CROSS JOIN LATERAL (SELECT v.status_to, v.due_on, v.ended_on FROM dossiers_event v
                          WHERE v.dossier_id = d.id AND v.at < %(until)s ORDER BY v.at DESC, v.id DESC LIMIT 1) e
     WHERE d.received_on <= %(last)s AND (d.ended_on IS NULL OR d.ended_on >= %(first)s))
SELECT tier, field_id, {_COLUMNS} FROM s WHERE {_COUNTED} GROUP BY tier, field_id""",
}
TODAY_ONLY = f"""
WITH s AS (
    SELECT tier, field_id, received_on, channel, due_on, CASE WHEN ended_on <= %(last)s THEN ended_on END AS ended_on,
           CASE WHEN ended_on > %(last)s THEN 4 ELSE status END AS status
      FROM dossiers_dossier
     WHERE received_on <= %(last)s AND (ended_on IS NULL OR ended_on >= %(first)s))
SELECT tier, field_id, {_COLUMNS} FROM s WHERE {_COUNTED} GROUP BY tier, field_id"""


def _ask(text: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    import psycopg

    from congvu.foundation.sql import raw_connection

    with psycopg.ClientCursor(raw_connection()) as cursor:
        return cursor.execute(text, params).fetchall()


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(tuple(int(cell) if place > 0 else cell for place, cell in enumerate(row)) for row in rows)


def measure(first: date, last: date, today: date, rounds: int) -> dict[str, Any]:
    """One period: seconds of each, and whether the numbers agree."""
    from congvu.dossiers.access import Visible
    from congvu.indicators.queries.counts import BY_TIER_AND_FIELD, statement_of
    from congvu.indicators.queries.form06 import By, answer
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.records import records
    from congvu.indicators.rules.form06 import BY_CODE, CONDITIONS

    everything = Visible(True, (), None)
    question = ask(first, last, today=today)
    params = question.params
    ours = statement_of("TRUE", CONDITIONS, BY_TIER_AND_FIELD, as_known=False)
    told = _sorted(ours.rows(params))
    busiest = _ask("SELECT unit_id FROM dossiers_reach GROUP BY 1 ORDER BY count(*) DESC LIMIT 1", {})[0][0]
    contenders = {
        "ours": lambda: seconds(lambda: ours.rows(params)),
        **{name: (lambda text=text: seconds(lambda: _ask(text, params))) for name, text in BY_HAND.items()},
        "today_only": lambda: seconds(lambda: _ask(TODAY_ONLY, params)),
    }
    taken = in_turns(contenders, rounds)
    floor = min(taken[name] for name in BY_HAND)
    asides = {
        "whole_answer_with_names": lambda: seconds(lambda: answer(question, everything, By.FORM)),
        "rows_by_agency": lambda: seconds(lambda: answer(question, everything, By.UNIT)),
        "one_agency": lambda: seconds(lambda: answer(question, Visible(False, (busiest,), None), By.FORM)),
        **{
            f"open_{code}": (
                lambda code=code: seconds(
                    lambda: records(everything, question, BY_CODE[code].condition, by=By.FORM, key="")
                )
            )
            for code in ("c3", "c10", "c13")
        },
    }
    wrong = zip(_sorted(_ask(TODAY_ONLY, params)), told, strict=True)
    return {
        "from": first,
        "to": question.last,
        "counted": sum(row[2] for row in told),
        "same_numbers": all(_sorted(_ask(text, params)) == told for text in BY_HAND.values()),
        "today_only_wrong_cells": sum(
            a != b for left, right in wrong for a, b in zip(left, right, strict=True)
        ),
        "milliseconds": {name: round(1000 * value, 1) for name, value in taken.items()},
        "ours_over_by_hand": round(taken["ours"] / floor, 3),
        "ours_over_today_only": round(taken["ours"] / taken["today_only"], 3),
        "asides_milliseconds": {n: round(1000 * v, 1) for n, v in in_turns(asides, min(rounds, 3)).items()},
    }


def run(*, dossiers: int = 1_000_000, rounds: int = 7) -> dict[str, Any]:
    """The last whole month, one half a year ago, and the year, of a province of `dossiers` a year."""
    prepare_django()
    from congvu.foundation.workdays.days import month_range, months_back, year_range

    today = loaded_at().date()
    past, old = months_back(today, 1), months_back(today, 7)
    with province(dossiers):
        month = measure(*month_range(past.year, past.month), today, rounds)
        earlier = measure(*month_range(old.year, old.month), today, rounds)
        year = measure(*year_range(today.year), today, min(rounds, 3))
    targets = [
        wanted("Form 06 of a month over SQL by hand", month["ours_over_by_hand"], most=1.5),
        wanted("Form 06 of an earlier month over SQL by hand", earlier["ours_over_by_hand"], most=1.5),
        wanted(
            "same numbers as SQL by hand",
            float(all(p["same_numbers"] for p in (month, earlier, year))),
            least=1,
        ),
    ]
    return report(
        "form06", {"dossiers": dossiers, "month": month, "earlier_month": earlier, "year": year}, targets
    )


if __name__ == "__main__":
    main(run)
