"""Indices of the demo province: the PAR index of departments, 2025 published and 2026 being appraised; the one-stop score of a
quarter, published, and of the next, just filled from the dossiers. Every number is made up."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.indices.actions.draft_set import Heading, approve_set, draft_set
from congvu.indices.actions.move_sheet import move_sheets
from congvu.indices.actions.open_round import Opening, open_round
from congvu.indices.actions.publish_round import publish_round
from congvu.indices.actions.write_sheet import Typed, write_sheet
from congvu.indices.models import IndexSet, Round, Sheet
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import standing
from congvu.indices.rules.numbers import read_decimal, written
from congvu.indices.rules.scoring import Deduction, Judged, Linear, Mean, Ratio, Steps, Survey, YesNo
from congvu.indices.rules.sets import read_table
from congvu.indices.rules.starter import Starter
from congvu.indices.rules.starter.one_stop import ONE_STOP
from congvu.indices.rules.starter.par import PAR
from congvu.indices.rules.starter.service import SERVICE
from congvu.indices.rules.tree import Node, leaves
from congvu.organisation.queries import picture

OFFICE = Actor(name="Tổ thẩm định, Sở Nội vụ", system=True)
COUNCIL_CLERK = Actor(name="Thư ký Hội đồng thẩm định", system=True)
FOLLOWED = {
    "1.4": "Sáng kiến, giải pháp mới trong cải cách hành chính"
}  # of 2025, under another name in 2026

DUE = {
    "self": date(2026, 11, 18), "appraisal": date(2026, 12, 10), "explain": date(2026, 12, 20), "second": date(2027, 1, 5),
    "council": date(2027, 1, 20),
}  # fmt: skip
_HANDED_IN = datetime(2026, 11, 16, 9, tzinfo=LEGAL_ZONE)


def load(*, at: datetime, seed: int, communes: int) -> int:
    """Sets, rounds and sheets. `communes`: how many take part in the one-stop score. Returns how many sheets. About 40
    statements a sheet that is published."""
    if at < _HANDED_IN:
        return 0
    chance = random.Random(seed + 92)
    last_year, this_year = _set(PAR, "2025", _of_2025(PAR.table)), _set(PAR, "2026", PAR.table)
    service = _set(SERVICE, "2026", SERVICE.table)
    one_stop = _set(ONE_STOP, "2026", ONE_STOP.table)
    count = 0
    departments = _units(date(2025, 12, 31), ("SO",), "TINH")
    done = _open(last_year, departments, date(2025, 1, 1), date(2025, 12, 31), _moment(2025, 12, 15))
    count += _publish(done, chance, _moment(2026, 1, 10), "112/QĐ-UBND")
    departments = _units(at.date(), ("SO",), "TINH")
    now = _open(this_year, departments, date(2026, 1, 1), date(2026, 12, 31), _moment(2026, 11, 2), DUE)
    count += _half_way(now, chance, _HANDED_IN)
    counters = [
        *_units(at.date(), ("TRUNG_TAM_PVHCC",), "TINH"),
        *_units(at.date(), ("UBND", "XA", "PHUONG", "DAC_KHU"), "XA")[:communes],
    ]
    if counters:
        third = _open(one_stop, counters, date(2026, 7, 1), date(2026, 9, 30), _moment(2026, 10, 1))
        count += _publish(third, chance, _moment(2026, 10, 8), "871/QĐ-UBND")
        fourth = _open(one_stop, counters, date(2026, 10, 1), date(2026, 12, 31), at)
        count += Sheet.objects.filter(round=fourth).count()
    province = _units(at.date(), ("UBND",), "TINH")
    count += Sheet.objects.filter(
        round=_open(service, province, date(2026, 10, 1), date(2026, 12, 31), at)
    ).count()
    return count


def _of_2025(table: str) -> str:
    """The set of the year before: one criterion was called otherwise, another was not there yet."""
    lines = []
    for line in table.strip().splitlines():
        code, name, rest = line.split(";", 2)
        if code in ("4.3", "4.2"):  # 4.2 carried the points of both
            rest = rest.replace(" 3;", " 5;", 1) if code == "4.2" else ""
        if rest:
            lines.append(f"{code};{' ' + FOLLOWED[code] if code in FOLLOWED else name};{rest}")
    return "\n".join(lines)


def _set(starter: Starter, edition: str, table: str) -> IndexSet:
    year = int(edition)
    heading = Heading(
        starter.code, edition, starter.name, starter.audience, starter.measure, Decimal(starter.whole),
        _decimal(starter.step), "exclude", starter.bands, starter.citation, starter.evidence,
    )  # fmt: skip
    nodes = read_table(table).nodes
    if edition == "2026" and starter is PAR:
        nodes = tuple(replace(one, same_as=one.code) if one.code in FOLLOWED else one for one in nodes)
    made = draft_set(heading, nodes, by=SYSTEM, at=_moment(year, 1, 6))
    return approve_set(
        made.pk, f"{40 + year % 100}/QĐ-UBND", date(year, 1, 9), by=SYSTEM, at=_moment(year, 1, 9)
    )


def _decimal(text: str) -> Decimal:
    number = read_decimal(text) or Fraction(0)
    return Decimal(number.numerator) / Decimal(number.denominator)


def _units(on: date, kinds: Sequence[str], tier: str) -> list[int]:
    return [node.unit_id for node in picture().tree(on) if node.tier == tier and node.kind in kinds]


def _open(
    of: IndexSet, units: list[int], first: date, last: date, at: datetime, due: dict[str, date] | None = None
) -> Round:
    quarter = f"quý {(last.month + 2) // 3}/{last.year}"
    name = f"{of.name}, {quarter if first.month > 1 else f'năm {of.edition}'}"
    return open_round(Opening(of.pk, name[:200], first, last, units, deadlines=due or {}), by=SYSTEM, at=at)


def _publish(one: Round, chance: random.Random, at: datetime, number: str) -> int:
    """All the way of every sheet."""
    sheets, nodes = _sheets(one)
    for sheet in sheets:
        skill = chance.uniform(0.62, 0.9)
        write_sheet(sheet.pk, _stated(nodes, chance, skill), by=_of(sheet), at=at)
    ids = [sheet.pk for sheet in sheets]
    move_sheets(ids, "submit", by=SYSTEM, at=at)
    for sheet in sheets:
        write_sheet(sheet.pk, _appraised(nodes, chance), by=OFFICE, at=at)
    move_sheets(ids, "tell", by=OFFICE, at=at)
    move_sheets(ids, "explain", by=SYSTEM, at=at)
    move_sheets(ids, "to_council", by=OFFICE, at=at)
    publish_round(one.pk, number, by=COUNCIL_CLERK, at=at)
    return len(ids)


def _half_way(one: Round, chance: random.Random, at: datetime) -> int:
    """Most have handed in, two lie late with their units, one has its appraisal and explains."""
    sheets, nodes = _sheets(one)
    filled = standing([sheet.pk for sheet in sheets])
    for sheet in sheets:
        open_ones = [node for node in nodes if node.code not in filled.get(sheet.pk, {})]
        write_sheet(sheet.pk, _stated(open_ones, chance, chance.uniform(0.62, 0.9)), by=_of(sheet), at=at)
    handed = [sheet.pk for sheet in sheets[2:]]
    if handed:
        move_sheets(handed, "submit", by=SYSTEM, at=at)
        write_sheet(handed[0], _appraised(nodes, chance), by=OFFICE, at=at)
        move_sheets(handed[:1], "tell", by=OFFICE, at=at)
    return len(sheets)


def _sheets(one: Round) -> tuple[list[Sheet], tuple[Node, ...]]:
    nodes = leaves(nodes_of(criteria_of([one.set_id]).get(one.set_id, ())))
    return list(Sheet.objects.filter(round=one).order_by("pk")), nodes


def _of(sheet: Sheet) -> Actor:
    return Actor(name=f"Văn phòng {sheet.name}"[:200], system=True)


def _stated(nodes: Sequence[Node], chance: random.Random, skill: float) -> dict[str, Typed]:
    """Self-scores of a unit that is as good as `skill`."""
    return {one.code: Typed(_cell(one, chance, skill)) for one in nodes if not isinstance(one.rule, Survey)}


def _cell(node: Node, chance: random.Random, skill: float) -> str:
    most = node.maximum or Fraction(0)
    match node.rule:
        case YesNo():
            return "có" if chance.random() < skill + 0.1 else "không"
        case Ratio() | Linear() | Steps():
            whole = chance.randrange(12, 90)
            if chance.random() < 0.04:
                return "kps"
            return f"{min(whole, round(whole * min(1.0, skill + chance.uniform(0, 0.15))))}/{whole}"
        case Deduction():
            return str(chance.choice((0, 0, 0, 1, 2)))
        case Mean():
            dossiers = chance.randrange(40, 400)
            return f"{min(2 * dossiers, round(2 * dossiers * (skill - chance.uniform(0, 0.1))))}/{dossiers}"
        case Judged():
            steps = int(most * 4)
            quarters = max(0, min(steps, round(steps * skill) - chance.randrange(2)))
            return (
                written(Fraction(quarters, 4))
                if most > 2 or most != int(most)
                else written(Fraction(round(quarters / 4)))
            )
    return ""


def _appraised(nodes: Sequence[Node], chance: random.Random) -> dict[str, Typed]:
    """Mostly agreed; now and then less, with why; what respondents answered."""
    told: dict[str, Typed] = {}
    for one in nodes:
        if isinstance(one.rule, Survey):
            told[one.code] = Typed("; ".join(f"{group}: {_answers(chance)}" for group in one.rule.groups))
        elif isinstance(one.rule, YesNo) and chance.random() < 0.06:
            told[one.code] = Typed("0", "Chưa có tài liệu kiểm chứng")
        else:
            told[one.code] = Typed("=")
    return told


def _answers(chance: random.Random) -> str:
    return " ".join(str(chance.randrange(*span)) for span in ((0, 3), (0, 6), (5, 25), (60, 140), (40, 120)))


def _moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=LEGAL_ZONE)
