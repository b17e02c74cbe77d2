"""The form of a simulation: what it starts from, what the official changes, and reading it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congvu.dossiers.queries.simulations import Year
from congvu.dossiers.rules.trials import Inputs
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.procedures.queries.graphs import VersionGraph
from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Process, Step
from congvu.procedures.rules.process.lint import errors, lint
from congvu.procedures.rules.process.plain import to_plain
from congvu.procedures.rules.process.terms import WORKING, longest_way
from congvu.procedures.rules.words import VersionState

BACK_SHARE = 10.0  # per cent of dossiers sent back for rework, when no dossier of the year says how many
LEAST_SEEN = 20  # dossiers that took a choice before their shares are taken as they were
SPREAD_WORDS = {
    "deu": "Không dao động",
    "vua": "Vừa (một nửa giờ trung bình)",
    "nhieu": "Nhiều (bằng giờ trung bình)",
}
Taken = Mapping[tuple[int, int], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Start:
    """What the page knows before anything is typed. `graphs` newest first; `units`: (id, name, dossiers of the year)."""

    graphs: tuple[VersionGraph, ...]
    year: Year
    units: tuple[tuple[int, str, int], ...]
    taken: Taken
    names: Mapping[str, str]  # of the fixed units among the agencies

    def graph(self, number: str) -> VersionGraph | None:
        """The process of that number."""
        return next((one for one in self.graphs if str(one.version.number) == number), None)

    @property
    def steps(self) -> list[Step]:
        """The steps of all processes, each key once."""
        found = {step.key: step for one in reversed(self.graphs) for step in one.graph.steps}
        return list(found.values())

    @property
    def agencies(self) -> list[str]:
        """The agencies of all processes, each once."""
        return list(dict.fromkeys(step.agency.words for one in self.graphs for step in one.graph.steps))


def name_of(one: VersionGraph) -> str:
    """ "Quy trình 2 (bản thảo)"."""
    draft = one.version.state == VersionState.DRAFT.value
    return f"Quy trình {one.version.number}{' (bản thảo)' if draft else ''}"


def fields_of(start: Start, typed: Mapping[str, str]) -> dict[str, Any]:
    """The form as the template shows it: every control with its value."""
    numbers = [str(one.version.number) for one in start.graphs]
    chosen = typed.get("ban", numbers[0])
    other = typed.get("so-voi", numbers[1] if len(numbers) > 1 else "")
    unit = typed.get("noi", str(start.units[0][0]) if start.units else "0")
    return {
        "processes": [(str(one.version.number), name_of(one)) for one in start.graphs],
        "ban": chosen,
        "so_voi": other,
        "noi": unit,
        "units": [(str(pk), name, count) for pk, name, count in start.units],
        "total": start.year.total(0),
        "moi_ngay": typed.get("moi-ngay", ""),
        "thoi_han": typed.get("thoi-han", _term(start.graphs[0])),
        "dao_dong": typed.get("dao-dong", "vua"),
        "spreads": SPREAD_WORDS,
        "mam": typed.get("mam", "1"),
        "hours": [
            (
                f"gio-{n}",
                step.name,
                start.names.get(step.agency.words, step.agency.words),
                typed.get(f"gio-{n}", _hours(step)),
            )
            for n, step in enumerate(start.steps)
        ],
        "staff": [
            (f"nguoi-{n}", start.names.get(name, name), typed.get(f"nguoi-{n}", "1"))
            for n, name in enumerate(start.agencies)
        ],
        "choices": [
            (name_of(one), step.name, _shares(start, one, step, typed))
            for one in start.graphs
            for step in one.graph.steps
            if len(step.branches) > 1
        ],
    }


def read(start: Start, typed: Mapping[str, str], calendar: Calendar) -> tuple[Inputs, int]:
    """The inputs and the seed. Refuses what cannot be read, naming the control."""
    shown = fields_of(start, typed)
    first, second = start.graph(shown["ban"]), start.graph(shown["so_voi"])
    if first is None:
        raise Refused("Chưa chọn quy trình để mô phỏng.", where="ban", do="Chọn trong danh sách.")
    tried = [first, *([second] if second is not None and second is not first else [])]
    for one in tried:
        _refuse_unsound(one)
    unit = int(shown["noi"]) if shown["noi"] in {str(pk) for pk, _, _ in start.units} else 0
    counts = start.year.per_working_day(unit, calendar)
    per_day = (
        _number(shown["moi_ngay"], "moi-ngay", "số hồ sơ mỗi ngày", least=0.01, most=500)
        if shown["moi_ngay"]
        else 0.0
    )
    term = (
        _number(shown["thoi_han"], "thoi-han", "thời hạn", least=0.1, most=1000)
        if shown["thoi_han"]
        else None
    )
    hours = {
        step.key: _number(value, name, f"giờ làm bước «{step.name}»", least=0, most=2000)
        for step, (name, _, _, value) in zip(start.steps, shown["hours"], strict=True)
    }
    staff = {
        agency: int(_number(value, name, f"số người của {called}", least=1, most=500))
        for agency, (name, called, value) in zip(start.agencies, shown["staff"], strict=True)
    }
    shares = tuple(
        {step.key: _weights(start, one, step, typed) for step in one.graph.steps if len(step.branches) > 1}
        for one in tried
    )
    inputs = Inputs(
        tuple((name_of(one), to_plain(one.graph)) for one in tried), tuple(counts), per_day, len(counts), hours, staff,
        shares, shown["dao_dong"], term, start.year.first.isoformat(), start.year.last.isoformat(),
        next((name for pk, name, _ in start.units if pk == unit), "Tất cả cơ quan"), start.names, kept(typed),
    )  # fmt: skip
    return inputs, int(_number(shown["mam"], "mam", "mầm ngẫu nhiên", least=0, most=999_999))


def _refuse_unsound(one: VersionGraph) -> None:
    """A draft no dossier could go through cannot be tried."""
    found = errors(lint(one.graph))
    if found:
        raise Refused(
            f"{name_of(one)} còn lỗi: {found[0].what}",
            where="ban",
            do="Sửa lỗi trong bảng bước rồi chạy lại.",
        )


def kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, to begin the next trial from."""
    plain = ("ban", "so-voi", "noi", "moi-ngay", "thoi-han", "dao-dong", "mam")
    return {
        name: value[:40]
        for name, value in typed.items()
        if name in plain or name.startswith(("gio-", "nguoi-", "ty-le-"))
    }


def _weights(start: Start, one: VersionGraph, step: Step, typed: Mapping[str, str]) -> list[float]:
    found = [
        _number(value, name, f"tỷ lệ sau bước «{step.name}»", least=0, most=100)
        for name, _, value in _shares(start, one, step, typed)
    ]
    if sum(found) <= 0:
        name = _share_name(one, step, 0)
        raise Refused(
            f"Các nhánh sau bước «{step.name}» đều bằng 0.", where=name, do="Ghi tỷ lệ cho ít nhất một nhánh."
        )
    return found


def _shares(
    start: Start, one: VersionGraph, step: Step, typed: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """(control, words, value) of each branch: as typed, as the year's dossiers went, else equal with little rework."""
    seen = start.taken.get((one.version.pk, one.graph.position[step.key]), {})
    total = sum(seen.values())
    backs = sum(branch.back for branch in step.branches)
    forward = (100 - BACK_SHARE * backs) / max(1, len(step.branches) - backs)
    found = []
    for n, branch in enumerate(step.branches):
        guess = BACK_SHARE if branch.back else forward
        value = 100 * seen.get(n, 0) / total if total >= LEAST_SEEN else guess
        name = _share_name(one, step, n)
        words = f"{branch.told(one.graph.labels)} → {'làm lại ' if branch.back else ''}{_targets(one.graph, branch.targets)}"
        found.append((name, words, typed.get(name, _plain(round(value, 1)))))
    return found


def _share_name(one: VersionGraph, step: Step, branch: int) -> str:
    return f"ty-le-{one.version.number}-{one.graph.position[step.key]}-{branch}"


def _targets(graph: Process, targets: tuple[str, ...]) -> str:
    return ", ".join(graph.by_key[key].name for key in targets if key in graph.by_key) or "kết thúc"


def _hours(step: Step) -> str:
    """An hour of work for each day of the step's term: an assumption to be corrected, never a figure of the law."""
    return _plain(round(float(step.hours or 4) / HOURS_PER_DAY, 2))


def _term(one: VersionGraph) -> str:
    """The whole term in working days: the process's own, else its longest way."""
    total = one.version.total_hours
    if total is None:
        way = longest_way(one.graph)
        total = way.amount if way is not None and way.measure == WORKING else None
    return "" if not total else _plain(float(total) / HOURS_PER_DAY)


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _number(typed: str, where: str, words: str, *, least: float, most: float) -> float:
    try:
        value = float(typed.strip().replace(",", "."))
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise Refused(
            f"Không đọc được {words}: «{typed[:20]}».",
            where=where,
            do=f"Ghi một số từ {formats.number(least)} đến {formats.number(most)}.",
        )
    return value
