"""Paying a fee online: the citizen's page, the bank's signed report, and the demonstration's own bank."""

import json
import logging
import urllib.error
import urllib.request
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.gateways import DemoBank, gateway
from congvu.dossiers.actions.start_payment import start_payment
from congvu.dossiers.actions.take_callback import take_callback
from congvu.dossiers.models import OnlinePayment
from congvu.dossiers.queries.beside import beside_dossier
from congvu.dossiers.queries.detail import NotVisible, detail_by_id
from congvu.dossiers.rules.money import Balance
from congvu.dossiers.rules.payment_report import LONGEST, signed
from congvu.dossiers.web.look_up import TooMany
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.throttle import attempt
from congvu.foundation.papers.codes import qr_svg
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.address import client_address
from congvu.foundation.ui.forms import FORM_STATUS

LIMIT, WINDOW = 600, 600  # reports an address may send in ten minutes
ANSWER_SECONDS = 5
log = logging.getLogger(__name__)


def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-cua-toi/<số>/nop-phi/`: what is owed, and paying it. GET 4 statements; POST begins the payment."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    sight = visible_to(actor, now.date())
    found = detail_by_id(sight, pk)
    refusal, way, payment = None, None, None
    if request.method == "POST":
        try:
            payment = start_payment(found.id, by=actor, at=now)
            chosen = gateway()
            assert chosen is not None  # else nothing was begun
            way = chosen.start(payment)
            if way.redirect:
                return HttpResponseRedirect(way.redirect)
        except Refused as problem:
            refusal = problem
    context: dict[str, Any] = {
        "d": found, "fees": beside_dossier(sight, found.id).fees, "refusal": refusal, "way": way, "payment": payment,
        "online": gateway() is not None, "qr": mark_safe(qr_svg(way.qr)) if way and way.qr else "",  # noqa: S308 drawn by segno
    }  # fmt: skip
    context |= {"owed": Balance().after(*context["fees"]).owed}
    return render(
        request, "dossiers/web/pay.html", context, status=FORM_STATUS if refusal is not None else 200
    )


@csrf_exempt  # a bank has no cookie of ours: the signature over body and moment says who it is
@require_POST
def payment_callback(request: HttpRequest, name: str) -> HttpResponse:
    """`/thanh-toan/bao-co/<cổng>/`: a gateway's report, signed. 9 statements. Nothing of the signature is logged."""
    now, address = clock.now(), client_address(request)
    try:
        tried = attempt(f"payment:{address}", limit=LIMIT, window=WINDOW, at=now)
        if not tried.allowed:
            raise TooMany("Gửi báo có quá nhiều lần trong ít phút.", do="Gửi lại sau.")
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
            raise Refused("Báo có quá dài.", do=f"Không quá {LONGEST} byte.")
        moment, signature = (
            request.headers.get("X-Congvu-Time", ""),
            request.headers.get("X-Congvu-Signature", ""),
        )
        new = take_callback(name, request.body, moment[:20], signature[:128], at=now)
    except Refused as refusal:
        log.warning("payment report of %s from %s refused: %s", name[:40], address, refusal.what)
        return JsonResponse(
            {"ok": False, "error": refusal.sentence()}, status=getattr(refusal, "status", FORM_STATUS)
        )
    return JsonResponse({"ok": True, "new": new})


def demo_bank(request: HttpRequest, reference: str) -> HttpResponse:
    """`/ngan-hang-mau/<mã>/`: the bank of the demonstration. 1-2 statements; POST «pays» and reports like a real bank."""
    chosen = gateway()
    payment = OnlinePayment.objects.select_related("dossier").filter(reference=reference).first()
    if not isinstance(chosen, DemoBank) or payment is None:
        raise NotVisible(
            "Không có khoản thanh toán này.", where=reference, do="Bắt đầu lại từ trang hồ sơ của bạn."
        )
    refusal = None
    if request.method == "POST" and payment.paid_at is None:
        try:
            _report(request, chosen, payment)
            messages.success(request, "Ngân hàng mẫu đã báo có. Khoản phí, lệ phí đã nộp.")
            return HttpResponseRedirect(reverse("my-dossier", args=[payment.dossier_id]))
        except Refused as problem:
            refusal = problem
    context = {"payment": payment, "refusal": refusal}
    return render(request, "dossiers/web/demo_bank.html", context, status=FORM_STATUS if refusal else 200)


def _report(request: HttpRequest, bank: DemoBank, payment: OnlinePayment) -> None:
    """Tell the callback over the network, as a bank would: signed, from outside, by its own request."""
    moment = str(int(clock.now().timestamp()))
    told = {"reference": payment.reference, "transaction": f"MAU{payment.pk:09}", "amount": payment.amount}
    body = json.dumps(told).encode()
    address = (
        f"http://127.0.0.1:{int(request.META['SERVER_PORT'])}{reverse('payment-callback', args=[bank.name])}"
    )
    call = urllib.request.Request(
        address,
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-Congvu-Time": moment,
            "X-Congvu-Signature": signed(bank.secret, moment, body),
        },
    )
    try:
        with urllib.request.urlopen(call, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 as above
            answer.read()
    except (urllib.error.URLError, TimeoutError) as wrong:
        log.warning("the model bank could not report %s: %s", payment.reference, type(wrong).__name__)
        raise Refused("Ngân hàng mẫu không báo có được.", do="Thử lại sau ít phút.") from wrong
