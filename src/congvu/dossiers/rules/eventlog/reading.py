"""The two passes over a log: a survey that checks all of it, then the cases."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from congvu.dossiers.rules.eventlog import csv_log, xes_log
from congvu.dossiers.rules.eventlog.build import Builder
from congvu.dossiers.rules.eventlog.cases import Doubt, PastCase
from congvu.dossiers.rules.eventlog.mapping import LogMap, choose
from congvu.dossiers.rules.eventlog.sources import BadLog, CutOff, Kind, Source, kind_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pass is: bytes of the file on the disk, and cases so far."""

    stage: str  # "survey" or "cases"
    done: int
    size: int
    cases: int


Watcher = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Log:
    """A log surveyed: whole, readable, and understood. `remarks` are sentences for the report."""

    path: Path
    kind: Kind
    mapping: LogMap
    cases: int
    events: int
    names: tuple[str, ...]
    remarks: tuple[str, ...]
    shape: csv_log.Shape | None = None
    together: bool = True
    repeated: frozenset[str] = frozenset()
    sha256: str = ""  # of the unpacked content


def survey(path: Path, overrides: Mapping[str, str] | None = None, watch: Watcher | None = None) -> Log:
    """Read the whole file once and say what it is. Constant memory.

    Refuses (BadLog): not a log, wrong bytes with their position, cut off or broken with the number of whole
    cases, attributes that cannot be told. `overrides` chooses attributes by meaning (see mapping.MEANINGS).
    """
    kind = kind_of(path)
    remark = kind.disagrees_with(path.name)
    remarks = (remark,) if remark else ()
    if kind.form == "xes":
        found = xes_log.survey(path, (overrides or {}).get("case", "concept:name"), _ticker("survey", watch))
        if not found.cases:
            raise BadLog(
                "Nhật ký không có vụ việc nào (không có thẻ <trace>).",
                where=path.name,
                do="Chọn đúng tệp.",
                whole=0,
            )
        mapping = choose(found.case_names, found.event_names, overrides or {}, flat=False)
        names = (*found.case_names, *found.event_names)
        counts = (found.cases, found.events)
        return Log(path, kind, mapping, *counts, names, remarks, repeated=found.repeated, sha256=found.sha256)
    shape = csv_log.shape_of(path, kind)
    mapping = choose(shape.header, shape.header, overrides or {}, flat=True)
    (counted, events, together), sha256 = _count(path, kind, shape, mapping, watch)
    if not events:
        raise BadLog(
            "Tệp chỉ có dòng tiêu đề, không có vụ việc nào.", where=path.name, do="Chọn đúng tệp.", whole=0
        )
    if not together:
        remarks = (*remarks, "Các dòng của một vụ việc nằm rải rác; đã sắp lại trước khi đọc.")
    return Log(path, kind, mapping, counted, events, shape.header, remarks, shape, together, sha256=sha256)


def cases(log: Log, *, salt: bytes = b"", watch: Watcher | None = None) -> Iterator[PastCase]:
    """The cases of a surveyed log, one at a time. Memory: one case (and, for scattered CSV rows, one sort batch)."""
    builder, tick = Builder(log.mapping, salt), _ticker("cases", watch)
    if log.shape is None:
        yield from _told_apart(log, (builder.case(*trace) for trace in xes_log.traces(log.path, tick)))
        return
    column = log.shape.header.index(log.mapping.case)
    with Source(log.path) as source:
        rows: Iterator[csv_log.Row] = csv_log.rows(source, log.kind, log.shape, log.path.name)
        if not log.together:
            rows = csv_log.ordered(rows, column)
        for number, case in enumerate(csv_log.cases(rows, log.shape, log.mapping, builder, log.path.name), 1):
            yield case
            if number % 1000 == 0:
                tick(source, number)
        tick(source, number)


def _told_apart(log: Log, found: Iterator[PastCase]) -> Iterator[PastCase]:
    """Gives a reference that is missing or met again one of its own, and marks the case."""
    met = dict.fromkeys(log.repeated, 0)
    for number, case in enumerate(found, 1):
        if not case.ref:
            yield replace(case, ref=f"#{number}", doubts=(*case.doubts, Doubt.MISSING_REF))
            continue
        times = met.get(case.ref, 0) + 1
        if case.ref in met:
            met[case.ref] = times
        if times > 1:
            case = replace(case, ref=f"{case.ref} ({times})", doubts=(*case.doubts, Doubt.REPEATED_REF))
        yield case


def _count(
    path: Path, kind: Kind, shape: csv_log.Shape, mapping: LogMap, watch: Watcher | None
) -> tuple[tuple[int, int, bool], str]:
    tick, whole = _ticker("survey", watch), 0
    with Source(path) as source:

        def runs() -> Iterator[tuple[str, int]]:
            nonlocal whole
            column = shape.header.index(mapping.case)
            for whole, run in enumerate(csv_log.runs(csv_log.rows(source, kind, shape, path.name), column)):
                yield run
                if whole % 1000 == 0:
                    tick(source, whole)

        try:
            return csv_log.count(runs()), source.digest.hexdigest()
        except CutOff as cut:
            what = f"{str(cut).capitalize()}: {whole} vụ việc còn trọn vẹn. Chưa nạp gì."
            raise BadLog(what, where=path.name, do="Tải lại tệp từ nguồn.", whole=whole) from None
        except BadLog as bad:
            raise BadLog(
                f"{bad.what} Trước đó có {whole} vụ việc trọn vẹn; chưa nạp gì.",
                where=bad.where,
                do=bad.do,
                whole=whole,
            ) from None


def _ticker(stage: str, watch: Watcher | None) -> Callable[[Source, int], None]:
    def tick(source: Source, cases_so_far: int) -> None:
        if watch is not None:
            watch(Progress(stage, source.done, source.size, cases_so_far))

    return tick
