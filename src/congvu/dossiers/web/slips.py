"""The printed forms of the one-stop, each a page to read and a PDF to print. Which form: by the circular of its day.

The page stays beside the PDF: it is what a phone and a screen reader show, and it prints with one key at the counter.
"""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from congvu.dossiers.models import Tie
from congvu.dossiers.queries.detail import Detail, NotVisible
from congvu.dossiers.queries.papers import originals_of
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.slips import APOLOGY, CONTROL, RECEIPT, REFUSAL, STOPPED, SUPPLEMENT, Form
from congvu.dossiers.web import words
from congvu.dossiers.web.dossier import Opened, open_dossier
from congvu.dossiers.web.letterhead import closing_hour, letterhead
from congvu.dossiers.web.papers.fields import Setting, applies, event_of, forms_of, outcome, slip_fields
from congvu.dossiers.web.papers.slips_pdf import slips_pdf
from congvu.dossiers.web.papers.word import slip_word
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.papers.pdf import PDF
from congvu.foundation.papers.word import DOCX

TEMPLATES = {
    RECEIPT: "slip_01.html",
    SUPPLEMENT: "slip_02.html",
    REFUSAL: "slip_03.html",
    APOLOGY: "slip_04.html",
    STOPPED: "slip_05.html",
    CONTROL: "slip_06.html",
}


def slip(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/ho-so/<mã>/<mẫu>/`. 4-5 statements: those of the dossier's page."""
    return _page(request, open_dossier(request, code=code), slug)


def registered_slip(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/ho-so/dang-ky/<số>/<mẫu>/`: for a dossier without a code. 4-5 statements."""
    return _page(request, open_dossier(request, pk=pk), slug)


def _page(request: HttpRequest, opened: Opened, slug: str) -> HttpResponse:
    found = opened.found
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = form_of(found, slug, official=actor.is_official)
    context: dict[str, Any] = {
        **letterhead(opened.known, found.receiving_unit_id, opened.today),
        "form": form,
        "d": found,
        "event": event_of(found, slug) if slug != APOLOGY else None,
        "qr": look_up_qr(request, found.code),
        "by": actor.name,
        "return_words": RETURN_METHODS.get(found.return_method, ""),
        "term_words": words.term(found.term_n, found.term_unit),
        "closing": closing_hour(opened.calendar, found.due_on),
        "competent": opened.known.name(found.competent_unit_id, opened.today),
        "steps": [
            (step, opened.known.name(step.unit_id, opened.today), outcome(step.done_at, step.due_on))
            for step in found.steps
        ],
        "look_up": request.build_absolute_uri(reverse("look-up")),
        "printed_on": opened.today,
        "back": _back(found, actor),
        "pdf": pdf_address(found, slug),
        "is_clerk": actor.has("clerk"),
        "originals": originals_of(found.id)
        if slug == RECEIPT and opened.ties & (Tie.ORIGINALS | Tie.ORIGINALS_BACK)
        else [],
    }
    return render(request, f"dossiers/web/{TEMPLATES[slug]}", context)


def slip_pdf(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/ho-so/<mã>/in/<mẫu>/`: the slip as PDF. 4-5 statements."""
    return _pdf(request, open_dossier(request, code=code), slug)


def registered_slip_pdf(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/ho-so/dang-ky/<số>/in/<mẫu>/`: for a dossier without a code. 4-5 statements."""
    return _pdf(request, open_dossier(request, pk=pk), slug)


def _pdf(request: HttpRequest, opened: Opened, slug: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = form_of(opened.found, slug, official=actor.is_official)
    at = _setting(request, opened)
    return pdf_response(
        slips_pdf([(opened.found, form, at)]), f"{slug}-{opened.found.code or opened.found.id}"
    )


def slip_as_word(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/ho-so/<mã>/word/<mẫu>/`: the slip as Word, by the office's template when it has one. 5-6 statements."""
    opened = open_dossier(request, code=code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = form_of(opened.found, slug, official=actor.is_official)
    fields = slip_fields(opened.found, form, _setting(request, opened))
    response = HttpResponse(slip_word(fields, form, opened.found.receiving_unit_id), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{opened.found.code}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _setting(request: HttpRequest, opened: Opened) -> Setting:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    look_up = request.build_absolute_uri(reverse("look-up"))
    by = actor.name if actor.has(CLERK) else ""
    return Setting(opened.known, opened.calendar, opened.today, look_up, by)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF shown by the browser, never kept by what stands between."""
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def form_of(found: Detail, slug: str, *, official: bool) -> Form:
    """The form `slug` of a dossier, by the circular of its day. Refuses (404) one it has not, or not for this reader."""
    form = forms_of(found).form(slug)
    if form is None or slug not in TEMPLATES or (form.official and not official):
        raise NotVisible("Không có mẫu này.", where=slug, do="Chọn mẫu từ trang hồ sơ.")
    if not applies(found, slug):
        raise NotVisible(form.missing, where=found.label, do="Mở hồ sơ để xem các mẫu in được.")
    return form


def pdf_address(found: Detail, slug: str) -> str:
    """Where a slip lies as PDF."""
    if found.code:
        return reverse("slip-pdf", args=[found.code, slug])
    return reverse("registered-slip-pdf", args=[found.id, slug])


def _back(found: Detail, actor: Actor) -> str:
    if not actor.is_official:
        return reverse("my-dossier", args=[found.id])
    return reverse("dossier", args=[found.code]) if found.code else reverse("registered", args=[found.id])


def look_up_qr(request: HttpRequest, code: str | None) -> SafeString | None:
    """The QR of the public look-up of a code, as inline SVG without a style; None without a code."""
    if not code:
        return None
    address = request.build_absolute_uri(f"{reverse('look-up')}?ma={code}")
    drawn = segno.make(address, error="m").svg_inline(
        scale=1, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 drawn by segno from our own address; the code went through the database's own
