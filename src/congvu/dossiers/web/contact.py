"""How the applicant is reached and gets the result, changed: the verb of the one-stop, and the page of the citizen."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.change_contact import change_contact
from congvu.dossiers.queries.detail import Detail, detail_by_id
from congvu.dossiers.rules.contact import OVER, RETURN_METHODS, Contact
from congvu.dossiers.rules.notices import TOLD_BY
from congvu.dossiers.web.doing import Doing, Verb
from congvu.dossiers.web.verb_forms import VerbForm, area
from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, TextField


class ContactFields(VerbForm):
    """Where, and by which way."""

    phone = forms.CharField(label="Điện thoại", required=False, max_length=30)
    email = forms.CharField(label="Thư điện tử", required=False, max_length=200)
    address = TextField(
        label="Địa chỉ", required=False, max_length=500, help_text="Kết quả gửi bưu chính đến địa chỉ này."
    )
    return_method = forms.TypedChoiceField(
        label="Nhận kết quả", coerce=int, choices=tuple(RETURN_METHODS.items())
    )
    told_by = forms.TypedChoiceField(label="Báo tin qua", coerce=int, choices=tuple(TOLD_BY.items()))

    @property
    def contact(self) -> Contact:
        """What was said. Of a valid form."""
        return contact_said(self.cleaned_data)


class ContactForm(ContactFields):
    """At the counter: whose wish it is stands in the history."""

    reason = area(
        "Ai yêu cầu đổi, bằng cách nào",
        "Ví dụ: chủ hồ sơ đến quầy, xuất trình căn cước. Địa chỉ quyết định kết quả đến tay ai.",
        rows=2,
    )


def contact_said(data: Any) -> Contact:
    """The contact of a form's cleaned fields."""
    return Contact(data["phone"], data["email"], data["address"], data["return_method"], data["told_by"])


def contact_now(found: Detail) -> dict[str, Any]:
    """What the form starts from."""
    return {
        "seen": found.version, "phone": found.owner_phone, "email": found.owner_email, "address": found.owner_address,
        "return_method": found.return_method, "told_by": found.told_by,
    }  # fmt: skip


def contact_shown(found: Detail) -> list[tuple[str, str]]:
    """The same, for reading."""
    return [
        ("Điện thoại", found.owner_phone),
        ("Thư điện tử", found.owner_email),
        ("Địa chỉ", found.owner_address),
        ("Nhận kết quả", RETURN_METHODS.get(found.return_method, "")),
        ("Báo tin qua", TOLD_BY.get(found.told_by, "")),
    ]


def _change(do: Doing) -> None:
    change_contact(do.ids, contact_said(do.data), do.data["reason"], **do.how).only()


CONTACT = Verb(
    "doi-lien-he",
    "change_contact",
    "Đổi liên hệ, nơi nhận",
    "pencil-square",
    ContactForm,
    _change,
    "Đã đổi thông tin liên hệ; tin chưa gửi sẽ đi tới địa chỉ mới.",
    "Người nộp được báo ở cả địa chỉ cũ và mới. Hồ sơ khác trong cùng bộ liên thông đổi theo.",
)


def my_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so-cua-toi/<số>/lien-he/`: the owner changes where to be told and where the result goes. GET 2 statements."""
    now = clock.now()
    found = detail_by_id(visible_to(request.actor, now.date()), pk)  # type: ignore[attr-defined]
    form = ContactFields(request.POST or None, initial=contact_now(found))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            change_contact(
                [pk], form.contact, by=request.actor, at=now, seen=None if seen is None else {pk: seen}  # type: ignore[attr-defined]
            ).only()  # fmt: skip
            messages.success(request, "Đã đổi thông tin liên hệ. Tin chưa gửi sẽ đi tới địa chỉ mới.")
            return HttpResponseRedirect(reverse("my-dossier", args=[pk]))
        except Refused as refusal:
            form.refuse(refusal)
    context = {"d": found, "form": form, "over": found.status in OVER}
    return render(
        request, "dossiers/web/my_contact.html", context, status=FORM_STATUS if form.is_bound else 200
    )
