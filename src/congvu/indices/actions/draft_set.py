"""Writing a set of criteria: a draft, its table, its approval by decision; then it is frozen and a change is the next edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indices.access import refuse_unless_keeps
from congvu.indices.models import Criterion, IndexSet
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.rules.sets import APPROVED, DRAFT, MOST, bands_text, problems_of, read_bands
from congvu.indices.rules.tree import Node

MOST_STEP = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said of a set beside its table."""

    code: str
    edition: str
    name: str
    audience: str
    measure: str
    whole: Decimal | None
    step: Decimal
    policy: str
    bands: str
    citation: str
    evidence: str


@transaction.atomic
def draft_set(heading: Heading, nodes: Sequence[Node], *, by: Actor, at: datetime) -> IndexSet:
    """A draft with its table. 4 statements. Refuses an edition there is already, no citation, bands that cannot be read.
    What does not add up yet is shown beside it, and refused when it is to be approved."""
    refuse_unless_keeps(by)
    _refuse_taken(heading, None)
    made = _fill(IndexSet(state=DRAFT, drafted_at=at, drafted_by=by.name[:200]), heading)
    _save(made)
    _write(made, nodes)
    record(
        "indices.draft_set",
        "index_set",
        made.pk,
        by=by,
        at=at,
        after={"set": str(made), "criteria": len(nodes)},
    )
    return made


@transaction.atomic
def change_set(set_id: int, heading: Heading, nodes: Sequence[Node], *, by: Actor, at: datetime) -> IndexSet:
    """Write a draft anew. 11 statements. Refuses a set that is approved: its next edition is drafted instead."""
    refuse_unless_keeps(by)
    held = _draft(set_id)
    _refuse_taken(heading, set_id)
    rows = criteria_of([set_id]).get(set_id, [])
    before = {one.code: f"{one.name}; {one.maximum}; {one.rule}" for one in rows}
    _save(_fill(held, heading))
    Criterion.objects.filter(set=held).delete()
    _write(held, nodes)
    after = {
        one.code: f"{one.name}; {one.maximum}; {one.rule}" for one in criteria_of([set_id]).get(set_id, [])
    }
    changed = {code for code in {*before, *after} if before.get(code) != after.get(code)}
    record(
        "indices.change_set", "index_set", held.pk, by=by, at=at,
        before={code: before[code] for code in sorted(changed) if code in before},
        after={code: after[code] for code in sorted(changed) if code in after},
    )  # fmt: skip
    return held


@transaction.atomic
def discard_set(set_id: int, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. 4 statements."""
    refuse_unless_keeps(by)
    held = _draft(set_id)
    record("indices.discard_set", "index_set", held.pk, by=by, at=at, before={"set": str(held)})
    held.delete()


@transaction.atomic
def approve_set(set_id: int, number: str, signed_on: date | None, *, by: Actor, at: datetime) -> IndexSet:
    """Approved by a decision and frozen. 4 statements. Refuses while anything in it does not add up."""
    refuse_unless_keeps(by)
    held = _draft(set_id)
    said = composed(number.replace("\x00", ""))[:100]
    if not said:
        raise Refused(
            "Thiếu số quyết định ban hành bộ chỉ số.", where="number", do="Ghi số, ký hiệu quyết định."
        )
    nodes = nodes_of(criteria_of([set_id]).get(set_id, ()))
    wrong = problems_of(nodes, None if held.whole is None else Fraction(held.whole))
    if wrong:
        raise Refused(
            f"Bộ chỉ số chưa đúng: {' '.join(wrong[:5])}", where="table", do="Sửa bảng rồi phê duyệt."
        )
    held.state, held.decision_number, held.signed_on = APPROVED, said, signed_on
    held.approved_at, held.approved_by = at, by.name[:200]
    held.save()
    record("indices.approve_set", "index_set", held.pk, by=by, at=at, after={"decision_number": said})
    return held


def _draft(set_id: int) -> IndexSet:
    """The draft, locked. 1 statement."""
    held = IndexSet.objects.select_for_update().filter(pk=set_id).first()
    if held is None:
        raise Refused("Không có bộ chỉ số này.", do="Mở lại danh sách.")
    if held.state != DRAFT:
        raise Refused("Bộ chỉ số đã phê duyệt, không sửa được.", do="Lập bộ của năm sau từ bộ này.")
    return held


def _refuse_taken(heading: Heading, own: int | None) -> None:
    if heading.whole is not None and heading.whole >= MOST:
        raise Refused(f"Tổng điểm phải nhỏ hơn {MOST}.", where="whole", do="Ghi như 100.")
    if heading.step >= MOST_STEP:
        raise Refused(f"Bước điểm phải nhỏ hơn {MOST_STEP}.", where="step", do="Ghi như 0,25.")
    if not heading.citation.strip():
        raise Refused("Chưa ghi căn cứ.", where="citation", do="Ghi văn bản ban hành hoặc dự kiến ban hành.")
    if IndexSet.objects.filter(code=heading.code, edition=heading.edition).exclude(pk=own or 0).exists():
        raise Refused(
            f"Đã có bộ «{heading.code}» năm {heading.edition}.", where="edition", do="Chọn mã hoặc năm khác."
        )


def _save(one: IndexSet) -> None:
    """Refuses an edition somebody else has just taken. 1 statement and a savepoint."""
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as taken:
        raise Refused(
            f"Đã có bộ «{one.code}» năm {one.edition}.", where="edition", do="Chọn mã hoặc năm khác."
        ) from taken


def _fill(one: IndexSet, heading: Heading) -> IndexSet:
    for name in (
        "code",
        "edition",
        "name",
        "audience",
        "measure",
        "whole",
        "step",
        "policy",
        "citation",
        "evidence",
    ):
        setattr(one, name, getattr(heading, name))
    one.bands = bands_text(read_bands(heading.bands))
    return one


def _write(one: IndexSet, nodes: Sequence[Node]) -> None:
    codes = [node.code for node in nodes]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise Refused(f"Mã {', '.join(twice[:5])} dùng hai lần.", where="table", do="Mỗi tiêu chí một mã.")
    Criterion.objects.bulk_create(
        Criterion(
            set=one, place=place, code=node.code, name=node.name, rule=node.rule.words if node.rule else "", figure=node.figure,
            maximum=None if node.maximum is None else Decimal(node.maximum.numerator) / Decimal(node.maximum.denominator),
            proof=node.proof, same_as=node.same_as,
        )
        for place, node in enumerate(nodes)
    )  # fmt: skip
