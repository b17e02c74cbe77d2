"""The sample of a survey: drawing it, who is in it, who is replaced, links for those asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.notices.configured import gateways
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, read_number
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.surveys.access import may_keep
from congvu.surveys.actions.draw_sample import MOST, draw_sample
from congvu.surveys.actions.invite_finished import invite_sample
from congvu.surveys.actions.replace_member import replace_member
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import campaign_of
from congvu.surveys.queries.samples import members
from congvu.surveys.rules.words import ASKED, CLOSED, DRAFT, LINK, MEMBER_STATES, OPEN

PAGE = 50
_CHIPS = {"ASKED": "ok", "RESERVE": "idle", "REPLACED": "pause", "INVALID": "late"}


class DrawForm(PlainForm):
    """How a sample is drawn."""

    total = forms.IntegerField(label="Cỡ mẫu", min_value=1, max_value=MOST)
    at_least = forms.IntegerField(
        label="Mỗi đơn vị ít nhất", min_value=0, max_value=1000, initial=30, required=False
    )
    frame_first = DayField(label="Hồ sơ giải quyết xong từ ngày")
    frame_last = DayField(label="Đến ngày")
    seed = forms.IntegerField(
        label="Số rút mẫu",
        min_value=0,
        max_value=2**62,
        help_text="Một số ghi trong biên bản; cùng số, cùng khung thì rút ra cùng mẫu.",
    )


def sample(request: HttpRequest, code: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/mau/`: 2 statements besides the session's."""
    campaign = campaign_of(code)
    form = DrawForm(request.POST if request.POST.get("viec") == "rut" else None)
    if request.method == "POST":
        done = _act(request, campaign, form)
        if done is not None:
            return done
    known = picture()
    unit = known.by_code(request.GET.get("don-vi", "").upper())
    cursor = decode(request.GET.get("sau", ""), 2)
    after = [read_number(str(one)) for one in cursor] if cursor else None
    found = page_of(
        members(campaign, unit, after, PAGE), PAGE, lambda row: (row.unit_id, row.place), first=after is None
    )
    keeps = may_keep(actor_of(request)) and campaign.state != CLOSED
    rows = [
        (
            one, known.name(one.unit_id, campaign.last), MEMBER_STATES[one.state], _CHIPS[one.state],
            keeps and one.state == ASKED and not one.answered,
        )
        for one in found.rows
    ]  # fmt: skip
    context: dict[str, Any] = {
        "campaign": campaign,
        "page": found,
        "rows": rows,
        "form": form,
        "may_send": keeps and campaign.state == OPEN and LINK in campaign.channels,
        "may_draw": keeps and campaign.state == DRAFT,
        "unit": known.nearest(unit, campaign.last) if unit else None,
    }
    status = FORM_STATUS if form.is_bound and form.errors else 200
    return render(request, "surveys/web/sample.html", context, status=status)


def _act(request: HttpRequest, campaign: Campaign, form: DrawForm) -> HttpResponse | None:
    actor, now = actor_of(request), clock.now()
    if request.POST.get("viec") == "gui":
        sent, left = invite_sample(campaign, gateways(), settings.CONGVU_ADDRESS, by=actor, at=now)
        messages.success(request, f"Đã gửi {sent} liên kết; {left} hồ sơ không có cách gửi, cần phỏng vấn.")
        return redirect("survey-sample", campaign.code)
    if request.POST.get("viec") == "thay":
        new = replace_member(
            read_number(request.POST.get("nguoi", "")), request.POST.get("ly-do", ""),
            invalid=request.POST.get("cach") == "khong-hop-le", by=actor, at=now,
        )  # fmt: skip
        messages.success(
            request, f"Đã thay bằng người thứ {new.place} của đơn vị." if new else "Đã ghi không hợp lệ."
        )
        return redirect(request.get_full_path())
    if form.is_valid():
        data = form.cleaned_data
        try:
            drawn = draw_sample(
                campaign.pk, data["total"], data["frame_first"], data["frame_last"], data["seed"],
                at_least=data["at_least"] or 0, by=actor, at=now,
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã rút {sum(drawn.values())} hồ sơ của {len(drawn)} đơn vị.")
            return redirect("survey-sample", campaign.code)
    return None
