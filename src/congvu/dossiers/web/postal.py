"""Results to be posted: tracking numbers beside each, or a whole table pasted; an answer for each row."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.dossiers.actions.post_result import Parcel, Posted, post_result
from congvu.dossiers.queries.give_back import came_back, ready_page
from congvu.dossiers.rules.post import DEFAULT_CARRIER, pasted
from congvu.dossiers.web.give_back import lines_of
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import Page

_FIELD = "so-"  # before the code of the dossier whose number the field holds


def postal(request: HttpRequest) -> HttpResponse:
    """`/tra-ket-qua/buu-chinh/`: what came back, then what waits, the longest first, 50 each. 3 statements; a POST those of
    the action more."""
    if request.method != "POST":
        return _show(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    carrier = composed(request.POST.get("don-vi", ""))[:100] or DEFAULT_CARRIER
    parcels = _typed(request, carrier)
    if not parcels:
        refusal = Refused(
            "Chưa ghi số hiệu nào.", do="Ghi số hiệu bên cạnh hồ sơ, hoặc dán bảng vào ô bên phải."
        )
        return _show(request, refusal=refusal, carrier=carrier)
    try:
        answers = post_result(parcels, by=actor, at=clock.now())
    except Refused as refusal:
        return _show(request, refusal=refusal, carrier=carrier)
    return _show(request, answers, carrier=carrier)


def _typed(request: HttpRequest, carrier: str) -> list[Parcel]:
    """The numbers typed beside dossiers, then the rows of the table."""
    beside = [
        Parcel(name.removeprefix(_FIELD), number, carrier)
        for name, number in request.POST.items()
        if name.startswith(_FIELD) and isinstance(number, str) and number.strip()
    ]
    rows = pasted(request.POST.get("bang", "")[:200_000])
    return beside + [Parcel(row.code, row.number, row.carrier or carrier) for row in rows]


def _show(
    request: HttpRequest,
    answers: list[Posted] | None = None,
    *,
    refusal: Refused | None = None,
    carrier: str = DEFAULT_CARRIER,
) -> HttpResponse:
    """The page; what was refused is offered again, so that nothing typed is lost."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ready_page(actor.units(CLERK), cursor=request.GET.get("sau", ""), by_post=True)
    lines = lines_of(page.rows)
    back = came_back(actor.units(CLERK))
    undone = [one for one in answers or () if one.refusal is not None]
    kept = {name[len(_FIELD) :]: said for name, said in request.POST.items() if name.startswith(_FIELD)}
    shown = {line.row.code for line in lines} | {one.code for one in back}
    again = [_row(one.parcel, carrier) for one in undone if one.parcel.code not in shown]
    wrong = {one.parcel.code: one.refusal for one in undone}
    context: dict[str, Any] = {
        "page": Page(
            [(line, kept.get(line.row.code, ""), wrong.get(line.row.code)) for line in lines],
            page.next,
            page.first,
        ),
        "back": [(one, kept.get(one.code, ""), wrong.get(one.code)) for one in back],
        "answers": sorted(answers or (), key=lambda one: one.refusal is None),
        "done": sum(1 for one in answers or () if one.refusal is None),
        "undone": len(undone),
        "refusal": refusal,
        "table": request.POST.get("bang", "") if answers is None else "\n".join(again),
        "carrier": carrier,
    }
    failed = refusal is not None or (answers is not None and len(undone) == len(answers))
    return render(request, "dossiers/web/postal.html", context, status=FORM_STATUS if failed else 200)


def _row(one: Parcel, carrier: str) -> str:
    """The row of the table again, with its carrier where it named another than the page."""
    return "\t".join((one.code, one.number, *(() if one.carrier == carrier else (one.carrier,))))
