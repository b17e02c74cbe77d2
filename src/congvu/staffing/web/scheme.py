"""A job-position scheme: what a unit has in force on a day, one version, its way from draft to approval."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, day_asked, read_day
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.staffing.access import may_write, refuse_unless_may_write, visible_units
from congvu.staffing.actions.approve_scheme import Approval, appraise, approve, send_back, submit
from congvu.staffing.actions.draft_scheme import discard_scheme, draft_scheme, remove_positions
from congvu.staffing.models import PositionLine, Scheme
from congvu.staffing.queries.schemes import (
    in_force,
    law_of_positions,
    lines_of,
    posts_with_below,
    scheme,
    versions,
    versions_beside,
)
from congvu.staffing.rules.kinds import DRAFT
from congvu.staffing.rules.schemes import (
    APPRAISED,
    APPROVED,
    GROUPS,
    SCHEME_STATES,
    SUBMITTED,
    beside_posts,
    by_group,
)
from congvu.staffing.web.scheme_sheet import scheme_book
from congvu.staffing.web.sheet import XLSX

CHIPS = {DRAFT: "idle", SUBMITTED: "soon", APPRAISED: "now", APPROVED: "ok"}


def unit_scheme(request: HttpRequest, code: str) -> HttpResponse:
    """The scheme of a unit in force on a day; the way to a new version. 5 statements besides the session's."""
    on = day_asked(request, "ngay") or clock.today()
    known, actor = picture(), actor_of(request)
    unit_id = known.by_code(code.upper())
    if unit_id is None or unit_id not in visible_units(actor, clock.today(), known):
        raise Http404
    if request.method == "POST":
        (drafted,) = draft_scheme([unit_id], by=actor, at=clock.now())
        return redirect("scheme", scheme_id=drafted.pk)
    held = versions(unit_id, drafts=may_write(actor))
    shown = in_force(held, on)
    return render(request, "staffing/web/scheme.html", _context(shown, held, unit_id, on, known, actor))


def scheme_page(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """One version. 5 statements besides the session's."""
    known, actor = picture(), actor_of(request)
    held = versions_beside(scheme_id, drafts=may_write(actor))
    found = next((one for one in held if one.pk == scheme_id), None)
    if found is None or found.unit_id not in visible_units(actor, clock.today(), known):
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, found, known, actor)
        except Refused as said:
            refusal = said
    on = found.valid_from or clock.today()
    context = {
        **_context(found, held, found.unit_id, on, known, actor),
        "refusal": refusal,
        "typed": request.POST,
        "version_asked": True,
    }
    return render(request, "staffing/web/scheme.html", context, status=FORM_STATUS if refusal else 200)


def scheme_sheet(request: HttpRequest, scheme_id: int) -> FileResponse:
    """The scheme as XLSX. 4 statements besides the session's."""
    known = picture()
    found = found_scheme(request, scheme_id, known)
    name = known.name(found.unit_id, found.valid_from or clock.today())
    law = law_of_positions(clock.today())
    grades = {code: one.name for code, one in law.grades.items()}
    pools = {pool.code: pool.short for pool in law.pools.values()}
    return FileResponse(
        scheme_book(found, name, lines_of(found.pk), grades, pools),
        as_attachment=True,
        filename=f"vi-tri-viec-lam-{found.pk}.xlsx",
        content_type=XLSX,
    )


def found_scheme(request: HttpRequest, scheme_id: int, known: Picture) -> Scheme:
    """The version the reader may see. 1 statement. 404 for any other."""
    actor = actor_of(request)
    scope = visible_units(actor, clock.today(), known)
    found = scheme(scheme_id, drafts=may_write(actor), seen=None if scope.all else scope.unit_ids)
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, found: Scheme, known: Picture, actor: Actor) -> HttpResponse:
    refuse_unless_may_write(actor)
    what, now = request.POST.get("viec", ""), clock.now()
    remarks = request.POST.get("remarks", "")
    if what == "trinh":
        submit([found.pk], by=actor, at=now)
        messages.success(request, "Đã trình thẩm định.")
    elif what == "tham-dinh":
        appraise([found.pk], remarks, by=actor, at=now)
        messages.success(request, "Đã ghi kết quả thẩm định.")
    elif what == "tra-lai":
        send_back([found.pk], remarks, by=actor, at=now)
        messages.success(request, "Đã trả lại để sửa.")
    elif what == "phe-duyet":
        approve([found.pk], _approval(request), by=actor, at=now)
        messages.success(request, "Đã phê duyệt; đề án không sửa được nữa, thay đổi bằng phiên bản mới.")
    elif what == "bo":
        discard_scheme(found.pk, by=actor, at=now)
        messages.success(request, "Đã bỏ dự thảo.")
        span = known.nearest(found.unit_id, clock.today())
        return redirect("unit-scheme", code=span.code if span else "")
    elif request.POST.get("bo-vi-tri", "").isdecimal():
        remove_positions(found.pk, [int(request.POST["bo-vi-tri"])], by=actor, at=now)
        messages.success(request, "Đã bỏ vị trí ra khỏi đề án.")
    else:
        raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")
    return redirect("scheme", scheme_id=found.pk)


def _approval(request: HttpRequest) -> Approval:
    day = read_day(request.POST.get("valid_from", ""))
    signed = request.POST.get("signed_on", "").strip()
    if day is None or (signed and read_day(signed) is None):
        raise Refused(
            "Không đọc được ngày.", where="valid_from", do="Ghi ngày có hiệu lực và ngày ký dạng 20/11/2026."
        )
    return Approval(request.POST.get("number", ""), read_day(signed), request.POST.get("issuer", ""), day)


def _context(
    shown: Scheme | None, held: list[Scheme], unit_id: int, on: date, known: Picture, actor: Actor
) -> dict[str, Any]:
    span = known.nearest(unit_id, on)
    lines = lines_of(shown.pk) if shown else []
    law = law_of_positions(clock.today())
    pools, grades = law.pools, law.grades
    posts = posts_with_below(unit_id, on, known)
    writes = may_write(actor)
    holders = [(line.pool, line.holders) for line in lines]
    beside = beside_posts(holders, posts, [pool.code for pool in pools.values() if pool.binding])
    return {
        "one": shown,
        "state": SCHEME_STATES[shown.state] if shown else "",
        "chip": CHIPS[shown.state] if shown else "",
        "span": span,
        "on": on,
        "stands": known.at(unit_id, clock.today()) is not None,
        "groups": _groups(lines, {code: one.name for code, one in grades.items()}, pools),
        "people": sum(line.holders for line in lines),
        "count": len(lines),
        "beside": [(one, pools[one.pool].short if one.pool in pools else one.pool) for one in beside],
        "over": any(one.over for one in beside),
        "versions": [(one, SCHEME_STATES[one.state], CHIPS[one.state]) for one in held],
        "open": next((one for one in held if one.state != APPROVED), None),
        "may_write": writes,
        "own_submission": bool(shown and actor.account_id and shown.submitted_by_id == actor.account_id),
        "writable": writes and shown is not None and shown.state == DRAFT,
        "posts_url": f"{reverse('unit-staffing', args=[span.code])}?ngay={on:%d/%m/%Y}" if span else "",
    }


def _groups(lines: list[PositionLine], grades: dict[str, str], pools: Any) -> list[dict[str, Any]]:
    """The positions under their groups, each with its words."""
    return [
        {
            "name": GROUPS[group],
            "positions": positions,
            "people": people,
            "lines": [
                {
                    "line": line,
                    "grade": grades.get(line.grade, line.grade),
                    "pool": pools[line.pool].short if line.pool in pools else line.pool,
                }
                for line in lines
                if line.group == group
            ],
        }
        for group, positions, people in by_group((line.group, line.holders) for line in lines)
    ]
