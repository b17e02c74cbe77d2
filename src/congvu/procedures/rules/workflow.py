"""Processes of a one-stop office as its XML configuration has them: <process totaltime> / <step time> / <task time>.

All three times are working days (half days occur: 0.5). The steps should sum to the process, and in a well kept file
the tasks to their step; both are compared exactly, as decimals, and reported apart.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.procedures.rules.doubts import DoubtKind, Found
from congvu.procedures.rules.words import AgencyKind, StepRole

END = "NULL"
ONE_STOP = "BP_MOT_CUA"
LEADERS = "LANH_DAO_DON_VI"
_ROLES = {
    "TIEP_NHAN": StepRole.RECEIVE,
    "XU_LY": StepRole.LEAD,
    "THU_PHI": StepRole.FEE,
    "TRA_KET_QUA": StepRole.RETURN,
    "": StepRole.SIGN,
}


@dataclass(frozen=True, slots=True)
class TaskRead:
    code: str
    name: str
    days: Decimal
    next: str

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "time": str(self.days), "next": self.next}


@dataclass(frozen=True, slots=True)
class StepRead:
    """One step: its place in the order, the group that does it and the agency that group means."""

    key: str
    position: int
    order: str
    name: str
    group: str
    agency: str
    agency_kind: AgencyKind
    role: StepRole
    days: Decimal
    tasks: tuple[TaskRead, ...]


@dataclass(frozen=True, slots=True)
class ProcessRead:
    """A process as read; `links` are (from, to) positions, taken from the tasks' `next`."""

    code: str
    name: str
    number: int
    total: Decimal
    fee: str
    steps: tuple[StepRead, ...]
    links: tuple[tuple[int, int], ...]
    text: str
    sha256: str
    found: tuple[Found, ...]

    @property
    def sum_of_steps(self) -> Decimal:
        return sum((step.days for step in self.steps), Decimal(0))


def read_process(document: bytes, units: Mapping[str, str], where: str) -> ProcessRead:
    """Read one *_workflow.xml. `units`: folded group names to unit names (see `group_names`).

    Refuses: not XML, an entity declaration, no <process> with a code, a time that is no number.
    """
    try:
        root = fromstring(document, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise Refused(
            "Tệp XML có khai báo thực thể hoặc DTD.", where=where, do="Xuất lại tệp không có DTD."
        ) from problem
    except (ParseError, ValueError) as problem:
        line, column = getattr(
            problem, "position", (1, 0)
        )  # a ValueError is about the first line: its encoding
        raise Refused(
            f"Tệp không phải XML đọc được (dòng {line}, cột {column}).",
            where=where,
            do="Kiểm tra tệp có bị cắt, hoặc là một loại tệp khác.",
        ) from problem
    code = composed(root.get("code", ""))
    if root.tag != "process" or not code:
        raise Refused(
            "Tệp không có <process code=…>.", where=where, do="Chọn tệp *_workflow.xml của một quy trình."
        )
    found: list[Found] = []
    elements = root.findall("step")
    steps = tuple(_step(element, at, units, where, found) for at, element in enumerate(elements, start=1))
    total = _days(root.get("totaltime", ""), where)
    summed = sum((step.days for step in steps), Decimal(0))
    if summed != total:
        words = " + ".join(f"{step.name} {plain(step.days)}" for step in steps)
        note = f"Các bước cộng lại {plain(summed)} ngày, quy trình ghi {plain(total)} ngày."
        found.insert(0, Found(DoubtKind.STEPS_SUM, "totaltime", words, note))
    return ProcessRead(
        code=code[:60],
        name=composed(root.get("name", "")) or code,
        number=_whole(root.get("version", "1")),
        total=total,
        fee=composed(root.get("fee", ""))[:200],
        steps=steps,
        links=_links(steps, found),
        text=document.decode("utf-8-sig", "replace").replace("\0", "\ufffd"),
        sha256=sha256(document).hexdigest(),
        found=tuple(found),
    )


def group_names(table: bytes, where: str) -> dict[str, str]:
    """t_cores_ou.csv as {folded group code: unit name}: "Phòng Kinh tế và Hạ tầng" answers PHONG_KINH_TE_HA_TANG."""
    try:
        rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    except UnicodeDecodeError as problem:
        raise Refused(
            f"Danh sách đơn vị không phải UTF-8 (byte {problem.start + 1}).",
            where=where,
            do="Lưu lại bằng UTF-8.",
        ) from problem
    if "C_NAME" not in (rows.fieldnames or ()):
        raise Refused("Danh sách đơn vị không có cột C_NAME.", where=where, do="Dùng t_cores_ou.csv đầy đủ.")
    return {_group_key(row["C_NAME"]): composed(row["C_NAME"]) for row in rows if row["C_NAME"]}


def plain(days: Decimal) -> str:
    """0.5 -> "0,5"; 15.0 -> "15"."""
    text = f"{days.normalize():f}"
    return text.replace(".", ",")


def _step(element: Element, at: int, units: Mapping[str, str], where: str, found: list[Found]) -> StepRead:
    group = composed(element.get("group", ""))
    tasks = tuple(
        TaskRead(
            code=composed(task.get("code", "")),
            name=composed(task.get("name", "")),
            days=_days(task.get("time", "0"), where),
            next=composed(task.get("next", "")),
        )
        for task in element.findall("task")
    )
    name, days = composed(element.get("name", "")) or f"Bước {at}", _days(element.get("time", ""), where)
    summed = sum((task.days for task in tasks), Decimal(0))
    if tasks and summed != days:
        note = f"Bước {at} «{name}» ghi {plain(days)} ngày, các việc cộng lại {plain(summed)} ngày."
        words = " + ".join(f"{task.name} {plain(task.days)}" for task in tasks)
        found.append(Found(DoubtKind.TASKS_SUM, "step.time", words, note))
    agency, kind = _agency(group, units)
    if not agency:
        found.append(Found(DoubtKind.GROUP_UNKNOWN, "step.group", group, f"Bước {at} «{name}»."))
    role = _ROLES.get(composed(element.get("role", "")), StepRole.LEAD)
    return StepRead(
        key=f"buoc-{at}",
        position=at,
        order=composed(element.get("order", "")),
        name=name[:300],
        group=group,
        agency=agency or group,
        agency_kind=kind,
        role=role,
        days=days,
        tasks=tasks,
    )


def _agency(group: str, units: Mapping[str, str]) -> tuple[str, AgencyKind]:
    if group == ONE_STOP:
        return "Bộ phận tiếp nhận và trả kết quả", AgencyKind.RECEIVER
    name = units.get(_group_key(group.replace("_", " ")), "")
    return name, AgencyKind.COMPETENT if group == LEADERS else AgencyKind.FIXED


def _group_key(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word != "va")


def _links(steps: tuple[StepRead, ...], found: list[Found]) -> tuple[tuple[int, int], ...]:
    """Step links from task links; a task that leads nowhere is a doubt, and the sequence stands in for it."""
    home = {task.code: step.position for step in steps for task in step.tasks}
    links: dict[tuple[int, int], None] = {}
    broken = []
    for step in steps:
        leads = False
        for task in step.tasks:
            target = home.get(task.next)
            if target is not None and target != step.position:
                links[(step.position, target)] = None
            leads = leads or target not in (None, step.position) or task.next == END
            if target is None and task.next != END:
                broken.append(f"{task.code} → {task.next or '(trống)'}")
        if not leads and step.position < len(steps):
            links[(step.position, step.position + 1)] = None
    if broken:
        note = "Đã nối theo thứ tự bước."
        found.append(Found(DoubtKind.NEXT_BROKEN, "task.next", "; ".join(broken), note))
    return tuple(sorted(links))


def _days(text: str, where: str) -> Decimal:
    try:
        days = Decimal(text.strip().replace(",", ".") or "0")
    except InvalidOperation as problem:
        raise Refused(
            f"Thời gian «{text[:40]}» không phải số ngày.", where=where, do="Sửa số ngày trong tệp."
        ) from problem
    if not days.is_finite() or not 0 <= days <= 10_000:
        raise Refused(
            f"Thời gian «{text[:40]}» ngoài khoảng 0 đến 10.000 ngày.", where=where, do="Sửa số ngày."
        )
    return days


def _whole(text: str) -> int:
    found = re.fullmatch(r"\s*(\d{1,6})\s*", text)
    return max(1, int(found[1])) if found else 1
