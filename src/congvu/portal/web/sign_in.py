"""Sign in, sign out, change one's password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from congvu.foundation import clock
from congvu.foundation.accounts.actions import passwords
from congvu.foundation.accounts.actions import sign_in as door
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account
from congvu.foundation.identity.queries import actor_for
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.address import client_address
from congvu.foundation.ui.context import OFFICE_SESSION_KEY
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm

BACKEND = "congvu.foundation.identity.backend.AccountBackend"


class SignInForm(PlainForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class PasswordForm(PlainForm):
    old = forms.CharField(
        label="Mật khẩu hiện tại",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        help_text="Từ mười ký tự. Một câu dài dễ nhớ thì tốt hơn chuỗi ký hiệu.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu mới",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "Hai lần nhập không giống nhau.")
        return data


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. 7 statements for a good sign-in; none to show the form."""
    target = _safe_next(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "GET" and not actor.is_stranger:
        return HttpResponseRedirect(target)
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = FORM_STATUS
        if form.is_valid():
            try:
                account = door.sign_in(
                    form.cleaned_data["username"],
                    form.cleaned_data["password"],
                    address=client_address(request),
                    at=clock.now(),
                )
            except Refused as refusal:
                form.refuse(refusal)
                status = getattr(refusal, "status", FORM_STATUS)
            else:
                login(request, account, backend=BACKEND)
                _remember_office(request, account)
                return HttpResponseRedirect(target)
    return render(request, "portal/web/sign_in.html", {"form": form, "next": target}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave. 1 statement."""
    door.sign_out(by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    logout(request)
    messages.success(request, "Đã đăng xuất.")
    return HttpResponseRedirect("/")


@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """Replace one's own password; this session goes on, others of the account end. 3 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            account = passwords.change_password(
                form.cleaned_data["old"], form.cleaned_data["new"], by=actor, at=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            update_session_auth_hash(request, account)
            messages.success(
                request, "Đã đổi mật khẩu. Các máy khác đang đăng nhập tài khoản này phải đăng nhập lại."
            )
            return HttpResponseRedirect("/")
    return render(
        request,
        "portal/web/change_password.html",
        {"form": form, "given": actor.must_change_password},
        status=FORM_STATUS if form.is_bound else 200,
    )


def _remember_office(request: HttpRequest, account: Account) -> None:
    """Keep the office's name for the top bar in the session. 3 statements."""
    from congvu.organisation.queries import names_on

    office = actor_for(account, clock.today()).office_id
    if office is not None:
        names = names_on([office], clock.today())
        request.session[OFFICE_SESSION_KEY] = [office, names.get(office, "")]


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if inside and target.startswith("/") else "/"
