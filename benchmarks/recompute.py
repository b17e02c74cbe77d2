"""Recomputing the due days of all open dossiers of a province after a swap of working days is decided.

Two swaps: one in the coming week, which moves many due days, and one of next year, which moves none. The preview
replays every clock in memory (equal clocks once) and lists before and after; writing moves the rows with one event and
one audit row each. Floor: one hand-written UPDATE that looks each due day up in a table of working days, knowing
nothing of hours, pauses, extensions, units' own calendars, events or audit; rolled back each time.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from databases import loaded_at, province, scratch_database
from harness import in_turns, main, prepare_django, report, seconds

SOON = (date(2026, 11, 23), date(2026, 11, 28))  # off, worked instead
FAR = (date(2027, 8, 16), date(2027, 8, 21))
FLOOR_TABLE = """
CREATE TABLE bench_calendar (day date PRIMARY KEY, nth int NOT NULL, works boolean NOT NULL);
CREATE UNIQUE INDEX ON bench_calendar (nth) WHERE works
"""
FLOOR = """
UPDATE dossiers_dossier d SET due_on = ends.day
  FROM bench_calendar begins, bench_calendar ends
 WHERE d.ended_on IS NULL AND d.due_on IS NOT NULL AND d.status IN (2, 4, 5, 6, 8) AND d.term_unit = 'NGAY_LAM_VIEC'
   AND d.extensions = 0 AND d.due_at IS NULL AND d.imported_id IS NULL
   AND begins.day = d.received_on AND ends.nth = begins.nth + d.term_n AND ends.works AND ends.day <> d.due_on
"""


def run(*, rounds: int = 3, dossiers: int = 1_000_000) -> dict[str, Any]:
    """Seconds, medians; a round decides the swap, applies it, takes it back and applies that."""
    prepare_django()
    measured: dict[str, Any] = {"unit": "seconds"}
    with province(dossiers) as loaded:
        pass
    with scratch_database("recompute", like=loaded):
        measured |= _counts()
        for name, swap in (("moves_many", SOON), ("moves_none", FAR)):
            measured[name] = of_swap(swap, rounds)
    return report("recompute", measured)


def of_swap(swap: tuple[date, date], rounds: int) -> dict[str, Any]:
    """Preview, writing, and the floor, for one swap."""
    from congvu.dossiers.actions.recompute_due import apply_moves
    from congvu.dossiers.queries.calendars import Calendars
    from congvu.dossiers.queries.moves import Moves, moves_under
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.foundation.workdays.actions.edit_calendar import add_edits, as_day, revoke_edits, swap_edits
    from congvu.foundation.workdays.models import CalendarEdit
    from congvu.foundation.workdays.queries import current_version

    edits, at = swap_edits(*swap, decision_number="01/BENCH"), loaded_at()
    before = Calendars(current_version())
    days = [as_day(edit) for edit in edits]
    _working_days(before.of(None).with_days(days))
    previewed: list[Moves] = []
    written: list[int] = []

    def preview() -> float:
        return seconds(
            lambda: previewed.append(moves_under(lambda unit: before.of(unit).with_days(days), before.own))
        )

    def write() -> float:
        calendars = Calendars(current_version())
        moves = moves_under(calendars.of, calendars.own)
        return seconds(
            lambda: written.append(apply_moves(moves, calendars, by=SYSTEM, at=at, why="Đo tốc độ"))
        )

    def there_and_back() -> float:
        add_edits(edits, by=SYSTEM, at=at)
        there = write()
        ids = CalendarEdit.objects.filter(date__in=swap, revoked_in__isnull=True).values_list("id", flat=True)
        revoke_edits(list(ids), why="Đo tốc độ", by=SYSTEM, at=at)
        write()
        return there

    found = in_turns({"preview": preview, "floor_update": _floor, "write": there_and_back}, rounds)
    moved = previewed[0]
    if moved.total != written[0] or written[0] != written[1]:
        raise RuntimeError(f"previewed {moved.total}, moved {written[0]}, moved back {written[1]}")
    whole = found["preview"] + found["write"]
    return {
        "clocks_asked": moved.asked,
        "dossiers_moved": moved.total,
        **{name: round(value, 3) for name, value in found.items()},
        "preview_and_write_over_floor": round(whole / found["floor_update"], 2),
    }


def _floor() -> float:
    from django.db import connection, transaction

    def update() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FLOOR)
            transaction.set_rollback(True)

    return seconds(update)


def _working_days(calendar: Any) -> None:
    """The floor's own calendar: every day with the number of working days up to it."""
    from django.db import connection

    first, last = date(2025, 1, 1).toordinal(), date(2028, 12, 31).toordinal()
    nth, rows = 0, []
    for ordinal in range(first, last + 1):
        works = calendar.works(date.fromordinal(ordinal))
        nth += works
        rows.append((date.fromordinal(ordinal), nth, works))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_calendar")
        cursor.execute(FLOOR_TABLE)
        cursor.executemany("INSERT INTO bench_calendar VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE bench_calendar")


def _counts() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE ended_on IS NULL) FROM dossiers_dossier")
        every, running = cursor.fetchone()
    return {"dossiers": every, "open": running}


if __name__ == "__main__":
    main(run)
