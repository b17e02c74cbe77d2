"""The page of one verb on one dossier: a form, what it means, and the refusal beside its field. Works without JS."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.actions.steps import is_theirs
from congvu.dossiers.queries.detail import Detail, NotVisible
from congvu.dossiers.queries.offers import offer, road
from congvu.dossiers.queries.staff import staff
from congvu.dossiers.rules.money import PublishedFee
from congvu.dossiers.web.capacity import Capacity, capacities
from congvu.dossiers.web.contact import ContactForm, contact_now
from congvu.dossiers.web.dossier import Opened, open_dossier
from congvu.dossiers.web.handling_forms import OpinionForm
from congvu.dossiers.web.incidents import IncidentForm, parties
from congvu.dossiers.web.may import May
from congvu.dossiers.web.money_forms import ChargeForm
from congvu.dossiers.web.uploads import Kept, keep
from congvu.dossiers.web.verb_forms import (
    AssignForm,
    CompetentForm,
    FactsForm,
    ReturnForm,
    SignForm,
    SupplementForm,
    VerbForm,
    WhichStepForm,
)
from congvu.dossiers.web.verbs import VERBS, Doing, Verb
from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import unit_choices


def verb_page(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/ho-so/<mã>/viec/<việc>/`. GET 4-5 statements; POST those of the action more."""
    return _page(request, open_dossier(request, code=code), slug)


def registered_verb_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/ho-so/dang-ky/<số>/viec/<việc>/`: the same for a dossier without a code."""
    return _page(request, open_dossier(request, pk=pk), slug)


def _page(request: HttpRequest, opened: Opened, slug: str) -> HttpResponse:
    verb = VERBS.get(slug)
    if verb is None:
        raise NotVisible("Không có việc này.", where=slug, do="Chọn việc từ trang hồ sơ.")
    may = opened.may[verb.name]
    if request.method != "POST":
        return _show(request, opened, verb, _form(verb, opened), None, may)
    form = _form(verb, opened, request.POST)
    file: Kept | None = None
    try:
        if verb.takes_file:
            file = keep(request, "tep", by=opened.office.by, at=clock.now(), to_sign=verb.to_sign)
        if not may.now and _fresh(form, opened):
            raise Refused(may.why, where=opened.found.label, do="Mở hồ sơ để xem việc có thể làm tiếp.")
        if form.is_valid():
            return _do(request, opened.found, verb, form, file)
    except Refused as refusal:
        form.is_valid()
        form.refuse(refusal)
    return _show(request, opened, verb, form, file, may, FORM_STATUS)


def _do(request: HttpRequest, found: Detail, verb: Verb, form: VerbForm, file: Kept | None) -> HttpResponse:
    """Run the verb; the next page is the slip to print, or the dossier."""
    key = _key(request)
    doing = Doing(found.id, _said(form), file, key, request.actor, clock.now(), found.code or "")  # type: ignore[attr-defined]
    made = verb.run(doing)
    code = made if isinstance(made, str) else found.code
    messages.success(request, verb.done)
    if verb.slip:
        target = (
            reverse("slip", args=[code, verb.slip])
            if code
            else reverse("registered-slip", args=[found.id, verb.slip])
        )
    else:
        target = reverse("dossier", args=[code]) if code else reverse("registered", args=[found.id])
    return HttpResponseRedirect(target)


def _said(form: VerbForm) -> dict[str, Any]:
    return form.cleaned_data | ({"facts": form.facts} if isinstance(form, FactsForm) else {})


def _form(verb: Verb, opened: Opened, data: Any = None) -> VerbForm:
    initial: dict[str, Any] = {"seen": opened.found.version}
    if verb.form is ReturnForm:
        initial["received_by"] = opened.found.submitter_name or opened.found.owner_name
    if verb.form is ContactForm:
        initial = contact_now(opened.found)
    form = verb.form(data, initial=initial)
    if isinstance(form, SupplementForm) and not opened.found.supplements:
        del form.fields["second_reason"]  # only a second request needs its reason
    if isinstance(form, CompetentForm):
        form.offer_units(unit_choices(opened.today, opened.known))
    if isinstance(form, ChargeForm):
        form.offer_lines(_published_fees(opened.found))
    if isinstance(form, AssignForm):
        units = {step.unit_id for step in opened.found.steps if step.state == 1}
        form.offer_people([(one.account_id, one.words) for one in staff(units, opened.today)])
    if isinstance(form, FactsForm):
        _ask_facts(form, opened)
    if isinstance(form, WhichStepForm):
        form.offer_steps(_their_steps(opened, led=isinstance(form, AssignForm)))
    if isinstance(form, IncidentForm):
        found = opened.found
        form.offer_units(
            parties(
                [found.competent_unit_id, *(step.unit_id for step in found.steps), found.receiving_unit_id],
                opened.known,
            )
        )
        form.initial.update(found_on=opened.today, unit=found.competent_unit_id)
    if isinstance(form, OpinionForm):
        form.offer_units(_agencies(opened))
    return form


def _published_fees(found: Detail) -> tuple[PublishedFee, ...]:
    """The amounts published for the dossier's case and channel; none for a past case whose version never was published."""
    try:
        return offer(found.version_id).promise(found.case_id, found.channel).lines
    except Refused:
        return ()


def _their_steps(opened: Opened, *, led: bool = False) -> list[tuple[int, str]]:
    """The open steps the reader may complete; `led`: is a leader over."""
    unit, office = opened.known, opened.office
    return [
        (step.position, f"Bước {step.position}. {step.name}, {unit.name(step.unit_id, opened.today)}")
        for step in opened.found.steps
        if step.state == 1 and (office.sight.leads(step.unit_id) if led else is_theirs(step, office))  # type: ignore[arg-type]
    ]


def _ask_facts(form: FactsForm, opened: Opened) -> None:
    """Of one open step every fact it must establish; of several, those of the one that will be chosen."""
    ways, theirs = road(opened.found.process_id), [position for position, _ in _their_steps(opened)]
    asked = {one.fact: one for position in theirs for one in ways.asks(position)}
    form.ask_facts(asked.values(), required=len(theirs) == 1)


def _agencies(opened: Opened) -> list[tuple[int, str]]:
    """The agencies of the day that may be asked: all but those whose step is open here, in tree order. No statement."""
    working = {step.unit_id for step in opened.found.steps if step.state == 1}
    tree = opened.known.tree(opened.today)
    return [(node.unit_id, node.name) for node in tree if node.unit_id not in working]


def _fresh(form: VerbForm, opened: Opened) -> bool:
    """Whether the form was made from the dossier as it stands: then a closed verb is its own answer."""
    return str(form.data.get("seen") or opened.found.version) == str(opened.found.version)


def _key(request: HttpRequest) -> uuid.UUID:
    """The key made with the form: sent twice, it is one new dossier. A form without one gets its own."""
    try:
        return uuid.UUID(request.POST.get("khoa", ""))
    except ValueError:
        return uuid.uuid4()


def _as_whom(opened: Opened, verb: Verb, may: May) -> tuple[Capacity | None, Refused | None]:
    """As whom the reader will sign, or why not; nothing for other verbs. 2 statements."""
    if verb.form is not SignForm or not may.now:
        return None, None
    found, actor = opened.found, opened.office.by
    answer = capacities(actor, {found.id: opened.now}, opened.known, opened.today).get(found.id)
    return (None, answer) if isinstance(answer, Refused) else (answer, None)


def _show(
    request: HttpRequest,
    opened: Opened,
    verb: Verb,
    form: VerbForm,
    file: Kept | None,
    may: May,
    status: int = 200,
) -> HttpResponse:
    capacity, no_right = _as_whom(opened, verb, may)
    context = {
        "capacity": capacity,
        "no_right": None if form.is_bound else no_right,
        "d": opened.found,
        "verb": verb,
        "form": form,
        "file": file,
        "may": may,
        "key": request.POST.get("khoa") or uuid.uuid4(),
        "open_steps": [step for step in opened.found.steps if step.state == 1],
    }
    return render(request, "dossiers/web/verb.html", context, status=status)
