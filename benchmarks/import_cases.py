"""Importing an event log of past cases (default one million cases, three events each) against plain COPY.

Floors, in the same run and database: (a) the very rows the import made, exported once and put back by COPY into the
same tables with their keys and indexes; (b) the same rows by COPY into bare tables without any. The import also
reads and checks the CSV twice, tells cases apart, derives statuses and events, and keeps doubts.
"""

from __future__ import annotations

import random
import resource
import tempfile
from pathlib import Path
from typing import Any

from databases import scratch_database
from harness import main, prepare_django, report, seconds

TABLES = ("dossiers_dossier", "dossiers_reach", "dossiers_event")
HEADER = "case_id,start_date,deadline,end_date,channel,department,activity,time,resource\n"


def synthetic(path: Path, cases: int) -> None:
    """A log of `cases` cases: dates over two years, one in seven late, one in twelve open."""
    chance = random.Random(2026)
    departments = [f"Phòng {n}" for n in range(12)]
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for number in range(cases):
            day, month, year = chance.randrange(1, 18), chance.randrange(1, 13), chance.choice((2024, 2025))
            start = (
                f"{year}-{month:02d}-{day:02d} {chance.randrange(7, 17):02d}:{chance.randrange(60):02d}:00"
            )
            due = f"{year}-{month:02d}-{day + 7:02d}"
            end = (
                ""
                if chance.random() < 1 / 12
                else f"{year}-{month:02d}-{day + chance.randrange(1, 9):02d} 16:00:00"
            )
            channel, department = chance.choice(("Internet", "Desk")), chance.choice(departments)
            head = f"H{number:08d},{start},{due},{end},{channel},{department}"
            for what in ("Tiếp nhận", "Thẩm định", "Trình ký"):
                out.write(f"{head},{what},{start},Cán bộ {chance.randrange(40)}\n")


def imported(path: Path) -> None:
    from congvu.dossiers.actions.import_cases import import_cases
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM

    import_cases(path, by=SYSTEM, at=clock.now())


def floors(folder: Path) -> dict[str, float]:
    """Seconds of plain COPY of the imported rows: back into the same tables, and into bare ones."""
    from congvu.foundation.sql import raw_connection

    connection = raw_connection()
    with connection.cursor() as cursor:
        for table in TABLES:
            with (folder / table).open("wb") as out, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for block in copy:
                    out.write(block)
            cursor.execute(f"CREATE UNLOGGED TABLE bare_{table} (LIKE {table})")
            cursor.execute(f"ALTER TABLE bare_{table} SET LOGGED")
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")

        def put(prefix: str) -> None:
            for table in TABLES:
                with (
                    (folder / table).open("rb") as rows,
                    cursor.copy(f"COPY {prefix}{table} FROM STDIN") as copy,
                ):
                    while block := rows.read(1 << 18):
                        copy.write(block)
                cursor.execute(
                    f"ANALYZE {prefix}{table}"
                )  # else checks of keys may be planned for an empty table
            connection.commit()

        return {
            "copy_same_tables": seconds(lambda: put("")),
            "copy_bare_tables": seconds(lambda: put("bare_")),
        }


def run(*, cases: int = 1_000_000) -> dict[str, Any]:
    """The import of `cases` synthetic cases, and both floors."""
    prepare_django()
    measured: dict[str, Any] = {"cases": cases, "events": 3 * cases}
    with scratch_database("import_cases"), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "log.csv"
        synthetic(path, cases)
        measured["csv_mb"] = round(path.stat().st_size / 1e6, 1)
        ours = seconds(lambda: imported(path))
        measured |= {"import_seconds": round(ours, 2), "import_cases_per_second": round(cases / ours)}
        measured["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        for floor, taken in floors(folder).items():
            measured |= {f"{floor}_seconds": round(taken, 2), f"import_over_{floor}": round(ours / taken, 2)}
    return report("import_cases", measured)


if __name__ == "__main__":
    main(run)
