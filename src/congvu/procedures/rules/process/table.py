"""A process as the table officials know, and back: one row a step, links by row number.

Row numbers are those people see; keys stay with their rows, so that a step keeps its identity when rows move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.process.graph import COMPETENT, Agency, Branch, Process, Step
from congvu.procedures.rules.process.wording import (
    TypedBranch,
    Waits,
    read_branches,
    read_labels,
    read_waits,
    write_branches,
    write_labels,
    write_waits,
)
from congvu.procedures.rules.words import AgencyKind, Archetype, Join, StepKind, StepRole, TermUnit, Worded

NO_LINK = "Nối lại hai cột Chờ bước và Rẽ nhánh cho khớp nhau."


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as typed. A row without a name is an empty line of the form: it keeps its number and is no step."""

    name: str
    key: str = ""
    agency: Agency = COMPETENT
    role: str = StepRole.LEAD.value
    officer: str = ""
    duty: str = ""
    term_n: Decimal | None = None
    term_unit: str = TermUnit.NGAY_LAM_VIEC.value
    waits: str = ""
    branches: str = ""
    kind: str = StepKind.TASK.value
    sub_procedure: str = ""
    labels: str = ""


@dataclass(slots=True)
class _Line:
    """A row being read: its number, what it waits for, where it leads."""

    number: int
    row: TableRow
    waits: Waits
    typed: tuple[TypedBranch, ...]
    onward: list[int]  # rows that wait for it, while it has no branches of its own

    @property
    def where(self) -> str:
        return f"Bước {self.number}"

    def names(self, row: int) -> bool:
        return any(row in branch.rows for branch in self.typed if not branch.back)


def from_table(rows: Sequence[TableRow], archetype: str = Archetype.APPROVAL.value) -> Process:
    """The process a table says. Refuses what cannot be read or does not agree; what is only wrong, lint says."""
    lines = [_line(number, row) for number, row in enumerate(rows, start=1) if row.name]
    by_number = {line.number: line for line in lines}
    starts: list[int] = []
    for at, line in enumerate(lines):
        _link(line, lines[at - 1] if at else None, by_number, starts)
    keys = _keys(lines)
    steps = []
    for line in lines:
        typed = line.typed or ((TypedBranch(tuple(line.onward)),) if line.onward else ())
        branches = tuple(_branch(line, one, by_number, keys) for one in typed)
        steps.append(_step(line, keys[line.number], () if branches == (Branch(),) else branches))
    begin = () if lines and starts == [lines[0].number] else tuple(keys[number] for number in starts)
    return _joins_where_needed(Process(tuple(steps), begin, _one_of(archetype, Archetype, "Loại quy trình")))


def to_table(process: Process) -> tuple[TableRow, ...]:
    """The table of a process: as few words in the two columns of links as say it all."""
    row_of = process.position.__getitem__
    spoken = {step.key: _needs_words(step) for step in process.steps}
    rows: list[TableRow] = []
    for number, step in enumerate(process.steps, start=1):
        before = process.steps[number - 2] if number > 1 else None
        rows.append(
            TableRow(
                name=step.name,
                key=step.key,
                agency=step.agency,
                role=step.role,
                officer=step.officer,
                duty=step.duty,
                term_n=step.term_n,
                term_unit=step.term_unit,
                waits=write_waits(_waits(process, step, before, spoken)),
                branches=write_branches(step.branches, row_of) if spoken[step.key] else "",
                kind=step.kind,
                sub_procedure=step.sub_procedure,
                labels=write_labels(step.labels),
            )
        )
    return tuple(rows)


def _needs_words(step: Step) -> bool:
    return step.exclusive or any(branch.back for branch in step.branches)


def _waits(process: Process, step: Step, before: Step | None, spoken: Mapping[str, bool]) -> Waits:
    sources = process.before[step.key]
    if step.key in process.first and not sources:
        return Waits() if before is None else Waits((), at_once=True)
    if not sources:
        return Waits((), linked=False)
    alone = len(sources) == 1 and (spoken[sources[0]] or (before is not None and sources[0] == before.key))
    if alone:
        return Waits()
    return Waits(tuple(sorted(process.position[source] for source in sources)), step.join)


def _line(number: int, row: TableRow) -> _Line:
    where = f"Bước {number}"
    return _Line(number, row, read_waits(row.waits, where), read_branches(row.branches, where), [])


def _link(line: _Line, before: _Line | None, lines: Mapping[int, _Line], starts: list[int]) -> None:
    """Put the row behind those it waits for. Refuses rows that are not there and columns that contradict each other."""
    naming = [other.number for other in lines.values() if other.names(line.number)]
    if line.waits.rows is None:
        if not naming and before is None:
            starts.append(line.number)
        elif not naming and before is not None and not before.typed:
            before.onward.append(line.number)
        return
    if line.waits.at_once:
        starts.append(line.number)
    missing = [number for number in naming if number not in line.waits.rows]
    if missing and line.waits.linked and not line.waits.at_once:
        raise Refused(
            f"Bước {missing[0]} rẽ tới bước này, nhưng cột Chờ bước không ghi {missing[0]}.",
            where=line.where,
            do=NO_LINK,
        )
    for number in line.waits.rows:
        other = lines.get(number)
        if other is None or number == line.number:
            raise Refused(f"Chờ bước {number}, là bước không có.", where=line.where, do="Ghi số bước khác.")
        if not other.typed:
            other.onward.append(line.number)
        elif number not in naming:
            raise Refused(
                f"Chờ bước {number}, nhưng rẽ nhánh của bước {number} không dẫn tới đây.",
                where=line.where,
                do=NO_LINK,
            )


def _keys(lines: Sequence[_Line]) -> dict[int, str]:
    """The keys of rows; a row without one, or with one already taken, gets the first free "buoc-N"."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for line in lines:
        if line.row.key and line.row.key not in taken:
            keys[line.number] = line.row.key
            taken.add(line.row.key)
    for line in lines:
        if line.number not in keys:
            n = line.number
            while f"buoc-{n}" in taken:
                n += 1
            keys[line.number] = f"buoc-{n}"
            taken.add(f"buoc-{n}")
    return keys


def _branch(line: _Line, typed: TypedBranch, lines: Mapping[int, _Line], keys: Mapping[int, str]) -> Branch:
    for number in typed.rows:
        if number not in lines or number == line.number:
            raise Refused(
                f"Dẫn tới bước {number}, là bước không có.", where=line.where, do="Ghi số bước khác."
            )
    return Branch(tuple(keys[number] for number in typed.rows), typed.when, typed.back, typed.max_rounds)


def _step(line: _Line, key: str, branches: tuple[Branch, ...]) -> Step:
    row, where = line.row, line.where
    _one_of(row.agency.kind, AgencyKind, where)
    if row.term_n is not None and not 0 <= row.term_n <= 100_000:
        raise Refused(f"Thời hạn {row.term_n} không dùng được.", where=where, do="Gõ số không âm.")
    return Step(
        key=key,
        name=row.name,
        agency=row.agency,
        role=_one_of(row.role, StepRole, where),
        officer=row.officer,
        duty=row.duty,
        term_n=row.term_n,
        term_unit=_one_of(row.term_unit, TermUnit, where),
        branches=branches,
        join=line.waits.join,
        kind=_one_of(row.kind, StepKind, where),
        sub_procedure=row.sub_procedure if row.kind == StepKind.SUB_DOSSIER.value else "",
        labels=read_labels(row.labels, where),
    )


def _joins_where_needed(process: Process) -> Process:
    """A step that only one other leads to waits for it, however the column was written."""
    return replace(
        process,
        steps=tuple(
            step if len(process.before[step.key]) > 1 else replace(step, join=Join.ALL.value)
            for step in process.steps
        ),
    )


def _one_of(value: str, words: type[Worded], where: str) -> str:
    if not words.has(value):
        raise Refused(f"Giá trị «{value}» không có trong danh sách.", where=where, do="Chọn trong danh sách.")
    return value
