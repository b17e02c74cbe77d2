"""`congvu import cases FILE`: past cases out of event logs (CSV, XES, either packed with gzip)."""

import argparse
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from congvu.config.cli.given import at_fault
from congvu.config.cli.output import OK, PROBLEM, note, print_json

HELP = "hồ sơ cũ từ nhật ký sự kiện (CSV, XES)"
_COUNTS = (
    ("on_time", "đúng hạn"),
    ("late", "quá hạn"),
    ("open", "đang giải quyết"),
    ("flagged", "chưa rõ, cần xem"),
)
_STAGES = {"survey": "đang kiểm tra", "cases": "đang nạp"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="TỆP", help="tệp CSV hoặc XES, có thể nén gzip")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="Ý_NGHĨA=CỘT",
        help="chọn cột, ví dụ --map due=case:deadline; --map due= nghĩa là không có; --map ended=@last: sự kiện cuối",
    )
    parser.add_argument(
        "--tier", default="TINH", metavar="CẤP", help="cấp của đơn vị trong nhật ký: TINH, HUYEN hoặc XA"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready
    from congvu.dossiers.rules.eventlog import BadLog, overrides_from

    with at_fault(only=BadLog):
        overrides = overrides_from(args.map)
        django_ready()
        summaries = [_one(Path(name), overrides, args.tier) for name in args.files]
    if args.json:
        print_json(summaries[0] if len(summaries) == 1 else _sum(summaries))
    else:
        for summary in summaries:
            note(_words(summary))
    return PROBLEM if any(summary["rejected"] for summary in summaries) else OK


def _one(path: Path, overrides: dict[str, str], tier: str) -> dict[str, Any]:
    from congvu.dossiers.actions.import_cases import import_cases
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM

    meter = _Meter(path.name)
    done = import_cases(path, overrides=overrides, tier=tier, watch=meter, by=SYSTEM, at=clock.now())
    meter.end()
    counts = {name: done.summary[name] for name in ("cases", "events", *(name for name, _ in _COUNTS))}
    return {**counts, "new": done.new, "file": path.name, **done.summary}


def _sum(summaries: list[dict[str, Any]]) -> dict[str, Any]:
    """One document for several files: the counts together, each file under `files`."""
    names = ("cases", "events", *(name for name, _ in _COUNTS), "new")
    return {**{name: sum(one[name] for one in summaries) for name in names}, "files": summaries}


def _words(one: dict[str, Any]) -> str:
    lines = [
        f"{one['file']}: {one['cases']} vụ việc, {one['events']} sự kiện"
        + ("" if one["new"] else " (đã nạp từ trước, không đổi gì)"),
        "  " + " · ".join(f"{words} {one[name]}" for name, words in _COUNTS),
        "  Cột đã dùng: " + ", ".join(f"{meaning} = {column}" for meaning, column in one["mapping"].items()),
    ]
    from congvu.dossiers.rules.eventlog import WORDS

    lines += [f"  Cần xem: {count} vụ việc {WORDS[kind]}." for kind, count in one["doubts"].items()]
    return "\n".join([*lines, *(f"  {remark}" for remark in (*one["remarks"], *one["rejected"]))])


class _Meter:
    """Progress on stderr: one line that moves on a terminal, a line every five seconds elsewhere."""

    def __init__(self, name: str) -> None:
        self._name, self._moving = name, sys.stderr.isatty()
        self._next = perf_counter() + (0 if self._moving else 5)
        self._said = False

    def __call__(self, progress: Any) -> None:
        if perf_counter() < self._next:
            return
        self._next = perf_counter() + (0.2 if self._moving else 5)
        share = 100 * progress.done // max(progress.size, 1)
        words = f"{self._name}: {_STAGES[progress.stage]} {share} %, {progress.cases} vụ việc"
        print(words, end="\r" if self._moving else "\n", file=sys.stderr, flush=True)
        self._said = True

    def end(self) -> None:
        if self._said and self._moving:
            note("")
