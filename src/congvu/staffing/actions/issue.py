"""Ban hành quyết định giao biên chế: from then on its lines count and cannot be changed, only corrected by another."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.staffing.access import refuse_unless_may_write
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.queries.ledger import BULK, by_day, set_by
from congvu.staffing.queries.pools import Pool, PoolBook, pool_book
from congvu.staffing.rules.fold import Key, Low, lows
from congvu.staffing.rules.kinds import GIVING, ISSUED
from congvu.staffing.rules.lines import Line, refuse_unsound


@transaction.atomic
def issue(decision_ids: Iterable[int], *, by: Actor, at: datetime) -> list[QuotaDecision]:
    """Issue drafts; those already issued are left as they are. 11 statements for any number of decisions and lines.

    Refuses: a heading that is not whole, lines that do not agree, a unit that does not exist on the day, a pool no
    longer in use, a number below zero on any day from then on, naming the decision that set it.
    """
    refuse_unless_may_write(by)
    statement(BULK, "lock_ledger").rows()
    wanted = sorted(set(decision_ids))
    found = list(
        QuotaDecision.objects.select_for_update(of=("self",))
        .filter(id__in=wanted)
        .order_by("effective", "id")
    )
    if len(found) < len(wanted):
        raise Refused("Không có dự thảo này.", do="Mở lại danh sách quyết định.")
    drafts = [one for one in found if one.state != ISSUED]
    if not drafts:
        return []
    lines = _lines_of(drafts)
    known = picture()
    names = pool_book()
    _refuse_incomplete(drafts)
    for one in drafts:
        refuse_unsound([_plain(line) for line in lines[one.id]])
        for line in lines[one.id]:
            _refuse_misplaced(one, line, known, names.on(one.effective))
    QuotaDecision.objects.filter(id__in=[one.id for one in drafts]).update(
        state=ISSUED, issued_at=at, issued_by=by.name
    )
    for one in drafts:
        one.state, one.issued_at, one.issued_by = ISSUED, at, by.name
    _refuse_below_zero(drafts, lines, known, names)
    record_many(
        "staffing.issue",
        "quota_decision",
        [(one.id, None, _facts(one, lines[one.id])) for one in drafts],
        by=by,
        at=at,
        why=", ".join(one.number for one in drafts)[:300],
    )
    return drafts


def _lines_of(drafts: Sequence[QuotaDecision]) -> dict[int, list[QuotaLine]]:
    found: dict[int, list[QuotaLine]] = {one.id: [] for one in drafts}
    for line in QuotaLine.objects.filter(decision_id__in=list(found)).order_by("decision_id", "place"):
        found[line.decision_id].append(line)
    return found


def _plain(line: QuotaLine) -> Line:
    return Line(line.unit_id, line.pool, line.kind, abs(line.delta))


def _refuse_incomplete(drafts: Sequence[QuotaDecision]) -> None:
    """Refuses a heading that is not whole, a number the book has, a second correction. 2 statements."""
    for one in drafts:
        if one.signed_on is None or not one.issuer:
            raise Refused(
                f"Quyết định {one.number} thiếu ngày ký hoặc cơ quan ban hành.",
                where="signed_on" if one.signed_on is None else "issuer",
                do="Sửa dự thảo, ghi đủ số, ngày, cơ quan ban hành.",
            )
    issued = QuotaDecision.objects.filter(state=ISSUED)
    taken = set(issued.filter(number__in=[one.number for one in drafts]).values_list("number", "signed_on"))
    corrected = set(
        issued.filter(corrects__in=[one.corrects_id for one in drafts if one.corrects_id]).values_list(
            "corrects_id", flat=True
        )
    )
    for one in drafts:
        if (one.number, one.signed_on) in taken:
            raise Refused(
                f"Sổ đã có quyết định {one.number} ngày {one.signed_on:%d/%m/%Y}.",
                where="number",
                do="Kiểm tra lại số và ngày ký.",
            )
        if one.corrects_id in corrected:
            raise Refused(
                "Quyết định này đã được đính chính bằng quyết định khác.",
                do="Đính chính quyết định sau cùng.",
            )
        taken.add((one.number, one.signed_on))
        corrected.update({one.corrects_id} if one.corrects_id else ())


def _refuse_misplaced(one: QuotaDecision, line: QuotaLine, known: Picture, names: dict[str, Pool]) -> None:
    """A line gives only to a unit that stands on the day; what a unit that ended still holds may be taken from it."""
    day = one.effective
    span = known.nearest(line.unit_id, day)
    ended = span is not None and span.valid_to is not None and span.valid_to <= day
    if span is None or not (span.covers(day) or (ended and line.kind not in GIVING)):
        raise Refused(
            f"Dòng {line.place}: {span.name if span else 'đơn vị'} không hoạt động vào ngày {day:%d/%m/%Y}.",
            where="lines",
            do="Chọn đơn vị đang hoạt động vào ngày hiệu lực, hoặc sửa ngày.",
        )
    pool = names.get(line.pool)
    if pool is None or (not pool.open and line.kind in GIVING):
        raise Refused(
            f"Dòng {line.place}: không giao thêm «{pool.name if pool else line.pool}» từ ngày này.",
            where="lines",
            do="Chọn nhóm biên chế đang dùng.",
            article=pool.citation if pool else "",
        )


def _refuse_below_zero(
    drafts: Sequence[QuotaDecision], lines: dict[int, list[QuotaLine]], known: Picture, names: PoolBook
) -> None:
    """Refuses a balance that these decisions push below zero on any day. Old faults of others do not stand in the way."""
    touched = {line.pool for of in lines.values() for line in of}
    touched |= _pools_corrected(drafts)
    before = lows(by_day(touched, [one.id for one in drafts]), known.flows)
    after = lows(by_day(touched), known.flows)
    worse = [(key, low) for key, low in after.items() if key not in before or low.posts < before[key].posts]
    if worse:
        _refuse_low(min(worse, key=lambda one: (one[1].on, one[0])), drafts, known, names)


def _pools_corrected(drafts: Sequence[QuotaDecision]) -> set[str]:
    corrected = [one.corrects_id for one in drafts if one.corrects_id]
    if not corrected:
        return set()
    return set(QuotaLine.objects.filter(decision_id__in=corrected).values_list("pool", flat=True))


def _refuse_low(
    worst: tuple[Key, Low], drafts: Sequence[QuotaDecision], known: Picture, names: PoolBook
) -> None:
    (unit, pool), low = worst
    others = [one.id for one in drafts]
    source = set_by([unit], pool, low.on, without=others)
    limit = f" Số đang được giao theo {source.words}." if source else " Đơn vị chưa được giao số nào."
    there = names.on(low.on)
    name = there[pool].name if pool in there else pool
    raise Refused(
        f"{known.name(unit, low.on)}, {name.lower()}: ngày {low.on:%d/%m/%Y} sẽ còn {low.posts}, dưới không.{limit}",
        where="lines",
        do="Không thu hồi, cắt giảm hoặc chuyển đi quá số đang được giao; sửa số hoặc ngày hiệu lực.",
    )


def _facts(one: QuotaDecision, lines: Sequence[QuotaLine]) -> dict[str, object]:
    return {
        "number": one.number,
        "signed_on": one.signed_on.isoformat() if one.signed_on else None,
        "effective": one.effective.isoformat(),
        "corrects": one.corrects_id,
        "lines": [[line.unit_id, line.pool, line.kind, line.delta] for line in lines],
    }
