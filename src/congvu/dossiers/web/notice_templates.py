"""The words of the notices: what counts now, changing them with a preview, the programme's own words again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.rules.notices import BY_SLUG, OCCASIONS, PLACES, SAMPLE, SMS, Occasion, Words, said
from congvu.dossiers.web.verb_forms import area
from congvu.foundation import clock
from congvu.foundation.notices.actions.change_template import (
    LONGEST,
    change_template,
    newest_templates,
    versions_of,
)
from congvu.foundation.notices.actions.change_template import Words as NewWords
from congvu.foundation.notices.models import Channel, NoticeTemplate
from congvu.foundation.notices.rules.filling import checked
from congvu.foundation.notices.rules.sms import Length, length
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm, TextField


@dataclass(frozen=True, slots=True)
class Line:
    """What counts now for one occasion and channel."""

    channel: Channel
    own: NoticeTemplate | None
    size: Length | None

    @property
    def words(self) -> str:
        if self.own is None or not (self.own.silent or self.own.text):
            return "Lời mặc định"
        return "Không gửi" if self.own.silent else f"Của đơn vị, bản {self.own.version}"


class MailForm(PlainForm):
    subject = TextField(label="Tiêu đề", max_length=300)
    text = area("Nội dung", rows=10)
    silent = forms.BooleanField(label="Không gửi loại thông báo này qua thư điện tử", required=False)


class SmsForm(PlainForm):
    text = area("Nội dung", rows=4)
    unmarked = forms.BooleanField(label="Gửi không dấu (mỗi tin được 160 ký tự thay vì 70)", required=False)
    silent = forms.BooleanField(label="Không gửi loại thông báo này qua SMS", required=False)


def notice_templates(request: HttpRequest) -> HttpResponse:
    """`/thong-bao/mau/`: every occasion with its article and the words that count. 2 statements."""
    own = newest_templates()
    lines = [
        (one, [_line(one, channel, own.get((one.slug, channel.value))) for channel in Channel])
        for one in OCCASIONS
    ]
    return render(request, "dossiers/web/notice_templates.html", {"lines": lines})


def notice_template(request: HttpRequest, kind: str, channel: str) -> HttpResponse:
    """`/thong-bao/mau/<dịp>/<kênh>/`: the words, a preview, earlier versions. GET 3 statements, POST 3 more."""
    if kind not in BY_SLUG or channel not in Channel.values:
        raise NotVisible("Không có mẫu thông báo này.", where=kind, do="Chọn trong danh sách mẫu.")
    occasion, by_channel = BY_SLUG[kind], Channel(channel)
    versions = versions_of(kind, by_channel)
    form_of = SmsForm if channel == SMS else MailForm
    if request.method != "POST":
        form = form_of(initial=_initial(occasion, by_channel, versions))
        return _show(request, occasion, by_channel, form, versions)
    if request.POST.get("viec") == "mac-dinh":
        return _save(request, occasion, by_channel, NewWords(""), "Dùng lại lời mặc định.")
    form = form_of(request.POST)
    try:
        if form.is_valid():
            words = _typed(form)
            checked(words.text, occasion.places(channel), where="text")
            checked(words.subject, occasion.places(channel), where="subject")
            if request.POST.get("viec") != "xem":
                return _save(request, occasion, by_channel, words, "Đã lưu; dùng từ thông báo tiếp theo.")
            return _show(request, occasion, by_channel, form, versions)
    except Refused as refusal:
        form.refuse(refusal)
    return _show(request, occasion, by_channel, form, versions, FORM_STATUS)


def _save(
    request: HttpRequest, occasion: Occasion, channel: Channel, words: NewWords, told: str
) -> HttpResponse:
    known = occasion.places(channel.value)
    change_template(occasion.slug, channel, words, known, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, f"{occasion.name}, {channel.label}: {told}")
    return HttpResponseRedirect(reverse("notice-templates"))


def _typed(form: PlainForm) -> NewWords:
    data = form.cleaned_data
    return NewWords(
        data["text"].replace("\r\n", "\n").strip(),
        data.get("subject", ""),
        data.get("unmarked", False),
        data["silent"],
    )


def _initial(occasion: Occasion, channel: Channel, versions: list[NoticeTemplate]) -> dict[str, Any]:
    own, default = (versions[0] if versions else None), occasion.words(channel.value)
    words = default if own is None or not own.text else Words(own.text, own.subject, own.unmarked)
    return {
        "text": words.text,
        "subject": words.subject,
        "unmarked": words.unmarked,
        "silent": own is not None and own.silent,
    }


def _line(occasion: Occasion, channel: Channel, own: NoticeTemplate | None) -> Line:
    words = occasion.words(channel.value)
    if own is not None and own.text:
        words = Words(own.text, own.subject, own.unmarked)
    size = length(said(words, SAMPLE)[1]) if channel == Channel.SMS else None
    return Line(channel, own, size)


def _preview(form: PlainForm, occasion: Occasion, channel: Channel) -> tuple[str, str] | None:
    """The words as typed with the sample put in; None while they name a place there is not."""
    typed = {name: form[name].value() or "" for name in form.fields}
    known = occasion.places(channel.value)
    try:
        words = Words(
            checked(typed["text"].replace("\r\n", "\n"), known, where="text"),
            checked(typed.get("subject", ""), known, where="subject"),
            bool(typed.get("unmarked")),
        )
    except Refused:
        return None
    return said(words, SAMPLE)


def _show(
    request: HttpRequest,
    occasion: Occasion,
    channel: Channel,
    form: PlainForm,
    versions: list[NoticeTemplate],
    status: int = 200,
) -> HttpResponse:
    shown = _preview(form, occasion, channel)
    context: dict[str, Any] = {
        "occasion": occasion,
        "channel": channel,
        "form": form,
        "subject": shown[0] if shown else "",
        "text": shown[1] if shown else "",
        "size": length(shown[1]) if shown and channel == Channel.SMS else None,
        "places": [(name, PLACES[name], SAMPLE[name]) for name in occasion.places(channel.value)],
        "versions": versions,
        "most": LONGEST[channel],
    }
    return render(request, "dossiers/web/notice_template.html", context, status=status)
