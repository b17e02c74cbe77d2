"""What is wrong with the links of a process: lost steps, ways without an end, cycles, branches nobody can decide."""

from collections.abc import Iterator

from congvu.procedures.rules.process.facts import KNOWN, label_of, meant_by
from congvu.procedures.rules.process.finding import Code, Finding, error, named, warning
from congvu.procedures.rules.process.graph import Branch, Process, Step


def link_findings(process: Process) -> Iterator[Finding]:
    """Findings about links, in no order."""
    for row, step in enumerate(process.steps, start=1):
        yield from _targets(process, row, step)
        yield from _choice(row, step)
        for branch in step.branches:
            if branch.back:
                yield from _back(process, row, step, branch)
    yield from _cycles(process)
    yield from _reach(process)
    yield from _facts(process)


def _targets(process: Process, row: int, step: Step) -> Iterator[Finding]:
    lost = [to for branch in step.branches for to in branch.targets if to not in process.by_key]
    if lost:
        yield error(
            Code.TARGET_UNKNOWN, row, f"Dẫn tới bước không có: {', '.join(lost)}.", "Ghi đúng số bước."
        )


def _choice(row: int, step: Step) -> Iterator[Finding]:
    others = [branch for branch in step.branches if branch.otherwise]
    if any(one.missing for branch in step.branches for one in branch.when):
        yield error(
            Code.CONDITION_MISSING,
            row,
            "Có nhánh chưa ghi điều kiện.",
            "Ghi điều kiện thay dấu ?, ví dụ: nếu ket_luan = đạt.",
        )
    if step.exclusive and not others:
        yield error(
            Code.OTHERWISE_MISSING,
            row,
            "Rẽ nhánh thiếu «còn lại»: hồ sơ không ứng điều kiện nào sẽ không đi đâu được.",
            "Thêm nhánh «còn lại → …».",
        )
    if len(others) > 1:
        yield error(
            Code.OTHERWISE_TWICE,
            row,
            "Có hai nhánh không điều kiện.",
            "Ghi điều kiện cho một trong hai nhánh.",
        )
    if step.branches and all(branch.back for branch in step.branches):
        yield error(
            Code.NO_EXIT,
            row,
            "Bước chỉ trả lại để làm lại, không có nhánh nào đi tiếp: vòng lặp không thể kết thúc.",
            "Thêm nhánh đi tiếp hoặc kết thúc.",
        )


def _facts(process: Process) -> Iterator[Finding]:
    """Facts whose names look mistyped (of a fact of the trade, or one of an earlier row), and those forms have no name for."""
    told: dict[str, int] = {}
    for row, step in enumerate(process.steps, start=1):
        for fact in dict.fromkeys(one.fact for branch in step.branches for one in branch.when):
            if not fact or fact in told:
                continue
            meant = meant_by(fact, told)
            told[fact] = row
            if meant is not None:
                yield warning(
                    Code.FACT_MISTYPED,
                    row,
                    f"Dữ kiện «{fact}» gần giống «{meant}», có thể gõ nhầm.",
                    f"Nếu là một, ghi {meant} ({label_of(meant)}); nếu là dữ kiện khác, giữ nguyên.",
                )
            elif fact not in KNOWN and fact not in process.labels:
                yield warning(
                    Code.FACT_UNNAMED,
                    row,
                    f"Dữ kiện «{fact}» chưa có tên; biểu mẫu sẽ hiện «{label_of(fact)}».",
                    f"Ghi ở cột Tên dữ kiện, ví dụ: {fact}: Tên có dấu.",
                )


def _back(process: Process, row: int, step: Step, branch: Branch) -> Iterator[Finding]:
    if branch.max_rounds is None or branch.max_rounds < 1:
        yield error(
            Code.BACK_UNBOUNDED,
            row,
            "Nhánh làm lại chưa có số lần tối đa: vòng lặp không thể kết thúc.",
            "Ghi, ví dụ: làm lại 2 (tối đa 3 lần).",
        )
    target = branch.targets[0] if len(branch.targets) == 1 else None
    if target is None or (target in process.by_key and step.key not in process.downstream(target)):
        yield error(
            Code.BACK_ASTRAY,
            row,
            "Nhánh làm lại phải chỉ về đúng một bước đứng trước trên đường tới bước này.",
            "Ghi số của bước cần làm lại.",
        )


def _cycles(process: Process) -> Iterator[Finding]:
    ordered = set(process.order)
    left = [key for key in process.by_key if key not in ordered]
    for key in left:  # of what cannot be ordered, those that lead to themselves are the cycle
        around = [one for one in left if one in process.downstream(key) and key in process.downstream(one)]
        if around and around[0] == key and (len(around) > 1 or key in process.after[key]):
            yield error(
                Code.CYCLE,
                process.position[key],
                f"Các bước chạy vòng, không thể kết thúc: {named(process, around)}.",
                "Nếu là làm lại, ghi «làm lại N (tối đa … lần)» ở bước trả về.",
            )


def _reach(process: Process) -> Iterator[Finding]:
    if any(key not in process.by_key for key in process.first):
        yield error(Code.TARGET_UNKNOWN, 0, "Bước bắt đầu không có trong bảng.", "Ghi đúng bước bắt đầu.")
    for key in process.first:
        if process.before.get(key):
            yield error(
                Code.START_WAITS,
                process.position[key],
                f"Bước mở ngay từ đầu lại chờ {named(process, process.before[key])}.",
                "Bỏ một trong hai: mở từ đầu, hoặc chờ bước khác.",
            )
    reachable = process.reached(process.first)
    ends = {
        step.key
        for step in process.by_key.values()
        if not step.branches or any(not branch.targets and not branch.back for branch in step.branches)
    }
    finishing = _leading_to(process, ends)
    if not any(key in finishing for key in process.first):
        yield error(
            Code.NO_WAY_TO_END,
            0,
            "Từ bước đầu không có đường nào tới kết thúc.",
            "Cho một bước kết thúc quy trình.",
        )
    for key, row in process.position.items():
        if key not in reachable:
            yield error(
                Code.UNREACHABLE,
                row,
                "Không bước nào dẫn tới bước này, hồ sơ không bao giờ qua đây.",
                "Nối bước này vào quy trình, hoặc xóa dòng.",
            )
        elif key not in finishing:
            yield error(
                Code.NO_WAY_TO_END, row, "Từ bước này không đi tới kết thúc được.", "Nối bước này đi tiếp."
            )


def _leading_to(process: Process, ends: set[str]) -> set[str]:
    found, todo = set(ends), list(ends)
    while todo:
        for source in process.before[todo.pop()]:
            if source not in found:
                found.add(source)
                todo.append(source)
    return found
