"""What keeping the facts costs a transition, and whether that grows with what is there: the same number of transitions rolled up
in a small province and in a large one. No verb waits for it; this is the price of the job behind.
"""

from __future__ import annotations

from typing import Any

from databases import loaded_at, province, scratch_database
from harness import main, prepare_django, report, seconds, wanted

# Some open dossiers take a step that leaves them where they are, as most transitions do; others are finished.
_MOVED = """
WITH chosen AS (SELECT id, due_on FROM dossiers_dossier WHERE ended_on IS NULL AND received_on IS NOT NULL
               ORDER BY md5(id::text) LIMIT %(events)s),
     done AS (UPDATE dossiers_dossier d SET last_event_at = %(at)s, status = CASE WHEN d.id %% 2 = 0 THEN 9 ELSE d.status END,
                     ended_at = CASE WHEN d.id %% 2 = 0 THEN %(at)s ELSE NULL END,
                     ended_on = CASE WHEN d.id %% 2 = 0 THEN %(day)s::date END
                FROM chosen s WHERE s.id = d.id RETURNING d.id, d.status, d.due_on, d.ended_on)
INSERT INTO dossiers_event (dossier_id, at, verb, status_to, due_on, ended_on)
SELECT id, %(at)s, 'bench', status, due_on, ended_on FROM done"""


def _measured(dossiers: int, events: int, rounds: int) -> dict[str, float]:
    from django.db import connection

    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.actions.keep_facts import forget_facts, keep_facts
    from congvu.indicators.queries.facts import verify_facts

    with province(dossiers) as base:
        pass
    at = loaded_at()
    with scratch_database(f"rollup_{dossiers}", like=base):
        forget_facts(by=SYSTEM, at=at)
        filling = seconds(lambda: keep_facts(by=SYSTEM, at=at))
        taken, moved = [], 0
        for _ in range(rounds):
            with connection.cursor() as cursor:
                cursor.execute(_MOVED, {"events": events, "at": at, "day": at.date()})
                moved = cursor.rowcount
            taken.append(seconds(lambda: keep_facts(by=SYSTEM, at=at)) / max(1, moved))
        checked = verify_facts(count=500, seed=1)
    return {
        "dossiers": dossiers, "filling_microseconds_a_dossier": 1e6 * filling / dossiers, "transitions": moved,
        "microseconds_a_transition": 1e6 * min(taken), "drift": len(checked.drift),
    }  # fmt: skip


def run(
    *, small: int = 10_000, large: int = 1_000_000, events: int = 2_000, rounds: int = 5
) -> dict[str, Any]:
    """The same transitions in both."""
    prepare_django()
    found = {name: _measured(size, events, rounds) for name, size in (("small", small), ("large", large))}
    growth = found["large"]["microseconds_a_transition"] / found["small"]["microseconds_a_transition"]
    drift = found["small"]["drift"] + found["large"]["drift"]
    return report(
        "rollup",
        {name: {k: round(v, 1) for k, v in told.items()} for name, told in found.items()},
        [
            wanted("cost of a transition in the large province over the small", growth, most=1.5),
            wanted("dossiers whose facts drifted", float(drift), most=0),
        ],
    )


if __name__ == "__main__":
    main(run)
