"""page(): who gets in, who is sent to sign in, who is told no; and how refusals look."""

from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from congvu.foundation.identity.actor import STRANGER, Actor, Held
from congvu.foundation.identity.roles import ADMIN, CLERK, EVERY_ROLE, PUBLIC
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.errors import bad_request, csrf_failure
from congvu.foundation.ui.routes import page

CLERK_ACTOR = Actor(7, "Trần Một Cửa", "mot.cua", held=(Held(CLERK, 1),))
NOBODY_YET = Actor(8, "Mới Vào", "moi.vao")
GIVEN = Actor(9, "Mật Khẩu Cấp", "cap.lai", held=(Held(CLERK, 1),), must_change_password=True)


class Stale(Refused):
    status = 409


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("được")


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused(
        "Mã hồ sơ có tháng 13.", where="H99", do="Sửa ngày <b>trong</b> mã.", article="NĐ 61/2018, Điều 5"
    )


def stale(request: HttpRequest) -> HttpResponse:
    raise Stale("Hồ sơ đã đổi từ khi bạn mở trang.")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    page("quay/", fine, roles=(CLERK,), name="t-counter"),
    page("moi-nguoi/", fine, roles=EVERY_ROLE, name="t-everyone"),
    page("cong-khai/", fine, roles=PUBLIC, name="t-public"),
    page("tu-choi/", refuse, roles=PUBLIC, name="t-refuse"),
    page("cu/", stale, roles=PUBLIC, name="t-stale"),
    page("khong-co/", missing, roles=PUBLIC, name="t-missing"),
    page("hong/", broken, roles=PUBLIC, name="t-broken"),
    path("", include("congvu.foundation.ui.web.urls")),
    path("", include("congvu.portal.web.urls")),
]
handler404 = "congvu.foundation.ui.errors.not_found"
handler500 = "congvu.foundation.ui.errors.server_error"
pytestmark = pytest.mark.urls(__name__)


def ask(pattern: Any, actor: Actor, method: str = "get", **more: Any) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/x/?a=1", **more)
    request.actor = actor
    return pattern.callback(request)


def test_a_stranger_is_sent_to_sign_in_and_comes_back() -> None:
    answer = ask(urlpatterns[0], STRANGER)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/dang-nhap/?next=/x/%3Fa%3D1")
    fragment = ask(urlpatterns[0], STRANGER, headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"].startswith("/dang-nhap/")


def test_the_right_role_gets_in_and_another_is_told_which_role_may() -> None:
    assert ask(urlpatterns[0], CLERK_ACTOR).status_code == 200
    answer = ask(page("y/", fine, roles=(ADMIN,), name="y"), CLERK_ACTOR)
    assert answer.status_code == 403
    assert "Trang dành cho: Quản trị" in answer.content.decode()


def test_somebody_without_any_role_gets_to_pages_of_everyone_only() -> None:
    assert ask(urlpatterns[1], NOBODY_YET).status_code == 200
    assert ask(urlpatterns[0], NOBODY_YET).status_code == 403


def test_a_given_password_opens_only_the_page_that_replaces_it() -> None:
    answer = ask(urlpatterns[0], GIVEN)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/doi-mat-khau/")


def test_every_line_carries_its_roles() -> None:
    assert urlpatterns[0].callback.roles == {CLERK}
    assert "stranger" in urlpatterns[2].callback.roles


@pytest.mark.parametrize("roles", [(), ("clrk",), ("stranger",), ("stranger", "clerk")])
def test_a_mistyped_role_stops_the_start(roles: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="x/"):
        page("x/", fine, roles=roles, name="x")


def test_a_refusal_is_a_page_in_its_own_words(client: Client) -> None:
    answer = client.get("/tu-choi/", headers={"Referer": "http://testserver/ho-so/?trang=2"})
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Mã hồ sơ có tháng 13.", "H99", "NĐ 61/2018, Điều 5", 'href="/ho-so/?trang=2"'):
        assert words in text
    assert "&lt;b&gt;trong&lt;/b&gt;" in text
    assert client.get("/cu/").status_code == 409


def test_a_foreign_referrer_is_not_a_way_back(client: Client) -> None:
    text = client.get("/tu-choi/", headers={"Referer": "https://elsewhere.example/x"}).content.decode()
    assert "elsewhere" not in text


def test_a_fragment_gets_the_box_in_the_place_of_notices(client: Client) -> None:
    answer = client.get("/tu-choi/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#thong-bao")
    assert "<html" not in answer.content.decode()


def test_errors_speak_vietnamese(client: Client) -> None:
    client.raise_request_exception = False
    assert "Không tìm thấy" in client.get("/khong-co/").content.decode()
    broken_page = client.get("/hong/")
    assert broken_page.status_code == 500
    assert "Máy chủ gặp lỗi" in broken_page.content.decode()


def test_too_much_at_once_is_413_and_an_old_form_says_so(rf: RequestFactory) -> None:
    from django.core.exceptions import RequestDataTooBig

    request = rf.post("/x/")
    assert bad_request(request, RequestDataTooBig()).status_code == 413
    assert bad_request(request).status_code == 400
    assert "hết hiệu lực" in csrf_failure(request, "no cookie").content.decode()


def test_every_answer_carries_the_policy(client: Client) -> None:
    headers = client.get("/cong-khai/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
