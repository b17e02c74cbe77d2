"""The counter: a walk-in received from one form, by keyboard; nothing typed is ever lost. Works without JavaScript.

Every button posts the whole form with its own `viec` (tim, chon:<bản>, tinh, du, nhap, phieu, nhan, tu-choi); what
was typed and the files sent come back in the answer. htmx does the same in place.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.keep_draft import drop_draft, forget_draft, keep_draft
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.refuse import refuse_at_counter
from congvu.dossiers.queries.desk import account_of, desk_numbers, draft_of, drafts_of, version_by_code
from congvu.dossiers.rules.slips import SUPPLEMENT, form_set
from congvu.dossiers.web.counter_desk import Desk, desk_of, found_for, person_title
from congvu.dossiers.web.counter_form import PersonForm, intake_of
from congvu.dossiers.web.forms import is_fragment
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.uploads import Kept
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import picture


def counter(request: HttpRequest) -> HttpResponse:
    """`/tiep-nhan/`. GET 3-5 statements: numbers, drafts, units; with a procedure its calendar and decider."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method != "POST":
        data, files = _start(request, actor)
        return _show(request, desk_of(request, data, files, fresh="khoa" not in data))
    desk = desk_of(request, request.POST, None)
    verb = request.POST.get("viec", "tinh").partition(":")[0]
    return _VERBS.get(verb, _again)(request, desk)


def counter_search(request: HttpRequest) -> HttpResponse:
    """`/tiep-nhan/thu-tuc/?tim=`: the procedures found, as a fragment for live search. 2 statements."""
    found = found_for(composed(request.GET.get("tim", ""))[:200], clock.now().date())
    return render(
        request, "dossiers/web/_counter_found.html", {"found": found, "searched": request.GET.get("tim", "")}
    )


def counter_drop_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tiep-nhan/nhap/<số>/bo/` (POST): drop one's own draft."""
    if request.method == "POST":
        gone = drop_draft(pk, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, "Đã bỏ bản nháp." if gone else "Bản nháp đã được bỏ trước đó.")
    return HttpResponseRedirect(reverse("counter"))


def counter_guidance(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tiep-nhan/nhap/<số>/phieu-bo-sung/`: form 02 before any reception, from the draft. 4-6 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    draft = draft_of(actor.account_id or 0, pk)
    desk = desk_of(request, _data(draft.fields), _files(draft.files))
    person, today = PersonForm(_data(draft.fields)), desk.now.date()
    person.is_valid()
    cleaned = person.cleaned_data
    dossier = {
        "owner_name": cleaned.get("owner_name") or cleaned.get("name") or "–",
        "summary": cleaned.get("summary") or (desk.chosen.name if desk.chosen else ""),
        "owner_address": cleaned.get("address", ""),
        "procedure": desk.chosen.name if desk.chosen else "",
        "code": None,
        "owner_phone": cleaned.get("phone", ""),
    }
    context = {
        **letterhead(picture(), desk.receiving or 0, today),
        "form": form_set(today).form(SUPPLEMENT),
        "d": dossier,
        "event": None,
        "missing": desk.typed.missing,
        "by": actor.name,
        "is_clerk": True,
        "printed_on": today,
        "back": f"{reverse('counter')}?nhap={pk}",
        "look_up": request.build_absolute_uri(reverse("look-up")),
    }
    return render(request, "dossiers/web/slip_02.html", context)


def _start(request: HttpRequest, actor: Actor) -> tuple[QueryDict, dict[str, Kept]]:
    """A draft opened again, a procedure chosen on its public page, or an empty form."""
    pk = request.GET.get("nhap", "")
    if pk.isdecimal():
        draft = draft_of(actor.account_id or 0, int(pk))
        return _data(draft.fields), _files(draft.files)
    code = request.GET.get("thu-tuc", "")
    version = version_by_code(code, clock.now().date()) if code else None
    if version is None:
        return request.GET, {}
    return _data({"phien-ban": [str(version)]}), {}


def _data(fields: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def _files(kept: dict[str, list[object]]) -> dict[str, Kept]:
    return {key: Kept(int(str(one[0])), str(one[1]), int(str(one[2]))) for key, one in kept.items()}


def _again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Search, choose, recompute: the same form, further on."""
    return _show(request, desk)


def _receive(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.ready(missing_matters=True):
        return _show(request, desk, FORM_STATUS)
    actor, now = desk.by, desk.now
    try:
        intake = intake_of(
            desk.typed,
            desk.person,
            desk.must_choose(),
            desk.must_receive(),
            desk.must_decide(),
            account=account_of(desk.person.cleaned_data["number"]),
        )
        done = receive([intake], by=actor, at=now)[0]
    except Refused as refusal:
        desk.refuse(refusal)
        return _show(request, desk, FORM_STATUS)
    forget_draft(desk.typed.key, by=actor, at=now)
    if done.repeated:
        messages.warning(request, "Phiếu này đã được nhận trước đó, không nhận lần nữa")
    else:
        messages.success(request, "Đã nhận hồ sơ")
    return HttpResponseRedirect(reverse("slip", args=[done.code, "giay-tiep-nhan"]))


def _refuse(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.typed.reason:
        desk.wrong("ly-do", "Lý do từ chối", "Chưa ghi lý do từ chối. Ghi lý do và căn cứ để in vào Mẫu 03.")
    if not desk.ready(missing_matters=False):
        return _show(request, desk, FORM_STATUS)
    try:
        intake = intake_of(
            desk.typed, desk.person, desk.must_choose(), desk.must_receive(), desk.must_decide()
        )
        done = refuse_at_counter([intake], desk.typed.reason, by=desk.by, at=desk.now)[0]
    except Refused as refusal:
        desk.refuse(refusal)
        return _show(request, desk, FORM_STATUS)
    forget_draft(desk.typed.key, by=desk.by, at=desk.now)
    messages.success(request, "Đã ghi từ chối tiếp nhận")
    return HttpResponseRedirect(reverse("registered-slip", args=[done.id, "phieu-tu-choi"]))


def _keep(request: HttpRequest, desk: Desk, guided: str = "") -> int:
    """Keep what was typed as a draft; returns its number."""
    fields = {name: request.POST.getlist(name) for name in request.POST if not _passing(name)}
    if desk.chosen is not None:
        fields["phien-ban"] = [str(desk.chosen.version_id)]
    fields["khoa"] = [str(desk.typed.key)]
    files = {row.key: [row.file.file_id, row.file.name, row.file.size] for row in desk.typed.rows if row.file}
    draft = keep_draft(
        desk.typed.key, person_title(desk), fields, files, guided=guided, by=desk.by, at=desk.now
    )
    return draft.pk


def _passing(name: str) -> bool:
    return name in ("csrfmiddlewaretoken", "viec") or name.endswith("-tep-ve")


def _draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    pk = _keep(request, desk)
    messages.success(request, "Đã lưu nháp. Mở lại từ danh sách nháp của bạn.")
    return HttpResponseRedirect(f"{reverse('counter')}?nhap={pk}")


def _guide(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Form 02: what is missing is written down before the citizen goes home."""
    missing = desk.typed.missing
    if desk.chosen is None or not missing:
        desk.wrong(
            "giay-to", "Thành phần hồ sơ", "Không có giấy tờ bắt buộc nào còn thiếu để in phiếu bổ sung."
        )
        return _show(request, desk, FORM_STATUS)
    pk = _keep(request, desk, "Thiếu: " + "; ".join(row.name for row in missing))
    return HttpResponseRedirect(reverse("counter-guidance", args=[pk]))


def _show(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    actor = desk.by
    context: dict[str, object] = {"desk": desk, "typed": desk.typed, "person": desk.person}
    if is_fragment(request):
        return render(request, "dossiers/web/_counter_form.html", context, status=status)
    context |= {
        "numbers": desk_numbers(actor.units(CLERK), desk.now.date()),
        "drafts": drafts_of(actor.account_id or 0),
    }
    return render(request, "dossiers/web/counter.html", context, status=status)


_VERBS: dict[str, Callable[[HttpRequest, Desk], HttpResponse]] = {
    "nhan": _receive,
    "tu-choi": _refuse,
    "nhap": _draft,
    "phieu": _guide,
}
