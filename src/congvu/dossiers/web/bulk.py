"""Doing one verb to many dossiers: look at the set, say yes, see a line per dossier. Works without JavaScript."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.door import Office, read
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Dossier
from congvu.dossiers.web.batch_work import begin
from congvu.dossiers.web.bulk_verbs import ALL_BULK, BulkVerb, how
from congvu.dossiers.web.capacity import capacities
from congvu.dossiers.web.may import all_verbs
from congvu.dossiers.web.signing import SignFields
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, PlainForm
from congvu.organisation.queries import picture

MOST = 500  # dossiers one press may move: what a person can have looked at


@dataclass(frozen=True, slots=True)
class Picked:
    """A dossier of the set, and why it cannot be done now ("" when it can)."""

    id: int
    version: int
    label: str
    title: str
    url: str
    why: str
    words: str = ""  # what will be done to this one in particular

    @property
    def seen(self) -> str:
        return f"{self.id}.{self.version}"


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What happened to one dossier."""

    label: str
    title: str
    url: str
    done: bool
    words: str


def bulk_verb(request: HttpRequest) -> HttpResponse:
    """`/viec-cua-toi/hang-loat/` (POST). Looking: 3-4 statements, 6 to sign; doing: those of the verb more, whatever the size."""
    back = _back(request)
    if request.method != "POST":
        return HttpResponseRedirect(back)
    verb = ALL_BULK.get(request.POST.get("viec", ""))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if verb is None or not actor.has(*verb.roles):
        raise Refused("Không có việc này cho vai trò của bạn.", do="Quay lại danh sách và chọn lại.")
    seen = read_seen(request.POST.getlist("chon"))
    if not seen:
        raise Refused("Chưa chọn hồ sơ nào.", do="Quay lại danh sách, đánh dấu các hồ sơ rồi chọn việc.")
    confirmed = request.POST.get("dong-y") == "1"
    form = verb.form(request.POST if confirmed else None)
    if verb.offer is not None:
        verb.offer(form, actor, clock.today())
    if confirmed and form.is_valid():
        try:
            return _done(request, verb, form, seen, back)
        except Refused as refusal:
            form.refuse(refusal)
    return _ask(request, verb, form, seen, back, FORM_STATUS if form.is_bound else 200)


def read_seen(chosen: list[str]) -> dict[int, int]:
    """The dossiers ticked, each with the version that was on the screen. Refuses more than 500 and nonsense."""
    if len(chosen) > MOST:
        raise Refused(
            f"Mỗi lần chỉ làm được {MOST} hồ sơ; bạn chọn {len(chosen)}.", do="Bỏ chọn bớt rồi làm tiếp."
        )
    seen: dict[int, int] = {}
    for one in chosen:
        pk, _, version = one.partition(".")
        if not (pk.isdecimal() and version.isdecimal() and len(one) < 40):
            raise Refused("Danh sách hồ sơ gửi lên không đọc được.", do="Tải lại danh sách rồi chọn lại.")
        seen[int(pk)] = int(version)
    return seen


def _ask(
    request: HttpRequest, verb: BulkVerb, form: PlainForm, seen: dict[int, int], back: str, status: int
) -> HttpResponse:
    """The set, with what can be done and what cannot, and the words the verb needs."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found, calendars, sight = read(list(seen), by=actor, at=now)
    office = Office(actor, now, calendars, sight)
    titles = _titles(list(found))
    as_whom = capacities(actor, found, picture(), now.date()) if verb.form is SignFields else {}
    picked = []
    for pk, version in seen.items():
        state = found.get(pk)
        if state is None:
            continue
        may = all_verbs(state, office)[verb.name]
        why = may.why if state.version == version else "Vừa được người khác xử lý; mở lại danh sách để xem."
        signs = as_whom.get(pk)
        if isinstance(signs, Refused):
            why, signs = why or f"{signs.what} {signs.do}".strip(), None
        words = f"ký: {signs.short}" if signs else ""
        picked.append(Picked(pk, version, state.label, titles.get(pk, ""), _url(pk, state.code), why, words))
    able = [one for one in picked if not one.why]
    context = {
        "verb": verb,
        "form": form,
        "able": able,
        "unable": [one for one in picked if one.why],
        "back": back,
    }
    return render(request, "dossiers/web/bulk.html", context, status=status)


def _done(
    request: HttpRequest, verb: BulkVerb, form: PlainForm, seen: dict[int, int], back: str
) -> HttpResponse:
    if len(seen) > verb.inline:
        batch = begin(verb, form, seen, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("batch", args=[batch.pk]))
    outcome = verb.run(list(seen), form.cleaned_data, how(request.actor, clock.now(), seen))  # type: ignore[attr-defined]
    lines = _lines(outcome)
    context: dict[str, Any] = {
        "verb": verb,
        "lines": lines,
        "back": back,
        "done": len(outcome.done),
        "refused": len(outcome.refused),
    }
    return render(
        request, "dossiers/web/bulk_done.html", context, status=200 if outcome.done else FORM_STATUS
    )


def _lines(outcome: Outcome) -> list[ResultLine]:
    """A line per dossier: those refused first, since they need the eye. 1 statement."""
    titles = _titles(
        [*(one.dossier_id for one in outcome.refused), *(one.dossier_id for one in outcome.done)]
    )
    lines = [
        ResultLine(
            one.code or f"số {one.dossier_id}",
            titles.get(one.dossier_id, ""),
            _url(one.dossier_id, one.code),
            False,
            " ".join(part for part in (one.refusal.what, one.refusal.do) if part),
        )
        for one in outcome.refused
    ]
    for one in outcome.done:
        due = f"hẹn trả {one.due_on:%d/%m/%Y}" if one.due_on else "không hẹn ngày"
        lines.append(
            ResultLine(
                one.code or f"số {one.dossier_id}",
                titles.get(one.dossier_id, ""),
                _url(one.dossier_id, one.code),
                True,
                due,
            )
        )
    return lines


def _titles(ids: list[int]) -> dict[int, str]:
    rows = Dossier.objects.filter(pk__in=ids).values_list("id", "owner_name", "summary")
    return {pk: f"{owner} · {summary}" for pk, owner, summary in rows}


def _url(pk: int, code: str | None) -> str:
    return reverse("dossier", args=[code]) if code else reverse("registered", args=[pk])


def _back(request: HttpRequest) -> str:
    """Where the reader came from, when it is ours."""
    asked = request.POST.get("ve", "")
    parts = urlsplit(asked)
    ours = asked.startswith("/") and not asked.startswith("//") and not parts.netloc and "\\" not in asked
    return asked if ours else reverse("my-work")
