"""Many slips in one print job: a set chosen on a list becomes one PDF."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.door import read
from congvu.dossiers.queries.detail import Detail, details
from congvu.dossiers.rules.slips import FORM_SETS, Form
from congvu.dossiers.web.bulk import read_seen
from congvu.dossiers.web.papers.fields import Setting, applies, forms_of
from congvu.dossiers.web.papers.slips_pdf import slips_pdf
from congvu.dossiers.web.slips import TEMPLATES, pdf_response
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture

# What a list offers to print: the newest circular's forms; each dossier then gets the one of its own day.
CHOICES = tuple(form for form in FORM_SETS[-1].forms if form.slug in TEMPLATES)


def slips_print(request: HttpRequest) -> HttpResponse:
    """`/ho-so/in/` (POST): the chosen slip of every dossier chosen, at most 500. 3-4 statements for any number."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("dossier-list"))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    slug = request.POST.get("mau", "")
    if slug not in TEMPLATES:
        raise Refused("Chưa chọn mẫu để in.", where="mau", do="Chọn một mẫu trong danh sách.")
    ids = list(read_seen(request.POST.getlist("chon")))
    if not ids:
        raise Refused("Chưa chọn hồ sơ nào.", do="Quay lại danh sách, đánh dấu các hồ sơ rồi in.")
    now = clock.now()
    chosen = details(visible_to(actor, now.date()), ids)
    printed = [pair for one in chosen if (pair := _with_form(one, slug))]
    if not printed:
        raise Refused(
            "Không hồ sơ nào đã chọn có mẫu này.",
            where=slug,
            do="Chọn mẫu khác, hoặc mở từng hồ sơ để xem mẫu in được.",
        )
    _, calendars, _ = read([found.id for found, _ in printed], by=actor, at=now)
    known, by = picture(), actor.name if actor.has(CLERK) else ""
    look_up = request.build_absolute_uri(reverse("look-up"))
    made = slips_pdf(
        [
            (found, form, Setting(known, calendars.of(found.competent_unit_id), now.date(), look_up, by))
            for found, form in printed
        ],
        [(found.label, _why_not(found, slug)) for found in chosen if _with_form(found, slug) is None],
    )
    return pdf_response(made, f"{slug}-{len(printed)}")


def _with_form(found: Detail, slug: str) -> tuple[Detail, Form] | None:
    form = forms_of(found).form(slug)
    return (found, form) if form is not None and applies(found, slug) else None


def _why_not(found: Detail, slug: str) -> str:
    form = forms_of(found).form(slug)
    return form.missing if form is not None else f"{forms_of(found).circular} không có mẫu này."
