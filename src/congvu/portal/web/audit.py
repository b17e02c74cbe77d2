"""The audit log: what was done to anything, by whom, when, what changed. Auditors, leaders and administrators."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import make_aware

from congvu.foundation import clock
from congvu.foundation.audit.queries import page as audit_page
from congvu.foundation.identity.models import Account
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField
from congvu.foundation.ui.pager import Page, decode, page_of
from congvu.foundation.workdays.days import day_start, next_day
from congvu.organisation.queries import names_on
from congvu.portal.queries import dossier_codes
from congvu.portal.rules.audit_words import KINDS, Act, acts

PAGE = 50


class AuditForm(PlainForm):
    """The filters, in the address."""

    is_filter = True
    loai = forms.ChoiceField(label="Loại", required=False)
    ma = forms.IntegerField(label="Số của bản ghi", required=False, min_value=0, max_value=2**62)
    ai = TextField(label="Tên đăng nhập", required=False, max_length=64)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("loai", "") if self.is_bound else ""
        choices = [("", "Mọi loại"), *sorted(KINDS.items(), key=lambda pair: pair[1])]
        if asked and asked not in KINDS:
            choices.append((asked, asked))  # a kind without words yet can still be asked for
        self.fields["loai"].choices = choices  # type: ignore[attr-defined]
        self.fields["ma"].widget.attrs.update({"class": "num", "inputmode": "numeric"})


@dataclass(frozen=True, slots=True)
class _Asked:
    kind: str = ""
    object_id: int | None = None
    actor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def audit(request: HttpRequest) -> HttpResponse:
    """A page of the log, newest first. 6 statements, 7 when asked by user name."""
    form = AuditForm(request.GET)
    after = decode(request.GET.get("sau", ""), 1)
    page: Page[Any] = Page([])
    status = 200
    if form.is_valid():
        asked = _asked(form)
        found = [] if asked is None else _found(asked, after)
        page = page_of(found, PAGE, lambda entry: (entry.id,), first=after is None)
    else:
        status = FORM_STATUS
    offices = names_on({entry.office_id for entry in page.rows if entry.office_id}, clock.today())
    codes = dossier_codes({entry.object_id for entry in page.rows if entry.object_kind == "dossier"})
    shown: list[Act] = acts(page.rows, offices, codes)
    return render(
        request, "portal/web/audit.html", {"form": form, "page": page, "acts": shown}, status=status
    )


def _asked(form: AuditForm) -> _Asked | None:
    """The filters; None when the user name belongs to nobody, so nothing can be found."""
    data = form.cleaned_data
    actor_id = None
    if data["ai"]:
        actor_id = Account.objects.filter(username=data["ai"].lower()).values_list("id", flat=True).first()
        if actor_id is None:
            form.add_error("ai", "Không có tài khoản này.")
            return None
    return _Asked(
        kind=data["loai"],
        object_id=data["ma"],
        actor_id=actor_id,
        since=_begins(data["tu"]),
        until=_begins(next_day(data["den"])) if data["den"] else None,
    )


def _found(asked: _Asked, after: list[Any] | None) -> list[Any]:
    return audit_page(
        kind=asked.kind,
        object_id=asked.object_id,
        actor_id=asked.actor_id,
        since=asked.since,
        until=asked.until,
        before_id=int(after[0]) if after else None,
        limit=PAGE,
    )


def _begins(day: date | None) -> datetime | None:
    return None if day is None else make_aware(day_start(day))
