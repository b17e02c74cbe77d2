"""One decision: its lines with the balance before and after; a draft can be issued or thrown away here."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.staffing.access import may_write, visible_units
from congvu.staffing.actions.draft import discard_draft
from congvu.staffing.actions.issue import issue
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.queries.decisions import decision, draft_correcting, lines_of
from congvu.staffing.queries.ledger import balances
from congvu.staffing.queries.pools import pool_book
from congvu.staffing.rules.kinds import DRAFT, LINE_KINDS
from congvu.staffing.web.words import signed


def decision_page(request: HttpRequest, decision_id: int) -> HttpResponse:
    """6 statements besides the session's."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = picture()
    scope = visible_units(actor, clock.today(), known)
    seen = None if scope.all else scope.unit_ids
    found = decision(decision_id, drafts=may_write(actor), seen=seen)
    if found is None:
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, found, actor)
        except Refused as said:
            refusal = said
    lines = lines_of(found.id, seen)
    context = {
        "one": found,
        "draft": found.state == DRAFT,
        "refusal": refusal,
        "lines": _lines(found, lines, known),
        "sums": _sums(found, lines),
        "correcting": draft_correcting(found.id) if may_write(actor) and found.state != DRAFT else None,
        "may_write": may_write(actor),
    }
    status = FORM_STATUS if refusal else 200
    return render(request, "staffing/web/decision.html", context, status=status)


def _act(request: HttpRequest, found: QuotaDecision, actor: Actor) -> HttpResponse:
    if not may_write(actor):
        raise Refused(
            "Chỉ cán bộ tổ chức, nhân sự được ban hành hoặc bỏ dự thảo.", do="Đề nghị cơ quan tổ chức."
        )
    what = request.POST.get("viec")
    if what == "ban-hanh":
        issue([found.id], by=actor, at=clock.now())
        messages.success(
            request, f"Đã ghi sổ quyết định {found.number}, có hiệu lực từ {found.effective:%d/%m/%Y}."
        )
        return redirect("quota-decision", decision_id=found.id)
    if what == "bo":
        discard_draft(found.id, by=actor, at=clock.now())
        messages.success(request, f"Đã bỏ dự thảo {found.number}.")
        return redirect("quota-decisions")
    raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")


def _lines(found: QuotaDecision, lines: list[QuotaLine], known: Picture) -> list[dict[str, object]]:
    """Each line with the balance of its unit and pool the evening before, and what is in force on the day."""
    day = found.effective
    names = pool_book().on(day)
    before, after = balances([previous_day(day), day], known, map_on=day)
    told = []
    for line in lines:
        key = (line.unit_id, line.pool)
        span = known.nearest(line.unit_id, day)
        told.append({
            "line": line,
            "kind": LINE_KINDS[line.kind],
            "pool": names[line.pool].short if line.pool in names else line.pool,
            "evidence": names[line.pool].evidence if line.pool in names else "",
            "name": span.name if span else line.unit.code,
            "posts": signed(line.delta),
            "before": before.posts.get(key, 0),
            "after": after.posts.get(key, 0),
        })  # fmt: skip
    return told


def _sums(found: QuotaDecision, lines: list[QuotaLine]) -> list[tuple[str, str]]:
    by_kind: dict[str, int] = {}
    for line in lines:
        by_kind[line.kind] = by_kind.get(line.kind, 0) + line.delta
    return [(LINE_KINDS[kind], signed(total)) for kind, total in by_kind.items()]
