"""The step table as a form: rows typed, rows shown, and the process they say."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from congvu.foundation.identity.roles import CLERK, LEADER, ROLE_WORDS, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.procedures.rules.process.graph import Agency, Process
from congvu.procedures.rules.process.table import TableRow, from_table, to_table
from congvu.procedures.rules.words import AgencyKind, Archetype, StepKind, StepRole, TermUnit

SPARE_ROWS = 3
MOST_STEPS = 60
OFFICERS = [("", "–"), *((role, ROLE_WORDS[role]) for role in (CLERK, SPECIALIST, LEADER))]
COLUMNS = {"key": "ma-buoc", "name": "ten", "duty": "viec-lam", "role": "vai-tro", "kind": "loai", "unit": "don-vi",
           "officer": "nguoi-lam", "n": "so", "term_unit": "don-vi-tg", "waits": "cho-buoc", "branches": "re-nhanh",
           "step_kind": "loai-buoc", "sub": "thu-tuc-con", "labels": "ten-du-kien"}  # fmt: skip
EMPTY = {**dict.fromkeys(COLUMNS, ""), "role": StepRole.LEAD.value, "kind": AgencyKind.COMPETENT.value,
         "term_unit": TermUnit.NGAY_LAM_VIEC.value, "step_kind": StepKind.TASK.value}  # fmt: skip
Row = dict[str, str]


def typed_rows(data: QueryDict) -> list[Row]:
    """The rows as typed; a column the form did not send has its plain value."""
    typed = {key: data.getlist(name)[:MOST_STEPS] for key, name in COLUMNS.items()}
    count = len(typed["name"])
    return [
        {
            key: composed(values[at])[:1000] if at < len(values) else EMPTY[key]
            for key, values in typed.items()
        }
        for at in range(count)
    ]


def with_spare(rows: list[Row]) -> list[Row]:
    """The rows with empty ones after the last that says something."""
    last = max((at for at, row in enumerate(rows, start=1) if row["name"]), default=0)
    return [*rows[:last], *({**EMPTY} for _ in range(SPARE_ROWS))]


def shown_rows(process: Process, names: Mapping[int, str]) -> list[Row]:
    """The rows of a stored process. `names`: of its fixed units."""
    return [
        {
            "key": row.key,
            "name": row.name,
            "duty": row.duty,
            "role": row.role,
            "kind": row.agency.kind,
            "unit": names.get(row.agency.unit_id or 0, row.agency.text)
            if row.agency.kind == AgencyKind.FIXED.value
            else "",
            "officer": row.officer,
            "n": "" if row.term_n is None else f"{row.term_n.normalize():f}".replace(".", ","),
            "term_unit": row.term_unit,
            "waits": row.waits,
            "branches": row.branches,
            "step_kind": row.kind,
            "sub": row.sub_procedure,
            "labels": row.labels,
        }
        for row in to_table(process)
    ]


def read_process(
    rows: list[Row], units: list[tuple[int, str]], archetype: str, kept: frozenset[str]
) -> Process:
    """The process the rows say. `units`: those one may choose; `kept`: names of agencies the draft already has
    without a unit, which may stay so. Refuses at the row what cannot be read."""
    by_name = _unit_names(units)
    table = []
    for number, row in enumerate(rows, start=1):
        where = f"Bước {number}"
        agency = Agency(row["kind"])
        if row["kind"] == AgencyKind.FIXED.value and row["name"] and row["unit"]:
            unit = by_name.get(fold(row["unit"]))
            if unit is None and row["unit"] not in kept:
                raise Refused(
                    f"Không có đơn vị «{row['unit'][:80]}».", where=where, do="Chọn tên trong danh sách."
                )
            agency = Agency(row["kind"], unit, "", row["unit"])
        table.append(
            TableRow(
                name=row["name"],
                key=row["key"],
                agency=agency,
                role=row["role"],
                officer=row["officer"],
                duty=row["duty"],
                term_n=read_decimal(row["n"], where) if row["name"] else None,
                term_unit=row["term_unit"],
                waits=row["waits"],
                branches=row["branches"],
                kind=row["step_kind"],
                sub_procedure=row["sub"],
                labels=row["labels"],
            )
        )
    return from_table(table, archetype or Archetype.APPROVAL.value)


def read_decimal(typed: str, where: str) -> Decimal | None:
    """ "0,5" -> 0.5, "" -> None. Refuses what is no number, and what no term could be."""
    plain = typed.strip().replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as problem:
        raise Refused(
            f"«{typed[:30]}» không phải số.", where=where, do="Gõ số, ví dụ 0,5 hoặc 3."
        ) from problem
    if not number.is_finite() or abs(number) > 100_000:
        raise Refused(f"«{typed[:30]}» quá lớn.", where=where, do="Gõ số ngày thực tế.")
    return number


def _unit_names(units: list[tuple[int, str]]) -> dict[str, int]:
    """Units by what one may type: the label of the list, or the name alone when only one unit has it."""
    found = {fold(label): unit for unit, label in units}
    alone: dict[str, int | None] = {}
    for unit, label in units:
        name = fold(label.rpartition(" (")[0])
        alone[name] = None if name in alone else unit
    return {**{name: unit for name, unit in alone.items() if unit is not None}, **found}
