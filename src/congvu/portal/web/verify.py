"""The public page that says of any PDF whether its digital signatures hold. Nothing sent is kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from congvu.dossiers.queries.results import signed_result
from congvu.dossiers.rules.check_codes import read_code, read_hash
from congvu.foundation import clock
from congvu.foundation.files.actions import read_stored
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.throttle import attempt
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.verify import Finding, Verdict, verify
from congvu.foundation.ui import formats
from congvu.foundation.ui.address import client_address

LIMIT, WINDOW = 20, 600  # files an address may have checked in ten minutes: each costs a tenth of a second
_AROUND = 64 * 1024  # what a form adds around its file
CHIPS = {Finding.VALID: "ok", Finding.UNSIGNED: "idle", Finding.EXPIRED: "soon", Finding.FOREIGN: "soon"}


class TooBig(Refused):
    """More was sent than is looked at."""

    status = 413


class Unknown(Refused):
    """No such paper."""

    status = 404


class TooMany(Refused):
    """Asked too often from one address."""

    status = 429


@csrf_exempt  # changes nothing and knows nobody; Django would read a file of 300 MB to look for the form's token
def verify_file(request: HttpRequest) -> HttpResponse:
    """`/kiem-tra-chu-ky/`. GET 0, with a code or a hash 2-3; POST 1 (rate). Too much is refused by its announced size, unread."""
    if request.method != "POST":
        return _found(request)
    try:
        _refuse_too_big(request)
        _refuse_too_often(request)
        sent = request.FILES.get("tep")
        if not isinstance(sent, UploadedFile):
            raise Refused("Chưa chọn tệp.", where="tep", do="Chọn một tệp PDF trên máy của bạn.")
        if (sent.size or 0) > settings.CONGVU_UPLOAD_LIMIT:
            raise _too_big()
        verdict = verify(sent.read(), key_ring().trust(), at=clock.now())
    except Refused as refusal:
        return _show(request, {"refusal": refusal}, getattr(refusal, "status", 422))
    return _show(
        request,
        {
            **_told(verdict),
            "name": (sent.name or "")[:200],
        },
    )


def _found(request: HttpRequest) -> HttpResponse:
    """The result kept here with the code typed (or in a QR), or with the hash of the reader's file; nothing is sent."""
    typed, hashed = request.GET.get("ma", "").strip(), request.GET.get("bam", "").strip()
    if not (typed or hashed):
        return _show(request, {})
    code, digest = read_code(typed), read_hash(hashed)
    asked = {"typed": typed[:40], "hashed": hashed[:80]}
    try:
        _refuse_too_often(request)
        if (typed and not code) or (hashed and not digest):
            raise Refused(
                "Mã kiểm tra gồm 12 chữ và số." if typed and not code else "Mã băm SHA-256 gồm 64 chữ số hệ mười sáu.",
                where="ma", do="Xem lại mã in dưới mã vuông trên văn bản.",
            )  # fmt: skip
        result = signed_result(code, digest)
        if result is None or result.file is None:
            raise Unknown(
                "Không có văn bản nào được ký ở đây với mã này.", where="ma",
                do="Gõ lại mã; hoặc tải tệp PDF lên để kiểm tra.",
            )  # fmt: skip
        verdict = verify(read_stored(result.file), key_ring().trust(), at=clock.now())
    except Refused as refusal:
        return _show(request, {"refusal_code": refusal, **asked}, getattr(refusal, "status", 422))
    same = None if not digest else digest == result.file.sha256
    return _show(request, {"result": result, "same": same, **_told(verdict), **asked})


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "chip": CHIPS.get(verdict.finding, "late"),
        "signers": [(one, CHIPS.get(one.finding, "late")) for one in verdict.signers],
        "broken": verdict.finding == Finding.BROKEN,
    }


def _refuse_too_big(request: HttpRequest) -> None:
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        announced = 0
    if announced > settings.CONGVU_UPLOAD_LIMIT + _AROUND:
        raise _too_big()


def _too_big() -> TooBig:
    limit = formats.number(settings.CONGVU_UPLOAD_LIMIT // (1024 * 1024))
    return TooBig(
        f"Tệp lớn hơn {limit} MB nên không được kiểm tra ở đây.",
        where="tep",
        do="Kiểm tra trên máy của cơ quan bằng lệnh congvu verify.",
    )


def _refuse_too_often(request: HttpRequest) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_official:
        return
    who = client_address(request) if actor.is_stranger else f"account {actor.account_id}"
    tried = attempt(f"verify:{who}", limit=LIMIT, window=WINDOW, at=clock.now())
    if not tried.allowed:
        raise TooMany(
            "Địa chỉ mạng này đã kiểm tra quá nhiều tệp trong ít phút.",
            do=f"Thử lại sau {formats.hour(tried.again_at)}.",
        )


def _show(request: HttpRequest, more: dict[str, Any], status: int = 200) -> HttpResponse:
    limit = settings.CONGVU_UPLOAD_LIMIT // (1024 * 1024)
    return render(request, "portal/web/verify.html", {"limit": limit, **more}, status=status)
