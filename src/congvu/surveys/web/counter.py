"""At a counter: the code of the day on a screen, and a link on paper for one dossier. And what everybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from congvu.dossiers.access import load
from congvu.dossiers.rules.status import Status
from congvu.foundation import clock
from congvu.foundation.papers.codes import qr_svg
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture
from congvu.surveys.access import refuse_unless_counter
from congvu.surveys.actions.invite import invite
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import Gone, campaign_of, code_of_day, is_open, open_campaigns
from congvu.surveys.rules.words import COUNTER, LINK, QR

FEW = 30


def screen(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/ma-qr/<đơn vị>/`: to be shown on a screen, or printed for the day. 1 statement besides the
    session's."""
    campaign, today, known = campaign_of(code), clock.today(), picture()
    unit_id = known.by_code(unit.upper())
    if unit_id is None:
        raise Gone("Không có đơn vị này.", where=unit[:30], do="Mở từ trang đợt khảo sát.")
    refuse_unless_counter(actor_of(request), unit_id, today, known)
    if QR not in campaign.channels or not is_open(campaign, today):
        raise Gone("Hôm nay đợt này không lấy ý kiến bằng mã QR.", do="Xem trang đợt khảo sát.")
    path = reverse(
        "survey-counter", args=[campaign.code, unit.upper(), code_of_day(campaign, unit_id, today)]
    )
    context = {
        "campaign": campaign,
        "name": known.name(unit_id, today),
        "today": today,
        "qr": mark_safe(qr_svg(request.build_absolute_uri(path))),  # noqa: S308 drawn by segno from our own address
    }
    return render(request, "surveys/web/screen.html", context)


def paper_link(request: HttpRequest, code: str) -> HttpResponse:
    """`/phieu-moi/<mã>/`: asked for, then printed with the result. 2 statements to show besides the session's, 7 more
    to make the link."""
    actor, now = actor_of(request), clock.now()
    dossier = load(actor, code, now.date())
    if dossier.status not in (Status.FINISHED, Status.RETURNED):
        raise Refused("Hồ sơ chưa có kết quả.", where=code, do="Mời trả lời khi trả kết quả.")
    found = open_campaigns(now.date(), COUNTER, LINK)
    if not found:
        raise Refused(
            "Hôm nay không có đợt khảo sát nào phát liên kết.", where=code, do="Xem danh sách đợt khảo sát."
        )
    context = {
        "campaign": found[0],
        "dossier": dossier,
        "name": picture().name(dossier.receiving_unit_id, now.date()),
    }
    if request.method == "POST":
        refuse_unless_counter(actor, dossier.receiving_unit_id, now.date(), picture())
        token = invite(found[0], [dossier], by=actor, at=now).get(dossier.pk)
        if token is None:
            raise Refused("Hồ sơ này đã có người trả lời.", where=code, do="Mỗi hồ sơ một phiếu.")
        link = request.build_absolute_uri(reverse("survey-link", args=[found[0].code, token]))
        context |= {"link": link, "qr": mark_safe(qr_svg(link))}  # noqa: S308 drawn by segno from our own address
    return render(request, "surveys/web/paper_link.html", context)


def public_list(request: HttpRequest) -> HttpResponse:
    """`/khao-sat/`: what runs and what was published. 1-2 statements."""
    today = clock.today()
    shown = Campaign.objects.exclude(shown_at=None).order_by("-last", "-id")[:FEW]
    context = {"shown": list(shown), "running": open_campaigns(today)}
    return render(request, "surveys/web/public_list.html", context)
