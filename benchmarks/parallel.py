"""A dossier through two agencies at once: received, split, joined, signed, returned; one a call and in sets of 500.

Peers: SpiffWorkflow 3 as a stateless server must use it (the state read from PostgreSQL, run, written back at each act,
an event row beside it) and Viewflow 2. In sets, a peer does the same for 500 dossiers in one transaction: neither has a
way to do it for a set. Both are measured in processes of their own, on the same database, only when installed.
"""

from __future__ import annotations

import time
from typing import Any

from databases import scratch_database
from harness import in_turns, main, peer, prepare_django, report, wanted

SPIFF, VIEWFLOW = "spiff_parallel.py", "viewflow_parallel.py"
SET = 500


def ours(place: Any, size: int, count: int) -> float:
    """Lifecycles a second through the actions, as the screens call them, in sets of `size`."""
    from congvu.dossiers.actions.complete_step import complete_step
    from congvu.dossiers.actions.finish import finish
    from congvu.dossiers.actions.hand_over import hand_over
    from congvu.dossiers.actions.receive import receive
    from congvu.dossiers.actions.return_result import return_result
    from congvu.foundation import clock

    def one_set() -> None:
        made = receive([place.intake() for _ in range(size)], by=place.clerk, at=clock.now())
        ids = [one.id for one in made]
        hand_over(ids, by=place.clerk, at=clock.now()).only()
        complete_step(ids, by=place.specialist, at=clock.now()).only()
        complete_step(ids, by=place.police_officer, at=clock.now()).only()
        finish(ids, by=place.chairman, at=clock.now()).only()
        return_result(ids, by=place.clerk, at=clock.now()).only()

    for _ in range(2 if size > 1 else 20):
        one_set()
    sets = max(1, count // size)
    started = time.perf_counter()
    for _ in range(sets):
        one_set()
    return sets * size / (time.perf_counter() - started)


def theirs(script: str, dsn: str, size: int, count: int) -> float:
    """Lifecycles a second of a peer, in a process of its own."""
    found = peer(script, str(size), str(count), env={"BENCH_DSN": dsn})
    if found is None:
        raise RuntimeError("the peer was there a moment ago")
    return float(found["lifecycles_s"])


def run(
    *, rounds: int = 3, single: int = 300, sets: int = 5_000, peer_single: int = 60, peers: int = 1
) -> dict[str, Any]:
    """Both ways; ratios are ours over the peer's. `peers` 0 leaves the peers out."""
    prepare_django()
    with scratch_database("parallel") as dsn:
        from congvu.dossiers.tests.make import a_place

        place = a_place(parallel=True)
        names = {"spiff": SPIFF, "viewflow": VIEWFLOW} if peers else {}
        there = {
            name: script for name, script in names.items() if peer(script, "1", "1", env={"BENCH_DSN": dsn})
        }
        one: dict[str, Any] = {"ours": lambda: ours(place, 1, single)}
        many: dict[str, Any] = {"ours": lambda: ours(place, SET, sets)}
        for name, script in there.items():
            one[name] = lambda script=script: theirs(script, dsn, 1, peer_single)
            many[name] = lambda script=script: theirs(script, dsn, SET, SET)
        rates = {"one_a_call": in_turns(one, rounds), f"sets_of_{SET}": in_turns(many, rounds)}
    return report("parallel", {"unit": "lifecycles per second", **rates}, _targets(rates))


def _targets(rates: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    told = []
    for way, rate in rates.items():
        for name, label, least in (("spiff", "SpiffWorkflow's", 3), ("viewflow", "Viewflow's", 6)):
            times = rate["ours"] / rate[name] if name in rate else None
            told.append(wanted(f"{way.replace('_', ' ')}, times {label} rate", times, least=least))
    return told


if __name__ == "__main__":
    main(run)
