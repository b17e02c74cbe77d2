"""The answering page: from a phone, without an account, without JavaScript; by a link, the code of the day, or a machine."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.identity.throttle import attempt
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.address import client_address
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import unit_name
from congvu.surveys.actions.answer import Door, TooMany, answer, opened, sealed_address
from congvu.surveys.queries.campaigns import Gone, NotNow, campaign_of, content
from congvu.surveys.rules.questionnaires import (
    LEVELS,
    LONGEST_TEXT,
    MANY,
    ONE,
    SCALE,
    TEXT,
    Content,
    Given,
    Question,
)
from congvu.surveys.rules.words import KIOSK, LINK, QR

WRONG_LINKS, WINDOW = 20, 600  # wrong links an address may try in ten minutes
_RISING = tuple(reversed(LEVELS))


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the page shows it: its name in the form, what may be chosen, what was."""

    asked: Question
    name: str
    options: tuple[tuple[str, str, bool], ...] = ()
    typed: str = ""

    @property
    def scaled(self) -> bool:
        return self.asked.kind == SCALE

    @property
    def many(self) -> bool:
        return self.asked.kind == MANY

    @property
    def text(self) -> bool:
        return self.asked.kind == TEXT


def by_link(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """`/khao-sat/<mã>/phieu/<liên kết>/`: 3 statements to show."""
    return _page(request, code, Door(LINK, token))


def by_counter(request: HttpRequest, code: str, unit: str, token: str) -> HttpResponse:
    """`/khao-sat/<mã>/quay/<đơn vị>/<mã của ngày>/`: 2 statements to show."""
    return _page(request, code, Door(QR, token, unit))


def by_kiosk(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """`/khao-sat/<mã>/may/<máy>/`: 3 statements to show."""
    return _page(request, code, Door(KIOSK, token))


def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """After an answer. 1 statement. A machine is offered to the next person."""
    again = request.GET.get("may", "")
    if not re.fullmatch(r"[\w-]{1,40}", again, re.A):
        again = ""
    context = {"campaign": campaign_of(code), "again": again}
    return render(request, "surveys/web/thanks.html", context)


def _page(request: HttpRequest, code: str, door: Door) -> HttpResponse:
    now, actor = clock.now(), actor_of(request)
    door = Door(
        door.channel, door.token[:60], door.unit_code[:30], client_address(request),
        _form_number(request.POST.get("phieu", "")),
    )  # fmt: skip
    try:
        campaign, unit = opened(code, door, by=actor, at=now)
    except NotNow:  # says nothing of the link, which may be a right one
        raise
    except Gone:
        _refuse_guessing(request)
        raise
    asked = content(campaign)
    given, refusal = None, None
    if request.method == "POST":
        given = _given(request, asked)
        try:
            answer(code, door, given, by=actor, at=now)
        except Refused as told:
            if getattr(told, "status", FORM_STATUS) != FORM_STATUS:
                raise
            refusal = told
        else:
            again = f"?may={door.token}" if door.channel == KIOSK else ""
            return HttpResponseRedirect(reverse("survey-thanks", args=[code]) + again)
    context = {
        "campaign": campaign,
        "unit": unit_name(unit, now.date()),
        "groups": [(key, words, given is not None and given.group == key) for key, words in asked.groups],
        "factors": [
            (name, [_row(one, request) for one in asked.of_factor(key)]) for key, name in asked.factors
        ],
        "levels": _RISING,
        "refusal": refusal,
        "form_number": door.form or uuid.uuid4().hex,
        "longest": LONGEST_TEXT,
        "kiosk": door.channel == KIOSK,
    }
    response = render(request, "surveys/web/answering.html", context, status=FORM_STATUS if refusal else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _refuse_guessing(request: HttpRequest) -> None:
    """Only wrong links are counted by address: a right one leaves no trace of where it was opened."""
    where = sealed_address(client_address(request))
    if not attempt(f"survey-wrong:{where}", limit=WRONG_LINKS, window=WINDOW, at=clock.now()).allowed:
        raise TooMany("Địa chỉ mạng này đã mở quá nhiều liên kết sai.", do="Thử lại sau ít phút.")


def _form_number(text: str) -> str:
    return text if len(text) == 32 and text.isalnum() else ""


def _name(one: Question) -> str:
    return f"c-{one.code}"


def _row(one: Question, request: HttpRequest) -> Row:
    name = _name(one)
    chosen = request.POST.getlist(name)
    if one.kind == TEXT:
        return Row(one, name, typed=request.POST.get(name, "")[: LONGEST_TEXT * 2])
    if one.kind == SCALE:
        options = tuple((str(level), words, str(level) in chosen) for level, words in _RISING)
    else:
        options = tuple((str(at), words, str(at) in chosen) for at, words in enumerate(one.options))
    return Row(one, name, options)


def _given(request: HttpRequest, asked: Content) -> Given:
    """What the form says; what it cannot have said becomes a level there is not, which the rules refuse."""
    levels = tuple(_number(request.POST.get(_name(one), ""), 0) for one in asked.scaled)
    choices: dict[str, Any] = {}
    texts = {}
    for one in asked.questions:
        if one.kind in (ONE, MANY):
            places = tuple(sorted({_number(text, -1) for text in request.POST.getlist(_name(one))}))
            if places:
                choices[one.code] = places
        elif one.kind == TEXT and (words := request.POST.get(_name(one), "").replace("\x00", "").strip()):
            texts[one.code] = words
    return Given(levels, request.POST.get("nhom", "")[:30], choices, texts)


def _number(text: str, empty: int) -> int:
    if not text:
        return empty
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else -1
