"""Accounts: the list, a new one, and one account with its roles, delegations and acts. Administrators only."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.accounts import queries
from congvu.foundation.accounts.actions import grants, manage, passwords
from congvu.foundation.accounts.words import KIND
from congvu.foundation.audit.queries import of_object
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account, Grant
from congvu.foundation.identity.roles import EVERY_ROLE, ROLE_WORDS
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.queries import names_on, picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.portal.rules.audit_words import acts
from congvu.portal.web.account_forms import (
    DelegateForm,
    EndGrantForm,
    GrantForm,
    NewAccountForm,
    WhyForm,
    first_day,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A role for the page: `now` in force today, `words` with the unit's name."""

    grant: Grant
    role: str
    unit: str
    now: bool


def accounts(request: HttpRequest) -> HttpResponse:
    """The list by user name. 6 statements."""
    today = clock.today()
    after = decode(request.GET.get("sau", ""), 2)
    asked = queries.AccountFilter(
        text=request.GET.get("q", "")[:100],
        role=request.GET.get("vai", "") if request.GET.get("vai") in EVERY_ROLE else "",
        active={"dang-dung": True, "da-khoa": False}.get(request.GET.get("tt", "")),
    )
    found = queries.account_page(
        asked, today, after=(str(after[0]), int(after[1])) if after else None, limit=PAGE
    )
    page = page_of(found, PAGE, lambda row: (row.account.username, row.account.pk), first=after is None)
    units = names_on((g.unit_id for row in page.rows for g in row.grants if g.unit_id), today)
    shown = [
        (
            row.account,
            [f"{ROLE_WORDS[g.role]}{', ' + units[g.unit_id] if g.unit_id else ''}" for g in row.grants],
        )
        for row in page.rows
    ]
    context = {
        "page": page,
        "shown": shown,
        "asked": asked,
        "roles": [(r, ROLE_WORDS[r]) for r in EVERY_ROLE],
    }
    return render(request, "portal/web/accounts.html", context)


def new_account(request: HttpRequest) -> HttpResponse:
    """Create one; its first password is shown once. 5 statements."""
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            account, password = manage.create_account(**form.cleaned_data, by=_actor(request), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _show_password(request, account, password)
    return render(request, "portal/web/account_new.html", {"form": form}, status=_status(form))


def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account. A POST names its verb in `viec`; a refused one shows the page again with what was typed.

    8 statements to show, of which two say who asks.
    """
    found = Account.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    known = picture()
    forms = _forms(request, found, known)
    if request.method == "POST":
        answer = _do(request, found, forms)
        if answer is not None:
            return answer
    status = FORM_STATUS if request.method == "POST" else 200
    return render(request, "portal/web/account.html", _shown(found, forms, known), status=status)


def _forms(request: HttpRequest, found: Account, known: Picture) -> dict[str, PlainForm]:
    """Every form of the page; only the one whose verb was posted is bound."""
    today = clock.today()
    verb = request.POST.get("viec", "")

    def data(name: str) -> Any:
        return request.POST if verb == name else None

    people = [one for one in queries.officials(today) if one[0] != found.pk]
    return {
        "giao": GrantForm(
            data("giao"), units=unit_choices(today, known), initial=first_day(today), prefix="giao"
        ),
        "thoi": EndGrantForm(data("thoi"), initial={"last_day": today}, prefix="thoi"),
        "thay": DelegateForm(data("thay"), people=people, prefix="thay"),
        "mat-khau": WhyForm(data("mat-khau"), prefix="mk"),
        "khoa": WhyForm(data("khoa"), prefix="khoa"),
    }


def _do(request: HttpRequest, found: Account, forms: dict[str, PlainForm]) -> HttpResponse | None:
    """Do the posted verb. None when its form must be shown again."""
    verb = request.POST.get("viec", "")
    if verb == "thoi-thay":
        grants.end_delegation(
            _number(request, "delegation"), clock.today(), by=_actor(request), at=clock.now()
        )
        messages.success(request, "Đã kết thúc giao thay.")
        return HttpResponseRedirect(reverse("account", args=[found.pk]))
    form = forms.get(verb)
    if form is None:
        raise Refused("Không rõ việc cần làm.", where="viec", do="Tải lại trang.")
    if not form.is_valid():
        return None
    try:
        return _VERBS[verb](request, found, form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return None


def _grant(request: HttpRequest, found: Account, data: dict[str, Any]) -> HttpResponse:
    grants.grant_role(
        [found.pk],
        data["role"],
        data["unit"],
        data["valid_from"],
        data["valid_to"],
        by=_actor(request),
        at=clock.now(),
    )
    return _back(request, found, f"Đã giao vai trò {ROLE_WORDS[data['role']]}.")


def _end(request: HttpRequest, found: Account, data: dict[str, Any]) -> HttpResponse:
    grants.end_grant(data["grant"], data["last_day"], by=_actor(request), at=clock.now())
    return _back(request, found, "Đã kết thúc vai trò.")


def _delegate(request: HttpRequest, found: Account, data: dict[str, Any]) -> HttpResponse:
    grants.delegate(
        found.pk,
        data["acting"],
        data["since"],
        data["until"],
        data["reason"],
        by=_actor(request),
        at=clock.now(),
    )
    return _back(request, found, "Đã ghi giao thay.")


def _reset(request: HttpRequest, found: Account, data: dict[str, Any]) -> HttpResponse:
    given = passwords.reset_passwords([found.pk], by=_actor(request), at=clock.now(), why=data["why"])
    return _show_password(request, found, given[found.pk])


def _lock(request: HttpRequest, found: Account, data: dict[str, Any]) -> HttpResponse:
    opening = not found.is_active
    manage.set_active([found.pk], opening, by=_actor(request), at=clock.now(), why=data["why"])
    return _back(request, found, "Đã mở lại tài khoản." if opening else "Đã khóa tài khoản.")


_VERBS = {"giao": _grant, "thoi": _end, "thay": _delegate, "mat-khau": _reset, "khoa": _lock}


def _shown(found: Account, forms: dict[str, PlainForm], known: Picture) -> dict[str, Any]:
    today = clock.today()
    held = queries.grants_of(found.pk)
    entries = of_object(KIND, found.pk, limit=20)
    offices = [g.unit_id for g in held if g.unit_id] + [e.office_id for e in entries if e.office_id]
    units = names_on(offices, today, known)
    rows = [
        HeldRow(
            grant,
            ROLE_WORDS[grant.role],
            units.get(grant.unit_id or 0, ""),
            grant.valid_from <= today and (grant.valid_to is None or today <= grant.valid_to),
        )
        for grant in held
    ]
    return {
        "account": found,
        "held": rows,
        "delegations": queries.delegations_of(found.pk),
        "acts": acts(entries, units),
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "today": today,
    }


def _show_password(request: HttpRequest, found: Account, password: str) -> HttpResponse:
    return render(request, "portal/web/account_password.html", {"account": found, "password": password})


def _back(request: HttpRequest, found: Account, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("account", args=[found.pk]))


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdigit() or len(text) > 18:
        raise Refused("Biểu mẫu thiếu số của dòng cần sửa.", where=name, do="Tải lại trang.")
    return int(text)


def _status(form: PlainForm) -> int:
    return FORM_STATUS if form.is_bound else 200


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]
