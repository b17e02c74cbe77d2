"""Work list and dossier list, filtered by access, at ten thousand and at one million dossiers.

Asked as the screens ask: the first page of "my work" and its counts for a specialist, a department leader and a
commune's clerk; the list of dossiers without a text, and found by code, by name and by phone. The actors are the
province's busiest of their kind, the same in both sizes. What is wanted is the growth of the median of all of a
reader's first page (page and counts). Floor: the dated rows of one unit by hand-written SQL, without the access
predicate, filters, counts, or the names of officers and procedures.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from databases import loaded_at, province
from harness import main, prepare_django, report, wanted

FLOOR = """
SELECT s.id, s.due_on, d.id, d.code, d.owner_name, d.summary
  FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
 WHERE s.unit_id = %s AND s.state = 1 AND s.due_on IS NOT NULL AND d.status NOT IN (5, 6, 8)
 ORDER BY s.due_on, s.id LIMIT 51
"""


def run(*, rounds: int = 30, small: int = 10_000, large: int = 1_000_000) -> dict[str, Any]:
    """Milliseconds, medians of `rounds` calls of each question, in turns."""
    prepare_django()
    sizes = {}
    for name, dossiers in (("small", small), ("large", large)):
        with province(dossiers):
            sizes[name] = measured(rounds)
    growth = {
        question: round(sizes["large"]["ms"][question] / value, 2)
        for question, value in sizes["small"]["ms"].items()
        if question in sizes["large"]["ms"]
    }
    return report(
        "worklist",
        {"unit": "milliseconds, median", **sizes, "growth": growth},
        [
            wanted(f"{who}: growth of the work list's first page", growth[f"work {who}"], most=1.5)
            for who in ("specialist", "leader", "commune clerk")
        ],
    )


def measured(rounds: int) -> dict[str, Any]:
    """Every question on the database Django points at."""
    actors = the_actors()
    asked = questions(actors)
    for ask in asked.values():  # plans, caches, calendars: not what is measured
        ask()
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, ask in asked.items():
            started = time.perf_counter()
            ask()
            times[name].append(time.perf_counter() - started)
    return {
        "dossiers": _one("SELECT count(*) FROM dossiers_dossier"),
        "open_steps": {who: _open_steps(actor) for who, actor in actors.items()},
        "ms": {name: round(statistics.median(taken) * 1000, 2) for name, taken in times.items()},
    }


def the_actors() -> dict[str, Any]:
    """The specialist, department leader and commune clerk whose units hold the most open steps."""
    from congvu.foundation.identity.models import Account
    from congvu.foundation.identity.queries import actor_for

    found = {}
    for who, role, units in (
        ("specialist", "specialist", "^H99[.][0-9]+$"),
        ("leader", "leader", "^H99[.][0-9]+$"),
        ("commune clerk", "clerk", "^H99[.][0-9]+[.]01$"),
    ):
        account = _one(
            "SELECT g.account_id FROM identity_grant g JOIN organisation_unit u ON u.id = g.unit_id"
            " JOIN dossiers_step s ON s.unit_id = g.unit_id AND s.state = 1"
            " WHERE g.role = %s AND u.code ~ %s GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
            [role, units],
        )
        found[who] = actor_for(Account.objects.get(pk=account), loaded_at().date())
    return found


def questions(actors: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """What the screens ask, by name."""
    from congvu.dossiers.access import visible_to
    from congvu.dossiers.queries.lists import ListFilter, capped_count, dossier_page
    from congvu.dossiers.queries.work import WorkFilter, work_counts, work_page
    from congvu.dossiers.web.my_work import units_of
    from congvu.dossiers.web.timing import Reckoning
    from congvu.foundation.workdays.queries import calendar_now
    from congvu.organisation.queries import picture

    now, known = Reckoning(loaded_at(), calendar_now()), picture()
    asked: dict[str, Callable[[], object]] = {}

    def work(actor: Any, whose: str) -> Callable[[], object]:
        def ask() -> object:
            sight, units = visible_to(actor, now.today), units_of(actor, whose, known, now)
            return work_page(units, sight, WorkFilter(), now.days), work_counts(
                units, sight, WorkFilter(), now.days
            )

        return ask

    def floor(actor: Any) -> Callable[[], object]:
        unit = units_of(actor, "", known, now)[0]
        return lambda: _rows(FLOOR, [unit])

    def found(actor: Any, text: str) -> Callable[[], object]:
        def ask() -> object:
            sight, wanted = visible_to(actor, now.today), ListFilter(now.today, text=text)
            return dossier_page(sight, wanted), capped_count(sight, wanted)

        return ask

    for who, actor in actors.items():
        asked[f"work {who}"] = work(actor, "")
        asked[f"floor {who}"] = floor(actor)
    asked["work leader with the units below"] = work(actors["leader"], "duoi")
    code, name, phone = _someone(actors["commune clerk"])
    for who in ("commune clerk", "leader"):
        asked[f"list {who}"] = found(actors[who], "")
    for what, text in (("code", code), ("name", name), ("phone", phone)):
        asked[f"list commune clerk by {what}"] = found(actors["commune clerk"], text)
    return asked


def _someone(clerk: Any) -> tuple[str, str, str]:
    """Code, name and phone of the latest dossier of the clerk's unit."""
    row = _rows(
        "SELECT d.code, d.owner_name, d.owner_phone FROM dossiers_reach r JOIN dossiers_dossier d ON d.id = r.dossier_id"
        " WHERE r.unit_id = ANY(%s) AND d.code IS NOT NULL ORDER BY r.opened_at DESC, r.dossier_id DESC LIMIT 1",
        [list(clerk.units())],
    )[0]
    return row[0], row[1], row[2]


def _open_steps(actor: Any) -> int:
    return int(
        _one(
            "SELECT count(*) FROM dossiers_step WHERE state = 1 AND unit_id = ANY(%s)", [list(actor.units())]
        )
    )


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    from congvu.foundation.sql import raw_connection

    return raw_connection().execute(sql, params).fetchall()  # type: ignore[arg-type]


def _one(sql: str, params: list[Any] | None = None) -> Any:
    return _rows(sql, params or [])[0][0]


if __name__ == "__main__":
    main(run)
