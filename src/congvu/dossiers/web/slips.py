"""The printed forms of the one-stop (TT 03/2025/TT-VPCP, Phụ lục I): 01 to 06, A5 or A4, each a page of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from congvu.dossiers.queries.detail import Detail, NotVisible
from congvu.dossiers.web import words
from congvu.dossiers.web.dossier import Opened, open_dossier
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.kinds import vn_time
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: its number, name, paper, and when a dossier has it."""

    slug: str
    number: str
    name: str
    template: str
    paper: str = "a5"
    official: bool = False
    missing: str = ""


FORMS = {
    form.slug: form
    for form in (
        Form(
            "giay-tiep-nhan",
            "01",
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            "slip_01.html",
            missing="Hồ sơ chưa được tiếp nhận.",
        ),
        Form(
            "phieu-bo-sung",
            "02",
            "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            "slip_02.html",
            missing="Hồ sơ chưa có yêu cầu bổ sung nào.",
        ),
        Form(
            "phieu-tu-choi",
            "03",
            "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            "slip_03.html",
            missing="Hồ sơ không bị từ chối.",
        ),
        Form(
            "phieu-xin-loi",
            "04",
            "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            "slip_04.html",
            "a4",
            missing="Hồ sơ chưa hẹn lại lần nào.",
        ),
        Form(
            "thong-bao-dung",
            "05",
            "Thông báo dừng giải quyết hồ sơ",
            "slip_05.html",
            "a4",
            missing="Hồ sơ chưa dừng giải quyết.",
        ),
        Form(
            "phieu-kiem-soat",
            "06",
            "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            "slip_06.html",
            "a4",
            official=True,
            missing="Hồ sơ chưa được tiếp nhận.",
        ),
    )
}


def slip(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/ho-so/<mã>/<mẫu>/`. 4-5 statements: those of the dossier's page."""
    return _page(request, open_dossier(request, code=code), slug)


def registered_slip(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/ho-so/dang-ky/<số>/<mẫu>/`: for a dossier without a code. 4-5 statements."""
    return _page(request, open_dossier(request, pk=pk), slug)


def _page(request: HttpRequest, opened: Opened, slug: str) -> HttpResponse:
    form, found = FORMS.get(slug), opened.found
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if form is None or (form.official and not actor.is_official):
        raise NotVisible("Không có mẫu này.", where=slug, do="Chọn mẫu từ trang hồ sơ.")
    event = _event_of(found, slug)
    if event is _MISSING:
        raise NotVisible(form.missing, where=found.label, do="Mở hồ sơ để xem các mẫu in được.")
    context: dict[str, Any] = {
        **letterhead(opened.known, found.receiving_unit_id, opened.today),
        "form": form,
        "d": found,
        "event": event,
        "qr": look_up_qr(request, found.code),
        "by": actor.name,
        "return_words": words.RETURN_METHODS.get(found.return_method, ""),
        "term_words": words.term(found.term_n, found.term_unit),
        "closing": closing_hour(opened.calendar, found.due_on),
        "competent": opened.known.name(found.competent_unit_id, opened.today),
        "steps": [
            (step, opened.known.name(step.unit_id, opened.today), _outcome(step.done_at, step.due_on))
            for step in found.steps
        ],
        "look_up": request.build_absolute_uri(reverse("look-up")),
        "printed_on": opened.today,
        "back": _back(found, actor),
        "is_clerk": actor.has("clerk"),
    }
    return render(request, f"dossiers/web/{form.template}", context)


def _back(found: Detail, actor: Actor) -> str:
    if not actor.is_official:
        return reverse("my-dossier", args=[found.id])
    return reverse("dossier", args=[found.code]) if found.code else reverse("registered", args=[found.id])


_MISSING: Any = object()


def _event_of(found: Detail, slug: str) -> Any:
    """The event a form reports (its reason, its time), None when it needs none, _MISSING when it does not apply."""
    verb = {"phieu-bo-sung": "request_supplement", "phieu-tu-choi": "refuse", "thong-bao-dung": "stop"}.get(
        slug
    )
    if verb:
        return next((event for event in found.events if event.verb == verb), _MISSING)
    if slug == "phieu-xin-loi":
        return None if found.extension else _MISSING
    return None if found.received_at else _MISSING


def letterhead(known: Picture, unit_id: int, on: date) -> dict[str, str]:
    """The two lines of the issuing body, and the place. No statement."""
    span = known.at(unit_id, on)
    parent = known.name(span.parent_id, on) if span is not None and span.parent_id else ""
    province = settings.PROVINCE_NAME
    place = province.split(" ", 1)[1] if province.startswith(("Tỉnh ", "Thành phố ")) else province
    return {"parent": parent, "unit": known.name(unit_id, on), "place": place.removeprefix("phố ")}


def look_up_qr(request: HttpRequest, code: str | None) -> SafeString | None:
    """The QR of the public look-up of a code, as inline SVG without a style; None without a code."""
    if not code:
        return None
    address = request.build_absolute_uri(f"{reverse('look-up')}?ma={code}")
    drawn = segno.make(address, error="m").svg_inline(
        scale=1, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 drawn by segno from our own address; the code went through the database's own


def closing_hour(calendar: Calendar, day: date | None) -> str:
    """When the office closes on a day ("17:00"); "" on a day off or without a day."""
    sessions = calendar.sessions(day) if day else ()
    return vn_time(sessions[-1][1]) if sessions else ""


def _outcome(done_at: datetime | None, due_on: date | None) -> str:
    """ "trước hạn", "đúng hạn", "quá hạn" of a finished step, as form 06 wants it."""
    if done_at is None:
        return ""
    day = legal(done_at).date()
    if due_on is None or day == due_on:
        return "Đúng hạn"
    return "Trước hạn" if day < due_on else "Quá hạn"
