"""A set: its tree, what does not add up yet, its approval, its rounds."""

from fractions import Fraction

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_day
from congvu.foundation.ui.routes import actor_of
from congvu.indices.access import may_keep
from congvu.indices.actions.draft_set import approve_set, discard_set
from congvu.indices.queries.rounds import round_list
from congvu.indices.queries.sets import criteria_of, nodes_of, set_of
from congvu.indices.rules.sets import AUDIENCES, MEASURES, SET_STATES, bands_text, problems_of, read_bands
from congvu.indices.rules.tree import POLICIES, leaves
from congvu.indices.web.words import SET_CHIPS


def set_page(request: HttpRequest, set_id: int) -> HttpResponse:
    """3 statements besides the session's."""
    actor = actor_of(request)
    keeps = may_keep(actor)
    one = set_of(set_id, drafts=keeps)
    if one is None:
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, set_id)
        except Refused as said:
            refusal = said
    nodes = nodes_of(criteria_of([set_id]).get(set_id, ()))
    last = {node.code for node in leaves(nodes)}
    wrong = (
        problems_of(nodes, None if one.whole is None else Fraction(one.whole)) if one.state == "draft" else ()
    )
    context = {
        "one": one,
        "rows": [(node, node.code in last) for node in nodes],
        "counts": (sum(not node.depth for node in nodes), len(nodes), len(last)),
        "problems": wrong,
        "state": SET_STATES[one.state],
        "chip": SET_CHIPS[one.state],
        "facts": [
            ("Áp dụng cho", AUDIENCES[one.audience]), ("Tính bằng", MEASURES[one.measure]),
            ("Khi không phát sinh", POLICIES[one.policy]), ("Mức xếp loại", bands_text(read_bands(one.bands)) or "–"),
            ("Căn cứ", one.citation),
        ],
        "rounds": round_list(of_set=set_id, limit=20),
        "may_keep": keeps,
        "refusal": refusal,
        "typed": request.POST,
    }  # fmt: skip
    return render(request, "indices/web/set.html", context, status=FORM_STATUS if refusal else 200)


def _act(request: HttpRequest, set_id: int) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    what = request.POST.get("viec", "")
    if what == "phe-duyet":
        typed = request.POST.get("signed_on", "").strip()
        signed = read_day(typed)
        if typed and signed is None:
            raise Refused("Không đọc được ngày ký.", where="signed_on", do="Viết dạng 20/11/2026.")
        approve_set(set_id, request.POST.get("number", ""), signed, by=actor, at=now)
        messages.success(request, "Đã phê duyệt; bộ chỉ số không sửa được nữa, thay đổi bằng bộ của năm sau.")
        return redirect("index-set", set_id=set_id)
    if what == "bo":
        discard_set(set_id, by=actor, at=now)
        messages.success(request, "Đã bỏ dự thảo.")
        return redirect("indices")
    raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")
