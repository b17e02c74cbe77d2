"""Free text to be read before it is shown."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.surveys.access import refuse_unless_closed
from congvu.surveys.actions.review_texts import review_texts
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import campaign_of
from congvu.surveys.queries.texts import texts
from congvu.surveys.rules.words import TEXT_STATES, UNSEEN

PAGE = 25


def survey_texts(request: HttpRequest, code: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/y-kien/`: 2 statements besides the session's."""
    campaign, actor = campaign_of(code), actor_of(request)
    refuse_unless_closed(campaign)
    state = request.GET.get("tt", UNSEEN)
    if state not in TEXT_STATES:
        raise Refused("Không có trạng thái này.", where="tt", do="Chọn trong danh sách.")
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            done = _review(request, campaign, actor)
        except Refused as said:
            refusal = said
        else:
            messages.success(request, f"Đã duyệt {done} ý kiến.")
            return redirect(request.get_full_path())
    cursor = decode(request.GET.get("sau", ""), 1)
    after = _id(str(cursor[0])) if cursor else None
    own = () if actor.has(AUDITOR) else actor.units()
    rows = texts(campaign, state, own, after, PAGE)
    page = page_of(rows, PAGE, lambda row: (str(row.pk),), first=after is None)
    known = picture()
    context = {
        "campaign": campaign,
        "page": page,
        "rows": [(one, known.name(one.unit_id, campaign.last)) for one in page.rows],
        "state": state,
        "states": TEXT_STATES.items(),
        "refusal": refusal,
        "why": request.POST.get("ly-do", ""),
        "chosen": request.POST.getlist("chon"),
    }
    return render(request, "surveys/web/texts.html", context, status=FORM_STATUS if refusal else 200)


def _review(request: HttpRequest, campaign: Campaign, actor: Actor) -> int:
    chosen = [one for text in request.POST.getlist("chon") if (one := _id(text))]
    if not chosen:
        raise Refused("Chưa chọn ý kiến nào.", where="chon", do="Đánh dấu ý kiến cần duyệt.")
    why = request.POST.get("ly-do", "")
    return review_texts(campaign, chosen, request.POST.get("viec", ""), why, by=actor, at=clock.now())


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
