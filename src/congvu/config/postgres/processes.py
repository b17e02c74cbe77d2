"""The server's processes as the system shows them: `/proc` says which are ours; without it (macOS) the pid file."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1


def postmaster(data: Path) -> int | None:
    """The process id of the running postmaster of `data`, or None. A stale pid file counts as none."""
    lines = pid_file_lines(data)
    if not lines or not lines[0].strip().lstrip("-").isdigit():
        return None
    pid = abs(int(lines[0]))
    return pid if works_in(pid, data) else None


def pid_file_lines(data: Path) -> list[str]:
    """The lines of postmaster.pid; empty when there is none."""
    try:
        return (data / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return []


def is_ready(data: Path, pid: int) -> bool:
    """Whether postmaster `pid` has written that it takes callers. A killed one's file still says so, hence `pid`."""
    lines = pid_file_lines(data)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def works_in(pid: int, data: Path) -> bool:
    """Whether process `pid` lives and has `data` as its working folder, as every PostgreSQL process has."""
    if not PROC.is_dir():
        return is_alive(pid)
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        return False


def is_alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # our own dead child would otherwise look alive
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def children_left_behind(data: Path) -> list[int]:
    """Processes of `data`'s server that outlived their postmaster (after kill -9). They hold its shared memory."""
    return [pid for pid in _numbers() if works_in(pid, data)] if PROC.is_dir() else []


def sweep(data: Path, patience: float = 5.0) -> None:
    """End the processes a killed postmaster left behind: they notice by themselves, busy ones are told, then forced.

    Only processes whose working folder is this very data folder are touched.
    """
    for order in (None, signal.SIGQUIT, signal.SIGKILL):
        for pid in children_left_behind(data) if order else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, order)  # type: ignore[arg-type]
        if wait_until(lambda: not children_left_behind(data), patience):
            return


def wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    """Poll until `happened()` or the time is over; says which."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def die_with_parent(order: signal.Signals, parent: int | None = None) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends `order` to the child when its parent dies, even by kill -9. Linux only."""
    libc = ctypes.CDLL(None, use_errno=True)
    prctl = getattr(libc, "prctl", None)
    expected = os.getpid() if parent is None else parent

    def ask() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, int(order), 0, 0, 0)
            if os.getppid() != expected:  # it died between fork and here
                os.kill(os.getpid(), order)

    return ask


def _numbers() -> Iterator[int]:
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            yield int(entry.name)
