"""Doing one verb to many dossiers: look at the set, say yes, see a line per dossier. Works without JavaScript."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import Visible, visible, visible_to
from congvu.dossiers.actions.door import Office, read
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
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
_NAMED = 10  # of those not found, how many are named


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
    url: str  # "" when the reader may not see it
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
        if not (pk.isdecimal() and version.isdecimal() and len(pk) < 19 and len(version) < 10):
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
    titles = _titles(list(found), sight)
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
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    sight = visible_to(actor, now.date())
    if len(seen) > verb.inline:
        return _ordered(request, verb, form, seen, sight)
    outcome = verb.run(list(seen), form.cleaned_data, how(actor, now, seen))
    lines = _lines(outcome, sight)
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


def _ordered(
    request: HttpRequest, verb: BulkVerb, form: PlainForm, seen: dict[int, int], sight: Visible
) -> HttpResponse:
    """A batch of those the reader may see; the others are told apart at once, and their names to nobody."""
    mine = set(visible(Dossier.objects.filter(pk__in=seen), sight, few=True).values_list("pk", flat=True))
    absent = [str(pk) for pk in seen if pk not in mine]
    if not mine:
        raise Refused("Không tìm thấy hồ sơ nào trong phạm vi của bạn.", do="Quay lại danh sách và chọn lại.")
    kept = {pk: version for pk, version in seen.items() if pk in mine}
    batch = begin(verb, form, kept, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    if absent:
        told = ", ".join(absent[:_NAMED]) + (" …" if len(absent) > _NAMED else "")
        messages.warning(request, f"Không tìm thấy {len(absent)} hồ sơ trong phạm vi của bạn: số {told}.")
    return HttpResponseRedirect(reverse("batch", args=[batch.pk]))


def _lines(outcome: Outcome, sight: Visible) -> list[ResultLine]:
    """A line per dossier: those refused first, since they need the eye. One not to be seen keeps its number. 1 statement."""
    answers: list[Done | NotDone] = [*outcome.refused, *outcome.done]
    titles = _titles([one.dossier_id for one in answers], sight)
    lines = []
    for one in answers:
        title = titles.get(one.dossier_id)
        number = f"số {one.dossier_id}"
        label, url = (
            (one.code or number, _url(one.dossier_id, one.code)) if title is not None else (number, "")
        )
        lines.append(ResultLine(label, title or "", url, isinstance(one, Done), one.words))
    return lines


def _titles(ids: list[int], sight: Visible) -> dict[int, str]:
    """What each is called, of those the reader may see. 1 statement."""
    rows = visible(Dossier.objects.filter(pk__in=ids), sight, few=True)
    named = rows.values_list("id", "owner_name", "summary")
    return {pk: f"{owner} · {summary}" for pk, owner, summary in named}


def _url(pk: int, code: str | None) -> str:
    return reverse("dossier", args=[code]) if code else reverse("registered", args=[pk])


def _back(request: HttpRequest) -> str:
    """Where the reader came from, when it is ours."""
    asked = request.POST.get("ve", "")
    parts = urlsplit(asked)
    ours = asked.startswith("/") and not asked.startswith("//") and not parts.netloc and "\\" not in asked
    return asked if ours else reverse("my-work")
