"""Bố trí, điều động, biệt phái, thôi giữ, nghỉ: one person's posts change by a decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.days import next_day
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight
from congvu.people.actions.appoint import appoint, end_posts, leave, move
from congvu.people.actions.limits import warnings_of_post
from congvu.people.queries.card import Card, card
from congvu.people.rules.codes import FULL, SECONDED
from congvu.people.rules.record import Post
from congvu.people.web.asking import looking
from congvu.people.web.forms import AddForm, DecisionForm, EndForm, LeaveForm, MoveForm, SecondForm

KINDS = {
    "dieu-dong": ("Điều động, bổ nhiệm", "Vị trí chuyên trách cũ thôi cùng ngày vị trí mới bắt đầu."),
    "kiem-nhiem": ("Kiêm nhiệm, bố trí thêm", "Thêm một vị trí bên cạnh vị trí đang giữ."),
    "biet-phai": ("Biệt phái", "Làm việc ở nơi khác có thời hạn; biên chế vẫn tính ở nơi cử."),
    "thoi-giu": ("Thôi giữ một vị trí", "Các vị trí khác giữ nguyên."),
    "nghi": ("Nghỉ hưu, thôi việc, chuyển ra", "Mọi vị trí đang giữ cùng chấm dứt; hồ sơ vẫn lưu."),
}

GIVING = ("dieu-dong", "kiem-nhiem", "biet-phai")


def change_post(request: HttpRequest, number: str) -> HttpResponse:
    """2 statements to show the form; the verbs say the rest. What is to be known before a post is given is shown once, and
    may be passed over."""
    known, sight = looking(request)
    found = card(number, sight, sight.today)
    if found is None or found.home not in sight.keeps:
        raise Http404
    kind = request.GET.get("viec", "dieu-dong")
    if kind not in KINDS:
        raise Http404
    form = _form(kind, request, found, known, sight)
    warned: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            warned = _unseen_warnings(request, kind, form, found)
            if not warned:
                VERBS[kind](form, found, actor_of(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if not warned:
                said = f"Đã ghi: {KINDS[kind][0].lower()}, {form.cleaned_data['decision']}."
                messages.success(request, said)
                return redirect("person", number=found.number)
    context = {
        "card": found,
        "form": form,
        "kind": kind,
        "kinds": [(code, words) for code, (words, _) in KINDS.items()],
        "about": KINDS[kind][1],
        "warned": warned,
        "seen": _seen(_post(form)) if warned else "",
        "now": [(one, known.name(one.unit_id, sight.today)) for one in found.on(sight.today)],
    }
    return render(
        request, "people/web/change_post.html", context, status=FORM_STATUS if form.is_bound else 200
    )


def _form(kind: str, request: HttpRequest, found: Card, known: Picture, sight: Sight) -> DecisionForm:
    data = request.POST or None
    now = found.on(sight.today)
    if kind == "thoi-giu":
        posts = [(one.id, f"{one.position}, {known.name(one.unit_id, sight.today)}") for one in now]
        return EndForm(data, posts=posts)
    if kind == "nghi":
        return LeaveForm(data)
    full = next((one for one in now if one.kind == FULL), None)
    initial = {"position": full.position, "pool": full.pool} if full else {}
    made = {"dieu-dong": MoveForm, "kiem-nhiem": AddForm, "biet-phai": SecondForm}[kind]
    return made(data, known=known, sight=sight, initial=initial)


def _post(form: Any) -> Post:
    """The post that the form gives."""
    data = form.cleaned_data
    until = next_day(data["until"]) if data.get("until") else None
    kind = FULL if type(form) is MoveForm else data.get("kind", SECONDED)
    return Post(data["unit_id"], kind, data["pool"], data["position"], data["since"], until)


def _seen(post: Post) -> str:
    """Says of which post the warnings were shown: another post is warned of anew."""
    return f"{post.unit_id} {post.position} {post.valid_from:%d/%m/%Y}"


def _unseen_warnings(request: HttpRequest, kind: str, form: Any, found: Card) -> list[str]:
    """What to know before the post is given; none when it has been shown already."""
    if kind not in GIVING or request.POST.get("da_xem") == _seen(_post(form)):
        return []
    return warnings_of_post(found.id, _post(form), by=actor_of(request), at=clock.now())


def _move(form: Any, found: Card, by: Actor) -> None:
    move([(found.id, _post(form))], decision=form.paper, by=by, at=clock.now())


def _add(form: Any, found: Card, by: Actor) -> None:
    appoint([(found.id, _post(form))], decision=form.paper, by=by, at=clock.now())


def _end(form: Any, found: Card, by: Actor) -> None:
    data = form.cleaned_data
    end_posts([data["post"]], data["since"], data["ending"], decision=form.paper, by=by, at=clock.now())


def _leave(form: Any, found: Card, by: Actor) -> None:
    data = form.cleaned_data
    leave([found.id], data["since"], data["ending"], decision=form.paper, by=by, at=clock.now())


VERBS: dict[str, Callable[[Any, Card, Actor], None]] = {
    "dieu-dong": _move,
    "kiem-nhiem": _add,
    "biet-phai": _add,
    "thoi-giu": _end,
    "nghi": _leave,
}
