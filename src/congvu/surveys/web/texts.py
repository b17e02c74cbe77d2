"""Free text to be read before it is shown."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.roles import AUDITOR
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.surveys.access import refuse_unless_closed
from congvu.surveys.actions.review_texts import review_texts
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
    if request.method == "POST":
        chosen = [one for text in request.POST.getlist("chon") if (one := _id(text))]
        if not chosen:
            raise Refused("Chưa chọn ý kiến nào.", where="chon", do="Đánh dấu ý kiến cần duyệt.")
        done = review_texts(
            campaign, chosen, request.POST.get("viec", ""), request.POST.get("ly-do", ""), by=actor,
            at=clock.now(),
        )  # fmt: skip
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
    }
    return render(request, "surveys/web/texts.html", context)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
