"""One unit: what it is on a day, its versions and events, where it came from and what stands for it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER, PERSONNEL, ROLE_WORDS
from congvu.foundation.ui.forms import day_asked
from congvu.foundation.ui.pager import page_after
from congvu.organisation import queries
from congvu.organisation.access import may_change, may_read_registers, scope_of
from congvu.organisation.models import UnitVersion
from congvu.organisation.queries.registers import equipment_of, functions_of
from congvu.organisation.rules.autonomy import GROUPS
from congvu.organisation.rules.facilities import LEVELS
from congvu.organisation.rules.kinds import TIERS, UNIT_KINDS
from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.rules.succession import successors
from congvu.organisation.web.drawing import draw
from congvu.organisation.web.lineage import draw_lineage
from congvu.organisation.web.telling import Named, events_told, heirs_told

SHOWN_FUNCTIONS = 5
PAGE = 200  # units below, on a page


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """5 statements besides the session's; 2 more for readers of the registers."""
    picture = queries.picture()
    unit_id = picture.by_code(code.upper())
    if unit_id is None:
        raise Http404
    on = day_asked(request, "ngay") or clock.today()
    span, history = picture.nearest(unit_id, on), queries.history(unit_id)
    if span is None:
        raise Http404
    stands = span.covers(on)
    children = picture.children(unit_id, on)
    page = page_after(children, PAGE, lambda child: child.unit_id, request.GET.get("sau", ""))
    context = {
        "unit_id": unit_id,
        "span": span,
        "on": on,
        "stands": stands,
        "asked": {"query": f"ngay={on:%d/%m/%Y}"},
        "facts": _facts(span, picture, on),
        "above": [] if not stands else list(reversed(picture.ancestors(unit_id, on))),
        "children": page.rows,
        "children_count": len(children),
        "page": page,
        "drawing": draw(picture, unit_id, on, {}) if stands else None,
        "lineage": draw_lineage(picture, unit_id, max(on, clock.today())),
        "heirs": heirs_told(picture, successors(picture, unit_id, on), on) if not stands else [],
        "sources": _sources(picture, unit_id, on),
        "roles": _roles(unit_id, on),
        "versions": [_version(one, picture) for one in history.versions if one.superseded_at is None],
        "superseded": [_version(one, picture) for one in history.versions if one.superseded_at is not None],
        "events": events_told(history.events, picture),
        "may_change": not may_change(request.actor),  # type: ignore[attr-defined]
        "registers": _registers(request.actor, unit_id, on),  # type: ignore[attr-defined]
        "oversees": _oversees(request.actor, unit_id, on, picture),  # type: ignore[attr-defined]
        "people_url": _people_url(request.actor, unit_id, on, picture),  # type: ignore[attr-defined]
    }
    return render(request, "organisation/web/unit.html", context)


def _registers(actor: Actor, unit_id: int, on: date) -> dict[str, object] | None:
    """What the unit is for and how it is equipped, in a few lines; None for who does not read the registers. 2 statements."""
    if not may_read_registers(actor):
        return None
    functions, has = functions_of(unit_id, on), equipment_of(unit_id, on)
    lines = [
        ("ISO", has.get("iso", "")),
        ("Bộ phận một cửa", LEVELS.get(has.get("mot-cua", ""), "")),
        ("Tự chủ", GROUPS.get(has.get("tu-chu", ""), "")),
    ]
    return {
        "functions": functions[:SHOWN_FUNCTIONS],
        "count": len(functions),
        "facts": [(words, value) for words, value in lines if value],
    }


def _oversees(actor: Actor, unit_id: int, on: date, picture: Picture) -> bool:
    """Whether the unit's posts and people are the reader's business: areas above show them."""
    if actor.has(PERSONNEL, ADMIN):
        return True
    return actor.has(LEADER, AUDITOR) and unit_id in scope_of(actor, on, picture)


def _people_url(actor: Actor, unit_id: int, on: date, picture: Picture) -> str:
    """Where the unit's people are listed, for those who may open it; keeping accounts gives no right to people."""
    may = actor.has(PERSONNEL, LEADER, AUDITOR) and _oversees(actor, unit_id, on, picture)
    try:
        return reverse("people") if may else ""
    except NoReverseMatch:
        return ""


def _facts(span: Span, picture: Picture, on: date) -> list[tuple[str, str]]:
    parent = picture.name(span.parent_id, on) if span.parent_id else "Không có"
    return [
        ("Mã định danh", span.code),
        ("Tên ngắn", span.short_name),
        ("Loại", UNIT_KINDS[span.kind]),
        ("Cấp", TIERS[span.tier]),
        ("Cấp trên trực tiếp", parent),
        ("Tên này từ ngày", f"{span.valid_from:%d/%m/%Y}"),
    ]


def _sources(picture: Picture, unit_id: int, on: date) -> list[Named]:
    """Units that, wholly or in part, came into this one by the day."""
    return [
        Named(
            picture.of(flow.from_id)[0].code,
            picture.name(flow.from_id, flow.effective),
            "" if flow.share in (None, 1) else str(flow.share),
        )
        for flow in picture.received(unit_id)
        if flow.effective <= on
    ]


def _roles(unit_id: int, on: date) -> list[tuple[str, int]]:
    held = queries.grants_by_role([unit_id], on).get(unit_id, {})
    return [(ROLE_WORDS[role], count) for role, count in sorted(held.items())]


def _version(row: UnitVersion, picture: Picture) -> dict[str, object]:
    return {
        "row": row,
        "kind": UNIT_KINDS[row.kind],
        "tier": TIERS[row.tier].split(" (")[0],
        "parent": picture.name(row.parent_id, row.valid_from) if row.parent_id else "",
    }
