"""Every way of saying no, as a page in the user's words: a rule's refusal, and the errors of HTTP.

`RefusedMiddleware` answers a `Refused` that a view did not catch. The other functions are the handlers named in
`config/urls.py` and in `CSRF_FAILURE_VIEW`. None of them asks the database.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from congvu.foundation.identity.roles import EVERY_ROLE, ROLE_WORDS
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import listing

log = logging.getLogger(__name__)


class RefusedMiddleware:
    """A `Refused` becomes a page: 422, or the status the refusal carries (`status` attribute, e.g. 404, 409, 429)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refused) else None


def refused(request: HttpRequest, refusal: Refused, status: int | None = None) -> HttpResponse:
    """The page (or, for htmx, the `.miss` box) of one refusal."""
    code: int = status or getattr(refusal, "status", None) or 422
    if request.headers.get("HX-Request"):
        text = render_to_string("foundation/ui/_refused.html", {"refusal": refusal}, request)
        return HttpResponse(
            text, status=code, headers={"HX-Retarget": "#thong-bao", "HX-Reswap": "innerHTML"}
        )
    return _page(request, code, "Chưa làm được", refusal)


def no_entry(request: HttpRequest, roles: Iterable[str]) -> HttpResponse:
    """403 that says which roles may."""
    words = listing(ROLE_WORDS[role] for role in EVERY_ROLE if role in roles)
    return _page(
        request,
        403,
        "Không có quyền mở trang này",
        Refused(
            "Tài khoản của bạn không có vai trò được mở trang này.",
            do=f"Trang dành cho: {words}. Nếu công việc cần, đề nghị quản trị của đơn vị giao vai trò.",
        ),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 when too much was sent."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return _page(
            request,
            413,
            "Gửi quá nhiều trong một lần",
            Refused(
                "Biểu mẫu hoặc tệp gửi lên vượt quá giới hạn.",
                do="Chia nhỏ tệp hoặc gửi từng phần rồi thử lại.",
            ),
        )
    return _page(
        request,
        400,
        "Yêu cầu không đọc được",
        Refused("Máy chủ không hiểu yêu cầu này.", do="Quay lại trang trước và thử lại từ đầu."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by a view (PermissionDenied with its reason)."""
    reason = str(exception) if exception and str(exception) else "Bạn không được xem hoặc làm việc này."
    return _page(
        request, 403, "Không được phép", Refused(reason, do="Nếu công việc cần, hỏi quản trị của đơn vị.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. Does not say whether the thing exists for someone else."""
    return _page(
        request,
        404,
        "Không tìm thấy",
        Refused(
            "Không có trang hoặc bản ghi này, hoặc bạn không được xem.",
            do="Kiểm tra lại địa chỉ hoặc mã, hay tìm từ trang đầu.",
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the form's safety token is missing or old."""
    log.warning("csrf refused: %s %s", reason, request.path)
    return _page(
        request,
        403,
        "Biểu mẫu đã hết hiệu lực",
        Refused(
            "Biểu mẫu này mở quá lâu, hoặc trình duyệt chặn cookie, nên không nhận để giữ an toàn.",
            do="Quay lại, tải lại trang rồi gửi lại. Nếu vẫn vậy, cho phép cookie của trang này.",
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Renders without the shell's own data, so that a fault there cannot hide the message."""
    text = render_to_string("foundation/ui/server_error.html")
    return HttpResponse(text, status=500)


def _page(request: HttpRequest, status: int, title: str, refusal: Refused) -> HttpResponse:
    context: dict[str, Any] = {"title": title, "refusal": refusal, "status": status, "back": _back(request)}
    return HttpResponse(render_to_string("foundation/ui/refused.html", context, request), status=status)


def _back(request: HttpRequest) -> str:
    """The page the reader came from, when it is ours."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    try:
        ours = came.netloc == request.get_host()
    except DisallowedHost:  # the page that says so must not fall over it
        return ""
    return came._replace(scheme="", netloc="").geturl() if ours and came.path.startswith("/") else ""
