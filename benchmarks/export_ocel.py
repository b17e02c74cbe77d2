"""OCEL 2.0 of a loaded province: 100,000 dossiers in constant memory, beside a tenth of them.

Each size is written by a process of its own, so that the peak of its memory is its own. `floor_seconds` is the very
statement that reads the dossiers, read through the same cursor and thrown away, twice, as OCEL needs it twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from databases import province
from harness import ROOT, main, prepare_django, report, wanted

_CHILD = """
import json, sys
sys.path[:0] = [{src!r}, {bench!r}]
from pathlib import Path
from harness import prepare_django, seconds
prepare_django()
from django.db import connections
connections["default"].settings_dict["NAME"] = {database!r}
from congvu.dossiers.access import Visible
from congvu.dossiers.actions.export_log import OCEL, pieces
from congvu.dossiers.queries.log_out import LogAsked, one_picture, told
from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM

def peak():  # VmHWM: getrusage's peak carries the parent's over exec
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

def read():
    with one_picture():
        for _ in range(2):
            for _ in told(Visible(True, (), None), LogAsked()):
                pass

def write():
    from congvu.dossiers.actions.export_log import Tally
    from django.db import transaction
    tally = Tally()
    with transaction.atomic():
        with Path({path!r}).open("w", encoding="utf-8") as out:
            for one in pieces(OCEL, ".json", LogAsked(), tally=tally, by=SYSTEM, at=clock.now()):
                out.write(one)
        transaction.set_rollback(True)  # the kept province stays as it is
    return tally

before = peak()
found = []
taken = seconds(lambda: found.append(write()))
after = peak()
print(json.dumps({{"dossiers": found[0].dossiers, "events": found[0].events, "seconds": round(taken, 2),
    "megabytes": round(Path({path!r}).stat().st_size / 1e6, 1), "memory_before_mb": round(before, 1),
    "peak_memory_mb": round(after, 1), "floor_seconds": round(seconds(read), 2)}}))
"""


def exported(database: str) -> dict[str, Any]:
    """One export of all dossiers of a province, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        code = _CHILD.format(
            src=str(ROOT / "src"),
            bench=str(ROOT / "benchmarks"),
            database=database,
            path=str(Path(folder) / "log.json"),
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=dict(os.environ)
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout))


def run(*, dossiers: int = 100_000) -> dict[str, Any]:
    """The export of a tenth and of the whole: seconds, and the peak of memory of each."""
    prepare_django()
    measured: dict[str, Any] = {}
    for name, size in (("tenth", max(1, dossiers // 10)), ("whole", dossiers)):
        with province(size) as database:
            measured[name] = exported(database)
    tenth, whole = measured["tenth"], measured["whole"]
    measured["dossiers_per_second"] = round(whole["dossiers"] / max(whole["seconds"], 0.01))
    measured["export_over_reading"] = round(whole["seconds"] / max(whole["floor_seconds"], 0.01), 2)
    targets = [
        wanted(
            "peak memory of ten times the dossiers over that of a tenth",
            whole["peak_memory_mb"] / tenth["peak_memory_mb"],
            most=1.15,
        )
    ]
    return report("export_ocel", measured, targets)


if __name__ == "__main__":
    main(run)
