"""One definition, several lives, of a whole province: over the rows, live over the facts, DuckDB, Spark on a local cluster, and
frozen in an approved report give the same numbers, by every cut, for twelve months; where one differs the run says so.

`--set dossiers=0`: of the home's own database, say a demo of the size `province`. A copy is asked: a report is approved in it.
Spark is asked where Java and pyspark are (docs/operate); else its line says it was not measured.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from hashlib import sha256
from tempfile import TemporaryDirectory
from typing import Any

from databases import province, scratch_database
from harness import main, prepare_django, report, seconds, wanted

MONTHS = 12
PEOPLE = ("to-chuc", "thanh-tra", "lanh-dao")  # who writes, checks and approves in every demo
# The list behind one figure, asked of the file by hand: what an approved report keeps the digest of.
SOLVED = (
    "SELECT dossier_id FROM facts, periods WHERE since <= closes AND till > closes AND status IN (7, 9, 10)"
    " AND ended_on BETWEEN opens AND closes"
)


def run(*, dossiers: int = 100_000, spark: int = 1) -> dict[str, Any]:
    """Twelve months of a province of `dossiers`; `spark=0` leaves Spark out."""
    prepare_django()
    from django.conf import settings
    from django.db import connection

    if dossiers:
        with province(dossiers) as base:
            pass
    else:
        base = str(connection.settings_dict["NAME"])
        connection.close()
    with TemporaryDirectory() as folder, scratch_database("held_equal", like=base):
        settings.CONGVU_FACTS = folder
        return _held(spark)


def _held(spark: int) -> dict[str, Any]:
    from congvu.dossiers.models import Dossier
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.workdays.days import month_range, months_back
    from congvu.indicators.actions.export_facts import export_facts
    from congvu.indicators.actions.keep_facts import keep_facts
    from congvu.indicators.queries.counts import (
        BY_FIELD,
        BY_TIER,
        BY_TIER_AND_FIELD,
        BY_UNIT,
        WHOLE,
        count_by_period,
        count_dossiers,
        count_rows,
    )
    from congvu.indicators.queries.engines.counting import count_many
    from congvu.indicators.queries.engines.spark import missing
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.statistics import the_province
    from congvu.indicators.rules.figures import FIGURES, Dossiers
    from congvu.organisation.queries import picture

    now = clock.now()
    keep_facts(by=SYSTEM, at=now)
    filed = export_facts(by=SYSTEM, at=now)
    today = clock.today()
    months = [
        month_range(day.year, day.month) for day in (months_back(today, n) for n in range(MONTHS, 0, -1))
    ]
    questions = [ask(*month, today=today) for month in months]
    figures = [one for one in FIGURES if isinstance(one.counted, Dossiers)]
    conditions = list(
        dict.fromkeys(c.condition for one in figures for c in one.counts if isinstance(c, Dossiers))
    )
    seen = the_province(questions[0], picture()).dossiers
    why = missing() if spark else "left out"
    if why:
        print(f"bench: Spark not asked: {why}", file=sys.stderr)
    differ = dict.fromkeys(("facts", "duckdb", "spark"), 0)
    compared, nonzero, taken = 0, 0, dict.fromkeys(("rows", "facts", "duckdb", "spark"), 0.0)
    for keys in (WHOLE, BY_UNIT, BY_TIER, BY_FIELD, BY_TIER_AND_FIELD):
        told: dict[str, list[Any]] = {}

        def timed(name: str, work: Any, into: dict[str, list[Any]]) -> None:
            taken[name] += seconds(lambda: into.__setitem__(name, work()))

        timed("rows", lambda k=keys: [count_rows(one, seen, conditions, k) for one in questions], told)
        timed("facts", lambda k=keys: [count_dossiers(one, seen, conditions, k) for one in questions], told)
        timed("duckdb", lambda k=keys: count_many(questions, conditions, k, "duckdb"), told)
        if not why:
            timed("spark", lambda k=keys: count_many(questions, conditions, k, "spark"), told)
        compared += sum(len(numbers) for month in told["rows"] for numbers in month.values())
        nonzero += sum(n > 0 for month in told["rows"] for numbers in month.values() for n in numbers)
        for name in differ:
            if name in told:
                differ[name] += sum(a != b for a, b in zip(told[name], told["rows"], strict=True))
        if keys == WHOLE:
            nothing = (0,) * len(conditions)
            at_once = count_by_period(questions, seen, conditions)
            differ["facts"] += at_once != [one.get((0, 0), nothing) for one in told["rows"]]
            live = told["rows"][-1].get((0, 0), nothing)
    frozen, digest = _frozen([one.code for one in figures], months[-1], now)
    by_condition = dict(zip(conditions, live, strict=True))
    differ["frozen"] = sum(
        frozen[one.code] != tuple(by_condition[c.condition] for c in one.counts if isinstance(c, Dossiers))
        for one in figures
    )
    same_list = digest == _digest_of_file(filed.path, months[-1])
    return report(
        "held_equal",
        {
            "dossiers": Dossier.objects.count(), "facts": filed.rows, "figures": len(figures), "months": MONTHS,
            "numbers_compared": compared, "not_zero": nonzero, "spark": why or "asked",
            "seconds": {name: round(value, 2) for name, value in taken.items()},
        },
        [
            wanted("cuts and months where the facts differ from the rows", float(differ["facts"]), most=0),
            wanted("cuts and months where DuckDB differs", float(differ["duckdb"]), most=0),
            wanted("cuts and months where Spark differs", None if why else float(differ["spark"]), most=0),
            wanted("figures an approved report froze otherwise", float(differ["frozen"]), most=0),
            wanted("the frozen list of dossiers is that of the file", float(same_list), least=1),
            wanted("numbers that are not zero", float(nonzero), least=1),
        ],
    )  # fmt: skip


def _frozen(
    codes: list[str], month: tuple[date, date], at: datetime
) -> tuple[dict[str, tuple[int, ...]], str]:
    """What a report of the month froze when it was approved, by figure; and the digest of the dossiers handled in it."""
    from congvu.foundation.identity.models import Account
    from congvu.foundation.identity.queries import actor_for
    from congvu.indicators.rules.periods import Kind
    from congvu.organisation.queries import picture
    from congvu.reports.actions.make_report import Wanted, make_report
    from congvu.reports.actions.move_report import approve_report, check_report
    from congvu.reports.actions.write_report import write_report
    from congvu.reports.rules.numbers import by_place

    writer, checker, head = (actor_for(Account.objects.get(username=name), at.date()) for name in PEOPLE)
    unit = picture().by_code("H99")
    asked = Wanted("cai-cach-hanh-chinh", unit or 0, Kind.FREE, first=month[0], last=month[1])
    made = make_report(asked, by=writer, at=at)
    body = "\n".join(f"{{{{so-lieu:{code}}}}}" for code in codes)
    write_report(made.pk, body, read_as=None, by=writer, at=at)
    check_report(made.pk, by=checker, at=at)
    approved = approve_report(made.pk, by=head, at=at)
    told = {one.asked.code: one for _, one in by_place(approved.numbers).values()}
    numbers = {
        code: tuple(int(n) for n in (one.numerator, one.denominator) if n is not None)
        for code, one in told.items()
    }
    return numbers, told["ho-so.da-giai-quyet"].digests[0]


def _digest_of_file(path: Any, month: tuple[date, date]) -> str:
    from congvu.dossiers.models import Dossier
    from congvu.indicators.queries.engines import duck

    days = f"SELECT DATE '{month[0]}' AS opens, DATE '{month[1]}' AS closes"
    ids = [row[0] for row in duck.run(SOLVED, path, days)]
    codes = sorted(Dossier.objects.filter(id__in=ids).values_list("code", flat=True))
    return sha256("\n".join(codes).encode()).hexdigest()


if __name__ == "__main__":
    main(run)
