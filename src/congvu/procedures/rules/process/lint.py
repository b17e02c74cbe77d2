"""What is wrong with a process before it is published. Errors forbid publishing; warnings are shown.

TT 01/2018/TT-VPCP, Điều 8: the inner process approved by the chairman becomes the electronic one, so what the machine
could not carry out must be found on the table.
"""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from congvu.procedures.rules.process.explore import explore
from congvu.procedures.rules.process.finding import (
    ARTICLE_INTERLINKED,
    Code,
    Finding,
    error,
    named,
    warning,
)
from congvu.procedures.rules.process.graph import Process
from congvu.procedures.rules.process.lint_links import link_findings
from congvu.procedures.rules.process.terms import (
    LongestWay,
    WholeTerm,
    amount_of,
    longest_way,
    measure_of,
    not_measured,
)
from congvu.procedures.rules.words import AgencyKind, Archetype, Join, StepKind, StepRole

_OWES_TIME = (StepRole.LEAD.value, StepRole.COOPERATE.value, StepRole.SIGN.value)


def lint(
    process: Process,
    *,
    term: WholeTerm | None = None,
    units_on_date: Collection[int] | None = None,
    on: date | None = None,
    procedures: Collection[str] | None = None,
) -> list[Finding]:
    """Everything found, in order of rows, errors before warnings of one row.

    `term`: the procedure's; None: not known, not compared. `units_on_date`: ids of the units that exist on the day `on`
    the process is to begin; None: not checked. `procedures`: codes a sub-dossier may name; None: not checked.
    """
    if not process.steps:
        return [
            error(Code.NO_STEPS, 0, "Quy trình chưa có bước nào.", "Thêm ít nhất bước tiếp nhận và bước trả.")
        ]
    found = [*_rows(process, procedures), *_agencies(process, units_on_date, on), *link_findings(process)]
    broken = {Code.CYCLE, Code.TARGET_UNKNOWN, Code.KEY_DUPLICATED, Code.BACK_ASTRAY}
    if not any(one.code in broken for one in found):
        found += _joins(process)
        found += _terms(process, term)
    return sorted(found, key=lambda one: (one.row, not one.is_error))


def errors(findings: Collection[Finding]) -> list[Finding]:
    """Those that forbid publishing."""
    return [one for one in findings if one.is_error]


def _rows(process: Process, procedures: Collection[str] | None) -> Iterator[Finding]:
    held: dict[str, int] = {}
    for row, step in enumerate(process.steps, start=1):
        if not step.name.strip():
            yield error(Code.NAME_EMPTY, row, "Bước chưa có tên công việc.", "Ghi công việc của bước.")
        if step.key in held:
            yield error(
                Code.KEY_DUPLICATED, row, f"Trùng mã bước với bước {held[step.key]}.", "Đặt mã khác cho bước."
            )
        held.setdefault(step.key, row)
        if step.kind == StepKind.SUB_DOSSIER.value and (
            not step.sub_procedure or (procedures is not None and step.sub_procedure not in procedures)
        ):
            code = f" mã «{step.sub_procedure}»" if step.sub_procedure else ""
            yield error(
                Code.SUB_PROCEDURE_MISSING,
                row,
                f"Hồ sơ con chưa chỉ đúng thủ tục{code}.",
                "Ghi mã một thủ tục đang công khai.",
            )
        if step.term_n is None and step.role in _OWES_TIME:
            yield warning(
                Code.TERM_MISSING,
                row,
                "Bước chưa có thời hạn riêng.",
                "Ghi thời hạn để biết đơn vị nào làm chậm.",
                ARTICLE_INTERLINKED,
            )
    if process.archetype == Archetype.APPROVAL.value and all(
        step.role != StepRole.RETURN.value for step in process.steps
    ):
        yield warning(
            Code.NO_RETURN, 0, "Không có bước trả kết quả.", "Thêm bước trả kết quả ở nơi tiếp nhận."
        )


def _agencies(process: Process, units: Collection[int] | None, on: date | None) -> Iterator[Finding]:
    day = f" vào ngày {on:%d/%m/%Y}" if on else ""
    for row, step in enumerate(process.steps, start=1):
        agency = step.agency
        if agency.kind == AgencyKind.CHOSEN.value and step.key in process.first:
            yield error(
                Code.CHOSEN_BY_NOBODY,
                row,
                "Bước đầu tiên không có bước trước nào để chọn đơn vị.",
                "Chọn nơi tiếp nhận hoặc một đơn vị cố định.",
            )
        if agency.kind != AgencyKind.FIXED.value:
            continue
        if agency.unit_id is None and not agency.text and not agency.code:
            yield error(Code.AGENCY_MISSING, row, "Chưa chọn đơn vị cố định.", "Chọn đơn vị trong danh sách.")
        elif agency.unit_id is None:
            yield warning(
                Code.AGENCY_UNBOUND,
                row,
                f"«{agency.words}» chưa gắn với đơn vị nào trong cơ cấu tổ chức.",
                "Chọn đơn vị trong danh sách; nếu không, hồ sơ đi tới cơ quan có thẩm quyền.",
            )
        elif units is not None and agency.unit_id not in units:
            yield error(
                Code.AGENCY_GONE,
                row,
                f"«{agency.words}» không tồn tại{day}.",
                "Chọn đơn vị kế tục, hoặc ngày áp dụng khác.",
            )


def _joins(process: Process) -> Iterator[Finding]:
    reachable = process.reached(process.first)
    seen = explore(process)
    for row, step in enumerate(process.steps, start=1):
        sources = list(process.before[step.key])
        if step.key not in reachable or len(sources) < 2:
            continue
        either = " hoặc ".join(str(process.position[one]) for one in sources)
        do = f"Nếu chỉ cần một trong các bước đó, ghi «{either}» ở cột Chờ bước."
        if step.key not in seen.opened:
            yield error(
                Code.JOIN_NEVER,
                row,
                f"Bước không bao giờ mở: chờ tất cả {named(process, sources)}, nhưng hồ sơ chỉ đi một trong các nhánh đó.",
                do,
            )
        elif step.key in seen.hanging:
            lost = list(seen.hanging[step.key])
            yield error(
                Code.JOIN_MAY_HANG,
                row,
                f"Có trường hợp chờ mãi {named(process, lost)} không bao giờ tới.",
                do,
            )
        elif step.join == Join.ANY.value and step.key in seen.late:
            yield warning(
                Code.JOIN_ABSORBS,
                row,
                f"Mở ngay khi một trong {named(process, sources)} xong; bước xong sau không mở lại.",
                "Nếu cần chờ đủ, ghi các bước cách nhau bằng dấu phẩy.",
            )


def _terms(process: Process, term: WholeTerm | None) -> Iterator[Finding]:
    if term is None:
        return
    measure = measure_of(term.unit)
    others = not_measured(process, measure)
    if others:
        yield warning(
            Code.TERM_NOT_COMPARABLE,
            process.position[others[0].key],
            f"Thời hạn các bước tính khác đơn vị với thời hạn thủ tục ({term.words()}), nên không cộng so được.",
            "Dùng cùng đơn vị nếu muốn máy kiểm tra.",
        )
    way = longest_way(process, measure)
    over = way.amount - amount_of(term.n, term.unit)
    if over > 0:
        excess = LongestWay(way.keys, over, way.measure).words()
        route = " → ".join(str(process.position[key]) for key in way.keys)
        yield error(
            Code.TERM_EXCEEDED,
            process.position[_longest_step(process, way)],
            f"Các bước {route} cộng lại {way.words()}, vượt thời hạn thủ tục {term.words()} là {excess}.",
            "Rút ngắn một bước trên đường đó, hoặc cho làm song song.",
        )


def _longest_step(process: Process, way: LongestWay) -> str:
    """The step of the way that takes longest: the first place to look."""

    def own(key: str) -> Decimal:
        step = process.by_key[key]
        return Decimal(0) if step.term_n is None else amount_of(step.term_n, step.term_unit)

    return max(way.keys, key=own)
