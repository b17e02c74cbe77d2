"""What moving running dossiers to the version in force would do to each of them; the post moves them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import Visible, movable_by, visible_to
from congvu.dossiers.actions.door import read_within
from congvu.dossiers.actions.move_version import AT_ONCE, move_version
from congvu.dossiers.actions.version_plan import Judge, Judged, Kind, Plan, Side, What
from congvu.dossiers.queries.version_moves import MOST, Named, running_of
from congvu.dossiers.rules.move_terms import DueChoice, PaperChoice
from congvu.dossiers.web.move_form import (
    DecisionForm,
    fault_of,
    kept,
    new_steps,
    planned,
    radio,
    said_before,
    step_choices,
)
from congvu.dossiers.web.running import named_or_404, target_of
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import FORM_STATUS, read_number
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

PAGE = 50
KINDS = {
    Kind.SAME: ("ok", "Chuyển, không đổi gì"),
    Kind.CHANGED: ("soon", "Chuyển, có thay đổi"),
    Kind.CANNOT: ("late", "Không chuyển được"),
}


def move_preview(request: HttpRequest, code: str) -> HttpResponse:
    """`…/ho-so-dang-chay/xem-truoc/`: what a move would do to each dossier; the post moves them, AT_ONCE at a time, and
    comes back for the next turn with the decision filled in. A preview looks at MOST of them, the oldest first.

    8 statements whatever the number of dossiers (more the first time the server sees a version).
    """
    versions = named_or_404(code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    data = request.POST if request.method == "POST" else request.GET
    before, after = _sides(data, versions)
    plan = planned(data, before, after)
    refusal = fault_of(plan)
    posted = request.POST if request.method == "POST" else None
    form = DecisionForm(posted, initial=said_before(request.GET), later=plan.due is DueChoice.FOLLOW)
    known = picture()
    judged = _judged(plan, actor, known, refusal, read_number(data.get("tu", "")))
    more, judged = len(judged) > MOST, judged[:MOST]
    shown = [one for one in judged if _wanted(one, data)]
    if request.method == "POST" and refusal is None and form.is_valid():
        try:
            return _apply(request, versions, plan, shown, form)
        except Refused as problem:
            form.refuse(problem)
    context = _told(versions, plan, judged, shown, data, may_read=visible_to(actor, clock.today(), known))
    context |= {"form": form, "refusal": refusal, **_window(plan, judged, data, more=more)}
    status = FORM_STATUS if refusal is not None or form.errors else 200
    return render(request, "dossiers/web/move_preview.html", context, status=status)


def _sides(data: QueryDict, versions: Named) -> tuple[Side, Side]:
    version, process = read_number(data.get("ban", "")), read_number(data.get("quy-trinh", "")) or None
    if version not in versions.versions or (process is not None and process not in versions.processes):
        raise Http404("Không có bản ấy.")
    before = Side(version, process)
    return before, Side(*target_of(before, versions.in_force(clock.today())))


def _judged(plan: Plan, actor: Actor, known: Picture, refusal: Refused | None, after: int) -> list[Judged]:
    """The running dossiers of the old side under the plan, MOST past `after` and one that says there are more; none can
    move under a plan refused. 2 statements."""
    now = clock.now()
    sight = movable_by(actor, now.date(), known)
    held = running_of(sight, plan.before.version_id, plan.before.process_id, after=after)
    if plan.before == plan.after or not held:
        return []
    found, calendars = read_within(held, sight)
    if refusal is not None:
        return [Judged(found[one], refusal.what) for one in held if one in found]
    judge = Judge(plan, calendars, known, now)
    return [judge.judged(found[one], beside) for one, beside in held.items() if one in found]


def _wanted(one: Judged, data: QueryDict) -> bool:
    kind, what = data.get("ket-qua", ""), data.get("doi", "")
    return (not kind or one.kind.value == kind) and (not what or any(each.name == what for each in one.what))


def _apply(
    request: HttpRequest, versions: Named, plan: Plan, shown: list[Judged], form: DecisionForm
) -> HttpResponse:
    """Move the dossiers ticked, else all shown that can move: AT_ONCE of them, oldest first."""
    ticked = {read_number(one) for one in request.POST.getlist("chon")}
    ids = [
        one.now.id for one in shown if one.kind is not Kind.CANNOT and (not ticked or one.now.id in ticked)
    ]
    if not ids:
        raise Refused(
            "Không có hồ sơ nào chuyển được trong danh sách.", where="chon", do="Bỏ lọc rồi xem lại."
        )
    actor: Actor = request.actor  # type: ignore[attr-defined]
    move, outcome = move_version(
        ids[:AT_ONCE], plan, form.decision, versions.procedure.pk, by=actor, at=clock.now()
    )
    code = versions.procedure.code
    if outcome.refused:
        messages.error(
            request, f"{len(outcome.refused)} hồ sơ không chuyển: {outcome.refused[0].refusal.what}"
        )
    if move is None:
        return HttpResponseRedirect(reverse("running-dossiers", args=[code]))
    messages.success(request, f"Đã chuyển {len(outcome.done)} hồ sơ.")
    if len(ids) <= AT_ONCE:
        return HttpResponseRedirect(reverse("move-log", args=[code, move.pk]))
    messages.info(
        request,
        f"Còn {formats.number(len(ids) - AT_ONCE)} hồ sơ: xem lại rồi bấm «Chuyển hồ sơ» để chuyển lượt kế tiếp.",
    )
    where = _where(plan, request.POST) | {
        name: request.POST.get(name, "") for name in ("ket-qua", "doi", *DecisionForm.base_fields)
    }
    again = {name: value for name, value in where.items() if value != ""}
    return HttpResponseRedirect(f"{reverse('move-preview', args=[code])}?{urlencode(again)}")


def _where(plan: Plan, data: QueryDict) -> dict[str, Any]:
    """The sides, the part looked at and the choices, as the parameters of an address."""
    part = read_number(data.get("tu", ""))
    sides = {"ban": plan.before.version_id, "quy-trinh": plan.before.process_id or 0}
    return sides | ({"tu": part} if part else {}) | kept(plan)


def _window(plan: Plan, judged: list[Judged], data: QueryDict, *, more: bool) -> dict[str, Any]:
    """Which part of very many running dossiers the preview looks at, and where the others are."""
    where = _where(plan, data)
    first = {name: value for name, value in where.items() if name != "tu"}
    return {
        "most": MOST,
        "later_part": _query(where | {"tu": judged[-1].now.id}) if more and judged else "",
        "first_part": _query(first) if "tu" in where else "",
    }


def _told(
    versions: Named,
    plan: Plan,
    judged: list[Judged],
    shown: list[Judged],
    data: QueryDict,
    *,
    may_read: Visible,
) -> dict[str, Any]:
    after = decode(data.get("sau", ""), 1)
    rest = [one for one in shown if after is None or one.now.id > after[0]]
    page = page_of(
        [_line(one, plan) for one in rest[: PAGE + 1]], PAGE, lambda row: (row.id,), first=after is None
    )
    where = _where(plan, data)
    kinds = Counter(one.kind for one in judged)
    whats = Counter(what for one in judged for what in one.what)
    open_at = Counter(step.position for one in judged for step in one.now.open_steps)
    kind, what = data.get("ket-qua", ""), data.get("doi", "")
    return {
        "procedure": versions.procedure,
        "before": versions.words(plan.before.version_id, plan.before.process_id),
        "after": versions.words(plan.after.version_id, plan.after.process_id),
        "same": plan.before == plan.after,
        "count": len(judged),
        "kinds": [(one, *KINDS[one], kinds[one], _query(where, **{"ket-qua": one.value}), one.value == kind) for one in Kind],
        "whats": [(one, whats[one], _query(where, doi=one.name), one.name == what) for one in What if whats[one]],
        "filtered": bool(kind or what),
        "all_query": _query(where),
        "page": page,
        "can": sum(1 for one in shown if one.kind is not Kind.CANNOT),
        "at_once": AT_ONCE,
        "turns": -(-sum(1 for one in shown if one.kind is not Kind.CANNOT) // AT_ONCE),
        "steps": step_choices(plan, open_at),
        "new_steps": new_steps(plan),
        "dues": radio(DueChoice, plan.due),
        "papers": radio(PaperChoice, plan.papers),
        "hidden": [*where.items(), *_some("ket-qua", kind), *_some("doi", what)],
        "where": (("ban", plan.before.version_id), ("quy-trinh", plan.before.process_id or 0)),
        "same_version": plan.before.version_id == plan.after.version_id,
        "may_read": not may_read.nothing,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier in the preview."""

    id: int
    code: str
    status: str
    at: str
    to: str
    due: Any
    due_after: Any
    chip: tuple[str, str]
    why: str
    what: list[tuple[str, str]]

    @property
    def movable(self) -> bool:
        return not self.why


def _line(one: Judged, plan: Plan) -> Line:
    old, new = plan.before.road.specs, plan.after.road.specs
    names = [old[step.position].name for step in one.now.open_steps if step.position in old]
    to = [new[each.position].name for each in one.steps if each.spec] + [spec.name for spec, *_ in one.opened]
    return Line(
        one.now.id, one.now.label, one.now.status.label, ", ".join(names), ", ".join(to), one.now.due_on,
        one.due.day[0] if one.due else one.now.due_on, KINDS[one.kind], one.why,
        [(what.value, words) for what, words in one.what.items()],
    )  # fmt: skip


def _query(where: dict[str, Any], **more: str) -> str:
    return "?" + urlencode({**where, **more})


def _some(name: str, value: str) -> tuple[tuple[str, str], ...]:
    return ((name, value),) if value else ()
