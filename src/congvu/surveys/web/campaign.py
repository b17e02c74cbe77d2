"""One survey: what it asks, how many have answered by unit, its counters, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import read_number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import scope_of
from congvu.organisation.queries import picture
from congvu.surveys.access import COUNTERS, ENTERERS, REVIEWERS, SAMPLERS, may_keep, may_see_results
from congvu.surveys.actions.campaigns import close_campaign, open_campaign, show_results
from congvu.surveys.actions.kiosks import close_kiosk, open_kiosk
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import Response, campaign_of, content, is_open, kiosks, response
from congvu.surveys.rules.formulas import FORMULAS
from congvu.surveys.rules.words import (
    CHANNELS,
    CHIPS,
    CLOSED,
    DRAFT,
    KINDS,
    KIOSK,
    OPEN,
    QR,
    SAMPLED,
    SHEETS,
    STATES,
)

# button -> (action, what was done)
VERBS: dict[str, tuple[Callable[..., Campaign], str]] = {
    "mo": (open_campaign, "Đã mở đợt khảo sát."),
    "dong": (close_campaign, "Đã đóng đợt; kết quả đọc được từ bây giờ."),
    "cong-bo": (show_results, "Kết quả đã lên trang công khai."),
}


def survey(request: HttpRequest, code: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/`: 3-5 statements besides the session's."""
    campaign, actor, now = campaign_of(code), actor_of(request), clock.now()
    known = picture()
    if request.method == "POST":
        return _act(request, campaign)
    today = now.date()
    found = response(campaign)
    running = is_open(campaign, today)
    serves = actor.has(*COUNTERS)
    scope = scope_of(actor, today, known) if serves else None
    own = sorted(actor.units(*COUNTERS)) if serves else []
    machines = kiosks(campaign, None if scope is None or scope.all else scope.unit_ids) if serves else []
    context: dict[str, Any] = {
        "campaign": campaign,
        "state": STATES[campaign.state],
        "chip": CHIPS[campaign.state],
        "facts": _facts(campaign, len(content(campaign).questions)),
        "rows": [(one, known.name(one.unit_id, campaign.last), _rate(one)) for one in found],
        "total": _total(found),
        "sampled": campaign.kind == SAMPLED,
        "sees_sample": campaign.kind == SAMPLED and actor.has(*SAMPLERS),
        "running": running,
        "may_keep": may_keep(actor),
        "may_open": campaign.state == DRAFT,
        "may_close": campaign.state == OPEN,
        "may_show": campaign.state == CLOSED and campaign.shown_at is None,
        "has_results": may_see_results(campaign),
        "counters": [(known.at(unit, today), QR in campaign.channels) for unit in own] if running else [],
        "machines": [(one, known.name(one.unit_id, today)) for one in machines],
        "kiosk_channel": KIOSK in campaign.channels and running and serves,
        "sheets": campaign.state == OPEN and actor.has(*ENTERERS) and set(SHEETS) & set(campaign.channels),
        "reviews": actor.has(*REVIEWERS) and may_see_results(campaign),
        "new_machine": request.session.pop("survey-kiosk", ""),
    }
    return render(request, "surveys/web/campaign.html", context)


def _act(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    actor, now, wanted = actor_of(request), clock.now(), request.POST.get("viec", "")
    if wanted == "mo-may":
        unit = picture().by_code(request.POST.get("don-vi", "").upper())
        if unit is None:
            raise Refused("Chưa chọn đơn vị của máy.", where="don-vi", do="Chọn trong danh sách.")
        made, token = open_kiosk(campaign, unit, request.POST.get("ten", ""), by=actor, at=now)
        link = request.build_absolute_uri(reverse("survey-kiosk", args=[campaign.code, token]))
        request.session["survey-kiosk"] = link
        messages.success(request, f"Đã mở {made.name}. Liên kết chỉ hiện lần này.")
    elif wanted == "dong-may":
        messages.success(
            request,
            f"Đã đóng {close_kiosk(read_number(request.POST.get('may', '')), by=actor, at=now).name}.",
        )
    elif wanted in VERBS:
        act, words = VERBS[wanted]
        act(campaign.pk, by=actor, at=now)
        messages.success(request, words)
    else:
        raise Refused("Không có việc này.", where="viec", do="Quay lại trang đợt khảo sát.")
    return redirect("survey", campaign.code)


def _facts(campaign: Campaign, questions: int) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        ("Thời gian", f"{campaign.first:%d/%m/%Y} đến {campaign.last:%d/%m/%Y}"),
        ("Loại", KINDS[campaign.kind]),
        (
            "Phiếu hỏi",
            f"{campaign.version.questionnaire.name}, phiên bản {campaign.version.number}, {questions} câu",
        ),
        ("Cách lấy ý kiến", "; ".join(CHANNELS[one] for one in campaign.channels)),
        ("Cách tính", FORMULAS.get(campaign.formula, "Theo quy định ngày kết thúc")),
    ]
    if campaign.drawn_at is not None:
        facts.append(
            (
                "Khung mẫu",
                f"Hồ sơ giải quyết xong {campaign.frame_first:%d/%m/%Y} đến {campaign.frame_last:%d/%m/%Y}",
            )
        )
        facts.append(("Số rút mẫu", str(campaign.seed)))
    return facts


def _rate(one: Response) -> tuple[int, int] | None:
    """Answers of those who were asked; None where nobody in particular was."""
    return (min(one.answers, one.asked), one.asked) if one.asked else None


def _total(found: list[Response]) -> Response:
    parts = zip(
        *((r.frame, r.wanted, r.asked, r.replaced, r.invalid, r.linked, r.answers, r.papers) for r in found),
        strict=True,
    )
    sums = [sum(part) for part in parts] or [0] * 8
    return Response(0, *sums)
