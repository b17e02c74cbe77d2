"""What every benchmark shares: databases, medians of alternating runs, one JSON document with what was wanted.

The machine is noisy, so a benchmark measures its floor and its peers in the same run, in turns, and reports ratios.
Nothing here is a timed test.
"""

from __future__ import annotations

import argparse
import gc
import inspect
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS_NEED_INSTALL = 3  # what a peer's script exits with when its library is not there


def prepare_django() -> None:
    """Django on the server of this home (or DATABASE_URL), outside the test settings."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("CONGVU_LOG", "ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")
    from congvu.config.cli.ready import django_ready

    django_ready(migrated=False)
    gc.collect()
    gc.freeze()  # as the web server's processes do once they are loaded


def in_turns(contenders: dict[str, Callable[[], float]], rounds: int = 3) -> dict[str, float]:
    """Run each contender `rounds` times, in turns; the median of what each returned."""
    seen: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            seen[name].append(run())
    return {name: statistics.median(values) for name, values in seen.items()}


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def wanted(
    what: str, value: float | None, *, least: float | None = None, most: float | None = None
) -> dict[str, Any]:
    """One target and whether it holds; `value` None means it could not be measured here, which is not a failure."""
    holds = None if value is None else (least is None or value >= least) and (most is None or value <= most)
    bound = {"at_least": least} if least is not None else {"at_most": most}
    return {"what": what, "value": None if value is None else round(value, 3), **bound, "holds": holds}


def report(
    name: str, measured: dict[str, Any], targets: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """The document a benchmark prints; `ok` is false when a wanted ratio was measured and does not hold."""
    targets = targets or []
    return {
        "bench": name,
        "at": time.strftime("%Y-%m-%dT%H:%M:%S"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "ok": all(one["holds"] is not False for one in targets),
        "wanted": targets,
        **measured,
    }


def print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def main(run: Callable[..., dict[str, Any]]) -> None:
    """`python benchmarks/NAME.py`: every number `run` takes is an option; exit 1 when a wanted ratio does not hold."""
    parser = argparse.ArgumentParser(description=inspect.getmodule(run).__doc__)  # type: ignore[union-attr]
    for name, parameter in inspect.signature(run).parameters.items():
        parser.add_argument(f"--{name}", type=int, default=parameter.default)
    document = run(**vars(parser.parse_args()))
    print_json(document)
    sys.exit(0 if document["ok"] else 1)


def peer(script: str, *arguments: str, env: dict[str, str] | None = None) -> dict[str, Any] | None:
    """Run a peer in a process of its own (it may need other settings); None when it could not be installed."""
    folder = peers_folder()
    if folder is None:
        return None
    paths = os.pathsep.join([str(ROOT / "benchmarks" / "peers"), str(folder)])
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "peers" / script), *arguments],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths, **(env or {})}, check=False,
    )  # fmt: skip
    if done.returncode == PEERS_NEED_INSTALL:
        return None
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))


def peers_folder() -> Path | None:
    """The folder of the home that holds the peers' libraries, installed by hash the first time; None, with a word on
    stderr, where that cannot be done (no network, no uv). They never enter the program's own environment."""
    from congvu.config.environment import work_home

    pins = ROOT / "requirements" / "peers.txt"
    folder = work_home() / "peers"
    stamp = folder / ".pins"
    pinned = sha256(pins.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == pinned:
        return folder
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".uv" / "bin"))
    if uv is None:
        print("bench: peers not installed: no uv here", file=sys.stderr)
        return None
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [uv, "pip", "install", "-q", "--require-hashes", "--python", sys.executable, "--target", str(folder),
         "-r", str(pins)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        print(f"bench: peers not installed, so not measured: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    stamp.write_text(pinned)
    return folder
