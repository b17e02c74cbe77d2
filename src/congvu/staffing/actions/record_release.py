"""Ghi người thuộc diện tinh giản vào đợt; bỏ ra; duyệt cả đợt bằng quyết định. People released, never posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rule_at
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.formats import number
from congvu.organisation.queries import picture
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.models import Release
from congvu.staffing.rules.kinds import POOLS
from congvu.staffing.rules.streamlining import CATEGORIES, Allowance, Facts, allowance

RULES = "staffing.streamlining."


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person who leaves by streamlining: who, from where, why, by which regime, with what the money depends on."""

    name: str
    born: date
    title: str
    unit_id: int
    pool: str
    category: str
    article: str
    leaves_on: date
    facts: Facts


def estimate(facts: Facts, leaves_on: date) -> tuple[Allowance, LawRule]:
    """The money by the rule in force on the day of leaving, and that rule. 1 statement."""
    rule = rule_at(f"{RULES}{facts.regime}", leaves_on)
    return allowance(facts, {**rule.value, "article": rule.citation}), rule


@transaction.atomic
def record_release(
    year: int, half: int, leaving: Sequence[Leaving], *, by: Actor, at: datetime
) -> list[Release]:
    """Put people into a batch (two a year). 3 statements and one a person for the rule. Refuses a batch approved."""
    refuse_unless_may_write(by)
    if half not in (1, 2):
        raise Refused("Mỗi năm có hai đợt: 1 và 2.", where="half", do="Chọn đợt 1 hoặc đợt 2.")
    if Release.objects.filter(year=year, half=half, approved_at__isnull=False).exists():
        raise Refused(f"Đợt {half} năm {year} đã duyệt.", where="half", do="Ghi vào đợt sau.")
    known = picture()
    rows = []
    for one in leaving:
        if one.category not in CATEGORIES or one.pool not in POOLS:
            raise Refused("Diện tinh giản hoặc nhóm không có trong danh mục.", where="category")
        if not composed(one.name):
            raise Refused("Thiếu họ tên.", where="name", do="Ghi họ tên.")
        if known.at(one.unit_id, one.leaves_on) is None:
            raise Refused(
                "Đơn vị không hoạt động vào ngày nghỉ.", where="unit", do="Kiểm tra đơn vị và ngày."
            )
        told, rule = estimate(one.facts, one.leaves_on)
        rows.append(_row(one, told, rule, year, half, by, at))
    written = Release.objects.bulk_create(rows)
    record_many(
        "staffing.record_release", "release", [(row.id, None, _facts(row)) for row in written],
        by=by, at=at, why=f"Đợt {half} năm {year}",
    )  # fmt: skip
    return written


def _row(
    one: Leaving, told: Allowance, rule: LawRule, year: int, half: int, by: Actor, at: datetime
) -> Release:
    parts = [
        [part.what, number(Decimal(part.months.numerator) / part.months.denominator), part.money]
        for part in told.parts
    ]
    return Release(
        year=year, half=half, name=composed(one.name)[:120], born=one.born, title=composed(one.title)[:120],
        unit_id=one.unit_id, pool=one.pool, category=one.category, article=composed(one.article)[:200],
        regime=one.facts.regime, leaves_on=one.leaves_on, salary=one.facts.salary,
        insured_months=one.facts.insured_months, months_early=one.facts.months_early, money=told.money, parts=parts,
        rule_citation=rule.citation, rule_evidence=rule.evidence, recorded_at=at, recorded_by=by.name,
    )  # fmt: skip


@transaction.atomic
def remove_release(release_ids: Iterable[int], *, by: Actor, at: datetime, why: str = "") -> int:
    """Take people out of a batch that is not approved. 3 statements. Returns how many."""
    refuse_unless_may_write(by)
    found = list(Release.objects.select_for_update().filter(id__in=list(release_ids)))
    if any(row.approved_at is not None for row in found):
        raise Refused("Đợt đã duyệt, không bỏ người ra được.", do="Báo cáo cơ quan đã duyệt.")
    record_many(
        "staffing.remove_release",
        "release",
        [(row.id, _facts(row), None) for row in found],
        by=by,
        at=at,
        why=why,
    )
    Release.objects.filter(id__in=[row.id for row in found]).delete()
    return len(found)


@transaction.atomic
def approve_batch(year: int, half: int, decided: str, *, by: Actor, at: datetime) -> int:
    """Approve everybody of a batch by a decision; from then on the list stands. 3 statements. Again: nothing."""
    refuse_unless_may_write(by)
    if not composed(decided):
        raise Refused("Thiếu số quyết định phê duyệt.", where="number", do="Ghi số, ký hiệu quyết định.")
    waiting = list(Release.objects.select_for_update().filter(year=year, half=half, approved_at=None))
    Release.objects.filter(id__in=[row.id for row in waiting]).update(
        approved_at=at, approved_by=by.name, decision_number=composed(decided)[:100]
    )
    after = {"decision": composed(decided)[:100]}
    record_many(
        "staffing.approve_batch",
        "release",
        [(row.id, None, after) for row in waiting],
        by=by,
        at=at,
        why=f"Đợt {half} năm {year}",
    )
    return len(waiting)


def _facts(row: Release) -> dict[str, Any]:
    kept = ("name", "unit_id", "pool", "category", "regime", "money")
    return {**{name: getattr(row, name) for name in kept}, "leaves_on": row.leaves_on.isoformat()}
