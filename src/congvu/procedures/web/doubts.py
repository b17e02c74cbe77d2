"""Doubts of imports, worked off: by kind, the source's words beside the proposal, one or many at once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import decode, page_of
from congvu.procedures.actions.resolve_doubts import MOST, Settled, accept, correct, dismiss
from congvu.procedures.models import Doubt
from congvu.procedures.queries.doubts import counts_by_kind, doubt_page, open_ids
from congvu.procedures.rules.changes import in_words, is_complete
from congvu.procedures.rules.doubts import DoubtKind
from congvu.procedures.rules.words import DoubtState, TermUnit, Tier

PAGE, LONG = 30, 260


@dataclass(frozen=True, slots=True)
class DoubtTold:
    """A doubt as its row shows it."""

    doubt: Doubt
    kind: str
    explanation: str
    proposal: tuple[str, ...]
    complete: bool
    settled: str

    @property
    def long(self) -> bool:
        return len(self.doubt.original) > LONG


def doubts(request: HttpRequest) -> HttpResponse:
    """2 statements besides the session's to show; settling as the actions say."""
    if request.method == "POST":
        return _settle(request)
    return _show(request)


def _show(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    kind, code = request.GET.get("loai", ""), request.GET.get("ma", "").strip()[:40]
    state = request.GET.get("tinh-trang", DoubtState.OPEN.value)
    state = state if DoubtState.has(state) else DoubtState.OPEN.value
    after = decode(request.GET.get("sau", ""), 1)
    found = doubt_page(kind=kind, state=state, code=code, after_id=int(after[0]) if after else 0, limit=PAGE)
    page = page_of([_told(one) for one in found], PAGE, lambda row: (row.doubt.pk,), first=after is None)
    kinds = counts_by_kind()
    shown = next((one for one in kinds if one.kind == kind), None)
    context = {
        "page": page,
        "kinds": kinds,
        "open_count": sum(one.open for one in kinds),
        "kind": kind,
        "kind_label": shown.label if shown else "",
        "kind_open": shown.open if shown else 0,
        "explanation": _explanation(kind),
        "code": code,
        "state": state,
        "states": DoubtState.choices(),
        "is_open": state == DoubtState.OPEN.value,
        "units": TermUnit.choices(),
        "tiers": Tier.choices(),
        "asks": _asks(kind),
        "refusal": refusal,
        "typed": request.POST,
        "chosen": set(request.POST.getlist("nghi-van")),
    }
    return render(request, "procedures/web/doubts.html", context, status=FORM_STATUS if refusal else 200)


def _settle(request: HttpRequest) -> HttpResponse:
    data, by, at = request.POST, request.actor, clock.now()  # type: ignore[attr-defined]
    try:
        ids = _chosen(request)
        done: Settled
        match data.get("viec"):
            case "chap-nhan":
                done = accept(ids, by=by, at=at)
            case "sua":
                done = correct(ids, _given(data), by=by, at=at, reason=data.get("ly_do", ""))
            case "giu":
                done = dismiss(ids, reason=data.get("ly_do", ""), by=by, at=at)
            case _:
                raise Refused(
                    "Chưa chọn việc cần làm.", where="viec", do="Bấm Chấp nhận, Sửa hoặc Giữ nguyên."
                )
    except Refused as refusal:
        return _show(request, refusal)
    said = f"Đã xử lý {done.doubts} nghi vấn"
    said += f", lập {done.versions} bản đính chính." if done.versions else "."
    if done.left:
        said += f" Còn {len(done.left)} nghi vấn để lại: {done.left[0][1]}"
    messages.success(request, said)
    query = request.GET.copy()
    query.pop("sau", None)
    return HttpResponseRedirect(f"{reverse('import-doubts')}?{query.urlencode()}")


def _chosen(request: HttpRequest) -> list[int]:
    """The doubts ticked, or all open ones of the kind shown when that box is ticked."""
    if request.POST.get("tat-ca") and request.GET.get("loai"):
        return open_ids(request.GET["loai"], limit=MOST)
    ticked = request.POST.getlist("nghi-van")
    if not all(one.isdigit() and len(one) < 19 for one in ticked):
        raise Refused("Danh sách chọn không đúng.", where="nghi-van", do="Tải lại trang rồi chọn lại.")
    return [int(one) for one in ticked]


def _given(data: QueryDict) -> dict[str, Any]:
    return {
        "n": _number(data.get("so", ""), "Số của thời hạn"),
        "unit": data.get("don-vi") or None,
        "amount": _number(data.get("muc-phi", ""), "Mức phí"),
        "text": data.get("noi-dung", "").strip()[:5000] or None,
        "tiers": data.getlist("cap") or None,
    }


def _number(typed: str, what: str) -> int | None:
    """A whole number typed with or without thousands marks ("50.000"); None when nothing was typed."""
    plain = typed.strip().replace(".", "").replace(" ", "")
    if not plain:
        return None
    if not plain.isascii() or not plain.isdigit() or len(plain) > 15:
        raise Refused(
            f"{what} «{typed[:30]}» không phải số nguyên.", where="so", do="Gõ chữ số, ví dụ 50.000."
        )
    return int(plain)


def _asks(kind: str) -> frozenset[str]:
    """Which boxes of the correction form fit a kind."""
    if kind == DoubtKind.TERM_FEE_GLUED.value:
        return frozenset(("term", "fee"))
    if kind.startswith("term_"):
        return frozenset(("term",))
    if kind.startswith("fee_"):
        return frozenset(("fee",))
    if kind == DoubtKind.TIER_UNKNOWN.value:
        return frozenset(("tiers",))
    texts = (DoubtKind.AUTHORITY_MISSING, DoubtKind.DECISION_UNPARSED, DoubtKind.NAME_TOO_LONG)
    return frozenset(("text",)) if kind in [one.value for one in texts] else frozenset()


def _told(doubt: Doubt) -> DoubtTold:
    proposal = doubt.proposal or []
    made = doubt.resolution or []
    complete = bool(proposal) and is_complete(proposal)
    words = tuple(in_words(change) for change in (made or proposal) if made or not change.get("incomplete"))
    return DoubtTold(
        doubt=doubt,
        kind=DoubtKind.label_of(doubt.kind),
        explanation=_explanation(doubt.kind),
        proposal=words,
        complete=complete,
        settled=DoubtState(doubt.state).label,
    )


def _explanation(kind: str) -> str:
    return DoubtKind(kind).explanation if DoubtKind.has(kind) else ""
