"""Sixty figures over twelve months by some 400 units, in bulk: ours (one ibis expression run by DuckDB) beside DuckDB SQL written
by hand over the same Parquet file. Both give the same numbers, or the run says so.

The facts are those of a loaded province. `times` lays them side by side so many times over: other dossiers, other units; 10 of a
million are ten million. Units are divided so that there are 400 or more.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from databases import loaded_at, province
from harness import in_turns, main, prepare_django, report, seconds, wanted

UNITS = 400
# The columns of Form 06 and four more, as somebody writes them who knows the tables; {f} and {l} are the days of the month.
_DONE = "status IN (7, 9, 10) AND ended_on BETWEEN {f} AND {l}"
_SOUND = f"{_DONE} AND received_on <= ended_on"
_GOOD = "(status = 7 OR due_on IS NULL OR ended_on <= due_on)"
BY_HAND = (
    "TRUE",
    "received_on >= {f} AND channel = 2",
    "received_on >= {f} AND channel IN (1, 3)",
    "received_on < {f}",
    _DONE,
    "status IN (9, 10) AND ended_on < due_on",
    "status = 7 OR status IN (9, 10) AND (due_on IS NULL OR ended_on = due_on)",
    "status IN (9, 10) AND ended_on > due_on",
    "status IN (2, 4, 5, 6, 8)",
    "status IN (5, 6, 8) OR status IN (2, 4) AND (due_on IS NULL OR due_on >= {l})",
    "status IN (2, 4) AND due_on < {l}",
    _SOUND,
    f"{_SOUND} AND {_GOOD}",
    f"{_SOUND} AND status IN (9, 10) AND ended_on > due_on",
    "received_on >= {f}",
)
CHANNELS = ("TRUE", "channel = 1", "channel = 2", "channel = 3")


def _conditions() -> list[Any]:
    """The same sixty, as figures ask them."""
    from congvu.indicators.rules.conditions import Bound, Compare, Fact, every
    from congvu.indicators.rules.form06 import CONDITIONS
    from congvu.indicators.rules.on_time import ENDED_IN_PERIOD, ENDED_LATE, ENDED_ON_TIME

    base = [
        *CONDITIONS, ENDED_IN_PERIOD, ENDED_ON_TIME, ENDED_LATE, Compare(Fact.RECEIVED, ">=", Bound.FIRST)
    ]  # fmt: skip
    return [
        every(one, *([Compare(Fact.CHANNEL, "=", channel)] if channel else []))
        for channel in (0, 1, 2, 3)
        for one in base
    ]


def _hand(months: list[tuple[date, date]]) -> str:
    """One reading of the facts, each row joined to the months whose last day it stood on."""
    sums = ", ".join(
        f"count(*) FILTER (WHERE ({base}) AND {channel})".format(f="m.f", l="m.l")
        for channel in CHANNELS
        for base in BY_HAND
    )
    rows = ", ".join(f"({n}, DATE '{first}', DATE '{last}')" for n, (first, last) in enumerate(months))
    return (
        f"SELECT m.n, unit_id, 0, {sums} FROM facts JOIN (VALUES {rows}) AS m (n, f, l) ON since <= m.l AND till > m.l"
        " WHERE status IN (2, 4, 5, 6, 8) OR status IN (7, 9, 10) AND ended_on BETWEEN m.f AND m.l GROUP BY m.n, unit_id"
    )


def _hand_by_month(months: list[tuple[date, date]]) -> list[str]:
    """The facts read once a month, a statement each: joined by UNION ALL, DuckDB 1.5.6 was seen to wait for itself without end
    at 22 million facts in a gigabyte."""
    pieces = []
    for n, (first, last) in enumerate(months):
        f, l = f"DATE '{first}'", f"DATE '{last}'"  # noqa: E741 as in the words above
        sums = ", ".join(
            f"count(*) FILTER (WHERE ({base}) AND {channel})".format(f=f, l=l)
            for channel in CHANNELS
            for base in BY_HAND
        )
        pieces.append(
            f"SELECT {n}, unit_id, 0, {sums} FROM facts WHERE since <= {l} AND till > {l} AND (status IN (2, 4, 5, 6, 8)"
            f" OR status IN (7, 9, 10) AND ended_on BETWEEN {f} AND {l}) GROUP BY unit_id"
        )
    return pieces


def _multiplied(source: Path, made: Path, times: int) -> tuple[int, int]:
    """(facts, units) of a file with the facts so many times over."""
    from congvu.indicators.queries.engines.duck import opened, quoted

    with opened() as duck:
        duck.execute(f"CREATE VIEW one AS SELECT * FROM read_parquet({quoted(source)})")
        units = duck.execute("SELECT count(DISTINCT unit_id) FROM one").fetchall()[0][0]
        parts = max(1, -(-UNITS // max(1, units * times)))
        columns = (
            f"dossier_id * {times} + k AS dossier_id, since, till,"
            f" ((unit_id * {parts}) + dossier_id % {parts}) * {times} + k AS unit_id,"
            " tier, field_id, channel, received_on, status, due_on, ended_on"
        )
        duck.execute(
            f"COPY (SELECT {columns} FROM one, range({times}) AS t (k)) TO {quoted(made)}"
            " (FORMAT parquet, COMPRESSION zstd)"
        )
        found = duck.execute(f"SELECT count(*), count(DISTINCT unit_id) FROM read_parquet({quoted(made)})")
        return found.fetchall()[0]


def run(*, dossiers: int = 1_000_000, times: int = 1, rounds: int = 3) -> dict[str, Any]:
    """Twelve months of a province of `dossiers` a year, `times` over."""
    prepare_django()
    from django.conf import settings

    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.workdays.days import month_range, months_back
    from congvu.indicators.actions.export_facts import export_facts
    from congvu.indicators.actions.keep_facts import keep_facts
    from congvu.indicators.queries.counts import BY_UNIT
    from congvu.indicators.queries.engines import duck
    from congvu.indicators.queries.engines.expression import periods_of, text_of
    from congvu.indicators.queries.question import ask

    today = loaded_at().date()
    months = [month_range(day.year, day.month) for day in (months_back(today, n) for n in range(12, 0, -1))]
    questions = [ask(first, last, today=today) for first, last in months]
    conditions, days = tuple(_conditions()), periods_of(questions)
    with province(dossiers), TemporaryDirectory() as folder:
        settings.CONGVU_FACTS = folder
        filling = seconds(lambda: keep_facts(by=SYSTEM, at=loaded_at()))
        exporting = seconds(lambda: export_facts(by=SYSTEM, at=loaded_at()))
        one = export_facts(by=SYSTEM, at=loaded_at())
        many = Path(folder) / "many.parquet"
        facts, units = _multiplied(one.path, many, times)
        texts = {"by_hand": [_hand(months)], "by_hand_month_by_month": _hand_by_month(months)}

        def by_hand(pieces: list[str]) -> list[tuple[Any, ...]]:
            return [row for text in pieces for row in duck.run(text, many, days)]

        def ours() -> list[tuple[Any, ...]]:
            text_of.cache_clear()  # the writing is part of the price
            return duck.run(text_of(conditions, BY_UNIT, "duckdb"), many, days)

        told = _sorted(ours())
        same = all(_sorted(by_hand(pieces)) == told for pieces in texts.values())
        taken = in_turns(
            {
                "ours": lambda: seconds(ours),
                "writing_the_expression": lambda: seconds(
                    lambda: text_of.__wrapped__(conditions, BY_UNIT, "duckdb")
                ),
                **{
                    n: (lambda pieces=pieces: seconds(lambda: by_hand(pieces))) for n, pieces in texts.items()
                },
            },
            rounds,
        )
    ratio = taken["ours"] / min(taken[name] for name in texts)
    return report(
        "figures_bulk",
        {
            "dossiers": dossiers * times, "facts": facts, "units": units, "figures": len(conditions), "months": len(months),
            "rows": len(told), "first_filling_seconds": round(filling, 2), "export_seconds": round(exporting, 2),
            "parquet_bytes": one.bytes, "seconds": {name: round(value, 3) for name, value in taken.items()},
        },
        [
            wanted("60 figures, 12 months, by unit, over DuckDB SQL by hand", ratio, most=2),
            wanted("same numbers as SQL by hand", float(same), least=1),
        ],
    )  # fmt: skip


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[int, ...]]:
    """Rows of (period, unit, 0, numbers), in order."""
    return sorted(tuple(int(n or 0) for n in row) for row in rows)


if __name__ == "__main__":
    main(run)
