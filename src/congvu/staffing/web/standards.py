"""Standards of titles: what each asks for on a day; a person or a unit against one, item by item; a standard written."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.lawtable.models import Evidence
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, DayField, PlainForm, TextField, day_asked
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.queries import picture, unit_choices
from congvu.organisation.rules.picture import Picture
from congvu.people.access import KEEPERS, Sight, sight_of
from congvu.people.queries.card import card
from congvu.people.rules.codes import POLITICS, QUALIFICATIONS
from congvu.staffing.access import may_write
from congvu.staffing.actions.check_standard import Checked, check_standard
from congvu.staffing.actions.keep_standard import keep_standard
from congvu.staffing.queries.standards import Kept, standards_on
from congvu.staffing.rules.standards import (
    EDUCATION,
    MET,
    MISSING,
    RANK_WORDS,
    STATES,
    THEORY,
    UNKNOWN,
    Standard,
    wanted_of,
)
from congvu.staffing.web.sheet import XLSX
from congvu.staffing.web.standard_sheet import standard_book

PAGE = 50
MOST = 2_000  # people in a sheet
CHIPS = {MET: "ok", MISSING: "late", UNKNOWN: "pause"}
_NONE = ("", "Không yêu cầu")


class StandardForm(PlainForm):
    """What a title asks for from a day on."""

    name = TextField(label="Chức danh", max_length=200)
    titles = TextField(
        label="Tên gọi khác của vị trí",
        max_length=500,
        required=False,
        help_text="Cách nhau bằng dấu chấm phẩy",
    )
    qualification = forms.ChoiceField(
        label="Trình độ chuyên môn từ",
        choices=[_NONE, *((one, QUALIFICATIONS[one]) for one in EDUCATION)],
        required=False,
    )
    politics = forms.ChoiceField(
        label="Lý luận chính trị từ",
        choices=[_NONE, *((one, POLITICS[one]) for one in THEORY)],
        required=False,
    )
    state_management = forms.ChoiceField(
        label="Bồi dưỡng quản lý nhà nước từ chương trình",
        choices=[_NONE, *RANK_WORDS.items()],
        required=False,
    )
    rank = forms.ChoiceField(label="Ngạch từ", choices=[_NONE, *RANK_WORDS.items()], required=False)
    years_in_rank = forms.IntegerField(
        label="Số năm giữ ngạch", min_value=0, max_value=40, required=False, initial=0
    )
    planning = forms.BooleanField(label="Được phê duyệt quy hoạch chức danh này", required=False)
    valid_from = DayField(label="Áp dụng từ ngày")
    citation = TextField(label="Căn cứ", max_length=300, help_text="Điều, khoản, số văn bản")
    evidence = forms.ChoiceField(label="Mức tin cậy", choices=Evidence.choices, initial=Evidence.CHECKED)


def standards(request: HttpRequest) -> HttpResponse:
    """Every standard in force on a day. 1 statement besides the session's."""
    on = day_asked(request, "ngay") or clock.today()
    actor = actor_of(request)
    context = {
        "on": on,
        "rows": [(one, wanted_of(one.standard)) for one in standards_on(on)],
        "person": request.GET.get("nguoi", "").strip()[:20],
        "may_write": may_write(actor),
        "checks": actor.has(*KEEPERS),
    }
    return render(request, "staffing/web/standards.html", context)


def check_page(request: HttpRequest, key: str) -> HttpResponse:
    """A standard, and the people asked for against it: one by number, or those of a unit. 6 statements besides the
    session's; the reading of every file stands in the log."""
    asked = _asked(request, key)
    cursor = decode(request.GET.get("sau", ""), 2)
    after = (str(cursor[0]), int(cursor[1])) if cursor and isinstance(cursor[1], int) else None
    rows = asked.checked(request, limit=PAGE, after=after)
    page = page_of(
        rows, PAGE, lambda one: (one.standing.sort_key, one.standing.person_id), first=after is None
    )
    known, on, unit = asked.known, asked.on, asked.unit
    choices = [("", "Chọn đơn vị")]
    choices += [
        (span.code, label)
        for one, label in unit_choices(on, known)
        if one in asked.sight.keeps and (span := known.at(one, on)) is not None
    ]
    context = {
        "on": on,
        "kept": asked.kept,
        "wanted": wanted_of(asked.kept.standard),
        "number": asked.number,
        "unknown_person": asked.number and asked.whom is None,
        "unit": known.nearest(unit, on) if unit is not None and not asked.number else None,
        "unit_field": forms.Select(attrs={"class": "form-select", "id": "don-vi"}, choices=choices).render(
            "don-vi", asked.code
        ),
        "asked": asked.whom is not None,
        "page": page,
        "rows": [_told(one, known.name(one.standing.unit_id or 0, on)) for one in page.rows],
        "lacking": sum(one.lacks > 0 for one in page.rows),
        "sheet": f"{reverse('check-sheet', args=[key])}?{urlencode(asked.query)}",
    }
    return render(request, "staffing/web/check_standard.html", context)


def check_sheet(request: HttpRequest, key: str) -> FileResponse:
    """The same, everybody asked for at once, as XLSX. 6 statements besides the session's; every reading in the log."""
    asked = _asked(request, key)
    with transaction.atomic():  # who is not told in the end was not read
        rows = asked.checked(request, limit=MOST)
        if len(rows) > MOST:
            raise Refused(
                f"Có hơn {MOST:,} người.".replace(",", "."),
                where="don-vi",
                do="Chọn đơn vị nhỏ hơn rồi tải về.",
            )
    return FileResponse(
        standard_book(asked.kept, asked.on, rows, asked.known),
        as_attachment=True,
        filename=f"xet-tieu-chuan-{key.replace('_', '-')}-{asked.on:%Y%m%d}.xlsx",
        content_type=XLSX,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is held against which standard. `whom`: as `check_standard` takes it; None when nobody was named, or nobody of
    those whose files the reader keeps."""

    kept: Kept
    on: date
    known: Picture
    sight: Sight
    number: str
    code: str
    unit: int | None
    whom: dict[str, Any] | None

    @property
    def query(self) -> dict[str, str]:
        asked = {"nguoi": self.number} if self.number else {"don-vi": self.code}
        return {**asked, "ngay": f"{self.on:%d/%m/%Y}"}

    def checked(
        self, request: HttpRequest, *, limit: int, after: tuple[str, int] | None = None
    ) -> list[Checked]:
        """Nobody without a word of whom. 2 statements."""
        if self.whom is None:
            return []
        by, at = actor_of(request), clock.now()
        return check_standard(
            self.kept.standard, self.on, self.sight, **self.whom, after=after, limit=limit, by=by, at=at
        )


def _asked(request: HttpRequest, key: str) -> Asked:
    """Out of the address. 3 statements; the person's card is one."""
    on = day_asked(request, "ngay") or clock.today()
    kept, known = _kept(key, on), picture()
    sight = sight_of(actor_of(request), clock.today(), known)
    number = request.GET.get("nguoi", "").strip()[:20]
    code = request.GET.get("don-vi", "").strip().upper()
    unit = known.by_code(code)
    whom: dict[str, Any] | None = None
    if number:
        found = card(number, sight, on)
        whom = {"people": [found.id]} if found is not None and found.home in sight.keeps else None
    elif unit is not None:
        whom = {"units": sorted(known.subtree([unit], on) or {unit})}
    return Asked(kept, on, known, sight, number, code, unit, whom)


def write_standard(request: HttpRequest) -> HttpResponse:
    """A new standard, or a new row of one (`muc`). 1 statement to show besides the session's."""
    key = request.GET.get("muc", "")
    kept = _kept(key, clock.today()) if key else None
    form = StandardForm(request.POST or None, initial=_initial(kept))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        titles = tuple(one.strip() for one in f"{data['name']};{data['titles']}".split(";") if one.strip())
        standard = Standard(
            kept.standard.key if kept else "", data["name"], tuple(dict.fromkeys(titles)),
            kept.standard.kinds if kept else (), data["qualification"], data["politics"], data["state_management"],
            data["rank"], data["years_in_rank"] or 0, data["planning"],
        )  # fmt: skip
        try:
            keep_standard(
                standard, valid_from=data["valid_from"], citation=data["citation"], evidence=data["evidence"],
                by=actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi tiêu chuẩn {standard.name}.")
            return redirect("standards")
    return render(
        request,
        "staffing/web/write_standard.html",
        {"form": form, "kept": kept},
        status=FORM_STATUS if form.errors else 200,
    )


def _kept(key: str, on: Any) -> Kept:
    found = next((one for one in standards_on(on) if one.standard.key == key), None)
    if found is None:
        raise Http404
    return found


def _initial(kept: Kept | None) -> dict[str, Any]:
    if kept is None:
        return {}
    names = ("name", "qualification", "politics", "state_management", "rank", "years_in_rank", "planning")
    one = kept.standard
    return {
        **{name: getattr(one, name) for name in names},
        "titles": "; ".join(title for title in one.titles if title != one.name),
        "citation": kept.rule.citation,
        "evidence": kept.rule.evidence,
    }


def _told(one: Checked, unit: str) -> dict[str, Any]:
    return {
        "standing": one.standing,
        "unit": unit,
        "lacks": one.lacks,
        "answers": [(answer, CHIPS[answer.state], STATES[answer.state]) for answer in one.answers],
    }
